"""What a person does about what came late from a tablet: for each its way, and why where it is set aside."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SubmitField
from wtforms.validators import ValidationError

from forms.fields import words
from interview.late import HOW, How
from interview.words import N_

LEAVE = N_("Leave it for now")


class LateForm(FlaskForm):
    """Why something is set aside; the fields for each thing are made with it (late_form)."""

    why = words(
        _l("Why it is set aside"),
        description=_l("It is kept all the same, with what you write here."),
    )
    save = SubmitField(_l("Save"))

    def validate_why(self, field: Any) -> None:
        """Nothing is set aside without a reason."""
        if How.ASIDE in self.chosen().values() and not (field.data or "").strip():
            raise ValidationError(gettext("Write why it is set aside."))

    def chosen(self) -> dict[str, How]:
        """What is done about each, by its id; what is left for now is not there."""
        picked = {name.removeprefix(HOW_FIELD): field.data for name, field in self._fields.items()}
        return {one: How(how) for one, how in picked.items() if how in set(How)}


HOW_FIELD = "how-"


def late_form(ways: Mapping[str, Sequence[How]]) -> type[LateForm]:
    """The form for these things, each with the ways that there are for it."""
    fields = {f"{HOW_FIELD}{one}": _ways(some) for one, some in ways.items()}
    made: type[LateForm] = type("LateFormOfTalk", (LateForm,), fields)
    return made


def _ways(some: Sequence[How]) -> RadioField:
    def choices() -> list[tuple[str, str]]:
        return [("", gettext(LEAVE)), *((how.value, gettext(HOW[how])) for how in some)]

    return RadioField(_l("What is done about it?"), choices=choices, default="", validate_choice=True)
