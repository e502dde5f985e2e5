"""What a child asked for and what came of it, as a review needs it: each wish once, what waits first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from interview.access import Role, hears
from interview.lines import Quote
from interview.london import to_london
from interview.requests import Asking, Owner, Stepped
from interview.said_before import SaidBefore, is_the_same

# Something to eat, shoes: what was needed on the day of the talk is not what a review turns on.
AT_ONCE = "need_now"


@dataclass(frozen=True)
class CameOfIt:
    """One step of a request: what was answered, by whom, when, and for which day."""

    kind: str
    on: date
    asked_of: str
    words: str = ""
    on_day: date | None = None


@dataclass(frozen=True)
class Asked:
    """What the child asked for, of whom, and what came of it; the `days` of asking, the newest first.

    Asked of a home, `place` is which, and `has_left` says that the child lives there no longer.
    """

    key: str
    said: Quote
    asked_of: str
    state: str
    days: tuple[date, ...] = ()
    due_on: date | None = None
    steps: tuple[CameOfIt, ...] = ()
    told_on: date | None = None
    place: str = ""
    has_left: bool = False


@dataclass(frozen=True)
class Before:
    """Said before and not acted on: a reason or a request, on which days, and who was asked.

    `said` holds the words of a request; `term` is then what the child was asked. `places` are the homes of
    whom it was asked.
    """

    key: str
    term: str
    days: tuple[date, ...]
    asked_of: tuple[str, ...] = ()
    said: Quote | None = None
    places: tuple[str, ...] = ()


def readable(asked: Iterable[Asking], role: Role) -> tuple[Asking, ...]:
    """The requests whose words the child lets this role read."""
    return tuple(one for one in asked if hears(role, one.audience))


def came_of_it(asked: Iterable[Asking], today: date) -> tuple[Asked, ...]:
    """Each wish once, by its newest request: what is late first, then what waits, then what is answered."""
    rest, found = sorted(asked, key=lambda one: one.asked_at, reverse=True), []
    while rest:
        same = [one for one in rest if one is rest[0] or is_the_same(rest[0], one)]
        rest = [one for one in rest if one not in same]
        found.append(same)
    found.sort(
        key=lambda same: (same[0].question == AT_ONCE, not same[0].is_overdue(today), not same[0].waits)
    )
    return tuple(_asked(same) for same in found)


def _asked(same: list[Asking]) -> Asked:
    newest = same[0]
    return Asked(
        newest.key,
        _said(newest),
        newest.asked_of,
        newest.state,
        tuple(to_london(one.asked_at).date() for one in same),
        newest.due_on if newest.waits else None,
        tuple(map(_step, newest.steps)),
        to_london(newest.told_child_at).date() if newest.told_child_at else None,
        *_where(newest),
    )


def _where(asking: Asking) -> tuple[str, bool]:
    return (asking.place, asking.has_left) if asking.asked_of is Owner.HOME else ("", False)


def _said(asking: Asking) -> Quote:
    return Quote(
        asking.words,
        asking.language,
        asking.said_by,
        asking.asked_at,
        asking.translation,
        for_home=asking.for_home,
    )


def _step(step: Stepped) -> CameOfIt:
    return CameOfIt(step.kind, to_london(step.at).date(), step.asked_of, step.words, step.on_day)


def as_before(before: SaidBefore) -> Before:
    """What was said before, as it stands in a pack. The words of a reason stand with it."""
    days = tuple(dict.fromkeys(to_london(one).date() for one in before.dates))
    owners = tuple(dict.fromkeys(one.asked_of for one in before.requests))
    newest = max(before.requests, key=lambda one: one.asked_at) if before.requests else None
    said = _said(newest) if newest and not before.is_reason else None
    places = dict.fromkeys(one.place for one in before.requests if one.asked_of is Owner.HOME and one.place)
    return Before(before.key, before.words, days, owners, said, tuple(places))
