"""The searches around a repeat talk: what was told before, the last talk, and what was answered to it."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from interview.again import STAYING, Around, stays
from interview.questions import QUESTIONS
from interview.requests import Asking
from records.database import db
from records.heads import is_current
from records.request_rows import opened_requests, with_steps
from records.tables import Answer, Interview, InterviewEpisode, Request


def around(interview: Interview) -> Around:
    """What this talk has around it: one search, however many talks there were."""
    rows = db.session.execute(_search_around(interview)).all()
    known = (
        row.question
        for row in rows
        if row.question and stays(QUESTIONS[row.question], same_home=row.home_id == interview.home_id)
    )
    return Around(
        repeat=any(row.id is not None for row in rows),
        several=any(row.covered > 1 for row in rows),
        known=frozenset(known),
    )


def _search_around(interview: Interview) -> sa.Select[Any]:
    # One row for each answer of each talk before this one; for a first talk one, with nothing of another.
    earlier = aliased(Interview)
    covered = (
        sa.select(sa.func.count())
        .select_from(InterviewEpisode)
        .where(InterviewEpisode.interview_id == Interview.id)
        .correlate(Interview)
        .scalar_subquery()
    )
    before = sa.and_(earlier.child_id == Interview.child_id, *_finished_before(earlier, interview))
    told = sa.and_(
        Answer.interview_id == earlier.id,
        Answer.question.in_(STAYING),
        Answer.skipped.is_(None),
        Answer.value_sealed.is_not(None),
        is_current(),
    )
    return (
        sa.select(covered.label("covered"), earlier.id, earlier.home_id, Answer.question)
        .select_from(Interview)
        .outerjoin(earlier, before)
        .outerjoin(Answer, told)
        .where(Interview.id == interview.id)
    )


def _finished_before(earlier: type[Interview], interview: Interview) -> list[sa.ColumnElement[bool]]:
    return [earlier.finished_at.is_not(None), earlier.id != interview.id]


def last_talk(interview: Interview) -> Interview | None:
    """The child's last finished talk before this one, whoever held it."""
    return db.session.scalar(
        sa.select(Interview)
        .where(Interview.child_id == interview.child_id, *_finished_before(Interview, interview))
        .order_by(Interview.held_at.desc(), Interview.finished_at.desc(), Interview.id)
        .limit(1)
    )


def requests_of(talk: Interview) -> list[Asking]:
    """What the child asked for in a talk, whoever held it. One search."""
    chosen = sa.select(Request.id).where(Request.interview_id == talk.id)
    return opened_requests(db.session.execute(with_steps(chosen, (Request.asked_at, Request.id))))
