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
    """After answers to these questions were kept: open the concerns that the talk raises, one of a kind.

    Its words follow what was said until somebody has been told; what is said after that opens another.
    What is taken back later stays open: a person decides, and not the form.
    """
    if not may_raise(questions):
        return
    known = db.session.scalars(sa.select(Concern).where(Concern.interview_id == interview.id)).all()
    for kind, said in raised(current(answers_of(interview))).items():
        told = [concern.words for concern in known if concern.kind == kind and concern.told_whom]
        fresh = "\n\n".join(words for words in said if not any(words in before for before in told))
        waits = next((c for c in known if c.kind == kind and not c.told_whom), None)
        if fresh and waits is None:
            raise_concern(interview, kind, fresh, by, now)
        elif fresh and waits is not None and waits.words != fresh:
            waits.words = fresh
