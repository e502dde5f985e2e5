"""How a case is retold: a child with homes, absences, offers and talks, as data without a clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from interview.answers import SaidBy, Skip
from interview.reasons import home_by_rule


@dataclass(frozen=True)
class Ago:
    """A moment before now: so many days ago at this time of day (UTC), or so many hours ago; `plus` hours."""

    days: int = 0
    at: str = ""
    hours: float = 0
    plus: float = 0

    def moment(self, now: datetime) -> datetime:
        """The moment itself."""
        day = now - timedelta(days=self.days)
        start = datetime.combine(day.date(), time.fromisoformat(self.at), now.tzinfo) if self.at else day
        return start + timedelta(hours=self.plus - self.hours)


@dataclass(frozen=True)
class Said:
    """One answer. `before` is what stood there until read-back; `english` its translation.

    `home` lets the home read it, `social_worker_only` keeps it from the reviewing officer too.
    """

    question: str
    value: Any = None
    by: SaidBy = SaidBy.WORD_FOR_WORD
    skip: Skip | None = None
    home: bool = False
    social_worker_only: bool = False
    english: str = ""
    before: str = ""


def says(question: str, words: str, **more: Any) -> Said:
    """What the child said, word for word."""
    return Said(question, words, **more)


def typed(question: str, words: str, **more: Any) -> Said:
    """What the child typed."""
    return Said(question, words, SaidBy.CHILD_TYPED, **more)


def gist(question: str, words: str, **more: Any) -> Said:
    """What the child said, in the interviewer's words."""
    return Said(question, words, SaidBy.PARAPHRASE, **more)


def through(question: str, words: str, english: str, **more: Any) -> Said:
    """What the child said through an interpreter, in both languages."""
    return Said(question, words, SaidBy.INTERPRETER, english=english, **more)


def picks(question: str, value: Any, **more: Any) -> Said:
    """What the child touched: a choice, a face, a number on a scale."""
    return Said(question, value, SaidBy.CHILD_TYPED, **more)


def skips(question: str, skip: Skip = Skip.RATHER_NOT_SAY, **more: Any) -> Said:
    """A question that the child passed over, and how."""
    return Said(question, None, SaidBy.CHILD_TYPED, skip, **more)


def cards(
    codes: str,
    biggest: str | None = None,
    told: Mapping[str, tuple[str, str]] | None = None,
    home: str | None = None,
    by: SaidBy = SaidBy.CHILD_TYPED,
) -> Said:
    """The reasons that the child chose; `told` ties a code to a question and a sentence in its answer.

    `home` names the codes that the child lets the home know; with None those that
    name nobody.
    """
    ties = {code: {"question": question, "words": words} for code, (question, words) in (told or {}).items()}
    known = home_by_rule(codes.split()) if home is None else home.split()
    value = {"chosen": codes.split(), "biggest": biggest, "told": ties, "home": known}
    return Said("reasons", value, by)


@dataclass(frozen=True)
class Try:
    """One attempt to offer the talk, so many hours after the return."""

    after: float
    outcome: str
    channel: str = "through-carer"
    by_whom: str = "Cora Mensah"
    why: str = ""
    carer_says: str = ""
    wanted: str = ""
    again_in_days: int | None = None


@dataclass(frozen=True)
class Absence:
    """One episode. `away` is hours until the return, None while the child is not back; `found` the hours
    until the child was found, where that was not the same moment; `closed` hours from return to closing.
    """

    home: str
    left: Ago
    away: float | None
    found: float | None = None
    missing_from: str = ""
    found_where: str = ""
    ended: str | None = "self"
    reported_by: str = "home"
    grade: str = "medium"
    prevention: str = "done"
    guess: str | None = None
    kind: str = "missing"
    police_reference: str = ""
    tries: tuple[Try, ...] = ()
    closed: float | None = None


@dataclass(frozen=True)
class Passed:
    """Somebody was told of a danger or an allegation, so many hours after it was raised."""

    whom: str
    after: float
    said: str = ""


def tells(whom: str, after: float, said: str = "") -> Passed:
    """Somebody was told, so many hours after."""
    return Passed(whom, after, said)


@dataclass(frozen=True)
class Worry:
    """A danger or an allegation out of a talk, and who was told of it."""

    kind: str
    words: str
    told: tuple[Passed, ...] = ()


@dataclass(frozen=True)
class Talk:
    """One talk about some of the absences, by their place in the list.

    `held` counts hours from the last return (before it: on the way back), None when it is still to be
    held. `finished` counts from there; None leaves it open. `asked_for` is why the child asked for
    someone who is not independent. `translator` is who translated later; else the interpreter did.
    """

    covers: tuple[int, ...]
    interviewer: str
    held: float | None
    said: tuple[Said, ...] = ()
    worker: Mapping[str, Any] = field(default_factory=dict)
    finished: float | None = 1.5
    allocated: float | None = None
    asked_for: str = ""
    interpreter: str = ""
    translator: str = ""
    worries: tuple[Worry, ...] = ()
    added: tuple[str, str] | None = None


@dataclass(frozen=True)
class Place:
    """A stretch of time in one home, in days ago, and the miles from family."""

    home: str
    since: int
    until: int | None = None
    miles: int | None = None


@dataclass(frozen=True)
class Case:
    """One child of a published case, made up anew.

    `kept_how` says whose account the reasons are in the source, and how they are kept here.
    """

    key: str
    name: str
    age: int
    council: str
    officer: str
    kept_how: str
    places: tuple[Place, ...]
    absences: tuple[Absence, ...]
    talks: tuple[Talk, ...] = ()
    language: str = "en"
    years_in_care: float = 2
    tells_best: str = ""
    careful_of: str = ""
    needs: str = ""
