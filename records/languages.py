"""Who has read which language, in which version; and the language of a person's own pages."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from records.database import db
from records.tables import LanguageCheck, Person


def latest_checks() -> dict[str, LanguageCheck]:
    """The newest check of each language. One search."""
    rows = db.session.scalars(sa.select(LanguageCheck).order_by(LanguageCheck.noted_at, LanguageCheck.id))
    return {row.language: row for row in rows}


@dataclass(frozen=True)
class Reading:
    """Somebody has read a language, in this version, on this day."""

    language: str
    version: str
    checker: str
    on: date


def add_check(reading: Reading, noted_by: str, now: datetime) -> None:
    """Note that somebody has read a language; earlier checks stay."""
    db.session.add(
        LanguageCheck(
            language=reading.language,
            version=reading.version,
            checker=reading.checker,
            checked_on=reading.on,
            noted_by=noted_by,
            noted_at=now,
        )
    )


def speak_to(person: str, language: str) -> None:
    """The language of this person's own pages from now on."""
    db.session.execute(sa.update(Person).where(Person.id == person).values(language=language))
