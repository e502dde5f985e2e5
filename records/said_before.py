"""What was said before and not acted on, for all the children of a reader at once."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from interview.access import REMITS
from interview.account import Given, Record
from interview.answers import CHILD_SAYS, ChosenReason
from interview.reasons import REASONS
from interview.requests import Asking
from interview.said_before import SaidBefore, said_before
from records.answers import audience_of
from records.database import db
from records.people import Reader
from records.reach import reaches
from records.requests import by_child
from records.tables import Addendum, Interview, Reason
from records.which_talks import is_for


def said_before_of_all(
    reader: Reader, now: datetime, found: Iterable[Asking]
) -> Mapping[str, tuple[SaidBefore, ...]]:
    """By child, what came back in two talks or more with nothing done; for whom has few children.

    `found` are the requests within reach (records.requests.requests_within_reach). One search.
    """
    asked, given = by_child(found), _given(reader)
    before = {
        child: said_before(Record(given=tuple(given.get(child, ()))), asked.get(child, ()), now)
        for child in {*asked, *given}
    }
    return {child: said for child, said in before.items() if said}


def _given(reader: Reader) -> dict[str, list[Given]]:
    by_one: dict[str, list[Given]] = {}
    for row in db.session.execute(_search(reader)):
        reason = ChosenReason(row.code, row.biggest, audience_of(row))
        by_one.setdefault(row.child_id, []).append(Given(row.interview_id, row.held_at, reason))
    return by_one


@lru_cache(maxsize=256)
def _search(reader: Reader) -> Any:
    parts = REMITS[reader.role].parts
    return (
        sa.select(
            Reason.child_id,
            Reason.interview_id,
            Reason.code,
            Reason.biggest,
            Reason.for_social_worker,
            Reason.for_reviewing_officer,
            Reason.for_home,
            Interview.held_at,
        )
        .join(Interview, sa.and_(Interview.id == Reason.interview_id, Interview.child_id == Reason.child_id))
        .outerjoin(Addendum, Addendum.id == Reason.addendum_id)
        .where(
            Interview.finished_at.is_not(None),
            reaches(reader, Interview),
            Reason.code.in_([code for code, reason in REASONS.items() if reason.part in parts]),
            is_for(reader.role, Reason),
            sa.or_(Reason.addendum_id.is_(None), Addendum.said_by.in_(list(CHILD_SAYS))),
        )
        .order_by(Interview.held_at, Reason.code, Reason.id)
    )
