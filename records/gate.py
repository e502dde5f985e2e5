"""SQLite with a gate: readers begin as readers; writers queue, and begin as writers.

Without the gate SQLite's busy handler starves someone for seconds when all tablets come back at once, and a
reader who turns writer in the middle of a transaction is refused at once.
"""

import fcntl
import os
import threading
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

# The option of a connection that is going to write.
WRITES = "heard_writes"
DRIVER = "sqlite+gated"
registry.register("sqlite.gated", __name__, "GatedSQLite")


class GatedSQLite(SQLiteDialect_pysqlite):
    """SQLite whose transactions begin as what they are. Listeners would do; they cost at every statement."""

    supports_statement_cache = True
    gate: "Gate"

    def set_connection_execution_options(self, connection: sa.Connection, opts: Mapping[str, Any]) -> None:
        super().set_connection_execution_options(connection, opts)
        if opts.get(WRITES):
            connection.connection.info[WRITES] = True

    def do_begin(self, dbapi_connection: Any) -> None:
        if WRITES in dbapi_connection.info:
            self.gate.enter(dbapi_connection.info)
            dbapi_connection.execute("BEGIN IMMEDIATE")
        else:
            dbapi_connection.execute("BEGIN")


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
        try:
            # Who stands at the turnstile is next: without it a busy process goes through again and again.
            turnstile = _shut(self._turnstile)
            try:
                info["gate"] = _shut(self._path)
            finally:
                os.close(turnstile)
        except BaseException:
            # A file that cannot be opened just now keeps nobody else from writing.
            self._queue.leave()
            raise

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
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
    except BaseException:
        os.close(handle)
        raise
    return handle
