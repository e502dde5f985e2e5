"""The database: SQLite in an encrypted file or PostgreSQL, readers beside one writer at a time."""

import fcntl
import os
import threading
from collections import deque
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

from records.keys import Keys
from records.settings import Settings

# SQLite 3.7.0 to 3.51.2 can corrupt a database in WAL mode when two connections meet at a checkpoint.
SAFE_SQLITE = (3, 51, 3)
WRITES = "heard_writes"
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
    """On SQLite: readers begin as readers; writers queue at a gate and begin as writers.

    Without the gate SQLite's busy handler starves someone for seconds when all tablets come back at
    once, and a reader who turns writer in the middle of a transaction is refused at once.
    """
    if engine.dialect.name != "sqlite":
        return
    gate = Gate(Path(str(engine.url.database) + ".gate"))

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        if connection.get_execution_options().get(WRITES):
            gate.enter(connection.connection.info)
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("BEGIN")

    @event.listens_for(engine, "checkin")
    def _leave(connection: Any, record: Any) -> None:
        if gate.leave(record.info) % TIDY_EVERY == 1 and connection is not None:
            # Others write on meanwhile: done by a writer, everyone would wait for it.
            connection.execute("pragma wal_checkpoint(passive)")

    @event.listens_for(engine, "invalidate")
    def _lost(_connection: Any, record: Any, _error: Any) -> None:
        gate.leave(record.info)


class Gate:
    """Lets one writer through at a time, among the threads of this process and among processes.

    What the writer holds is noted in the connection's own `info`, until it goes back to the pool.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._turnstile = path, path.with_name(path.name + ".next")
        self._queue = Queue()
        self._passed = 0

    def enter(self, info: Any) -> None:
        """Wait for the turn. A connection that is through already stays through."""
        if "gate" in info:
            return
        self._queue.enter()
        # Who stands at the turnstile is next: without it a busy process goes through again and again.
        turnstile = _shut(self._turnstile)
        info["gate"] = _shut(self._path)
        os.close(turnstile)

    def leave(self, info: Any) -> int:
        """Let the next one through; gives how many have gone through, and 0 to one who had not."""
        handle = info.pop("gate", None)
        if handle is None:
            return 0
        self._passed = number = self._passed + 1
        os.close(handle)
        self._queue.leave()
        return number


class Queue:
    """Lets one thread through at a time, in the order in which they came. A plain lock knows no order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._busy = False
        self._waiting: deque[threading.Lock] = deque()

    def enter(self) -> None:
        """Wait for the turn."""
        with self._lock:
            if not self._busy:
                self._busy = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()

    def leave(self) -> None:
        """It is the turn of the next one."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._busy = False


def _shut(path: Path) -> int:
    # Opened anew each time: a handle inherited by a forked worker would not exclude its parent.
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(handle, fcntl.LOCK_EX)
    return handle


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
