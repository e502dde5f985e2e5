"""The access log: who looked at what, in an append-only chain, written before the page is sent."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from records.database import begin_writing, db, keys
from records.tables import LogEntry

# Any number will do, as long as every writer asks PostgreSQL for the same one.
CHAIN_LOCK = 72_072
START = bytes(32)
# Put together once, and not at every page.
NEWEST = sa.select(LogEntry.seq, LogEntry.mac).order_by(LogEntry.seq.desc()).limit(1)
APPEND = sa.insert(LogEntry.metadata.tables["access_log"])


@dataclass(frozen=True)
class Look:
    """One thing done with one record."""

    at: datetime
    person: str
    act: str
    record: str
    record_id: str


def note(look: Look) -> None:
    """Note a look. It is written with the transaction that commits next, as its last statement."""
    _noted(db.session).append(look)


def write_noted() -> None:
    """Write what was noted and not committed with anything else; the page is not sent before."""
    if _noted(db.session):
        try:
            begin_writing().commit()
        except BaseException:
            # The page that says so instead shows nothing of the record: it needs no entry.
            _noted(db.session).clear()
            raise


@event.listens_for(Session, "before_commit")
def _append_noted(session: Session) -> None:
    looks = session.info.get("looks", [])
    # At the end of a part of the transaction nothing is committed yet.
    if looks and not session.in_nested_transaction():
        session.flush()
        _append(session, looks)
        looks.clear()


def _noted(session: Session) -> list[Look]:
    looks: list[Look] = session.info.setdefault("looks", [])
    return looks


def _append(session: Session, looks: list[Look]) -> None:
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(CHAIN_LOCK)))
    newest = connection.execute(NEWEST).first()
    seq, mac = newest if newest else (0, START)
    rows = []
    for look in looks:
        seq += 1
        mac = _mac(mac, seq, look)
        rows.append(
            {
                "seq": seq,
                "at": look.at,
                "person_id": look.person,
                "act": look.act,
                "record": look.record,
                "record_id": look.record_id,
                "mac": mac,
            }
        )
    connection.execute(APPEND, rows)


def _mac(before: bytes, seq: int, look: Look) -> bytes:
    said = (str(seq), look.at.isoformat(), look.person, look.act, look.record, look.record_id)
    return hmac.digest(keys().log, before + "\x1f".join(said).encode(), sha256)


def broken_links() -> list[int]:
    """The numbers of the entries that do not fit the one before; empty when the chain is whole."""
    broken, seq, mac = [], 0, START
    for entry in db.session.scalars(sa.select(LogEntry).order_by(LogEntry.seq)):
        look = Look(entry.at, entry.person_id, entry.act, entry.record, entry.record_id)
        if entry.seq != seq + 1 or entry.mac != _mac(mac, entry.seq, look):
            broken.append(entry.seq)
        seq, mac = entry.seq, entry.mac
    return broken
