"""What a worker does with a tablet."""

from collections.abc import Callable, Iterable
from typing import Any

from playwright.sync_api import Frame, Locator, Page, expect

from tests.browser.fingers import Where
from tests.people import PASSWORD, Someone

PASSPHRASE = "kettle lantern orchard pebble"
STEPS, STEP = 300, 100  # milliseconds
PATIENCE = 30_000
STORED = """async (store) => {
  const opening = indexedDB.open("heard");
  await new Promise((done) => { opening.onsuccess = done; });
  const rows = [];
  if (opening.result.objectStoreNames.contains(store)) {
    const asked = opening.result.transaction(store).objectStore(store).getAll();
    await new Promise((done) => { asked.onsuccess = done; });
    const row = ({ op_id, lock, box }) => ({ op_id, lock: lock?.id ?? null, opens: !!box });
    rows.push(...asked.result.map(row));
  }
  opening.result.close();
  return rows;
}"""


def sign_in(page: Page, person: Someone) -> None:
    """Sign in with name and password, at the page for that."""
    page.goto("/sign-in")
    page.get_by_label("Name", exact=True).fill(person.sign_in_name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for()


def sign_out(page: Page) -> None:
    """Sign out at the start page, whatever still lies on the tablet."""
    page.goto("/")
    page.get_by_role("button", name="Sign out").click()
    takes_off = page.get_by_role("button", name="Sign out; take them off")
    signed_out = page.get_by_role("heading", level=1, name="Sign in")
    expect(takes_off.or_(signed_out)).to_be_visible(timeout=PATIENCE)
    if takes_off.is_visible():
        takes_off.click()
    expect(signed_out).to_be_visible(timeout=PATIENCE)


def sign_in_again(page: Page, person: Someone) -> None:
    """Sign in, whoever was signed in before."""
    page.context.clear_cookies()
    sign_in(page, person)


def come_back(page: Page) -> None:
    """Come back to this page: what waits is sent now, and not only when its time has come."""
    page.evaluate("dispatchEvent(new Event('focus'))")


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Come back to the page until something holds."""
    for _ in range(STEPS):
        if holds():
            return
        come_back(page)
        page.wait_for_timeout(STEP)
    raise AssertionError("It never came to hold.")


# Taking, opening, locking ---------------------------------------------------------------------------------


def take(page: Page, names: Iterable[str], passphrase: str = PASSPHRASE) -> None:
    """Take the talks with these children onto the tablet, and see that they are ready."""
    ask_for(page, names, passphrase)
    is_ready(page)


def is_ready(page: Page) -> None:
    """See that all is on the tablet."""
    expect(page.locator("#ready h2, #ready h3")).to_have_text("Ready without a network", timeout=PATIENCE)


def ask_for(page: Page, names: Iterable[str], passphrase: str = PASSPHRASE) -> None:
    """Choose the talks with these children, and touch what takes them onto the tablet."""
    page.goto("/take-with-me")
    choose(page, names, passphrase)


def choose(page: Page, names: Iterable[str], passphrase: str = PASSPHRASE) -> None:
    """On the page for that: choose the talks with these children, and touch what takes them."""
    expect(page.locator("#go")).to_be_enabled(timeout=PATIENCE)
    for name in names:
        page.get_by_label(name).check()
    page.locator("#passphrase").fill(passphrase)
    if page.locator("#again").is_visible():
        page.locator("#again").fill(passphrase)
    page.locator("#go").click()


def unlock(page: Page, passphrase: str = PASSPHRASE) -> None:
    """Open the tablet, with or without a network, and unlock it."""
    page.goto("/tablet")
    open_with(page, passphrase)
    expect(page.locator("#list")).to_be_visible(timeout=PATIENCE)


def open_with(page: Page, passphrase: str) -> None:
    """Type a passphrase."""
    page.locator("#passphrase").fill(passphrase)
    page.get_by_role("button", name="Open", exact=True).click()


def opens_nothing(page: Page, passphrase: str = PASSPHRASE) -> None:
    """Type a passphrase, and be told that it opens nothing here."""
    open_with(page, passphrase)
    expect(page.locator("#fault")).to_be_visible(timeout=PATIENCE)


def talk_with(page: Page, name: str) -> Locator:
    """The line of the talk with this child, in the list."""
    return page.locator("#talks li", has_text=name)


def open_talk(page: Page, name: str, at: str = "talk") -> Where:
    """Open the talk with this child; gives the page in the frame."""
    talk_with(page, name).locator(".needs__open").click()
    expect(page.locator("#frame iframe")).to_be_visible(timeout=PATIENCE)
    page.evaluate("(at) => heard.go(at)", at)
    in_frame = the_frame(page)
    expect(in_frame.locator("[data-question]:visible").first).to_be_visible(timeout=PATIENCE)
    return in_frame


def stored(page: Page, store: str) -> list[dict[str, Any]]:
    """What lies in one of the tablet's stores: under which ids, with the device's own lock or without."""
    return list(page.evaluate(STORED, store))


def sizes(page: Page) -> tuple[int, int, int]:
    """How many people, talks, and things to be sent lie on the tablet."""
    people, talks, waiting = (len(stored(page, one)) for one in ("slots", "talks", "outbox"))
    return people, talks, waiting


def the_frame(page: Page) -> Where:
    """The page that stands in the shell."""
    return page.frame_locator("#frame iframe")


def inner(page: Page) -> Frame:
    """The same as a frame in which scripts can be run."""
    found = page.locator("#frame iframe").element_handle().content_frame()
    assert found is not None
    return found


def to_list(page: Page) -> None:
    """Leave the talk for the list of talks."""
    page.evaluate("heard.go('list')")
    expect(page.locator("#list")).to_be_visible(timeout=PATIENCE)


def all_sent(page: Page) -> bool:
    """Touch "Send now", if anything waits; whether everything has been sent."""
    # Touched where it is: what waits may be on its way by itself, and the button gone meanwhile.
    page.locator("#send").evaluate("button => button.hidden || button.click()")
    return page.locator("#unsent").inner_text() == "Everything has been sent."
