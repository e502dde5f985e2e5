"""Episodes and offers: returns recorded, attempts logged, and the board of what is due first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from interview.clock import Standing, due_by, standing
from interview.episodes import Span
from interview.nations import NATIONS
from interview.offers import OfferState, state_of
from records.base import HOUSE, SealedKey, data_key, place, remember_key
from records.database import db
from records.keys import unseal
from records.people import Reader
from records.reach import reaches
from records.tables import (
    Authority,
    Child,
    Episode,
    Home,
    Interview,
    InterviewEpisode,
    Offer,
    Person,
)

PAGE = 50


@dataclass(frozen=True)
class BoardLine:
    """One open return on the board, with where its clock and its offers stand."""

    episode: str
    child: str
    home: str
    council: str
    kind: str
    missing_at: datetime
    returned_at: datetime | None
    due_at: datetime | None
    standing: Standing
    offers: OfferState
    interviewer: str
    held_at: datetime | None


def board(reader: Reader, now: datetime, page: int = 0) -> Sequence[BoardLine]:
    """The open returns within reach, by what is due first; those not back yet come last.

    One search, however many lines: a page of 50, and one more line when there are more.
    """
    rows = db.session.execute(
        _open_returns()
        .where(reaches(reader, Episode), Episode.closed_at.is_(None))
        .order_by(Episode.returned_at.is_(None), Episode.returned_at, Episode.missing_at)
        .limit(PAGE + 1)
        .offset(page * PAGE)
    )
    return [_board_line(row, now) for row in rows]


def _open_returns() -> Any:
    latest = (
        sa.select(Offer.outcome)
        .where(Offer.episode_id == Episode.id)
        .order_by(Offer.at.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        sa.select(
            Episode.id,
            Episode.kind,
            Episode.missing_at,
            Episode.returned_at,
            Child.id.label("child_id"),
            Child.name_sealed,
            Home.name.label("home"),
            Authority.name.label("council"),
            Authority.nation,
            SealedKey.wrapped_with,
            SealedKey.wrapped,
            latest.label("outcome"),
            Interview.held_at,
            Person.id.label("person_id"),
            Person.name_sealed.label("person_sealed"),
        )
        .join(Child, Child.id == Episode.child_id)
        .join(SealedKey, SealedKey.owner == Child.id)
        .join(Home, Home.id == Episode.home_id)
        .join(Authority, Authority.id == Episode.authority_id)
        .outerjoin(InterviewEpisode, InterviewEpisode.episode_id == Episode.id)
        .outerjoin(Interview, Interview.id == InterviewEpisode.interview_id)
        .outerjoin(Person, Person.id == Interview.interviewer_id)
    )


def _board_line(row: Any, now: datetime) -> BoardLine:
    within = NATIONS[row.nation].hold_within
    return BoardLine(
        episode=row.id,
        child=child_name(row),
        home=row.home,
        council=row.council,
        kind=row.kind,
        missing_at=row.missing_at,
        returned_at=row.returned_at,
        due_at=due_by(row.returned_at, within),
        standing=standing(row.returned_at, row.held_at, now, within),
        offers=state_of([row.outcome] if row.outcome else []),
        interviewer=person_name(row.person_id, row.person_sealed),
        held_at=row.held_at,
    )


def child_name(row: Any) -> str:
    """The child's name out of a row that brings `child_id`, `name_sealed` and the child's key."""
    key = remember_key(row.child_id, row.wrapped_with, row.wrapped)
    return unseal(key, place("child", row.child_id, "name"), row.name_sealed)


def person_name(person_id: str | None, sealed: bytes | None) -> str:
    """A worker's name out of a row; empty where there is none."""
    if person_id is None or sealed is None:
        return ""
    return unseal(data_key(HOUSE), place("person", person_id, "name"), sealed)


def other_absences(child_id: str, except_episode: str | None = None) -> list[Span]:
    """The other absences of a child, for the check that none overlap."""
    rows = db.session.execute(
        sa.select(Episode.id, Episode.missing_at, Episode.returned_at).where(Episode.child_id == child_id)
    )
    return [Span(row.missing_at, row.returned_at) for row in rows if row.id != except_episode]


def record_return(child: Child, recorded_by: str, now: datetime, **facts: Any) -> Episode:
    """A new episode of this child. The caller has checked the times (interview.episodes)."""
    episode = Episode(
        child_id=child.id,
        authority_id=child.authority_id,
        recorded_by=recorded_by,
        recorded_at=now,
        **facts,
    )
    db.session.add(episode)
    return episode


def log_offer(episode: Episode, recorded_by: str, now: datetime, **facts: Any) -> Offer:
    """One attempt to offer the talk; every attempt is a row of its own."""
    offer = Offer(
        episode_id=episode.id,
        child_id=episode.child_id,
        recorded_by=recorded_by,
        recorded_at=now,
        **facts,
    )
    db.session.add(offer)
    return offer


def offers_of(episode: Episode) -> Sequence[Offer]:
    """The attempts of one return, oldest first."""
    return db.session.scalars(
        sa.select(Offer).where(Offer.episode_id == episode.id).order_by(Offer.at, Offer.recorded_at)
    ).all()


def close(episode: Episode, now: datetime) -> bool:
    """Close a return. Refused while there is neither an offer nor a reason for none (rule 3)."""
    if not offers_of(episode):
        return False
    episode.closed_at = now
    return True
