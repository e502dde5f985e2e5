"""Someone is not safe: what a worker sees, writes down and tells, and who sees it then."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from interview.concerns import ConcernKind
from interview.duties import Danger
from interview.numbers import Number
from records.concerns import account_of, concerns_of, raise_concern, since_of, tellings_of
from records.database import db
from records.numbers import keep_numbers
from records.pins import set_pin
from records.tables import Concern, ContactNumber, Disclosure, Interview, Person
from tests.conftest import NOON, Visit
from tests.people import People, an_interview, answer, keeping
from tests.visitor import Visitor, page_of

WORDS = "He comes into my room at night."
PIN = "260931"
NUMBERS = (
    Number("social-care", "020 7946 0101", "office-hours"),
    Number("duty-team", "020 7946 0102", "out-of-hours"),
    Number("designated-officer", "020 7946 0103", "office-hours"),
)


@pytest.fixture
def talk(clock: time_machine.Traveller, people: People, app: Flask) -> str:
    """The id of the talk that Ines holds with Robin."""
    with keeping(app):
        return an_interview(people).id


@pytest.fixture
def numbers(app: Flask, people: People, clock: time_machine.Traveller) -> None:
    """Fenmoor has kept its numbers."""
    with keeping(app):
        keep_numbers(people.fenmoor.id, NUMBERS, people.cora.id, NOON)


@pytest.fixture
def kept(app: Flask) -> Callable[[], list[dict[str, Any]]]:
    """What is kept about each danger, in order."""

    def read() -> list[dict[str, Any]]:
        with app.app_context():
            rows = db.session.scalars(sa.select(Concern).order_by(Concern.raised_at, Concern.id))
            return [
                {
                    "kind": row.kind,
                    "dangers": set(since_of(row)),
                    "who": row.not_safe,
                    "due": row.due_at,
                    "told_at": row.told_at,
                    "words": row.words,
                    "account": [(one.said, one.done, one.by) for one in account_of(row)],
                    "told": [(one.whom, one.name, one.number, one.at) for one in tellings_of(row)],
                }
                for row in rows
            ]

    return read


def page(talk: str, more: str = "") -> str:
    """The address of the page."""
    return f"/interviews/{talk}/urgent{more}"


def write(visitor: Visitor, talk: str, **typed: Any) -> Any:
    """She writes down what there is, and presses Save."""
    return visitor.submit(page(talk), **({"save": "1"} | typed))


def say(visitor: Visitor, talk: str, question: str, value: Any, **facts: Any) -> None:
    """The child says something in the talk."""
    said = answer(question, value, **facts)
    body = {
        "answers": [
            {
                "op_id": said.op_id,
                "question": said.question,
                "set": said.question_set,
                "value": said.value,
                "said_by": "word-for-word",
                "audience": [],
                "base_op": said.base_op,
            }
        ]
    }
    assert visitor.post(f"/interviews/{talk}/answers", json=body).get_json()["accepted"] == [said.op_id]


def test_first_999_then_five_lines_then_whom_to_ring(
    visit: Visit, people: People, talk: str, numbers: None
) -> None:
    shown = page_of(visit(people.ines).get(page(talk)))
    assert [link.attributes["href"] for link in shown.find("a") if "tel:" in link.attributes["href"]] == [
        "tel:999", "tel:02079460101", "tel:02079460103", "tel:02079460102", "tel:101",
    ]  # fmt: skip
    assert len(shown.find("ol", **{"class": "urgent__lines"})[0].find("li")) == 5
    assert "Robin" not in shown.text


@pytest.mark.parametrize(
    ("at", "first"),
    [
        (datetime(2026, 11, 18, 18, tzinfo=UTC), "tel:02079460102"),
        (datetime(2026, 11, 21, 12, tzinfo=UTC), "tel:02079460102"),
        (datetime(2026, 12, 28, 12, tzinfo=UTC), "tel:02079460102"),
        (datetime(2026, 11, 19, 9, tzinfo=UTC), "tel:02079460101"),
    ],
)
def test_the_number_to_ring_right_now_stands_first(
    visit: Visit, people: People, talk: str, numbers: None,
    clock: time_machine.Traveller, at: datetime, first: str,
) -> None:  # fmt: skip
    clock.move_to(at)
    links = [a.attributes["href"] for a in page_of(visit(people.ines).get(page(talk))).find("a")]
    assert [link for link in links if link.startswith("tel:")][1] == first


def test_where_no_number_is_kept_it_says_what_to_do(visit: Visit, people: People, talk: str) -> None:
    shown = page_of(visit(people.ines).get(page(talk))).text
    assert "No number is kept here for children's social care at this hour. Ring 101" in shown
    assert "999" in shown


def test_what_is_written_down_has_its_own_clock_at_once(
    visit: Visit, people: People, talk: str, kept: Callable[[], list[dict[str, Any]]]
) -> None:
    ines = visit(people.ines)
    write(ines, talk, not_safe="this-child", dangers=["adult-at-work"], said=WORDS, done="Stayed with her.")
    (one,) = kept()
    assert one["kind"] == "allegation"
    assert one["due"] == datetime(2026, 11, 19, 17, tzinfo=UTC)
    assert one["account"] == [(WORDS, "Stayed with her.", "Ines Okafor")]
    assert one["who"] == "this-child"
    cora = visit(people.cora)
    assert WORDS in cora.get("/concerns").text
    assert "Harm by an adult who works with children" in page_of(ines.get(f"/interviews/{talk}")).text


def test_what_was_written_is_not_shown_again_to_bystanders(visit: Visit, people: People, talk: str) -> None:
    ines = visit(people.ines)
    write(ines, talk, dangers=["self-harm"], said=WORDS)
    shown = ines.get(page(talk)).text
    assert WORDS not in shown
    assert "Still to do by 18 November 2026, 23:59:" in page_of(ines.get(page(talk))).text


def test_half_a_sentence_is_enough_to_be_saved(
    visit: Visit, people: People, talk: str, kept: Callable[[], list[dict[str, Any]]]
) -> None:
    write(visit(people.ines), talk, said="Her uncle")
    (one,) = kept()
    assert one["dangers"] == {Danger.OTHER}
    assert one["who"] is None


def test_more_is_added_and_nothing_is_lost(
    visit: Visit, people: People, talk: str, kept: Callable[[], list[dict[str, Any]]]
) -> None:
    ines = visit(people.ines)
    write(ines, talk, said="Her uncle")
    write(ines, talk, dangers=["sexual-abuse"], said="On Sundays.", not_safe="another-child")
    (one,) = kept()
    assert one["dangers"] == {Danger.OTHER, Danger.SEXUAL_ABUSE}
    assert [said for said, _done, _by in one["account"]] == ["Her uncle", "On Sundays."]
    assert one["who"] == "another-child"


def test_several_are_told_one_after_the_other_and_the_clock_stops(
    visit: Visit, people: People, talk: str, app: Flask, kept: Callable[[], list[dict[str, Any]]]
) -> None:
    ines = visit(people.ines)
    write(ines, talk, dangers=["sexual-abuse"], said=WORDS)
    write(ines, talk, whom="social-worker", name="Duty team", number="020 7946 0102", at="2026-11-18T11:50")
    assert kept()[0]["told_at"] is None
    write(ines, talk, whom="police", name="PC Obi", number="ref. 12", at="2026-11-18T11:55", child_knows="y")
    (one,) = kept()
    assert one["told_at"] == datetime(2026, 11, 18, 11, 55, tzinfo=UTC)
    assert [(whom, name) for whom, name, *_ in one["told"]] == [
        ("social-worker", "Duty team"), ("police", "PC Obi"),
    ]  # fmt: skip
    with app.app_context():
        shared = db.session.scalars(sa.select(Disclosure).order_by(Disclosure.at)).all()
        assert [(row.with_role, row.with_whom, row.child_told) for row in shared] == [
            ("social-worker", "Duty team · 020 7946 0102", False),
            ("police", "PC Obi · ref. 12", True),
        ]
        assert all(row.what == WORDS and row.concern_id for row in shared)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"whom": "police", "at": "2026-11-18T12:01"}, "in the future"),
        ({"whom": "police", "at": "half past"}, "Enter a day and a time"),
        ({"dangers": ["the-moon"]}, "Choose one of these"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(
    visit: Visit, people: People, talk: str, typed: dict[str, Any], sentence: str,
    kept: Callable[[], list[dict[str, Any]]],
) -> None:  # fmt: skip
    shown = write(visit(people.ines), talk, said=WORDS, name="PC Obi", **typed)
    assert sentence in page_of(shown).text
    assert WORDS in shown.text
    assert "PC Obi" in shown.text
    assert kept() == []


def test_a_button_that_is_pressed_twice_writes_nothing_twice(
    visit: Visit,
    people: People,
    talk: str,
    app: Flask,
    clock: time_machine.Traveller,
    kept: Callable[[], list[dict[str, Any]]],
) -> None:
    ines = visit(people.ines)
    shown = ines.get(page(talk))
    for _press in range(2):
        ines.send(shown, save="1", said=WORDS, whom="police", name="PC Obi", dangers=["now"])
        clock.shift(timedelta(seconds=61))
    (one,) = kept()
    assert len(one["account"]) == len(one["told"]) == 1
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Disclosure)) == 1


def test_an_empty_press_says_what_to_do(visit: Visit, people: People, talk: str) -> None:
    assert "Nothing was written down yet" in page_of(write(visit(people.ines), talk)).text


def test_what_an_answer_has_raised_is_gone_on_with(
    visit: Visit, people: People, talk: str, kept: Callable[[], list[dict[str, Any]]]
) -> None:
    ines = visit(people.ines)
    say(ines, talk, "adult_hurt", "yes")
    write(ines, talk, dangers=["adult-at-work", "sexual-abuse"], said=WORDS)
    (one,) = kept()
    assert one["dangers"] == {Danger.ADULT_AT_WORK, Danger.SEXUAL_ABUSE}


def test_an_answer_about_what_is_written_down_opens_no_second_one(
    visit: Visit, people: People, talk: str, kept: Callable[[], list[dict[str, Any]]]
) -> None:
    ines = visit(people.ines)
    write(ines, talk, dangers=["adult-at-work"], said=WORDS)
    write(ines, talk, whom="designated-officer")
    write(ines, talk, whom="social-worker")
    say(ines, talk, "adult_hurt", "yes")
    say(ines, talk, "adult_hurt_words", "He c", op_id="one")
    say(ines, talk, "adult_hurt_words", "He comes in.", base_op="one")
    (one,) = kept()
    assert one["told_at"] == NOON
    assert one["words"].endswith("He comes in.")
    assert "He c\n" not in one["words"]


def test_another_danger_in_the_same_talk_is_another_one(
    visit: Visit, people: People, talk: str, kept: Callable[[], list[dict[str, Any]]]
) -> None:
    ines = visit(people.ines)
    write(ines, talk, dangers=["adult-at-work"], said=WORDS)
    say(ines, talk, "reasons", {"chosen": ["D4"], "biggest": None})
    assert {*map(frozenset, (one["dangers"] for one in kept()))} == {
        frozenset({Danger.ADULT_AT_WORK}),
        frozenset({Danger.OTHER}),
    }
    write(ines, talk, about="new", dangers=["exploitation"], not_safe="another-child")
    assert len(kept()) == 3


def test_the_worker_chooses_what_she_goes_on_with(
    visit: Visit, people: People, talk: str, app: Flask, kept: Callable[[], list[dict[str, Any]]]
) -> None:
    with keeping(app):
        held = db.session.get_one(Interview, talk)
        raise_concern(held, ConcernKind.DANGER, "A card", people.ines.id, NOON - timedelta(hours=1))
        raise_concern(held, ConcernKind.ALLEGATION, "An answer", people.ines.id, NOON)
        db.session.flush()
        newest, oldest = [one.id for one in concerns_of(held)]
    write(visit(people.ines), talk, about=oldest, said=WORDS)
    assert newest != oldest
    assert [bool(one["account"]) for one in kept()] == [True, False]


@pytest.mark.parametrize("name", ["maya", "mark", "ivan", "iris", "omar", "cora"])
def test_the_page_is_for_whoever_holds_the_talk(visit: Visit, people: People, talk: str, name: str) -> None:
    expected = 403 if name in {"maya", "ivan", "cora"} else 404
    visitor = visit(getattr(people, name))
    assert visitor.get(page(talk)).status_code == expected
    assert visitor.post(page(talk), {"said": WORDS}).status_code == expected


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("?from=talk.talk&at=f-adult_hurt", "/talk#f-adult_hurt"),
        ("?from=talk.record", "/record"),
        ("?from=read_back.read_back", "/read-back"),
        ("", ""),
        ("?from=//evil.example&at=x", "#x"),
        ("?from=talk.talk&at=%22%3E%3Cb", "/talk"),
    ],
)
def test_the_way_back_leads_where_she_came_from(
    visit: Visit, people: People, talk: str, came_from: str, back: str
) -> None:
    ines = visit(people.ines)
    links = page_of(ines.get(page(talk, came_from))).find("a", **{"class": "govuk-back-link"})
    assert [link.attributes["href"] for link in links] == [f"/interviews/{talk}{back}"]
    ines.submit(page(talk, came_from), save="1", said=WORDS)
    links = page_of(ines.get(page(talk, came_from))).find("a", **{"class": "govuk-back-link"})
    assert [link.attributes["href"] for link in links] == [f"/interviews/{talk}{back}"]


def test_after_the_talk_is_finished_it_can_still_be_written_down(
    visit: Visit, people: People, talk: str, app: Flask, kept: Callable[[], list[dict[str, Any]]]
) -> None:
    with keeping(app):
        db.session.get_one(Interview, talk).finished_at = NOON
    write(visit(people.ines), talk, said=WORDS)
    assert len(kept()) == 1


# In the talk ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("screen", ["talk", "record", "read-back"])
def test_one_touch_leads_there_and_keeps_what_is_being_typed(
    visit: Visit, people: People, talk: str, app: Flask, screen: str
) -> None:
    ines = visit(people.ines)
    typed = {"worker_view": WORDS} if screen == "record" else {"why": WORDS}
    typed = {} if screen == "read-back" else typed
    led = ines.submit(f"/interviews/{talk}/{screen}", go="urgent f-why", **typed)
    assert led.location.startswith(page(talk, "?from="))
    assert WORDS not in ines.follow(led).text
    (back,) = page_of(ines.get(led.location)).find("a", **{"class": "govuk-back-link"})
    assert back.attributes["href"] == f"/interviews/{talk}/{screen}#f-why"
    if typed:
        assert WORDS in ines.get(f"/interviews/{talk}/{screen}").text


@pytest.mark.parametrize("screen", ["welcome", "numbers", "thanks", "until-then", "finish"])
def test_the_other_screens_lead_there_too(visit: Visit, people: People, talk: str, screen: str) -> None:
    ines = visit(people.ines)
    say(ines, talk, "ready", "not-now" if screen == "until-then" else "yes")
    links = page_of(ines.get(f"/interviews/{talk}/{screen}")).find("a")
    assert [a for a in links if a.attributes["href"].startswith(page(talk))]


def test_what_was_refused_does_not_stand_in_the_way(visit: Visit, people: People, talk: str) -> None:
    shown = visit(people.ines).submit(f"/interviews/{talk}/talk", go="urgent", why="x" * 20_001)
    links = page_of(shown).find("a")
    assert [a for a in links if a.attributes["href"].startswith(page(talk))]


THANKS = "Thank you for telling me. You can stop here or go on."


@pytest.mark.parametrize(("value", "times"), [("yes", 2), ("no", 1)])
def test_after_an_answer_of_harm_it_is_offered_at_the_end_of_the_part(
    visit: Visit, people: People, talk: str, value: str, times: int
) -> None:
    ines = visit(people.ines)
    say(ines, talk, "adult_hurt", value)
    # Once as what the script puts under an answer.
    assert ines.get(f"/interviews/{talk}/talk").text.count(THANKS) == times


def test_the_record_shows_what_is_written_down(visit: Visit, people: People, talk: str) -> None:
    ines = visit(people.ines)
    write(ines, talk, dangers=["exploitation"], said=WORDS)
    shown = page_of(ines.get(f"/interviews/{talk}/record")).text
    assert "Exploitation or trafficking" in shown
    assert WORDS not in shown


def test_while_the_child_has_the_tablet_the_pin_leads_there(
    visit: Visit, people: People, talk: str, app: Flask
) -> None:
    with keeping(app):
        set_pin(db.session.get_one(Person, people.ines.id), PIN)
    ines = visit(people.ines)
    ines.submit(f"/interviews/{talk}/talk", go="give")
    led = ines.submit(f"/interviews/{talk}/talk", go="urgent f-why")
    door = ines.follow(led)
    assert urlsplit(door.location).path == f"/interviews/{talk}/grown-up"
    shown = ines.get(door.location)
    wrong = ines.post(door.location, {"pin": "000111", "go": "take"})
    assert wrong.status_code == 200
    through = ines.post(door.location, {"pin": PIN, "go": "take"})
    assert "Whom to ring" not in shown.text + wrong.text
    assert "Whom to ring" in ines.follow(through).text
    (back,) = page_of(ines.get(through.location)).find("a", **{"class": "govuk-back-link"})
    assert back.attributes["href"] == f"/interviews/{talk}/talk#f-why"


# Numbers -------------------------------------------------------------------------------------------


def test_cora_is_told_what_is_missing_and_adds_it(
    visit: Visit, people: People, app: Flask, clock: time_machine.Traveller
) -> None:
    cora = visit(people.cora)
    where = f"/councils/{people.fenmoor.id}/numbers"
    assert where in cora.get("/").text
    cora.submit(where, **{
        "social-care__number": "020 7946 0101",
        "duty-team__number": "020 7946 0102",
        "designated-officer__number": "020 7946 0103",
        "designated-officer__hours": "always",
        "save": "1",
    })  # fmt: skip
    assert where not in cora.get("/").text
    assert "All numbers are kept." in cora.get("/numbers").text
    with app.app_context():
        rows = db.session.scalars(sa.select(ContactNumber).order_by(ContactNumber.who)).all()
        assert [(row.who, row.hours, row.changed_by) for row in rows] == [
            ("designated-officer", "always", people.cora.id),
            ("duty-team", "out-of-hours", people.cora.id),
            ("social-care", "office-hours", people.cora.id),
        ]


def test_a_number_that_is_none_is_refused_and_one_taken_away_is_gone(
    visit: Visit, people: People, numbers: None, app: Flask
) -> None:
    cora = visit(people.cora)
    where = f"/councils/{people.fenmoor.id}/numbers"
    refused = cora.submit(where, **{"duty-team__number": "ask Jo", "save": "1"})
    assert "Enter a telephone number" in page_of(refused).text
    assert "ask Jo" in refused.text
    cora.submit(where, **{"duty-team__number": "", "save": "1"})
    with app.app_context():
        assert set(db.session.scalars(sa.select(ContactNumber.who))) == {"social-care", "designated-officer"}


@pytest.mark.parametrize("name", ["ines", "maya", "ivan", "mark"])
def test_nobody_else_changes_numbers(visit: Visit, people: People, name: str) -> None:
    visitor = visit(getattr(people, name))
    assert visitor.get(f"/councils/{people.fenmoor.id}/numbers").status_code == 404
    assert visitor.get("/numbers").status_code == 403


def test_cora_keeps_the_numbers_of_her_own_council_only(visit: Visit, people: People) -> None:
    assert visit(people.cora).get(f"/councils/{people.carrow.id}/numbers").status_code == 404
