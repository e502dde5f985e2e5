"""The searches behind the summaries: only finished talks, only current answers, only what may be read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from interview.access import REMITS, Audience, Role
from interview.answers import ChosenReason
from interview.clock import standing
from interview.nations import NATIONS
from interview.questions import QUESTIONS
from interview.reasons import REASONS
from interview.summary import Attempt, Given, Record, Return, Told, Translation
from records.answers import audience_of, opened
from records.base import SealedKey, place, remember_key
from records.database import db
from records.keys import unseal
from records.people import Reader
from records.reach import reaches
from records.tables import (
    Answer,
    Authority,
    Child,
    Episode,
    Home,
    Interview,
    InterviewEpisode,
    Offer,
    Reason,
)
from records.tables import Translation as TranslationRow

OF_AUDIENCE: dict[Audience, tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]] = {
    Audience.SOCIAL_WORKER: (Answer.for_social_worker == sa.true(), Reason.for_social_worker == sa.true()),
    Audience.REVIEWING_OFFICER: (
        Answer.for_reviewing_officer == sa.true(),
        Reason.for_reviewing_officer == sa.true(),
    ),
    Audience.HOME: (Answer.for_home == sa.true(), Reason.for_home == sa.true()),
}


@dataclass(frozen=True)
class Period:
    """A period of whole days, both included."""

    first: date
    last: date

    def moments(self) -> tuple[datetime, datetime]:
        """From the first moment of the first day up to the first moment after the last."""
        start = datetime.combine(self.first, time.min, UTC)
        return start, datetime.combine(self.last + timedelta(days=1), time.min, UTC)


def child_record(reader: Reader, child: Child, now: datetime) -> Record:
    """All that this reader may know of why this child left: three searches, however many talks."""
    talks = sa.and_(Interview.child_id == child.id, Interview.finished_at.is_not(None))
    return Record(_told(reader, talks), _given(reader, talks), _returns(reader, child, now))


def home_record(reader: Reader, home: Home, period: Period) -> Record:
    """All that this reader may know of why children left this home in this period: two searches."""
    start, end = period.moments()
    talks = sa.and_(
        Interview.home_id == home.id,
        Interview.finished_at.is_not(None),
        Interview.held_at >= start,
        Interview.held_at < end,
        reaches(reader, Interview),
    )
    return Record(_told(reader, talks), _given(reader, talks))


def talks_held(reader: Reader, home: Home, period: Period) -> int:
    """How many talks about this home were finished in this period: logistics, for every reader."""
    start, end = period.moments()
    count = sa.select(sa.func.count()).select_from(Interview)
    return (
        db.session.scalar(
            count.where(
                Interview.home_id == home.id,
                Interview.finished_at.is_not(None),
                Interview.held_at >= start,
                Interview.held_at < end,
                reaches(reader, Interview),
            )
        )
        or 0
    )


def _may_read(reader: Reader, answers: bool) -> list[sa.ColumnElement[bool]]:
    reads_as = REMITS[reader.role].reads_as
    if reads_as is None:
        return []
    return [OF_AUDIENCE[reads_as][0 if answers else 1]]


def readable_questions(role: Role) -> list[str]:
    """The keys of the questions whose part this role reads."""
    return [key for key, question in QUESTIONS.items() if question.part in REMITS[role].parts]


def is_current() -> sa.ColumnElement[bool]:
    """The condition that an answer counts: the newest of its question without a successor."""
    other, later = aliased(Answer), aliased(Answer)
    newest = sa.select(sa.func.max(other.id)).where(
        other.interview_id == Answer.interview_id,
        other.question == Answer.question,
        ~sa.select(later.id).where(later.base_op == other.op_id).exists(),
    )
    return Answer.id == newest.correlate(Answer).scalar_subquery()


def _told(reader: Reader, talks: sa.ColumnElement[bool]) -> tuple[Told, ...]:
    rows = db.session.execute(
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
        )
        .join(Interview, Interview.id == Answer.interview_id)
        .join(SealedKey, SealedKey.owner == Interview.child_id)
        .outerjoin(TranslationRow, TranslationRow.op_id == Answer.op_id)
        .where(
            talks,
            Answer.question.in_(readable_questions(reader.role)),
            *_may_read(reader, answers=True),
            is_current(),
        )
        .order_by(Interview.held_at, Answer.id)
    )
    return tuple(_told_row(row) for row in rows)


def _told_row(row: Any) -> Told:
    under = remember_key(row.child_id, row.wrapped_with, row.wrapped)
    return Told(row.interview_id, row.held_at, opened(row, under), _translation(row, under))


def _translation(row: Any, under: bytes) -> Translation | None:
    if row.translation_id is None:
        return None
    words, translator = (
        unseal(under, place("translation", row.translation_id, field), sealed)
        for field, sealed in (("words", row.words_sealed), ("translator", row.translator_sealed))
    )
    return Translation(row.translation_language, words, translator, row.made_at)


def _given(reader: Reader, talks: sa.ColumnElement[bool]) -> tuple[Given, ...]:
    parts = REMITS[reader.role].parts
    codes = [code for code, reason in REASONS.items() if reason.part in parts]
    rows = db.session.execute(
        sa.select(
            *Reason.__table__.c,
            Interview.held_at,
            SealedKey.wrapped_with,
            SealedKey.wrapped,
        )
        .join(Interview, Interview.id == Reason.interview_id)
        .join(SealedKey, SealedKey.owner == Reason.child_id)
        .where(talks, Reason.code.in_(codes), *_may_read(reader, answers=False))
        .order_by(Interview.held_at, Reason.code)
    )
    return tuple(_given_row(row) for row in rows)


def _given_row(row: Any) -> Given:
    words = ""
    if row.told_words_sealed is not None:
        under = remember_key(row.child_id, row.wrapped_with, row.wrapped)
        words = unseal(under, place("reason", row.id, "told_words"), row.told_words_sealed)
    reason = ChosenReason(row.code, row.biggest, audience_of(row), row.told_in, words)
    return Given(row.interview_id, row.held_at, reason)


def _returns(reader: Reader, child: Child, now: datetime) -> tuple[Return, ...]:
    rows = db.session.execute(
        sa.select(
            Episode.id,
            Episode.missing_at,
            Episode.returned_at,
            Home.name.label("home"),
            Authority.nation,
            Interview.held_at,
            Interview.finished_at,
            Offer.at,
            Offer.outcome,
        )
        .join(Home, Home.id == Episode.home_id)
        .join(Authority, Authority.id == Episode.authority_id)
        .outerjoin(Offer, Offer.episode_id == Episode.id)
        .outerjoin(InterviewEpisode, InterviewEpisode.episode_id == Episode.id)
        .outerjoin(Interview, Interview.id == InterviewEpisode.interview_id)
        .where(Episode.child_id == child.id, reaches(reader, Episode))
        .order_by(Episode.missing_at.desc(), Offer.at)
    ).all()
    by_episode: dict[str, list[Any]] = {}
    for row in rows:
        by_episode.setdefault(row.id, []).append(row)
    return tuple(_return(found, now) for found in by_episode.values())


def _return(rows: Sequence[Any], now: datetime) -> Return:
    first = rows[0]
    held = min((row.held_at for row in rows if row.finished_at is not None), default=None)
    within = NATIONS[first.nation].hold_within
    return Return(
        first.id,
        first.home,
        first.missing_at,
        first.returned_at,
        tuple(_attempts(rows)),
        held,
        standing(first.returned_at, held, now, within),
    )


def _attempts(rows: Iterable[Any]) -> list[Attempt]:
    return list(dict.fromkeys(Attempt(row.at, row.outcome) for row in rows if row.at is not None))
