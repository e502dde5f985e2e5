"""What came late from a tablet: kept whole under the child's key, until a person settles it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from interview.late import ONLY_COUNTED, TRIED_AGAIN, How, Why
from records.base import SealedKey
from records.database import db, keys
from records.episodes import PAGE, child_name, person_name
from records.keys import KeysError
from records.people import Reader
from records.reach import reaches
from records.tables import Answer, Child, Interview, Late, Operation, Person

Content = dict[str, Any]


def mark_of(content: Content) -> bytes:
    """The fingerprint by which the same content is known when it comes again."""
    return keys().blind("late|" + json.dumps(content, sort_keys=True))


@dataclass(frozen=True)
class Sent:
    """Who wrote it, what stood against it, when by the tablet's clock, and on which tablet."""

    author: str
    why: Why
    at: datetime | None = None
    tablet: str | None = None


def keep_late(interview: Interview, content: Content, sent: Sent, now: datetime) -> Late:
    """Keep it for a person to settle. The same again is kept once."""
    found = late_of(content)
    if found is None:
        found = Late(
            op_id=content["op_id"],
            fingerprint=mark_of(content),
            kind=content["kind"],
            child_id=interview.child_id,
            interview_id=interview.id,
            author_id=sent.author,
            tablet_id=sent.tablet,
            why=sent.why,
            device_time=sent.at,
            received_at=now,
            content=json.dumps(content, ensure_ascii=False),
        )
        db.session.add(found)
        db.session.flush()
    return found


def late_of(content: Content) -> Late | None:
    """The same as it came before."""
    same = (Late.op_id == content["op_id"], Late.fingerprint == mark_of(content))
    return db.session.scalar(sa.select(Late).where(*same))


def late_ops(op_ids: Iterable[str]) -> frozenset[str]:
    """Which of these ids are kept as late."""
    found = db.session.scalars(sa.select(Late.op_id).where(Late.op_id.in_(list(op_ids))))
    return frozenset(found)


def late_from(tablets: Iterable[str]) -> int:
    """How much was handed in from these people's places on a tablet."""
    theirs = (Late.tablet_id.in_(list(tablets)), Late.why.in_((Why.LOST, Why.LEFT)))
    return db.session.scalar(sa.select(sa.func.count(Late.id)).where(*theirs)) or 0


def content_of(late: Late) -> Content:
    """What came."""
    content: Content = json.loads(late.content)
    return content


def opens(late: Late) -> bool:
    """Whether it can be read: not where it was damaged, or sealed with a key that is not here."""
    try:
        return isinstance(content_of(late), dict)
    except (KeysError, ValueError):
        return False


def to_try_again(interview: Interview) -> list[Late]:
    """What waits in this talk for something else to come."""
    waits = (Late.interview_id == interview.id, Late.why.in_(TRIED_AGAIN), Late.settled_at.is_(None))
    search = sa.select(Late).where(*waits).order_by(Late.received_at, Late.id)
    return list(db.session.scalars(search))


def late_in(interview: Interview) -> list[Late]:
    """Everything that came late to this talk, settled or not, in the order in which it came."""
    search = sa.select(Late).where(Late.interview_id == interview.id)
    return list(db.session.scalars(search.order_by(Late.received_at, Late.id)))


def built_upon(interview: Interview) -> frozenset[str]:
    """The ids over which something that this talk holds was written; of one that came late, too."""
    over = (Answer.base_op.is_not(None), Answer.settles != "")
    search = sa.select(Answer.base_op, Answer.settles).where(
        Answer.interview_id == interview.id, sa.or_(*over)
    )
    rows = db.session.execute(search).all()
    return frozenset(one for base, settles in rows for one in (base, *settles.split()) if one)


def has_written(person: str, interview: Interview) -> bool:
    """Whether the talk holds an answer that this person wrote."""
    mine = sa.select(Answer.id).where(Answer.interview_id == interview.id, Answer.author_id == person)
    return db.session.scalar(mine.limit(1)) is not None


def settle(late: Late, how: How, by: str, now: datetime, why: str = "") -> None:
    """Write down what became of it."""
    late.settled_at, late.settled_by, late.settled_how = now, by, how
    late.settled_why = why


def is_done(op_id: str) -> bool:
    """Whether this was done already."""
    return db.session.get(Operation, op_id) is not None


def was_done(interview: Interview, content: Content) -> bool:
    """Whether this very thing was done already, and not another of the same id, nor other words."""
    done = db.session.get(Operation, content["op_id"])
    if done is None or (done.kind, done.interview_id) != (content["kind"], interview.id):
        return False
    # Of what was done before there were fingerprints, and of what is only counted, nothing can be compared.
    return done.fingerprint in (None, _mark_of_form(content))


def _mark_of_form(content: Content) -> bytes | None:
    """The fingerprint of what was filled in; none of what is only counted: what was said is kept in no form.

    When it was filled in, and after what, is left out: a tablet may say otherwise when it sends again.
    """
    if content["kind"] in ONLY_COUNTED:
        return None
    return keys().blind("done|" + json.dumps(content.get("fields") or [], sort_keys=True))


def do_once(interview: Interview, content: Content, author: str, at: datetime | None, now: datetime) -> None:
    """Write down that it is done, so that it is not done a second time."""
    db.session.add(
        Operation(
            op_id=content["op_id"],
            kind=content["kind"],
            interview_id=interview.id,
            author_id=author,
            device_time=at,
            done_at=now,
            fingerprint=_mark_of_form(content),
        )
    )


@dataclass(frozen=True)
class LateLine:
    """One talk to which something came late: how much waits, since when, and whether a danger is among it."""

    interview: str
    child: str
    finished: bool
    waits: int
    since: datetime
    danger: bool


@dataclass(frozen=True)
class LateOne:
    """One thing that came late, with the names of who wrote it and who settled it."""

    row: Late
    author: str
    settled_by: str


URGENT = "urgent"


def late_waiting(reader: Reader) -> list[LateLine]:
    """The talks within reach to which something came late, dangers first, then the oldest. One search."""
    danger = sa.func.max(sa.case((Late.kind == URGENT, 1), else_=0)).label("danger")
    since = sa.func.min(Late.received_at).label("since")
    of_child = (Child.id, Child.name_sealed, SealedKey.wrapped_with, SealedKey.wrapped)
    rows = db.session.execute(
        sa.select(
            Late.interview_id,
            Interview.finished_at,
            Child.id.label("child_id"),
            *of_child[1:],
            sa.func.count().label("waits"),
            since,
            danger,
        )
        .select_from(Late)
        .join(Interview, Interview.id == Late.interview_id)
        .join(Child, Child.id == Late.child_id)
        .join(SealedKey, SealedKey.owner == Child.id)
        .where(reaches(reader, Late), Late.settled_at.is_(None))
        .group_by(Late.interview_id, Interview.finished_at, *of_child)
        .order_by(danger.desc(), since, Late.interview_id)
        .limit(PAGE)
    )
    return [
        LateLine(r.interview_id, child_name(r), bool(r.finished_at), r.waits, r.since, bool(r.danger))
        for r in rows
    ]


def late_of_talk(reader: Reader, interview: Interview) -> list[LateOne]:
    """What came late to this talk and this reader can settle, or has; in the order in which it came."""
    author, settler = aliased(Person), aliased(Person)
    rows = db.session.execute(
        sa.select(Late, author.id, author.name_sealed, settler.id, settler.name_sealed)
        .join(author, author.id == Late.author_id)
        .outerjoin(settler, settler.id == Late.settled_by)
        .where(reaches(reader, Late), Late.interview_id == interview.id)
        .order_by(Late.received_at, Late.device_time, Late.id)
    )
    return [LateOne(late, person_name(a, an), person_name(s, sn)) for late, a, an, s, sn in rows]
