"""Every answer is saved by itself, and "Saved" is true, whatever becomes of network, session and tabs."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.request import urlopen

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, Route, expect

from interview.answers import Skip
from records.database import db
from records.tables import SignInSession
from tests.browser.conftest import Hand, Kept, cookies_of
from tests.browser.fingers import eventually, mark, option, send, skip, star, turn_to, wait_saved, words_of
from tests.houses import SECRET, House
from tests.people import People, keeping
from views.moments import now, time_of_day

WAITING = "Not saved yet. Trying again."
SIGNED_OUT = "Not saved yet. Ask the grown-up to sign in again."
FINISHED = "This talk is finished. It cannot be changed here."
REFUSED = "Not saved. Look at this answer again."
ANSWERS = "**/answers"
Trouble = Callable[[Route], None]


def say_why(page: Page, words: str = "Nobody listens.") -> None:
    """Type why, on the part of the talk where that is asked."""
    turn_to(page, "why")
    words_of(page, "why").fill(words)


def try_again(page: Page) -> None:
    """Come back to this tab: what waits is sent at once, and not only when its time has come."""
    page.evaluate("dispatchEvent(new Event('focus'))")


def keep_trying(page: Page) -> None:
    """Come back to this tab until all is saved."""
    for _ in range(200):
        try_again(page)
        page.wait_for_timeout(50)
        if mark(page).get_attribute("data-state") == "saved":
            return
    pytest.fail(f"Not saved after many tries: {mark(page).text_content()}")


class Network:
    """A network that does to each request what the test says, in turn; then it works."""

    def __init__(self, page: Page, *does: Trouble) -> None:
        self.does = list(does)
        page.route(ANSWERS, self._carry)

    def _carry(self, route: Route) -> None:
        (self.does.pop(0) if self.does else Route.continue_)(route)


def loses_request(route: Route) -> None:
    """Nothing arrives."""
    route.abort()


def loses_reply(route: Route) -> None:
    """The server has it, and nobody learns of it."""
    route.fetch()
    route.abort()


def test_saved_is_said_only_when_the_server_said_so(tablet: Page, talk: Kept) -> None:
    held: list[Route] = []
    Network(tablet, held.append)
    say_why(tablet)
    expect(mark(tablet)).to_have_text("Saving")
    tablet.wait_for_timeout(700)
    eventually(tablet, lambda: bool(held))
    expect(mark(tablet)).to_have_text("Saving")
    assert talk.rows() == []
    held[0].continue_()
    wait_saved(tablet)
    saved_at = talk["why"].server_time
    assert saved_at is not None
    assert mark(tablet).text_content() in {f"Saved {time_of_day(at)}" for at in (saved_at, now())}


def test_a_lost_reply_keeps_one_answer(tablet: Page, talk: Kept) -> None:
    Network(tablet, loses_reply, loses_reply)
    say_why(tablet)
    expect(mark(tablet)).to_have_text(WAITING)
    keep_trying(tablet)
    assert [answer.value for answer in talk.rows("why")] == ["Nobody listens."]


def test_it_tries_again_by_itself(tablet: Page, talk: Kept) -> None:
    Network(tablet, loses_request, loses_reply)
    say_why(tablet)
    expect(mark(tablet)).to_have_text(WAITING)
    wait_saved(tablet)
    assert talk["why"].value == "Nobody listens."


def test_a_third_lost_before_and_after_arrives_all_the_same(tablet: Page, talk: Kept) -> None:
    chance = random.Random(18)
    troubles: list[Trouble] = [loses_request, loses_reply, Route.continue_, Route.continue_, Route.continue_]
    Network(tablet, *(chance.choice(troubles) for _ in range(60)))
    for turn in range(4):
        say_why(tablet, f"Nobody listens, {turn}.")
        try_again(tablet)
        words_of(tablet, "trigger").fill(f"A row, {turn}.")
        turn_to(tablet, "living")
        option(tablet, "safe_here", ("yes", "sometimes", "no")[turn % 3]).check()
        try_again(tablet)
        turn_to(tablet, "cards")
        option(tablet, "reasons", ("A1", "B1", "A3", "B3")[turn]).check()
    skip(tablet, "missing_here").check()
    star(tablet, "A3").check()
    keep_trying(tablet)
    said = {key: talk[key].value for key in ("why", "trigger", "safe_here", "reasons")}
    assert said == {
        "why": "Nobody listens, 3.",
        "trigger": "A row, 3.",
        "safe_here": "yes",
        "reasons": {"chosen": ["B1", "A1", "A3", "B3"], "biggest": "A3"},
    }
    assert talk["missing_here"].skipped is Skip.RATHER_NOT_SAY
    assert all(len(talk.heads(key)) == 1 for key in said)


def test_offline_the_talk_goes_on_and_is_saved_afterwards(tablet: Page, talk: Kept) -> None:
    tablet.context.set_offline(True)
    say_why(tablet)
    expect(mark(tablet)).to_have_text(WAITING)
    turn_to(tablet, "living")
    option(tablet, "safe_here", "no").check()
    assert talk.rows() == []
    tablet.context.set_offline(False)
    wait_saved(tablet)
    assert (talk["why"].value, talk["safe_here"].value) == ("Nobody listens.", "no")


def test_offline_nobody_is_sent_away_from_what_is_not_saved(tablet: Page, talk: Kept) -> None:
    turn_to(tablet, "next")
    tablet.context.set_offline(True)
    words_of(tablet, "would_help").fill("Somebody who asks.")
    tablet.get_by_role("button", name="Read it back to me").click()
    expect(mark(tablet)).to_have_text(WAITING)
    expect(words_of(tablet, "would_help")).to_have_value("Somebody who asks.")
    tablet.context.set_offline(False)
    wait_saved(tablet)
    tablet.get_by_role("button", name="Read it back to me").click()
    expect(tablet.locator("#f-would_help")).to_contain_text("Somebody who asks.")


def mark_as_left_out(page: Page, talk: Kept) -> None:
    """Say why; at the read-back the child wants it left out."""
    say_why(page)
    wait_saved(page)
    page.goto(f"{talk.path}/read-back")
    page.locator("#f-why").get_by_label("Leave it out").check()


def test_a_read_back_waits_for_the_network(tablet: Page, talk: Kept) -> None:
    mark_as_left_out(tablet, talk)
    tablet.context.set_offline(True)
    tablet.get_by_role("button", name="I am done").click()
    expect(mark(tablet)).to_have_text(WAITING)
    expect(tablet.locator("#f-why").get_by_label("Leave it out")).to_be_checked()
    tablet.context.set_offline(False)
    expect(tablet.get_by_role("heading", level=1)).to_have_text("What you can do")
    assert talk["why"].skipped is Skip.LEFT_OUT


def test_a_read_back_outlives_its_session(tablet: Page, talk: Kept, app: Flask, people: People) -> None:
    mark_as_left_out(tablet, talk)
    let_time_pass(tablet, app)
    tablet.get_by_role("button", name="I am done").click()
    expect(mark(tablet)).to_have_text(SIGNED_OUT)
    tablet.context.add_cookies(cookies_of(app, tablet.url.split("/interviews")[0], people.ines))
    expect(tablet.get_by_role("heading", level=1)).to_have_text("What you can do")
    assert talk["why"].skipped is Skip.LEFT_OUT


def test_nobody_leaves_a_read_back_by_mistake(tablet: Page, talk: Kept) -> None:
    mark_as_left_out(tablet, talk)
    with tablet.expect_event("dialog") as asked:
        tablet.once("dialog", lambda dialog: dialog.dismiss())
        tablet.evaluate("setTimeout(() => location.assign('/'), 0)")
    assert asked.value.type == "beforeunload"
    expect(tablet.locator("#f-why").get_by_label("Leave it out")).to_be_checked()


def sign_out_elsewhere(page: Page, app: Flask) -> None:
    """Signed out on another tab: the cookie is gone too."""
    other = page.context.new_page()
    other.goto("/")
    send(other, other.get_by_role("button", name="Sign out"))
    other.close()


def let_time_pass(page: Page, app: Flask) -> None:
    """Half an hour went by: the server knows the session no more, the browser still has its cookie."""
    with keeping(app):
        db.session.execute(sa.delete(SignInSession))


@pytest.mark.parametrize("end", [sign_out_elsewhere, let_time_pass])
def test_a_session_that_ended_loses_nothing(
    tablet: Page, talk: Kept, app: Flask, people: People, end: Callable[[Page, Flask], None]
) -> None:
    say_why(tablet, "Before.")
    wait_saved(tablet)
    end(tablet, app)
    say_why(tablet, "Before. And after.")
    expect(mark(tablet)).to_have_text(SIGNED_OUT)
    expect(words_of(tablet, "why")).to_have_value("Before. And after.")
    assert talk["why"].value == "Before."
    tablet.context.add_cookies(cookies_of(app, tablet.url.split("/interviews")[0], people.ines))
    try_again(tablet)
    wait_saved(tablet)
    assert [answer.value for answer in talk.rows("why")] == ["Before.", "Before. And after."]


def test_a_page_from_before_a_new_sign_in_fetches_a_fresh_token(
    tablet: Page, talk: Kept, app: Flask, people: People, asked: list[str]
) -> None:
    tablet.context.add_cookies(cookies_of(app, tablet.url.split("/interviews")[0], people.ines))
    say_why(tablet)
    wait_saved(tablet)
    assert asked.count(f"{talk.path}/token") == 1
    assert talk["why"].value == "Nobody listens."


def test_two_tabs_on_one_talk_keep_both(tablet: Page, talk: Kept) -> None:
    other = tablet.context.new_page()
    other.goto(tablet.url)
    say_why(tablet, "From one tab.")
    wait_saved(tablet)
    say_why(other, "From the other.")
    wait_saved(other)
    assert [answer.value for answer in talk.heads("why")] == ["From one tab.", "From the other."]


def test_a_talk_finished_elsewhere_is_not_changed_and_the_words_stay(tablet: Page, talk: Kept) -> None:
    talk.change(held_at=now(), finished_at=now())
    say_why(tablet)
    expect(mark(tablet)).to_have_text(FINISHED)
    expect(words_of(tablet, "why")).to_have_value("Nobody listens.")
    assert talk.rows() == []


def test_reloading_in_the_middle_of_typing_loses_nothing_marked_saved(tablet: Page, talk: Kept) -> None:
    tablet.on("dialog", lambda dialog: dialog.accept())
    say_why(tablet, "Marked as saved.")
    wait_saved(tablet)
    words_of(tablet, "why").press_sequentially(" And then")
    tablet.reload()
    turn_to(tablet, "why")
    assert words_of(tablet, "why").input_value().startswith("Marked as saved.")


def test_what_was_just_typed_goes_out_with_the_page(tablet: Page, talk: Kept) -> None:
    tablet.on("dialog", lambda dialog: dialog.accept())
    held: list[Route] = []
    Network(tablet, held.append)
    say_why(tablet, "Under way")
    eventually(tablet, lambda: bool(held))  # the first request hangs
    words_of(tablet, "why").fill("Under way, and more.")
    tablet.goto("/interviews")
    eventually(tablet, lambda: bool(talk.rows()) and talk["why"].value == "Under way, and more.")
    assert len(talk.heads("why")) == 1


def test_a_change_while_a_save_is_under_way_follows_it(tablet: Page, talk: Kept) -> None:
    held: list[Route] = []
    Network(tablet, held.append)
    say_why(tablet, "First.")
    eventually(tablet, lambda: bool(held))
    words_of(tablet, "why").fill("First. Second.")
    held[0].continue_()
    wait_saved(tablet)
    assert [answer.value for answer in talk.heads("why")] == ["First. Second."]


def test_a_refused_answer_stays_in_sight_until_it_is_put_right(tablet: Page, talk: Kept) -> None:
    turn_to(tablet, "living")
    option(tablet, "asked_about_place", "no").check()
    words_of(tablet, "moves").fill("lots")
    expect(mark(tablet)).to_have_text(REFUSED)
    option(tablet, "too_far", "yes").check()
    eventually(tablet, lambda: len(talk.rows("too_far")) == 1)
    expect(mark(tablet)).to_have_text(REFUSED)
    expect(tablet.locator('[data-question="moves"] .fault')).to_be_visible()
    words_of(tablet, "moves").fill("12")
    wait_saved(tablet)
    expect(tablet.locator(".fault")).to_have_count(0)
    assert talk["moves"].value == 12


def test_a_skip_takes_choices_back_and_gives_them_back(tablet: Page, talk: Kept) -> None:
    turn_to(tablet, "cards")
    option(tablet, "reasons", "A1").check()
    star(tablet, "A1").check()
    skip(tablet, "reasons").check()
    wait_saved(tablet)
    assert (talk["reasons"].value, talk["reasons"].skipped) == (None, Skip.RATHER_NOT_SAY)
    skip(tablet, "reasons").uncheck()
    wait_saved(tablet)
    assert talk["reasons"].value == {"chosen": ["A1"], "biggest": "A1"}


@contextmanager
def gunicorn(house: House, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Heard as it runs for real, as a process that can be killed."""
    given = {"HEARD_INSTANCE": str(house.folder), "HEARD_SECRET_KEY": SECRET}
    command = [sys.executable, "-m", "gunicorn", "-w", "1", "--threads", "4", "--no-control-socket"]
    process = subprocess.Popen(
        [*command, "--log-level", "error", "-b", f"127.0.0.1:{port}", "app:create_app()"],
        env=os.environ | given,
        start_new_session=True,
    )
    try:
        wait_for(port)
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(port: int) -> None:
    """Wait until someone answers."""
    for _ in range(200):
        try:
            with urlopen(f"http://127.0.0.1:{port}/health"):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("The server did not start.")


def test_what_is_marked_saved_outlives_a_killed_server(
    hand: Hand, house: House, app: Flask, people: People, talk: Kept
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    page = hand(base_url=address)
    page.context.add_cookies(cookies_of(app, address, people.ines))
    with gunicorn(house, port):
        page.goto(f"{talk.path}/talk")
        say_why(page, "Saved.")
        wait_saved(page)
    say_why(page, "Saved. And typed without a server.")
    expect(mark(page)).to_have_text(WAITING)
    assert talk["why"].value == "Saved."
    with gunicorn(house, port):
        keep_trying(page)
    assert [answer.value for answer in talk.rows("why")] == ["Saved.", "Saved. And typed without a server."]
