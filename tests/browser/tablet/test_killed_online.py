"""A talk with a network, and the browser is killed: two seconds of typing may be missing."""

import random

from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import Kept, cookies_of
from tests.browser.fingers import eventually, turn_to, words_of
from tests.browser.tablet.conftest import Fetch
from tests.browser.tablet.devices import Device
from tests.browser.tablet.falls import Fall, tell, type_and_fall
from tests.browser.tablet.servers import Process
from tests.browser.tablet.test_falls import LETTERS, is_on_the_server
from tests.browser.tablet.watching import Watch
from tests.browser.tablet.world import a_day
from tests.browser.test_kept import sealed
from tests.people import People
from tests.proofs import as_many


def open_talk(tablet: Device, cookies: list[object], talk: Kept) -> Page:
    """Sign in again, and open the talk where it asks why."""
    tablet.start().add_cookies(cookies)  # type: ignore[arg-type]
    page = tablet.page()
    page.goto(f"{talk.path}/talk")
    turn_to(page, "why")
    return page


def let_nothing_through(page: Page, letter: str) -> None:
    """Nothing goes the usual way; go on from the first letter that lies on the tablet."""
    page.route("**/answers", lambda route: route.abort())
    page.keyboard.type(letter)
    eventually(page, lambda: sealed(page) > 0)


def test_a_killed_browser_loses_two_seconds_at_most(
    device: Fetch, server: Process, app: Flask, people: People
) -> None:
    chance, watch, day = random.Random(30), Watch(), a_day(app, people)
    tablet, cookies = device(server.address, watch=watch), cookies_of(app, server.address, people.ines)
    said, falls, losses = dict.fromkeys(day.names, ""), list[Fall](), list[float]()
    for number in range(as_many(2, 30)):
        child = number if number < len(LETTERS) else chance.randrange(len(LETTERS))
        name, talk = day.names[child], day.talks[child]
        page = open_talk(tablet, cookies, talk)
        words_of(page, "why").focus()
        page.keyboard.press("Control+End")
        if number % 3 < 2:
            let_nothing_through(page, LETTERS[child][0])
        fall = Fall(talk.id, words_of(page, "why").input_value(), LETTERS[child])
        type_and_fall(tablet, watch, page, fall, chance, in_a_write=number % 2 > 0)
        # Whatever page the same person opens next sends it.
        tablet.start().add_cookies(cookies)
        page = tablet.page()
        page.goto("/")
        eventually(page, lambda page=page: sealed(page) == 0)  # type: ignore[misc]
        rows = talk.rows("why")
        said[name] = str(rows[-1].value) if rows else ""
        losses.append(fall.lost(said[name]))
        falls.append(fall)
        is_on_the_server(day, said)
        page = open_talk(tablet, cookies, talk)
        expect(words_of(page, "why")).to_have_value(said[name])
        page.close()
    tell("with a network", falls, losses)
