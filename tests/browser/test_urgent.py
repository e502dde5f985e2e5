"""Someone is not safe, on a tablet: there at one touch, and back to the same question with what was typed."""

import re

import pytest
from playwright.sync_api import Page, Route, expect
from playwright.sync_api import ViewportSize as Size

from tests.browser.conftest import PHONE, TABLET, Hand, Kept
from tests.browser.eyes import faults_at, source_of
from tests.browser.fingers import eventually, option, question, turn_to, wait_saved, words_of
from tests.people import People

WORDS = "He comes into my room at night."
THANKS = "Thank you for telling me."


def ready(page: Page) -> None:
    """What comes after the page can be used has come."""
    brought = "performance.getEntriesByType('resource').some((one) => /urgent.*js/.test(one.name))"
    eventually(page, lambda: bool(page.evaluate(brought)))
    page.wait_for_timeout(200)


def touch_not_safe(page: Page) -> None:
    """One touch at the top of the page."""
    page.locator(".top").get_by_text("Someone is not safe").click()
    expect(page.locator("h1")).to_have_text("Someone is not safe")


def test_there_and_back_with_what_was_being_typed(tablet: Page, talk: Kept) -> None:
    ready(tablet)
    turn_to(tablet, "why")
    words_of(tablet, "why").press_sequentially("Nobody lis")
    # In the middle of a word: nothing has been sent yet.
    touch_not_safe(tablet)
    assert talk["why"].value == "Nobody lis"
    assert WORDS not in source_of(tablet)
    tablet.get_by_label("What was said, word for word").fill(WORDS)
    tablet.get_by_label("Self-harm, or not wanting to live").check()
    tablet.locator("#save").click()
    expect(tablet.get_by_role("status")).to_contain_text("Saved at")
    tablet.get_by_text("Go back to where you were").click()
    expect(tablet).to_have_url(re.compile(r"/talk#why$|/talk#f-\w+$"))
    expect(words_of(tablet, "why")).to_be_visible()
    expect(words_of(tablet, "why")).to_have_value("Nobody lis")


def test_a_slow_network_takes_what_is_typed_along(tablet: Page, talk: Kept) -> None:
    held: list[Route] = []
    tablet.route("**/answers", lambda route: held.append(route))
    ready(tablet)
    turn_to(tablet, "why")
    words_of(tablet, "why").fill("Nobody listens.")
    tablet.locator(".top").get_by_text("Someone is not safe").click()
    tablet.wait_for_timeout(1000)
    for route in held:
        route.continue_()
    expect(tablet.locator("h1")).to_have_text("Someone is not safe")
    assert talk["why"].value == "Nobody listens."


def test_an_answer_of_harm_offers_it_and_takes_the_offer_back(tablet: Page) -> None:
    ready(tablet)
    turn_to(tablet, "living")
    box = question(tablet, "adult_hurt")
    expect(box.get_by_text(THANKS)).to_have_count(0)
    option(tablet, "adult_hurt", "yes").check(force=True)
    expect(box.get_by_text(THANKS)).to_have_count(1)
    option(tablet, "adult_hurt", "no").check(force=True)
    expect(box.get_by_text(THANKS)).to_have_count(0)
    option(tablet, "adult_hurt", "yes").check(force=True)
    wait_saved(tablet)
    tablet.reload()
    ready(tablet)
    expect(box.get_by_text(THANKS)).to_have_count(1)


@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
def test_it_is_easy_on_eye_and_finger(hand: Hand, people: People, talk: Kept, size: Size) -> None:
    page = hand(people.ines, viewport=size)
    page.goto(f"{talk.path}/urgent?from=talk.talk")
    assert faults_at(page, size) == []
    page.get_by_label("Danger now").check()
    page.locator("#save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved at")
    assert faults_at(page, size) == []


def test_the_page_of_numbers_is_easy_too(hand: Hand, people: People) -> None:
    page = hand(people.cora, viewport=PHONE)
    page.goto(f"/councils/{people.fenmoor.id}/numbers")
    assert faults_at(page, PHONE) == []
