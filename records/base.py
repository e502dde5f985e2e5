"""What all tables share: unguessable ids, moments with a zone, and columns sealed to their row."""

import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, ClassVar, Self, overload

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from records.database import db, keys
from records.keys import new_data_key, seal, unseal

HOUSE = "house"


def new_id() -> str:
    """An id that may stand in an address: 128 random bits, never a counter and never a name."""
    return secrets.token_urlsafe(16)


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. A moment without a zone is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a zone cannot be kept.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """A table. Sealed fields are set last, because they are bound to the row's id and its child's key."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Instant()}

    def __init__(self, **values: Any) -> None:
        if "id" in type(self).__table__.columns and "id" not in values:
            values["id"] = new_id()
        for name in sorted(values, key=lambda name: isinstance(_descriptor(type(self), name), Sealed)):
            setattr(self, name, values[name])

    @property
    def sealed_under(self) -> str:
        """The owner of the key under which this row is sealed: a child, or the house itself."""
        return getattr(self, "child_id", None) or HOUSE


def _descriptor(table: type, name: str) -> object:
    return next((vars(kind)[name] for kind in table.__mro__ if name in vars(kind)), None)


class Sealed:
    """A text that is kept as ciphertext in the column `<name>_sealed`, and reads as text."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, row: None, owner: type) -> Self: ...
    @overload
    def __get__(self, row: Base, owner: type) -> str: ...
    def __get__(self, row: Base | None, owner: type) -> Self | str:
        if row is None:
            return self
        sealed = getattr(row, f"{self.name}_sealed")
        return "" if sealed is None else unseal(data_key(row.sealed_under), self._place(row), sealed)

    def __set__(self, row: Base, words: str | None) -> None:
        sealed = seal(data_key(row.sealed_under), self._place(row), words) if words else None
        setattr(row, f"{self.name}_sealed", sealed)

    def _place(self, row: Base) -> str:
        return place(row.__tablename__, row.id, self.name)  # type: ignore[attr-defined]


def place(table: str, row_id: object, field: str) -> str:
    """Where a sealed text belongs; it opens nowhere else."""
    return f"{table}|{row_id}|{field}"


def sealed_column() -> Any:
    """The column behind a sealed text."""
    return mapped_column(sa.LargeBinary, nullable=True)


class SealedKey(Base):
    """The key of one child's record, wrapped with a key that is outside the database."""

    __tablename__ = "sealed_key"

    owner: Mapped[str] = mapped_column(primary_key=True)
    wrapped_with: Mapped[str]
    wrapped: Mapped[bytes]


KEYS_OF = sa.select(SealedKey.owner, SealedKey.wrapped_with, SealedKey.wrapped).where(
    SealedKey.owner.in_(sa.bindparam("owners", expanding=True))
)


def data_key(owner: str) -> bytes:
    """The data key of a child, or of the house. Raises KeysError when its wrapping key is missing."""
    opened = _opened(owner)
    if owner not in opened:
        fetch_keys([owner])
    return opened[owner]


def fetch_keys(owners: Iterable[str]) -> None:
    """Open the keys of many children in one search, before a page shows their names."""
    wanted = {owner for owner in owners if owner not in _opened(owner)}
    if wanted:
        for row in db.session.execute(KEYS_OF, {"owners": list(wanted)}):
            remember_key(row.owner, row.wrapped_with, row.wrapped)


def remember_key(owner: str, wrapped_with: str, wrapped: bytes) -> bytes:
    """Open a key that a search has brought along, and keep it for this session."""
    opened = _opened(owner)
    if owner not in opened:
        opened[owner] = keys().unwrap(wrapped_with, wrapped)
    return opened[owner]


def make_data_key(owner: str) -> None:
    """A new data key for a new child, added to the session."""
    fresh = new_data_key()
    wrapped_with, wrapped = keys().wrap(fresh)
    db.session.add(SealedKey(owner=owner, wrapped_with=wrapped_with, wrapped=wrapped))
    _opened(owner)[owner] = fresh


def _opened(owner: str) -> dict[str, bytes]:
    # The house's own key serves every request of this process; a child's only this session.
    shelf = current_app.extensions if owner == HOUSE else db.session.info
    opened: dict[str, bytes] = shelf.setdefault("heard.data_keys", {})
    return opened
