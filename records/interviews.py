"""Interviews: held, and finished with a date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from interview.clock import Standing, standing
from interview.offers import OUTCOMES, OfferState
from interview.questions import QUESTIONS, RECORD, Section
from interview.versions import standing as all_versions
from records.answers import answers_of
from records.base import SealedKey
from records.database import db
from records.episodes import PAGE, child_name
from records.guarded import guard
from records.heads import is_branched
from records.people import Reader
from records.reach import reaches
from records.requests import make_requests
from records.tables import (
    Answer,
    Child,
    Episode,
    Home,
    Interview,
    InterviewEpisode,
    Offer,
    Placement,
)

FINISHED = 10
BY_DUE = (Interview.due_at.is_(None), Interview.due_at, Interview.allocated_at)


@dataclass(frozen=True)
class ToHold:
    """One talk of mine, with where its clock stands."""

    interview: str
    child: str
    home: str
    language: str
    due_at: datetime | None
    held_at: datetime | None
    finished_at: datetime | None
    standing: Standing
    # The newest answer to the offer: a child who said no is asked again, on that day if there is one.
    said_no: bool = False
    ask_again_on: date | None = None
    # How far it has gone: whether it was read back, and whether the worker's record is begun.
    read_back: bool = False
    written_up: bool = False
    # Whether some answer of it may stand in several versions: records/versions.py looks closer.
    branched: bool = False

    def sleeps(self, today: date) -> bool:
        """Whether this talk waits for a day to come, because the child said no."""
        asked_again = self.ask_again_on is not None and self.ask_again_on <= today
        return self.said_no and self.held_at is None and not asked_again


@dataclass(frozen=True)
class Brief:
    """What an interviewer reads before the talk."""

    episodes: Sequence[Episode]
    earlier: Sequence[Episode]
    placement: Placement | None
    earlier_talks: int
    offers: Sequence[Offer] = ()


def covered_by(interview: Interview) -> Sequence[Episode]:
    """The episodes that a talk covers, the first one first."""
    return db.session.scalars(
        sa.select(Episode)
        .join(InterviewEpisode, InterviewEpisode.episode_id == Episode.id)
        .where(InterviewEpisode.interview_id == interview.id)
        .order_by(Episode.missing_at, Episode.id)
    ).all()


def interview_of(episode: Episode) -> Interview | None:
    """The newest talk that covers this episode."""
    return db.session.scalar(
        sa.select(Interview)
        .join(InterviewEpisode, InterviewEpisode.interview_id == Interview.id)
        .where(InterviewEpisode.episode_id == episode.id)
        .order_by(Interview.allocated_at.desc(), Interview.id)
        .limit(1)
    )


def to_hold_and_finished(reader: Reader, now: datetime) -> tuple[list[ToHold], list[ToHold]]:
    """My talks by what is due first, and my latest finished ones, the last one first. One search for both."""
    latest = aliased(Interview)
    finished = (
        sa.select(latest.id)
        .where(latest.interviewer_id == reader.person, latest.finished_at.is_not(None))
        .order_by(latest.finished_at.desc(), latest.id)
        .limit(FINISHED)
    )
    order = (Interview.finished_at.is_not(None), Interview.finished_at.desc(), *BY_DUE)
    wanted = sa.or_(_waits(), Interview.id.in_(finished))
    search = _talks(reader).where(wanted).order_by(*order, Interview.id)
    talks = [_to_hold(row, now) for row in db.session.execute(search.limit(PAGE + FINISHED))]
    return [talk for talk in talks if not talk.finished_at], [talk for talk in talks if talk.finished_at]


def to_hold(reader: Reader, now: datetime, *, finished: bool = False) -> Sequence[ToHold]:
    """My talks by what is due first; or my latest finished ones. One search."""
    order = (Interview.finished_at.desc(),) if finished else BY_DUE
    wanted = Interview.finished_at.is_not(None) if finished else _waits()
    search = _talks(reader).where(wanted).order_by(*order, Interview.id)
    return [_to_hold(row, now) for row in db.session.execute(search.limit(FINISHED if finished else PAGE))]


def _talks(reader: Reader) -> sa.Select[Any]:
    columns: tuple[Any, ...] = (
        Interview.id,
        Interview.language,
        Interview.due_at,
        Interview.held_at,
        Interview.finished_at,
        Child.id.label("child_id"),
        Child.name_sealed,
        Home.name.label("home"),
        SealedKey.wrapped_with,
        SealedKey.wrapped,
        Offer.outcome,
        Offer.ask_again_on,
        _begun_in(Section.CHECK).label("read_back"),
        _begun_in(*RECORD).label("written_up"),
        _has_branches().label("branched"),
    )
    return (
        sa.select(*columns)
        .join(Child, Child.id == Interview.child_id)
        .join(SealedKey, SealedKey.owner == Child.id)
        .join(Home, Home.id == Interview.home_id)
        .outerjoin(Offer, Offer.id == _newest_offer())
        .where(reaches(reader, Interview))
    )


def _begun_in(*sections: Section) -> Any:
    questions = [key for key, question in QUESTIONS.items() if question.section in sections]
    answered = sa.select(Answer.id).where(Answer.interview_id == Interview.id, Answer.question.in_(questions))
    return answered.correlate(Interview).exists()


def _has_branches() -> Any:
    found = sa.select(Answer.id).where(Answer.interview_id == Interview.id, is_branched())
    return found.correlate(Interview).exists()


def _newest_offer() -> Any:
    return (
        sa.select(Offer.id)
        .join(InterviewEpisode, InterviewEpisode.episode_id == Offer.episode_id)
        .where(InterviewEpisode.interview_id == Interview.id)
        .order_by(Offer.at.desc(), Offer.recorded_at.desc(), Offer.id.desc())
        .limit(1)
        .correlate(Interview)
        .scalar_subquery()
    )


def _waits() -> sa.ColumnElement[bool]:
    # A talk that has not begun and whose returns are all closed waits for nobody; opened again, it does.
    still_open = (
        sa.select(InterviewEpisode.episode_id)
        .join(Episode, Episode.id == InterviewEpisode.episode_id)
        .where(InterviewEpisode.interview_id == Interview.id, Episode.closed_at.is_(None))
        .exists()
    )
    return sa.and_(Interview.finished_at.is_(None), sa.or_(Interview.held_at.is_not(None), still_open))


def _to_hold(row: Any, now: datetime) -> ToHold:
    due = row.due_at
    stands = Standing.NOT_STARTED
    if due is not None:
        # The due moment already holds the nation's hours: counted from it, nothing more is allowed.
        stands = standing(due, row.held_at, now, due - due)
    return ToHold(
        row.id,
        child_name(row),
        row.home,
        row.language,
        due,
        row.held_at,
        row.finished_at,
        stands,
        row.outcome is not None and OUTCOMES[row.outcome].leads_to is OfferState.DECLINED,
        row.ask_again_on,
        row.read_back,
        row.written_up,
        row.branched,
    )


def brief_of(interview: Interview) -> Brief:
    """What to know before the talk: these episodes, earlier ones, and how far from family."""
    covered = sa.select(InterviewEpisode.episode_id).where(InterviewEpisode.interview_id == interview.id)
    episodes = db.session.scalars(
        sa.select(Episode)
        .where(Episode.child_id == interview.child_id)
        .options(joinedload(Episode.home))
        .order_by(Episode.missing_at.desc(), Episode.id)
    ).all()
    mine = set(db.session.scalars(covered))
    talks = db.session.scalar(
        sa.select(sa.func.count())
        .select_from(Interview)
        .where(Interview.child_id == interview.child_id, Interview.finished_at.is_not(None))
    )
    placement = db.session.scalar(
        sa.select(Placement)
        .where(Placement.child_id == interview.child_id, Placement.home_id == interview.home_id)
        .order_by(Placement.starts.desc(), Placement.id)
        .limit(1)
    )
    return Brief(
        [episode for episode in episodes if episode.id in mine],
        [episode for episode in episodes if episode.id not in mine],
        placement,
        talks or 0,
        _offers(mine),
    )


def _offers(episodes: Iterable[str]) -> Sequence[Offer]:
    search = sa.select(Offer).where(Offer.episode_id.in_(list(episodes)))
    return db.session.scalars(search.order_by(Offer.at, Offer.recorded_at, Offer.id)).all()


def finish(interview: Interview, now: datetime, held_at: datetime | None = None) -> None:
    """Date a talk as finished, close its returns, keep what the child asked for and what is not for the home.

    `held_at` is when the worker says it was held; without it, when the first answer was saved.
    """
    interview.finished_at = now
    interview.held_at = held_at or interview.held_at or now
    covered = sa.select(InterviewEpisode.episode_id).where(InterviewEpisode.interview_id == interview.id)
    db.session.execute(
        sa.update(Episode).where(Episode.id.in_(covered), Episode.closed_at.is_(None)).values(closed_at=now)
    )
    # Before anything is asked of the home: what is around an allegation is not asked of it.
    guard(interview, now)
    make_requests(interview, all_versions(answers_of(interview)), now)
