"""A row of any table, for tests that hold for all of them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from records.base import Base, Instant

TABLES = Base.metadata.sorted_tables
SAMPLES: dict[type, Any] = {
    str: "words",
    int: 1,
    bool: True,
    bytes: b"sealed",
    date: date(2026, 11, 18),
    datetime: datetime(2026, 11, 18, 12, tzinfo=UTC),
}


def a_row_of(table: Any, refers_to: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A value for each column; what refers to another table refers to the row given for it."""
    return {
        column.name: _referred(column, refers_to or {}) if column.foreign_keys else SAMPLES[_kept_as(column)]
        for column in table.columns
        if column.name != "id" or _kept_as(column) is str
    }


def _referred(column: sa.Column[Any], refers_to: Mapping[str, Any]) -> Any:
    return refers_to.get(next(iter(column.foreign_keys)).column.table.name, "words")


def _kept_as(column: sa.Column[Any]) -> type:
    return datetime if isinstance(column.type, Instant) else column.type.python_type


def all_rows(session: Any) -> list[tuple[str, Any]]:
    """Every row of every table, with the table's name."""
    return [(table.name, row) for table in TABLES for row in session.execute(sa.select(table))]
