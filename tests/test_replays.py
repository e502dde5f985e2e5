"""What was filled in on a tablet without a signal is done as it would have been online, once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from interview.late import Why
from records.concerns import account_of, concern_clocks, concerns_of, since_of, tellings_of
from records.database import db
from records.tables import Concern, Interview, Late, LogEntry, Offer, TalkFound
from tests.conftest import NOON, Visit
from tests.people import PASSWORD, People, an_interview, keeping
from tests.test_sync import OnTablet, late_in, written

HOUR = timedelta(hours=1)
WORDS = "He comes into my room at night."


@pytest.fixture
def talk(clock: time_machine.Traveller, people: People, app: Flask) -> str:
    """The id of a talk that was given to Ines at noon."""
    with keeping(app):
        return an_interview(people).id


@pytest.fixture
def ines(talk: str, people: People, visit: Visit) -> OnTablet:
    """Ines at her tablet, with the talk on it."""
    mine = OnTablet(visit(people.ines))
    take(mine, talk)
    return mine


@pytest.fixture
def back_in_town(clock: time_machine.Traveller, ines: OnTablet) -> Callable[[float], None]:
    """So many hours after noon there is a signal, and she signs in again on the spot."""

    def come(hours: float) -> None:
        clock.move_to(NOON + hours * HOUR)
        proof = {"name": "ines", "password": PASSWORD, "with_the_child": None}
        answer = ines.visitor.client.post("/tablet/sign-in", json=proof)
        ines.visitor.token = answer.get_json()["token"]

    return come


def take(tablet: OnTablet, talk: str) -> dict[str, Any]:
    """She takes the talk along."""
    body = {"interviews": [talk], "device": tablet.device, "slot": tablet.slot}
    draft: dict[str, Any] = tablet.visitor.post("/tablet/take", json=body).get_json()["drafts"][0]
    return draft


def form(talk: str, kind: str, *fields: tuple[str, str], hours: float = 1) -> dict[str, Any]:
    """A form that was filled in so many hours after noon."""
    at = (NOON + hours * HOUR).isoformat()
    about = {"op_id": str(uuid4()), "kind": kind, "interview": talk, "device_time": at, "after": []}
    return about | {"fields": [list(one) for one in fields]}


def urgent(talk: str, *more: tuple[str, str], hours: float = 1) -> dict[str, Any]:
    """Somebody is in danger, as she wrote it down."""
    return form(talk, "urgent", ("dangers", "sexual-abuse"), ("said", WORDS), *more, hours=hours)


def finished(talk: str, *fields: tuple[str, str]) -> dict[str, Any]:
    """She finishes the talk on her tablet."""
    return form(talk, "finish", *fields, hours=3)


def all_that_is_needed(draft: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    """An answer of the child's to each question that finishing waits for: that they would rather not say."""
    named = [
        facts["data-needs"].split()[0]
        for _tag, facts in _elements(draft["sheets"]["finish"]["tree"])
        if _tag == "li"
    ]
    return [written(draft["interview"], key, None, skipped="rather-not-say", **more) for key in named]


def _elements(tree: list[Any]) -> list[tuple[str, dict[str, str]]]:
    inside = [one for child in tree[2:] if isinstance(child, list) for one in _elements(child)]
    return [(tree[0], tree[1]), *inside]


@pytest.fixture
def dangers(app: Flask, talk: str) -> Callable[[], list[Concern]]:
    """What is written down of dangers."""

    def read() -> list[Concern]:
        with app.app_context():
            return list(concerns_of(db.session.get_one(Interview, talk)))

    return read


def test_a_danger_runs_from_when_it_was_written_and_says_when_it_came(
    app: Flask, ines: OnTablet, talk: str, back_in_town: Callable[[float], None]
) -> None:
    one = urgent(talk, ("not_safe", "this-child"), ("whom", "police"), ("at", "2026-11-18T13:10"))
    back_in_town(4)
    assert ines.send(one).get_json()["accepted"] == [one["op_id"]]
    with app.app_context():
        [concern] = concerns_of(db.session.get_one(Interview, talk))
        assert (concern.id, concern.raised_at, concern.recorded_at) == (
            one["op_id"],
            NOON + HOUR,
            NOON + 4 * HOUR,
        )
        assert set(since_of(concern).values()) == {NOON + HOUR}
        [entry] = account_of(concern)
        assert (entry.said, entry.at, entry.reached) == (WORDS, NOON + HOUR, NOON + 4 * HOUR)
        [told] = tellings_of(concern)
        assert (told.whom, told.at) == ("police", NOON + timedelta(minutes=70))
        assert all(one.due_at.date() == NOON.date() for one in concern_clocks(concern, "england"))


def test_who_reads_of_a_danger_sees_both_times(
    ines: OnTablet, talk: str, people: People, visit: Visit, back_in_town: Callable[[float], None]
) -> None:
    one = urgent(talk)
    back_in_town(4)
    ines.send(one)
    page = visit(people.cora).get(f"/concerns/{one['op_id']}").text
    assert "Written down by Ines Okafor on 18 November 2026, 13:00" in page
    assert "it reached Heard on 18 November 2026, 16:00" in page


@pytest.mark.parametrize("hours", [9, -48])
def test_a_wrong_clock_is_believed_no_further_than_it_can_be_right(
    ines: OnTablet,
    talk: str,
    back_in_town: Callable[[float], None],
    dangers: Callable[[], list[Concern]],
    hours: float,
) -> None:
    one = urgent(talk, hours=hours)
    back_in_town(2)
    ines.send(one)
    [concern] = dangers()
    assert concern.raised_at == (NOON + 2 * HOUR if hours > 0 else NOON)


def test_ten_times_sent_is_one_danger(
    ines: OnTablet, talk: str, dangers: Callable[[], list[Concern]]
) -> None:
    one = urgent(talk)
    for _ in range(3):
        assert ines.send(one, one).get_json()["accepted"].count(one["op_id"]) >= 1
    assert len(dangers()) == 1


def test_what_she_wrote_later_goes_on_with_the_same_danger(app: Flask, ines: OnTablet, talk: str) -> None:
    first = urgent(talk)
    second = form(talk, "urgent", ("about", first["op_id"]), ("done", "I stayed with them."), hours=1.5)
    ines.send(first, second)
    with app.app_context():
        [concern] = concerns_of(db.session.get_one(Interview, talk))
        assert [(one.said, one.done) for one in account_of(concern)] == [
            (WORDS, ""),
            ("", "I stayed with them."),
        ]


def test_no_field_is_a_reason_to_wait_with_a_danger(
    ines: OnTablet, talk: str, dangers: Callable[[], list[Concern]]
) -> None:
    odd = ("whom", "nobody-we-know"), ("at", "yesterday"), ("not_safe", "x"), ("name", "n" * 900)
    ines.send(urgent(talk, *odd, ("dangers", "unheard-of")))
    [concern] = dangers()
    assert list(since_of(concern)) == ["sexual-abuse"]


def test_a_danger_is_one_also_when_the_talk_is_somebody_elses_by_then(
    app: Flask, ines: OnTablet, talk: str, people: People, dangers: Callable[[], list[Concern]]
) -> None:
    with keeping(app):
        db.session.get_one(Interview, talk).interviewer_id = people.omar.id
    ines.send(urgent(talk))
    assert [concern.raised_by for concern in dangers()] == [people.ines.id]
    assert late_in(app) == []


def test_who_never_had_the_talk_along_writes_nothing_into_it(
    app: Flask, talk: str, people: People, visit: Visit, dangers: Callable[[], list[Concern]]
) -> None:
    omar = OnTablet(visit(people.omar))
    one = urgent(talk)
    omar.send(one)
    assert dangers() == []
    assert late_in(app) == [(one["op_id"], Why.NOT_YOURS)]


def test_an_answer_about_harm_starts_its_clock_when_it_was_said(
    ines: OnTablet, talk: str, back_in_town: Callable[[float], None], dangers: Callable[[], list[Concern]]
) -> None:
    said = written(talk, "adult_hurt", "yes", device_time=(NOON + HOUR).isoformat())
    back_in_town(5)
    ines.send(said)
    assert [concern.raised_at for concern in dangers()] == [NOON + HOUR]


def test_a_talk_was_held_when_its_first_word_was_written(
    app: Flask, ines: OnTablet, talk: str, back_in_town: Callable[[float], None]
) -> None:
    said = written(talk, device_time=(NOON + HOUR).isoformat())
    back_in_town(24)
    ines.send(said)
    with app.app_context():
        interview = db.session.get_one(Interview, talk)
        assert (interview.held_at, interview.welcomed_at) == (NOON + HOUR, NOON + HOUR)


def test_a_talk_is_finished_with_all_that_was_said(
    app: Flask, ines: OnTablet, talk: str, back_in_town: Callable[[float], None]
) -> None:
    answers = all_that_is_needed(take(ines, talk))
    back_in_town(4)
    ines.send(finished(talk), *answers)
    assert late_in(app) == []
    with app.app_context():
        assert db.session.get_one(Interview, talk).finished_at == NOON + 4 * HOUR


def test_what_is_missing_is_waited_for(app: Flask, ines: OnTablet, talk: str) -> None:
    *answers, last = all_that_is_needed(take(ines, talk))
    end = finished(talk)
    ines.send(*answers, end)
    assert late_in(app) == [(end["op_id"], Why.MISSING)]
    ines.send(last)
    assert late_in(app) == []
    with app.app_context():
        assert db.session.get_one(Interview, talk).finished_at is not None


def test_nothing_goes_to_the_home_that_nobody_has_looked_at(app: Flask, ines: OnTablet, talk: str) -> None:
    answers = all_that_is_needed(take(ines, talk))
    told = written(talk, "would_help", "A lock on my door.", audience=["home", "social-worker"])
    end = finished(talk)
    ines.send(*[one for one in answers if one["question"] != "would_help"], told, end)
    assert late_in(app) == [(end["op_id"], Why.MISSING)]
    again = finished(talk, ("shown", f"would_help:{told['op_id']}"), ("keep_back", "would_help"))
    ines.send(again)
    with app.app_context():
        assert db.session.get_one(Interview, talk).finished_at is not None


def test_other_words_to_the_same_question_are_not_those_that_were_looked_at(
    app: Flask, ines: OnTablet, talk: str
) -> None:
    answers = [one for one in all_that_is_needed(take(ines, talk)) if one["question"] != "would_help"]
    told = written(talk, "would_help", "A lock on my door.", audience=["home", "social-worker"])
    other = told | {"op_id": "other-words", "value": "Not Ben's room.", "base_op": told["op_id"]}
    ines.send(*answers, told, other)
    end = finished(talk, ("shown", f"would_help:{told['op_id']}"))
    ines.send(end)
    assert late_in(app) == [(end["op_id"], Why.MISSING)]
    ines.send(finished(talk, ("shown", "would_help:other-words")))
    with app.app_context():
        assert db.session.get_one(Interview, talk).finished_at is not None


def test_a_no_is_logged_on_the_return_with_the_day_to_ask_again(
    app: Flask, ines: OnTablet, talk: str, back_in_town: Callable[[float], None]
) -> None:
    at, again = ("at", "2026-11-18T13:00"), ("ask_again_on", "2026-11-19")
    one = form(talk, "put-off", ("said", "not-now"), ("why", "Tired."), at, again, ("channel", "in-person"))
    # That day is over when it comes; it was a day to come when it was written.
    back_in_town(48)
    ines.send(one, one)
    assert late_in(app) == []
    with app.app_context():
        offers = db.session.scalars(sa.select(Offer)).all()
        assert [(offer.why, offer.by_whom) for offer in offers] == [("Tired.", "Ines Okafor")]


def test_a_no_that_cannot_be_so_is_kept_for_its_writer(app: Flask, ines: OnTablet, talk: str) -> None:
    one = form(talk, "put-off", ("said", "not-now"), ("at", "2026-11-18T11:00"), ("channel", "in-person"))
    ines.send(one)
    assert late_in(app) == [(one["op_id"], Why.REFUSED)]


def test_how_it_was_is_counted_once_and_kept_nowhere(app: Flask, ines: OnTablet, talk: str) -> None:
    answers = all_that_is_needed(take(ines, talk))
    one = form(talk, "found", ("face", "4"), ("listened", "yes"))
    ines.send(*answers, finished(talk))
    ines.send(one, one)
    with app.app_context():
        assert db.session.scalars(sa.select(TalkFound.times)).all() == [1, 1]
        assert db.session.scalars(sa.select(Late)).all() == []


def test_who_takes_a_talk_along_is_written_down(app: Flask, ines: OnTablet, talk: str) -> None:
    with app.app_context():
        looked = db.session.scalars(sa.select(LogEntry)).all()
        assert any(one.record_id == talk and one.act == "hold-interview" for one in looked)


def test_nobody_takes_along_a_talk_that_is_not_theirs(talk: str, people: People, visit: Visit) -> None:
    for person in (people.omar, people.maya, people.ivan, people.cora):
        theirs = OnTablet(visit(person))
        body = {"interviews": [talk], "device": theirs.device, "slot": theirs.slot}
        assert theirs.visitor.post("/tablet/take", json=body).status_code in {403, 404}
