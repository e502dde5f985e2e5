"""The device's own lock beside the passphrase: both open the same; what is forgotten opens with neither."""

from collections.abc import Iterable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.conftest import SIZES
from tests.browser.eyes import faults_at, small_targets, source_of
from tests.browser.fingers import go_on_to, mark, words_of
from tests.browser.tablet.conftest import Fetch
from tests.browser.tablet.devices import Device
from tests.browser.tablet.hands import (
    PASSPHRASE,
    PATIENCE,
    choose,
    is_ready,
    open_talk,
    sign_in,
    sign_in_again,
    sign_out,
    stored,
    unlock,
    until,
)
from tests.browser.tablet.servers import Process
from tests.browser.tablet.traces import MARK
from tests.browser.tablet.world import Day, Marks, a_marked_talk, a_talk_of_omar
from tests.people import People

WORDS = "I wanted to see my brother."
HIS = "gravel umbrella sparrow violin"
LOCK = "Open with this device's lock (fingerprint, face or PIN)"
CHOICE = "Open with this device's lock too (fingerprint, face or PIN)"
KINDS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "hasPrf": True,
    "automaticPresenceSimulation": True,
}

# Whoever has a slot here has added a lock, in another tab.
ADDED_MEANWHILE = """async () => {
  const opening = indexedDB.open("heard");
  await new Promise((done) => { opening.onsuccess = done; });
  const step = opening.result.transaction("slots", "readwrite");
  const asked = step.objectStore("slots").getAll();
  asked.onsuccess = () => step.objectStore("slots").put({ ...asked.result[0], lock: { id: "hers" } });
  await new Promise((done) => { step.oncomplete = done; });
  opening.result.close();
}"""


class Sensor:
    """The fingerprint sensor of a device: whom it knows can be changed."""

    def __init__(self, page: Page, **kinds: Any) -> None:
        self.wire: CDPSession = page.context.new_cdp_session(page)
        self.wire.send("WebAuthn.enable")
        made = self.wire.send("WebAuthn.addVirtualAuthenticator", {"options": KINDS | kinds})
        self.id = {"authenticatorId": made["authenticatorId"]}

    def knows(self, them: bool) -> None:
        """Whether the finger is the right one."""
        self.wire.send("WebAuthn.setUserVerified", {**self.id, "isUserVerified": them})

    def breaks(self) -> None:
        """It is there no more."""
        self.wire.send("WebAuthn.removeVirtualAuthenticator", self.id)

    def listed(self) -> list[dict[str, Any]]:
        """What it keeps."""
        found: list[dict[str, Any]] = self.wire.send("WebAuthn.getCredentials", self.id)["credentials"]
        return found


@pytest.fixture
def tablet(server: Process, device: Fetch) -> Device:
    """A tablet that has Heard under a name: a device's lock is tied to one."""
    return device(f"http://localhost:{server.port}")


@pytest.fixture
def page(tablet: Device, people: People) -> Page:
    """The same; Ines has signed in."""
    page = tablet.page()
    sign_in(page, people.ines)
    return page


def locks(page: Page) -> list[str | None]:
    """The lock of each person here, if they have one."""
    return [one["lock"] for one in stored(page, "slots")]


def take_with_lock(page: Page, names: Iterable[str], passphrase: str = PASSPHRASE) -> None:
    """Take talks, to be opened with the device's lock too."""
    page.goto("/take-with-me")
    page.get_by_label(CHOICE).check(timeout=PATIENCE)
    fill_and_go(page, names, passphrase)
    expect(page.locator("#lock-said")).to_contain_text("lock opens your talks now", timeout=PATIENCE)


def fill_and_go(page: Page, names: Iterable[str], passphrase: str = PASSPHRASE) -> None:
    """Choose talks, type the passphrase, and take them."""
    choose(page, names, passphrase)
    is_ready(page)


def by_lock(page: Page) -> None:
    """Open the tablet with the device's lock."""
    page.get_by_role("button", name=LOCK).click(timeout=PATIENCE)


def is_open(page: Page) -> None:
    """See the list of talks."""
    expect(page.locator("#list")).to_be_visible(timeout=PATIENCE)


def is_not_opened(page: Page) -> None:
    """Try the device's lock, and be told that it opened nothing."""
    by_lock(page)
    expect(page.locator("#fault")).to_contain_text("This device's lock did not open it", timeout=PATIENCE)
    expect(page.locator("#locked")).to_be_visible()


def lock(page: Page) -> None:
    """Lock it by one touch."""
    page.get_by_role("button", name="Lock", exact=True).click()
    expect(page.locator("#locked")).to_be_visible()


def test_the_devices_lock_and_the_passphrase_open_the_same(server: Process, page: Page, day: Day) -> None:
    Sensor(page)
    take_with_lock(page, day.names)
    server.stop()
    page.goto("/tablet")
    by_lock(page)
    is_open(page)
    talk = open_talk(page, day.names[0])
    go_on_to(talk, "why")
    words_of(talk, "why").fill(WORDS)
    expect(mark(talk)).to_have_attribute("data-state", "tablet", timeout=PATIENCE)
    lock(page)
    assert page.evaluate("window.heard ?? null") is None
    unlock(page)
    expect(page.locator("#talks li")).to_have_count(3)
    talk = open_talk(page, day.names[0])
    go_on_to(talk, "why")
    expect(words_of(talk, "why")).to_have_value(WORDS)
    lock(page)
    by_lock(page)
    expect(page.locator("#frame iframe")).to_be_visible(timeout=PATIENCE)
    server.start()
    until(page, lambda: [row.value for row in day.talks[0].rows("why")] == [WORDS])


def test_a_wrong_finger_is_told_so_and_the_passphrase_still_opens(page: Page, day: Day) -> None:
    sensor = Sensor(page)
    sensor.knows(them=False)
    page.goto("/take-with-me")
    page.get_by_label(CHOICE).check(timeout=PATIENCE)
    fill_and_go(page, day.names[:1])
    expect(page.locator("#lock-said")).to_contain_text("This device's lock was not added")
    expect(page.get_by_label(CHOICE)).not_to_be_checked()
    assert locks(page) == [None]
    sensor.breaks()  # having said no too often, it would go on saying no
    sensor = Sensor(page)
    take_with_lock(page, day.names[:1])
    page.goto("/tablet")
    sensor.knows(them=False)
    is_not_opened(page)
    page.locator("#passphrase").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    is_open(page)
    # Switched off, it is gone.
    page.goto("/take-with-me")
    expect(page.get_by_label(CHOICE)).to_be_checked(timeout=PATIENCE)
    page.get_by_label(CHOICE).uncheck()
    expect(page.locator("#lock-said")).to_contain_text("Only your passphrase opens your talks")
    assert locks(page) == [None]
    page.goto("/tablet")
    unlock(page)
    lock(page)
    expect(page.get_by_role("button", name=LOCK)).to_be_hidden()


def test_a_device_whose_lock_gives_no_keys_keeps_to_the_passphrase(page: Page, day: Day) -> None:
    page.goto("/take-with-me")
    expect(page.locator("#go")).to_be_enabled(timeout=PATIENCE)
    expect(page.get_by_label(CHOICE)).to_be_hidden()
    sensor = Sensor(page, hasPrf=False)
    page.reload()
    page.get_by_label(CHOICE).check(timeout=PATIENCE)  # nobody can know before it was tried
    fill_and_go(page, day.names[:1])
    expect(page.locator("#lock-said")).to_contain_text("This device's lock was not added")
    assert locks(page) == [None]
    assert [one.get("userName") for one in sensor.listed()] == ["Tablet"]
    page.goto("/tablet")
    expect(page.locator("#passphrase")).to_be_enabled()
    expect(page.get_by_role("button", name=LOCK)).to_be_hidden()
    unlock(page)


def test_on_a_shared_tablet_the_lock_is_one_persons(page: Page, app: Flask, people: People, day: Day) -> None:
    a_talk_of_omar(app, people)
    sensor = Sensor(page)
    take_with_lock(page, day.names)
    sign_in_again(page, people.omar)
    page.goto("/take-with-me")
    expect(page.locator("#go")).to_be_enabled(timeout=PATIENCE)
    expect(page.locator("#device-lock")).to_be_hidden()
    fill_and_go(page, [people.sasha.name], HIS)
    (entry,) = sensor.listed()
    assert (entry["userName"], entry["userDisplayName"]) == ("Tablet", "Tablet")
    page.goto("/tablet")
    by_lock(page)
    is_open(page)
    expect(page.locator("#talks li")).to_have_count(3)
    expect(page.locator("#talks")).not_to_contain_text(people.sasha.name)
    lock(page)
    assert not [one for one in (*day.names, "Ines", "Omar", "Sasha") if one in source_of(page)]
    unlock(page, HIS)
    expect(page.locator("#talks li")).to_have_count(1)


def test_a_lock_that_somebody_added_meanwhile_stays_the_only_one(
    page: Page, app: Flask, people: People, day: Day
) -> None:
    a_talk_of_omar(app, people)
    Sensor(page)
    page.goto("/take-with-me")
    fill_and_go(page, day.names)
    sign_in_again(page, people.omar)
    page.goto("/take-with-me")
    page.get_by_label(CHOICE).check(timeout=PATIENCE)
    page.evaluate(ADDED_MEANWHILE)
    fill_and_go(page, [people.sasha.name], HIS)
    expect(page.locator("#lock-said")).to_contain_text("This device's lock was not added")
    assert sorted(locks(page), key=str) == [None, "hers"]


def test_what_was_forgotten_opens_with_no_lock(
    tablet: Device, page: Page, app: Flask, people: People
) -> None:
    marks = Marks()
    a_marked_talk(app, people, marks)
    Sensor(page)
    take_with_lock(page, [MARK])
    page.goto("/tablet")
    by_lock(page)
    is_open(page)
    expect(page.locator("#talks")).to_contain_text(MARK)
    lock(page)
    expect(page.get_by_role("button", name=LOCK)).to_be_visible()
    assert tablet.traces() == []
    other = page.context.new_page()
    sign_out(other)
    assert locks(other) == []
    is_not_opened(page)
    page.reload()
    expect(page.locator("#passphrase")).to_be_enabled()
    expect(page.get_by_role("button", name=LOCK)).to_be_hidden()
    tablet.close()
    assert tablet.traces() == []


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_devices_lock_can_be_used_by_everybody(page: Page, day: Day, language: str) -> None:
    sensor = Sensor(page)
    take_with_lock(page, day.names[:1])
    page.goto("/take-with-me")
    expect(page.get_by_label(CHOICE)).to_be_checked(timeout=PATIENCE)
    assert faults(page) == []
    box = page.get_by_label(CHOICE).bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    page.get_by_label(CHOICE).focus()
    page.keyboard.press("Space")
    expect(page.locator("#lock-said")).not_to_be_empty()
    page.keyboard.press("Space")
    fill_and_go(page, day.names[:1])
    page.goto(f"/tablet?in={language}")
    button = page.locator("#by-lock")
    expect(button).to_be_visible(timeout=PATIENCE)
    button.focus()
    page.keyboard.press("Enter")
    is_open(page)
    page.locator("#lock").click()
    sensor.knows(them=False)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#fault")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#passphrase")).to_be_focused()
    assert faults(page) + small_targets(page) == []


def faults(page: Page) -> list[str]:
    """What somebody could stumble over, at each size."""
    return [one for size in SIZES for one in faults_at(page, size)]
