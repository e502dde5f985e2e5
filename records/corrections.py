"""Corrections of a return: who changed what and when, and what stood there before."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from interview.corrections import FACTS, MOMENTS, what_stood
from records.database import db
from records.episodes import person_name
from records.tables import Correction, Episode, Home, Person


@dataclass(frozen=True)
class Corrected:
    """One correction: when, by whom, and what stood there before, by fact."""

    at: datetime
    by: str
    before: Mapping[str, Any]


def correct(episode: Episode, home: str, facts: Mapping[str, Any], by: str, now: datetime) -> None:
    """Change the facts of a return, and keep what stood there before. Its home has been loaded."""
    # A home is kept by its name: that is what stood there, whatever it is called later.
    named = db.session.get_one(Home, home).name
    before = {name: episode.home.name if name == "home" else getattr(episode, name) for name in FACTS}
    stood = what_stood(before, {**facts, "home": named})
    if stood:
        text = json.dumps(stood, default=datetime.isoformat, ensure_ascii=False)
        about = {"child_id": episode.child_id, "episode_id": episode.id}
        db.session.add(Correction(**about, at=now, by=by, before=text))
    episode.home_id = home
    for name, known in facts.items():
        setattr(episode, name, known)
    db.session.flush()


def corrections_of(episode: Episode) -> list[Corrected]:
    """The corrections of one return, oldest first. One search."""
    rows = db.session.execute(
        sa.select(Correction, Person.id.label("person_id"), Person.name_sealed.label("person_sealed"))
        .join(Person, Person.id == Correction.by)
        .where(Correction.episode_id == episode.id)
        .order_by(Correction.at, Correction.id)
    )
    return [
        Corrected(
            row.Correction.at,
            person_name(row.person_id, row.person_sealed),
            {name: _read(name, known) for name, known in json.loads(row.Correction.before).items()},
        )
        for row in rows
    ]


def _read(name: str, known: str) -> Any:
    return datetime.fromisoformat(known) if name in MOMENTS else known
