"""One talk about several absences: each stays counted, with its own clock, and all are named."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from interview.clock import Standing
from records.answers import keep
from records.database import db
from records.interviews import covered_by, finish
from records.returns import returns_of
from records.tables import Episode, Interview
from tests.conftest import Visit
from tests.people import People, an_episode, an_interview, answer, keeping
from tests.visitor import Visitor, page_of

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def two(app: Flask, people: People) -> tuple[str, str]:
    """Robin was away twice, five days and one day ago: both returns wait for a talk."""
    with keeping(app):
        back = (NOW - 5 * DAY, NOW - DAY)
        first, second = (an_episode(people, returned_at=one).id for one in back)
    return first, second


@pytest.fixture
def cora(visit: Visit, people: People) -> Visitor:
    """Cora, who coordinates Fenmoor."""
    return visit(people.cora)


def give(cora: Visitor, people: People, episode: str, *more: str) -> str:
    """Cora gives the talk about these returns to Ines; gives what is shown then."""
    page = f"/episodes/{episode}/allocation"
    return cora.submit(page, interviewer=people.ines.id, episodes=list(more), save="1").text


def talks(app: Flask) -> list[list[str]]:
    """Which returns each talk is about, in the order of their ids: all of them were given at one moment."""
    with app.app_context():
        return sorted(
            sorted(one.id for one in covered_by(talk)) for talk in db.session.scalars(sa.select(Interview))
        )


def test_one_talk_is_given_for_both(cora: Visitor, people: People, app: Flask, two: tuple[str, str]) -> None:
    give(cora, people, *two)
    assert talks(app) == [sorted(two)]
    assert "in the same talk" in page_of(cora.get(f"/episodes/{two[0]}")).text


def test_a_return_joins_a_talk_that_is_not_begun(
    cora: Visitor, people: People, app: Flask, two: tuple[str, str]
) -> None:
    give(cora, people, two[0])
    give(cora, people, two[1], two[0])
    assert talks(app) == [sorted(two)]


def test_no_return_joins_a_talk_that_has_been_begun(
    cora: Visitor, people: People, app: Flask, two: tuple[str, str]
) -> None:
    give(cora, people, two[0])
    with keeping(app):
        db.session.execute(sa.update(Interview).values(held_at=NOW - 2 * DAY))
    give(cora, people, two[1], two[0])
    give(cora, people, two[1])
    assert talks(app) == sorted([[two[0]], [two[1]]])


def test_a_talk_that_has_been_begun_keeps_its_returns_whoever_holds_it(
    cora: Visitor, people: People, app: Flask, two: tuple[str, str]
) -> None:
    give(cora, people, *two)
    with keeping(app):
        db.session.execute(sa.update(Interview).values(held_at=NOW))
    assert "stays about these returns too" in cora.get(f"/episodes/{two[1]}/allocation").text
    give(cora, people, two[1])
    assert talks(app) == [sorted(two)]


def test_each_absence_has_its_own_clock_and_has_had_its_talk(
    app: Flask, people: People, two: tuple[str, str]
) -> None:
    with keeping(app):
        episodes = [db.session.get_one(Episode, one) for one in two]
        finish(an_interview(people, *episodes), NOW, NOW)
        returns = returns_of(people.cora.reader, people.robin.id, NOW).all
        assert all(one.closed and one.finished for one in returns)
        assert [one.standing for one in returns] == [Standing.HELD_IN_TIME, Standing.HELD_LATE]
        assert len({one.due_at for one in returns}) == 2


def test_the_brief_and_the_summary_name_both(
    app: Flask, people: People, visit: Visit, two: tuple[str, str]
) -> None:
    with keeping(app):
        talk = an_interview(people, *(db.session.get_one(Episode, one) for one in two))
        an_episode(people, returned_at=NOW - 20 * DAY)
        keep(talk, [answer()], people.ines.id, NOW)
        brief = talk.id
    shown = page_of(visit(people.ines).get(f"/interviews/{brief}")).text
    assert "back on 13 November 2026" in shown
    assert "back on 17 November 2026" in shown
    with keeping(app):
        finish(db.session.get_one(Interview, brief), NOW)
    summary = page_of(visit(people.ivan).get(f"/children/{people.robin.id}/summary")).text
    assert "one talk, also about the absence of 13 November 2026" in summary
    assert "one talk, also about the absence of 17 November 2026" in summary
    assert summary.count("one talk, also about") == 2
