"""What came late from a tablet: kept whole under the child's key, until a person settles it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from interview.late import TRIED_AGAIN, How, Why
from records.database import db, keys
from records.tables import Interview, Late, Operation

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


def content_of(late: Late) -> Content:
    """What came."""
    content: Content = json.loads(late.content)
    return content


def to_try_again(interview: Interview) -> list[Late]:
    """What waits in this talk for something else to come."""
    waits = (Late.interview_id == interview.id, Late.why.in_(TRIED_AGAIN), Late.settled_at.is_(None))
    search = sa.select(Late).where(*waits).order_by(Late.received_at, Late.id)
    return list(db.session.scalars(search))


def settle(late: Late, how: How, by: str, now: datetime, why: str = "") -> None:
    """Write down what became of it."""
    late.settled_at, late.settled_by, late.settled_how = now, by, how
    late.settled_why = why


def is_done(op_id: str) -> bool:
    """Whether this was done already."""
    return db.session.get(Operation, op_id) is not None


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
        )
    )
