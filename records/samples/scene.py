"""What the cases are told into: the moment, the places and the people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from interview.london import to_london
from records.tables import Authority, Home, Person

NIGHT_BEGINS = 21
NIGHT_LASTS = 11


class TellingError(Exception):
    """A retold case that the house would refuse, with the sentence that says why."""


@dataclass(frozen=True)
class Scene:
    """What the cases are told into."""

    now: datetime
    councils: Mapping[str, Authority]
    homes: Mapping[str, Home]
    workers: Mapping[str, Person]

    @property
    def cora(self) -> str:
        """The id of the coordinator, who records what the council does."""
        return self.workers["cora"].id


def later(moment: datetime, hours: float) -> datetime:
    """So many hours later, or earlier."""
    return moment + timedelta(hours=hours)


def by_day(moment: datetime, now: datetime) -> datetime:
    """This moment; or the morning after it, where it falls into the night in which nobody is asked."""
    local = to_london(moment)
    into_night = (local.hour + local.minute / 60 - NIGHT_BEGINS) % 24
    if into_night >= NIGHT_LASTS:
        return moment
    # The order of what falls into one night stays, within the first hour of the morning.
    morning = later(moment, NIGHT_LASTS - into_night + into_night / NIGHT_LASTS)
    return min(morning, max(moment, now))
