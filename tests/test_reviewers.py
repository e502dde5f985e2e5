"""Who runs a child's reviews is chosen beside the child, and reads from that day on."""

import pytest
from flask import Flask

from records.database import db
from records.tables import Episode
from tests.conftest import Visit
from tests.people import People, an_episode, an_offer, keeping
from tests.visitor import Visitor, filled_in, page_of


@pytest.fixture
def episode(app: Flask, people: People) -> str:
    """A return of Robin, whose reviews Ivan runs."""
    with keeping(app):
        return an_episode(people, people.robin).id


@pytest.fixture
def cora(visit: Visit, people: People) -> Visitor:
    """Cora, signed in."""
    return visit(people.cora)


def choose(cora: Visitor, episode: str, reviewer: str) -> None:
    cora.submit(f"/episodes/{episode}/child", reviewer=reviewer)


def summary_of(people: People) -> str:
    return f"/children/{people.robin.id}/summary"


def test_the_one_who_runs_them_now_is_shown(cora: Visitor, episode: str, people: People) -> None:
    form = page_of(cora.get(f"/episodes/{episode}/child")).find("form", method="post")[-1]
    assert filled_in(form)["reviewer"] == [people.ivan.id]


def test_another_reviewing_officer_reads_from_now_on_and_the_first_no_more(
    cora: Visitor, visit: Visit, episode: str, people: People
) -> None:
    choose(cora, episode, people.iris.id)
    assert visit(people.iris).get(summary_of(people)).status_code == 200
    assert visit(people.ivan).get(summary_of(people)).status_code == 404


def test_nobody_else_can_be_chosen(cora: Visitor, visit: Visit, episode: str, people: People) -> None:
    choose(cora, episode, people.maya.id)
    assert visit(people.ivan).get(summary_of(people)).status_code == 200


def test_what_the_child_wants_stands_where_the_interviewer_is_chosen(
    app: Flask, cora: Visitor, episode: str, people: People
) -> None:
    with keeping(app):
        found = db.session.get_one(Episode, episode)
        an_offer(people, found, outcome="declined", why="What is the point?", wanted="Not at the home")
    text = cora.get(f"/episodes/{episode}/allocation").text
    assert "Not at the home" in text
    assert "What is the point?" in text
