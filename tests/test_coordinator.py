"""Cora records returns, corrects them, and sees on the board what is due first."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from interview.london import to_london
from records.board import board
from records.database import db
from records.tables import Child, Episode, Home, Interview, Placement
from tests.conftest import NOON, Visit
from tests.people import People, a_child, a_home, an_episode, an_interview, an_offer, keeping
from tests.visitor import Visitor, page_of
from views.moments import now

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


@pytest.fixture
def cora(clock: time_machine.Traveller, visit: Visit, people: People) -> Visitor:
    """Cora, who coordinates Fenmoor."""
    return visit(people.cora)


def typed(moment: datetime) -> str:
    """A moment as a browser sends it."""
    return to_london(moment).strftime("%Y-%m-%dT%H:%M")


def facts(people: People, **changed: Any) -> dict[str, Any]:
    """What Cora types about a child who is back since five hours."""
    known = {
        "home": people.larch.id,
        "missing_at": typed(NOON - 20 * HOUR),
        "returned_at": typed(NOON - 5 * HOUR),
        "missing_from": "School",
        "ended": "police",
        "reported_by": "home",
        "police_reference": "FN/26/0311",
        "grade": "high",
        "prevention": "done",
        "guess": "friends-family",
        "miles": "40",
        "council": people.fenmoor.id,
    }
    return known | changed | {"save": "1"}


def record(cora: Visitor, people: People, name: str, **changed: Any) -> TestResponse:
    """Cora types a name, and then the rest."""
    shown = cora.post("/episodes/new", {"name": name, "look": "1"})
    return cora.send(shown, **facts(people, **changed))


def kept(app: Flask, search: sa.Select[Any]) -> list[Any]:
    """What is in the database."""
    with app.app_context():
        return list(db.session.scalars(search).all())


def test_a_new_child_is_back_and_stands_on_the_board(cora: Visitor, people: People) -> None:
    recorded = record(cora, people, "Leyla Demir", born="2011-06-07")
    assert "Next: Offer the talk" in cora.follow(recorded).text
    board = page_of(cora.get("/episodes")).text
    assert "Leyla Demir" in board
    assert "67 hours left" in board


def test_all_that_was_typed_is_on_the_page_of_the_return(cora: Visitor, people: People) -> None:
    page = page_of(cora.follow(record(cora, people, "Leyla Demir"))).text
    for words in ("School", "FN/26/0311", "High", "Brought back by police", "Went to friends or family"):
        assert words in page


def test_where_a_child_was_found_is_told_also_without_a_time(
    cora: Visitor, people: People, app: Flask
) -> None:
    with keeping(app):
        episode = an_episode(people, found_where="Under the pier")
    assert "Found at Under the pier" in page_of(cora.get(f"/episodes/{episode.id}")).text


def test_the_child_lives_in_that_home_from_that_day(cora: Visitor, people: People, app: Flask) -> None:
    record(cora, people, "Leyla Demir")
    [lives] = kept(app, sa.select(Placement).where(Placement.starts == date(2026, 11, 17)))
    assert (lives.home_id, lives.miles_from_family) == (people.larch.id, 40)


@pytest.mark.parametrize("name", ["سامي حداد", "Trần Minh Khoa", "Siân Ó Briain", "ܐܘܪܗܝ", "X" * 300])
def test_names_of_all_kinds_are_kept_to_the_letter(cora: Visitor, people: People, name: str) -> None:
    assert name in cora.follow(record(cora, people, name)).text


def test_a_name_that_is_too_long_is_said_and_kept(cora: Visitor, people: People) -> None:
    shown = cora.post("/episodes/new", {"name": "X" * 301, "save": "1"})
    assert "shorter than 300" in shown.text
    assert "X" * 301 in shown.text


def test_robin_is_known_and_is_asked_about(cora: Visitor, people: People, app: Flask) -> None:
    asked = record(cora, people, "robin achebe")
    assert "Say whether it is the same child" in asked.text
    cora.send(asked, child=people.robin.id, save="1")
    [episode] = kept(app, sa.select(Episode))
    assert episode.child_id == people.robin.id


def test_another_child_of_the_same_name_is_new(cora: Visitor, people: People, app: Flask) -> None:
    cora.send(record(cora, people, "Robin Achebe"), child="new", save="1")
    [episode] = kept(app, sa.select(Episode))
    assert episode.child_id != people.robin.id


def test_a_birthday_and_a_part_of_the_name_are_asked_about(cora: Visitor, people: People) -> None:
    asked = record(cora, people, "Robin Achebe-Smith", born="2012-03-04")
    assert "born on 4 March 2012" in page_of(asked).text
    assert "Say whether it is the same child" in asked.text


def test_a_child_of_another_council_is_not_found(cora: Visitor, people: People) -> None:
    found = cora.submit("/episodes/find", name="Sasha")
    assert "Nobody of this name is known here" in found.text


def test_a_child_is_found_by_a_part_of_the_name(cora: Visitor, people: People) -> None:
    assert "Robin Achebe" in cora.submit("/episodes/find", name="ACHEBE").text


@pytest.mark.parametrize("heard", ["Robyn Achebe", "robin atchebe", "Robbin Acheby"])
def test_a_name_that_is_spelt_as_it_sounds_is_asked_about(
    cora: Visitor, people: People, app: Flask, heard: str
) -> None:
    asked = record(cora, people, heard)
    assert "Say whether it is the same child" in asked.text
    cora.send(asked, child=people.robin.id, save="1")
    [episode] = kept(app, sa.select(Episode))
    assert episode.child_id == people.robin.id


def test_a_child_of_the_same_birthday_is_asked_about(cora: Visitor, people: People) -> None:
    asked = record(cora, people, "Zed Quill", born="2012-03-04")
    assert "Say whether it is the same child" in asked.text


def test_the_very_name_comes_before_those_that_sound_alike(cora: Visitor, people: People, app: Flask) -> None:
    with keeping(app):
        a_child("Robyn Achebe", people.larch, people.fenmoor)
    shown = cora.submit("/episodes/find", name="Robin").text
    assert 0 < shown.index("Robin Achebe") < shown.index("Robyn Achebe")
    shown = cora.submit("/episodes/find", name="Robyn").text
    assert 0 < shown.index("Robyn Achebe") < shown.index("Robin Achebe")


def test_a_known_child_is_recorded_in_one_step(cora: Visitor, people: People, app: Flask) -> None:
    cora.submit(f"/episodes/new?child={people.robin.id}", **facts(people))
    assert [one.child_id for one in kept(app, sa.select(Episode))] == [people.robin.id]


def test_nobody_records_a_return_of_a_child_out_of_reach(cora: Visitor, people: People) -> None:
    assert cora.get(f"/episodes/new?child={people.sasha.id}").status_code == 404


def test_a_home_that_is_not_in_the_list_is_added(cora: Visitor, people: People, app: Flask) -> None:
    record(cora, people, "Leyla Demir", home="not-listed", home_name="The Willows", area=people.carrow.id)
    [home] = kept(app, sa.select(Home).where(Home.name == "The Willows"))
    assert home.authority_id == people.carrow.id


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"returned_at": typed(NOON - 21 * HOUR)}, "cannot be back before they left"),
        ({"returned_at": typed(NOON + HOUR)}, "in the future"),
        ({"missing_at": typed(NOON + HOUR)}, "in the future"),
        ({"found_at": typed(NOON - 4 * HOUR)}, "cannot be found after they came back"),
        ({"found_at": typed(NOON - 30 * HOUR)}, "cannot be found before they left"),
        ({"born": "2026-11-18"}, "born after this date"),
        ({"born": "2008-11-17"}, "18 or older"),
        ({"missing_at": "0026-11-17T12:00"}, "Check the year"),
        ({"missing_at": "yesterday"}, "Enter a day and a time"),
        ({"missing_at": ""}, "Enter when the child was last seen"),
        ({"home": ""}, "Choose the home"),
        ({"home": "not-listed"}, "Enter the name of the home"),
        ({"miles": "far"}, "Enter whole miles"),
        ({"council": "another"}, "Choose the council"),
        # In the night of 29 March 2026 the clocks went from one to two.
        ({"missing_at": "2026-03-29T01:30"}, "no such hour that night"),
    ],
)
def test_what_cannot_be_true_is_refused_and_nothing_is_lost(
    cora: Visitor, people: People, app: Flask, changed: dict[str, str], sentence: str
) -> None:
    shown = record(cora, people, "سامي حداد", **changed)
    assert sentence in page_of(shown).text
    assert all(words in shown.text for words in ("سامي حداد", "FN/26/0311", *changed.values()))
    assert kept(app, sa.select(Child).where(Child.id.not_in([people.robin.id, people.sasha.id]))) == []


def test_absences_of_one_child_do_not_overlap(cora: Visitor, people: People, app: Flask) -> None:
    with keeping(app):
        an_episode(people, missing_at=NOON - 30 * HOUR, returned_at=NOON - 19 * HOUR)
    shown = cora.submit(f"/episodes/new?child={people.robin.id}", **facts(people))
    assert "overlap another episode" in shown.text
    assert "Returns of this child" in shown.text


def test_of_an_hour_that_came_twice_the_possible_one_is_meant(
    cora: Visitor, people: People, app: Flask
) -> None:
    # On 25 October 2026 the hour after one came again at two: gone at 01:40, back at 01:10.
    times = {"missing_at": "2026-10-25T01:40", "returned_at": "2026-10-25T01:10"}
    record(cora, people, "Leyla Demir", **times)
    [episode] = kept(app, sa.select(Episode))
    assert episode.returned_at - episode.missing_at == timedelta(minutes=30)


def test_the_clock_starts_when_the_child_is_back(cora: Visitor, people: People, app: Flask) -> None:
    recorded = record(cora, people, "Leyla Demir", returned_at="", ended="", prevention="")
    assert "Not back yet" in cora.follow(recorded).text
    with keeping(app):
        an_interview(people, db.session.scalars(sa.select(Episode)).one())
    cora.submit(f"{recorded.location}/return", returned_at=typed(NOON - HOUR), ended="self", save="1")
    assert "71 hours left" in cora.get(recorded.location).text
    assert [talk.due_at for talk in kept(app, sa.select(Interview))] == [NOON + 71 * HOUR]


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (-SECOND, "Less than 2 hours left"),
        (timedelta(0), "Less than 2 hours left"),
        (SECOND, "Overdue"),
        (HOUR, "Overdue by 1 hour"),
        (48 * HOUR, "Overdue by 2 days"),
    ],
)
def test_the_board_says_how_much_time_there_is(
    cora: Visitor, people: People, app: Flask, after: timedelta, words: str
) -> None:
    with keeping(app):
        an_episode(people, missing_at=NOON - 200 * HOUR, returned_at=NOON - 72 * HOUR - after)
    assert words in page_of(cora.get("/episodes")).text


def test_what_is_due_first_stands_first(cora: Visitor, people: People, app: Flask) -> None:
    with keeping(app):
        kids = {
            name: a_child(name, people.larch, people.fenmoor)
            for name in ("Fresh", "Late", "Held", "No thanks", "Away")
        }
        an_episode(people, kids["Fresh"], returned_at=NOON - HOUR)
        late = an_episode(people, kids["Late"], returned_at=NOON - 80 * HOUR)
        held = an_episode(people, kids["Held"], returned_at=NOON - 60 * HOUR)
        an_interview(people, held, kid=kids["Held"], held_at=NOON - HOUR)
        no = an_episode(people, kids["No thanks"], returned_at=NOON - 79 * HOUR)
        an_offer(people, no, outcome="declined", why="Not today.")
        away = an_episode(people, kids["Away"])
        away.returned_at = None
        assert late.closed_at is None
        lines = board(people.cora.reader, NOON)
    assert [line.child for line in lines] == ["Late", "Fresh", "No thanks", "Held", "Away"]
    assert "Said no in time" in page_of(cora.get("/episodes")).text


def test_scotland_has_a_week(cora: Visitor, people: People, app: Flask) -> None:
    with keeping(app):
        soon = a_child("Soon", people.larch, people.fenmoor)
        an_episode(people, soon, returned_at=NOON - 70 * HOUR)
        db.session.execute(sa.text("update authority set nation = 'scotland' where name = 'Fenmoor'"))
        [line] = board(people.cora.reader, NOON)
    assert line.due_at == NOON + 98 * HOUR


def test_the_board_turns_its_pages(cora: Visitor, people: People, app: Flask) -> None:
    with keeping(app):
        for number in range(51):
            kid = a_child(f"Child {number:02}", people.larch, people.fenmoor)
            an_episode(people, kid, returned_at=NOON - number * HOUR)
    first, second = cora.get("/episodes"), cora.get("/episodes?page=1")
    assert "Later due" in first.text
    assert "Child 00" not in first.text
    assert "Child 00" in second.text
    assert "Later due" not in second.text


@pytest.mark.parametrize("number", ["-1", "many", "99999999999999999999"])
def test_a_page_that_is_not_there_is_no_error(cora: Visitor, number: str) -> None:
    assert cora.get(f"/episodes?page={number}").status_code == 200


def test_a_wrong_home_is_corrected_and_the_talk_goes_with_it(
    cora: Visitor, people: People, app: Flask
) -> None:
    with keeping(app):
        beech = a_home("Beech House", people.fenmoor)
        episode = an_episode(people)
        an_interview(people, episode)
    cora.submit(f"/episodes/{episode.id}/facts", home=beech.id, save="1")
    [talk] = kept(app, sa.select(Interview))
    assert talk.home_id == beech.id


def test_a_home_far_away_is_named_once_and_listed_from_then_on(
    cora: Visitor, people: People, app: Flask
) -> None:
    with keeping(app):
        episode = an_episode(people)
    path = f"/episodes/{episode.id}/facts"
    assert "Rowan Lodge" not in cora.get(path).text
    named = {"home": "not-listed", "home_name": "rowan  lodge", "area": people.carrow.id, "save": "1"}
    cora.submit(path, **named)
    [kept_one] = kept(app, sa.select(Episode))
    assert kept_one.home_id == people.rowan.id
    assert "Rowan Lodge (Carrow)" in cora.get(f"/episodes/new?child={people.robin.id}").text


def test_a_talk_about_two_returns_stays_until_both_are_corrected(
    cora: Visitor, people: People, app: Flask
) -> None:
    with keeping(app):
        beech = a_home("Beech House", people.fenmoor)
        first = an_episode(people, missing_at=NOON - 90 * HOUR, returned_at=NOON - 70 * HOUR)
        second = an_episode(people)
        an_interview(people, first, second)
    homes = []
    for episode in (first, second):
        cora.submit(f"/episodes/{episode.id}/facts", home=beech.id, save="1")
        homes += [talk.home_id for talk in kept(app, sa.select(Interview))]
    assert homes == [people.larch.id, beech.id]


def test_correcting_one_fact_leaves_the_others(cora: Visitor, people: People, app: Flask) -> None:
    with keeping(app):
        before = an_episode(people, returned_at=NOON - 5 * HOUR + SECOND, police_reference="FN/1")
    cora.submit(f"/episodes/{before.id}/facts", grade="low", save="1")
    [after] = kept(app, sa.select(Episode))
    assert (after.grade, after.returned_at, after.missing_at) == (
        "low",
        before.returned_at,
        before.missing_at,
    )


def test_a_return_recorded_late_does_not_move_the_child(cora: Visitor, people: People, app: Flask) -> None:
    with keeping(app):
        lives = db.session.scalars(sa.select(Placement).where(Placement.child_id == people.robin.id)).one()
        lives.starts = date(2026, 6, 1)
        beech = a_home("Beech House", people.fenmoor)
    past = {"missing_at": "2026-05-20T10:00", "returned_at": "2026-05-20T18:00"}
    path = f"/episodes/new?child={people.robin.id}"
    cora.submit(path, **facts(people, home=beech.id, **past))
    places = kept(app, sa.select(Placement).where(Placement.child_id == people.robin.id))
    assert {one.home_id: one.ends for one in places} == {
        people.larch.id: None,
        beech.id: date(2026, 6, 1),
    }


def test_what_an_interviewer_should_know_is_written_by_cora(
    cora: Visitor, people: People, app: Flask
) -> None:
    with keeping(app):
        episode = an_episode(people)
    path = f"/episodes/{episode.id}/child"
    cora.submit(path, name="Robyn Achebe", language="cy", tells_best="While walking.", save="1")
    assert "While walking." in cora.get(path).text
    assert "Robyn Achebe" in cora.submit("/episodes/find", name="Robyn").text


@pytest.mark.parametrize("path", ["", "/offers", "/allocation", "/return", "/facts", "/child", "/close"])
def test_a_return_belongs_to_its_coordinator(visit: Visit, people: People, app: Flask, path: str) -> None:
    with keeping(app):
        episode = an_episode(people)
        an_interview(people, episode)
    address = f"/episodes/{episode.id}{path}"
    answers = {one.sign_in_name: visit(one).get(address).status_code for one in people.all()}
    assert answers == {
        "cora": 200, "ines": 403, "maya": 403, "ivan": 403, "omar": 404, "mark": 404, "iris": 404,
    }  # fmt: skip


def test_the_same_child_sent_twice_at_once_is_recorded_once(
    cora: Visitor, visit: Visit, people: People, app: Flask
) -> None:
    both = [cora, visit(people.cora)]
    shown = [one.post("/episodes/new", {"name": "Leyla Demir", "look": "1"}) for one in both]
    with ThreadPoolExecutor() as pool:
        sent = pool.map(lambda one, page: one.send(page, **facts(people)), both, shown)
        codes = sorted(answer.status_code for answer in sent)
    assert codes == [200, 302]
    assert len(kept(app, sa.select(Episode))) == 1


def test_the_third_return_in_a_month_calls_for_a_strategy_meeting(
    app: Flask, visit: Visit, people: People
) -> None:
    with keeping(app):
        ids = [an_episode(people, returned_at=now() - timedelta(days=days)).id for days in (20, 10, 1)]
    page = page_of(visit(people.cora).get(f"/episodes/{ids[2]}")).find("main")[0].text
    assert "3 absences in the last 30 days." in page
    assert "The longest lasted 9 hours." in page
    assert "ask for a strategy meeting" in page
