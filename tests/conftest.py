"""What every test may ask for: the house on both databases, the cast, and a visit by one of them."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import pytest
from argon2 import PasswordHasher
from flask import Flask

import records.people
from app import create_app
from records.base import new_id
from records.database import db
from records.keys import make_keys
from tests.database_server import Server, running_server
from tests.people import People, Someone, keeping, the_cast
from tests.visitor import Visitor
from views.commands import upgrade_database

SECRET = "for the tests alone, and therefore no secret"
BOTH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))


class Visit(Protocol):
    """Someone comes in: `visit(people.maya)`; without a name, a stranger."""

    def __call__(self, person: Someone | None = None) -> Visitor: ...


@pytest.fixture(scope="session", autouse=True)
def _at_home() -> Iterator[None]:
    """No setting of the machine's own reaches the tests, and a password costs next to nothing."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("HEARD_")]:
            patch.delenv(name)
        patch.setattr(records.people, "HASHER", cheap)
        patch.setattr(records.people, "DUMMY", cheap.hash(new_id()))
        yield


@dataclass(frozen=True)
class House:
    """One installation: its folder and, on PostgreSQL, its database there."""

    folder: Path
    server: Server | None = None
    name: str = ""

    def open(self, **overrides: Any) -> Flask:
        """The app of this installation."""
        own = {"instance": self.folder, "secret_key": SECRET, "TESTING": True}
        if self.server:
            own["database_url"] = self.server.url(self.name)
        return create_app(**(own | overrides))

    def remove(self) -> None:
        """Make room: pytest keeps folders of its own account, PostgreSQL would keep databases."""
        if self.server:
            self.server.drop(self.name)


def close(app: Flask) -> None:
    """Let go of every connection to its database."""
    with app.app_context():
        db.engine.dispose()


@dataclass(frozen=True)
class Model:
    """A migrated database, with the cast in it or empty, of which each test gets a copy."""

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


def _sqlite_model(folder: Path, *, empty: bool = False) -> Model:
    people = _furnish(House(folder), empty=empty)

    def copy(target: Path) -> House:
        shutil.copytree(folder, target, dirs_exist_ok=True)
        return House(target)

    return Model(copy, people)


def _postgresql_model(server: Server, folder: Path, *, empty: bool = False) -> Model:
    name = "empty" if empty else "furnished"
    make_keys(folder / "keys.json")
    server.copy(name, "template1")
    people = _furnish(House(folder, server, name), empty=empty)
    numbers = count()

    def copy(target: Path) -> House:
        shutil.copytree(folder, target, dirs_exist_ok=True)
        one = f"{name}_{next(numbers)}"
        server.copy(one, name)
        return House(target, server, one)

    return Model(copy, people)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """The PostgreSQL of these tests, started when the first one asks for it."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def models(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Model]:
    """The models of both databases, each made when it is first asked for."""
    made: dict[tuple[str, bool], Model] = {}

    def model(kind: str, *, empty: bool = False) -> Model:
        if (kind, empty) not in made:
            folder = tmp_path_factory.mktemp("model")
            made[kind, empty] = (
                _sqlite_model(folder, empty=empty)
                if kind == "sqlite"
                else _postgresql_model(request.getfixturevalue("postgresql"), folder, empty=empty)
            )
        return made[kind, empty]

    return model


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest) -> str:
    """Which database: every test that asks, directly or not, runs on both."""
    return str(request.param)


@pytest.fixture
def model(models: Callable[..., Model], database: str) -> Model:
    """The model with the cast in it."""
    return models(database)


@pytest.fixture
def house(model: Model, tmp_path: Path) -> Iterator[House]:
    """An installation of this test's own."""
    house = model.copy(tmp_path / "instance")
    yield house
    house.remove()


@pytest.fixture
def app(house: House) -> Iterator[Flask]:
    """The app, with the cast in its database."""
    app = house.open()
    yield app
    close(app)


@pytest.fixture
def empty_house(models: Callable[..., Model], database: str, tmp_path: Path) -> Iterator[House]:
    """An installation with all tables and nobody in it."""
    house = models(database, empty=True).copy(tmp_path / "empty")
    yield house
    house.remove()


@pytest.fixture
def empty_app(empty_house: House) -> Iterator[Flask]:
    """The app with nobody in its database."""
    app = empty_house.open()
    yield app
    close(app)


@pytest.fixture
def people(model: Model) -> People:
    """The cast."""
    assert model.people is not None
    return model.people


@pytest.fixture
def kept(app: Flask) -> Iterator[None]:
    """The test runs with the records open for writing, without a request."""
    with keeping(app):
        yield


@pytest.fixture
def visit(app: Flask) -> Visit:
    """Someone comes in: `visit(people.maya)`; without a name, a stranger."""
    return lambda person=None: Visitor(app, person)
