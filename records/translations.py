"""Translations: beside the child's own words, never instead of them."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from interview.answers import Answer
from records.database import db
from records.tables import Interview, Translation


def translations_of(interview: Interview) -> dict[str, Translation]:
    """The newest translation of each answer, by the answer's id."""
    rows = db.session.scalars(
        sa.select(Translation)
        .where(Translation.interview_id == interview.id)
        .order_by(Translation.made_at, Translation.id)
    )
    return {row.op_id: row for row in rows}


@dataclass(frozen=True)
class Translator:
    """Who translated: a translator or the interpreter, their agency, and the dialect that was spoken."""

    name: str
    agency: str = ""
    dialect: str = ""


def add_translation(
    interview: Interview, answer: Answer, words: str, by: Translator, now: datetime
) -> Translation:
    """Keep what an answer says in English, and who translated it. An older translation makes room."""
    db.session.execute(sa.delete(Translation).where(Translation.op_id == answer.op_id))
    translation = Translation(
        child_id=interview.child_id,
        interview_id=interview.id,
        op_id=answer.op_id,
        language="en",
        words=words,
        translator=by.name,
        agency=by.agency,
        dialect=by.dialect,
        made_at=now,
    )
    db.session.add(translation)
    return translation
