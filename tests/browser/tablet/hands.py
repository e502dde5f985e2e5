"""What a worker does with a tablet."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.people import PASSWORD, Someone

PATIENCE = 300  # steps of a tenth of a second


def sign_in(page: Page, person: Someone) -> None:
    """Sign in with name and password, at the page for that."""
    page.goto("/sign-in")
    page.get_by_label("Name", exact=True).fill(person.sign_in_name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for()


def come_back(page: Page) -> None:
    """Come back to this page: what waits is sent now, and not only when its time has come."""
    page.evaluate("dispatchEvent(new Event('focus'))")


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Come back to the page until something holds."""
    for _ in range(PATIENCE):
        if holds():
            return
        come_back(page)
        page.wait_for_timeout(100)
    raise AssertionError("It never came to hold.")
