"""Each role's start page answers: what needs me now?"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from records.answers import keep
from records.database import db
from records.interviews import finish
from records.tables import Interview
from tests.conftest import Visit
from tests.people import (
    People,
    a_child,
    a_finished_talk,
    a_request,
    an_episode,
    an_interview,
    an_offer,
    answer,
    by_worker,
    keeping,
)
from tests.visitor import page_of

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def searches(app: Flask) -> Iterator[Callable[[], int]]:
    """How many SELECTs there were since the last time this was asked."""
    said: list[str] = []

    def note(*about: object) -> None:
        said.append(str(about[2]).lstrip().upper())

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)

    def count() -> int:
        found = sum(one.startswith("SELECT") and "PG_ADVISORY" not in one for one in said)
        said.clear()
        return found

    yield count
    sa.event.remove(engine, "before_cursor_execute", note)


def sections(visit: Visit, people: People) -> dict[str, str]:
    """Cora's start page: what stands under each heading."""
    page = page_of(visit(people.cora).get("/"))
    return {one.find("h2")[0].text: one.text for one in page.find("section")}


def test_cora_sees_what_needs_her_under_its_heading(visit: Visit, people: People, app: Flask) -> None:
    with keeping(app):
        for name, ago in (("Late", 73), ("Soon", 49), ("Fresh", 2)):
            an_episode(people, a_child(name, people.larch, people.fenmoor), returned_at=NOW - ago * HOUR)
    shown = sections(visit, people)
    assert list(shown) == ["Overdue (1)", "Due within 24 hours (1)", "Not offered yet (1)"]
    assert [name in words for name, words in zip(("Late", "Soon", "Fresh"), shown.values(), strict=True)]


@pytest.mark.parametrize(
    ("ago", "heading"),
    [
        (timedelta(hours=48) - timedelta(seconds=1), "Not offered yet (1)"),
        (timedelta(hours=48), "Due within 24 hours (1)"),
        (timedelta(hours=72), "Due within 24 hours (1)"),
        (timedelta(hours=72, seconds=1), "Overdue (1)"),
    ],
)
def test_each_limit_is_where_it_should_be(
    visit: Visit, people: People, app: Flask, ago: timedelta, heading: str
) -> None:
    with keeping(app):
        an_episode(people, missing_at=NOW - 5 * DAY, returned_at=NOW - ago)
    assert list(sections(visit, people)) == [heading]


def test_what_is_under_way_does_not_need_her(visit: Visit, people: People, app: Flask) -> None:
    with keeping(app):
        episode = an_episode(people)
        an_offer(people, episode)
        an_interview(people, episode)
        away = an_episode(people, a_child("Away", people.larch, people.fenmoor))
        away.returned_at = None
    assert "Nothing needs you now" in visit(people.cora).get("/").text


def test_ines_goes_on_where_she_stopped(visit: Visit, people: People, app: Flask) -> None:
    with keeping(app):
        talk = an_interview(people)
        keep(talk, [answer()], people.ines.id, NOW)
    assert "Go on with it, or read it back" in visit(people.ines).get("/").text
    with keeping(app):
        keep(talk, [answer("agrees", "yes")], people.ines.id, NOW)
    assert "Your own record is still to be written" in visit(people.ines).get("/").text
    with keeping(app):
        keep(talk, [by_worker("place_note", "A café by the river.")], people.ines.id, NOW)
    assert "Look through your record and finish it" in visit(people.ines).get("/").text
    with keeping(app):
        finish(db.session.get_one(Interview, talk.id), NOW)
    assert "Finished on 18 November 2026" in visit(people.ines).get("/").text


def test_ines_sees_her_talks_with_their_clocks(visit: Visit, people: People, app: Flask) -> None:
    with keeping(app):
        an_interview(people)
    assert "67 hours left" in visit(people.ines).get("/").text
    assert "No talk is waiting" in visit(people.omar).get("/").text


def test_maya_sees_when_children_were_away_and_when_the_talk_was(
    visit: Visit, people: People, app: Flask
) -> None:
    with keeping(app):
        episode = an_episode(people)
        an_offer(people, episode, outcome="declined", why="They never listen.")
        old = a_child("Long Ago", people.larch, people.fenmoor)
        an_episode(people, old, returned_at=NOW - 31 * DAY)
    page = page_of(visit(people.maya).get("/")).text
    assert "Robin Achebe 17 November 2026, 22:00 18 November 2026, 07:00 18 November 2026 Not yet" in page
    assert "They never listen" not in page
    assert "Long Ago" not in page
    assert "Robin" not in page_of(visit(people.mark).get("/")).text


def test_an_offer_not_made_is_none_for_the_home(visit: Visit, people: People, app: Flask) -> None:
    with keeping(app):
        an_offer(people, an_episode(people), outcome="not-offered-no-contact", why="Phone off.")
    assert "07:00 Not yet Not yet" in page_of(visit(people.maya).get("/")).text


def test_ivan_sees_his_children(visit: Visit, people: People, app: Flask) -> None:
    with keeping(app):
        a_finished_talk(people)
        an_episode(people, returned_at=NOW - 100 * DAY)
        an_episode(people, returned_at=NOW - 200 * DAY)
    page = page_of(visit(people.ivan).get("/")).text
    assert "Robin Achebe Larch House 2 18 November 2026 18 November 2026" in page
    assert "Robin" not in page_of(visit(people.iris).get("/")).text


@pytest.mark.parametrize("path", ["/", "/episodes", "/concerns", "/requests"])
@pytest.mark.parametrize("name", ["cora", "ines", "maya", "ivan"])
def test_six_searches_are_enough_however_long_the_list(
    visit: Visit, people: People, app: Flask, searches: Callable[[], int], path: str, name: str
) -> None:
    with keeping(app):
        for number in range(12):
            kid = a_child(f"Child {number}", people.larch, people.fenmoor)
            episode = an_episode(people, kid, returned_at=NOW - number * 7 * HOUR)
            an_offer(people, episode)
            talk = an_interview(people, episode, kid=kid, held_at=NOW if number % 3 == 0 else None)
            a_request(talk)
    visitor = visit(getattr(people, name))
    # The house's own key is looked up once by each process.
    visitor.get("/")
    searches()
    visitor.get(path)
    assert 0 < searches() <= 6
