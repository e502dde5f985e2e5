"""Letting fewer people read what was said in a finished talk, as the child chose; what was asked for, too."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from interview.access import Audience
from interview.answers import Answer
from interview.asked_for import ELSE
from interview.for_home import tied_to_hidden
from interview.requests import WAITS, Owner, may_be_asked
from interview.versions import standing
from records.answers import answers_of, audience_bits, audience_of
from records.database import db
from records.guarded import has_answered, revise
from records.tables import Interview, Request


def narrow(interview: Interview, narrowed: Sequence[Answer], by: str, now: datetime) -> None:
    """Keep these answers as they are for fewer readers now, and what was asked for in them with them."""
    if not narrowed:
        return
    revise(interview, narrowed, by, now)
    kept = standing(answers_of(interview))
    hidden = tied_to_hidden(kept)
    asked = sa.select(Request).where(Request.interview_id == interview.id, Request.addendum_id.is_(None))
    for request in db.session.scalars(asked).all():
        answers = [one for one in kept.values() if one.question == request.question]
        home = {Audience.HOME} if request.question in hidden else set[Audience]()
        _only_for(request, audience_of(request).intersection(*(one.audience for one in answers)) - home)


def _only_for(request: Request, audience: frozenset[Audience]) -> None:
    for column, is_for in audience_bits(audience).items():
        setattr(request, column, is_for)
    if (
        request.state in WAITS
        and request.asked_of in ELSE
        and not may_be_asked(audience, Owner(request.asked_of))
    ):
        others = (one for one in ELSE if may_be_asked(audience, one))
        request.asked_of = next(others, request.asked_of)
        # What the home may not read any more stays with it only where it had answered.
        request.asked_home = request.asked_of == Owner.HOME or has_answered(request)
