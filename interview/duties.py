"""Kinds of danger, and the clocks of each as data: who has to be told, by when, and who says so.

Sources are those of the domain notes; where the text itself could not be read, it says "check".
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from interview.london import LONDON, to_london
from interview.words import N_
from interview.working_days import end_of_next_working_day


class Danger(StrEnum):
    NOW = "now"
    SEXUAL_ABUSE = "sexual-abuse"
    ADULT_AT_WORK = "adult-at-work"
    AT_HOME = "at-home"
    EXPLOITATION = "exploitation"
    SELF_HARM = "self-harm"
    OTHER = "other"


DANGERS: dict[Danger, str] = {
    Danger.NOW: N_("Danger now"),
    Danger.SEXUAL_ABUSE: N_("Sexual abuse"),
    Danger.ADULT_AT_WORK: N_("Harm by an adult who works with children"),
    Danger.AT_HOME: N_("Danger from somebody else in the home, or who comes there"),
    Danger.EXPLOITATION: N_("Exploitation or trafficking"),
    Danger.SELF_HARM: N_("Self-harm, or not wanting to live"),
    Danger.OTHER: N_("Another danger"),
}


class Limit(StrEnum):
    AT_ONCE = "at-once"
    SAME_DAY = "same-day"
    WITHIN_A_DAY = "within-a-day"
    NEXT_WORKING_DAY = "next-working-day"


# "At once" needs an hour at which it is late: that hour is Heard's own and no law's.
AT_ONCE = timedelta(hours=1)
A_DAY = timedelta(hours=24)
LAST_MINUTE = time(23, 59)


def _same_day(start: datetime, _nation: str) -> datetime:
    # Said shortly before midnight there is still the time that "at once" leaves.
    end = datetime.combine(to_london(start).date(), LAST_MINUTE, LONDON)
    return max(end, start + AT_ONCE)


DUE: dict[Limit, Callable[[datetime, str], datetime]] = {
    Limit.AT_ONCE: lambda start, _nation: start + AT_ONCE,
    Limit.SAME_DAY: _same_day,
    Limit.WITHIN_A_DAY: lambda start, _nation: start + A_DAY,
    Limit.NEXT_WORKING_DAY: end_of_next_working_day,
}

POLICE, SOCIAL_CARE, OFFICER = "police", "social-worker", "designated-officer"


@dataclass(frozen=True)
class Duty:
    """One clock: for which dangers, where, who has to be told (any one of them), by when, and who says so.

    It runs from the moment at which the first of its dangers was written down.
    """

    key: str
    words: str
    dangers: frozenset[Danger]
    tell: frozenset[str]
    limit: Limit
    source: str
    nations: frozenset[str] | None = None


DUTIES: tuple[Duty, ...] = (
    Duty(
        "danger-now",
        N_("Ring 999"),
        frozenset({Danger.NOW}),
        frozenset({POLICE}),
        Limit.AT_ONCE,
        "Working Together to Safeguard Children 2023: immediate protection",
    ),
    Duty(
        "strategy",
        N_("Tell children's social care: they hold a strategy discussion"),
        frozenset({Danger.NOW, Danger.SEXUAL_ABUSE, Danger.EXPLOITATION, Danger.SELF_HARM}),
        frozenset({SOCIAL_CARE}),
        Limit.SAME_DAY,
        "Children Act 1989 s.47 and Working Together 2023 (law-and-guidance 1.9, S102); Wales Safeguarding "
        "Procedures; National Guidance for Child Protection in Scotland 2021; Co-operating to Safeguard (NI)",
    ),
    # Law-and-guidance 1.12: passed on 29 April 2026, for England; whether it is in force is to be checked.
    # Up to seven days' delay only where telling at once would endanger the child: a person decides that.
    Duty(
        "mandatory-report",
        N_("Report the sexual abuse of a child to police or council, and say who is suspected"),
        frozenset({Danger.SEXUAL_ABUSE}),
        frozenset({POLICE, SOCIAL_CARE}),
        Limit.SAME_DAY,
        "Crime and Policing Act 2026 c.20: as soon as practicable (S89, S91, S94); check commencement",
        frozenset({"england"}),
    ),
    Duty(
        "crime",
        N_("Tell the police of the crime, or agree with social care who tells them"),
        frozenset({Danger.SEXUAL_ABUSE, Danger.EXPLOITATION}),
        frozenset({POLICE}),
        Limit.SAME_DAY,
        "Working Together 2023; in Northern Ireland Criminal Law Act (NI) 1967 s.5 (check)",
    ),
    # S77, S78; in Wales within 24 hours or the next working day (Wales Safeguarding Procedures, section 5).
    Duty(
        "designated-officer",
        N_("Tell the designated officer"),
        frozenset({Danger.ADULT_AT_WORK, Danger.AT_HOME}),
        frozenset({OFFICER}),
        Limit.NEXT_WORKING_DAY,
        "Working Together 2023, chapter 4: within one working day (law-and-guidance 6.4, S77, S78)",
    ),
    Duty(
        "social-worker-of-allegation",
        N_("Tell the child's social worker"),
        frozenset({Danger.ADULT_AT_WORK, Danger.AT_HOME}),
        frozenset({SOCIAL_CARE}),
        Limit.NEXT_WORKING_DAY,
        "Law-and-guidance 6.4: they decide with police what the home is told, and when",
    ),
    Duty(
        "social-worker",
        N_("Tell the child's social worker or the duty team"),
        frozenset({Danger.OTHER}),
        frozenset({SOCIAL_CARE}),
        Limit.WITHIN_A_DAY,
        "Working Together 2023: refer at once where harm is suspected; the 24 hours are Heard's own",
    ),
)


@dataclass(frozen=True)
class Clock:
    """One duty with its times: by when, and since when it is done."""

    duty: Duty
    due_at: datetime
    told_at: datetime | None

    @property
    def late(self) -> bool:
        """Whether they were told after the time."""
        return self.told_at is not None and self.told_at > self.due_at


Told = Iterable[tuple[str, datetime]]


def clocks(since: Mapping[Danger, datetime], nation: str, told: Told = ()) -> tuple[Clock, ...]:
    """The clocks that these dangers start there, by what is due first.

    Of two that ask for the same to be told, the earlier one counts; the later one says nothing new.
    """
    known = list(told)
    found: dict[frozenset[str], Clock] = {}
    for duty in DUTIES:
        starts = [moment for danger, moment in since.items() if danger in duty.dangers]
        if not starts or (duty.nations is not None and nation not in duty.nations):
            continue
        due = DUE[duty.limit](min(starts), nation)
        if duty.tell not in found or due < found[duty.tell].due_at:
            times = [at for whom, at in known if whom in duty.tell]
            found[duty.tell] = Clock(duty, due, min(times, default=None))
    return tuple(sorted(found.values(), key=lambda clock: clock.due_at))
