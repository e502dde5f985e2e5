"""The concerns that a talk raises, opened as soon as it is said: a danger waits for no summary."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from interview.answers import current
from interview.raised import may_raise, raised
from records.answers import answers_of
from records.concerns import raise_concern
from records.database import db
from records.tables import Concern, Interview


def raise_concerns(interview: Interview, questions: Iterable[str], by: str, now: datetime) -> None:
    """After answers to these questions were kept: open each concern that the talk raises, once.

    Its words follow the child's until somebody has been told. What is taken back later stays open: a
    person decides, and not the form.
    """
    if not may_raise(questions):
        return
    search = sa.select(Concern).where(Concern.interview_id == interview.id)
    known = {concern.source: concern for concern in db.session.scalars(search)}
    for found in raised(current(answers_of(interview))):
        concern = known.get(found.source)
        if concern is None:
            raise_concern(interview, found.kind, found.words, by, now).source = found.source
        elif concern.told_at is None and concern.words != found.words:
            concern.words = found.words
