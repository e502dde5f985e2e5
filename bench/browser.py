"""Chromium as a tablet far from a mast: what a first visit fetches, and when a person can begin."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.visit import Visit

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BITS_A_SECOND, LATENCY, SLOWED = 400_000, 400, 4

# Usable: the first question stands on the screen and a frame with it has been painted, and the document is
# complete with its deferred scripts, so that whatever listens to its controls does listen.
WHEN_USABLE = """
(() => {
  let complete = false;
  addEventListener("DOMContentLoaded", () => { complete = true; });
  const look = () => {
    const control = document.querySelector("fieldset input:not([type=hidden]), fieldset textarea");
    const there = complete && control && control.closest("fieldset").getBoundingClientRect().height > 0;
    if (!there) return requestAnimationFrame(look);
    const painted = new MessageChannel();
    painted.port1.onmessage = () => { window.usableAfter = performance.now(); };
    painted.port2.postMessage(0);
  };
  requestAnimationFrame(look);
})();
"""
WAIT_UNTIL_USABLE = """() => new Promise((done) => {
  const look = () => window.usableAfter ? done(window.usableAfter) : setTimeout(look, 20);
  look();
})"""


@dataclass
class Fetched:
    """One request of a page: when it began and ended, by the browser's own clock, and its bytes."""

    address: str
    kind: str
    began: float
    ended: float = inf
    size: float = 0.0


@dataclass
class Fetches:
    """Every request that a page makes, as the browser's network log tells it."""

    by_id: dict[str, Fetched] = field(default_factory=dict)

    def listen(self, session: CDPSession) -> None:
        """Begin to listen."""
        session.on("Network.requestWillBeSent", self._began)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")

    def _began(self, event: Any) -> None:
        sent = event["request"]["url"], event.get("type", ""), event["timestamp"]
        self.by_id[event["requestId"]] = Fetched(*sent)

    def _finished(self, event: Any) -> None:
        fetched = self.by_id[event["requestId"]]
        fetched.ended, fetched.size = event["timestamp"], event["encodedDataLength"]

    def within(self, milliseconds: float) -> list[Fetched]:
        """Those that had come so soon after the first one was asked for."""
        until = min(one.began for one in self.by_id.values()) + milliseconds / 1000
        return [one for one in self.by_id.values() if one.ended <= until]


@dataclass(frozen=True)
class Tab:
    """A page with an empty cache, and what it fetches."""

    page: Page
    fetches: Fetches
    session: CDPSession

    def slow_network(self) -> None:
        """From here on 400 kbit/s and 400 ms."""
        speed = BITS_A_SECOND / 8
        slow = {"latency": LATENCY, "downloadThroughput": speed, "uploadThroughput": speed}
        self.session.send("Network.emulateNetworkConditions", {"offline": False} | slow)

    def slow_processor(self) -> None:
        """From here on a quarter as fast."""
        self.session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})

    def usable(self, address: str) -> float:
        """Open a page; gives the milliseconds until it is usable."""
        self.page.add_init_script(WHEN_USABLE)
        self.page.goto(address)
        after: float = self.page.evaluate(WAIT_UNTIL_USABLE)
        return after


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def cold(browser: Browser, visit: Visit) -> Iterator[Tab]:
    """A tab with nothing in its cache, signed in as this visitor is."""
    context = browser.new_context(viewport={"width": 810, "height": 1080})
    for name, value in visit.cookies.items():
        context.add_cookies([{"name": name, "value": value, "url": visit.server.address}])
    page = context.new_page()
    session = context.new_cdp_session(page)
    fetches = Fetches()
    fetches.listen(session)
    yield Tab(page, fetches, session)
    context.close()
