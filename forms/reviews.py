"""What a reviewing officer writes for a review: its day, what is decided, and why it should be early."""

from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, SubmitField
from wtforms.validators import DataRequired, InputRequired

from forms.fields import words
from interview.words import N_

NOT_A_DAY = _l("Enter a day, for example 31 May 2026.")
MOVED_MEANWHILE = N_("The day was moved since you opened this page. Set yours again if it is right.")
MEANWHILE = N_("Somebody has written here since you opened this page. Put both together and save again.")


def _needed_day(label: Any, missing: Any, **how: Any) -> DateField:
    how = {"invalid_value_message": NOT_A_DAY} | how
    return DateField(label, [InputRequired(message=missing)], **how)


def _given(field: DateField) -> date:
    if field.data is None:
        raise ValueError("No day was given.")
    return field.data


def complain(field: Any, sentence: str) -> bool:
    """Put a sentence below a field; whether there was one to put."""
    if sentence:
        field.errors = [*field.errors, gettext(sentence)]
    return bool(sentence)


class MeetingForm(FlaskForm):
    """What is written for the meeting, in it and after it; with the marks of what stood there before."""

    questions = words(_l("Questions for the meeting"))
    notes = words(_l("Notes"))
    decided = words(_l("Decided"), description=_l("What was decided, who does it, and by when."))
    questions_before = HiddenField()
    notes_before = HiddenField()
    decided_before = HiddenField()
    save_words = SubmitField(_l("Save"))

    def typed(self) -> dict[str, str]:
        """What was typed, by its name."""
        return {name: self[name].data or "" for name in ("questions", "notes", "decided")}

    def before(self) -> dict[str, str]:
        """The marks of what stood there when the page was opened."""
        return {name: self[f"{name}_before"].data or "" for name in ("questions", "notes", "decided")}


class DayForm(FlaskForm):
    """The day of the review; `day_before` is the one that stood there when the page was opened."""

    due_on = _needed_day(_l("Day of the review"), _l("Enter the day of the review."))
    day_before = HiddenField()
    set_day = SubmitField(_l("Set this day"))

    @property
    def day(self) -> date:
        """The day. Ask only after the form was found valid."""
        return _given(self.due_on)


class EarlyForm(FlaskForm):
    """Why the reviewing officer asks for an early review."""

    early_why = words(
        _l("Why"),
        # Blanks and empty lines say nothing.
        DataRequired(message=_l("Write why you ask for it, so that whoever reads it later understands.")),
        description=_l("It is written down with your name and the day. Arranging it is up to you."),
    )
    ask_early = SubmitField(_l("I ask for an early review"))


class HeldForm(FlaskForm):
    """The day on which the review was held, and whether this pack was considered there."""

    held_on = _needed_day(_l("Day on which it was held"), _l("Enter the day on which it was held."))
    seen = HiddenField()
    considered = SubmitField(_l("Considered at the review on this day"))
    held = SubmitField(_l("Held on this day without this pack"))

    @property
    def day(self) -> date:
        """The day. Ask only after the form was found valid."""
        return _given(self.held_on)
