"""The database: SQLite in an encrypted file or PostgreSQL, readers beside one writer at a time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import sqlcipher3
from flask import current_app
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from records.gate import DRIVER, WRITES, Gate, GatedSQLite
from records.keys import Keys
from records.settings import Settings

# SQLite 3.7.0 to 3.51.2 can corrupt a database in WAL mode when two connections meet at a checkpoint.
SAFE_SQLITE = (3, 51, 3)
PRAGMAS = (
    "journal_mode=wal",
    "synchronous=full",
    "busy_timeout=10000",
    "foreign_keys=on",
    # Tidied up beside the writers (see prepare), and by a writer only when that was not enough.
    "wal_autocheckpoint=8000",
)
TIDY_EVERY = 256

db = SQLAlchemy(session_options={"expire_on_commit": False})


class DatabaseError(Exception):
    """A database that Heard must not start on, with the sentence that says why."""


def engine_options(settings: Settings, keys: Keys) -> dict[str, Any]:
    """What SQLAlchemy needs to open this installation's database. Parameters never reach a log."""
    url = sa.make_url(settings.database_url)
    options: dict[str, Any] = {"url": url, "hide_parameters": True, "pool_size": 10, "pool_use_lifo": True}
    if url.get_backend_name() != "sqlite":
        return options | {"pool_pre_ping": True}
    if sqlcipher3.sqlite_version_info < SAFE_SQLITE:
        raise DatabaseError(
            f"SQLite {sqlcipher3.sqlite_version} can damage the database. Install the pinned packages."
        )
    path = str(url.database)
    return options | {
        "url": url.set(drivername=DRIVER),
        "module": sqlcipher3.dbapi2,
        "poolclass": QueuePool,
        "creator": lambda: _open_file(path, keys.file),
    }


def _open_file(path: str, key: bytes) -> Any:
    connection = sqlcipher3.connect(path, check_same_thread=False, isolation_level=None)
    # A raw key: a passphrase would cost a tenth of a second at each connection.
    connection.execute(f"pragma key=\"x'{key.hex()}'\"")
    for pragma in PRAGMAS:
        connection.execute(f"pragma {pragma}")
    return connection


def prepare(engine: sa.Engine) -> None:
    """On SQLite: let writers queue at the gate of this file, and tidy up behind them."""
    if not isinstance(engine.dialect, GatedSQLite):
        return
    gate = engine.dialect.gate = Gate(Path(str(engine.url.database) + ".gate"))

    @event.listens_for(engine, "checkin")
    def _leave(connection: Any, record: Any) -> None:
        record.info.pop(WRITES, None)
        if gate.leave(record.info) % TIDY_EVERY == 1 and connection is not None:
            # Others write on meanwhile: done by a writer, everyone would wait for it.
            connection.execute("pragma wal_checkpoint(passive)")

    @event.listens_for(engine, "invalidate")
    def _lost(_connection: Any, record: Any, _error: Any) -> None:
        record.info.pop(WRITES, None)
        gate.leave(record.info)


def is_new(url: str) -> bool:
    """Whether there is no database of Heard at this address yet."""
    made = sa.make_url(url)
    if made.get_backend_name() == "sqlite":
        return not Path(str(made.database)).exists()
    engine = sa.create_engine(made)
    try:
        return not sa.inspect(engine).has_table("sealed_key")
    except sa.exc.OperationalError:
        # What cannot be reached cannot be known to be new.
        return False
    finally:
        engine.dispose()


def begin_writing() -> Session:
    """The session of this request, beginning as a writer. What it has read before is let go."""
    db.session.rollback()
    db.session.connection(execution_options={WRITES: True})
    return db.session


def run(statement: sa.Executable, values: Any = None) -> sa.CursorResult[Any]:
    """Run a statement about plain columns in this session's transaction, without the cost of objects.

    For the few that every request or save goes through. What waits in the session is not written first.
    """
    return db.session.connection().execute(statement, values)


def look_up(statement: sa.Executable, values: Any) -> Sequence[sa.Row[Any]]:
    """The rows of one search in a transaction of its own, which is over when they are there."""
    with db.engine.connect() as connection:
        return connection.execute(statement, values).all()


@contextmanager
def writing() -> Iterator[Session]:
    """A writing transaction for commands: committed at the end, undone when anything fails."""
    session = begin_writing()
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


def keys() -> Keys:
    """The keys of this installation."""
    kept: Keys = current_app.extensions["heard.keys"]
    return kept
