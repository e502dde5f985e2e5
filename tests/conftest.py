"""What every test may ask for: the house on both databases, the cast, and a visit by one of them."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import HealthCheck, settings

import records.database
import records.people
import views.paper
from records.base import new_id
from tests.database_server import Server, running_server
from tests.houses import House, Model, close, postgresql_model, sqlite_model
from tests.people import People, Someone, keeping
from tests.reruns import pytest_terminal_summary as pytest_terminal_summary
from tests.visitor import Visitor

# The same cases each time and however long they take: on a slow machine no other test fails than on a quick
# one. To look for new cases: HYPOTHESIS_PROFILE=default.
settings.register_profile(
    "same", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
BOTH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))


class Visit(Protocol):
    """Someone comes in: `visit(people.maya)`; without a name, a stranger."""

    def __call__(self, person: Someone | None = None) -> Visitor: ...


@pytest.fixture(scope="session", autouse=True)
def _at_home() -> Iterator[None]:
    """No setting of the machine's own reaches the tests, and a password costs next to nothing.

    Where a search leaves the order of its rows open, SQLite gives them the other way round here and
    PostgreSQL as they come: whatever relies on an order that nobody asked for fails on one of the two.
    """
    backwards = (*records.database.PRAGMAS, "reverse_unordered_selects=on")
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("HEARD_")]:
            patch.delenv(name)
        patch.setattr(records.database, "PRAGMAS", backwards)
        patch.setattr(records.people, "HASHER", cheap)
        # What takes a second takes many on a machine in use; a test of the limit sets its own.
        patch.setattr(views.paper, "SECONDS", 300)
        patch.setattr(records.people, "DUMMY", cheap.hash(new_id()))
        yield


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
                sqlite_model(folder, empty=empty)
                if kind == "sqlite"
                else postgresql_model(request.getfixturevalue("postgresql"), folder, empty=empty)
            )
        return made[kind, empty]

    return model


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """It is noon on a Wednesday, until the test says otherwise."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest) -> str:
    """Which database: every test that asks, directly or not, runs on both."""
    return str(request.param)


@pytest.fixture
def model(models: Callable[..., Model], database: str) -> Model:
    """The model with the cast in it."""
    return models(database)


Standing = Callable[[str], tuple[House, Flask]]


@pytest.fixture(scope="session")
def standing(models: Callable[..., Model], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """A house on each database that one test after another works in: an app is not built anew for each."""
    built: dict[str, tuple[House, Flask]] = {}

    def stand(kind: str) -> tuple[House, Flask]:
        if kind not in built:
            house = models(kind).copy(tmp_path_factory.mktemp("standing") / "instance")
            built[kind] = house, house.open()
        return built[kind]

    yield stand
    for house, _ in built.values():
        house.remove()


@pytest.fixture
def house(standing: Standing, database: str) -> House:
    """An installation as if nobody had been there before."""
    house, _ = standing(database)
    house.reset()
    return house


@pytest.fixture
def app(standing: Standing, database: str, house: House) -> Iterator[Flask]:
    """The app, with the cast in its database."""
    _, app = standing(database)
    yield app
    close(app)


@pytest.fixture
def app_in_use(house: House) -> Iterator[Flask]:
    """The same app as it runs for people: an error becomes a page."""
    app = house.open(TESTING=False)
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
