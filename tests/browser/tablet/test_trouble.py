"""Storage that is full or emptied, and a session that ends: said in words, and nothing typed is lost."""

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import CDPSession, Page, expect

from records.database import db
from records.tables import SignInSession
from tests.browser.fingers import go_on_to, mark, words_of
from tests.browser.tablet.conftest import Fetch
from tests.browser.tablet.devices import Device
from tests.browser.tablet.hands import (
    PASSPHRASE,
    PATIENCE,
    open_talk,
    open_with,
    sign_in,
    sign_out,
    take,
    unlock,
    until,
)
from tests.browser.tablet.servers import Process
from tests.browser.tablet.world import Day, a_day
from tests.people import PASSWORD, People, keeping

WORDS = "They moved me three times this year."
SPOIL = """(one) => new Promise((good, bad) => {
  const request = indexedDB.open("heard");
  request.onerror = () => bad(request.error);
  request.onsuccess = () => {
    const step = request.result.transaction("talks", "readwrite");
    const talks = step.objectStore("talks");
    const all = talks.getAll();
    all.onsuccess = () => talks.put({ ...all.result[one], box: new Uint8Array(40).buffer });
    step.oncomplete = () => { request.result.close(); good(); };
  };
})"""
HANGS = """() => {
  window.finds = IDBObjectStore.prototype.getAll;
  IDBObjectStore.prototype.getAll = function () { finds.call(this); return {}; };
}"""
WORKS = "() => { IDBObjectStore.prototype.getAll = finds; }"
KEEPS_ALL = """() => {
  window.clears = IDBObjectStore.prototype.delete;
  IDBObjectStore.prototype.delete = () => { throw new DOMException("", "UnknownError"); };
}"""
# Nobody knows yet what lies here.
SLOW = """IDBFactory.prototype.databases = () => new Promise((found) => {
  window.known = () => found([{ name: "heard" }]);
});"""
CLEARS = "() => { IDBObjectStore.prototype.delete = clears; }"


def storage(page: Page) -> CDPSession:
    """The browser's own hand on its storage."""
    return page.context.new_cdp_session(page)


def a_tablet(device: Fetch, server: Process, people: People, day: Day) -> tuple[Device, Page]:
    """A tablet with the talks of the day, just started: its browser has written nothing yet."""
    tablet = device(server.address)
    page = tablet.page()
    sign_in(page, people.ines)
    take(page, day.names)
    tablet.close()
    return tablet, tablet.page()


def test_a_full_tablet_says_so_and_keeps_what_was_typed(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    day = a_day(app, people)
    tablet, page = a_tablet(device, server, people, day)
    server.stop()
    full = storage(page)
    full.send("Storage.overrideQuotaForOrigin", {"origin": server.address, "quotaSize": 1})
    unlock(page)
    talk = open_talk(page, day.names[0])
    go_on_to(talk, "why")
    words_of(talk, "why").fill(WORDS)
    expect(mark(talk)).to_have_attribute("data-state", "full", timeout=PATIENCE)
    expect(mark(talk)).not_to_be_empty()
    expect(words_of(talk, "why")).to_have_value(WORDS)
    full.send("Storage.overrideQuotaForOrigin", {"origin": server.address})
    until(page, lambda: mark(talk).get_attribute("data-state") == "tablet")
    tablet.kill()
    page = tablet.page()
    unlock(page)
    talk = open_talk(page, day.names[0])
    go_on_to(talk, "why")
    expect(words_of(talk, "why")).to_have_value(WORDS)


def test_a_full_tablet_sends_from_memory(server: Process, device: Fetch, app: Flask, people: People) -> None:
    day = a_day(app, people)
    _, page = a_tablet(device, server, people, day)
    sign_in(page, people.ines)
    full = storage(page)
    full.send("Storage.overrideQuotaForOrigin", {"origin": server.address, "quotaSize": 1})
    unlock(page)
    talk = open_talk(page, day.names[0])
    go_on_to(talk, "why")
    words_of(talk, "why").fill(WORDS)
    until(page, lambda: [row.value for row in day.talks[0].rows("why")] == [WORDS])


def test_a_store_that_is_emptied_under_the_page(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    day = a_day(app, people)
    _, page = a_tablet(device, server, people, day)
    server.stop()
    unlock(page)
    talk = open_talk(page, day.names[0])
    go_on_to(talk, "why")
    words_of(talk, "why").fill(WORDS)
    expect(mark(talk)).to_have_attribute("data-state", "tablet", timeout=PATIENCE)
    emptied = {"origin": server.address, "storageTypes": "indexeddb"}
    storage(page).send("Storage.clearDataForOrigin", emptied)
    more = f"{WORDS} And nobody asked me."
    words_of(talk, "why").fill(more)
    expect(mark(talk)).to_have_attribute("data-state", "gone", timeout=PATIENCE)
    expect(mark(talk)).not_to_be_empty()
    expect(words_of(talk, "why")).to_have_value(more)
    server.start()
    sign_in(page.context.new_page(), people.ines)
    until(page, lambda: bool(day.talks[0].rows("why")) and day.talks[0]["why"].value == more)


def test_a_store_that_is_emptied_while_nobody_looks(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    day = a_day(app, people)
    tablet, page = a_tablet(device, server, people, day)
    page.goto("/tablet")
    emptied = {"origin": server.address, "storageTypes": "indexeddb"}
    storage(page).send("Storage.clearDataForOrigin", emptied)
    tablet.close()
    page = tablet.page()
    page.goto("/tablet")
    expect(page.locator("#news")).to_contain_text("The browser has cleared what was kept here")


def test_a_session_that_ends_in_mid_sentence(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    day = a_day(app, people)
    _, page = a_tablet(device, server, people, day)
    sign_in(page, people.ines)
    page.goto(f"{day.talks[0].path}/talk")
    go_on_to(page, "why")
    words_of(page, "why").press_sequentially(WORDS[:10])
    with keeping(app):
        db.session.execute(sa.delete(SignInSession))
    words_of(page, "why").press_sequentially(WORDS[10:])
    expect(mark(page)).to_have_attribute("data-state", "signed-out", timeout=PATIENCE)
    at = page.url
    page.get_by_role("button", name="Sign in").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(people.ines.sign_in_name)
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog).to_be_hidden()
    expect(words_of(page, "why")).to_have_value(WORDS)
    assert page.url == at
    until(page, lambda: bool(day.talks[0].rows("why")) and day.talks[0]["why"].value == WORDS)


def test_a_talk_that_the_disk_has_spoilt_hides_no_other(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    day = a_day(app, people)
    _, page = a_tablet(device, server, people, day)
    page.goto("/tablet")
    page.evaluate(SPOIL, 0)
    unlock(page)
    expect(page.locator("#talks li")).to_have_count(len(day.names) - 1)
    expect(page.locator("#closed")).to_contain_text("does not open any more")
    sign_in(page, people.ines)
    take(page, day.names)
    unlock(page)
    expect(page.locator("#talks li")).to_have_count(len(day.names))
    expect(page.locator("#closed")).to_be_hidden()


def test_a_store_that_does_not_answer_is_not_a_wrong_passphrase(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    day = a_day(app, people)
    _, page = a_tablet(device, server, people, day)
    page.goto("/tablet")
    page.evaluate(HANGS)
    open_with(page, PASSPHRASE)
    expect(page.locator("#fault")).to_contain_text("cannot be read just now", timeout=2 * PATIENCE)
    page.evaluate(WORKS)
    open_with(page, PASSPHRASE)
    expect(page.locator("#talks li")).to_have_count(len(day.names), timeout=PATIENCE)


def test_nobody_is_signed_out_as_if_nothing_opened_here_any_more(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    day = a_day(app, people)
    _, page = a_tablet(device, server, people, day)
    sign_in(page, people.ines)
    page.evaluate(KEEPS_ALL)
    page.get_by_role("button", name="Sign out").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("Talks that open on this tablet: 3.", timeout=PATIENCE)
    asked.get_by_role("button", name="Sign out; take them off").click()
    expect(asked).to_contain_text("Nothing has been cleared", timeout=PATIENCE)
    asked.get_by_role("button", name="Stay signed in").click()
    page.evaluate(CLEARS)
    sign_out(page)
    page.goto("/tablet")
    open_with(page, PASSPHRASE)
    expect(page.locator("#fault")).to_contain_text("No talk is on this tablet", timeout=PATIENCE)
    expect(page.locator("#list")).to_be_hidden()


def test_signing_out_waits_until_it_is_known_what_lies_here(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    day = a_day(app, people)
    _, page = a_tablet(device, server, people, day)
    sign_in(page, people.ines)
    page.add_init_script(SLOW)
    page.goto("/")
    page.get_by_role("button", name="Sign out").click()
    page.evaluate("known()")
    expect(page.get_by_role("dialog")).to_contain_text("Talks that open on this tablet: 3.", timeout=PATIENCE)
