"""What was added to a finished talk: words and reasons, with their own date, beside the first account."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from interview.account import Added
from interview.addenda import Addition, as_account, raised_by_all
from interview.answers import ChosenReason, SaidBy
from interview.asked_for import asked_later
from interview.concerns import ConcernKind
from interview.versions import standing
from records.answers import answers_of, audience_bits, audience_of, reason_rows
from records.database import db
from records.guarded import guard
from records.requests import add_requests, lives_there
from records.tables import Addendum, Interview, Reason


def add_addendum(interview: Interview, author: str, now: datetime, said: Addition) -> Addendum:
    """Add to a finished talk, with its own date. The first account stays."""
    addendum = Addendum(
        interview_id=interview.id,
        child_id=interview.child_id,
        author_id=author,
        made_at=now,
        said_by=said.said_by,
        words=said.words,
        why=said.why,
        **audience_bits(said.audience),
    )
    db.session.add(addendum)
    db.session.flush()
    for row in reason_rows(interview.child_id, interview.id, said.reasons):
        row.addendum_id = addendum.id
        db.session.add(row)
    asked = asked_later(said, lives_here=lives_there(interview, now))
    if asked is not None:
        add_requests(interview, [asked], now, addendum.id)
    guard(interview, now)
    return addendum


def addenda_of(interview: Interview) -> list[Added]:
    """What was added after a talk was finished, oldest first."""
    rows = db.session.execute(
        sa.select(Addendum, Reason)
        .outerjoin(Reason, Reason.addendum_id == Addendum.id)
        .where(Addendum.interview_id == interview.id)
        .order_by(Addendum.made_at, Addendum.id, Reason.code, Reason.id)
    )
    found: dict[str, Added] = {}
    for addendum, reason in rows:
        one = found.setdefault(addendum.id, _added(interview, addendum))
        if reason is not None:
            told = ChosenReason(reason.code, reason.biggest, audience_of(reason))
            found[addendum.id] = replace(one, reasons=(*one.reasons, told))
    return list(found.values())


def _added(interview: Interview, row: Addendum) -> Added:
    held = interview.held_at or row.made_at
    said_by = SaidBy(row.said_by)
    return Added(row.id, interview.id, held, row.made_at, said_by, row.words, row.why, audience_of(row))


def raised_in(interview: Interview) -> dict[ConcernKind, tuple[Any, ...]]:
    """What this talk raises, with all that was added to it."""
    accounts = [standing(answers_of(interview))]
    # Nothing is added before a talk is finished, and while it is held every save asks this.
    if interview.finished_at is not None:
        accounts += [
            as_account((reason.code for reason in one.reasons), one.words, one.said_by)
            for one in addenda_of(interview)
        ]
    return raised_by_all(accounts)
