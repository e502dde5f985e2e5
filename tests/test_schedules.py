"""Whatever the network does: what two tablets wrote has one effect each, and every conflict is listed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.access import COUNCIL
from interview.answers import current, heads, missing_to_finish
from interview.late import Why
from interview.questions import NEWEST_SET
from interview.versions import versions_of
from records.answers import answers_of, keep
from records.base import new_id
from records.database import begin_writing, db
from records.late import content_of
from records.tables import Answer, Interview, Late, Operation
from records.tablets import tablet_of
from tests.conftest import Visit
from tests.people import People, a_skip, an_interview, answer, keeping
from tests.proofs import as_many, figure
from tests.visitor import Visitor
from views.came import Came, Outcome
from views.incoming import put_to_talks
from views.moments import now

# All of them in `make proofs`: there they take a minute of the processor's time.
HOW_MANY = as_many(100, 1000)
# In `make test` PostgreSQL is asked by fewer: what differs there is the order in which rows come.
FEWER = as_many(25, 1000)
QUESTIONS = ("why", "being_back", "trigger")
AT_FIRST = "At first."
VALUES = {"being_back": "1234"}


@dataclass
class Device:
    """A tablet that has been away: each answer on it builds upon what it knew itself."""

    name: str
    slot: str
    known: dict[str, str]
    wrote: list[dict[str, Any]] = field(default_factory=list)

    def writes(self, talk: str, question: str, chance: Random) -> None:
        """One more answer."""
        op_id = f"{self.name}{len(self.wrote)}-{question}"
        value = chance.choice(VALUES[question]) if question in VALUES else f"The words of {op_id}."
        self.wrote.append(
            {
                "kind": "answer",
                "interview": talk,
                "op_id": op_id,
                "question": question,
                "set": NEWEST_SET,
                "value": value,
                "skipped": None,
                "said_by": "child-typed",
                "audience": ["social-worker"],
                "base_op": self.known.get(question),
                "language": "en",
                "device_time": f"2026-11-18T09:{len(self.wrote):02}:00+00:00",
            }
        )
        self.known[question] = op_id

    def finishes(self, talk: str) -> None:
        """The talk is finished here, after all that was written here."""
        after = [one["op_id"] for one in self.wrote]
        about = {"kind": "finish", "interview": talk, "op_id": f"{self.name}-finish", "fields": []}
        self.wrote.append(about | {"after": after, "device_time": "2026-11-18T10:00:00+00:00"})


@dataclass
class Expected:
    """What must come of it, reckoned apart: what is kept, what is late, and whether it is finished."""

    kept: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    finish: dict[str, Any] | None = None
    finished: bool = False

    def arrives(self, batch: list[dict[str, Any]]) -> None:
        """One request reaches the server."""
        for one in batch:
            if one["kind"] == "answer" and one["op_id"] not in (*self.kept, *self.late):
                (self.late if self.finished else self.kept).append(one["op_id"])
        self.finish = next((one for one in batch if one["kind"] == "finish"), self.finish)
        if self.finish is not None:
            self.finished = self.finished or set(self.finish["after"]) <= {*self.kept, *self.late}


@dataclass(frozen=True)
class Schedule:
    """What two tablets wrote, and the requests in which it reaches the server."""

    devices: tuple[Device, Device]
    batches: list[tuple[Device, list[dict[str, Any]]]]


def a_schedule(number: int, talk: str, slots: tuple[str, str], known: dict[str, str]) -> Schedule:
    """Each thing 1 to 10 times, late, in another order, in requests of one to six."""
    chance = Random(number)
    first, second = (Device(name, slot, dict(known)) for name, slot in zip("ab", slots, strict=True))
    for device in (first, second):
        for _ in range(chance.randint(1, 6)):
            device.writes(talk, chance.choice(QUESTIONS), chance)
    if chance.random() < 0.5:
        first.finishes(talk)
    copies = [(d, one) for d in (first, second) for one in d.wrote for _ in range(chance.randint(1, 10))]
    chance.shuffle(copies)
    batches: list[tuple[Device, list[dict[str, Any]]]] = []
    while copies:
        device = copies[0][0]
        sent = [pair for pair in copies if pair[0] is device][: chance.randint(1, 6)]
        for pair in sent:
            copies.remove(pair)
        batches.append((device, [one for _, one in sent]))
    return Schedule((first, second), batches)


@contextmanager
def undone(app: Flask, visitor: Visitor) -> Iterator[None]:
    """Ines is signed in; whatever is done is undone afterwards."""
    cookie = visitor.client.get_cookie("heard")
    assert cookie is not None
    with app.test_request_context("/", headers={"Cookie": f"heard={cookie.value}"}):
        begin_writing()
        yield
        db.session.rollback()
        db.session.info.clear()


@pytest.fixture
def talk(app: Flask, people: People) -> str:
    """A talk that is begun: all that finishing waits for is answered, and so is what will be changed."""
    with keeping(app):
        interview = an_interview(people)
        told = [answer("why", AT_FIRST, op_id="at-first", audience=COUNCIL)]
        missing = missing_to_finish({}, interview.question_set)
        receipt = keep(
            interview,
            [*told, *(a_skip(one.key, op_id=f"skip-{one.key}") for one in missing if one.key != "why")],
            people.ines.id,
            now(),
        )
        assert receipt.refused == ()
        return interview.id


def test_each_thing_has_one_effect_and_every_conflict_is_listed(
    app: Flask, people: People, visit: Visit, talk: str, database: str
) -> None:
    ines, slots = visit(people.ines), (new_id(), new_id())
    with keeping(app):
        for slot in slots:
            assert tablet_of(slot, new_id(), people.ines.id, "", now())
        before = {one.op_id for one in answers_of(db.session.get_one(Interview, talk))}
    conflicts = finished = late = operations = requests = 0
    schedules = HOW_MANY if database == "sqlite" else FEWER
    for number in range(schedules):
        schedule = a_schedule(number, talk, slots, {"why": "at-first"})
        with undone(app, ines):
            expected = deliver(schedule, people.ines.id)
            found = what_is_there(talk, before, schedule)
            assert found.wrong(schedule, expected) == [], number
            conflicts += len(found.conflicts)
            finished += expected.finished
            late += len(expected.late)
            operations += sum(len(batch) for _, batch in schedule.batches)
            requests += len(schedule.batches)
    # And it was no quiet day.
    assert min(conflicts, finished, late) > 5
    figure(f"Schedules of two tablets on {database}, each as was reckoned apart", schedules)
    figure("  operations delivered, in requests", f"{operations:,} in {requests:,}")
    figure("  conflicts listed; late answers kept; talks finished", f"{conflicts:,}; {late:,}; {finished:,}")


def deliver(schedule: Schedule, person: str) -> Expected:
    """All requests, one after another; every id that is sent comes back."""
    expected = Expected()
    for device, batch in schedule.batches:
        came = [Came(one["op_id"], one["kind"], one, device.slot) for one in batch]
        outcome: Outcome = put_to_talks(came, person, device.slot)
        assert sorted(outcome.accepted) == sorted(one["op_id"] for one in batch)
        assert outcome.unknown == []
        expected.arrives(batch)
    return expected


@dataclass(frozen=True)
class Found:
    """What is there when all has come."""

    kept: dict[str, Any]
    late: dict[str, Any]
    waiting: list[str]
    done: list[str]
    heads: dict[str, set[str]]
    conflicts: set[str]
    finished: bool

    def wrong(self, schedule: Schedule, expected: Expected) -> list[str]:
        """What is not as it must be."""
        wrote = {one["op_id"]: one for device in schedule.devices for one in device.wrote}
        answers = {op_id: one["value"] for op_id, one in wrote.items() if one["kind"] == "answer"}
        checks = {
            "each is kept or late, once": sorted([*self.kept, *self.late]) == sorted(answers),
            "as it was written": self.kept | self.late == answers,
            "what is kept": sorted(self.kept) == sorted(expected.kept),
            "what is late": sorted(self.late) == sorted(expected.late),
            "finished": self.finished == expected.finished == any("finish" in op_id for op_id in wrote),
            "once": len(self.done) == int(self.finished) and self.waiting == [],
            "what was written where it was finished": not any(one.startswith("a") for one in self.late)
            if self.finished
            else self.late == {},
            "heads": self.heads == leaves(wrote[op_id] for op_id in self.kept),
            "conflicts": self.conflicts == differ(self.heads, wrote),
        }
        return [said for said, is_so in checks.items() if not is_so]


def what_is_there(talk: str, before: set[str], schedule: Schedule) -> Found:
    """What the server has, in its own words."""
    db.session.flush()
    db.session.expire_all()
    interview = db.session.get_one(Interview, talk)
    given = answers_of(interview)
    wrote = {one["op_id"] for device in schedule.devices for one in device.wrote}
    mine = [one for one in given if one.op_id in wrote]
    narrowed = narrower({one.op_id: one for one in given}, {*before, *wrote})
    rows = list(db.session.scalars(sa.select(Late)))
    counts = list(db.session.scalars(sa.select(Answer.op_id)))
    assert len(counts) == len(set(counts))
    ends = {key: [one.op_id for one in some] for key, some in heads(given).items() if key in QUESTIONS}
    branches = {key: {narrowed.get(op_id, op_id) for op_id in some} for key, some in ends.items()}
    assert all(len(branches[key]) == len(some) for key, some in ends.items())
    assert set(current(given)) >= set(branches)
    return Found(
        {one.op_id: one.value for one in mine},
        {row.op_id: content_of(row)["value"] for row in rows if row.why == Why.FINISHED},
        [row.op_id for row in rows if row.why != Why.FINISHED and row.settled_at is None],
        list(db.session.scalars(sa.select(Operation.op_id))),
        branches,
        set(versions_of(given)),
        interview.finished_at is not None,
    )


def narrower(given: dict[str, Any], said: set[str]) -> dict[str, str]:
    """What a late answer let fewer people read: the same words, under another id, above what was said."""
    found: dict[str, str] = {}
    for op_id, one in given.items():
        if op_id not in said:
            under = given[str(one.base_op)]
            assert (one.value, one.skipped) == (under.value, under.skipped)
            assert set(one.audience) < set(under.audience)
            found[op_id] = found.get(under.op_id, under.op_id)
    return found


def leaves(kept: Any) -> dict[str, set[str]]:
    """For each question what nothing was written over, reckoned from what was written."""
    some = list(kept)
    over = {one["base_op"] for one in some}
    found = {one["question"]: set[str]() for one in some} | {"why": {"at-first"} - over}
    for one in some:
        if one["op_id"] not in over:
            found[one["question"]].add(one["op_id"])
    return found


def differ(branches: dict[str, set[str]], wrote: dict[str, Any]) -> set[str]:
    """The questions of which two different things were said."""
    said = {op_id: one["value"] for op_id, one in wrote.items() if "value" in one} | {"at-first": AT_FIRST}
    return {key for key, some in branches.items() if len({said[op_id] for op_id in some}) > 1}
