"""What a child typed is seen by nobody else: at a glance, with the Back button, or on the tablet's disk."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserType, Page, expect

from tests.browser.conftest import Hand, Kept, cookies_of
from tests.browser.eyes import source_of
from tests.browser.fingers import option, turn_to, wait_saved, words_of
from tests.people import People

SECRET_WORDS = "Zebrafinken mondlicht"
KEPT = "() => [localStorage.length, sessionStorage.length, document.cookie]"


def tab_through(page: Page, times: int = 6) -> set[str]:
    """The words on everything that the Tab key reaches."""
    reached = set()
    for _ in range(times):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("document.activeElement.matches('body') ? '' : document.activeElement.innerText")
        )
    return reached


@pytest.mark.parametrize("path", ["talk", "read-back"])
def test_escape_covers_the_screen_at_once(tablet: Page, talk: Kept, path: str) -> None:
    turn_to(tablet, "why")
    words_of(tablet, "why").fill(SECRET_WORDS)
    wait_saved(tablet)
    tablet.goto(f"{talk.path}/{path}#why")
    tablet.keyboard.press("Escape")
    assert tablet.locator("form").is_hidden()
    assert SECRET_WORDS not in tablet.locator("body").inner_text()
    assert tab_through(tablet) <= {"Go on", ""}
    tablet.get_by_role("button", name="Go on").click()
    expect(tablet.locator("#f-why")).to_be_visible()
    expect(tablet.get_by_role("button", name="Take a break")).to_be_focused()


def test_the_mark_and_the_break_stay_in_sight(tablet: Page) -> None:
    turn_to(tablet, "living")
    words_of(tablet, "rules_tried").scroll_into_view_if_needed()
    assert tablet.evaluate("scrollY") > 500
    expect(tablet.get_by_role("button", name="Take a break")).to_be_in_viewport()
    expect(tablet.get_by_role("status")).to_be_in_viewport()


def test_a_break_keeps_what_was_being_typed(tablet: Page, talk: Kept) -> None:
    turn_to(tablet, "why")
    words_of(tablet, "why").fill(SECRET_WORDS)
    tablet.get_by_role("button", name="Take a break").click()
    expect(tablet.locator("form")).to_be_hidden()
    tablet.get_by_role("button", name="Go on").click()
    expect(words_of(tablet, "why")).to_have_value(SECRET_WORDS)
    wait_saved(tablet)


def test_after_a_break_it_goes_on_where_it_was(tablet: Page) -> None:
    turn_to(tablet, "living")
    words_of(tablet, "rules_tried").fill(SECRET_WORDS)
    where = tablet.evaluate("scrollY")
    assert where > 500
    tablet.keyboard.press("Escape")
    tablet.keyboard.press("Escape")
    tablet.get_by_role("button", name="Go on").click()
    expect(words_of(tablet, "rules_tried")).to_be_focused()
    assert abs(tablet.evaluate("scrollY") - where) < 2


def test_the_back_button_shows_nothing_after_sign_out(hand: Hand, people: People, talk: Kept) -> None:
    page = hand(people.ines)
    page.goto(f"{talk.path}/talk")
    turn_to(page, "why")
    words_of(page, "why").fill(SECRET_WORDS)
    wait_saved(page)
    page.goto(talk.path)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    for _ in range(3):
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
        shown = source_of(page)
        assert SECRET_WORDS not in shown
        assert "Robin" not in shown


def test_the_talk_names_nobody_and_keeps_nothing_in_the_browser(tablet: Page) -> None:
    turn_to(tablet, "cards")
    option(tablet, "reasons", "A1").check()
    wait_saved(tablet)
    page = source_of(tablet)
    assert not [name for name in ("Robin", "Achebe", "Ines", "Okafor", "Larch", "Fenmoor") if name in page]
    assert tablet.evaluate(KEPT) == [0, 0, ""]


def test_nothing_typed_is_left_on_the_disk(
    browser: Browser,
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    app: Flask,
    address: str,
    people: People,
    talk: Kept,
    tmp_path: Path,
) -> None:
    profile = tmp_path / "profile"
    context = browser_type.launch_persistent_context(profile, base_url=address, **browser_type_launch_args)
    context.add_cookies(cookies_of(app, address, people.ines))
    page = context.new_page()
    page.goto(f"{talk.path}/talk")
    turn_to(page, "why")
    words_of(page, "why").fill(SECRET_WORDS)
    wait_saved(page)
    page.goto(f"{talk.path}/read-back")
    expect(page.locator("blockquote")).to_have_text(SECRET_WORDS)
    page.wait_for_timeout(1000)  # Chromium writes its session file now and then
    context.close()
    assert talk["why"].value == SECRET_WORDS
    assert traces_of("Zebrafinken", profile) == []
    assert traces_of("Your time to talk", profile) != []  # the page's title: this search would find it


def traces_of(word: str, folder: Path) -> list[str]:
    """The files of a browser's profile in which a word stands."""
    spellings = word.encode(), word.encode("utf-16-le")
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(one in path.read_bytes() for one in spellings)]
