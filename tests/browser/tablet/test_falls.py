"""A tablet that falls while somebody types: two seconds of typing are missing at most, in no other talk."""

import random
from functools import partial

from flask import Flask
from playwright.sync_api import Page

from tests.browser.fingers import go_on_to, words_of
from tests.browser.tablet.conftest import Fetch
from tests.browser.tablet.falls import Fall, tell, type_and_fall
from tests.browser.tablet.hands import all_sent, open_talk, sign_in, take, to_list, unlock, until
from tests.browser.tablet.servers import Process
from tests.browser.tablet.watching import Watch
from tests.browser.tablet.world import Day, a_day
from tests.people import People
from tests.proofs import as_many

# Each child has letters of their own: one that came to another would be seen.
LETTERS = ("abcdefgh", "ijklmnopq", "rstuvwxyz")


def said_to(page: Page, name: str) -> str:
    """What stands there for this child."""
    talk = open_talk(page, name)
    go_on_to(talk, "why")
    said = words_of(talk, "why").input_value()
    to_list(page)
    return said


def test_a_fall_costs_two_seconds_and_no_saved_word(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    chance, watch, day = random.Random(30), Watch(), a_day(app, people)
    tablet = device(server.address, watch=watch)
    page = tablet.page()
    sign_in(page, people.ines)
    take(page, day.names)
    server.stop()
    said, falls, losses = dict.fromkeys(day.names, ""), list[Fall](), list[float]()
    unlock(page)
    for number in range(as_many(3, 30)):
        child = chance.randrange(len(day.names))
        name = day.names[child]
        talk = open_talk(page, name)
        go_on_to(talk, "why")
        words_of(talk, "why").focus()
        page.keyboard.press("Control+End")
        fall = Fall(day.talks[child].id, said[name], LETTERS[child])
        type_and_fall(tablet, watch, page, fall, chance, in_a_write=number % 2 > 0)
        page = tablet.page()
        unlock(page)
        found = {one: said_to(page, one) for one in day.names}
        losses.append(fall.lost(found[name]))
        falls.append(fall)
        said[name] = found[name]
        assert found == said
    tell("without a network", falls, losses)
    server.start()
    sign_in(page, people.ines)
    unlock(page)
    until(page, partial(all_sent, page))
    is_on_the_server(day, said)


def is_on_the_server(day: Day, said: dict[str, str]) -> None:
    """For each child what stood on the tablet, and nothing ever that was said by another."""
    for name, kept, letters in zip(day.names, day.talks, LETTERS, strict=True):
        rows = [row.value for row in kept.rows("why")]
        assert rows[-1:] == [said[name]][: bool(said[name])]
        assert {letter for row in rows for letter in str(row)} <= set(letters)
        assert {row.question for row in kept.rows()} <= {"why"}
