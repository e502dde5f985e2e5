"""Concerns: dangers and allegations, raised out of a talk, with who was told and when."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from interview.answers import Answer, codes_of
from interview.concerns import ConcernKind, tell_by
from interview.questions import QUESTIONS, Kind
from interview.reasons import REASONS
from records.database import db
from records.tables import Concern, Interview

# An answer that raises an allegation, and where the child's words about it are.
ALLEGATIONS = {"adult_hurt": "adult_hurt_words", "staff_concern": "staff_concern_words"}


def raise_concerns(
    interview: Interview, kept: dict[str, Answer], raised_by: str, now: datetime
) -> list[Concern]:
    """Open a concern for each allegation and danger in a talk, unless the same was raised before."""
    before = {
        (concern.kind, concern.words)
        for concern in db.session.scalars(sa.select(Concern).where(Concern.interview_id == interview.id))
    }
    found = dict.fromkeys([*_allegations(kept), *_dangers(kept)])
    concerns = [
        Concern(
            child_id=interview.child_id,
            interview_id=interview.id,
            authority_id=interview.authority_id,
            kind=kind,
            raised_at=now,
            raised_by=raised_by,
            due_at=tell_by(kind, now),
            words=words,
        )
        for kind, words in found
        if (kind, words) not in before
    ]
    db.session.add_all(concerns)
    return concerns


def _allegations(kept: dict[str, Answer]) -> Iterable[tuple[ConcernKind, str]]:
    words = [
        str(kept[says].value or "") if says in kept else ""
        for asked, says in ALLEGATIONS.items()
        if asked in kept and kept[asked].value == "yes"
    ]
    if not words and "A5" in _chosen(kept):
        words = [_tied(kept, "A5")]
    for said in words:
        yield ConcernKind.ALLEGATION, said or REASONS["A5"].term


def _dangers(kept: dict[str, Answer]) -> Iterable[tuple[ConcernKind, str]]:
    for code in _chosen(kept):
        if REASONS[code].danger and code != "A5":
            tied = _tied(kept, code)
            yield ConcernKind.DANGER, f"{REASONS[code].term}: {tied}" if tied else REASONS[code].term


def _cards(kept: dict[str, Answer]) -> Any:
    return next((a.value for key, a in kept.items() if QUESTIONS[key].kind is Kind.REASONS), None)


def _chosen(kept: dict[str, Answer]) -> tuple[str, ...]:
    return codes_of(_cards(kept))


def _tied(kept: dict[str, Answer], code: str) -> str:
    cards = _cards(kept)
    told = cards.get("told", {}) if isinstance(cards, dict) else {}
    return str(told.get(code, {}).get("words", ""))
