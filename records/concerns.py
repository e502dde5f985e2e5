"""Concerns: raised by an interviewer, listed by their clock, and who has been told of them when."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from interview.clock import Standing, standing
from interview.concerns import ConcernKind, Telling, all_told_at, still_to_tell, tell_by
from records.base import SealedKey
from records.database import db
from records.episodes import PAGE, child_name, person_name
from records.people import Reader
from records.reach import reaches
from records.tables import Child, Concern, Interview, Person


@dataclass(frozen=True)
class ConcernLine:
    """One concern on the list, with where its clock stands and who has been told."""

    concern: str
    child: str
    kind: ConcernKind
    raised_at: datetime
    raised_by: str
    due_at: datetime | None
    told_at: datetime | None
    standing: Standing
    words: str
    tellings: tuple[Telling, ...]
    still_to_tell: tuple[str, ...]


def raise_concern(interview: Interview, kind: ConcernKind, words: str, by: str, now: datetime) -> Concern:
    """A danger or an allegation out of a talk: what was said, with the clock of its kind."""
    concern = Concern(
        child_id=interview.child_id,
        interview_id=interview.id,
        authority_id=interview.authority_id,
        kind=kind,
        raised_at=now,
        raised_by=by,
        due_at=tell_by(kind, now),
        words=words,
    )
    db.session.add(concern)
    return concern


def concerns(reader: Reader, now: datetime, *, told: bool = False, page: int = 0) -> Sequence[ConcernLine]:
    """The concerns within reach of which somebody is still to be told, by what is due first; or those
    that are answered, the latest first. One search; one more line when there are more.
    """
    order = (Concern.told_at.desc(),) if told else (Concern.due_at.is_(None), Concern.due_at)
    rows = db.session.execute(
        sa.select(
            Concern,
            Child.id.label("child_id"),
            Child.name_sealed,
            SealedKey.wrapped_with,
            SealedKey.wrapped,
            Person.id.label("person_id"),
            Person.name_sealed.label("person_sealed"),
        )
        .join(Child, Child.id == Concern.child_id)
        .join(SealedKey, SealedKey.owner == Child.id)
        .join(Person, Person.id == Concern.raised_by)
        .where(
            reaches(reader, Concern),
            Concern.told_at.is_not(None) if told else Concern.told_at.is_(None),
        )
        .order_by(*order, Concern.id)
        .limit(PAGE + 1)
        .offset(page * PAGE)
    )
    return [_line(row, now) for row in rows]


def _line(row: Any, now: datetime) -> ConcernLine:
    name, concern = child_name(row), row.Concern
    tellings = tellings_of(concern)
    return ConcernLine(
        concern.id,
        name,
        ConcernKind(concern.kind),
        concern.raised_at,
        person_name(row.person_id, row.person_sealed),
        concern.due_at,
        concern.told_at,
        standing_of(concern, now),
        concern.words,
        tellings,
        missing_tellings(concern),
    )


def standing_of(concern: Concern, now: datetime) -> Standing:
    """Where the clock of a concern stands; "held" means told."""
    if concern.due_at is None:
        return Standing.NO_LIMIT
    # The due moment already holds the time there is: counted from it, nothing more is allowed.
    return standing(concern.due_at, concern.told_at, now, concern.due_at - concern.due_at)


def tellings_of(concern: Concern) -> tuple[Telling, ...]:
    """Who has been told, in the order in which it was written down."""
    kept = concern.told_whom
    if not kept:
        return ()
    if not kept.startswith("["):
        return (Telling("", concern.told_at or concern.raised_at, "", kept),)
    return tuple(Telling(**one | {"at": datetime.fromisoformat(one["at"])}) for one in json.loads(kept))


def missing_tellings(concern: Concern) -> tuple[str, ...]:
    """Who is still to be told; nobody where the concern is answered."""
    return () if concern.told_at else still_to_tell(ConcernKind(concern.kind), tellings_of(concern))


def hold_concern(concern: Concern) -> None:
    """Nobody else notes a telling of this concern until this one is kept; it is read anew."""
    wanted = sa.select(Concern).where(Concern.id == concern.id)
    db.session.execute(wanted.with_for_update().execution_options(populate_existing=True))


def tell(concern: Concern, tellings: Iterable[Telling]) -> None:
    """Note that somebody was told. Once all have been told who must be, the clock of the concern stops."""
    told = [*tellings_of(concern), *tellings]
    concern.told_whom = json.dumps([asdict(one) for one in told], default=datetime.isoformat)
    concern.told_at = concern.told_at or all_told_at(ConcernKind(concern.kind), told)
