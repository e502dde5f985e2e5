"""What is typed about links between children: of which months, and why one is set aside."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import SubmitField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from forms.fields import day, pulled_down, words

MONTHS = (1, 3, 6)
USUAL = 6
FIRST_YEAR, LAST_YEAR = 2000, 2100


class TimeForm(FlaskForm):
    """How many months, up to which day. Nothing is changed by it, so it needs no token."""

    class Meta:
        csrf = False

    months = pulled_down(
        _l("How long back"),
        coerce=int,
        choices=lambda: [(many, ngettext("%(num)s month", "%(num)s months", many)) for many in MONTHS],
    )
    until = day(_l("Up to"), validators=[InputRequired(message=_l("Enter the last day."))])

    def validate_until(self, field: Any) -> None:
        """A day for which there can be records."""
        if field.data and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
            raise ValidationError(_l("Check the year."))


class AsideForm(FlaskForm):
    """Why a link is set aside."""

    note = words(
        _l("Why is this not a link to act on?"),
        DataRequired(message=_l("Write why, so that others need not look again.")),
        description=_l("For example: known, not the same man."),
    )
    save = SubmitField(_l("Set aside"))


class BackForm(FlaskForm):
    """Bring a link back."""

    back = SubmitField(_l("Bring back"))
