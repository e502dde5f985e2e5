"""The child's pages in a browser that runs no script: one long page that saves."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Hand, Kept
from tests.browser.fingers import option, words_of
from tests.people import People


@pytest.fixture
def plain(hand: Hand, people: People, talk: Kept) -> Page:
    """The talk on an old phone."""
    page = hand(people.ines, java_script_enabled=False, viewport=PHONE)
    page.goto(f"{talk.path}/talk")
    return page


def test_everything_stands_on_one_page(plain: Page) -> None:
    for part in ("hello", "why", "cards", "next"):
        expect(plain.locator(f"section#{part}")).to_be_visible()
    expect(plain.get_by_role("button", name="Save")).to_be_visible()


def test_nothing_is_offered_that_needs_a_script(plain: Page, talk: Kept) -> None:
    expect(plain.get_by_role("button", name="Take a break")).to_be_hidden()
    plain.goto(f"{talk.path}/read-back")
    expect(plain.get_by_role("button", name="Take a break")).to_be_hidden()


def test_a_card_shows_its_star_and_a_change_its_box(plain: Page, talk: Kept) -> None:
    card = plain.locator('.card:has(input[value="A1"])')
    expect(card.locator(".star")).to_be_hidden()
    option(plain, "reasons", "A1").check()
    expect(card.locator(".star")).to_be_visible()
    words_of(plain, "why").fill("Nobody listens.")
    plain.get_by_role("button", name="Read it back to me").click()
    plain.locator("#f-why").get_by_label("Change it").check()
    plain.locator("#f-why textarea").fill("Nobody listens to me.")
    plain.get_by_role("button", name="I am done").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("What you can do")
    assert talk["why"].value == "Nobody listens to me."
    assert talk["reasons"].value["chosen"] == ["A1"]


def test_enter_saves_and_stays(plain: Page, talk: Kept) -> None:
    words_of(plain, "moves").fill("4")
    with plain.expect_navigation():
        words_of(plain, "moves").press("Enter")
    expect(words_of(plain, "moves")).to_have_value("4")
    assert plain.url.endswith("/talk")
    assert talk["moves"].value == 4
