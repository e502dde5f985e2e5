"""One tablet, one child after the other: nothing of the child before opens, whatever is typed."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from interview.access import Act
from records.answers import keep
from records.database import db
from records.pins import set_pin
from records.sessions import IDLE, LONGEST, PIN_TRIES
from records.tables import Interview, LogEntry, Person
from tests.conftest import NOON, Visit
from tests.crawler import addresses_of
from tests.people import PASSWORD, People, a_child, an_interview, answer, keeping
from tests.test_hand_over import METHODS, PIN
from tests.test_sync import OnTablet, written
from tests.visitor import Visitor, page_of
from views.moments import now
from views.with_the_child import BESIDE_THE_TABLET, FROM_A_TABLET, TAKE_WITH_ME, URGENT

WORDS = "They shouted at me."
TELLS = (WORDS, "Robin", "Achebe", "Jo Petrescu", "Ines", "Okafor", "Larch", "Fenmoor", "Sign out", "Heard")
TABLETS_ADDRESSES = ("/tablet", "/sw.js", "/manifest.webmanifest")


class Day:
    """Ines has a tablet with two talks; Robin has said something in the first, in Arabic."""

    def __init__(self, app: Flask, people: People, visit: Visit) -> None:
        self.app, self.people = app, people
        with keeping(app):
            first = an_interview(people, language="ar")
            keep(first, [answer("why", WORDS)], people.ines.id, now())
            second = an_interview(people, kid=a_child("Jo Petrescu", people.larch, people.fenmoor))
            self.robin, self.jo = first.id, second.id
            for person in (people.ines, people.omar):
                set_pin(db.session.get_one(Person, person.id), PIN)
        self.tablet = OnTablet(visit(people.ines))
        self.browser: Visitor = self.tablet.visitor

    def give(self, talk: str, **more: Any) -> dict[str, Any]:
        """What the server answers when the tablet's own page says which child has it."""
        said: dict[str, Any] = self.tablet.contact(with_the_child=talk, **more).get_json()
        return said

    def grown_up(self, talk: str | None = None) -> str:
        """Where the worker proves who they are."""
        return f"/interviews/{talk or self.robin}/grown-up"

    def is_shut(self) -> bool:
        """Whether all of these pages lead to the tablet's own."""
        paths = [
            "/",
            *(f"/interviews/{one}{page}" for one in (self.robin, self.jo) for page in ("", "/talk")),
        ]
        return {self.browser.get(path).location for path in paths} == {"/tablet"}

    def looked(self) -> list[tuple[str, str]]:
        """Who looked at which talk, in the log."""
        with self.app.app_context():
            rows = db.session.scalars(sa.select(LogEntry).order_by(LogEntry.seq))
            return [(row.person_id, row.record_id) for row in rows if row.record == "interview"]


@pytest.fixture
def day(app: Flask, people: People, visit: Visit) -> Day:
    """A day with two talks on one tablet."""
    return Day(app, people, visit)


# Nothing opens -------------------------------------------------------------------------------------------


def test_of_a_talk_in_the_tablets_own_page_nothing_opens_by_an_address(app: Flask, day: Day) -> None:
    day.give(day.robin)
    token, walked = day.browser.token, 0
    ids = {"interview_id": day.robin, "child_id": day.people.robin.id}
    for method in METHODS:
        for endpoint, address in addresses_of(app, ids, method):
            if endpoint == "static" or (endpoint in FROM_A_TABLET | {"sync.sync"} and method == "POST"):
                continue
            if endpoint in BESIDE_THE_TABLET | {"hand_over.take_back"} and method != "OPTIONS":
                continue
            day.browser.token = token
            sent = {"data": {"csrf_token": token}} if method == "POST" else {}
            shown = day.browser.open(address, method, **sent)
            assert not [one for one in TELLS if one in shown.text], (method, endpoint)
            if method not in {"GET", "HEAD"} or address.endswith("/token"):
                assert shown.status_code == 403, (method, endpoint)
            elif endpoint in {URGENT, TAKE_WITH_ME}:
                assert urlsplit(shown.location).path.endswith("/grown-up"), (method, endpoint)
            else:
                assert shown.location == "/tablet", (method, endpoint)
            walked += 1
    assert walked > 100


def test_the_second_child_meets_nothing_of_the_first(day: Day) -> None:
    day.give(day.robin)
    assert day.give(day.jo)["handed_over"] == day.jo
    assert day.is_shut()
    for path in ("talk", "read-back", "thanks", "last-time", "numbers", "slip", "welcome"):
        shown = day.browser.get(f"/interviews/{day.robin}/{path}")
        assert (shown.status_code, shown.location) == (302, "/tablet"), path
        assert WORDS not in shown.text
    assert day.browser.post(f"/interviews/{day.robin}/answers", json={"answers": []}).status_code == 403


def test_the_tablets_own_page_opens_and_is_the_same_for_everybody(day: Day, visit: Visit) -> None:
    day.give(day.robin)
    stranger = visit()
    for path in TABLETS_ADDRESSES:
        shown = day.browser.get(path)
        assert shown.status_code == 200, path
        assert shown.text == stranger.get(path).text, path


def test_what_was_written_is_sent_whichever_child_has_it(day: Day) -> None:
    day.give(day.robin)
    day.give(day.jo)
    one, two = written(day.robin, "being_back", "2"), written(day.jo)
    assert set(day.tablet.send(one, two).get_json()["accepted"]) == {one["op_id"], two["op_id"]}


def test_nobody_is_never_the_next(day: Day) -> None:
    day.give(day.robin)
    for nobody in (None, "", "x", 7, [day.jo], "letter:no-letter"):
        assert day.tablet.contact(with_the_child=nobody).get_json()["handed_over"] == day.robin
    assert day.is_shut()


# A talk that is open online ------------------------------------------------------------------------------


def test_a_talk_given_online_goes_on_until_the_tablets_own_page_gives_another(day: Day) -> None:
    talk = f"/interviews/{day.robin}/talk"
    day.browser.submit(talk, go="give")
    # What the talk's own page says has no place on the tablet, and changes nothing.
    for said in (day.robin, day.jo, None):
        assert day.give(said or "", slot=None)["handed_over"] == day.robin
    assert WORDS in day.browser.get(talk).text
    day.give(day.jo)
    assert day.is_shut()


def test_what_an_old_tab_of_the_first_childs_says_opens_nothing_again(day: Day) -> None:
    day.give(day.jo)
    assert day.give(day.robin, slot=None)["handed_over"] == day.jo
    assert day.is_shut()
    assert day.give(day.robin)["handed_over"] == day.robin
    assert day.is_shut()


# The way back --------------------------------------------------------------------------------------------


def test_the_pin_opens_the_workers_pages_wherever_it_is_asked_for(day: Day) -> None:
    for talk in (day.robin, day.jo, "AnyOtherIdThatIsNotThere"):
        day.give(day.robin)
        day.give(day.jo)
        asked = day.browser.submit(day.grown_up(talk), go="take", pin=PIN)
        assert asked.location == "/"
        assert "Ines" in day.browser.get("/").text
        assert day.tablet.contact().get_json()["way_back"] is None


def test_the_password_does_so_as_well(app: Flask, day: Day) -> None:
    with keeping(app):
        db.session.get_one(Person, day.people.ines.id).pin_hash = None
    way = day.give(day.robin)["way_back"]
    assert way == day.grown_up()
    assert day.browser.submit(way, go="take", password="not that one").status_code == 200
    assert day.is_shut()
    assert day.browser.submit(way, go="take", password=PASSWORD).location == "/"


def test_the_page_for_the_grown_up_tells_nobodys_name_words_or_language(day: Day) -> None:
    day.give(day.robin)
    shown = day.browser.get(day.grown_up())
    assert not [one for one in TELLS if one in shown.text]
    assert page_of(shown).find("html")[0].attributes["lang"] == "en"
    links = [link.attributes["href"] for link in page_of(shown).find("a")]
    assert links == ["/tablet"]


def test_whoever_has_forgotten_the_passphrase_finds_the_way_at_taking_talks_along(day: Day) -> None:
    day.give(day.robin)
    way = day.browser.get("/take-with-me").location
    assert urlsplit(way).path == day.grown_up()
    day.browser.get(way)
    assert day.browser.post(way, {"go": "take", "pin": PIN}).location == "/take-with-me"
    assert day.browser.get("/take-with-me").status_code == 200


def test_when_someone_is_not_safe_the_pin_leads_there(day: Day) -> None:
    day.give(day.robin)
    day.give(day.jo)
    way = day.browser.get(f"/interviews/{day.robin}/urgent").location
    assert WORDS not in day.browser.get(way).text
    proven = day.browser.post(way, {"go": "take", "pin": PIN})
    assert urlsplit(proven.location).path == f"/interviews/{day.robin}/urgent"


def test_the_next_child_gets_no_further_tries(day: Day) -> None:
    day.give(day.robin)
    day.browser.get(day.grown_up())
    for number in range(PIN_TRIES):
        # Between two guesses the tablet says that another child has it.
        day.give((day.robin, day.jo)[number % 2])
        assert "That is not the PIN" in day.browser.post(day.grown_up(), {"pin": "111222"}).text
    day.give(day.jo)
    assert "too many tries" in day.browser.post(day.grown_up(), {"pin": PIN}).text
    assert day.is_shut()
    assert day.browser.submit(day.grown_up(), password=PASSWORD, go="take").location == "/"


def test_many_children_at_once_are_no_more_tries(app: Flask, day: Day) -> None:
    day.give(day.robin)
    day.browser.get(day.grown_up())
    cookie = day.browser.client.get_cookie("heard")
    assert cookie is not None

    def guess(number: int) -> str:
        client = app.test_client()
        client.set_cookie("heard", cookie.value)
        said = {"device": day.tablet.device, "slot": day.tablet.slot}
        client.post("/tablet/contact", json=said | {"with_the_child": (day.robin, day.jo)[number % 2]})
        tried = {"csrf_token": day.browser.token, "pin": str(700_000 + number)}
        return client.post(day.grown_up(), data=tried).text

    with ThreadPoolExecutor(4) as hands:
        answers = list(hands.map(guess, range(12)))
    assert len([one for one in answers if "That is not the PIN." in one]) == PIN_TRIES


# It lay there for long -----------------------------------------------------------------------------------


def test_asleep_it_leads_to_the_tablets_own_page_and_the_pin_wakes_it(
    clock: time_machine.Traveller, day: Day
) -> None:
    day.give(day.robin)
    clock.move_to(NOON + IDLE)
    assert day.is_shut()
    assert day.browser.get("/tablet").status_code == 200
    assert day.tablet.contact(with_the_child=day.jo).status_code == 401
    assert not [one for one in TELLS if one in day.browser.get(day.grown_up()).text]
    assert day.browser.submit(day.grown_up(), go="wake", pin=PIN).location == "/tablet"
    assert day.give(day.jo)["handed_over"] == day.jo
    assert day.is_shut()


def test_asleep_it_can_be_taken_back_at_once(clock: time_machine.Traveller, day: Day) -> None:
    day.give(day.robin)
    clock.move_to(NOON + IDLE)
    assert day.browser.submit(day.grown_up(day.jo), go="take", pin=PIN).location == "/"
    assert day.browser.get("/").status_code == 200


def test_the_day_after_whoever_has_it_is_a_stranger(clock: time_machine.Traveller, day: Day) -> None:
    day.give(day.robin)
    clock.move_to(NOON + LONGEST)
    for path in ("/", f"/interviews/{day.robin}/talk", day.grown_up()):
        assert day.browser.get(path).location.startswith("/sign-in")


# Signing in on the spot ----------------------------------------------------------------------------------


def test_who_signs_in_at_the_tablets_own_page_beside_a_child_opens_nothing_for_it(day: Day) -> None:
    day.give(day.robin)
    for more in ({}, {"slot": day.tablet.slot}):
        assert day.tablet.sign_in(with_the_child=day.jo, **more).get_json()["handed_over"] == day.jo
        assert day.is_shut()
    assert day.tablet.sign_in().get_json()["handed_over"] is None
    assert day.tablet.sign_in(with_the_child=day.jo, slot=day.tablet.slot).status_code == 200
    assert day.is_shut()


def test_the_pin_on_the_spot_leaves_it_with_the_child_that_has_it(day: Day) -> None:
    day.give(day.robin)
    said = day.browser.client.post("/tablet/sign-in", json={"pin": PIN, "with_the_child": day.jo})
    assert said.get_json()["handed_over"] == day.robin
    assert day.is_shut()
    assert day.browser.client.post("/tablet/sign-in", json={"pin": PIN}).get_json()["handed_over"] is None


# Two workers, two devices --------------------------------------------------------------------------------


def test_a_child_finds_nothing_of_another_worker_who_is_signed_in_there(
    app: Flask, day: Day, visit: Visit
) -> None:
    with keeping(app):
        other = an_interview(day.people, interviewer=day.people.omar).id
    omar = OnTablet(visit(day.people.omar))
    # Ines has opened her talks on it, and given it to Robin: Omar is still signed in.
    said = omar.contact(with_the_child=day.robin, slot=day.tablet.slot, device=day.tablet.device).get_json()
    assert said["talks"] == {}
    for path in ("/", "/interviews", f"/interviews/{other}", f"/interviews/{other}/talk"):
        assert omar.visitor.get(path).location == "/tablet"
    assert omar.visitor.submit(said["way_back"], pin=PIN, go="take").location == "/"
    assert omar.visitor.get(f"/interviews/{day.robin}").status_code == 404


def test_the_next_worker_signs_in_as_themselves_and_gets_nothing_of_the_first(day: Day) -> None:
    day.give(day.robin)
    assert day.tablet.sign_in("omar", password="wrong").status_code == 401
    assert day.is_shut()
    assert day.tablet.sign_in("omar").get_json()["handed_over"] is None
    assert "Omar" in day.browser.get("/").text
    assert day.browser.get(f"/interviews/{day.robin}/talk").status_code == 404


def test_a_talk_that_is_open_online_comes_back_to_nobody_else(day: Day) -> None:
    day.browser.submit(f"/interviews/{day.robin}/talk", go="give")
    assert day.tablet.sign_in("omar").status_code == 401


def test_a_talk_that_is_somebody_elses_by_now_shuts_the_workers_pages_all_the_same(
    app: Flask, day: Day
) -> None:
    day.tablet.take(day.jo)
    with keeping(app):
        db.session.get_one(Interview, day.jo).interviewer_id = day.people.omar.id
    day.give(day.jo)
    assert day.is_shut()


def test_the_workers_other_device_is_untouched(day: Day, visit: Visit) -> None:
    at_the_desk = visit(day.people.ines)
    day.give(day.robin)
    assert at_the_desk.get("/").status_code == 200
    assert WORDS in at_the_desk.get(f"/interviews/{day.robin}/talk").text
    assert day.is_shut()


# The log -------------------------------------------------------------------------------------------------


def test_the_log_says_which_child_had_it_and_that_nothing_else_was_opened(day: Day) -> None:
    before = day.looked()
    for talk in (day.robin, day.robin, day.jo):
        day.give(talk)
    assert day.is_shut()
    day.browser.get(day.grown_up())
    ines = day.people.ines.id
    assert day.looked()[len(before) :] == [(ines, day.robin), (ines, day.jo)]
    with day.app.app_context():
        last = db.session.scalars(sa.select(LogEntry).order_by(LogEntry.seq.desc()).limit(1)).one()
    assert last.act == Act.HOLD_INTERVIEW


def test_what_is_said_to_the_tablet_holds_no_word(day: Day) -> None:
    day.give(day.robin)
    said = json.dumps(day.give(day.jo))
    assert not [one for one in TELLS if one in said]
    assert day.robin not in said
