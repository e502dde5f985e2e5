"""What is typed to answer what a child asked for, and to put it to somebody else or set another day."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SubmitField
from wtforms.validators import InputRequired, Optional

from forms.fields import day, line, one_of, options, pulled_down, words
from interview.choices import Choice
from interview.requests import ANSWERS, OWNERS, STEPS, Owner, Step

SAID = {str(step): Choice(step, STEPS[step]) for step in ANSWERS}


def _owners() -> Any:
    return options({str(owner): asked for owner, asked in OWNERS.items()}, "–")()


class _OfRequest(FlaskForm):
    """What both forms have: how many steps the page showed on which this was typed."""

    seen = HiddenField()

    def say(self, faults: dict[str, str]) -> bool:
        """Put each sentence to its field; whether there was none."""
        for name, sentence in faults.items():
            self[name].errors = [*self[name].errors, gettext(sentence)]
        return not faults


class AnswerForm(_OfRequest):
    """What was done, will be done or is not possible, or who is asked now."""

    kind = one_of(_l("What do you answer?"), SAID, _l("Choose what you answer."))
    words = words(
        _l("What, and why"),
        description=_l("In words that the child can be told: they will hear this."),
    )
    on_day = day(_l("Day"), description=_l("If it was done: on which day. If it will be: by which day."))
    passed_to = pulled_down(
        _l("To whom it is passed on"),
        Optional(),
        choices=_owners,
        description=_l("Only if it is passed on. They read what you write here."),
    )
    for_whom = line(_l("Who says so?"), description=_l("The name and role of the person you have it from."))
    answer = SubmitField(_l("Save this answer"))

    def owner(self) -> Owner | None:
        """To whom it is passed on."""
        return Owner(self.passed_to.data) if self.passed_to.data and self.is_passed_on() else None

    def is_passed_on(self) -> bool:
        """Whether it goes to somebody else."""
        return bool(self.kind.data == Step.PASSED_ON)


class GuideForm(_OfRequest):
    """Who is asked, by when they answer, and why that is changed."""

    asked_of = pulled_down(_l("Who is asked?"), choices=lambda: _owners()[1:])
    due_on = day(
        _l("Answer by"), validators=[InputRequired(message=_l("Enter the day by which they answer."))]
    )
    words = words(
        _l("Why"),
        InputRequired(message=_l("Write why.")),
        description=_l("Whoever is asked reads this."),
    )
    save = SubmitField(_l("Save"))
