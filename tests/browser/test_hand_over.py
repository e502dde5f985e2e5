"""The tablet in a child's hands: every way out leads back to the talk, and one touch blanks the screen."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from records.database import db
from records.pins import set_pin
from records.tables import Person, SignInSession
from tests.browser.conftest import PHONE, SIZES, Hand, Kept
from tests.browser.eyes import faults_at, small_targets, source_of
from tests.browser.fingers import eventually, turn_to, wait_saved, words_of
from tests.people import People, keeping
from views.moments import now

PIN = "260931"
NAMES = ("Robin", "Achebe", "Ines", "Okafor", "Larch", "Fenmoor", "Heard", "Sign out")
# From the touch to the frame that was painted after it.
LISTEN = """name => addEventListener(name, (event) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { window.took = performance.now() - event.timeStamp; };
  port2.postMessage(0);
}), { once: true, capture: true })"""


@pytest.fixture
def pin(app: Flask, people: People) -> str:
    """Ines has set a PIN."""
    with keeping(app):
        set_pin(db.session.get_one(Person, people.ines.id), PIN)
    return PIN


@pytest.fixture
def given(hand: Hand, people: People, talk: Kept, pin: str) -> Page:
    """A tablet that Ines has just given to Robin, after she had been on some pages of hers."""
    page = hand(people.ines)
    for path in ("/", "/interviews", talk.path):
        page.goto(path)
    page.get_by_role("button", name="Give the tablet to the child").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Before we start")
    return page


def is_the_talk(page: Page, talk: Kept) -> None:
    """This page is the child's, and names nobody."""
    expect(page).to_have_url(re.compile(f"{talk.path}/(talk|welcome)(#.*)?$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Your time to talk|Before we start"))
    shown = source_of(page)
    assert not [name for name in NAMES if name in shown]


def take_back(page: Page) -> None:
    page.get_by_role("link", name="For the grown-up").first.click()
    page.get_by_label("Your PIN").fill(PIN)
    page.get_by_role("button", name="Take the tablet back").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The talk with Robin Achebe")


# No way out ------------------------------------------------------------------------------------------


def test_back_and_reload_come_back_to_the_talk(given: Page, talk: Kept) -> None:
    for _ in range(3):
        given.go_back()
        is_the_talk(given, talk)
    given.reload()
    is_the_talk(given, talk)
    given.go_forward()
    is_the_talk(given, talk)


@pytest.mark.parametrize("typed", ["/", "/interviews", "/sign-in", "/sign-out", "/no-such-page", "/my-pin"])
def test_an_address_that_is_typed_comes_back_to_the_talk(given: Page, talk: Kept, typed: str) -> None:
    given.goto(typed)
    is_the_talk(given, talk)


def test_a_second_tab_comes_back_to_the_talk(given: Page, talk: Kept) -> None:
    second = given.context.new_page()
    for address in ("/", talk.path, f"{talk.path}/record"):
        second.goto(address)
        is_the_talk(second, talk)


def test_the_workers_other_tab_goes_blank_and_keeps_what_was_typed(
    hand: Hand, people: People, talk: Kept, pin: str
) -> None:
    other = hand(people.ines)
    other.goto(f"{talk.path}/record")
    other.locator("textarea").first.fill("Something of mine")
    wait_saved(other)
    page = other.context.new_page()
    page.goto(f"{talk.path}/talk")
    page.get_by_role("button", name="Hand to the child").click()
    expect(other.locator("body")).to_be_hidden()
    expect(other).to_have_title("…")
    take_back(page)
    expect(other.locator("textarea").first).to_have_value("Something of mine")
    expect(other.locator("body")).to_be_visible()


def test_what_was_just_typed_is_kept(tablet: Page, talk: Kept, pin: str) -> None:
    turn_to(tablet, "why")
    words_of(tablet, "why").fill("Nobody listens to me here.")
    tablet.get_by_role("button", name="Hand to the child").click()
    expect(tablet.get_by_role("link", name="For the grown-up")).to_be_visible()
    assert talk["why"].value == "Nobody listens to me here."


def test_touching_twice_does_no_harm(tablet: Page, talk: Kept, pin: str) -> None:
    tablet.get_by_role("button", name="Hand to the child").dblclick()
    expect(tablet.get_by_role("link", name="For the grown-up")).to_be_visible()
    tablet.get_by_role("link", name="For the grown-up").click()
    tablet.get_by_label("Your PIN").fill(PIN)
    tablet.get_by_role("button", name="Take the tablet back").dblclick()
    expect(tablet.get_by_role("heading", level=1)).to_contain_text("The talk with Robin Achebe")


def test_after_the_pin_back_shows_the_worker_their_pages(given: Page, talk: Kept) -> None:
    take_back(given)
    given.goto("/")
    expect(given.get_by_text("Ines Okafor")).to_be_visible()


def test_what_is_not_saved_waits_on_the_page_until_the_worker_wakes_it(
    app: Flask, given: Page, talk: Kept
) -> None:
    given.goto(f"{talk.path}/talk")
    with keeping(app):
        db.session.execute(sa.update(SignInSession).values(seen_at=now() - timedelta(hours=1)))
    turn_to(given, "why")
    words_of(given, "why").fill("Nobody listens to me here.")
    expect(given.locator(".mark")).to_have_attribute("data-state", "signed-out")
    with given.context.expect_page() as opened:
        given.get_by_role("link", name="For the grown-up").click()
    opened.value.get_by_label("Your PIN").fill(PIN)
    opened.value.get_by_role("button", name="Go on with the talk").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Your time to talk")
    opened.value.close()
    given.bring_to_front()
    wait_saved(given)
    assert talk["why"].value == "Nobody listens to me here."
    given.goto("/")
    is_the_talk(given, talk)


# The cover -------------------------------------------------------------------------------------------

CHILDS_PAGES = ("talk", "read-back", "thanks", "grown-up", "welcome", "numbers", "slip")


def cover(page: Page, touch: str) -> float:
    """Blank the screen, and say how many thousandths of a second it took."""
    page.evaluate(LISTEN, touch)
    if touch == "click":
        page.get_by_role("button", name="Take a break").click()
    else:
        page.keyboard.press("Escape")
    eventually(page, lambda: page.evaluate("typeof took") == "number")
    return float(page.evaluate("took"))


@pytest.mark.parametrize("path", CHILDS_PAGES)
def test_the_screen_is_blank_in_less_than_a_tenth_of_a_second(given: Page, talk: Kept, path: str) -> None:
    for touch in ("keydown", "click"):
        took = []
        for _ in range(3):  # the best counts: a machine that tests has other things to do
            given.goto(f"{talk.path}/{path}")
            expect(given.get_by_role("button", name="Take a break")).to_be_enabled()
            took.append(cover(given, touch))
        assert min(took) < 100, took


@pytest.mark.parametrize("path", CHILDS_PAGES)
def test_a_screen_that_is_covered_says_nothing_and_goes_on_where_it_was(
    given: Page, talk: Kept, path: str
) -> None:
    given.goto(f"{talk.path}/{path}")
    expect(given.get_by_role("button", name="Take a break")).to_be_enabled()
    title = given.title()
    given.keyboard.press("Escape")
    assert given.locator("body").aria_snapshot() == '- button "Go on"'
    expect(given.get_by_role("button", name="Go on")).to_be_focused()
    expect(given).to_have_title("Go on")
    given.get_by_role("button", name="Go on").click()
    expect(given).to_have_title(title)
    expect(given.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_tablet_that_was_given_away_is_for_fingers_and_readers(
    given: Page, talk: Kept, language: str
) -> None:
    talk.change(language=language)
    faults = []
    for path in ("read-back", "thanks", "grown-up"):
        given.goto(f"{talk.path}/{path}")
        for size in SIZES:
            faults += faults_at(given, size) + small_targets(given)
    given.locator("#pin").fill("111222")
    given.locator("[value=take]").click()
    expect(given.locator(".fault")).to_be_visible()
    given.locator("summary").click()
    faults += faults_at(given, PHONE) + small_targets(given)
    assert faults == []


@pytest.mark.parametrize("path", CHILDS_PAGES)
def test_title_and_icon_say_nothing(given: Page, talk: Kept, path: str) -> None:
    given.goto(f"{talk.path}/{path}")
    assert "Heard" not in given.title()
    icons = given.locator("link[rel~=icon]").evaluate_all("all => all.map((one) => one.href)")
    assert [icon.split("/")[-1].split("?")[0] for icon in icons] == ["plain.svg"]
    assert given.locator("link[rel=manifest], meta[name=application-name]").count() == 0


def test_the_top_of_the_talk_has_room_on_a_phone(hand: Hand, people: People, talk: Kept, pin: str) -> None:
    page = hand(people.ines, viewport=PHONE)
    page.goto(f"{talk.path}/talk")
    turn_to(page, "why")
    words_of(page, "why").fill("Nobody listens to me here.")
    wait_saved(page)
    for name in ("Hand to the child", "Take a break"):
        expect(page.get_by_role("button", name=name)).to_be_in_viewport()
    page.get_by_role("button", name="Hand to the child").click()
    expect(page.get_by_role("link", name="For the grown-up")).to_be_in_viewport()
    assert page.locator(".mark").bounding_box()["width"] >= 80  # type: ignore[index]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
