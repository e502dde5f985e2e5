"""A day and a time as people here read them on the clock, and the same moment in UTC."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField
from wtforms.validators import ValidationError

from interview.london import from_london, to_london

# The first is what browsers send; the others are what people type where a browser knows no such field.
FORMATS = [
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y, %H:%M",
    "%d %B %Y, %H:%M",
    "%d %B %Y %H:%M",
]
FIRST_YEAR = 2000


class LocalMoment(DateTimeLocalField):
    """Local time in, a moment in UTC out; the hour that is skipped in spring is refused."""

    def __init__(self, label: Any = None, validators: Any = None, **how: Any) -> None:
        how.setdefault("invalid_value_message", _l("Enter a day and a time, for example 3 May 2026, 19:20."))
        super().__init__(label, validators, format=FORMATS, **how)

    def process_data(self, value: datetime | None) -> None:
        """Show a moment as local time."""
        self.shown = value
        super().process_data(None if value is None else _on_the_clock(value))

    def pre_validate(self, form: Any) -> None:
        """Refuse an hour that was not there, and a year that nobody means."""
        if self.data is None:
            return
        if self.data.year < FIRST_YEAR:
            raise ValidationError(_l("Check the year."))
        if _on_the_clock(from_london(self.data)) != self.data.replace(second=0):
            raise ValidationError(
                _l("There was no such hour that night: the clocks went forward. Enter the hour after it.")
            )

    @property
    def moment(self) -> datetime | None:
        """The moment in UTC; of an hour that came twice, the first. What was not changed stays as it was."""
        if self.data is None or self.shown is None or _on_the_clock(self.shown) != self.data:
            return None if self.data is None else from_london(self.data)
        return self.shown

    @property
    def given(self) -> datetime:
        """The moment in UTC, where it had to be given. Ask only after the form was found valid."""
        if self.moment is None:
            raise ValueError("No moment was given.")
        return self.moment

    def moment_after(self, before: datetime | None) -> datetime | None:
        """The moment in UTC; of an hour that came twice, the one that is possible after another moment."""
        moment = self.moment
        if moment is None or before is None or moment >= before or self.data is None:
            return moment
        second = from_london(self.data.replace(fold=1))
        return second if second >= before else moment


def _on_the_clock(moment: datetime) -> datetime:
    return to_london(moment).replace(tzinfo=None, fold=0, second=0, microsecond=0)
