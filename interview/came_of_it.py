"""What a child asked for and what came of it, as a review needs it: each wish once, what waits first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from interview.access import Role, hears
from interview.lines import Quote
from interview.london import to_london
from interview.requests import Asking, Stepped
from interview.said_before import SaidBefore, is_the_same


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
    """What the child asked for, of whom, and what came of it; the `days` of asking, the newest first."""

    key: str
    said: Quote
    asked_of: str
    state: str
    days: tuple[date, ...] = ()
    due_on: date | None = None
    steps: tuple[CameOfIt, ...] = ()
    told_on: date | None = None


@dataclass(frozen=True)
class Before:
    """Said before and not acted on: a reason or a question, on which days, and who was asked."""

    key: str
    term: str
    days: tuple[date, ...]
    asked_of: tuple[str, ...] = ()


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
    found.sort(key=lambda same: (not same[0].is_overdue(today), not same[0].waits))
    return tuple(_asked(same) for same in found)


def _asked(same: list[Asking]) -> Asked:
    newest = same[0]
    said = Quote(
        newest.words,
        newest.language,
        newest.said_by,
        newest.asked_at,
        newest.translation,
        for_home=newest.for_home,
    )
    return Asked(
        newest.key,
        said,
        newest.asked_of,
        newest.state,
        tuple(to_london(one.asked_at).date() for one in same),
        newest.due_on if newest.waits else None,
        tuple(map(_step, newest.steps)),
        to_london(newest.told_child_at).date() if newest.told_child_at else None,
    )


def _step(step: Stepped) -> CameOfIt:
    return CameOfIt(step.kind, to_london(step.at).date(), step.asked_of, step.words, step.on_day)


def as_before(said: SaidBefore) -> Before:
    """What was said before, as it stands in a pack: its words are among the reasons and the requests."""
    days = tuple(dict.fromkeys(to_london(one).date() for one in said.dates))
    return Before(said.key, said.words, days, tuple(dict.fromkeys(one.asked_of for one in said.requests)))
