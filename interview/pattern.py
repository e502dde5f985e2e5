"""How often a child has been away, and by when a talk is written up: counted, never rated."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from interview.episodes import Span
from interview.working_days import end_of_next_working_day

MONTH = timedelta(days=30)
YEAR = timedelta(days=365)
# Derbyshire's form, agreed with police: three absences in 30 days call for a strategy meeting.
CALLS_FOR_A_MEETING = 3
# Oxfordshire's form: the record of a talk is there within three working days.
WORKING_DAYS = 3


@dataclass(frozen=True)
class Pattern:
    """The absences of one child: how many in 30 days and in 12 months, the last one, the longest."""

    in_30_days: int = 0
    in_12_months: int = 0
    last: datetime | None = None
    longest: timedelta | None = None

    @property
    def calls_for_a_meeting(self) -> bool:
        """Whether there were so many that a strategy meeting should be asked for."""
        return self.in_30_days >= CALLS_FOR_A_MEETING


def pattern(absences: Iterable[Span], now: datetime) -> Pattern:
    """What the absences up to now come to."""
    begun = [one for one in absences if one.start <= now]
    return Pattern(
        sum(now - one.start <= MONTH for one in begun),
        sum(now - one.start <= YEAR for one in begun),
        max((one.start for one in begun), default=None),
        max(((one.end or now) - one.start for one in begun), default=None),
    )


def write_up_by(held_at: datetime, nation: str) -> datetime:
    """The end of the last working day of that nation on which the record of a talk is in time."""
    moment = held_at
    for _day in range(WORKING_DAYS):
        moment = end_of_next_working_day(moment, nation)
    return moment
