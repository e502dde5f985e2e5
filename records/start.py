"""The searches behind the start pages: what each role needs to see first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from interview.offers import OUTCOMES
from records.base import SealedKey
from records.database import db
from records.episodes import PAGE, child_name
from records.people import Reader
from records.reach import reaches, within_reach
from records.tables import (
    Child,
    Episode,
    Home,
    Interview,
    InterviewEpisode,
    Offer,
    Placement,
    Review,
)

LATELY = timedelta(days=30)
OFFERED = [key for key, outcome in OUTCOMES.items() if outcome.offered]


@dataclass(frozen=True)
class HomeReturn:
    """One return to a home, as its manager knows it anyway: when, and when the talk was offered and held."""

    child: str
    home: str
    missing_at: datetime
    returned_at: datetime | None
    offered_at: datetime | None
    held_at: datetime | None


@dataclass(frozen=True)
class ReviewedChild:
    """One child of a reviewing officer: what has happened lately, and the next review where it is set."""

    child: str
    name: str
    home: str
    returns: int
    latest_return: datetime | None
    latest_talk: datetime | None
    review: str | None = None
    review_on: date | None = None
    early_asked_at: datetime | None = None


def my_homes(reader: Reader) -> Sequence[Home]:
    """The homes within reach, by name."""
    return db.session.scalars(within_reach(reader, Home).order_by(Home.name, Home.id)).all()


def home_returns(reader: Reader, now: datetime) -> list[HomeReturn]:
    """The returns of the last 30 days and the children who are not back yet, the latest first. One search."""
    rows = db.session.execute(
        sa.select(
            Child.id.label("child_id"),
            Child.name_sealed,
            SealedKey.wrapped_with,
            SealedKey.wrapped,
            Home.name.label("home"),
            Episode.missing_at,
            Episode.returned_at,
            _first_offer().label("offered_at"),
            _finished_talk().label("held_at"),
        )
        .select_from(Episode)
        .join(Child, Child.id == Episode.child_id)
        .join(SealedKey, SealedKey.owner == Child.id)
        .join(Home, Home.id == Episode.home_id)
        .where(
            reaches(reader, Episode),
            sa.or_(Episode.returned_at.is_(None), Episode.returned_at >= now - LATELY),
        )
        .order_by(Episode.returned_at.is_not(None), Episode.missing_at.desc(), Episode.id)
        .limit(2 * PAGE)
    )
    return [
        HomeReturn(child_name(row), row.home, row.missing_at, row.returned_at, row.offered_at, row.held_at)
        for row in rows
    ]


def _first_offer() -> Any:
    return (
        sa.select(sa.func.min(Offer.at))
        .where(Offer.episode_id == Episode.id, Offer.outcome.in_(OFFERED))
        .correlate(Episode)
        .scalar_subquery()
    )


def _finished_talk() -> Any:
    return (
        sa.select(sa.func.min(Interview.held_at))
        .join(InterviewEpisode, InterviewEpisode.interview_id == Interview.id)
        .where(InterviewEpisode.episode_id == Episode.id, Interview.finished_at.is_not(None))
        .correlate(Episode)
        .scalar_subquery()
    )


def reviewed_children(reader: Reader, since: datetime, today: date) -> list[ReviewedChild]:
    """The children within reach, those who went missing most often since then first. One search."""
    rows = db.session.execute(
        sa.select(
            Child.id.label("child_id"),
            Child.name_sealed,
            SealedKey.wrapped_with,
            SealedKey.wrapped,
            _lives_in(today).label("home"),
            _of_episodes(sa.func.count(Episode.id), since).label("returns"),
            _of_episodes(sa.func.max(Episode.returned_at)).label("latest_return"),
            _latest_talk().label("latest_talk"),
            _next_review(Review.id).label("review"),
            _next_review(Review.due_on).label("review_on"),
            _next_review(Review.early_asked_at).label("early_asked_at"),
        )
        .join(SealedKey, SealedKey.owner == Child.id)
        .where(reaches(reader, Child))
        .order_by(Child.id)
    )
    found = [
        ReviewedChild(
            row.child_id,
            child_name(row),
            row.home or "",
            row.returns,
            row.latest_return,
            row.latest_talk,
            row.review,
            row.review_on,
            row.early_asked_at,
        )
        for row in rows
    ]
    return sorted(found, key=lambda child: (-child.returns, child.name))


def _of_episodes(what: Any, since: datetime | None = None) -> Any:
    search = sa.select(what).where(Episode.child_id == Child.id)
    if since is not None:
        search = search.where(Episode.missing_at >= since)
    return search.correlate(Child).scalar_subquery()


def _latest_talk() -> Any:
    return (
        sa.select(sa.func.max(Interview.held_at))
        .where(Interview.child_id == Child.id, Interview.finished_at.is_not(None))
        .correlate(Child)
        .scalar_subquery()
    )


def _next_review(what: Any) -> Any:
    return (
        sa.select(what)
        .where(Review.child_id == Child.id, Review.held_on.is_(None))
        .order_by(Review.due_on, Review.id)
        .limit(1)
        .correlate(Child)
        .scalar_subquery()
    )


def _lives_in(today: date) -> Any:
    return (
        sa.select(Home.name)
        .join(Placement, Placement.home_id == Home.id)
        .where(
            Placement.child_id == Child.id,
            Placement.starts <= today,
            sa.or_(Placement.ends.is_(None), Placement.ends >= today),
        )
        .order_by(Placement.starts.desc(), Placement.id)
        .limit(1)
        .correlate(Child)
        .scalar_subquery()
    )
