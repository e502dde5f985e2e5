"""Small numbers: which counts about the children of one home may be told, and over which months.

A home has few children: "two said so" names them to whoever lives or works there. So a count is of children
and not of talks, it is told only where neither those who said so nor those who did not are few, and only over
months that nobody chooses. Months that are over are pooled into periods that do not overlap and never change
again: nothing is left to subtract, to cut or to watch growing. (docs/decisions/0015)
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

# Under 5 nothing is counted out: the rule of /reports/talks, and what reviewers of systems like this one ask
# for (lessons.md 14 of the sources). One rule for all councils: two rules for one home could be subtracted.
FEWEST = 5
# Those who did not say so may not be few either.
ENOUGH = 2 * FEWEST
QUARTER = 3
# A home looks back at least every six months (England: regulation 45; Wales: regulation 80).
LONGEST = 2

Key = TypeVar("Key")


class Few(StrEnum):
    """In the place of a count: fewer than five children, or all children but fewer than five."""

    FEWER = "fewer"
    NEARLY_ALL = "nearly-all"


Count = int | Few


def told(children: int, of: int) -> Count:
    """How many of the children said so, as far as it may be told. None at all is a small number too."""
    if children < FEWEST:
        return Few.FEWER
    return children if of - children >= FEWEST else Few.NEARLY_ALL


@dataclass(frozen=True)
class Times:
    """How often something happened, and with how many different children."""

    times: int
    children: int

    @property
    def told(self) -> int | None:
        """The count, where it is not about a few children only."""
        return self.times if self.children >= FEWEST else None


def parts(counted: Mapping[Key, Times]) -> tuple[dict[Key, int | None], int | None]:
    """The parts of a whole, and their sum where every part is told: else it would tell the others."""
    shown = {key: one.told for key, one in counted.items()}
    known = [count for count in shown.values() if count is not None]
    return shown, sum(known) if len(known) == len(shown) else None


class Change(StrEnum):
    """What has changed against the period before."""

    MORE = "more"
    SAME = "same"
    FEWER = "fewer"
    NEW = "new"
    AGAIN = "again"


def change(now: Count | None, before: Count | None) -> Change | None:
    """More, fewer or about the same; nothing where either side is not told."""
    if isinstance(now, Few) or isinstance(before, Few) or now is None or before is None:
        return None
    if 5 * abs(now - before) <= max(now, before):
        return Change.SAME
    return Change.MORE if now > before else Change.FEWER


@dataclass(frozen=True)
class Pool:
    """Months that are over, up to and without the day on which they end, and how many children talked."""

    starts: date
    ends: date
    children: int

    @property
    def counted(self) -> bool:
        """Whether there were enough children to count anything at all."""
        return self.children >= ENOUGH

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.starts <= day < self.ends

    def as_long_as(self, other: "Pool") -> bool:
        """Whether both have as many months."""
        return _months(self.ends) - _months(self.starts) == _months(other.ends) - _months(other.starts)


@dataclass(frozen=True)
class View:
    """What can be looked at: a period for the words, one for the counts, and the one before that.

    The newest has no end. Before anything newer stands on its own, its words are pooled with those of the
    last period: a talk of yesterday could be told by its date.
    """

    starts: date
    ends: date | None
    pool: Pool | None
    before: Pool | None

    @property
    def key(self) -> str:
        """What stands in the address; nothing for the newest."""
        return self.starts.strftime("%Y-%m") if self.ends else ""


def quarter_of(day: date) -> date:
    """The first day of the quarter."""
    return date(day.year, day.month - (day.month - 1) % QUARTER, 1)


def after(day: date, quarters: int = 1) -> date:
    """The first day of a later quarter."""
    months = _months(day) + QUARTER * quarters
    return date(months // 12, months % 12 + 1, 1)


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def pools(talks: Iterable[tuple[date, str]], today: date) -> tuple[Pool, ...]:
    """Fixed periods, the oldest first: quarters, until enough children talked, or somebody in half a year.

    Given are the day on which each talk was finished and the child. What comes later changes none of them.
    """
    found: dict[date, set[str]] = {}
    for day, child in talks:
        found.setdefault(quarter_of(day), set()).add(child)
    return tuple(_closed(found, today)) if found else ()


def _closed(found: Mapping[date, set[str]], today: date) -> list[Pool]:
    closed: list[Pool] = []
    starts = ends = min(found)
    children: set[str] = set()
    while after(ends) <= today:
        children |= found.get(ends, set())
        ends = after(ends)
        if len(children) >= ENOUGH or (children and ends >= after(starts, LONGEST)):
            closed.append(Pool(starts, ends, len(children)))
            starts, children = ends, set()
    return closed


def views(closed: tuple[Pool, ...], first: date) -> tuple[View, ...]:
    """What can be looked at, the newest first. No two share a word or a count.

    `first` is a day of the first talk, for as long as no period is over.
    """
    before = (None, *closed)
    whole = [View(pool.starts, pool.ends, pool, one) for pool, one in zip(closed, before, strict=False)]
    last = whole.pop() if whole else View(quarter_of(first), None, None, None)
    return replace(last, ends=None), *reversed(whole)


def counted(said: Iterable[tuple[date, str, Key]], pool: Pool | None) -> dict[Key, Count]:
    """What was said in that period, by how many children, as far as it may be told."""
    if pool is None or not pool.counted:
        return {}
    who: dict[Key, set[str]] = {}
    for day, child, key in said:
        if pool.holds(day):
            who.setdefault(key, set()).add(child)
    return {key: told(len(children), pool.children) for key, children in who.items()}
