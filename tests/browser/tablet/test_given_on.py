"""A talk that is finished or somebody else's by now goes off the tablet, and whoever had it there is told."""

from flask import Flask
from playwright.sync_api import Page, expect

from records.database import db
from records.tables import Interview
from tests.browser.fingers import go_on_to, words_of
from tests.browser.tablet.conftest import Fetch
from tests.browser.tablet.hands import (
    PATIENCE,
    come_back,
    open_talk,
    sign_in,
    take,
    talk_with,
    the_frame,
    to_list,
    unlock,
    until,
)
from tests.browser.tablet.servers import Process
from tests.browser.tablet.world import Day, a_day
from tests.people import People, Someone, keeping

WORDS = "It was too loud to sleep."


def give(app: Flask, day: Day, whom: Someone) -> None:
    """The coordinator gives the first talk to somebody else."""
    with keeping(app):
        db.session.get_one(Interview, day.talks[0].id).interviewer_id = whom.id


def on_the_road(server: Process, device: Fetch, app: Flask, people: People) -> tuple[Page, Day]:
    """Three talks on a tablet."""
    day = a_day(app, people)
    page = device(server.address).page()
    sign_in(page, people.ines)
    take(page, day.names)
    return page, day


def is_gone(page: Page, name: str) -> None:
    """It is not in the list, and the page says what became of it."""
    expect(page.locator("#over")).to_contain_text(f"{name}: this talk is finished, or with", timeout=PATIENCE)
    expect(talk_with(page, name)).to_have_count(0)


def test_a_talk_that_was_given_on_is_off_the_tablet(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    page, day = on_the_road(server, device, app, people)
    give(app, day, people.omar)
    unlock(page)
    is_gone(page, day.names[0])
    expect(page.locator("#talks li")).to_have_count(2)
    page.get_by_role("button", name="Lock").click()
    expect(page.locator("body")).not_to_contain_text(day.names[0])
    unlock(page)
    expect(page.locator("#talks li")).to_have_count(2)
    expect(page.locator("#over")).to_be_empty()


def test_nobody_is_interrupted_and_what_was_written_is_sent_first(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    page, day = on_the_road(server, device, app, people)
    server.stop()
    unlock(page)
    talk = open_talk(page, day.names[0])
    go_on_to(talk, "why")
    words_of(talk, "why").fill(WORDS)
    page.evaluate("heard.flush()")
    give(app, day, people.omar)
    to_list(page)
    expect(talk_with(page, day.names[0])).to_contain_text("Changes on this tablet only: 1.")
    talk = open_talk(page, day.names[0])
    server.start()
    until(page, lambda: page.evaluate("heard.state().state") == "saved")
    expect(words_of(talk, "why")).to_have_value(WORDS)
    to_list(page)
    is_gone(page, day.names[0])


def test_what_was_begun_on_a_sheet_can_still_be_read(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    page, day = on_the_road(server, device, app, people)
    unlock(page)
    open_talk(page, day.names[0])
    page.evaluate("heard.go('put-off')")
    box = the_frame(page).locator("form :is(textarea, input[type=text]):visible").first
    box.fill(WORDS)
    page.evaluate("heard.flush()")
    give(app, day, people.omar)
    page.get_by_role("button", name="Lock").click()
    unlock(page)
    come_back(page)
    line = talk_with(page, day.names[0])
    expect(line).to_contain_text("This talk is finished, or with somebody else now.", timeout=PATIENCE)
    line.locator(".needs__open").click()
    expect(page.locator("#frame iframe")).to_be_visible(timeout=PATIENCE)
    page.evaluate("heard.go('put-off')")
    expect(box).to_have_value(WORDS)
