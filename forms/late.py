"""What a person does about what came late from a tablet: for each its way, and why where it is set aside."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
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
ASIDE_AT_ONCE = N_("Set it aside")


class LateForm(FlaskForm):
    """Why something is set aside; the fields for each thing are made with it (late_form)."""

    why = words(
        _l("Why it is set aside"),
        description=_l("It is kept all the same, with what you write here."),
    )
    save = SubmitField(_l("Save"))
    # What speaks for itself when it is set aside.
    no_why: AbstractSet[str] = frozenset()

    def validate_why(self, field: Any) -> None:
        """Nothing is set aside without a reason."""
        aside = {one for one, how in self.chosen().items() if how is How.ASIDE}
        if aside - self.no_why and not (field.data or "").strip():
            raise ValidationError(gettext("Write why it is set aside."))

    def chosen(self) -> dict[str, How]:
        """What is done about each, by its id; what is left for now is not there."""
        picked = {name.removeprefix(HOW_FIELD): field.data for name, field in self._fields.items()}
        return {one: How(how) for one, how in picked.items() if how in set(How)}


HOW_FIELD = "how-"


def late_form(ways: Mapping[str, Sequence[How]], no_why: AbstractSet[str] = frozenset()) -> type[LateForm]:
    """The form for these things, each with its ways; those in `no_why` are set aside without a reason."""
    fields: dict[str, Any] = {f"{HOW_FIELD}{one}": _ways(some, one in no_why) for one, some in ways.items()}
    fields["no_why"] = no_why
    made: type[LateForm] = type("LateFormOfTalk", (LateForm,), fields)
    return made


def _ways(some: Sequence[How], no_why: bool) -> RadioField:
    said = HOW | ({How.ASIDE: ASIDE_AT_ONCE} if no_why else {})

    def choices() -> list[tuple[str, str]]:
        return [("", gettext(LEAVE)), *((how.value, gettext(said[how])) for how in some)]

    return RadioField(_l("What is done about it?"), choices=choices, default="", validate_choice=True)
