"""What the tests in a browser need: Heard served for real, Chromium, and a tablet in someone's hands."""

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, Protocol

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect
from playwright.sync_api import ViewportSize as Size
from werkzeug.serving import ThreadedWSGIServer

from interview.answers import Answer, current, heads
from records.answers import answers_of
from records.database import db
from records.tables import Interview
from tests.people import People, Someone, an_interview, keeping
from tests.visitor import Visitor

HERE = Path(__file__).parent
# What is waited for comes on a slow machine too: only who waits in vain waits as long.
expect.set_options(timeout=20_000)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE: Size = {"width": 360, "height": 740}
TABLET: Size = {"width": 810, "height": 1080}
DESK: Size = {"width": 1280, "height": 800}
SIZES = (PHONE, TABLET, DESK)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of these need a browser."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            # Flask-Compress leaves it to Python to close a static file that it has sent.
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The distribution's Chromium, and no other."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.fail("Chromium is missing. Install it: apt-get install chromium")
    return {"executable_path": found, "args": list(FLAGS)}


@pytest.fixture(scope="session", autouse=True)
def _no_second_loop() -> Iterator[None]:
    """Playwright keeps an event loop in this thread, and Heard has no sessions that would need another."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flask_sqlalchemy_lite._extension._close_async_sessions", lambda _error: None)
        yield


@pytest.fixture(scope="session")
def base_url() -> None:
    """None for all: each test serves its own Heard."""


@pytest.fixture
def database() -> str:
    """The browser cannot tell the databases apart: one is enough."""
    return "sqlite"


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """This app on a port of its own; gives its address."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedWSGIServer("127.0.0.1", 0, app)
    # A page that is closed sends what it still has: the next test waits for that, or it would meet it.
    server.daemon_threads = False
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where this test's Heard is served."""
    with serving(app) as address:
        yield address


@pytest.fixture
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that the server was asked for, in their order."""
    paths: list[str] = []
    serve = app.wsgi_app

    def noting(environ: dict[str, Any], start: Any) -> Any:
        paths.append(environ["PATH_INFO"])
        return serve(environ, start)

    monkeypatch.setattr(app, "wsgi_app", noting)
    return paths


def cookies_of(app: Flask, address: str, person: Someone) -> list[Any]:
    """The cookie of someone who has just signed in."""
    cookie = Visitor(app, person).client.get_cookie("heard")
    assert cookie is not None
    return [{"name": "heard", "value": cookie.value, "url": address, "httpOnly": True, "sameSite": "Strict"}]


class Complaints:
    """What a browser's console said: refused by the content policy, or broken in a script."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def listen(self, context: BrowserContext) -> None:
        """Hear every page of this context."""
        context.on("console", self._hear)
        context.on("weberror", lambda fault: self.said.append(str(fault.error)))

    def _hear(self, message: ConsoleMessage) -> None:
        # Requests fail here on purpose; what a page makes of it is looked at, not that Chromium says so.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.said.append(message.text)


class Hand(Protocol):
    """Gives a page on a device of their own to someone: `hand(people.ines)`; without, to a stranger."""

    def __call__(self, person: Someone | None = None, **device: Any) -> Page: ...


@pytest.fixture
def hand(app: Flask, address: str, new_context: Callable[..., BrowserContext]) -> Iterator[Hand]:
    """A fresh device, signed in. At the end of the test no page may have complained."""
    complaints = Complaints()

    def give(person: Someone | None = None, **device: Any) -> Page:
        context = new_context(**({"base_url": address, "viewport": TABLET} | device))
        context.set_default_timeout(20_000)
        complaints.listen(context)
        if person is not None:
            context.add_cookies(cookies_of(app, address, person))
        return context.new_page()

    yield give
    assert complaints.said == []


class Kept:
    """What the server has kept of one talk."""

    def __init__(self, app: Flask, interview_id: str) -> None:
        self.app, self.id = app, interview_id

    def rows(self, question: str | None = None) -> list[Answer]:
        """Every answer, or those to one question, oldest first."""
        with self.app.app_context():
            found = answers_of(db.session.get_one(Interview, self.id))
        return [answer for answer in found if question in {None, answer.question}]

    def __getitem__(self, question: str) -> Answer:
        """The answer that counts."""
        return current(self.rows())[question]

    def heads(self, question: str) -> list[Answer]:
        """The answers without a successor: two are a branch."""
        return heads(self.rows())[question]

    def change(self, **facts: Any) -> None:
        """Change the talk itself."""
        with keeping(self.app):
            interview = db.session.get_one(Interview, self.id)
            for name, value in facts.items():
                setattr(interview, name, value)

    @property
    def path(self) -> str:
        """The address of the talk's own page."""
        return f"/interviews/{self.id}"


@pytest.fixture
def talk(app: Flask, people: People) -> Kept:
    """A talk that Ines is to hold with Robin."""
    with keeping(app):
        return Kept(app, an_interview(people).id)


@pytest.fixture
def tablet(hand: Hand, people: People, talk: Kept) -> Page:
    """Ines' tablet with the talk open."""
    page = hand(people.ines)
    page.goto(f"{talk.path}/talk")
    return page
