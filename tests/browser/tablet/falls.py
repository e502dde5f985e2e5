"""A tablet that falls in the middle of a word: what was typed, what was promised, when it fell."""

import random
import time
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from threading import Timer

from playwright.sync_api import Error, Page

from tests.browser.tablet.devices import Device, end, processes_of
from tests.browser.tablet.watching import Mark, Watch, nothing
from tests.proofs import figure

LONGEST_LOSS = 2.0
FAST = 12  # letters in a second: nobody on a tablet is faster
PAUSE = 700  # milliseconds
# The mark says that nothing of this is lost, whatever becomes of the page.
PROMISES = {"tablet", "saved", "sending"}


@dataclass
class Fall:
    """What was typed into one box until the browser was ended, and when that was."""

    talk: str
    before: str
    letters: str  # of this child, and of no other
    strokes: list[tuple[float, str]] = field(default_factory=list)
    promised: str = ""
    state: str = ""
    writing: bool = False
    at: float = 0.0

    @property
    def all(self) -> str:
        """All that was typed."""
        return self.before + "".join(letter for _, letter in self.strokes)

    def marked(self, mark: Mark) -> None:
        """The mark of this talk was seen."""
        if mark.talk == self.talk:
            self.state = mark.state
            if mark.state in PROMISES:
                self.promised = mark.said.get("why", "")

    @property
    def stood_still(self) -> float:
        """For how long the machine itself did nothing, at most: no letter came through."""
        times = [*(at for at, _ in self.strokes), self.at]
        gaps = [later - sooner for sooner, later in pairwise(times)]
        return max(0.0, max(gaps, default=0.0) - PAUSE / 1000)

    def lost(self, kept: str) -> float:
        """How many seconds of typing before the fall are missing in what was kept."""
        assert self.all.startswith(kept), (self.all, kept)
        assert kept.startswith(self.promised), f"A saved word is missing: {self.promised} {kept}"
        assert kept.startswith(self.before), f"What was there before is missing: {self.before} {kept}"
        missing = self.strokes[len(kept) - len(self.before) :]
        loss = self.at - missing[0][0] if missing else 0.0
        assert loss <= LONGEST_LOSS + self.stood_still, (loss, self.stood_still)
        return loss


def type_and_fall(
    tablet: Device, watch: Watch, page: Page, fall: Fall, chance: random.Random, *, in_a_write: bool
) -> None:
    """Type without an end; within some seconds the browser is ended, at any moment or in a write."""
    processes, watch.writing = list(processes_of(tablet.profile)), 0

    def strike() -> None:
        if not fall.at:
            fall.at, fall.writing = time.monotonic(), watch.writing > 0
            end(processes)

    ready = time.monotonic() + chance.uniform(0.3, 4)
    watch.when_marked = fall.marked
    if in_a_write:
        watch.when_writing = lambda begun: strike() if begun > 0 and time.monotonic() > ready else None
    else:
        Timer(ready - time.monotonic(), strike).start()
    with suppress(Error):
        while not fall.at:
            assert time.monotonic() < ready + 60, "Nothing was ever written."
            letter = chance.choice(fall.letters)
            fall.strokes.append((time.monotonic(), letter))
            page.keyboard.type(letter)
            page.wait_for_timeout(PAUSE if chance.random() < 0.02 else 1000 / FAST)
    watch.when_writing = watch.when_marked = nothing
    assert fall.at, "The browser went by itself."
    tablet.kill()


def tell(what: str, falls: list[Fall], losses: list[float]) -> None:
    """What came of all falls, for the table."""
    figure(f"  {what}: SIGKILLs of the whole browser while typing", len(falls))
    unsaved = sum(one.all != one.promised for one in falls)
    figure("  of these with letters not yet promised by the mark", unsaved)
    figure("  of these while a write was under way", sum(one.writing for one in falls))
    figure("  longest loss of typing", f"{max(losses):.2f} s", f"{LONGEST_LOSS:.0f} s")
    figure("  half of the losses are at most", f"{sorted(losses)[len(losses) // 2]:.2f} s")
    figure("  longest pause of the machine itself", f"{max(f.stood_still for f in falls):.2f} s")
    figure("  promised letters that were missing; letters at another child", "0; 0", "0; 0")
