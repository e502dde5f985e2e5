"""What every made-up record in bulk needs: chance, the moment, the people, and what is not yet written."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa

from records.base import Base
from records.database import db

LAST_DAYS = 720
# The first interviewer holds the first few talks, so that their list is as long in a large database.
TALKS_OF_THE_FIRST = 40


@dataclass
class Maker:
    """Makes records and keeps them until they are written: few as rows of their own, most as plain values."""

    chance: Random
    now: datetime
    password_hash: str
    interviewers: list[str] = field(default_factory=list)
    coordinator: str = ""
    rows: list[Base] = field(default_factory=list)
    plain: dict[type[Base], list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    talks: int = 0
    saved: int = 0

    def write(self) -> None:
        """Write what was made, each table after those that it points to."""
        of_table = {kind.__table__: values for kind, values in self.plain.items()}
        for table in Base.metadata.sorted_tables:
            db.session.add_all(row for row in self.rows if row.__table__ is table)
            db.session.flush()
            if of_table.get(table):
                db.session.execute(sa.insert(table), of_table[table])
        self.rows.clear()
        self.plain.clear()

    def days_ago(self, most: float, least: float) -> datetime:
        """Some moment between so many days ago."""
        return self.now - timedelta(days=self.chance.uniform(least, most))

    def interviewer(self) -> str:
        """Who holds the next talk."""
        self.talks += 1
        first, *others = self.interviewers
        return first if self.talks <= TALKS_OF_THE_FIRST else others[self.talks % len(others)]

    def op_id(self) -> str:
        """The id of the next answer. They rise, so that an index of a million of them grows at its end."""
        self.saved += 1
        return str(uuid.UUID(int=(self.saved << 64) | self.chance.getrandbits(64)))
