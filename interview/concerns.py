"""Dangers and allegations: whom to tell, by when, and when that is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from interview.choices import Choice, table
from interview.london import LONDON, to_london
from interview.words import N_

END_OF_DAY = time(17)
AT_THE_LATEST = timedelta(hours=24)
WEEKEND = (5, 6)


class ConcernKind(StrEnum):
    DANGER = "danger"
    ALLEGATION = "allegation"


KINDS: dict[ConcernKind, str] = {
    ConcernKind.DANGER: N_("Danger to a child"),
    ConcernKind.ALLEGATION: N_("About an adult who works with children"),
}

TOLD = table(
    Choice("designated-officer", N_("The designated officer of the council (LADO)")),
    Choice("social-worker", N_("The child's social worker or the council's duty team")),
    Choice("police", N_("Police")),
)

# Who has to be told before a concern is answered (law-and-guidance 6.3, 6.4). An allegation goes to the
# designated officer and the social worker; they decide with police what the home is told, and when.
TELL: dict[ConcernKind, frozenset[str]] = {
    ConcernKind.DANGER: frozenset({"social-worker"}),
    ConcernKind.ALLEGATION: frozenset({"designated-officer", "social-worker"}),
}

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


@dataclass(frozen=True)
class Telling:
    """Somebody was told: who, when, by whom of us, and what was said."""

    whom: str
    at: datetime
    by: str
    said: str = ""


def tell_by(kind: ConcernKind, raised_at: datetime) -> datetime:
    """The last moment to tell: 24 hours for a danger, the end of the next working day for an allegation."""
    return raised_at + AT_THE_LATEST if kind is ConcernKind.DANGER else end_of_next_working_day(raised_at)


def end_of_next_working_day(moment: datetime) -> datetime:
    """Five o'clock here on the next working day. Saturdays and Sundays are none."""
    day = to_london(moment).date() + timedelta(days=1)
    while day.weekday() in WEEKEND:
        day += timedelta(days=1)
    return datetime.combine(day, END_OF_DAY, LONDON)


def still_to_tell(kind: ConcernKind, tellings: Iterable[Telling]) -> tuple[str, ...]:
    """Who has to be told and has not been, in the order of the choices."""
    told = {telling.whom for telling in tellings}
    return tuple(whom for whom in TOLD if whom in TELL[kind] - told)


def all_told_at(kind: ConcernKind, tellings: Iterable[Telling]) -> datetime | None:
    """The moment at which the last of those who have to be told was told; None until then."""
    known = list(tellings)
    if still_to_tell(kind, known):
        return None
    first = {whom: min(t.at for t in known if t.whom == whom) for whom in TELL[kind]}
    return max(first.values())


def faults_of_telling(at: datetime, now: datetime) -> dict[str, str]:
    """What is wrong with a telling, as a sentence for its field."""
    if at > now:
        return {"at": N_("This time is in the future. Enter when they were told.")}
    return {}
