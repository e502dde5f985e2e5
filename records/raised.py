"""The concerns that a talk raises, opened when it is finished."""

from datetime import datetime

import sqlalchemy as sa

from interview.answers import Answer
from interview.raised import raised
from records.concerns import raise_concern
from records.database import db
from records.tables import Concern, Interview


def raise_concerns(interview: Interview, kept: dict[str, Answer], raised_by: str, now: datetime) -> None:
    """Open a concern for each allegation and danger in a talk, unless the same is open already."""
    known = db.session.scalars(sa.select(Concern).where(Concern.interview_id == interview.id))
    before = {(concern.kind, concern.words) for concern in known}
    for kind, words in raised(kept):
        if (kind, words) not in before:
            raise_concern(interview, kind, words, raised_by, now)
