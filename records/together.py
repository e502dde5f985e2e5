"""Two searches sent as one: the rows of each, padded with nothing for the columns of the other."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

FIRST, SECOND = "first_", "second_"
Search = sa.Select[Any] | sa.CompoundSelect[Any]


def together(first: Search, second: Search) -> sa.CompoundSelect[Any]:
    """Both searches as one. Their own order is lost: sort what comes back."""
    one, other = first.subquery(), second.order_by(None).subquery()
    return sa.union_all(
        sa.select(*_named(one.c, FIRST), *_empty(other.c, SECOND)),
        sa.select(*_empty(one.c, FIRST), *_named(other.c, SECOND)),
    )


def apart(rows: Iterable[Any], mark: str) -> tuple[list[Any], list[Any]]:
    """The rows of the first search and those of the second, where `mark` is in every row of the second."""
    found: tuple[list[Any], list[Any]] = ([], [])
    for row in rows:
        known = row._mapping
        is_second = known[f"{SECOND}{mark}"] is not None
        prefix = SECOND if is_second else FIRST
        own = {name.removeprefix(prefix): known[name] for name in known if name.startswith(prefix)}
        found[is_second].append(SimpleNamespace(**own))
    return found


def _named(columns: Iterable[Any], prefix: str) -> list[Any]:
    return [column.label(f"{prefix}{column.key}") for column in columns]


def _empty(columns: Iterable[Any], prefix: str) -> list[Any]:
    return [sa.type_coerce(sa.null(), column.type).label(f"{prefix}{column.key}") for column in columns]
