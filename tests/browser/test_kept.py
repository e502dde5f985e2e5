"""The talk with a network: a browser that is killed, or an ended session, loses nothing."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from interview.access import Audience
from tests.browser.conftest import Kept, cookies_of
from tests.browser.fingers import eventually, mark, send, wait_saved, words_of
from tests.browser.test_hand_over import given, is_the_talk, pin
from tests.browser.test_saving import SIGNED_OUT, let_time_pass, say_why
from tests.people import PASSWORD, People

SEALED = """() => new Promise((done) => {
  const request = indexedDB.open("heard");
  request.onupgradeneeded = () => request.transaction.abort();
  request.onerror = () => done([]);
  request.onsuccess = () => {
    const base = request.result;
    const all = base.transaction("outbox").objectStore("outbox").getAll();
    all.onsuccess = () => { base.close(); done(all.result.map((one) => one.envelope)); };
  };
})"""

NOTE_WRITES = """() => {
  const { put } = IDBObjectStore.prototype;
  window.written = [];
  IDBObjectStore.prototype.put = function (...row) {
    if (this.name === "outbox") written.push(performance.now());
    return put.apply(this, row);
  };
}"""

__all__ = ["given", "pin"]  # fixtures


def sealed(page: Page) -> int:
    """How many operations lie on this device."""
    return len(envelopes(page))


def envelopes(page: Page) -> list[Any]:
    """What lies there, as it is sealed."""
    found: list[Any] = page.evaluate(SEALED)
    return found


@pytest.fixture
def without_answers(tablet: Page) -> Page:
    """The talk, with a network that lets no answer through by the usual way."""
    tablet.route("**/answers", lambda route: route.abort())
    return tablet


def test_what_the_server_has_lies_on_the_device_no_longer(tablet: Page, talk: Kept) -> None:
    tablet.route("**/answers", lambda route: route.abort(), times=2)
    say_why(tablet, "Nobody listens.")
    eventually(tablet, lambda: sealed(tablet) == 1)
    wait_saved(tablet)
    eventually(tablet, lambda: sealed(tablet) == 0)
    assert [answer.value for answer in talk.rows("why")] == ["Nobody listens."]


def test_what_is_typed_before_the_server_was_ever_asked_is_sealed_as_well(
    without_answers: Page, talk: Kept
) -> None:
    page = without_answers
    page.route("**/tablet/contact", lambda route: route.abort())
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    say_why(page, "Nobody listens.")
    eventually(page, lambda: sealed(page) == 1)
    page.unroute("**/tablet/contact")
    page.goto("/")
    eventually(page, lambda: [answer.value for answer in talk.rows("why")] == ["Nobody listens."])


def test_whoever_types_without_a_pause_is_sealed_all_the_time(without_answers: Page) -> None:
    page = without_answers
    say_why(page, "Nobody")
    eventually(page, lambda: sealed(page) == 1)
    page.evaluate(NOTE_WRITES)
    while page.evaluate("written.length") < 6:
        words_of(page, "why").press_sequentially(" no", delay=50)
    first, *_, last = page.evaluate("written.slice(0, 6)")
    # Each 0.3 seconds; with what is done every 2 seconds alone it would be ten.
    assert last - first < 6_000


def test_what_was_typed_is_sent_by_the_next_page(without_answers: Page, talk: Kept) -> None:
    page = without_answers
    page.on("dialog", lambda dialog: dialog.accept())
    say_why(page, "Nobody listens.")
    eventually(page, lambda: sealed(page) == 1)
    before = envelopes(page)
    words_of(page, "why").fill("Nobody listens. Never.")
    eventually(page, lambda: envelopes(page) != before)
    # The page that comes back shows what was sent for it.
    page.reload()
    expect(words_of(page, "why")).to_have_value("Nobody listens. Never.")
    # Whether what was there before had gone out by then is left to the network.
    assert [answer.value for answer in talk.heads("why")] == ["Nobody listens. Never."]
    eventually(page, lambda: sealed(page) == 0)


def test_a_living_page_keeps_its_own(without_answers: Page, talk: Kept) -> None:
    say_why(without_answers, "Half a")
    eventually(without_answers, lambda: sealed(without_answers) == 1)
    other = without_answers.context.new_page()
    with other.expect_response("**/tablet/contact"):
        other.goto(without_answers.url)
    # The other tab has looked, and left it.
    other.evaluate("import(form.dataset.later.split(' ')[0]).then(() => true)")
    other.wait_for_timeout(500)
    assert talk.rows() == []
    without_answers.unroute("**/answers")
    words_of(without_answers, "why").fill("Half a sentence, and the rest.")
    wait_saved(without_answers)
    assert [answer.value for answer in talk.heads("why")] == ["Half a sentence, and the rest."]


def test_signing_in_on_the_spot_goes_on_where_it_was(tablet: Page, talk: Kept, app: Flask) -> None:
    say_why(tablet, "Before.")
    wait_saved(tablet)
    let_time_pass(tablet, app)
    say_why(tablet, "Before. And after.")
    expect(mark(tablet)).to_have_text(SIGNED_OUT)
    tablet.get_by_role("button", name="Sign in").click()
    dialog = tablet.get_by_role("dialog")
    dialog.get_by_label("Name").fill("ines")
    dialog.get_by_label("Password").fill("not it")
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog.get_by_role("alert")).to_contain_text("do not fit")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    wait_saved(tablet)
    expect(words_of(tablet, "why")).to_have_value("Before. And after.")
    expect(words_of(tablet, "why")).to_be_visible()
    assert talk["why"].value == "Before. And after."
    expect(tablet.get_by_role("button", name="Sign in")).to_have_count(0)


def sign_in_here(page: Page) -> None:
    """Ines signs in again without leaving the page."""
    page.get_by_role("button", name="Sign in").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("ines")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    wait_saved(page)


@pytest.mark.parametrize("page", ["talk", "record"])
def test_after_signing_in_on_the_spot_the_caret_is_where_it_was(
    tablet: Page, talk: Kept, app: Flask, page: str
) -> None:
    if page == "talk":
        say_why(tablet, "Before after.")
    else:
        tablet.goto(f"{talk.path}/record")
    box = tablet.locator("textarea:visible").first
    box.fill("Before after.")
    wait_saved(tablet)
    let_time_pass(tablet, app)
    for key in ["Home", *["ArrowRight"] * len("Before "), "a", "n", "d"]:
        box.press(key)
    expect(mark(tablet)).to_have_attribute("data-state", "signed-out")
    sign_in_here(tablet)
    expect(box).to_be_focused()
    tablet.keyboard.type(" ")
    expect(box).to_have_value("Before and after.")


def test_whoever_signs_in_again_the_child_still_holds_the_tablet(given: Page, talk: Kept, app: Flask) -> None:
    given.goto(f"{talk.path}/talk")
    say_why(given, "Before.")
    wait_saved(given)
    let_time_pass(given, app)
    say_why(given, "Before. And after.")
    expect(mark(given)).to_have_text(SIGNED_OUT)
    sign_in_here(given)
    assert talk["why"].value == "Before. And after."
    given.goto("/interviews")
    is_the_talk(given, talk)


def leave_something(page: Page, talk: Kept) -> None:
    """Type something that does not reach the server, and leave the talk for the start page."""
    page.route("**/answers", lambda route: route.abort())
    page.route("**/tablet/sync", lambda route: route.abort())
    say_why(page, "Nobody listens.")
    eventually(page, lambda: sealed(page) == 1)
    # The last that a page sends on its way out is lost as well.
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError()); }")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/")


def test_the_start_page_says_what_is_only_here_and_sends_it(tablet: Page, talk: Kept) -> None:
    leave_something(tablet, talk)
    line = tablet.locator("#on-this-tablet")
    expect(line).to_contain_text("Changes that are only on this tablet: 1. The oldest is from")
    tablet.unroute("**/tablet/sync")
    line.get_by_role("button", name="Send now").click()
    expect(line).to_be_hidden()
    assert talk["why"].value == "Nobody listens."


def test_another_person_sees_nothing_of_it(
    tablet: Page, talk: Kept, app: Flask, people: People, address: str
) -> None:
    leave_something(tablet, talk)
    tablet.unroute("**/tablet/sync")
    tablet.context.clear_cookies()
    tablet.context.add_cookies(cookies_of(app, address, people.omar))
    with tablet.expect_response("**/tablet/contact"):
        tablet.goto("/")
    tablet.get_by_role("button", name="Sign out").click()
    tablet.wait_for_url("**/sign-in")
    assert sealed(tablet) == 1
    assert talk.rows() == []


def test_nobody_signs_out_from_it_unasked(tablet: Page, talk: Kept) -> None:
    leave_something(tablet, talk)
    tablet.locator("#on-this-tablet").wait_for()
    tablet.get_by_role("button", name="Sign out").click()
    dialog = tablet.get_by_role("dialog")
    expect(dialog).to_contain_text("Changes that are only on this tablet: 1.")
    dialog.get_by_role("button", name="Stay signed in").click()
    expect(dialog).to_have_count(0)
    tablet.get_by_role("button", name="Sign out").click()
    dialog.get_by_role("button", name="Sign out; it stays here, sealed").click()
    tablet.wait_for_url("**/sign-in")
    assert sealed(tablet) == 1
    assert talk.rows() == []


def test_what_was_marked_at_the_read_back_outlives_its_page(tablet: Page, talk: Kept) -> None:
    say_why(tablet, "Nobody listens.")
    wait_saved(tablet)
    tablet.goto(f"{talk.path}/read-back")
    tablet.on("dialog", lambda dialog: dialog.accept())
    tablet.locator('#f-why [value="change"]').check()
    tablet.locator("#f-why textarea").fill("Nobody listens. Never.")
    eventually(tablet, lambda: sealed(tablet) == 1)
    tablet.locator("#f-why").get_by_label("My social worker").uncheck()
    tablet.get_by_label("All of this is right").check()
    eventually(tablet, lambda: sealed(tablet) == 2)
    tablet.wait_for_timeout(600)
    # Nothing of it was sent when the page went.
    assert [answer.value for answer in talk.rows("why")] == ["Nobody listens."]
    tablet.goto(f"{talk.path}/talk")
    # The page that comes sends it, and then shows it.
    expect(words_of(tablet, "why")).to_have_value("Nobody listens. Never.", timeout=20_000)
    tablet.wait_for_load_state("load")
    eventually(tablet, lambda: sealed(tablet) == 0)
    assert Audience.SOCIAL_WORKER not in talk["why"].audience
    assert [answer.value for answer in talk.rows("read_right")] == [["why"]]
    assert len(talk.heads("why")) == 1


def test_what_was_sent_with_the_read_back_counts_once(tablet: Page, talk: Kept) -> None:
    say_why(tablet, "Nobody listens.")
    wait_saved(tablet)
    tablet.goto(f"{talk.path}/read-back")
    for words in ("Nobody listens. Never.", "Nobody listens. Not once."):
        tablet.locator('#f-why [value="change"]').check()
        tablet.locator("#f-why textarea").fill(words)
        eventually(tablet, lambda: sealed(tablet) == 1)
        tablet.get_by_label("All of this is right").set_checked(words.endswith("Never."))
        send(tablet, tablet.get_by_role("button", name="Save"))
        expect(tablet.locator("#f-why blockquote")).to_have_text(words)
        eventually(tablet, lambda: sealed(tablet) == 0)
    said = ["Nobody listens.", "Nobody listens. Never.", "Nobody listens. Not once."]
    assert [answer.value for answer in talk.rows("why")] == said
    assert [answer.value for answer in talk.rows("read_right")] == [["why"], None]
    assert len(talk.heads("read_right")) == len(talk.heads("why")) == 1
