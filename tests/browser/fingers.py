"""What fingers do on the pages of a talk, and what they wait for."""

import re
from collections.abc import Callable

from playwright.sync_api import FrameLocator, Locator, Page, expect

# A page, or one that stands in a frame of another.
Where = Page | FrameLocator
SAVED = re.compile(r"^Saved \d\d:\d\d$")


def question(page: Where, key: str) -> Locator:
    """One question with all that belongs to it."""
    return page.locator(f'[data-question="{key}"]')


def words_of(page: Where, key: str) -> Locator:
    """The box in which words are typed."""
    return question(page, key).locator("textarea, input:not([type])")


def option(page: Where, key: str, value: str) -> Locator:
    """One option, card, face or step."""
    return question(page, key).locator(f'input[name="{key}"][value="{value}"]')


def star(page: Where, code: str) -> Locator:
    """The star of a card."""
    return page.locator(f'input[name="reasons__biggest"][value="{code}"]')


def skip(page: Where, key: str, why: str = "rather-not-say") -> Locator:
    """One way to skip a question."""
    return question(page, key).locator(f'input[name="{key}__skip"][value="{why}"]')


def turn_to(page: Page, part: str) -> None:
    """Open one part of the talk, all of it together, as the worker does."""
    see_whole(page)
    page.locator(f'.places a[href="#{part}"]').click()
    expect(page.locator(f"section#{part}")).to_be_visible()
    expect(page).to_have_url(re.compile(f"#{part}$"))


def see_whole(page: Where) -> None:
    """See the questions of a part together."""
    if not page.locator("#talk.whole").count():
        page.locator("#whole").click()


def go_on_to(page: Where, key: str) -> None:
    """Touch "Next" until this question is asked."""
    for _ in range(60):
        if question(page, key).is_visible():
            return
        page.get_by_role("button", name="Next", exact=True).click()
    raise AssertionError(f"{key} is never asked.")


def send(page: Page, button: Locator) -> None:
    """Touch what sends this page away, and wait for the next one."""
    with page.expect_navigation():
        button.click()


def turn_on(page: Page) -> None:
    """Touch "Next" at the read-back, which first saves what was changed, and see what comes then."""
    save, further = page.locator("main button[value=stay]"), page.locator('[data-turn="1"]')
    here = save.get_attribute("formaction")
    further.click()
    # A page that is on its way to the server cannot be turned any more.
    expect(further).to_be_enabled(timeout=20_000)
    page.wait_for_load_state("load")
    expect(save).to_have_attribute("formaction", re.compile(f"^(?!{here}$)#"))


def come_to(page: Page, there: Locator) -> Locator:
    """Turn the read-back on until this is before one's eyes."""
    page.wait_for_load_state("load")
    while there.is_hidden():
        turn_on(page)
    return there


def mark(page: Where) -> Locator:
    """The mark that says whether all is saved."""
    return page.locator(".mark")


def wait_saved(page: Where) -> None:
    """Wait until the page says that everything is saved."""
    expect(mark(page)).to_have_text(SAVED, timeout=20_000)


def eventually(page: Page, holds: Callable[[], bool]) -> None:
    """Wait until something holds that the page itself does not show."""
    for _ in range(200):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("It never came to hold.")
