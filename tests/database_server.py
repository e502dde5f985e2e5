"""A PostgreSQL of the tests' own: started once, not as root, gone when the tests end."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

OWNER = "heard"


@dataclass(frozen=True)
class Server:
    """A running server, reached through a socket in its own folder and from nowhere else."""

    folder: Path
    programs: Path

    def url(self, name: str) -> str:
        """The address of one of its databases, as HEARD_DATABASE_URL."""
        return f"postgresql://{OWNER}@/{name}?host={self.folder}"

    def run(self, statement: str | sql.Composed, within: str = "postgres") -> None:
        """Run statements within one database."""
        with psycopg.connect(f"host={self.folder} user={OWNER} dbname={within}", autocommit=True) as one:
            one.execute(sql.SQL(statement) if isinstance(statement, str) else statement)

    def copy(self, name: str, template: str) -> None:
        """A new database that begins as a copy of another one."""
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")

    def remember(self, name: str, tables: Iterable[str]) -> None:
        """Keep what is in these tables beside them, to put back with `reset`."""
        self.run("CREATE SCHEMA model", within=name)
        self.run(_for_each(tables, "CREATE TABLE model.{} AS TABLE public.{};"), within=name)

    def reset(self, name: str, tables: Iterable[str]) -> None:
        """Put back what was in these tables: quicker than a new database."""
        # The order of the tables does not matter: as a replica, nothing is checked.
        begin = sql.SQL("BEGIN; SET LOCAL session_replication_role = replica;")
        back = _for_each(tables, "DELETE FROM {}; INSERT INTO {} TABLE model.{};")
        end = sql.SQL("SELECT setval('answer_id_seq', 1, false); COMMIT;")
        self.run(begin + back + end, within=name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def dump(self, name: str) -> bytes:
        """All that a thief of a backup would have."""
        command = [str(self.programs / "pg_dump"), "-h", str(self.folder), "-U", OWNER, name]
        return subprocess.run(command, check=True, capture_output=True).stdout


def _for_each(tables: Iterable[str], statement: LiteralString) -> sql.Composed:
    places = statement.count("{}")
    return sql.SQL(" ").join(sql.SQL(statement).format(*[sql.Identifier(table)] * places) for table in tables)


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server in a fresh folder; stop it and remove the folder at the end."""
    # Not among pytest's folders: those are closed to the other user, and their names too long for a socket.
    folder = Path(tempfile.mkdtemp(prefix="heard-pg-"))
    server = Server(folder, _programs())
    try:
        if _user():
            shutil.chown(folder, "postgres", "postgres")
        _as_owner(server, "initdb", "-A", "trust", "-U", OWNER, "-E", "UTF8", "--locale=C", folder / "data")
        _control(server, "start", "-o", f"-c listen_addresses='' -c unix_socket_directories={folder}")
        try:
            yield server
        finally:
            _control(server, "stop", "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise RuntimeError("PostgreSQL is missing. Install it: apt-get install postgresql")
    return Path(on_path).resolve().parent


def _user() -> dict[str, Any]:
    # PostgreSQL refuses to run as root; its package brings a user for it.
    own: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []}
    return own if os.geteuid() == 0 else {}


def _control(server: Server, *what: str) -> None:
    _as_owner(server, "pg_ctl", "-w", "-D", server.folder / "data", "-l", server.folder / "log", *what)


def _as_owner(server: Server, program: str, *arguments: str | Path) -> None:
    command = [str(server.programs / program), *map(str, arguments)]
    subprocess.run(
        command,
        check=True,
        cwd=server.folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        **_user(),
    )
