"""Episodes and offers: returns recorded and corrected, attempts logged, closed and opened again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from interview.episodes import Span
from records.base import HOUSE, data_key, place, remember_key
from records.database import db
from records.keys import unseal
from records.people import Reader
from records.reach import reaches
from records.tables import Authority, Child, Episode, Home, Interview, InterviewEpisode, Offer, Person

PAGE = 50


@dataclass(frozen=True)
class Absence:
    """One of a child's returns, as a line below another one."""

    child: str
    episode: str
    home: str
    missing_at: datetime
    returned_at: datetime | None
    closed_at: datetime | None
    interview: str | None
    held_at: datetime | None


@dataclass(frozen=True)
class Attempt:
    """One attempt to offer the talk, with who wrote it down."""

    offer: Offer
    recorded_by: str


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


def is_known(episode: Episode, facts: dict[str, Any]) -> bool:
    """Whether this very attempt is written down already: a page sent twice is one attempt."""
    return any(all(getattr(o, name) == kept for name, kept in facts.items()) for o in offers_of(episode))


def attempts_of(episode: Episode) -> list[Attempt]:
    """The attempts of one return with who wrote them down, oldest first. One search."""
    rows = db.session.execute(
        sa.select(Offer, Person.id.label("person_id"), Person.name_sealed.label("person_sealed"))
        .join(Person, Person.id == Offer.recorded_by)
        .where(Offer.episode_id == episode.id)
        .order_by(Offer.at, Offer.recorded_at, Offer.id)
    )
    return [Attempt(row.Offer, person_name(row.person_id, row.person_sealed)) for row in rows]


def offers_of(episode: Episode) -> Sequence[Offer]:
    """The attempts of one return, oldest first."""
    return db.session.scalars(
        sa.select(Offer).where(Offer.episode_id == episode.id).order_by(Offer.at, Offer.recorded_at, Offer.id)
    ).all()


def close(episode: Episode, now: datetime) -> bool:
    """Close a return. Refused while there is neither an offer nor a reason for none (rule 3)."""
    if not offers_of(episode):
        return False
    episode.closed_at = now
    return True


def open_again(episode: Episode) -> None:
    """Put a return back on the board: the child may still want to talk."""
    episode.closed_at = None


def absences_of(reader: Reader, *children: str) -> list[Absence]:
    """All returns of these children within reach, the latest first. One search."""
    rows = db.session.execute(
        sa.select(
            Episode.child_id,
            Episode.id,
            Home.name.label("home"),
            Episode.missing_at,
            Episode.returned_at,
            Episode.closed_at,
            Interview.id.label("interview"),
            Interview.held_at,
        )
        .join(Home, Home.id == Episode.home_id)
        .outerjoin(InterviewEpisode, InterviewEpisode.episode_id == Episode.id)
        .outerjoin(Interview, Interview.id == InterviewEpisode.interview_id)
        .where(Episode.child_id.in_(children), reaches(reader, Episode))
        .order_by(Episode.missing_at.desc(), Episode.id)
    )
    return [Absence(*row) for row in rows]


def open_returns_of(reader: Reader, child_id: str) -> Sequence[Episode]:
    """The returns of a child within reach that are not closed, the oldest first."""
    return db.session.scalars(
        sa.select(Episode)
        .where(Episode.child_id == child_id, Episode.closed_at.is_(None), reaches(reader, Episode))
        .order_by(Episode.missing_at, Episode.id)
    ).all()


def hold_council(authority_id: str) -> None:
    """Nobody else records a return for this council until this one is kept.

    Otherwise two people who record the same child at once would make two of them. SQLite has one
    writer at a time anyway.
    """
    wanted = sa.select(Authority.id).where(Authority.id == authority_id)
    db.session.execute(wanted.with_for_update(key_share=True))


def hold_talks_of_child(episode_id: str) -> None:
    """Nobody else writes to a talk of the child who left then until this is kept: taken before the return."""
    child = sa.select(Episode.child_id).where(Episode.id == episode_id).scalar_subquery()
    talks = sa.select(Interview.id).where(Interview.child_id == child).order_by(Interview.id)
    db.session.execute(talks.with_for_update())


def hold_child(child_id: str) -> None:
    """Nobody else changes what belongs to this child until this change is kept."""
    wanted = sa.select(Child.id).where(Child.id == child_id)
    db.session.execute(wanted.with_for_update(key_share=True))
