"""Two children one after the other at one tablet, with a network: the second finds nothing of the first."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from records.answers import keep
from records.database import db
from records.pins import set_pin
from records.tables import Interview, Person, SignInSession
from tests.browser.conftest import Kept
from tests.browser.eyes import source_of
from tests.browser.fingers import words_of
from tests.browser.tablet.conftest import Fetch
from tests.browser.tablet.hands import (
    PASSPHRASE,
    PATIENCE,
    open_with,
    sign_in,
    take,
    talk_with,
    the_frame,
    unlock,
    until,
)
from tests.browser.tablet.servers import Process
from tests.browser.tablet.world import CHILDREN, Day, a_day
from tests.people import People, answer, keeping
from views.moments import now

PIN = "260931"
SAID = "They shouted at me and I could not breathe."
TELLS = (SAID, *CHILDREN, "Ines", "Okafor", "Larch")
ADDRESSES = ("", "/talk", "/read-back", "/last-time", "/thanks", "/record", "/slip", "/urgent", "/grown-up")

ITS_SCRIPT_HAS_COME = (
    "performance.getEntriesByType('resource').some(({ name }) => name.includes('/aside.js'))"
)
# What stands in a window's name stays when the window goes elsewhere.
NOTE_THAT_IT_GOES_BLANK = """() => {
  const note = () => { window.name = document.body.hidden ? "went blank first" : window.name; };
  new MutationObserver(note).observe(document.body, { attributes: true, attributeFilter: ["hidden"] });
}"""


@pytest.fixture
def day(app: Flask, people: People) -> Day:
    """Three talks; in the first something was said before, with a network."""
    day = a_day(app, people)
    with keeping(app):
        set_pin(db.session.get_one(Person, people.ines.id), PIN)
        first = db.session.get_one(Interview, day.talks[0].id)
        keep(first, [answer("why", SAID)], people.ines.id, now())
    return day


@pytest.fixture
def tablet(server: Process, device: Fetch, people: People, day: Day) -> Page:
    """Ines's tablet, with the talks on it."""
    page = device(server.address).page()
    sign_in(page, people.ines)
    take(page, day.names)
    return page


def is_told(app: Flask, page: Page, talk: Kept) -> None:
    """See that the server knows by now which child has the tablet."""

    def told() -> bool:
        with app.app_context():
            return f"tablet:{talk.id}" in db.session.scalars(sa.select(SignInSession.handed_over_to))

    until(page, told)


def give(page: Page, name: str) -> None:
    """Open the talk with this child in the tablet's own page, and give the tablet to them."""
    unlock(page)
    talk_with(page, name).locator(".needs__open").click()
    expect(page.locator("#frame iframe")).to_be_visible(timeout=PATIENCE)
    page.evaluate("heard.go('hand-over')")
    expect(page.locator("#bar")).to_be_hidden(timeout=PATIENCE)


def take_back(page: Page) -> None:
    """The worker has the tablet again, by the passphrase."""
    page.evaluate("heard.go('take-back')")
    expect(page.locator("#locked")).to_be_visible(timeout=PATIENCE)
    open_with(page, PASSPHRASE)
    page.get_by_role("button", name="I take it back").click()
    expect(page.locator("#with-the-child")).to_be_hidden()


def shows_nothing(page: Page) -> None:
    """See a page with nothing of anybody: the tablet's own, locked, or the one that asks for the PIN."""
    expect(page).to_have_url(re.compile("(/tablet|/grown-up([?].*)?)$"))
    shown = source_of(page)
    assert not [one for one in TELLS if one in shown]


def test_the_second_child_finds_nothing_of_the_first(app: Flask, tablet: Page, day: Day) -> None:
    first, second = day.talks[:2]
    give(tablet, day.names[0])
    tablet.evaluate("heard.go('talk')")
    expect(words_of(the_frame(tablet), "why")).to_have_value(SAID, timeout=PATIENCE)
    is_told(app, tablet, first)
    take_back(tablet)
    give(tablet, day.names[1])
    is_told(app, tablet, second)
    other = tablet.context.new_page()
    for talk in (first, second):
        for address in ADDRESSES:
            other.goto(f"{talk.path}{address}")
            shows_nothing(other)
    for address in ("/", "/interviews", "/take-with-me", "/sign-in", "/no-such-page", "/tablet"):
        other.goto(address)
        shows_nothing(other)
    other.go_back()
    shows_nothing(other)
    # Nor does any of it disturb the second child.
    expect(tablet.locator("#frame iframe")).to_be_visible()


def test_after_the_day_the_pin_opens_the_workers_pages_and_nothing_else_does(
    app: Flask, tablet: Page, day: Day
) -> None:
    give(tablet, day.names[0])
    is_told(app, tablet, day.talks[0])
    take_back(tablet)
    tablet.get_by_role("link", name="Take talks with me").last.click()
    expect(tablet).to_have_url(re.compile("/grown-up"))
    shows_nothing(tablet)
    tablet.get_by_label("Your PIN").fill("111222")
    tablet.get_by_role("button", name="Take the tablet back").click()
    expect(tablet.locator(".fault")).to_have_text("That is not the PIN. Try again, or use your password.")
    shows_nothing(tablet)
    tablet.get_by_label("Your PIN").fill(PIN)
    tablet.get_by_role("button", name="Take the tablet back").click()
    expect(tablet).to_have_url(re.compile("/take-with-me$"))
    tablet.goto("/")
    expect(tablet.get_by_text("Ines Okafor").first).to_be_visible()


@pytest.mark.parametrize("page", ["talk", "read-back"])
def test_a_page_of_the_first_childs_that_is_still_open_goes_when_the_next_one_has_the_tablet(
    app: Flask, tablet: Page, day: Day, page: str
) -> None:
    first, second = day.talks[:2]
    online = tablet.context.new_page()
    online.goto(f"{first.path}/{page}")
    if page == "talk":
        online.get_by_role("button", name="Hand to the child").click()
        expect(online.get_by_role("link", name="For the grown-up")).to_be_visible()
    assert SAID in source_of(online)
    online.wait_for_function(ITS_SCRIPT_HAS_COME)
    online.evaluate(NOTE_THAT_IT_GOES_BLANK)
    give(tablet, day.names[1])
    is_told(app, tablet, second)
    expect(online).to_have_url(re.compile("/tablet$"), timeout=PATIENCE)
    shows_nothing(online)
    assert online.evaluate("window.name") == "went blank first"
    expect(tablet.locator("#frame iframe")).to_be_visible()
