"""A talk on one device, in one language, with or without a script: what people do, and what is looked at."""

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, TABLET, Hand, Kept
from tests.browser.eyes import (
    broken_rules,
    looking,
    out_of_order,
    rules_broken_without_script,
    small_targets,
    too_wide,
    wait_for_page,
)
from tests.browser.fingers import come_to, option, question, send, skip, wait_saved, words_of
from tests.people import Someone

PICTURES = Path(__file__).parents[2] / "test-results" / "journeys"
DEVICES = {"phone": PHONE, "tablet": TABLET}
DIRECTIONS = {"en": "ltr", "cy": "ltr", "ar": "rtl"}
PICTURES_HERE = """() => {
  const shown = [...document.images].filter((one) => one.checkVisibility());
  for (const one of shown) one.loading = "eager";
  return Promise.all(shown.map((one) => one.decode().catch(() => null)));
}"""
SAVED = ".mark[data-state=saved]"


@dataclass(frozen=True)
class Way:
    """On what a journey is made."""

    device: str
    language: str
    script: bool = True

    def __str__(self) -> str:
        return f"{self.device}-{self.language}-{'script' if self.script else 'plain'}"


@dataclass
class Journey:
    """One talk from its beginning to its end. Each `look` is a picture and everything that is seen on it."""

    name: str
    way: Way
    talk: Kept
    hand: Hand
    page: Page = field(init=False)
    glass: Page = field(init=False, repr=False)
    seen: int = 0
    judged: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.folder = PICTURES / f"{self.name}-{self.way}"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def sign_in(self, person: Someone) -> None:
        """Someone takes their device, and opens their page of this talk."""
        device = DEVICES[self.way.device]
        self.page = self.hand(person, viewport=device, java_script_enabled=self.way.script)
        self.page.goto(self.talk.path)
        if not self.way.script:
            self.glass = self.hand(person, viewport=device)

    # Looking ------------------------------------------------------------------------------------------

    def look(self, step: str, *, at_the_worker: bool = False) -> None:
        """Keep a picture of this step, and find nothing wrong with it."""
        self.seen += 1
        looking(self.page, lambda: self._look_closely(step, at_the_worker))

    def _look_closely(self, step: str, at_the_worker: bool) -> None:
        # What stands in a page that is longer than the screen is seen where nothing sticks to its edges.
        whole = not self.page.locator(".bar").count() or not self.way.script
        if self.way.script:
            self.page.evaluate(PICTURES_HERE)
        picture = self.folder / f"{self.seen:02}-{step}.png"
        self.page.screenshot(path=picture, full_page=whole, animations="disabled")
        faults = [*too_wide(self.page), *self._broken_rules()]
        language = "en" if at_the_worker else self.way.language
        if not at_the_worker:
            faults += [*small_targets(self.page), *out_of_order(self.page, DIRECTIONS[language])]
        html = self.page.locator("html")
        spoken = (html.get_attribute("lang"), html.get_attribute("dir"))
        if (spoken[0] or "")[:2] != language or (not at_the_worker and spoken[1] != DIRECTIONS[language]):
            faults.append(f"The page is in {spoken}.")
        assert faults == [], f"{picture.name} of {self.folder.name}"

    def _broken_rules(self) -> list[str]:
        if not self.way.script:
            # One long page: what is answered on it changes no element, and it is looked through once.
            if self.page.url in self.judged:
                return []
            broken = rules_broken_without_script(self.page, self.glass)
            self.judged |= {self.page.url}
            return broken
        return broken_rules(self.page)

    def leave_by(self, way_out: Locator, to: str) -> None:
        """Touch what leads to another page, which may first see that all is saved, and be there."""
        way_out.click()
        expect(self.page).to_have_url(re.compile(to), timeout=20_000)
        wait_for_page(self.page)

    # Beginning ----------------------------------------------------------------------------------------

    def begin(self, answer: str = "yes") -> None:
        """The child is told what this is, in the language that they choose, and answers."""
        self.leave_by(self.page.get_by_role("link", name="Begin the talk"), "/welcome$")
        if self.way.language != "en":
            self.page.locator(f"button[name=language][value={self.way.language}]").click()
            expect(self.page.locator("html")).to_have_attribute("lang", self.way.language)
        self.look("before-we-start")
        self.page.locator(f"button[name=ready][value={answer}]").click()
        # Without a script the first parts give way to all of them at once.
        first = "/until-then$" if answer == "no" else "/talk" if self.way.script else "/talk$"
        expect(self.page).to_have_url(re.compile(first))
        wait_for_page(self.page)

    # Answering ----------------------------------------------------------------------------------------

    def ask(self, key: str) -> Locator:
        """Go on until this question is asked."""
        for _ in range(70):
            if question(self.page, key).is_visible():
                return question(self.page, key)
            self.page.locator("#onward").click()
        raise AssertionError(f"{key} is never asked.")

    def say(self, key: str, words: str) -> None:
        """Words are written."""
        self.ask(key)
        words_of(self.page, key).fill(words)

    def choose(self, key: str, *values: str) -> None:
        """Cards, faces, steps or answers are touched."""
        self.ask(key)
        for value in values:
            option(self.page, key, value).check()

    def rather_not(self, key: str) -> None:
        """The child would rather not say."""
        self.ask(key)
        if self.way.script:
            skip(self.page, key).check()
        else:
            question(self.page, key).locator("select[name$=__skip]").select_option("rather-not-say")

    def is_saved(self) -> None:
        """All is saved: by itself, or with the button where there is no script."""
        if self.way.script:
            expect(self.page.locator(SAVED)).to_be_visible(timeout=20_000)
        else:
            send(self.page, self.page.locator(".bar button[value=stay]"))

    # Ending -------------------------------------------------------------------------------------------

    def end_the_talk(self) -> None:
        """Go on to the end of the questions, and beyond."""
        while self.way.script and self.page.locator("#onward").is_visible():
            self.page.locator("#onward").click()
        self.leave_by(self.page.locator("#last"), "/(read-back|last-time)")

    def find(self, there: Locator) -> Locator:
        """Turn the read-back on until this is there; without a script all of it is."""
        return come_to(self.page, there)

    def agree(self, how: str = "yes") -> None:
        """It is right, or partly; then the read-back is done."""
        self.find(self.page.locator(f'input[name=agrees][value="{how}"]')).check()
        self.look("agreed")
        self.leave_by(self.page.locator("button[name=go][value=on]"), "/numbers")

    def take_leave(self) -> None:
        """A number to keep, how the talk was, and thank you."""
        self.look("numbers")
        self.page.locator("input[name=keep][value=childline]").check()
        self.leave_by(self.page.locator("button[value=keep]:visible"), "/thanks")
        self.look("thank-you")
        self.page.locator("input[name=face]").first.check()
        send(self.page, self.page.locator("button[name=listened]").first)
        expect(self.page.locator("input[name=face]")).to_have_count(0)
        self.look("give-it-back")

    def write_and_finish(self) -> None:
        """The worker writes their record, and finishes the talk."""
        self.page.goto(f"{self.talk.path}/record")
        for key, value in (("harm", "no"), ("options_talked", "yes")):
            option(self.page, key, value).check()
        if self.way.script:
            wait_saved(self.page)
        self.look("record", at_the_worker=True)
        self.leave_by(self.page.get_by_role("button", name="Go on to finishing"), "/finish")
        self.page.get_by_role("button", name="Finish the talk").click()
        expect(self.page.get_by_text("The talk is finished.")).to_be_visible()

    def summary_for(self, person: Someone, child: str) -> Locator:
        """What the reviewing officer reads of it."""
        page = self.hand(person)
        page.goto(f"/children/{child}/summary")
        return page.locator("main")
