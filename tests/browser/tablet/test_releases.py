"""A new release while talks are open on a tablet: they end on what they began with, and arrive."""

from flask import Flask
from playwright.sync_api import expect

from tests.browser.tablet.conftest import Fetch
from tests.browser.tablet.hands import (
    PATIENCE,
    open_talk,
    sign_in,
    take,
    unlock,
)
from tests.browser.tablet.servers import Process
from tests.browser.tablet.world import a_day
from tests.people import People

KEPT = """async () => Promise.all((await caches.keys()).map(async (name) => {
  const asked = (await (await caches.open(name)).keys()).map((one) => new URL(one.url));
  return asked.map((one) => one.pathname + one.search);
}))"""


def test_the_cache_holds_what_is_listed_and_nothing_else(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    day = a_day(app, people)
    page = device(server.address).page()
    sign_in(page, people.ines)
    take(page, day.names)
    for path in ("/", "/interviews", day.talks[0].path, f"{day.talks[0].path}/talk", "/tablets", "/nowhere"):
        page.goto(path)
    unlock(page)
    open_talk(page, day.names[0])
    release = page.evaluate("document.body.dataset.release")
    listed = page.request.get(f"/tablet/pages/{release}/list").json()
    (kept,) = page.evaluate(KEPT)
    assert sorted(kept) == sorted([*listed, f"/tablet/pages/{release}/list"])
    for address in kept:
        assert address.startswith(("/static/", f"/tablet/pages/{release}/", "/tablet?in="))
    expect(page.locator("#frame iframe")).to_be_visible(timeout=PATIENCE)
