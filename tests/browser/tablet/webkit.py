"""A second engine: Debian's WebKitGTK, driven by the W3C's WebDriver protocol as it is."""

import http.client
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser.tablet.servers import PATIENCE, free_port

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the protocol's own name for an element
SCREEN = ("-screen", "0", "1000x1400x24", "-displayfd", "1")


class WebKitError(Exception):
    """The browser refused, and said why."""


@dataclass(frozen=True)
class WebKit:
    """A window of WebKit."""

    port: int
    session: str

    def ask(self, method: str, path: str, **what: Any) -> Any:
        """One command of the protocol."""
        return asked(self.port, method, f"/session/{self.session}{path}", what)

    def goto(self, address: str) -> None:
        """Open an address."""
        self.ask("POST", "/url", url=address)

    def find(self, selector: str) -> str:
        """The first element that is seen, once it is."""
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            for one in self._there(selector):
                if self._is_seen(one):
                    return one
            time.sleep(0.05)
        raise WebKitError(f"{selector} never came to be seen: {self.script('return document.title')}")

    def _there(self, selector: str) -> list[str]:
        try:
            found = self.ask("POST", "/elements", using="css selector", value=selector)
        except WebKitError as error:
            if "stale element" not in str(error):
                raise
            return []  # the page was changing just then
        return [str(one[ELEMENT]) for one in found]

    def _is_seen(self, one: str) -> bool:
        script = "return arguments[0].isConnected && arguments[0].checkVisibility()"
        try:
            return bool(self.script(script, {ELEMENT: one}))
        except WebKitError:
            return False  # it went away meanwhile

    def click(self, selector: str) -> None:
        """Touch it."""
        self.script("arguments[0].click()", {ELEMENT: self.find(selector)})

    def type(self, selector: str, words: str) -> None:
        """Type into it."""
        self.ask("POST", f"/element/{self.find(selector)}/value", text=words)

    def text(self, selector: str) -> str:
        """What it says."""
        return str(self.script("return arguments[0].innerText", {ELEMENT: self.find(selector)}))

    def value(self, selector: str) -> str:
        """What was typed into it."""
        return str(self.script("return arguments[0].value", {ELEMENT: self.find(selector)}))

    def script(self, script: str, *about: Any) -> Any:
        """What a script gives."""
        return self.ask("POST", "/execute/sync", script=script, args=list(about))

    def into(self, selector: str) -> None:
        """Go on in a frame."""
        self.ask("POST", "/frame", id={ELEMENT: self.find(selector)})

    def out(self) -> None:
        """Go on in the page itself."""
        self.ask("POST", "/frame", id=None)

    def eventually(self, script: str) -> None:
        """Wait until a script gives something true."""
        give_up = time.monotonic() + PATIENCE
        while not self.script(script):
            if time.monotonic() > give_up:
                raise WebKitError(f"It never came to hold: {script}")
            time.sleep(0.05)


def asked(port: int, method: str, path: str, what: dict[str, Any]) -> Any:
    """The value of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request(method, path, json.dumps(what) if method == "POST" else None)
    answer = connection.getresponse()
    value = json.loads(answer.read())["value"]
    connection.close()
    if answer.status >= 400:
        raise WebKitError(f"{path}: {value}")
    return value


def mini_browser() -> str:
    """Where Debian keeps it."""
    return str(next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")))


@contextmanager
def webkit(home: Path) -> Iterator[WebKit]:
    """A window, on a screen that nobody sees, that keeps what it keeps in this folder."""
    screen = subprocess.Popen(["Xvfb", *SCREEN], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert screen.stdout is not None
    shown = {"DISPLAY": f":{screen.stdout.readline().decode().strip()}", "HOME": str(home)}
    port = free_port()
    driver = subprocess.Popen(["WebKitWebDriver", f"--port={port}"], env=os.environ | shown)
    try:
        yield _window(port)
    finally:
        for one in (driver, screen):
            one.terminate()
            one.wait()
        screen.stdout.close()


def _window(port: int) -> WebKit:
    options = {"binary": mini_browser(), "args": ["--automation"]}
    wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            made = asked(port, "POST", "/session", wanted)
            return WebKit(port, str(made["sessionId"]))
        except ConnectionError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.05)
