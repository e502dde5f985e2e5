"""A concern has its own clock, and stays with those who have to act on it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from interview.concerns import ConcernKind
from records.concerns import raise_concern, tellings_of
from records.database import db
from records.tables import Concern
from tests.conftest import NOON, Visit
from tests.people import People, Someone, an_interview, keeping
from tests.visitor import Visitor, page_of

WORDS = "هو دفعني. He pushed me down the stairs."


@pytest.fixture
def said(clock: time_machine.Traveller, people: People, app: Flask) -> str:
    """What Robin told Ines about a member of staff: the address of that concern."""
    with keeping(app):
        talk = an_interview(people)
        concern = raise_concern(talk, ConcernKind.ALLEGATION, WORDS, people.ines.id, NOON)
        db.session.flush()
        return f"/concerns/{concern.id}"


def tell(visitor: Visitor, where: str, *whom: str, **typed: Any) -> TestResponse:
    """Somebody notes who has been told."""
    return visitor.submit(where, whom=list(whom), save="1", **typed)


def told_at(app: Flask) -> datetime | None:
    """When the concern was answered."""
    with app.app_context():
        return db.session.scalars(sa.select(Concern.told_at)).one()


def test_cora_sees_what_was_said_and_by_when_to_tell(visit: Visit, people: People, said: str) -> None:
    page = page_of(visit(people.cora).get(said)).text
    assert WORDS in page
    assert "Due by 19 November 2026, 17:00" in page
    assert "Do not tell the home" in page


def test_it_is_on_her_start_page_and_on_the_list(visit: Visit, people: People, said: str) -> None:
    cora = visit(people.cora)
    assert said in cora.get("/").text
    assert WORDS in cora.get("/concerns").text


def test_ines_has_her_own_concern_before_her(visit: Visit, people: People, said: str) -> None:
    ines = visit(people.ines)
    assert said in ines.get("/").text
    assert WORDS in ines.get(said).text


@pytest.mark.parametrize("name", ["maya", "mark", "ivan", "iris", "omar"])
def test_for_everyone_else_there_is_nothing(visit: Visit, people: People, said: str, name: str) -> None:
    someone: Someone = getattr(people, name)
    visitor = visit(someone)
    assert visitor.get(said).status_code == 404
    assert visitor.post(said, {"whom": "police"}).status_code == 404
    assert said not in visitor.get("/").text
    listed = visitor.get("/concerns")
    assert listed.status_code == (200 if name == "omar" else 403)
    assert said not in listed.text


def test_the_clock_stops_when_all_are_told_who_must_be(
    visit: Visit, people: People, said: str, app: Flask
) -> None:
    cora = visit(people.cora)
    tell(cora, said, "designated-officer", at="2026-11-18T11:00", said="Ms Vane, ref. 77")
    assert told_at(app) is None
    tell(cora, said, "social-worker", at="2026-11-18T11:30")
    assert told_at(app) == datetime(2026, 11, 18, 11, 30, tzinfo=UTC)
    assert "Told in time" in cora.get(said).text
    assert "Ms Vane, ref. 77" in cora.get(said).text
    assert said not in cora.get("/").text


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 19, 16, 59, 59, tzinfo=UTC), "Less than 2 hours left"),
        (datetime(2026, 11, 19, 17, 0, 0, tzinfo=UTC), "Less than 2 hours left"),
        (datetime(2026, 11, 19, 17, 0, 1, tzinfo=UTC), "Overdue"),
    ],
)
def test_the_list_says_how_much_time_there_is(
    visit: Visit, people: People, said: str, clock: time_machine.Traveller, at: datetime, words: str
) -> None:
    clock.move_to(at)
    assert words in page_of(visit(people.cora).get("/concerns")).text


def test_told_late_is_said(visit: Visit, people: People, said: str, clock: time_machine.Traveller) -> None:
    clock.move_to(NOON + timedelta(days=3))
    cora = visit(people.cora)
    tell(cora, said, "designated-officer", "social-worker")
    assert "Told late" in cora.get(said).text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"at": "2026-11-18T12:01", "whom": ["police"]}, "in the future"),
        ({"whom": []}, "Choose who has been told"),
        ({"whom": ["the-home"]}, "Choose one of these"),
        ({"at": "", "whom": ["police"]}, "Enter when they were told"),
    ],
)
def test_a_telling_that_cannot_be_is_refused_and_not_lost(
    visit: Visit, people: People, said: str, app: Flask, typed: dict[str, Any], sentence: str
) -> None:
    shown = visit(people.cora).submit(said, save="1", said="Sergeant Obi.", **typed)
    assert sentence in page_of(shown).text
    assert "Sergeant Obi." in shown.text


def test_two_who_tell_at_once_are_both_kept(visit: Visit, people: People, said: str, app: Flask) -> None:
    both, whom = [visit(people.cora), visit(people.ines)], ["designated-officer", "social-worker"]
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda one, who: tell(one, said, who), both, whom))
    with app.app_context():
        concern = db.session.scalars(sa.select(Concern)).one()
        assert {one.whom for one in tellings_of(concern)} == set(whom)
        assert concern.told_at == NOON
