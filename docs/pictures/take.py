"""Takes the README's pictures from a running demo: `make pictures` while `make demo` runs."""

import json
import os
import sys
from pathlib import Path

from playwright.sync_api import Page, Route, sync_playwright

HERE = Path(__file__).parent
ADDRESS = os.environ.get("HEARD_ADDRESS", "http://127.0.0.1:5000")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def sign_in(page: Page, name: str, password: str) -> None:
    """Sign in as one of the demo people."""
    page.goto(f"{ADDRESS}/sign-in")
    page.fill("[name=name]", name)
    page.fill("[name=password]", password)
    page.click("form button.govuk-button:visible")


def say_saved(route: Route) -> None:
    """Answer as the server would, without troubling it: the demo stays as it was."""
    sent = json.loads(route.request.post_data or "{}")["answers"]
    saved = {"accepted": [one["op_id"] for one in sent], "refused": [], "server_time": "2026-05-04T13:32:00Z"}
    route.fulfill(json=saved)


def take_talk(page: Page) -> None:
    """The cards of the talk that is due first, with some of them chosen; nothing is saved."""
    page.route("**/answers", say_saved)
    page.goto(f"{ADDRESS}/interviews")
    page.click("ul.needs a >> nth=0")
    page.goto(f"{page.url}/talk#f-reasons")
    for code in ("A1", "A9", "B1"):
        page.check(f"[name=reasons][value={code}]", force=True)
    page.check("[name=reasons__biggest][value=B1]", force=True)
    page.locator("[role=status][data-state=saved]").wait_for()
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=HERE / "talk.png")


def take_summary(page: Page) -> None:
    """The summary of the first child on the reviewing officer's start page."""
    page.goto(ADDRESS)
    page.click("main a[href$='/summary'] >> nth=0")
    page.screenshot(path=HERE / "summary.png")


def take_pack(page: Page) -> None:
    """The review pack of the child whose review is next."""
    page.goto(f"{ADDRESS}/reviews")
    page.click("main a[href*='/reviews/'] >> nth=0")
    page.screenshot(path=HERE / "review.png")


def main(password: str) -> None:
    """Take all of them."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for name, take in (("ines", take_talk), ("ivan", take_summary), ("ivan", take_pack)):
            page = browser.new_page(viewport={"width": 810, "height": 1080})
            sign_in(page, name, password)
            take(page)
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
