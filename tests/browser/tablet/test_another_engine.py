"""The main journey in WebKitGTK: take, no server, open, say, leave, open again, send. For `make proofs`."""

from pathlib import Path

import pytest
from flask import Flask

from tests.browser.tablet.hands import PASSPHRASE
from tests.browser.tablet.servers import Process
from tests.browser.tablet.webkit import WebKit, webkit
from tests.browser.tablet.world import a_day
from tests.people import PASSWORD, People

pytestmark = pytest.mark.webkit
FRAME = "#frame iframe"
WHY = '[data-question="why"] textarea'
WORDS = "Nobody listens to me here."
# The talk stands in the frame, and no page that stood there before it.
TURNED = """return window.heard?.page === "talk" &&
  Boolean(document.querySelector("#frame iframe")?.contentDocument?.querySelector("#talk #onward"))"""
SENT = "return document.querySelector('#unsent').innerText === 'Everything has been sent.'"


def sign_in(window: WebKit, address: str, name: str) -> None:
    """Sign in with name and password."""
    window.goto(f"{address}/sign-in")
    window.type("#name", name)
    window.type("#password", PASSWORD)
    window.click("#enter")
    window.find("main h1")


def unlock(window: WebKit, address: str) -> None:
    """Open the tablet."""
    window.goto(f"{address}/tablet")
    window.eventually("return !document.querySelector('#passphrase').disabled")
    window.type("#passphrase", PASSPHRASE)
    window.click("#opens button")
    window.find("#talks .needs__open")


def why(window: WebKit) -> None:
    """Go on to why, in the first talk of the list."""
    window.click("#talks .needs__open")
    window.find(FRAME)
    window.script("heard.go('talk')")
    window.eventually(TURNED)
    window.into(FRAME)
    for _ in range(30):
        if window.script(f"return document.querySelector('{WHY}').checkVisibility()"):
            return
        window.click("#onward")


def test_the_main_journey_in_webkit(server: Process, app: Flask, people: People, tmp_path: Path) -> None:
    day = a_day(app, people)
    with webkit(tmp_path) as window:
        sign_in(window, server.address, people.ines.sign_in_name)
        window.goto(f"{server.address}/take-with-me")
        window.eventually("return !document.querySelector('#go').disabled")
        window.click("#talk-1")
        window.type("#passphrase", PASSPHRASE)
        window.type("#again", PASSPHRASE)
        window.click("#go")
        window.find("#ready a#open")
        server.stop()
        unlock(window, server.address)
        why(window)
        window.type(WHY, WORDS)
        window.eventually("return document.querySelector('.mark').dataset.state === 'tablet'")
        window.out()
        unlock(window, server.address)
        why(window)
        assert window.value(WHY) == WORDS
        window.out()
        server.start()
        unlock(window, server.address)
        window.script("const send = document.querySelector('#send'); send.hidden || send.click()")
        window.eventually(SENT)
    assert [row.value for kept in day.talks for row in kept.rows("why")] == [WORDS]
