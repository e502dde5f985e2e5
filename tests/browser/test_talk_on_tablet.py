"""A whole talk on a tablet without a network: as online, and on the server once there is one again."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Error, FrameLocator, Page, expect

from interview.answers import Skip
from tests.browser.conftest import Hand, Kept
from tests.browser.tablet.hands import until
from tests.people import People

PASSPHRASE = "seven wet otters sing"
SOON = 60_000
TRIES = 4


@pytest.fixture
def taken(hand: Hand, people: People, talk: Kept) -> Iterator[Page]:
    """Ines' tablet, with the talk taken along, opened without a network at the list."""
    tablet = hand(people.ines)
    tablet.goto("/take-with-me")
    tablet.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
    tablet.get_by_label("The same once more").fill(PASSPHRASE)
    tablet.get_by_role("button", name="Take with me").click()
    expect(tablet.locator("#open")).to_be_visible(timeout=SOON)
    tablet.context.set_offline(True)
    unlock(tablet)
    yield tablet
    tablet.context.set_offline(False)


def unlock(tablet: Page) -> None:
    """Open the tablet with the passphrase."""
    tablet.goto("/tablet")
    tablet.locator("#passphrase").fill(PASSPHRASE)
    tablet.locator("#opens button[type=submit], #opens button:not([type])").first.click()
    expect(tablet.locator("#talks .needs__open").first).to_be_visible(timeout=SOON)


def inside(tablet: Page) -> FrameLocator:
    """The page in the shell's frame."""
    return tablet.frame_locator("#frame iframe")


def come_to(tablet: Page, page: str) -> FrameLocator:
    """Go to a page of the open talk, as a link there would."""
    expect(inside(tablet).locator("main")).to_be_visible(timeout=SOON)
    tablet.evaluate("(page) => heard.go(page)", page)
    expect(inside(tablet).locator("#talk, #read-back")).to_be_visible(timeout=SOON)
    return inside(tablet)


def in_language(tablet: Page, language: str) -> FrameLocator:
    """Touch this language until the talk stands there in it: a page that still moves lets go of a touch."""
    there = inside(tablet).locator(f"html[lang={language}] #talk")
    for _ in range(TRIES):
        with suppress(Error):
            inside(tablet).locator(f'button[value="in-{language}"]').click(timeout=SOON / TRIES)
        with suppress(AssertionError):
            expect(there).to_be_visible(timeout=SOON / TRIES)
            break
    expect(there).to_be_visible()
    expect(inside(tablet).locator("#whole")).to_be_visible(timeout=SOON)
    return inside(tablet)


def answered(frame: FrameLocator, words: str) -> None:
    """Write why, and wait until it lies on the tablet."""
    frame.locator("#f-why textarea").fill(words)
    expect(frame.locator(".mark")).to_have_attribute("data-state", "tablet", timeout=SOON)


def test_a_whole_talk_without_a_network(taken: Page, talk: Kept) -> None:
    taken.locator("#talks .needs__open").click()
    frame = come_to(taken, "talk")
    frame.locator('input[name="ready"][value="yes"]').check(force=True)
    frame.locator("#whole").click()
    frame.locator('.places a[href="#why"]').click()
    answered(frame, "Nobody listens. I said it twice.")
    expect(frame.locator(".mark")).to_have_text("On this tablet only", timeout=SOON)
    frame.locator('.places a[href="#hello"]').click()
    frame = in_language(taken, "ar")
    expect(frame.locator("html[dir=rtl]")).to_have_count(1)
    expect(frame.locator("#f-why textarea")).to_have_value("Nobody listens. I said it twice.", timeout=SOON)
    frame.locator("#whole").click()
    frame.locator('.places a[href="#why"]').click()
    answered(frame, "لا أحد يسمعني.")
    frame.locator('.places a[href="#hello"]').click()
    frame = in_language(taken, "en")
    expect(frame.locator("#f-why textarea")).to_have_value("لا أحد يسمعني.", timeout=SOON)
    # Left out at the read-back: gone for whoever reads, and underneath for whoever has to keep somebody safe.
    read = come_to(taken, "read-back")
    expect(read.locator("#f-why blockquote")).to_have_text("لا أحد يسمعني.", timeout=SOON)
    read.locator('#f-why [value="leave-out"]').check(force=True)
    expect(read.locator("#f-why .locked")).to_be_visible(timeout=SOON)
    read.locator('[data-turn="1"]').click()
    expect(read.locator("#left-out button")).to_have_text("What made you want to go?", timeout=SOON)
    read.locator('input[name="agrees"][value="yes"]').check(force=True)
    read.get_by_role("button", name="I am done").click()
    expect(read.get_by_role("heading", level=1)).to_have_text("What you can do", timeout=SOON)
    assert talk.rows() == []
    taken.context.set_offline(False)
    until(taken, lambda: "agrees" in {one.question for one in talk.rows()})
    rows = talk.rows("why")
    assert [one.value for one in rows][-2:] == ["لا أحد يسمعني.", None]
    assert rows[-1].skipped is Skip.LEFT_OUT
    assert (talk["agrees"].value, talk["ready"].value) == ("yes", "yes")


def test_a_tablet_that_goes_dark_goes_on_in_the_same_place(taken: Page, talk: Kept) -> None:
    taken.locator("#talks .needs__open").click()
    frame = come_to(taken, "talk")
    for _ in range(60):
        if frame.locator("#f-why").is_visible():
            break
        frame.locator("#onward").click()
    answered(frame, "Nobody listens.")
    taken.close()
    again = taken.context.new_page()
    unlock(again)
    again.locator("#talks .needs__open").click()
    frame = come_to(again, "talk")
    expect(frame.locator("#f-why textarea")).to_be_visible(timeout=SOON)
    expect(frame.locator("#f-why textarea")).to_have_value("Nobody listens.", timeout=SOON)
    expect(frame.locator(".mark")).to_have_text("On this tablet only", timeout=SOON)
