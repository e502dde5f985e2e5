"""The worker's way with a tablet: talks taken along, opened with a passphrase, locked by itself."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from records.database import db
from records.tables import Person
from tests.browser.conftest import SIZES, Hand, Kept
from tests.browser.eyes import faults_at, small_targets
from tests.browser.fingers import eventually
from tests.browser.tablet.hands import sign_in
from tests.people import People, an_interview, keeping

PASSPHRASE = "Muffin canyon garlic marble"
PATIENCE = 30_000
NAMES = "body.innerText.includes('Robin')"


def take_along(page: Page, *talks: Kept, passphrase: str = PASSPHRASE) -> None:
    """Take talks along, until the page says that all is there."""
    page.goto("/take-with-me")
    for talk in talks:
        page.locator(f'#take [value="{talk.id}"]').check()
    expect(page.locator("#go")).to_be_enabled(timeout=PATIENCE)
    page.locator("#passphrase").fill(passphrase)
    if page.locator("#again").is_visible():
        page.locator("#again").fill(passphrase)
    page.locator("#go").click()


def is_ready(page: Page) -> None:
    """See that the tablet says it is ready."""
    expect(page.locator("#ready h2")).to_have_text("Ready without a network", timeout=PATIENCE)


def unlock(page: Page, passphrase: str = PASSPHRASE) -> None:
    """Open the tablet's own page with the passphrase."""
    expect(page.locator("#passphrase")).to_be_enabled(timeout=PATIENCE)
    page.locator("#passphrase").fill(passphrase)
    page.get_by_role("button", name="Open", exact=True).click()


def is_open(page: Page) -> None:
    """See the list of talks."""
    expect(page.locator("#list")).to_be_visible(timeout=PATIENCE)


def is_locked(page: Page) -> None:
    """See the locked page, with nothing of anyone in it."""
    expect(page.locator("#locked")).to_be_visible(timeout=PATIENCE)
    expect(page).to_have_title("Locked")
    assert page.evaluate("window.heard ?? null") is None
    expect(page.locator("body")).not_to_contain_text("Robin")
    expect(page.locator("iframe")).to_have_count(0)


@pytest.fixture
def along(hand: Hand, people: People, talk: Kept) -> Page:
    """Ines' tablet with the talk on it, before its own page, which is locked."""
    page = hand(people.ines)
    take_along(page, talk)
    is_ready(page)
    page.locator("#open").click()
    is_locked(page)
    return page


def frame(page: Page) -> Any:
    """What is shown in the frame."""
    return page.frame_locator("iframe")


# Taking along --------------------------------------------------------------------------------------


def test_ready_is_said_when_everything_was_read_back(hand: Hand, people: People, talk: Kept) -> None:
    page = hand(people.ines)
    take_along(page, talk)
    is_ready(page)
    for key in ("https", "store", "pages", "pictures", "key", "talk"):
        expect(page.locator(f'[data-item="{key}"]')).to_have_attribute("data-stands", "there")
    assert page.locator("#passphrase").input_value() == ""


def test_a_missing_picture_is_not_ready(hand: Hand, people: People, talk: Kept) -> None:
    page = hand(people.ines)
    page.context.route("**/static/pictures/a1.svg*", lambda route: route.abort())
    take_along(page, talk)
    expect(page.locator("#ready")).to_contain_text("Not ready yet", timeout=PATIENCE)
    expect(page.locator("#ready h2")).to_have_count(0)
    assert page.locator('[data-stands="missing"] .mend:visible').count() > 0


def test_a_draft_without_its_urgent_numbers_is_not_ready(hand: Hand, people: People, talk: Kept) -> None:
    page = hand(people.ines)

    def without(route: Any) -> None:
        reply = route.fetch()
        drafts = reply.json()["drafts"]
        for draft in drafts:
            draft["sheets"].pop("urgent", None)
        route.fulfill(response=reply, json={"drafts": drafts})

    page.context.route("**/tablet/take", without)
    take_along(page, talk)
    expect(page.locator("#ready")).to_contain_text("Not ready yet", timeout=PATIENCE)
    expect(page.locator('[data-item="talk"]')).to_have_attribute("data-stands", "missing")


def test_a_weak_passphrase_is_not_taken(hand: Hand, people: People, talk: Kept) -> None:
    page = hand(people.ines)
    take_along(page, talk, passphrase="password1234")
    expect(page.locator("#fault")).to_have_text("Use four words that have nothing to do with each other.")
    assert page.evaluate("caches.keys().then((all) => all.length)") <= 1


FIRST_TRIED = [
    "short",
    "            ",
    "aaaaaaaaaaaaaaaa",
    "Password 2026!",
    "p@ssw0rd p@ssw0rd",
    "qwertyuiop12",
    "1q2w3e4r5t6y",
    "abcabcabcabc",
    "ines ines ines ines",
    "ines.hatton.2026",
    "summerholiday1!",
    "kettle lantern 77",
    "12345678901234567890123",
    "passwordpasswordpassword",
    "iloveyou iloveyou iloveyou",
]
GOOD = [
    "kettle lantern orchard pebble",
    "seven wet otters sing",
    "kettlelanternorchard",
    "cath gwyn mawr oer",
    "قطة كبيرة تحت الشجرة",
    "k7#mw9!zq2&d",
]


def test_what_somebody_would_try_first_is_no_passphrase(hand: Hand, people: People, talk: Kept) -> None:
    page = hand(people.ines)
    take_along(page, talk, passphrase="short")
    page.locator("#again").fill("")
    said = {}
    for passphrase in [*FIRST_TRIED, *GOOD]:
        page.locator("#passphrase").fill(passphrase)
        page.locator("#go").click()
        said[passphrase] = page.locator("#fault").inner_text()
    weak = "Use four words that have nothing to do with each other."
    # Of a good one it is said that it is not the same twice.
    assert [passphrase for passphrase, words in said.items() if words == weak] == FIRST_TRIED
    assert "" not in said.values()


def test_four_words_are_suggested_that_are_taken(hand: Hand, people: People, talk: Kept) -> None:
    page = hand(people.ines)
    page.goto("/take-with-me")
    suggested = page.locator("#suggested")
    page.locator("#suggest").click()
    expect(suggested).to_have_text(re.compile(r"^(\w+ ){3}\w+$"))
    first = suggested.inner_text()
    assert page.locator("#passphrase").input_value() == first
    # Where the first that come cannot be taken, others are suggested.
    page.evaluate(
        """() => {
          const chance = crypto.getRandomValues.bind(crypto);
          let times = 0;
          crypto.getRandomValues = (numbers) => (times++ ? chance(numbers) : numbers.fill(7));
        }"""
    )
    page.locator("#suggest").click()
    expect(suggested).not_to_have_text(first)
    assert len(set(suggested.inner_text().split())) >= 3


def test_taking_along_shows_what_is_here_and_asks_before_it_begins_anew(along: Page) -> None:
    along.goto("/take-with-me")
    here = along.locator(".here")
    expect(here).to_have_text(re.compile(r"^On this tablet until \w{3} \d+ \w+$"), timeout=PATIENCE)
    expect(along.locator("#go")).to_be_enabled(timeout=PATIENCE)
    along.get_by_text("I have forgotten my passphrase, or want another one").click()
    anew = along.get_by_role("group").get_by_role("button", name="Begin anew")
    anew.click()
    dialog = along.get_by_role("dialog", name="Begin anew with another passphrase?")
    expect(dialog).to_contain_text("Talks that open on this tablet: 1.")
    dialog.get_by_role("button", name="Leave everything as it is").click()
    expect(dialog).to_have_count(0)
    expect(here).to_be_visible()
    anew.click()
    dialog.get_by_role("button", name="Begin anew").click()
    expect(here).to_be_hidden()
    expect(along.locator("#again")).to_be_visible()


def test_days_on_a_tablet_are_said_in_welsh_where_the_browser_knows_none(
    app: Flask, along: Page, people: People
) -> None:
    with keeping(app):
        db.session.get_one(Person, people.ines.id).language = "cy"
    along.goto("/take-with-me")
    days, months = "Llun|Maw|Mer|Iau|Gwen|Sad|Sul", "Ion|Chwef|Maw|Ebr|Mai|Meh|Gorff|Awst|Medi|Hyd|Tach|Rhag"
    expect(along.locator(".here")).to_have_text(re.compile(rf"({days}) \d+ ({months})$"), timeout=PATIENCE)


def test_where_nothing_can_be_kept_it_says_how_to_mend_it(hand: Hand, people: People, talk: Kept) -> None:
    page = hand(people.ines)
    page.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }"
    )
    page.goto("/take-with-me")
    expect(page.locator('[data-item="store"] .mend')).to_contain_text("private window")
    expect(page.locator("#ready")).to_contain_text("Not ready yet. See above what is missing")
    expect(page.locator("#go")).to_be_disabled()


def test_an_ipad_has_heard_on_its_home_screen_first(hand: Hand, people: People, talk: Kept) -> None:
    ipad = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15"
    page = hand(people.ines, user_agent=ipad, has_touch=True)
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'maxTouchPoints', {get: () => 5})")
    page.goto("/take-with-me")
    expect(page.locator('[data-item="home"] .mend')).to_contain_text("Add to Home Screen")
    expect(page.locator("#go")).to_be_disabled()


# Locked and open -----------------------------------------------------------------------------------


def test_it_opens_without_a_network_and_names_nobody_before(along: Page) -> None:
    along.context.set_offline(True)
    along.goto("/tablet")
    is_locked(along)
    unlock(along)
    is_open(along)
    expect(along.locator(".needs__open")).to_contain_text("Robin")
    along.reload()
    is_locked(along)


def test_any_other_page_leads_to_it_without_a_network(along: Page) -> None:
    along.context.set_offline(True)
    along.goto("/interviews")
    expect(along).to_have_url(re.compile("/tablet#away$"))
    is_locked(along)


def test_capital_letters_and_more_room_open_it_too(along: Page) -> None:
    unlock(along, "  muffin  Canyon garlic marble ")
    is_open(along)


def test_who_guesses_waits_longer_also_after_a_reload(along: Page) -> None:
    for _ in range(3):
        unlock(along, "not this one, surely")
        expect(along.locator("#fault")).to_contain_text("opens nothing here", timeout=PATIENCE)
    expect(along.locator("#fault")).to_contain_text("Try again after")
    along.reload()
    expect(along.locator("#fault")).to_contain_text("Try again after")
    expect(along.locator("#passphrase")).to_be_disabled()
    unlock(along)
    is_open(along)


def test_it_locks_by_one_touch_and_back_leads_nowhere(along: Page) -> None:
    unlock(along)
    is_open(along)
    along.locator(".needs__open").click()
    expect(frame(along).get_by_role("heading", level=1)).to_be_visible()
    along.evaluate("history.back()")
    expect(along.locator("iframe")).to_be_visible()
    expect(along).to_have_url(re.compile("/tablet"))
    along.get_by_role("button", name="Lock").click()
    is_locked(along)


@pytest.fixture
def waiting(along: Page) -> Page:
    """The tablet, open, with a clock that can be put on."""
    along.clock.install()
    along.reload()
    unlock(along)
    is_open(along)
    return along


def test_it_locks_after_five_minutes_without_a_touch(waiting: Page) -> None:
    waiting.clock.run_for(4 * 60_000)
    waiting.locator("#title").click()
    waiting.clock.run_for(4 * 60_000)
    is_open(waiting)
    waiting.clock.run_for(70_000)
    is_locked(waiting)


def show_page(page: Page, state: str) -> None:
    """Put the page behind another one, or before it."""
    page.evaluate(
        """(state) => {
          Object.defineProperty(document, "visibilityState", {value: state, configurable: true});
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        state,
    )


def test_it_is_blank_while_it_is_hidden_and_locked_after_half_a_minute(waiting: Page) -> None:
    show_page(waiting, "hidden")
    expect(waiting.locator(".needs__open")).not_to_be_visible()
    waiting.clock.run_for(20_000)
    show_page(waiting, "visible")
    is_open(waiting)
    show_page(waiting, "hidden")
    waiting.clock.run_for(31_000)
    show_page(waiting, "visible")
    is_locked(waiting)


# With the child ------------------------------------------------------------------------------------


def hand_over(page: Page) -> None:
    """Open the talk, and give it to the child."""
    unlock(page)
    is_open(page)
    page.locator(".needs__open").click()
    expect(frame(page).get_by_role("heading", level=1)).to_be_visible()
    page.evaluate("heard.go('hand-over')")
    expect(page.locator("#bar")).to_be_hidden()


@pytest.mark.parametrize("way", ["take-back", "list", "brief", "record", "finish"])
def test_only_the_passphrase_takes_it_back(along: Page, way: str) -> None:
    along.context.set_offline(True)
    hand_over(along)
    along.evaluate("(way) => heard.go(way)", way)
    is_locked(along)
    unlock(along)
    if way == "take-back":
        is_open(along)
        along.get_by_role("button", name="I take it back").click()
        expect(along.locator("#with-the-child")).to_be_hidden()
    elif way == "list":
        is_open(along)
    else:
        expect(frame(along).locator("h1")).to_be_visible()
        expect(along.locator("#bar")).to_be_visible()


def test_online_the_child_cannot_turn_to_the_workers_pages(along: Page) -> None:
    hand_over(along)
    # Nothing was said yet: the server learns all the same who has the tablet.
    ask = along.context.request
    eventually(along, lambda: ask.get("/take-with-me", max_redirects=0).status == 302)
    along.evaluate("heard.go('take-back')")
    is_locked(along)
    along.get_by_role("link", name="Take talks with me").click()
    expect(along).to_have_url(re.compile("/interviews/[^/]+/grown-up"))
    along.get_by_role("link", name="Back").click()
    is_locked(along)


def test_every_other_tab_is_locked_when_the_child_has_the_tablet(along: Page) -> None:
    other = along.context.new_page()
    other.goto("/tablet")
    unlock(other)
    is_open(other)
    hand_over(along)
    is_locked(other)
    expect(along.locator("iframe")).to_be_visible()


def test_the_child_goes_on_where_the_talk_was(along: Page) -> None:
    along.context.set_offline(True)
    hand_over(along)
    along.evaluate("heard.go('take-back')")
    is_locked(along)
    unlock(along)
    along.get_by_role("button", name="Go on with the child").click()
    expect(along.locator("iframe")).to_be_visible()
    assert along.evaluate("heard.with_the_child") is True
    expect(along.locator("#bar")).to_be_hidden()


def test_what_is_being_written_is_kept_when_it_locks(along: Page) -> None:
    along.context.set_offline(True)
    hand_over(along)
    along.evaluate(
        """() => heard.changed({question: "why", set: heard.draft.set, value: "I was cold", skipped: null,
                               said_by: "child-typed", audience: []})"""
    )
    along.evaluate("heard.go('take-back')")
    is_locked(along)
    unlock(along)
    is_open(along)
    expect(along.locator("#unsent")).to_contain_text("on this tablet only: 1")


def test_what_has_been_sent_is_no_longer_on_this_tablet_only(along: Page, talk: Kept) -> None:
    along.context.set_offline(True)
    hand_over(along)
    along.evaluate(
        """() => heard.changed({question: "why", set: heard.draft.set, value: "I was cold", skipped: null,
                               said_by: "child-typed", audience: ["social-worker"]})"""
    )
    along.evaluate("heard.go('take-back')")
    unlock(along)
    expect(along.locator("#talks .unsent")).to_contain_text("on this tablet only: 1", timeout=PATIENCE)
    along.context.set_offline(False)
    # Touched where it is: what waits may be on its way by itself, and the button gone meanwhile.
    along.locator("#send").evaluate("button => button.click()")
    expect(along.locator("#unsent")).to_have_text("Everything has been sent.", timeout=PATIENCE)
    expect(along.locator("#talks .unsent")).to_be_empty()
    assert talk["why"].value == "I was cold"


LAST_SEEN = """async (put) => {
  const opening = indexedDB.open("heard");
  await new Promise((done) => { opening.onsuccess = done; });
  const store = opening.result.transaction("device", "readwrite").objectStore("device");
  const asked = store.getAll();
  await new Promise((done) => { asked.onsuccess = done; });
  const [row] = asked.result;
  if (put) await new Promise((done) => { store.put({ ...row, last_seen: put }).onsuccess = done; });
  opening.result.close();
  return row.last_seen;
}"""


def test_a_clock_that_was_once_ahead_does_not_close_the_tablet_for_ever(along: Page) -> None:
    along.evaluate(LAST_SEEN, "2099-01-01T00:00:00.000Z")
    along.reload()
    eventually(along, lambda: along.evaluate(LAST_SEEN, None) < "2098")
    along.reload()
    unlock(along)
    is_open(along)
    expect(along.locator(".needs__open")).to_have_count(1)


# Another person, and another release ---------------------------------------------------------------


def test_another_person_on_the_same_tablet_sees_nothing_of_the_first(
    app: Flask, people: People, along: Page
) -> None:
    with keeping(app):
        other = Kept(app, an_interview(people, kid=people.sasha, interviewer=people.omar).id)
    along.context.clear_cookies()
    sign_in(along, people.omar)
    take_along(along, other, passphrase="pebble orchard lantern quill")
    is_ready(along)
    expect(along.locator("main")).not_to_contain_text("Robin")
    along.goto("/tablet")
    unlock(along, "pebble orchard lantern quill")
    is_open(along)
    expect(along.locator(".needs__open")).to_have_count(1)
    expect(along.locator("#list")).not_to_contain_text("Robin")
    along.get_by_role("button", name="Lock").click()
    unlock(along)
    is_open(along)
    expect(along.locator(".needs__open")).to_contain_text("Robin")


def open_anew(page: Page, holds: Callable[[], bool]) -> None:
    """Leave Heard, so that a new worker can take over, and open it again, until it has."""
    for _ in range(100):
        page.goto("about:blank")
        page.wait_for_timeout(200)
        page.goto("/tablet")
        if holds():
            return
    raise AssertionError("It never came to hold.")


def test_a_new_release_leaves_an_open_talk_its_own_pages(
    app: Flask, along: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = along.evaluate("document.body.dataset.release")
    monkeypatch.delitem(app.extensions, "heard.tablet")
    monkeypatch.setitem(app.jinja_env.globals, "html_language", lambda _language: "en-GB")
    along.goto("/tablet")
    along.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    eventually(along, lambda: along.evaluate("caches.keys().then((all) => all.length)") == 2)
    eventually(
        along,
        lambda: along.evaluate(
            "navigator.serviceWorker.getRegistration().then((one) => Boolean(one.waiting))"
        ),
    )
    assert along.evaluate("document.body.dataset.release") == before
    # Once all of Heard's pages are closed, the new one is at work.
    open_anew(along, lambda: bool(along.evaluate("document.body.dataset.release") != before))
    along.context.set_offline(True)
    unlock(along)
    is_open(along)
    along.locator(".needs__open").click()
    expect(along.locator("iframe")).to_have_attribute("src", re.compile(f"/{before}/"))
    expect(frame(along).locator("h1")).to_be_visible()


# Looks ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_screen_can_be_used_by_everybody(along: Page, language: str) -> None:
    faults: list[str] = []

    def look() -> None:
        for size in SIZES:
            faults.extend(faults_at(along, size))
            faults.extend(small_targets(along))

    along.goto(f"/tablet?in={language}")
    look()
    along.locator("#passphrase").fill("not this one, surely")
    along.locator("#opens button:not(#by-lock)").click()
    expect(along.locator("#fault")).to_be_visible(timeout=PATIENCE)
    look()
    along.locator("#passphrase").fill(PASSPHRASE)
    along.locator("#opens button:not(#by-lock)").click()
    is_open(along)
    look()
    along.evaluate("document.querySelector('#with-the-child').hidden = false")
    look()
    assert faults == []


def test_taking_along_can_be_used_by_everybody(hand: Hand, people: People, talk: Kept) -> None:
    page = hand(people.ines)
    take_along(page, talk)
    is_ready(page)
    for size in SIZES:
        assert faults_at(page, size) == []
        assert [one for one in small_targets(page) if not re.search("skip-link|foot__", one)] == []


def test_it_can_be_done_with_a_keyboard(along: Page) -> None:
    expect(along.locator("#passphrase")).to_be_enabled()
    along.keyboard.press("Tab")
    expect(along.locator("#passphrase")).to_be_focused()
    along.keyboard.type(PASSPHRASE)
    along.keyboard.press("Enter")
    is_open(along)
    expect(along.locator("#title")).to_be_focused()
    for _ in range(4):
        along.keyboard.press("Tab")
        if along.locator(".needs__open").evaluate("(one) => one === document.activeElement"):
            break
    along.keyboard.press("Enter")
    expect(along.locator("iframe")).to_be_visible()
