"""What came late in the samples: after a talk was finished, and to a talk that is another's now."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from interview.late import Why
from interview.questions import NEWEST_SET
from records.base import new_id
from records.database import db
from records.late import Sent, keep_late
from records.samples.scene import Scene
from records.tables import Interview, Tablet
from records.tablets import tablet_of, take

SAID_AFTERWARDS = (
    "would_help",
    "I forgot: I want to keep the bus card. I only come back late when I have to walk.",
)
SAID_BEFORE = "why", "It was too loud to sleep, and nobody came when I knocked."


def come_late(scene: Scene) -> None:
    """One of each, and the tablet that both came from."""
    ines, now = scene.workers["ines"].id, scene.now
    tablet = tablet_of(new_id(), new_id(), ines, "iPad", now - timedelta(days=40))
    finished = _talk(Interview.finished_at.is_not(None), Interview.interviewer_id == ines)
    anothers = _talk(Interview.finished_at.is_(None), Interview.interviewer_id != ines)
    if tablet is None:
        return
    tablet.seen_at = now - timedelta(hours=3)
    _came(finished, tablet, Why.FINISHED, SAID_AFTERWARDS, now)
    _came(anothers, tablet, Why.NOT_YOURS, SAID_BEFORE, now)
    mine = _talk(Interview.finished_at.is_(None), Interview.interviewer_id == ines)
    if mine is not None:
        take(tablet, mine, now - timedelta(hours=3))


def _talk(*conditions: sa.ColumnElement[bool]) -> Interview | None:
    search = sa.select(Interview).where(Interview.language == "en", *conditions)
    return db.session.scalar(search.order_by(Interview.allocated_at.desc(), Interview.id).limit(1))


def _came(
    interview: Interview | None, tablet: Tablet, why: Why, said: tuple[str, str], now: datetime
) -> None:
    if interview is None:
        return
    (question, words), at = said, now - timedelta(hours=5)
    content: dict[str, Any] = {
        "kind": "answer",
        "interview": interview.id,
        "op_id": new_id(),
        "question": question,
        "set": NEWEST_SET,
        "value": words,
        "skipped": None,
        "said_by": "child-typed",
        "audience": ["social-worker", "reviewing-officer"],
        "base_op": None,
        "language": "en",
        "device_time": at.isoformat(),
    }
    keep_late(interview, content, Sent(tablet.person_id, why, at, tablet.id), now - timedelta(hours=3))
