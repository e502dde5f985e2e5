"""Signing in and out, and how long a session lasts."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

import records.people
from records.database import db
from records.people import ATTEMPTS, count_attempt
from records.tables import Interview, SignInSession
from tests.conftest import Visit
from tests.crawler import seen
from tests.houses import House, close
from tests.people import PASSWORD, People, an_interview, disable, end_posts, keeping
from tests.visitor import Visitor, page_of
from views.moments import now
from views.sign_in import safe_path

MORNING = datetime(2026, 11, 18, 8, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """It is eight in the morning, until the test says otherwise."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def enter(visitor: Visitor, name: str, password: str = PASSWORD, **how: Any) -> Any:
    visitor.get("/sign-in")
    return visitor.post(how.pop("to", "/sign-in"), {"name": name, "password": password}, **how)


def is_in(visitor: Visitor) -> bool:
    return visitor.get("/").status_code == 200


def session_id(visitor: Visitor) -> str:
    cookie = visitor.client.get_cookie("heard")
    return cookie.value if cookie else ""


def with_session(app: Flask, old: str) -> Visitor:
    """Someone who found an old session id."""
    thief = Visitor(app)
    thief.client.set_cookie("heard", old)
    return thief


def test_it_works(visit: Visit, people: People) -> None:
    assert people.maya.name in visit(people.maya).get("/").text


@pytest.mark.parametrize("name", ["Maya", " maya ", "MAYA", "ｍａｙａ"])
def test_a_name_may_be_typed_as_people_type(visit: Visit, name: str) -> None:
    assert enter(visit(), name).location == "/"


def test_a_wrong_password_and_an_unknown_name_are_the_same(visit: Visit) -> None:
    visitor = visit()
    answers = [enter(visitor, "maya", "not the password"), enter(visitor, "mona", PASSWORD)]
    wrong, unknown = (seen(answer).body.decode() for answer in answers)
    assert [answer.status_code for answer in answers] == [200, 200]
    assert wrong == unknown.replace("mona", "maya")
    assert "Name and password do not fit" in wrong


def test_a_wrong_password_and_an_unknown_name_are_the_same_work(
    visit: Visit, people: People, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with keeping(app):
        disable(people.mark)
    checked: list[str] = []
    hasher = records.people.HASHER

    class Counting:
        def verify(self, kept: str, password: str) -> bool:
            checked.append(kept.split("$")[3])
            return hasher.verify(kept, password)

    monkeypatch.setattr(records.people, "HASHER", Counting())
    for name in ("maya", "mona", "mark", ""):
        enter(visit(), name, "not the password")
    assert len(checked) == 3
    assert len(set(checked)) == 1


def test_a_password_as_long_as_a_book_is_not_even_looked_at(visit: Visit) -> None:
    assert "do not fit" in enter(visit(), "maya", "x" * 1025).text


@pytest.mark.parametrize(("name", "password"), [("", PASSWORD), ("maya", ""), ("", "")])
def test_an_empty_field_says_what_to_do(visit: Visit, name: str, password: str) -> None:
    answer = enter(visit(), name, password)
    assert "Enter your" in answer.text
    assert page_of(answer).find("title")[0].text.startswith("Error: ")


# Too many tries ------------------------------------------------------------------------------------


def test_after_ten_tries_even_the_right_password_waits(visit: Visit, clock: time_machine.Traveller) -> None:
    visitor = visit()
    tries = [enter(visitor, "maya", "a wrong password").status_code for _ in range(10)]
    assert tries == [200] * 10
    assert enter(visitor, "maya").status_code == 429
    clock.move_to(MORNING + timedelta(minutes=5) - SECOND)
    assert enter(visitor, "maya").status_code == 429
    clock.move_to(MORNING + timedelta(minutes=5))
    assert enter(visitor, "maya").location == "/"


def test_too_many_tries_at_many_names_shut_one_network_and_no_other(app: Flask, visit: Visit) -> None:
    with keeping(app):
        for number in range(max(ATTEMPTS)):
            count_attempt(f"name-{number}", "127.0.0.1", now())
    assert enter(visit(), "maya").status_code == 429
    assert enter(visit(), "maya", environ_base={"REMOTE_ADDR": "198.51.100.7"}).location == "/"


def test_someone_else_who_tries_her_name_does_not_lock_maya_out(app: Flask, visit: Visit) -> None:
    with keeping(app):
        for _ in range(min(ATTEMPTS)):
            count_attempt("maya", "198.51.100.7", now())
    assert enter(visit(), "maya", environ_base={"REMOTE_ADDR": "198.51.100.7"}).status_code == 429
    assert enter(visit(), "maya").location == "/"


def test_a_link_on_another_site_ends_nobodys_session(visit: Visit, people: People) -> None:
    maya = visit(people.maya)
    there = visit().get("/", headers={"Sec-Fetch-Site": "cross-site"})
    assert there.status_code == 200
    assert "Set-Cookie" not in there.headers
    assert maya.get("/").status_code == 200


def test_tries_are_counted_for_all_workers_together(house: House) -> None:
    workers = [house.open(), house.open()]
    for number in range(10):
        enter(Visitor(workers[number % 2]), "maya", "a wrong password")
    refused = [enter(Visitor(worker), "maya").status_code for worker in workers]
    for worker in workers:
        close(worker)
    assert refused == [429, 429]


# How long a session lasts --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("idle", "alive"), [(timedelta(minutes=30) - SECOND, True), (timedelta(minutes=30), False)]
)
def test_a_session_ends_after_half_an_hour_of_nothing(
    visit: Visit, people: People, clock: time_machine.Traveller, idle: timedelta, alive: bool
) -> None:
    maya = visit(people.maya)
    clock.move_to(MORNING + idle)
    assert is_in(maya) is alive


def test_whoever_works_stays_in_for_twelve_hours_and_no_longer(
    visit: Visit, people: People, clock: time_machine.Traveller
) -> None:
    maya = visit(people.maya)
    for minutes in range(20, 12 * 60, 20):
        clock.move_to(MORNING + timedelta(minutes=minutes))
        assert is_in(maya)
    clock.move_to(MORNING + timedelta(hours=12))
    assert not is_in(maya)


def test_signing_out_ends_the_session_everywhere(
    app: Flask, house: House, visit: Visit, people: People
) -> None:
    maya = visit(people.maya)
    old = session_id(maya)
    answer = maya.sign_out()
    other_worker = house.open()
    alive = [is_in(with_session(worker, old)) for worker in (app, other_worker)]
    close(other_worker)
    assert (answer.location, alive) == ("/sign-in", [False, False])
    assert answer.headers["Clear-Site-Data"] == '"cache"'


def test_only_a_post_signs_out(visit: Visit, people: People) -> None:
    maya = visit(people.maya)
    assert maya.get("/sign-out").status_code == 405
    assert maya.open("/sign-out", "POST").status_code == 400
    assert is_in(maya)


def test_the_session_id_changes_at_sign_in(app: Flask, visit: Visit) -> None:
    visitor = visit()
    visitor.get("/sign-in")
    before = session_id(visitor)
    enter(visitor, "maya")
    assert session_id(visitor) != before
    assert before
    assert not is_in(with_session(app, before))


def test_a_session_id_of_ones_own_making_is_worth_nothing(app: Flask, visit: Visit) -> None:
    visitor = with_session(app, "made-up")
    enter(visitor, "maya")
    assert session_id(visitor) != "made-up"


def test_a_disabled_account_is_cut_off_at_the_next_page(app: Flask, visit: Visit, people: People) -> None:
    maya = visit(people.maya)
    with keeping(app):
        disable(people.maya)
    assert not is_in(maya)
    assert "do not fit" in enter(visit(), "maya").text


def test_a_post_that_ended_yesterday_opens_nothing_today(
    app: Flask, visit: Visit, people: People, clock: time_machine.Traveller
) -> None:
    maya = visit(people.maya)
    with keeping(app):
        end_posts(people.maya, MORNING.date())
    assert is_in(maya)
    clock.move_to(MORNING + timedelta(minutes=25))
    assert is_in(maya)
    with keeping(app):
        end_posts(people.maya, MORNING.date() - timedelta(days=1))
    assert not is_in(maya)


def test_the_database_opens_no_session(app: Flask, visit: Visit, people: People) -> None:
    old = session_id(visit(people.maya))
    with app.app_context():
        rows = db.session.execute(sa.select(SignInSession.__table__)).all()
    assert len(rows) >= 1
    assert old not in repr(rows)
    assert all(not is_in(with_session(app, row.fingerprint.hex())) for row in rows)


# Cookies, tokens, addresses ------------------------------------------------------------------------


def test_the_cookie_is_for_this_site_and_not_for_scripts(visit: Visit) -> None:
    cookie = visit().get("/sign-in").headers["Set-Cookie"]
    assert cookie.startswith("heard=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))


def test_with_https_no_other_site_can_set_it(visit: Visit) -> None:
    answer = visit().get("/sign-in", base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-heard=")
    assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert "max-age=63072000" in answer.headers["Strict-Transport-Security"]


def test_a_name_of_another_host_is_refused(visit: Visit) -> None:
    assert visit().get("/sign-in", base_url="http://elsewhere.example").status_code == 400


def test_sign_in_needs_its_token(visit: Visit, people: People) -> None:
    form = {"name": "maya", "password": PASSWORD}
    stranger = visit()
    assert stranger.open("/sign-in", "POST", data=form).status_code == 400
    others = visit(people.mark)
    others.get("/")
    assert stranger.open("/sign-in", "POST", data=form | {"csrf_token": others.token}).status_code == 400


@pytest.mark.parametrize("path", ["/interviews", "/homes/x/summary?from=2026-01-01", "/a b?c=d&e=é"])
def test_one_is_sent_back_to_where_one_was_going(path: str) -> None:
    assert safe_path(path) == path


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//elsewhere.example",
        "///elsewhere.example",
        "https://elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example",
        "/\n/elsewhere.example",
        "javascript:alert(1)",
        "elsewhere",
        " //elsewhere.example",
        "",
        None,
    ],
)
def test_nobody_is_sent_elsewhere(visit: Visit, elsewhere: str | None) -> None:
    assert safe_path(elsewhere) is None
    answer = enter(visit(), "maya", to="/sign-in", query_string={"next": elsewhere or ""})
    assert answer.location == "/"


def test_a_stranger_comes_to_the_page_after_signing_in(visit: Visit) -> None:
    stranger = visit()
    sent_to = stranger.get("/interviews?page=2").location
    assert sent_to.startswith("/sign-in?next=")
    assert enter(stranger, "ines", to=sent_to).location == "/interviews?page=2"


def test_who_is_in_already_does_not_sign_in_again(visit: Visit, people: People) -> None:
    assert visit(people.maya).get("/sign-in").location == "/"


# A page left open overnight ------------------------------------------------------------------------


@pytest.fixture
def talk(app: Flask, people: People, clock: time_machine.Traveller) -> Interview:
    """A talk that Ines holds."""
    with keeping(app):
        return an_interview(people)


def typed_in(answer: Any) -> str:
    boxes = page_of(answer).find("textarea", name="why")
    return boxes[0].text if boxes else ""


WORDS = "Nobody listens, and I want to be with my brother. " * 3


def test_what_was_typed_overnight_is_given_back_and_then_kept(
    visit: Visit, people: People, talk: Interview, clock: time_machine.Traveller
) -> None:
    path = f"/interviews/{talk.id}/talk"
    ines = visit(people.ines)
    shown = ines.get(path)
    clock.move_to(MORNING + timedelta(hours=20))
    given_back = ines.send(shown, why=WORDS)
    assert (given_back.status_code, typed_in(given_back)) == (401, WORDS.strip())
    enter(ines, "ines")
    # The page that was given back is older than the new session: once more, and nothing is lost.
    again = ines.send(given_back, csrf_token="of the session before")
    assert (again.status_code, typed_in(again)) == (400, WORDS.strip())
    assert ines.send(again).status_code == 302
    assert WORDS.strip() in ines.get(path).text


def test_a_page_with_an_old_token_is_given_back(visit: Visit, people: People, talk: Interview) -> None:
    ines = visit(people.ines)
    shown = ines.get(f"/interviews/{talk.id}/talk")
    ines.sign_out()
    enter(ines, "ines")
    old = page_of(shown).find("input", name="csrf_token")[0].attributes["value"]
    ines.token = old
    given_back = ines.send(shown, why=WORDS, csrf_token=old)
    assert (given_back.status_code, typed_in(given_back)) == (400, WORDS.strip())
    assert ines.send(given_back).status_code == 302


def test_a_password_is_never_given_back(visit: Visit) -> None:
    answer = visit().open("/sign-in", "POST", data={"name": "maya", "password": "a secret of mine"})
    assert "a secret of mine" not in answer.text


# Flask-Compress leaves it to Python to close a static file that it has sent.
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_a_picture_asks_nobody_who_is_there(app: Flask, visit: Visit, people: People) -> None:
    ines = visit(people.ines)
    asked: list[str] = []
    with app.app_context():
        engine = db.engine

    def listen(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    sa.event.listen(engine, "before_cursor_execute", listen)
    assert ines.get("/static/child.css").status_code == 200
    sa.event.remove(engine, "before_cursor_execute", listen)
    assert asked == []
