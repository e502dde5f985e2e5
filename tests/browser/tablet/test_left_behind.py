"""What a tablet leaves on its disk: of 200 marker words none: after work, locking, signing out."""

from functools import partial

from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.fingers import mark
from tests.browser.tablet.conftest import Fetch, figure
from tests.browser.tablet.devices import Device
from tests.browser.tablet.hands import (
    PATIENCE,
    all_sent,
    inner,
    open_with,
    sign_in,
    take,
    talk_with,
    the_frame,
    unlock,
    until,
)
from tests.browser.tablet.servers import Process
from tests.browser.tablet.traces import MARK
from tests.browser.tablet.world import Marks, a_marked_talk
from tests.people import People

# Every box on the page says something, as if it had been typed.
SAY = """(words) => {
  const boxes = [...document.querySelectorAll("[data-question] textarea, [data-question] input:not([type])")];
  const own = boxes.filter((one) => one.name === one.closest("[data-question]").dataset.question);
  for (const box of own) {
    box.value = words.splice(0, 3).join(" ");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return own.length;
}"""


def nothing_left(tablet: Device, when: str) -> None:
    """No marker word stands anywhere in its profile."""
    found = tablet.traces()
    assert found == [], f"{when}: {found}"
    figure(f"marker words found on the disk {when}: {len(found)}")


def see(page: Page, name: str, words: str) -> None:
    """Open a page of the talk, on which these words stand."""
    page.evaluate("(name) => heard.go(name)", name)
    expect(the_frame(page).locator("body")).to_contain_text(words, timeout=PATIENCE)


def say_everything(page: Page, name: str, marks: Marks) -> None:
    """Open a page of the talk, and write into every box."""
    page.evaluate("(name) => heard.go(name)", name)
    frame = the_frame(page)
    expect(frame.locator("[data-question]").first).to_be_attached(timeout=PATIENCE)
    expect(mark(frame)).to_be_attached()
    words = marks.more(150).split()
    assert inner(page).evaluate(SAY, words) > 5
    page.evaluate("heard.flush()")


def test_no_word_of_a_record_is_found_on_the_disk(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    marks = Marks()
    talk = a_marked_talk(app, people, marks)
    passphrase = f"kettle {marks.more()} orchard"
    tablet = device(server.address)
    page = tablet.page()
    sign_in(page, people.ines)
    take(page, [MARK], passphrase)
    page.goto("/tablet")
    page.get_by_label("Show what I type").check()
    open_with(page, passphrase)
    talk_with(page, MARK).get_by_role("button").click()
    expect(page.locator("#frame iframe")).to_be_visible(timeout=PATIENCE)
    see(page, "brief", MARK)
    for name in ("talk", "record"):
        say_everything(page, name, marks)
    see(page, "read-back", MARK)
    see(page, "urgent", "999")
    nothing_left(tablet, "while it is open")
    page.get_by_role("button", name="Lock").click()
    expect(page.locator("#locked")).to_be_visible()
    nothing_left(tablet, "after locking")
    tablet.close()
    nothing_left(tablet, "after closing")
    page = tablet.page()
    sign_in(page, people.ines)
    unlock(page, passphrase)
    until(page, partial(all_sent, page))
    page.goto("/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    tablet.close()
    nothing_left(tablet, "after signing out")
    assert len(set(marks.given)) >= 200
    assert any(MARK in str(row.value) for row in talk.rows())
