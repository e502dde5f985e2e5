"""Copies of a live database that are whole, stay encrypted, and are looked through."""

import os
import shutil
from pathlib import Path

import sqlalchemy as sa

from records.base import Base
from records.database import db
from records.log import broken_links


class BackupError(Exception):
    """A copy that cannot be made or put back, with the sentence that says why."""


def back_up(target: Path) -> None:
    """A consistent copy of the live database, encrypted under the same key. Raises BackupError."""
    if target.exists():
        raise BackupError(f"{target} is there already. Choose another name.")
    _only_sqlite("pg_dump")
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        raw = connection.connection.cursor()
        connection.rollback()
        raw.execute("VACUUM INTO ?", (str(target),))
    os.chmod(target, 0o600)


def put_back(source: Path) -> Path:
    """Put a copy in the place of the database; what was there is set aside. Gives where. Raises BackupError.

    The app must not be running: the database is replaced under it.
    """
    _only_sqlite("pg_restore")
    if not source.is_file():
        raise BackupError(f"{source} is not there. Check the name of the copy.")
    place = Path(str(db.engine.url.database))
    db.session.close()
    db.engine.dispose()
    aside = place.with_name(place.name + ".before-restore")
    if place.exists():
        place.replace(aside)
    for beside in ("-wal", "-shm"):
        Path(str(place) + beside).unlink(missing_ok=True)
    shutil.copyfile(source, place)
    os.chmod(place, 0o600)
    return aside


def faults_found() -> list[str]:
    """What is wrong with the database, as sentences; empty when it is whole."""
    faults = []
    if db.engine.dialect.name == "sqlite":
        said = db.session.execute(sa.text("PRAGMA integrity_check")).scalars().all()
        faults += [f"The database file is damaged: {line}." for line in said if line != "ok"]
    broken = broken_links()
    if broken:
        faults.append(f"The access log was changed at entry {broken[0]}.")
    return faults


def counts() -> dict[str, int]:
    """How many rows each table holds."""
    return {
        table.name: db.session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        for table in Base.metadata.sorted_tables
    }


def _only_sqlite(instead: str) -> None:
    if db.engine.dialect.name != "sqlite":
        raise BackupError(f"This database is PostgreSQL: use {instead}. See docs/install.md.")
