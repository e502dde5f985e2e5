"""Dangers and allegations: what was written down, whom to tell by when, and when that is done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from interview.choices import Choice, table
from interview.duties import Clock, Danger, clocks
from interview.words import N_


class ConcernKind(StrEnum):
    DANGER = "danger"
    ALLEGATION = "allegation"


KINDS: dict[ConcernKind, str] = {
    ConcernKind.DANGER: N_("Danger to a child"),
    ConcernKind.ALLEGATION: N_("About the home, or an adult who works with children"),
}

TOLD = table(
    Choice("designated-officer", N_("The designated officer of the council (LADO)")),
    Choice("social-worker", N_("The child's social worker or the council's duty team")),
    Choice("police", N_("Police")),
    Choice("somebody-else", N_("Somebody else")),
)

NOT_SAFE = table(
    Choice("this-child", N_("This child")),
    Choice("another-child", N_("Another child")),
    Choice("somebody-else", N_("Somebody else")),
)

WHAT_TO_DO: dict[ConcernKind, str] = {
    ConcernKind.DANGER: N_(
        "If someone is in danger now, ring 999. Tell the child's social worker or the duty team now, "
        "and in any case within 24 hours."
    ),
    ConcernKind.ALLEGATION: N_(
        "Tell the designated officer within one working day, and the child's social worker. "
        "Do not tell the home: these two decide with police what the home is told, and when."
    ),
}

# The home hears of these from those who decide what it is told, and never from here.
ABOUT_THE_HOME = frozenset({Danger.ADULT_AT_WORK, Danger.AT_HOME})

Since = Mapping[Danger, datetime]


@dataclass(frozen=True)
class Telling:
    """Somebody was told: who, when, by whom of us, what was said, their name and their number."""

    whom: str
    at: datetime
    by: str
    said: str = ""
    name: str = ""
    number: str = ""


@dataclass(frozen=True)
class Entry:
    """What a worker wrote down at once: word for word, and what was done.

    `reached` is when it came here, where it was written on a tablet without a signal.
    """

    at: datetime
    by: str
    said: str = ""
    done: str = ""
    reached: datetime | None = None


def kind_of(dangers: Iterable[Danger]) -> ConcernKind:
    """An allegation where an adult who works with children is among them, or somebody else at the home."""
    return ConcernKind.DANGER if ABOUT_THE_HOME.isdisjoint(dangers) else ConcernKind.ALLEGATION


def danger_of(kind: ConcernKind) -> Danger:
    """The danger of a concern of which nothing more is known than its kind."""
    return Danger.ADULT_AT_WORK if kind is ConcernKind.ALLEGATION else Danger.OTHER


def clocks_of(since: Since, nation: str, tellings: Iterable[Telling] = ()) -> tuple[Clock, ...]:
    """The clocks of a concern, by what is due first."""
    return clocks(since, nation, [(telling.whom, telling.at) for telling in tellings])


def next_due(running: Iterable[Clock]) -> datetime | None:
    """By when the next of them has to be told; when all are told, by when the last one had to be."""
    known = list(running)
    waiting = [clock.due_at for clock in known if clock.told_at is None]
    return min(waiting) if waiting else max((clock.due_at for clock in known), default=None)


def all_told_at(running: Iterable[Clock]) -> datetime | None:
    """The moment at which the last of those who have to be told was told; None until then."""
    times = [clock.told_at for clock in running]
    return None if None in times else max((at for at in times if at), default=None)


def still_to_tell(running: Iterable[Clock]) -> tuple[str, ...]:
    """Who has to be told and has not been, in the order of the choices."""
    waiting = [clock.duty.tell for clock in running if clock.told_at is None]
    # Of "this one or that one", whoever has to be told anyway is enough.
    needed = {whom for tell in waiting if len(tell) == 1 for whom in tell}
    needed |= {min(tell) for tell in waiting if not tell & needed}
    return tuple(whom for whom in TOLD if whom in needed)


def faults_of_telling(at: datetime, now: datetime) -> dict[str, str]:
    """What is wrong with a telling, as a sentence for its field."""
    if at > now:
        return {"at": N_("This time is in the future. Enter when they were told.")}
    return {}
