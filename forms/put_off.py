"""What an interviewer types when a child does not want to talk, or not now."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SubmitField
from wtforms.validators import InputRequired

from forms.fields import day_to_ask_again, one_of, wanted_for_the_talk, words
from forms.local_time import LocalMoment
from interview.choices import CHANNELS, Choice, table
from interview.words import N_

SAID = table(
    Choice("not-now", N_("Not now, another time")),
    Choice("no", N_("No")),
)


class PutOffForm(FlaskForm):
    """What the child said to the offer, in their words, and how it goes on."""

    said = one_of(_l("What did the child say?"), SAID, _l("Choose what the child said."))
    why = words(
        _l("Why, in the child's words"),
        description=_l("Only if they said so. Nobody has to give a reason."),
    )
    wanted = wanted_for_the_talk()
    carer_says = words(
        _l("What do the carers or parents know?"),
        description=_l(
            "Asked when the child does not want to talk. It is kept apart from the child's words."
        ),
    )
    ask_again_on = day_to_ask_again()
    at = LocalMoment(_l("When did you ask?"), [InputRequired(message=_l("Enter when you asked."))])
    channel = one_of(_l("How did you ask?"), CHANNELS, _l("Choose how you asked."), default="in-person")
    save = SubmitField(_l("Save"))

    def attempt(self) -> dict[str, Any]:
        """The attempt as it is kept."""
        written = ("channel", "why", "wanted", "carer_says")
        return {name: self[name].data or "" for name in written} | {
            # To the minute: what is sent twice is one attempt.
            "at": self.at.given.replace(second=0, microsecond=0),
            "ask_again_on": self.ask_again_on.data,
        }
