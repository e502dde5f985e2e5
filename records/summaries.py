"""The searches behind the summaries: only finished talks, only current answers, only what may be read."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from interview.access import REMITS, Audience, Role
from interview.account import Given, Record, Told, Translation, each_version
from interview.questions import QUESTIONS, Section, Who
from interview.requests import Asking
from interview.summary import questions_for
from records.answers import opened
from records.base import SealedKey, place, remember_key
from records.database import db
from records.given import given_and_added
from records.heads import is_current
from records.keys import unseal
from records.people import Reader
from records.requests import requests_in, search_of_child
from records.returns import Returns, returns_in, returns_of, search_for_returns
from records.tables import Answer, Child, Home, Interview, Placement, Reason
from records.tables import Translation as TranslationRow
from records.together import apart, together
from records.which_talks import Condition, Talks, Values, is_for, newest

ABOUT_HERE = [
    key
    for key, question in QUESTIONS.items()
    if question.section is Section.LIVING or key in {"being_back", "since_back", "stay_or_move"}
]
OF_WORKERS = [key for key, question in QUESTIONS.items() if question.who is not Who.CHILD]


@dataclass(frozen=True)
class Period:
    """From the first moment up to, and without, the end."""

    start: datetime
    end: datetime


def child_record(reader: Reader, child: Child, now: datetime) -> Record:
    """All that this reader may know of why this child left: three searches, however many talks."""
    return _record_of(reader, child, returns_of(reader, child.id, now))


def child_record_and_requests(
    reader: Reader, child: Child, now: datetime
) -> tuple[Record, tuple[Asking, ...]]:
    """The same, with what the child asked for: three searches too."""
    found = db.session.execute(_search_for_returns_and_requests(reader), {"child": child.id, "of": child.id})
    returns, asked = apart(found, mark="id")
    record = _record_of(reader, child, returns_in(returns, child.id, now))
    return record, requests_in(reader, asked)


@lru_cache(maxsize=256)
def _search_for_returns_and_requests(reader: Reader) -> sa.CompoundSelect[Any]:
    return together(search_for_returns(reader), search_of_child(reader))


def _record_of(reader: Reader, child: Child, returns: Returns) -> Record:
    talks = Talks(reader, reader.role, Child)
    values = {"child": child.id}
    given, added = given_and_added(talks, values)
    return Record(_told(talks, values), given, returns.all, added, returns.talks, stays=returns.stays)


def home_record(reader: Reader, home: Home, period: Period, names: frozenset[str] = frozenset()) -> Record:
    """The newest that this home may read of why children left it: two searches, however many talks.

    It is the same for everyone who reaches the same talks: what a coordinator prints may go to the home.
    Nobody in `names` is named in it.
    """
    talks = Talks(reader, Role.HOME_MANAGER, Home)
    values = {"home": home.id, "start": period.start, "end": period.end}
    given, added = given_and_added(talks, values)
    return Record(_told(talks, values), given, added=added, names=names)


def kept_with_reason() -> Condition:
    """The condition that a reason was told in this answer that is not for the home."""
    told_there = sa.select(Reason.id).where(
        Reason.interview_id == Answer.interview_id,
        Reason.told_in == Answer.question,
        Reason.for_home == sa.false(),
    )
    return told_there.exists()


def _for_this_home(role: Role) -> list[Condition]:
    """What a home's manager does not read although the child chose the home: what is not of this home.

    An answer in which a reason was told that is not for the home holds that reason's words. And "here" is
    where the child lived on the day of the talk, which may be another home by then.
    """
    if REMITS[role].reads_as is not Audience.HOME:
        return []
    held_on = sa.func.date(Interview.held_at)
    lived_here = sa.select(Placement.id).where(
        Placement.child_id == Interview.child_id,
        Placement.home_id == Interview.home_id,
        Placement.starts <= held_on,
        sa.or_(Placement.ends.is_(None), Placement.ends >= held_on),
    )
    here = [~kept_with_reason(), _every_version_is_for_the_home()]
    return [*here, sa.or_(Answer.question.not_in(ABOUT_HERE), lived_here.exists())]


def readable_questions(role: Role) -> list[str]:
    """The questions of this role's summary whose part the role reads."""
    return sorted(key for key in questions_for(role) if QUESTIONS[key].part in REMITS[role].parts)


def _every_version_is_for_the_home() -> Condition:
    """The condition that no other version of an answer stands which the home may not read."""
    other = aliased(Answer)
    closed = sa.or_(~other.for_home, other.skipped.is_not(None), other.value_sealed.is_(None))
    stands = sa.select(other.id).where(
        other.interview_id == Answer.interview_id,
        other.question == Answer.question,
        other.id != Answer.id,
        closed,
        is_current(other),
    )
    return ~stands.correlate(Answer).exists()


def told_and_given(
    reader: Reader, child: Child, questions: tuple[str, ...]
) -> tuple[tuple[Told, ...], tuple[Given, ...]]:
    """What was said to these questions in the talks with a child, and the reasons: two searches."""
    talks, values = Talks(reader, reader.role, Child), {"child": child.id}
    mine = tuple(key for key in questions if QUESTIONS[key].part in REMITS[reader.role].parts)
    return _told(talks, values, mine), given_and_added(talks, values)[0]


def _told(talks: Talks, values: Values, questions: tuple[str, ...] = ()) -> tuple[Told, ...]:
    rows = db.session.execute(_search_for_told(talks, questions), values)
    # Where an answer was translated twice, the newer translation stands beside it.
    told = {row.op_id: _told_row(row) for row in rows}
    return each_version(told.values())


@lru_cache(maxsize=256)
def _search_for_told(talks: Talks, questions: tuple[str, ...]) -> sa.Select[Any]:
    role = talks.role
    search = (
        sa.select(
            *Answer.__table__.c,
            Interview.child_id,
            Interview.held_at,
            SealedKey.wrapped_with,
            SealedKey.wrapped,
            TranslationRow.id.label("translation_id"),
            TranslationRow.language.label("translation_language"),
            TranslationRow.made_at,
            TranslationRow.words_sealed,
            TranslationRow.translator_sealed,
            TranslationRow.agency_sealed,
            TranslationRow.dialect_sealed,
            kept_with_reason().label("kept_with_reason"),
        )
        .join(Interview, Interview.id == Answer.interview_id)
        .join(SealedKey, SealedKey.owner == Interview.child_id)
        # By talk as well, because there is an index on that.
        .outerjoin(
            TranslationRow,
            sa.and_(TranslationRow.interview_id == Answer.interview_id, TranslationRow.op_id == Answer.op_id),
        )
        .where(
            talks.condition(),
            Answer.question.in_(questions or readable_questions(role)),
            # The child chooses who reads the child's own answers; a worker's are read by remit alone.
            sa.or_(is_for(role, Answer), Answer.question.in_(OF_WORKERS)),
            *_for_this_home(role),
            is_current(),
        )
    )
    found: sa.Select[Any] = newest(search, talks, Answer.question, Answer.id)
    shown = found.selected_columns
    # By the columns themselves: the name "id" alone would be the translation's.
    return found.order_by(shown.held_at, shown.id, shown.made_at, shown.translation_id)


def _told_row(row: Any) -> Told:
    under = remember_key(row.child_id, row.wrapped_with, row.wrapped)
    answer = opened(row, under)
    return Told(row.interview_id, row.held_at, answer, _translation(row, under), bool(row.kept_with_reason))


def _translation(row: Any, under: bytes) -> Translation | None:
    if row.translation_id is None:
        return None

    def text_of(field: str, sealed: bytes | None) -> str:
        return unseal(under, place("translation", row.translation_id, field), sealed) if sealed else ""

    return Translation(
        row.translation_language,
        text_of("words", row.words_sealed),
        text_of("translator", row.translator_sealed),
        row.made_at,
        text_of("agency", row.agency_sealed),
        text_of("dialect", row.dialect_sealed),
    )
