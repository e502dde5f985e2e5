"""Lists and summaries: as fast with many talks as with a hundred, and in few searches."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from bench.houses import House, house_with_many
from bench.measure import Measure
from bench.servers import HEARD, serving
from bench.visit import TOKEN, Visit
from bench.yardsticks.by_hand import rows_of_child, rows_of_home
from interview.access import Role
from interview.account import Record
from records.database import db
from records.people import Reader, reader_of
from records.samples.bulk import ACCOUNTS
from records.summaries import Period, child_record, home_record
from records.tables import Child, Home, Person, Post
from views.moments import now

FEW = 100
ASKED = 12

Ours = Callable[[], Record]
ByHand = Callable[[], tuple[int, int]]


@dataclass(frozen=True)
class Known:
    """Whom and what the measures look at: the first home and its first child, and who reads them."""

    child: str
    home: str
    officer: Reader
    manager: Reader


def measure_lists(folder: Path, rounds: int, many: int, keep: Path | None) -> Iterator[Measure]:
    """All measures of lists and summaries."""
    few, lots = house_with_many(folder / "few", FEW), house_with_many((keep or folder) / f"{many}", many)
    yield from times(few, lots, rounds, many)
    for house, number in ((few, FEW), (lots, many)):
        yield searches(house, number)
    yield from beside_hand_written(lots, rounds, many)


def pages(known: Known) -> tuple[tuple[str, Role, str], ...]:
    """What is opened: its name, by whom, and where."""
    child, home = f"/children/{known.child}/summary", f"/homes/{known.home}/summary"
    return (
        ("start of the coordinator", Role.COORDINATOR, "/"),
        ("board of returns", Role.COORDINATOR, "/episodes"),
        ("concerns", Role.COORDINATOR, "/concerns"),
        ("requests of the coordinator", Role.COORDINATOR, "/requests"),
        ("requests of the home's manager", Role.HOME_MANAGER, "/requests"),
        ("start of the interviewer", Role.INTERVIEWER, "/"),
        ("my talks", Role.INTERVIEWER, "/interviews"),
        ("start of the home's manager", Role.HOME_MANAGER, "/"),
        ("home's summary", Role.HOME_MANAGER, home),
        ("report of a home", Role.HOME_MANAGER, f"/reports/regulation-45?home={known.home}"),
        ("start of the reviewing officer", Role.REVIEWING_OFFICER, "/"),
        ("child's summary", Role.REVIEWING_OFFICER, child),
    )


def times(few: House, lots: House, rounds: int, many: int) -> Iterator[Measure]:
    """Each page with many talks beside the same page with a few."""
    with ExitStack() as open_servers:
        sides = []
        for house in (few, lots):
            server = open_servers.enter_context(serving(HEARD, house.settings, "/sign-in"))
            visits = {role: Visit(server).sign_in(name, house.password) for role, name in ACCOUNTS.items()}
            sides.append([(visits[role], path) for _, role, path in pages(known_in(house))])
        taken = [[[asked(*page) for page in side] for side in sides] for _ in range(1 + rounds)][1:]
    for number, (name, _, _) in enumerate(pages(known_in(few))):
        small, large = (median(one[side][number] for one in taken) for side in (0, 1))
        yield Measure(f"{name}, {many} talks beside {FEW}", "ms", large, small, 1.5)


def asked(visit: Visit, path: str) -> float:
    """How many milliseconds a page takes, in the middle of several."""
    taken = []
    for _ in range(ASKED):
        began = time.perf_counter()
        reply = visit.get(path)
        taken.append((time.perf_counter() - began) * 1000)
        assert reply.status == 200, f"{path}: {reply.status}"
    return median(taken)


def searches(house: House, number: int) -> Measure:
    """The most searches that any list or summary needs."""
    app = house.open()
    counted = [
        (searches_of(app, house, ACCOUNTS[role], path), name) for name, role, path in pages(known_in(house))
    ]
    most, name = max(counted)
    return Measure(f"most searches of a list or summary, {number} talks ({name})", "searches", most, limit=6)


def searches_of(app: Flask, house: House, name: str, path: str) -> int:
    """How many searches a page takes for the person of that sign-in name."""
    client = app.test_client()
    token = TOKEN.search(client.get("/sign-in").text)
    assert token is not None
    person = {"name": name, "password": house.password, "csrf_token": token.group(1)}
    assert client.post("/sign-in", data=person).status_code == 302
    # The first page of a process opens the house's own key, once for all.
    client.get("/")
    with app.app_context():
        engine = db.engine
    seen: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", listen)
    assert client.get(path).status_code == 200, path
    event.remove(engine, "before_cursor_execute", listen)
    return sum(statement.lstrip().upper().startswith(("SELECT", "WITH")) for statement in seen)


def beside_hand_written(house: House, rounds: int, many: int) -> Iterator[Measure]:
    """The search behind each summary, beside hand-written SQL for the same rows; both open what is sealed."""
    known = known_in(house)
    period = Period(now().replace(year=2020), now())
    with house.open().app_context():
        connection = db.session.connection().connection.driver_connection
        child, home = db.session.get_one(Child, known.child), db.session.get_one(Home, known.home)
        pairs: dict[str, tuple[Ours, ByHand]] = {
            "child": (
                lambda: child_record(known.officer, child, now()),
                lambda: rows_of_child(connection, child.id),
            ),
            "home": (
                lambda: home_record(known.manager, home, period),
                lambda: rows_of_home(connection, home.id, period),
            ),
        }
        for whose, (ours, by_hand) in pairs.items():
            record = ours()
            assert (len(record.told), len(record.given)) == by_hand(), "These are not the same rows."
            taken = [(_timed(ours), _timed(by_hand)) for _ in range(10 * rounds)]
            mine, its = (median(side) for side in zip(*taken, strict=True))
            yield Measure(f"search behind a {whose}'s summary, {many} talks", "ms", mine, its, 5.0)


def _timed(what: Callable[[], object]) -> float:
    began = time.perf_counter()
    what()
    return (time.perf_counter() - began) * 1000


def known_in(house: House) -> Known:
    """The first home, one of its children, and their readers."""
    with house.open().app_context():
        officer, manager = (_reader(ACCOUNTS[role]) for role in (Role.REVIEWING_OFFICER, Role.HOME_MANAGER))
        # The eldest is the same child in both databases; ids are not.
        eldest = sa.select(Child.id).where(Child.id.in_(officer.children)).order_by(Child.born).limit(1)
        return Known(db.session.scalars(eldest).one(), min(manager.homes), officer, manager)


def _reader(sign_in_name: str) -> Reader:
    person = db.session.scalars(sa.select(Person).where(Person.sign_in_name == sign_in_name)).one()
    found = reader_of(person.id, db.session.scalars(sa.select(Post).where(Post.person_id == person.id)))
    assert found is not None
    return found
