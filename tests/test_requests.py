"""Requests as the office meets them: made at the end of a talk, answered, passed on, and brought back."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from interview.access import COUNCIL, EVERYONE, Audience
from interview.addenda import Addition
from interview.answers import SaidBy
from interview.requests import Asking, Owner, State, Step, Stepped
from records.addenda import add_addendum
from records.database import db
from records.interviews import finish
from records.requests import Which, requests, requests_of_child, requests_of_home, take_step
from records.tables import Interview, Request
from tests.people import People, Someone, a_finished_talk, answer, keeping

# A Wednesday.
NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
LOCK = "A lock on my own door"
SISTER = "My sister. Nobody drives me."


@pytest.fixture(autouse=True)
def _on_a_wednesday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def talk(app: Flask, people: People) -> str:
    """A finished talk in which Robin wants a lock, for all to read, and to see a sister, not for the home."""
    with keeping(app):
        said = {"why": "It is loud.", "would_help": LOCK}
        held = a_finished_talk(people, said, [answer("want_to_see", SISTER, audience=COUNCIL)], held_at=NOW)
        return held.id


def of(app: Flask, people: People, who: str) -> dict[str, Asking]:
    """What one of the cast finds of Robin's requests, by question."""
    someone: Someone = getattr(people, who)
    with app.app_context():
        return {one.question: one for one in requests_of_child(someone.reader, people.robin.id)}


def test_a_finished_talk_asks_for_what_the_child_asked_for(app: Flask, people: People, talk: str) -> None:
    found = of(app, people, "cora")
    assert {key: (one.words, one.asked_of, one.due_on) for key, one in found.items()} == {
        "would_help": (LOCK, Owner.HOME, date(2026, 12, 2)),
        "want_to_see": (SISTER, Owner.SOCIAL_WORKER, date(2026, 12, 2)),
    }
    assert all(one.state is State.OPEN and one.talk == talk for one in found.values())


def test_finishing_twice_asks_once(app: Flask, people: People, talk: str) -> None:
    with keeping(app):
        finish(db.session.get_one(Interview, talk), NOW)
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Request)) == 2


def test_each_finds_what_the_child_lets_them_read(app: Flask, people: People, talk: str) -> None:
    assert set(of(app, people, "ines")) == set(of(app, people, "ivan")) == {"would_help", "want_to_see"}
    assert set(of(app, people, "maya")) == {"would_help"}
    assert of(app, people, "mark") == of(app, people, "iris") == of(app, people, "omar") == {}


def test_what_is_asked_for_later_is_asked_too(app: Flask, people: People, talk: str) -> None:
    with keeping(app):
        said = Addition(SaidBy.CHILD_TYPED, "And a key", "Robin rang.", chosen=EVERYONE, asks=True)
        add_addendum(db.session.get_one(Interview, talk), people.ines.id, NOW, said)
    with app.app_context():
        mine = requests(people.maya.reader, Which.MINE)
    assert {one.words for one in mine} == {LOCK, "And a key"}


def take(app: Flask, people: People, who: str, question: str, kind: Step, **facts: Any) -> None:
    """One of the cast takes a step with one of Robin's requests."""
    someone: Someone = getattr(people, who)
    asking = of(app, people, "cora")[question]
    with keeping(app):
        step = Stepped(kind, datetime.now(UTC), someone.name, asking.asked_of, **facts)
        take_step(db.session.get_one(Request, asking.key), step, someone.id, datetime.now(UTC))


def test_each_answer_stays_and_says_who(app: Flask, people: People, talk: str) -> None:
    take(app, people, "maya", "would_help", Step.WILL_DO, words="Ordered.", on_day=date(2026, 11, 27))
    take(app, people, "maya", "would_help", Step.DONE, words="It is on.", on_day=date(2026, 11, 18))
    found = of(app, people, "ivan")["would_help"]
    assert [(one.kind, one.by, one.words) for one in found.steps] == [
        (Step.WILL_DO, "Maya Lindqvist", "Ordered."),
        (Step.DONE, "Maya Lindqvist", "It is on."),
    ]
    assert found.state is State.DONE


def test_the_lists_of_each(app: Flask, people: People, talk: str) -> None:
    def listed(who: str, which: Which) -> list[str]:
        someone: Someone = getattr(people, who)
        return [one.question for one in requests(someone.reader, which)]

    with app.app_context():
        assert listed("maya", Which.MINE) == ["would_help"]
        assert listed("cora", Which.MINE) == ["want_to_see"]
        assert listed("cora", Which.OTHERS) == ["would_help"]
        assert sorted(listed("ivan", Which.OTHERS)) == ["want_to_see", "would_help"]
    take(app, people, "maya", "would_help", Step.PASSED_ON, words="Why.", passed_to=Owner.SOCIAL_WORKER)
    with app.app_context():
        assert listed("maya", Which.MINE) == listed("maya", Which.OTHERS) == []
        assert listed("maya", Which.ANSWERED) == ["would_help"]
        assert sorted(listed("cora", Which.MINE)) == ["want_to_see", "would_help"]
    take(app, people, "cora", "would_help", Step.DONE, words="Done.", on_day=date(2026, 11, 18))
    with app.app_context():
        assert listed("cora", Which.ANSWERED) == ["would_help"]
        [seen] = requests(people.maya.reader, Which.ANSWERED)
        assert [one.kind for one in seen.steps] == [Step.PASSED_ON]


def test_what_is_put_to_somebody_else_before_the_home_answered_was_never_asked_of_it(
    app: Flask, people: People, talk: str
) -> None:
    take(app, people, "cora", "would_help", Step.PUT_RIGHT, words="Ours.", passed_to=Owner.SERVICE)
    assert of(app, people, "maya") == {}


def test_the_summary_of_a_home_has_what_the_home_sees_whoever_reads_it(
    app: Flask, people: People, talk: str
) -> None:
    period = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
    with app.app_context():
        for who in (people.maya, people.cora):
            assert [one.words for one in requests_of_home(who.reader, people.larch.id, *period)] == [LOCK]
        assert requests_of_home(people.mark.reader, people.larch.id, *period) == ()


def test_what_only_the_home_may_read_is_asked_of_the_home(app: Flask, people: People) -> None:
    with keeping(app):
        a_finished_talk(people, {"would_help": LOCK}, audience=frozenset({Audience.HOME}))
    assert [one.words for one in of(app, people, "maya").values()] == [LOCK]
    assert of(app, people, "cora") == of(app, people, "ivan") == {}
