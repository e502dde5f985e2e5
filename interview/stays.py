"""Where a child lived, how far from family, and how often it went missing from there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from interview.account import Return
from interview.london import to_london

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Placed:
    """One stretch of time in one home. `outside` says that it lies in another council's area."""

    home: str
    starts: date
    ends: date | None = None
    miles: int | None = None
    outside: bool = False

    def was_on(self, day: date) -> bool:
        """Whether the child lived there on that day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True)
class Stay:
    """One placement with the absences from it: how many, from when to when, and the longest in hours.

    `placed` is None where the home is known from the absences alone. `away` holds the single ones where
    they are few: when the child left, and hours until it was back.
    """

    home: str
    placed: Placed | None
    absences: int = 0
    first: datetime | None = None
    last: datetime | None = None
    longest: int | None = None
    away: tuple[tuple[datetime, int | None], ...] = ()


FEW = 4


def placed_on(places: Sequence[Placed], day: date) -> Placed | None:
    """Where the child lived on that day; on a day of a move, where it came from."""
    return min((one for one in places if one.was_on(day)), key=lambda one: one.starts, default=None)


def stays(places: Sequence[Placed], returns: Sequence[Return]) -> tuple[Stay, ...]:
    """Every placement, the newest first, and after them homes that are known from an absence alone."""
    newest = sorted(places, key=lambda one: one.starts, reverse=True)
    of_place: dict[Placed | None, list[Return]] = {one: [] for one in newest}
    unknown: dict[str, list[Return]] = {}
    for one in returns:
        place = _left_from(newest, one)
        if place is None:
            unknown.setdefault(one.home, []).append(one)
        else:
            of_place[place].append(one)
    known = tuple(_stay(place.home, place, absent) for place, absent in of_place.items() if place)
    return (*known, *(_stay(home, None, absent) for home, absent in unknown.items()))


def _left_from(places: Sequence[Placed], one: Return) -> Placed | None:
    day = to_london(one.missing_at).date()
    there = [place for place in places if place.was_on(day)]
    # On the day of a move the home of the absence decides.
    return next((place for place in there if place.home == one.home), there[0] if there else None)


def _stay(home: str, placed: Placed | None, absent: Sequence[Return]) -> Stay:
    left = sorted(one.missing_at for one in absent)
    away = [(one.missing_at, _hours(one)) for one in absent]
    return Stay(
        home,
        placed,
        len(absent),
        left[0] if left else None,
        left[-1] if left else None,
        max((hours for _, hours in away if hours is not None), default=None),
        tuple(away) if len(away) <= FEW else (),
    )


def _hours(one: Return) -> int | None:
    return None if one.returned_at is None else round((one.returned_at - one.missing_at) / HOUR)
