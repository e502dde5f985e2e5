"""The tablet: taking talks along, opening them without a network, saving there; beside a bare page."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page

from bench.browser import chromium
from bench.houses import House, house_with_talks
from bench.measure import Measure
from bench.servers import HEARD, Server, serving
from bench.visit import Visit
from bench.yardsticks.bare_tablet import give

BARE = "bench.yardsticks.bare_tablet:create_app('{folder}')"
PASSPHRASE = "kettle lantern orchard pebble"
TALKS, SAVES = 3, 30
PATIENCE = 60_000
NAMES = {
    "three talks taken along, until ready": "check_out",
    "opened without a network, to the first question": "reopen",
    "an answer saved on the device": "save",
}
SIZES = """async () => {
  const cache = await caches.open((await caches.keys())[0]);
  const kept = await cache.matchAll();
  return Promise.all(kept.map(async (one) => (await one.arrayBuffer()).byteLength));
}"""
SAVE = """async (times) => {
  const taken = [];
  for (let n = 0; n < times; n++) {
    const began = performance.now();
    await SAVED(n);
    taken.push(performance.now() - began);
  }
  return taken;
}"""
OURS = """((n) => {
  heard.changed({ question: "why", set: heard.draft.set, value: "Nobody listens to me here. ".repeat(20) + n,
    skipped: null, said_by: "word-for-word", audience: ["social-worker"] });
  return heard.flush();
})"""
THEIRS = """(async (n) => {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  window.pair ??= await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  await save(window.pair, { question: "why", value: "Nobody listens to me here. ".repeat(20) + n });
})"""


@dataclass
class Taken:
    """Seconds for each of the three things, in one round."""

    check_out: float
    reopen: float
    save: float


def seconds(what: Callable[[], Any]) -> float:
    """How long something takes."""
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


def measure_tablet(folder: Path, rounds: int) -> Iterator[Measure]:
    """Both sides in turns: the bare page is given the drafts, and the sizes of the files, of ours."""
    house, _ = house_with_talks(folder / "heard", ["en"] * TALKS)
    given = folder / "given"
    with chromium() as browser:
        rows = [(of_heard(browser, house, given), of_bare(browser, given)) for _ in range(rounds)]
    for what, name in NAMES.items():
        one, other = (median(getattr(row[side], name) for row in rows) for side in (0, 1))
        yield Measure(what, "ms", one * 1000, other * 1000)


def of_heard(browser: Browser, house: House, given: Path) -> Taken:
    """One round of ours."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    drafts: list[Any] = []
    page.on("response", lambda one: drafts.append(one.json()) if one.url.endswith("/tablet/take") else None)
    with serving(HEARD, house.settings, "/sign-in") as server:
        for name, value in Visit(server).sign_in("ines", house.password).cookies.items():
            context.add_cookies([{"name": name, "value": value, "url": server.address}])
        page.goto(f"{server.address}/take-with-me")
        for box in page.locator("#take fieldset [value]").all():
            box.check()
        page.locator("#passphrase").fill(PASSPHRASE)
        page.locator("#again").fill(PASSPHRASE)
        check_out = _touched(page, "#go", "#open")
        give(given, drafts[0], page.evaluate(SIZES))
    reopen = seconds(lambda: _reopen(page, server))
    saves = page.evaluate(SAVE.replace("SAVED", OURS), SAVES)
    context.close()
    return Taken(check_out, reopen, median(saves) / 1000)


def _touched(page: Page, button: str, then: str) -> float:
    began = time.perf_counter()
    page.locator(button).click()
    page.locator(then).wait_for()
    return time.perf_counter() - began


def _reopen(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/tablet")
    page.locator("#passphrase").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    page.locator("#talks button").first.click()
    page.locator("#frame iframe").wait_for()
    page.evaluate("heard.go('talk')")
    page.frame_locator("#frame iframe").locator("[data-question]:visible").first.wait_for()


def of_bare(browser: Browser, given: Path) -> Taken:
    """One round of the bare page."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    with serving(BARE.format(folder=given), {}) as server:
        page.goto(server.address)
        page.locator("#passphrase").fill(PASSPHRASE)
        check_out = _touched(page, "#take", "#said:not(:empty)")

    def again() -> None:
        page.goto(server.address)
        page.locator("#passphrase").fill(PASSPHRASE)
        page.keyboard.press("Enter")
        page.locator("#words").wait_for()

    reopen = seconds(again)
    saves = page.evaluate(SAVE.replace("SAVED", THEIRS), SAVES)
    context.close()
    return Taken(check_out, reopen, median(saves) / 1000)
