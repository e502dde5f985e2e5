"""The tablet shows each talk as it is by now, says what becomes of it, and lets go of it when told to."""

from datetime import timedelta

from flask import Flask
from playwright.sync_api import expect

from records.answers import keep
from records.database import db
from records.tables import Interview
from tests.browser.fingers import go_on_to, words_of
from tests.browser.tablet.conftest import Fetch
from tests.browser.tablet.hands import (
    PASSPHRASE,
    PATIENCE,
    open_talk,
    open_with,
    sizes,
    talk_with,
    the_frame,
    to_list,
    unlock,
)
from tests.browser.tablet.servers import Process
from tests.browser.tablet.test_given_on import on_the_road
from tests.people import People, answer, keeping
from views.moments import now

WORDS = "Nobody asked me."


def test_what_was_settled_at_the_desk_is_what_the_child_looks_at(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    page, day = on_the_road(server, device, app, people)
    with keeping(app):
        talk_of_robin = db.session.get_one(Interview, day.talks[0].id)
        keep(talk_of_robin, [answer("why", WORDS)], people.ines.id, now())
    page.goto("/tablet")
    with page.expect_response("**/tablet/take"):
        open_with(page, PASSPHRASE)
    expect(talk_with(page, day.names[0])).to_contain_text("Begun", timeout=PATIENCE)
    expect(words_of(open_talk(page, day.names[0]), "why")).to_have_value(WORDS)


def test_a_talk_that_was_taken_by_mistake_is_taken_off(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    page, day = on_the_road(server, device, app, people)
    server.stop()
    unlock(page)
    talk = open_talk(page, day.names[0])
    go_on_to(talk, "why")
    words_of(talk, "why").fill(WORDS)
    to_list(page)
    # What was said is sent first.
    talk_with(page, day.names[0]).locator(".off").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("Send it first.")
    expect(asked.get_by_role("button", name="Take it off")).to_have_count(0)
    asked.get_by_role("button", name="Leave it here").click()
    talk_with(page, day.names[1]).locator(".off").click()
    asked.get_by_role("button", name="Take it off").click()
    expect(talk_with(page, day.names[1])).to_have_count(0)
    assert sizes(page) == (1, 2, 1)


def test_who_has_finished_a_talk_is_told_where_it_is(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    page, day = on_the_road(server, device, app, people)
    server.stop()
    unlock(page)
    open_talk(page, day.names[0])
    page.evaluate("heard.form('finish', [])")
    to_list(page)
    expect(page.locator("#over")).to_contain_text(f"{day.names[0]}: this talk is finished.")
    expect(page.locator("#over")).to_contain_text("sealed on this tablet")
    expect(talk_with(page, day.names[0])).to_have_count(0)


def test_a_danger_that_nobody_knows_of_leads_to_whom_to_ring(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    page, day = on_the_road(server, device, app, people)
    server.stop()
    unlock(page)
    open_talk(page, day.names[1])
    page.evaluate("heard.form('urgent', [['what', 'He has a knife.']])")
    to_list(page)
    page.get_by_role("button", name="What was written, and whom to ring").click()
    expect(the_frame(page).locator("h1")).to_contain_text("Someone is not safe", timeout=PATIENCE)


def test_a_page_that_needs_a_network_says_so(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    page, _ = on_the_road(server, device, app, people)
    server.stop()
    page.goto("/take-with-me")
    expect(page.locator("#away")).to_contain_text("The page that you asked for needs a network.")


def test_from_the_lock_heards_other_pages_are_closed_and_the_talks_stay(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    page, day = on_the_road(server, device, app, people)
    unlock(page)
    page.get_by_role("button", name="Lock").click()
    page.get_by_role("button", name="Close them too").click()
    expect(page.locator("#signed-in")).to_be_hidden(timeout=PATIENCE)
    other = page.context.new_page()
    other.goto("/take-with-me")
    expect(other.get_by_role("heading", level=1)).to_have_text("Sign in")
    open_with(page, PASSPHRASE)
    expect(page.locator("#talks li")).to_have_count(len(day.names), timeout=PATIENCE)


def test_a_clock_that_is_wrong_is_said_before_anything_is_taken(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    page, _ = on_the_road(server, device, app, people)
    page.clock.set_system_time(now() + timedelta(days=9))
    page.goto("/take-with-me")
    item = page.locator('[data-item="clock"]')
    expect(item).to_contain_text("Not promised", timeout=PATIENCE)
    expect(item).to_contain_text("Set date and time to automatic")
