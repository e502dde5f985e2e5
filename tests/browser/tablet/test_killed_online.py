"""A talk with a network, and the browser is killed: two seconds of typing may be missing."""

import random
import time
from dataclasses import dataclass

from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import Kept, cookies_of
from tests.browser.fingers import eventually, turn_to, words_of
from tests.browser.tablet.conftest import Fetch, as_many, figure
from tests.browser.tablet.devices import Device
from tests.browser.tablet.servers import Process
from tests.browser.test_kept import sealed
from tests.people import People

LOST = 2.0  # seconds of typing


@dataclass
class Fall:
    """What stood on the page, with the time at which it did, and when the browser was killed."""

    told: list[tuple[float, str]]
    killed_at: float

    @property
    def surely(self) -> str:
        """What must not be lost."""
        return [words for at, words in self.told if at < self.killed_at - LOST][-1].strip()


def open_talk(tablet: Device, cookies: list[object], talk: Kept) -> Page:
    """Sign in again, and open the talk where it asks why."""
    tablet.start().add_cookies(cookies)  # type: ignore[arg-type]
    page = tablet.page()
    page.goto(f"{talk.path}/talk")
    turn_to(page, "why")
    return page


def type_and_fall(tablet: Device, page: Page, seconds: float) -> Fall:
    """Type without a pause in which the page could send, and be killed."""
    box, told = words_of(page, "why"), list[tuple[float, str]]()
    # Nothing goes the usual way; from the first word that lies on the tablet on.
    page.route("**/answers", lambda route: route.abort())
    box.press("Control+End")
    box.press_sequentially("So ")
    eventually(page, lambda: sealed(page) > 0)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        box.press_sequentially("no ", delay=15)
        told.append((time.monotonic(), box.input_value()))
    killed_at = time.monotonic()
    tablet.kill()
    return Fall(told, killed_at)


def wait_until_sent(page: Page) -> None:
    """Wait until nothing lies on the tablet."""
    eventually(page, lambda: sealed(page) == 0)


def test_a_killed_browser_loses_two_seconds_at_most(
    device: Fetch, server: Process, app: Flask, people: People, talk: Kept
) -> None:
    chance = random.Random(30)
    tablet, cookies = device(server.address), cookies_of(app, server.address, people.ines)
    missing = []
    for _ in range(as_many(2, 15)):
        page = open_talk(tablet, cookies, talk)
        fall = type_and_fall(tablet, page, 3 + 2 * chance.random())
        # Whatever page the same person opens next sends it.
        tablet.start().add_cookies(cookies)
        page = tablet.page()
        page.goto("/")
        wait_until_sent(page)
        said = str(talk["why"].value)
        assert said.startswith(fall.surely)
        missing.append(len(fall.told[-1][1].strip()) - len(said))
        page = open_talk(tablet, cookies, talk)
        expect(words_of(page, "why")).to_have_value(said)
    figure(f"| browser killed while typing online, {len(missing)} times | letters missing: {max(missing)} |")
