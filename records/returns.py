"""The returns of one child, each with its offers and talks, and where the child lived: one search."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from interview.account import Attempt, Return, Stay, first_offer
from interview.clock import due_by, standing
from interview.nations import NATIONS
from records.base import SealedKey, place, remember_key
from records.database import db
from records.keys import unseal
from records.people import Reader
from records.reach import reaches
from records.tables import Authority, Child, Episode, Home, Interview, InterviewEpisode, Offer, Placement


@dataclass(frozen=True)
class Returns:
    """The returns of one child, newest first, how many of their talks are finished, and the child's homes."""

    all: tuple[Return, ...]
    talks: int
    stays: tuple[Stay, ...] = ()


COLUMNS = (
    SealedKey.owner.label("child_id"),
    SealedKey.wrapped_with,
    SealedKey.wrapped,
    Episode.id,
    Episode.missing_at,
    Episode.returned_at,
    Episode.closed_at,
    Episode.guess,
    Home.name.label("home"),
    Authority.nation,
    Interview.id.label("talk"),
    Interview.held_at,
    Interview.finished_at,
    Interview.welcomed_at,
    Interview.welcome_language,
    Interview.welcome_version,
    Offer.id.label("offer_id"),
    Offer.at,
    Offer.outcome,
    Offer.why_sealed,
)
STAY = (Placement.starts, Placement.ends, Placement.miles_from_family)


def returns_of(reader: Reader, child_id: str, now: datetime) -> Returns:
    """The returns within reach. The child's key comes along, so that the name opens without a search."""
    return returns_in(
        db.session.execute(search_for_returns(reader), {"child": child_id}).all(), child_id, now
    )


def returns_in(rows: Sequence[Any], child_id: str, now: datetime) -> Returns:
    """The returns and the homes in the rows of that search."""
    known = next(row for row in rows if row.wrapped is not None)
    key = remember_key(child_id, known.wrapped_with, known.wrapped)
    by_episode: dict[str, list[Any]] = {}
    for row in sorted((row for row in rows if row.id is not None), key=_newest_first):
        by_episode.setdefault(row.id, []).append(row)
    stays = sorted(
        (_stay(row) for row in rows if row.starts is not None), key=lambda one: (one.starts, one.home)
    )
    talks = {row.talk for row in rows if row.finished_at is not None}
    returns = tuple(_return(found, key, now) for found in by_episode.values())
    return Returns(returns, len(talks), tuple(stays))


def _newest_first(row: Any) -> tuple[float, str, float, str]:
    """The newest absence first, its offers in their order."""
    at = row.at.timestamp() if row.at else 0
    return -row.missing_at.timestamp(), row.id, at, row.offer_id or ""


# Put together once for each reader, and not at every page.
@lru_cache(maxsize=256)
def search_for_returns(reader: Reader) -> sa.CompoundSelect[Any]:
    """The search for the returns of the child that is asked for, and for the child's homes."""
    return sa.union_all(_search_for_absences(reader), _search_for_stays(reader))


def _search_for_absences(reader: Reader) -> Any:
    return (
        sa.select(*COLUMNS, *(sa.type_coerce(sa.null(), column.type).label(column.key) for column in STAY))
        .select_from(SealedKey)
        .outerjoin(Episode, sa.and_(Episode.child_id == SealedKey.owner, reaches(reader, Episode)))
        .outerjoin(Home, Home.id == Episode.home_id)
        .outerjoin(Authority, Authority.id == Episode.authority_id)
        .outerjoin(Offer, Offer.episode_id == Episode.id)
        .outerjoin(InterviewEpisode, InterviewEpisode.episode_id == Episode.id)
        .outerjoin(Interview, Interview.id == InterviewEpisode.interview_id)
        .where(SealedKey.owner == sa.bindparam("child"))
    )


def _search_for_stays(reader: Reader) -> Any:
    """Rows of the same columns, empty but for where the child lived."""
    named = {"child_id": Placement.child_id, "home": Home.name}
    columns = (named.get(column.key, sa.null()).label(column.key) for column in COLUMNS)
    return (
        sa.select(*columns, *STAY)
        .select_from(Placement)
        .join(Child, Child.id == Placement.child_id)
        .join(Home, Home.id == Placement.home_id)
        .where(Placement.child_id == sa.bindparam("child"), reaches(reader, Child))
    )


def _stay(row: Any) -> Stay:
    return Stay(row.home, row.starts, row.ends, row.miles_from_family)


def _opened(key: bytes, table: str, row_id: str, field: str, sealed: bytes | None) -> str:
    return "" if sealed is None else unseal(key, place(table, row_id, field), sealed)


def _return(rows: Sequence[Any], key: bytes, now: datetime) -> Return:
    first = rows[0]
    nation = NATIONS[first.nation]
    held = min((row.held_at for row in rows if row.held_at is not None), default=None)
    attempts = _attempts(rows, key)
    told = next((row for row in rows if row.welcomed_at is not None), first)
    arrange = nation.arrange_within or nation.hold_within
    return Return(
        first.id,
        first.home,
        first.missing_at,
        first.returned_at,
        attempts,
        held,
        standing(first.returned_at, held, now, nation.hold_within),
        standing(first.returned_at, first_offer(attempts), now, arrange),
        due_by(first.returned_at, nation.hold_within),
        any(row.finished_at is not None for row in rows),
        first.closed_at is not None,
        first.guess or "",
        told.welcomed_at,
        told.welcome_language or "",
        told.welcome_version or "",
        frozenset(row.talk for row in rows if row.talk is not None),
    )


def _attempts(rows: Sequence[Any], key: bytes) -> tuple[Attempt, ...]:
    # A row for each talk repeats the offers.
    offers = {row.offer_id: row for row in rows if row.offer_id is not None}
    return tuple(
        Attempt(row.at, row.outcome, _opened(key, "offer", row.offer_id, "why", row.why_sealed))
        for row in offers.values()
    )
