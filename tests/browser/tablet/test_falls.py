"""A tablet that falls while somebody types: two seconds of typing are missing at most, in no other talk."""

import random
import time
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

from flask import Flask
from playwright.sync_api import Page

from tests.browser.fingers import Where, go_on_to, mark, words_of
from tests.browser.tablet.conftest import Fetch, as_many, figure
from tests.browser.tablet.hands import all_sent, open_talk, sign_in, take, unlock, until
from tests.browser.tablet.servers import Process
from tests.browser.tablet.world import a_day
from tests.people import People

LETTERS = "abcdefghijklmnopqrstuvwxyz "
LONGEST_LOSS = 2.0
FAST = 12  # letters in a second: nobody on a tablet is faster
PAUSE = 0.7


@dataclass
class Typing:
    """What was typed into one box, and when; how much of it the mark has promised."""

    before: str
    strokes: list[tuple[float, str]] = field(default_factory=list)
    promised: int = 0

    @property
    def all(self) -> str:
        """All of it."""
        return self.before + "".join(letter for _, letter in self.strokes)

    def for_a_while(self, page: Page, where: Where, chance: random.Random) -> None:
        """Type for up to four seconds, sometimes with a pause; then look at the mark."""
        ends = time.monotonic() + chance.uniform(0.3, 4)
        while time.monotonic() < ends:
            letter = chance.choice(LETTERS)
            page.keyboard.type(letter)
            self.strokes.append((time.monotonic(), letter))
            time.sleep(PAUSE if chance.random() < 0.02 else 1 / FAST)
        if mark(where).get_attribute("data-state") == "tablet":
            self.promised = len(self.all)

    @property
    def stood_still(self) -> float:
        """For how long the machine itself did nothing, at most: no letter came through."""
        times = [at for at, _ in self.strokes]
        gaps = [later - sooner for sooner, later in pairwise(times)]
        return max(0.0, max(gaps, default=0.0) - PAUSE)

    def lost(self, kept: str, at: float) -> float:
        """How many seconds of typing before the fall are missing in what was kept."""
        assert self.all.startswith(kept), (self.all, kept)
        assert len(kept) >= max(self.promised, len(self.before)), "A saved word is missing."
        missing = self.strokes[len(kept) - len(self.before) :]
        return at - missing[0][0] if missing else 0.0


def test_a_fall_costs_two_seconds_and_no_saved_word(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    chance = random.Random(30)
    day = a_day(app, people)
    tablet = device(server.address)
    page = tablet.page()
    sign_in(page, people.ines)
    take(page, day.names)
    server.stop()
    said, losses = dict.fromkeys(day.names, ""), []
    for _ in range(as_many(3, 30)):
        name = chance.choice(day.names)
        unlock(page)
        talk = open_talk(page, name)
        go_on_to(talk, "why")
        words_of(talk, "why").focus()
        page.keyboard.press("Control+End")
        typing = Typing(said[name])
        typing.for_a_while(page, talk, chance)
        at = time.monotonic()
        tablet.kill()
        page = tablet.page()
        unlock(page)
        talk = open_talk(page, name)
        go_on_to(talk, "why")
        said[name] = words_of(talk, "why").input_value()
        losses.append(typing.lost(said[name], at))
        assert losses[-1] <= LONGEST_LOSS + typing.stood_still, (losses, typing.stood_still)
    figure(f"falls while typing: {len(losses)}; longest loss {max(losses):.2f} s, {sorted(losses)}")
    server.start()
    sign_in(page, people.ines)
    unlock(page)
    until(page, partial(all_sent, page))
    for name, kept in zip(day.names, day.talks, strict=True):
        assert [row.value for row in kept.rows("why")][-1:] == [said[name]][: bool(said[name])]
