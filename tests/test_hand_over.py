"""The tablet goes to the child and comes back: nothing but the talk opens until the worker is proven."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from interview.answers import Answer
from records.answers import answers_of
from records.database import db
from records.people import PeopleError, fits
from records.pins import fault_of_pin, set_pin, tidy_pin
from records.sessions import IDLE, LONGEST, PIN_TRIES, keep_session
from records.tables import Interview, Person, SignInSession
from tests.conftest import NOON, Visit
from tests.crawler import addresses_of
from tests.houses import House, close
from tests.people import PASSWORD, People, a_concern, an_episode, an_interview, keeping
from tests.visitor import Visitor, filled_in, page_of
from views.moments import now
from views.with_the_child import FROM_A_TABLET, WITH_A_LETTER, WITH_THE_CHILD

PIN = "260931"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SECRETS = ("Ines", "Okafor", "Robin", "Achebe", "Larch", "Fenmoor", "Sign out", "nterviewer", "Heard")


class Talk:
    """One talk that Ines is to hold, and the tablet on which she holds it."""

    def __init__(self, app: Flask, people: People, visit: Visit) -> None:
        self.app, self.people = app, people
        with keeping(app):
            episode = an_episode(people)
            talk = an_interview(people, episode)
            self.id = talk.id
            self.ids = {
                "child_id": people.robin.id,
                "episode_id": episode.id,
                "interview_id": talk.id,
                "home_id": people.larch.id,
                "concern_id": a_concern(talk, people.ines).id,
            }
            set_pin(db.session.get_one(Person, people.ines.id), PIN)
        self.page = f"/interviews/{self.id}"
        self.tablet = visit(people.ines)

    def give(self) -> Visitor:
        """One touch on the talk's page."""
        led_to = self.tablet.submit(f"{self.page}/talk", go="give")
        assert led_to.location == f"{self.page}/talk"
        return self.tablet

    def take(self, **typed: Any) -> TestResponse:
        """What the worker types to have it back."""
        return self.tablet.submit(f"{self.page}/grown-up", go="take", **typed)

    def is_back(self) -> bool:
        """Whether the tablet is the worker's again."""
        return self.tablet.get("/").status_code == 200

    def rows(self) -> list[Answer]:
        """Every answer that was kept."""
        with self.app.app_context():
            return list(answers_of(db.session.get_one(Interview, self.id)))

    def finish(self) -> None:
        """Somebody finishes it elsewhere."""
        with keeping(self.app):
            interview = db.session.get_one(Interview, self.id)
            interview.held_at = interview.finished_at = now()


@pytest.fixture
def talk(app: Flask, people: People, visit: Visit) -> Talk:
    """A talk that Ines is to hold with Robin."""
    return Talk(app, people, visit)


def said(question: str, value: object, op_id: str = "from-the-tablet") -> dict[str, Any]:
    return {
        "op_id": op_id,
        "question": question,
        "set": "2026-11",
        "value": value,
        "said_by": "child-typed",
        "audience": ["social-worker"],
    }


def form_of(shown: TestResponse) -> dict[str, Any]:
    """What the form on the page of the talk sends, but for its token."""
    sent = filled_in(page_of(shown).find("form", id="talk")[0])
    return {name: value for name, value in sent.items() if name != "csrf_token"}


# Giving ----------------------------------------------------------------------------------------------


def test_one_touch_on_the_talk_gives_it_away_and_keeps_what_was_written(talk: Talk) -> None:
    talk.tablet.submit(f"{talk.page}/talk", why="Nobody listens.", go="give")
    assert [row.value for row in talk.rows()] == ["Nobody listens."]
    assert talk.tablet.get("/").location == f"{talk.page}/talk"


def test_one_touch_on_the_interviews_page_begins_the_talk(talk: Talk) -> None:
    given = talk.tablet.submit(talk.page, f"{talk.page}/hand-over")
    assert given.location == f"{talk.page}/welcome"
    assert given.headers["Clear-Site-Data"] == '"cache"'
    assert talk.tablet.get("/").location == f"{talk.page}/talk"


def test_it_can_be_given_for_the_read_back(talk: Talk) -> None:
    assert talk.tablet.submit(f"{talk.page}/read-back", go="give").location == f"{talk.page}/read-back"
    assert talk.tablet.get("/").location == f"{talk.page}/talk"


def test_giving_twice_is_giving_once(talk: Talk) -> None:
    tablet = talk.give()
    token = tablet.token
    for _ in range(3):
        assert tablet.post(f"{talk.page}/talk", {"go": "give"}).location == f"{talk.page}/talk"
    assert tablet.post(f"{talk.page}/hand-over").status_code == 403
    tablet.token = token
    assert talk.take(pin=PIN).location == talk.page


def test_another_sites_page_cannot_give_it_away(talk: Talk) -> None:
    sent = talk.tablet.client.post(f"{talk.page}/hand-over")
    assert sent.status_code == 400
    assert talk.is_back()


def test_nobody_gives_away_a_talk_that_is_not_theirs(talk: Talk, visit: Visit, people: People) -> None:
    for person, due in ((people.omar, 404), (people.maya, 403), (people.cora, 403)):
        visitor = visit(person)
        assert visitor.post(f"{talk.page}/hand-over").status_code == due
        assert visitor.get("/").status_code == 200


def test_a_finished_talk_is_given_to_nobody(talk: Talk) -> None:
    talk.finish()
    assert talk.tablet.post(f"{talk.page}/hand-over").location == talk.page
    assert talk.is_back()


def test_without_a_pin_ines_is_asked_to_set_one_first(app: Flask, talk: Talk, people: People) -> None:
    with keeping(app):
        db.session.get_one(Person, people.ines.id).pin_hash = None
    asked = talk.tablet.submit(f"{talk.page}/talk", go="give")
    assert asked.location == f"/my-pin?talk={talk.id}"
    assert talk.is_back()
    set_it = talk.tablet.submit(asked.location, asked.location, pin="2 6 0 9 3 1", password=PASSWORD)
    assert set_it.location == f"{talk.page}/talk"
    talk.give()
    assert talk.take(pin=PIN).location == talk.page


def test_without_a_pin_the_password_takes_it_back(app: Flask, talk: Talk, people: People) -> None:
    with keeping(app):
        db.session.get_one(Person, people.ines.id).pin_hash = None
    given = talk.tablet.submit(f"/my-pin?talk={talk.id}", f"{talk.page}/hand-over")
    assert given.location == f"{talk.page}/welcome"
    page = page_of(talk.tablet.get(f"{talk.page}/grown-up"))
    assert page.find("input", name="pin") == []
    assert talk.take(pin="").status_code == 200
    assert not talk.is_back()
    assert talk.take(password=PASSWORD).location == talk.page


# With the child ---------------------------------------------------------------------------------------


def test_the_short_list_of_what_the_child_may_open(app: Flask) -> None:
    assert {
        "talk.talk",
        "talk.answers",
        "talk.token",
        "again.last_time",
        "welcome.welcome",
        "welcome.until_then",
        "numbers.numbers",
        "numbers.slip",
        "found.how_was_it",
        "read_back.read_back",
        "read_back.thanks",
        "hand_over.take_back",
    } == WITH_THE_CHILD
    assert {"letters.read", "hand_over.take_letter_back"} == WITH_A_LETTER
    rules = {rule.endpoint: rule for rule in app.url_map.iter_rules()}
    assert all("interview_id" in rules[endpoint].arguments for endpoint in WITH_THE_CHILD)
    assert all("letter_id" in rules[endpoint].arguments for endpoint in WITH_A_LETTER)


def test_nothing_else_opens_with_whatever_method(app: Flask, talk: Talk) -> None:
    tablet = talk.give()
    token = tablet.token
    walked = 0
    for method in METHODS:
        for endpoint, address in addresses_of(app, talk.ids, method):
            if endpoint in WITH_THE_CHILD | {"static"} and method != "OPTIONS":
                continue
            if endpoint in FROM_A_TABLET | {"sync.sync"} and method == "POST":
                continue
            tablet.token = token
            sent = {"data": {"csrf_token": token}} if method == "POST" else {}
            answer = tablet.open(address, method, **sent)
            if method in {"GET", "HEAD"} and not address.endswith("/token"):
                # When someone is not safe the worker's PIN leads there: nothing is opened by it.
                to = "/grown-up?then=urgent.urgent" if endpoint == "urgent.urgent" else "/talk"
                assert answer.location == f"{talk.page}{to}", (method, endpoint)
            else:
                assert answer.status_code == 403, (method, endpoint)
            assert not [one for one in SECRETS if one in answer.text], (method, endpoint)
            walked += 1
    assert walked > 60
    assert talk.take(pin=PIN).location == talk.page


def test_looks_and_pictures_come_as_ever(talk: Talk) -> None:
    tablet = talk.give()
    looks = tablet.get("/static/child.css")
    assert looks.mimetype == "text/css"
    looks.close()
    missing = tablet.get("/static/no-such-file.css")
    assert missing.status_code == 404
    assert not [one for one in SECRETS if one in missing.text]


def test_another_talk_is_as_shut_as_the_rest(app: Flask, talk: Talk, people: People) -> None:
    with keeping(app):
        other = an_interview(people).id
    tablet = talk.give()
    for method in ("GET", "POST"):
        for endpoint, address in addresses_of(app, {"interview_id": other}, method):
            if endpoint == "static":
                continue
            if endpoint in FROM_A_TABLET | {"sync.sync"}:
                continue
            answer = tablet.open(
                address, method, data={"csrf_token": tablet.token} if method == "POST" else {}
            )
            assert answer.status_code in {302, 403}, (method, endpoint)
            assert answer.location in {None, f"{talk.page}/talk"}, (method, endpoint)


@pytest.mark.parametrize(
    "path", ["/no-such-page", "/interviews/", "/static", "/sign-in", "/?next=/", "/health"]
)
def test_an_address_that_is_typed_leads_back_to_the_talk(talk: Talk, path: str) -> None:
    assert talk.give().get(path).location == f"{talk.page}/talk"


def test_the_child_cannot_sign_the_worker_out(talk: Talk) -> None:
    tablet = talk.give()
    assert tablet.post("/sign-out").status_code == 403
    assert tablet.post("/sign-in", {"name": "maya", "password": PASSWORD}).status_code == 403
    assert talk.take(pin=PIN).location == talk.page


def test_every_other_tab_and_every_worker_process_knows(talk: Talk, house: House) -> None:
    tablet = talk.give()
    cookie = tablet.client.get_cookie("heard")
    assert cookie is not None
    other_process = house.open()
    elsewhere = Visitor(other_process)
    elsewhere.client.set_cookie("heard", cookie.value)
    assert elsewhere.get(talk.page).location == f"{talk.page}/talk"
    close(other_process)


def test_the_childs_pages_name_nobody_and_lead_to_nothing_of_the_workers(talk: Talk) -> None:
    tablet = talk.give()
    for path in ("talk", "read-back", "thanks", "grown-up"):
        shown = tablet.get(f"{talk.page}/{path}")
        assert shown.status_code == 200
        assert not [one for one in SECRETS if one in shown.text], path
        for link in page_of(shown).find("a"):
            where = link.attributes["href"]
            if not where.startswith("#"):
                assert tablet.get(where).status_code == 200, where
        assert page_of(shown).find("button", id="cover"), path


def test_the_talk_itself_goes_on(talk: Talk) -> None:
    tablet = talk.give()
    tablet.submit(f"{talk.page}/talk", why="Nobody listens.", go="read-back")
    assert "Nobody listens." in tablet.get(f"{talk.page}/read-back").text
    token = tablet.get(f"{talk.page}/token").get_json()["token"]
    kept = tablet.post(
        f"{talk.page}/answers", json={"answers": [said("trigger", "A row")]}, headers={"X-CSRF-Token": token}
    )
    assert kept.get_json()["accepted"] == ["from-the-tablet"]


def test_the_child_writes_nothing_into_the_workers_record(talk: Talk) -> None:
    tablet = talk.give()
    tablet.get(f"{talk.page}/talk")
    batch = {"answers": [said("trigger", "A row", "one"), said("harm", "no", "two")]}
    kept = tablet.post(f"{talk.page}/answers", json=batch).get_json()
    assert kept["accepted"] == ["one"]
    assert [one["op_id"] for one in kept["refused"]] == ["two"]
    assert [row.question for row in talk.rows()] == ["trigger"]


def test_a_form_of_the_workers_second_tab_changes_nothing(talk: Talk) -> None:
    page = talk.tablet.get(f"{talk.page}/record")
    token = page_of(page).find("input", name="csrf_token")[0].attributes["value"]
    tablet = talk.give()
    tablet.token = token
    assert tablet.post(f"{talk.page}/record", {"harm": "no", "page": "a-page"}).status_code == 403
    assert talk.rows() == []


def test_a_script_is_told_no_and_gets_no_page(talk: Talk) -> None:
    tablet = talk.give()
    refused = tablet.post(f"{talk.page}/addenda", json={"words": "mine"})
    assert refused.status_code == 403
    assert refused.get_json()["why"].startswith("The tablet is with the child.")


# Errors keep to the child's looks -----------------------------------------------------------------------


def test_an_old_page_gives_back_what_the_child_wrote(talk: Talk) -> None:
    tablet = talk.give()
    words = "They shout all day long, and nobody says why they do."
    typed = form_of(tablet.get(f"{talk.page}/talk")) | {"why": words}
    tablet.token = "an old token"
    shown = tablet.post(f"{talk.page}/talk", typed)
    assert shown.status_code == 400
    assert words in shown.text
    assert not [one for one in SECRETS if one in shown.text]
    tablet.send(shown)
    assert [row.value for row in talk.rows()] == [words]


def test_a_talk_finished_elsewhere_thanks_the_child(talk: Talk) -> None:
    tablet = talk.give()
    tablet.get(f"{talk.page}/talk")
    talk.finish()
    late = tablet.post(f"{talk.page}/talk", {"why": "One more thing.", "page": "p"})
    assert late.status_code == 409
    assert "One more thing." in late.text
    assert not [one for one in SECRETS if one in late.text]
    assert tablet.get("/").location == f"{talk.page}/talk"
    assert tablet.get(f"{talk.page}/talk").location == f"{talk.page}/thanks"
    assert tablet.get(f"{talk.page}/read-back").location == f"{talk.page}/thanks"
    assert talk.take(pin=PIN).location == talk.page


def test_a_post_that_ended_shows_a_child_nothing(app: Flask, talk: Talk, people: People) -> None:
    tablet = talk.give()
    with keeping(app):
        db.session.execute(
            sa.text("update post set ends = '2020-02-02' where person_id = :id"), {"id": people.ines.id}
        )
    shown = tablet.get(f"{talk.page}/talk")
    assert shown.status_code == 302
    assert not [one for one in SECRETS if one in shown.text]


# Taking back --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [PIN, " 2609 31 ", "٢٦٠٩٣١", "２６０９３１"])
def test_the_pin_takes_it_back(talk: Talk, typed: str) -> None:
    talk.give()
    assert talk.take(pin=typed).location == talk.page
    assert talk.is_back()
    assert "Ines" in talk.tablet.get(talk.page).text


@pytest.mark.parametrize("typed", ["", "260932", "ines", PASSWORD, "26093", "2609310"])
def test_anything_else_does_not(talk: Talk, typed: str) -> None:
    talk.give()
    refused = talk.take(pin=typed)
    assert refused.status_code == 200
    assert "That is not the PIN." in refused.text
    assert not [one for one in SECRETS if one in refused.text]
    assert not talk.is_back()


def test_after_five_wrong_pins_only_the_password_counts_and_the_talk_goes_on(talk: Talk) -> None:
    tablet = talk.give()
    tablet.get(f"{talk.page}/grown-up")
    for _ in range(PIN_TRIES):
        assert tablet.post(f"{talk.page}/grown-up", {"pin": "111222"}).status_code == 200
    assert "There were too many tries." in tablet.post(f"{talk.page}/grown-up", {"pin": PIN}).text
    assert page_of(tablet.get(f"{talk.page}/grown-up")).find("input", name="pin") == []
    assert not talk.is_back()
    tablet.submit(f"{talk.page}/talk", why="Nobody listens.")
    assert [row.value for row in talk.rows()] == ["Nobody listens."]
    assert talk.take(password=PASSWORD).location == talk.page
    talk.give()
    assert talk.take(pin=PIN).location == talk.page


def test_many_guesses_at_once_are_no_more_than_one_after_another(app: Flask, talk: Talk) -> None:
    tablet = talk.give()
    tablet.get(f"{talk.page}/grown-up")
    cookie = tablet.client.get_cookie("heard")
    assert cookie is not None

    def guess(number: int) -> str:
        client = app.test_client()
        client.set_cookie("heard", cookie.value)
        return client.post(
            f"{talk.page}/grown-up", data={"csrf_token": tablet.token, "pin": str(number)}
        ).text

    with ThreadPoolExecutor(4) as hands:
        answers = list(hands.map(guess, range(700_000, 700_012)))
    assert len([one for one in answers if "That is not the PIN." in one]) == PIN_TRIES


def test_a_wrong_password_counts_as_a_wrong_sign_in(talk: Talk, visit: Visit) -> None:
    tablet = talk.give()
    tablet.get(f"{talk.page}/grown-up")
    for _ in range(10):
        wrong = tablet.post(f"{talk.page}/grown-up", {"password": "not that one at all"})
        assert "That is not the password." in wrong.text
    late = tablet.post(f"{talk.page}/grown-up", {"password": PASSWORD})
    assert "Wait five minutes" in late.text
    assert tablet.get(f"{talk.page}/talk").status_code == 200


def test_someone_elses_password_and_pin_are_wrong(app: Flask, talk: Talk, people: People) -> None:
    with keeping(app):
        person = db.session.get_one(Person, people.ines.id)
        person.pin_hash, omar = None, db.session.get_one(Person, people.omar.id)
        set_pin(omar, PIN)
        person.pin_hash = omar.pin_hash
    talk.give()
    assert "That is not the PIN." in talk.take(pin=PIN).text


def test_the_page_for_the_grown_up_is_the_brief_when_the_tablet_is_the_workers(talk: Talk) -> None:
    assert talk.tablet.get(f"{talk.page}/grown-up").location == talk.page


# It lay there for long -----------------------------------------------------------------------------------


def test_left_alone_it_falls_asleep_and_shows_nothing_that_was_said(
    clock: time_machine.Traveller, talk: Talk
) -> None:
    tablet = talk.give()
    tablet.submit(f"{talk.page}/talk", why="Nobody listens.")
    clock.move_to(NOON + IDLE)
    for path in ("/", talk.page, f"{talk.page}/talk", f"{talk.page}/read-back", "/sign-in"):
        assert tablet.get(path).location == f"{talk.page}/grown-up"
    shown = tablet.get(f"{talk.page}/grown-up").text
    assert not [one for one in (*SECRETS, "Nobody listens") if one in shown]
    # Looking at it does not wake it.
    assert tablet.get(f"{talk.page}/talk").location == f"{talk.page}/grown-up"


def test_what_is_written_meanwhile_waits_for_the_pin(clock: time_machine.Traveller, talk: Talk) -> None:
    tablet = talk.give()
    tablet.get(f"{talk.page}/talk")
    clock.move_to(NOON + IDLE)
    batch = {"answers": [said("why", "Nobody listens.")]}
    assert tablet.post(f"{talk.page}/answers", json=batch).status_code == 401
    assert tablet.get(f"{talk.page}/token").status_code == 401
    woken = tablet.submit(f"{talk.page}/grown-up", go="wake", pin=PIN)
    assert woken.location == f"{talk.page}/talk"
    assert tablet.get("/").location == f"{talk.page}/talk"
    tablet.get(f"{talk.page}/talk")
    assert tablet.post(f"{talk.page}/answers", json=batch).get_json()["accepted"] == ["from-the-tablet"]


def test_without_a_script_the_words_are_given_back_and_sent_again(
    clock: time_machine.Traveller, talk: Talk
) -> None:
    tablet = talk.give()
    words = "They shout all day long, and nobody says why they do."
    typed = form_of(tablet.get(f"{talk.page}/talk")) | {"why": words}
    clock.move_to(NOON + IDLE)
    given_back = tablet.post(f"{talk.page}/talk", typed)
    assert given_back.status_code == 401
    assert words in given_back.text
    tablet.submit(f"{talk.page}/grown-up", go="wake", pin=PIN)
    tablet.send(given_back)
    assert [row.value for row in talk.rows()] == [words]


def test_asleep_it_can_be_taken_back_and_is_awake_then(clock: time_machine.Traveller, talk: Talk) -> None:
    talk.give()
    clock.move_to(NOON + IDLE + IDLE)
    assert talk.take(pin="111222").status_code == 200
    assert talk.take(pin=PIN).location == talk.page
    assert talk.is_back()
    clock.move_to(NOON + IDLE + IDLE + IDLE - timedelta(seconds=1))
    assert talk.is_back()


def test_it_ends_for_good_with_the_working_day(clock: time_machine.Traveller, talk: Talk) -> None:
    tablet = talk.give()
    clock.move_to(NOON + LONGEST)
    assert tablet.get(f"{talk.page}/talk").location.startswith("/sign-in")


def test_a_request_that_was_under_way_opens_nothing_again(app: Flask, talk: Talk) -> None:
    with keeping(app):
        db.session.execute(sa.delete(SignInSession))
    with keeping(app):
        assert keep_session("ended meanwhile", talk.people.ines.id, {}, now(), now()) is None
        assert db.session.scalar(sa.select(sa.func.count()).select_from(SignInSession)) == 0


# The PIN itself -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pin", ["", "12345", "26093", "26093a", "260931260931", "11111", "²60931"])
def test_a_pin_has_six_digits_or_more(pin: str) -> None:
    assert fault_of_pin(pin) == "length"


@pytest.mark.parametrize("pin", ["123456", "012345", "654321", "111111", "000000", "8901234"])
def test_the_first_that_anyone_tries_is_no_pin(pin: str) -> None:
    assert fault_of_pin(pin) == "guessed"


def test_digits_of_any_keyboard_are_the_same_pin() -> None:
    assert {tidy_pin(one) for one in ("260931", "٢٦٠٩٣١", "۲۶۰۹۳۱", " 26 09 31")} == {"260931"}


def test_a_pin_is_set_with_the_password(app: Flask, talk: Talk, people: People) -> None:
    page = talk.tablet.submit("/my-pin", "/my-pin", pin="777123", password="not that one at all")
    assert "That is not the password." in page.text
    assert "not in a row" in talk.tablet.submit("/my-pin", "/my-pin", pin="123456", password=PASSWORD).text
    assert talk.tablet.submit("/my-pin", "/my-pin", pin="777123", password=PASSWORD).location == "/"
    talk.give()
    assert talk.take(pin=PIN).status_code == 200
    assert talk.take(pin="777123").location == talk.page


def test_a_pin_is_kept_as_a_slow_hash_that_needs_the_key_beside_it(app: Flask, people: People) -> None:
    with keeping(app):
        person = db.session.get_one(Person, people.ines.id)
        set_pin(person, PIN)
        kept = person.pin_hash or ""
        with pytest.raises(PeopleError):
            set_pin(person, "12345")
    assert kept.startswith("$argon2id$")
    assert not fits(kept, PIN)


@pytest.mark.parametrize("name", ["maya", "ivan", "cora"])
def test_a_pin_is_for_those_who_hold_talks(visit: Visit, people: People, name: str) -> None:
    assert visit(getattr(people, name)).get("/my-pin").status_code == 403
