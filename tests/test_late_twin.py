"""What the child takes from the home late leaves no trace there: to the home it was never let to read it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

import records.base
from interview.access import EVERYONE, Audience
from interview.late import How
from interview.questions import NEWEST_SET
from records.answers import Incoming
from records.database import db
from records.late import settle
from records.tables import Interview, Late
from tests.crawler import Crawler, Seen, pages_without_an_id
from tests.houses import Model, close
from tests.people import People, a_finished_talk, answer, keeping
from tests.test_twin import differences
from tests.visitor import Visitor
from tests.worlds import NOW, SAID, Seeded
from views.came import Came
from views.incoming import put_to_talks

NOT_HOME = EVERYONE - {Audience.HOME}
HIDDEN = "I want a lock on my own door."
CARDS: dict[str, Any] = {"chosen": ["A1", "B1", "C1"], "biggest": "A1", "home": ["A1", "B1", "C1"]}
# What a talk holds: what stays for everyone, and what the child takes from the home.
OPEN = {"why": SAID, "being_back": "2"}
CLOSED: dict[str, Any] = {
    "would_help": HIDDEN,
    "want_to_see": "My sister.",
    "reasons": CARDS | {"home": ["A1"]},
}
WAYS = ("late", "late-and-done", "late-and-set-aside")


@pytest.fixture(autouse=True)
def _paper_as_it_is_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("views.paper.made", lambda _kind, html: html.encode())


@contextmanager
def built(model: Model, folder: Path, way: str) -> Iterator[tuple[Flask, People]]:
    """A house in which one talk came to be as this says."""
    house = model.copy(folder)
    app, chance, people = house.open(), Seeded(), model.people
    assert people is not None
    with pytest.MonkeyPatch.context() as patch, keeping(app):
        patch.setattr(records.base, "secrets", chance)
        chance.step("the talk")
        talk = a_finished_talk(people, more=said(way), audience=EVERYONE)
        chance.step("what came late")
        if way != "never":
            come_late(people, talk, way)
    yield app, people
    close(app)
    house.remove()


def said(way: str) -> list[Incoming]:
    """What the child said in the talk: for the home, unless it never was."""
    audience = NOT_HOME if way == "never" else EVERYONE
    closed = CLOSED if way == "never" else CLOSED | {"reasons": CARDS}
    both = [(OPEN, EVERYONE), (closed, audience)]
    return [
        answer(question, value, op_id=f"said-{question}", audience=EVERYONE if question == "reasons" else who)
        for values, who in both
        for question, value in values.items()
        if question not in {"being_back"}
    ]


def come_late(people: People, talk: Interview, way: str) -> None:
    """On a tablet the child took some of it from the home; it came after the talk was finished."""
    came = [
        Came(f"late-{question}", "answer", as_sent(talk, question, value))
        for question, value in CLOSED.items()
    ]
    outcome = put_to_talks(came, people.ines.id, None)
    assert len(outcome.late) == len(CLOSED)
    how = {"late-and-done": How.NARROW, "late-and-set-aside": How.ASIDE}.get(way)
    for late in db.session.scalars(sa.select(Late)).all() if how else ():
        settle(late, how or How.ASIDE, people.ines.id, NOW, "")


def as_sent(talk: Interview, question: str, value: Any) -> dict[str, Any]:
    """An answer for fewer readers, as a tablet sends it."""
    return {
        "kind": "answer",
        "interview": talk.id,
        "op_id": f"late-{question}",
        "question": question,
        "set": NEWEST_SET,
        "value": value,
        "skipped": None,
        "said_by": "child-typed",
        "audience": [one.value for one in sorted(NOT_HOME)],
        "base_op": f"said-{question}",
        "language": "en",
        "device_time": NOW.isoformat(),
    }


def everything_seen(model: Model, folder: Path, way: str) -> dict[str, Seen]:
    """All that the home's manager sees of it."""
    with time_machine.travel(NOW, tick=False), built(model, folder, way) as (app, people):
        home = f"/homes/{people.larch.id}/summary"
        papers = [f"{home}{ending}" for ending in ("", ".pdf", "?from=2026-11-01&to=2026-11-18")]
        return Crawler(Visitor(app, people.maya)).go([*pages_without_an_id(app), *papers])


@pytest.mark.parametrize("way", WAYS)
def test_to_the_home_it_is_as_if_it_had_never_been_for_it(model: Model, tmp_path: Path, way: str) -> None:
    never = everything_seen(model, tmp_path / "never", "never")
    late = everything_seen(model, tmp_path / "late", way)
    assert differences(never, late) == []
    whole = "".join(page.body.decode() for page in late.values())
    assert SAID in whole
    assert HIDDEN not in whole
    assert len(late) > 20
