"""Cora logs each attempt, gives the talk to someone independent, and closes what is done."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from interview.london import to_london
from interview.offers import OUTCOMES
from records.allocation import checks_of
from records.database import db
from records.interviews import finish, to_hold
from records.tables import Episode, Interview, InterviewEpisode, Offer
from tests.conftest import NOON, Visit
from tests.people import People, an_episode, an_interview, an_offer, keeping
from tests.visitor import Visitor, page_of

HOUR = timedelta(hours=1)


@pytest.fixture
def cora(clock: time_machine.Traveller, visit: Visit, people: People) -> Visitor:
    """Cora, who coordinates Fenmoor."""
    return visit(people.cora)


@pytest.fixture
def back(cora: Visitor, people: People, app: Flask) -> str:
    """Robin is back since five hours: the address of that return."""
    with keeping(app):
        return f"/episodes/{an_episode(people).id}"


def attempt(cora: Visitor, back: str, outcome: str, **typed: Any) -> TestResponse:
    """Cora logs an attempt by telephone."""
    typed = {"channel": "telephone", "outcome": outcome, "why": "", "save": "1"} | typed
    return cora.submit(f"{back}/offers", **typed)


def give(cora: Visitor, back: str, person: str, **typed: Any) -> TestResponse:
    """Cora gives the talk to someone."""
    return cora.submit(f"{back}/allocation", interviewer=person, save="1", **typed)


def kept(app: Flask, table: type[Any]) -> list[Any]:
    """All rows of a table."""
    with app.app_context():
        return list(db.session.scalars(sa.select(table)).all())


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_is_logged_and_shown(cora: Visitor, back: str, outcome: str) -> None:
    page = page_of(cora.follow(attempt(cora, back, outcome, why="She was asleep."))).text
    assert OUTCOMES[outcome].words in page
    assert "Cora Mensah" in page


@pytest.mark.parametrize("outcome", [key for key, known in OUTCOMES.items() if known.needs_reason])
def test_a_no_needs_its_reason_and_nothing_is_lost(
    cora: Visitor, back: str, app: Flask, outcome: str
) -> None:
    shown = attempt(cora, back, outcome, carer_says="She was in her room.", wanted="A walk.")
    assert "Write the reason" in shown.text
    assert "She was in her room." in shown.text
    assert "A walk." in shown.text
    assert kept(app, Offer) == []


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        (NOON + HOUR, "in the future"),
        (NOON - 15 * HOUR, "had not left then"),
        (None, "Enter when the attempt was made"),
    ],
)
def test_an_attempt_has_a_possible_time(cora: Visitor, back: str, at: datetime | None, sentence: str) -> None:
    when = to_london(at).strftime("%Y-%m-%dT%H:%M") if at else ""
    assert sentence in page_of(attempt(cora, back, "accepted", at=when)).text


def test_an_attempt_before_the_return_is_welcome(cora: Visitor, back: str, app: Flask) -> None:
    attempt(cora, back, "accepted", at="2026-11-18T06:00")
    assert len(kept(app, Offer)) == 1


def test_twenty_thousand_characters_are_kept_to_the_letter(cora: Visitor, back: str, app: Flask) -> None:
    words = ("لا أريد أن أتكلم الآن.\n" * 1000)[:20_000].strip()
    attempt(cora, back, "declined", why=words.replace("\n", "\r\n"))
    with app.app_context():
        assert db.session.scalars(sa.select(Offer)).one().why == words


def test_one_more_is_refused_and_still_there(cora: Visitor, back: str) -> None:
    shown = attempt(cora, back, "declined", why="x" * 20_001)
    assert "shorter than 20000" in shown.text
    assert "x" * 20_001 in shown.text


def test_each_attempt_is_one_of_its_own(cora: Visitor, back: str, app: Flask) -> None:
    attempt(cora, back, "message-left")
    attempt(cora, back, "accepted")
    assert len(kept(app, Offer)) == 2


def test_the_same_attempt_sent_twice_is_one(cora: Visitor, back: str, app: Flask) -> None:
    attempt(cora, back, "message-left")
    attempt(cora, back, "message-left")
    assert len(kept(app, Offer)) == 1


def test_a_no_is_an_open_door(cora: Visitor, back: str, clock: time_machine.Traveller) -> None:
    attempt(cora, back, "declined", why="Leave me alone.", ask_again_on="2026-11-23")
    assert "Said no in time" in cora.get(back).text
    assert "Robin Achebe" not in page_of(cora.get("/")).text
    clock.move_to(datetime(2026, 11, 23, 0, 1, tzinfo=UTC))
    assert "sign-in" in cora.get("/").location


def test_on_the_day_robin_is_to_be_asked_again(
    visit: Visit, people: People, app: Flask, clock: time_machine.Traveller
) -> None:
    with keeping(app):
        an_offer(people, an_episode(people), outcome="declined", why="No.", ask_again_on=date(2026, 11, 23))
    seen = {}
    for moment in (datetime(2026, 11, 22, 23, 59, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)):
        clock.move_to(moment)
        seen[moment.day] = "To be asked again" in visit(people.cora).get("/").text
    assert seen == {22: False, 23: True}


def test_a_return_is_not_closed_without_an_offer_or_a_reason(cora: Visitor, back: str, app: Flask) -> None:
    assert "has not been offered" in cora.get(f"{back}/close").text
    cora.post(f"{back}/close", {"save": "1"})
    assert [one.closed_at for one in kept(app, Episode)] == [None]


def test_with_a_reason_it_is_closed_and_can_be_opened_again(cora: Visitor, back: str, app: Flask) -> None:
    attempt(cora, back, "not-offered-other", why="Moved to another council.")
    cora.submit(f"{back}/close", save="1")
    assert [one.closed_at for one in kept(app, Episode)] == [NOON]
    assert "There was no talk" in cora.get(back).text
    cora.submit(back, action="/open")
    assert [one.closed_at for one in kept(app, Episode)] == [None]


def test_whoever_says_yes_after_all_is_on_the_board_again(cora: Visitor, back: str, app: Flask) -> None:
    attempt(cora, back, "declined", why="No.")
    cora.submit(f"{back}/close", save="1")
    attempt(cora, back, "accepted")
    assert [one.closed_at for one in kept(app, Episode)] == [None]


def test_a_talk_that_has_begun_is_finished_first(cora: Visitor, people: People, app: Flask) -> None:
    with keeping(app):
        episode = an_episode(people)
        an_offer(people, episode)
        an_interview(people, episode, held_at=NOON)
    assert "The talk has begun" in cora.get(f"/episodes/{episode.id}/close").text


def test_a_talk_nobody_began_leaves_the_list_with_its_return(
    cora: Visitor, back: str, people: People, app: Flask
) -> None:
    give(cora, back, people.ines.id)
    attempt(cora, back, "declined", why="No.")
    cora.submit(f"{back}/close", save="1")
    with app.app_context():
        assert to_hold(people.ines.reader, NOON) == []


def test_ines_is_independent_and_gets_the_talk(cora: Visitor, back: str, people: People, app: Flask) -> None:
    cora.follow(give(cora, back, people.ines.id))
    assert "The talk was given to Ines Okafor" in cora.get(back).text
    with app.app_context():
        assert [talk.child for talk in to_hold(people.ines.reader, NOON)] == ["Robin Achebe"]


def test_omar_worked_there_and_it_is_said(cora: Visitor, back: str, people: People, app: Flask) -> None:
    shown = cora.get(f"{back}/allocation")
    assert "Omar Haddad : Works or worked for this home" in page_of(shown).text
    assert people.omar.id not in [e.attributes.get("value") for e in page_of(shown).find("input")]
    assert "not independent" in give(cora, back, people.omar.id).text
    assert kept(app, Interview) == []


def test_omar_may_when_robin_asked_for_him_and_says_why(
    cora: Visitor, back: str, people: People, app: Flask
) -> None:
    asked = {"person": "asked-for", "asked_for": people.omar.id}
    assert "Write why the child asked" in give(cora, back, **asked).text
    assert "Choose the person" in give(cora, back, "asked-for", childs_reason="He listens.").text
    give(cora, back, **asked, childs_reason="He listens.")
    with app.app_context():
        talk = db.session.scalars(sa.select(Interview)).one()
        [check] = checks_of(talk)
    assert (talk.interviewer_id, talk.child_asked) == (people.omar.id, True)
    assert (check.why_not, check.childs_reason) == (("Works or worked for this home",), "He listens.")


def test_nobody_is_chosen_by_chance(cora: Visitor, back: str, people: People, app: Flask) -> None:
    for person in ("", "nobody", people.maya.id):
        assert give(cora, back, person).status_code == 200
    assert kept(app, Interview) == []


def test_two_coordinators_at_once_make_one_talk(
    cora: Visitor, visit: Visit, back: str, people: People, app: Flask
) -> None:
    both = [cora, visit(people.cora)]
    shown = [one.get(f"{back}/allocation") for one in both]
    with ThreadPoolExecutor() as pool:
        sent = list(pool.map(lambda o, p: o.send(p, interviewer=people.ines.id, save="1"), both, shown))
    assert sorted(answer.status_code for answer in sent) == [200, 302]
    assert "while this page was open" in next(one.text for one in sent if one.status_code == 200)
    assert len(kept(app, Interview)) == 1


def test_a_talk_goes_to_someone_else_and_both_are_noted(
    cora: Visitor, back: str, people: People, app: Flask
) -> None:
    give(cora, back, people.ines.id)
    give(cora, back, "asked-for", asked_for=people.omar.id, childs_reason="He listens.")
    page = page_of(cora.get(back)).text
    assert "given to Ines Okafor" in page
    assert "given to Omar Haddad" in page
    with app.app_context():
        assert to_hold(people.ines.reader, NOON) == []
        assert len(to_hold(people.omar.reader, NOON)) == 1


def test_a_finished_talk_stays_where_it_is(cora: Visitor, people: People, app: Flask) -> None:
    with keeping(app):
        episode = an_episode(people)
        finish(an_interview(people, episode), NOON)
    answer = cora.get(f"/episodes/{episode.id}/allocation")
    assert "is finished" in cora.follow(answer).text


def test_missing_again_before_the_talk_one_talk_covers_both(
    cora: Visitor, people: People, app: Flask
) -> None:
    with keeping(app):
        first = an_episode(people, missing_at=NOON - 90 * HOUR, returned_at=NOON - 70 * HOUR)
        second = an_episode(people)
    give(cora, f"/episodes/{first.id}", people.ines.id)
    give(cora, f"/episodes/{second.id}", people.ines.id, episodes=[first.id])
    [talk] = kept(app, Interview)
    assert {one.episode_id for one in kept(app, InterviewEpisode)} == {first.id, second.id}
    assert talk.due_at == NOON + 2 * HOUR


def test_a_talk_lets_go_of_a_return_that_is_not_ticked(cora: Visitor, people: People, app: Flask) -> None:
    with keeping(app):
        first = an_episode(people, missing_at=NOON - 90 * HOUR, returned_at=NOON - 70 * HOUR)
        second = an_episode(people)
        an_interview(people, first, second)
    give(cora, f"/episodes/{second.id}", people.ines.id, episodes=[])
    assert [one.episode_id for one in kept(app, InterviewEpisode)] == [second.id]


def test_two_talks_are_not_made_one_by_a_tick(cora: Visitor, people: People, app: Flask) -> None:
    with keeping(app):
        first = an_episode(people, missing_at=NOON - 90 * HOUR, returned_at=NOON - 70 * HOUR)
        second = an_episode(people)
        for episode in (first, second):
            an_interview(people, episode)
    shown = give(cora, f"/episodes/{second.id}", people.ines.id, episodes=[first.id])
    assert "have a talk of their own" in shown.text


def test_only_this_childs_returns_can_be_ticked(cora: Visitor, people: People, app: Flask) -> None:
    with keeping(app):
        mine, other = an_episode(people), an_episode(people, people.sasha)
    assert give(cora, f"/episodes/{mine.id}", people.ines.id, episodes=[other.id]).status_code == 200
    assert kept(app, Interview) == []
