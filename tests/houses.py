"""Installations for the tests: each gets a copy of a model, on SQLite or PostgreSQL."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

from app import create_app
from records.base import Base
from records.database import db
from records.keys import make_keys
from tests.database_server import Server
from tests.people import People, keeping, the_cast
from views.commands import upgrade_database

SECRET = "for the tests alone, and therefore no secret"
TABLES = [table.name for table in Base.metadata.sorted_tables]


class Compiled(BytecodeCache):
    """Every test has an app of its own; its templates are compiled once for all of them."""

    def __init__(self) -> None:
        self.shelf: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take it from the shelf."""
        if bucket.key + bucket.checksum in self.shelf:
            bucket.bytecode_from_string(self.shelf[bucket.key + bucket.checksum])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Put it there."""
        self.shelf[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


COMPILED = Compiled()


@dataclass(frozen=True)
class House:
    """One installation: its folder and, on PostgreSQL, its database there."""

    folder: Path
    url: str = ""
    reset: Callable[[], None] = lambda: None
    remove: Callable[[], None] = lambda: None
    dump: Callable[[], bytes] = bytes

    def open(self, **overrides: Any) -> Flask:
        """The app of this installation."""
        own = {"instance": self.folder, "secret_key": SECRET, "TESTING": True}
        if self.url:
            own["database_url"] = self.url
        app = create_app(**(own | overrides))
        app.jinja_env.bytecode_cache = COMPILED
        return app


def close(app: Flask) -> None:
    """Let go of every connection to its database."""
    with app.app_context():
        db.engine.dispose()


@dataclass(frozen=True)
class Model:
    """A migrated database, with the cast in it or empty, of which tests get copies."""

    copy: Callable[[Path], House]
    people: People | None = None


def _furnish(house: House, *, empty: bool) -> People | None:
    app = house.open()
    with app.app_context():
        upgrade_database()
    people = None
    if not empty:
        with keeping(app):
            people = the_cast()
    close(app)
    return people


def _lay_out(folder: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder, target)


def sqlite_model(folder: Path, *, empty: bool = False) -> Model:
    """A model in an encrypted file; a copy is a copy of the file and its keys."""
    people = _furnish(House(folder), empty=empty)

    def copy(target: Path) -> House:
        _lay_out(folder, target)

        def dump() -> bytes:
            return b"".join(path.read_bytes() for path in target.glob("heard.sqlite*"))

        return House(target, reset=lambda: _lay_out(folder, target), dump=dump)

    return Model(copy, people)


def postgresql_model(server: Server, folder: Path, *, empty: bool = False) -> Model:
    """A model on PostgreSQL; a copy is a database that an earlier test gave back, or a new one."""
    name = "empty" if empty else "furnished"
    make_keys(folder / "keys.json")
    server.copy(name, "template1")
    people = _furnish(House(folder, server.url(name)), empty=empty)
    server.remember(name, TABLES)
    numbers, free = count(), list[str]()

    def copy(target: Path) -> House:
        if free:
            server.reset(one := free.pop(), TABLES)
        else:
            server.copy(one := f"{name}_{next(numbers)}", name)

        def reset() -> None:
            _lay_out(folder, target)
            server.reset(one, TABLES)

        _lay_out(folder, target)
        # What is done to an empty one is done to its tables: it is of no use to another test.
        give_back = server.drop if empty else free.append
        return House(target, server.url(one), reset, lambda: give_back(one), lambda: server.dump(one))

    return Model(copy, people)
