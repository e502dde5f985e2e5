"""What the worker's record knows already and does not ask again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import get_locale, gettext

from forms.interview import SHOWN
from interview.answers import Answer, biggest_of, codes_of, is_answered
from interview.pattern import Pattern, pattern
from interview.pattern import write_up_by as written_up_by
from interview.questions import MORE, QUESTIONS, Kind, Question
from interview.reasons import REASONS
from records.database import db
from records.episodes import other_absences
from records.tables import Authority, Interview
from views.moments import now
from views.pages import said_words
from views.words import _, catalogues


@dataclass(frozen=True)
class Beside:
    """What the child was asked of the same matter, and the answer as a person reads it."""

    asked: str
    said: str
    language: str


def known(interview: Interview) -> dict[str, Any]:
    """What stands in the form before anything is written: when the talk began."""
    if interview.held_at is None:
        return {}
    return {"held_at": SHOWN[Kind.MOMENT](interview.held_at.isoformat())}


def held_at(kept: dict[str, Answer]) -> datetime | None:
    """When the worker says the talk was held; None where they said nothing, or a time still to come."""
    said = kept.get("held_at")
    moment = datetime.fromisoformat(said.value) if said and said.value else None
    return moment if moment is not None and moment <= now() else None


def called_for(
    questions: Iterable[Question], interview: Interview, kept: dict[str, Answer]
) -> tuple[Question, ...]:
    """The questions without those that are only for a talk that was held after its time."""
    late = is_late(interview, kept)
    return tuple(q for q in questions if late or not q.only_late or is_answered(kept.get(q.key)))


def is_late(interview: Interview, kept: dict[str, Answer]) -> bool:
    """Whether the talk was held after its time; the worker's own word of when it was comes first."""
    moment: datetime = held_at(kept) or interview.held_at or now()
    return interview.due_at is not None and moment > interview.due_at


def pattern_of(interview: Interview) -> Pattern:
    """How often this child has been away up to now."""
    return pattern(other_absences(interview.child_id), now())


def write_up_by(interview: Interview) -> datetime | None:
    """By when the record of a talk that was held should be there."""
    if interview.held_at is None:
        return None
    nation = db.session.get_one(Authority, interview.authority_id).nation
    return written_up_by(interview.held_at, nation)


def beside(question: Question, kept: dict[str, Answer]) -> list[Beside]:
    """What the child said of the same matter. What they would rather not say is not repeated here."""
    found = ((QUESTIONS[key], kept.get(key)) for key in question.beside)
    return [
        Beside(_asked(child_asked), _said(child_asked, answer), answer.language)
        for child_asked, answer in found
        if answer is not None and answer.skipped is None and is_answered(answer)
    ]


@dataclass(frozen=True)
class Asked:
    """One question of `beside` as a tablet shows it: its script puts in what the child said."""

    asked: str
    keys: tuple[str, ...]
    key: str
    options: tuple[tuple[str, str], ...]


def asked_beside(question: Question) -> list[Asked]:
    """What the child is asked of the same matter, with the words of every answer that can be chosen."""
    found = [QUESTIONS[key] for key in question.beside]
    together = {one.key: tuple(other.key for other in found if _asked(other) == _asked(one)) for one in found}
    return [Asked(_asked(one), together[one.key], one.key, _choices(one)) for one in found]


def _choices(question: Question) -> tuple[tuple[str, str], ...]:
    if question.kind is Kind.REASONS:
        terms = [(code, str(gettext(one.term))) for code, one in REASONS.items()]
        return (*terms, *((f"biggest:{code}", _biggest(term)) for code, term in terms))
    if question.kind is Kind.SCALE:
        return tuple((str(number), _of_ten(number)) for number in range(11))
    return tuple((one.key, catalogues().say("en", one.words)) for one in question.options)


def _asked(question: Question) -> str:
    first = QUESTIONS[question.follows] if question.words == MORE else question
    return catalogues().say("en", first.words)


def _said(question: Question, answer: Answer) -> str:
    if question.kind is Kind.REASONS:
        return ", ".join(_term(code, answer) for code in codes_of(answer.value))
    if question.kind is Kind.SCALE:
        return _of_ten(answer.value)
    return said_words(question, answer, lambda words: catalogues().say("en", words), str(get_locale()))


def _term(code: str, answer: Answer) -> str:
    term = str(gettext(REASONS[code].term))
    return _biggest(term) if code == biggest_of(answer.value) else term


def _biggest(term: str) -> str:
    return _("%(reason)s (the biggest one)", reason=term)


def _of_ten(number: int) -> str:
    return _("%(number)s out of 10", number=number)
