"""From which day to which day a home's summary looks back."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField
from wtforms.validators import InputRequired, StopValidation, ValidationError

# Outside them there is nothing to find, and at the ends of the calendar nothing to reckon with.
FIRST_YEAR, LAST_YEAR = 2000, 2100
NOT_A_DAY = _l("Enter a day, for example 31 May 2026.")


def _within_reason(_form: Any, field: DateField) -> None:
    if field.data and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
        raise StopValidation(_l("Check the year."))


def _day(label: Any, missing: Any, **how: Any) -> DateField:
    checks = [InputRequired(message=missing), _within_reason]
    return DateField(label, checks, **{"invalid_value_message": NOT_A_DAY} | how)


class PeriodForm(FlaskForm):
    """Two days, both included. Nothing is changed by it, so it needs no token."""

    class Meta:
        csrf = False

    from_ = _day(_l("From"), _l("Enter the first day."), name="from")
    to = _day(_l("To"), _l("Enter the last day."))

    def validate_to(self, field: DateField) -> None:
        """The last day does not come before the first."""
        if self.from_.data and field.data and field.data < self.from_.data:
            raise ValidationError(_l("The last day is before the first. Change one of them."))

    def days(self) -> tuple[date, date]:
        """The first and the last day, once they are known to be right."""
        if self.from_.data is None or self.to.data is None:
            raise ValueError("The period has not been checked.")
        return self.from_.data, self.to.data
