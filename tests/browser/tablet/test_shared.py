"""A tablet in other hands: another worker's, a stranger's, a thief's, and after a week nobody's."""

from datetime import timedelta

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from records.database import db
from records.tables import Late
from tests.browser.eyes import source_of
from tests.browser.fingers import eventually, go_on_to, mark, words_of
from tests.browser.tablet.conftest import Fetch
from tests.browser.tablet.hands import (
    PASSPHRASE,
    PATIENCE,
    open_talk,
    open_with,
    opens_nothing,
    sign_in,
    sign_in_again,
    sizes,
    stored,
    take,
    talk_with,
    unlock,
    until,
)
from tests.browser.tablet.servers import Process
from tests.browser.tablet.world import Day, a_talk_of_omar
from tests.people import People, disable, keeping
from views.moments import now

WORDS = "I wanted to see my brother."
HIS = "gravel umbrella sparrow violin"


def write_without_a_network(page: Page, name: str, words: str = WORDS) -> None:
    """Somebody says why, where no server answers."""
    unlock(page)
    talk = open_talk(page, name)
    go_on_to(talk, "why")
    words_of(talk, "why").fill(words)
    expect(mark(talk)).to_have_attribute("data-state", "tablet", timeout=PATIENCE)


def test_the_next_person_sees_nothing_of_the_first(
    server: Process, page: Page, app: Flask, people: People, day: Day
) -> None:
    a_talk_of_omar(app, people)
    take(page, day.names)
    server.stop()
    write_without_a_network(page, day.names[0])
    page.get_by_role("button", name="Lock").click()
    expect(page.locator("#locked")).to_be_visible()
    locked = source_of(page)
    page.context.clear_cookies()  # or it would send by itself
    server.start()
    for path in ("/tablet", "/tablet?in=en"):
        page.goto(path)
        assert not [one for one in (*day.names, "Ines", "Larch") if one in source_of(page)]
        assert "3" not in page.locator("main").inner_text()
    sign_in(page, people.omar)
    start = page.locator("body").inner_text()
    assert "tablet only" not in start
    take(page, [people.sasha.name], HIS)
    unlock(page, HIS)
    expect(page.locator("#talks li")).to_have_count(1)
    expect(talk_with(page, people.sasha.name)).to_be_visible()
    expect(page.locator("#unsent")).to_have_text("Everything has been sent.")
    assert not [one for one in (*day.names, "Ines") if one in source_of(page) + locked]
    assert day.talks[0].rows() == []
    sign_in_again(page, people.ines)
    until(page, lambda: [row.value for row in day.talks[0].rows("why")] == [WORDS])


def test_signing_out_leaves_what_is_sealed_and_nothing_that_opens(
    server: Process, page: Page, people: People, day: Day
) -> None:
    take(page, day.names)
    server.stop()
    write_without_a_network(page, day.names[0])
    page.get_by_role("button", name="Lock").click()
    page.route("**/tablet/sync", lambda route: route.abort())
    server.start()
    page.goto("/")
    expect(page.locator("main")).to_contain_text("Changes that are only on this tablet: 1.", timeout=PATIENCE)
    page.get_by_role("button", name="Sign out").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_be_visible()
    asked.get_by_role("button", name="Sign out; it stays here, sealed").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert sizes(page) == (0, 0, 1)
    page.goto("/tablet")
    opens_nothing(page)
    page.unroute_all()
    sign_in(page, people.ines)
    until(page, lambda: [row.value for row in day.talks[0].rows("why")] == [WORDS])


def test_a_lost_tablet_hands_in_what_it_has_and_forgets_the_rest(
    server: Process, device: Fetch, page: Page, app: Flask, people: People, day: Day
) -> None:
    take(page, day.names)
    server.stop()
    write_without_a_network(page, day.names[0])
    page.goto("about:blank")  # or it would send by itself before anybody has missed it
    server.start()
    at_the_office = device(server.address).page()
    sign_in(at_the_office, people.ines)
    at_the_office.goto("/tablets")
    at_the_office.get_by_role("link", name="lost").first.click()
    at_the_office.locator("main form button").last.click()
    page.context.clear_cookies()  # whoever found it is not signed in
    page.goto("/tablet")
    expect(page.locator("#news")).to_contain_text("reported lost")
    eventually(page, lambda: sizes(page) == (0, 0, 0))
    opens_nothing(page)
    with app.app_context():
        (late,) = db.session.scalars(sa.select(Late))
    assert (late.why, late.author_id, late.interview_id) == ("lost", people.ines.id, day.talks[0].id)


def test_after_seven_days_nothing_opens_and_what_was_said_still_arrives(
    server: Process, page: Page, people: People, day: Day
) -> None:
    take(page, day.names)
    server.stop()
    write_without_a_network(page, day.names[0])
    page.close()
    page = page.context.new_page()
    page.clock.set_system_time(now() + timedelta(days=7, hours=1))
    page.goto("/tablet")
    open_with(page, PASSPHRASE)
    expect(page.locator("#list")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#talks li")).to_have_count(0)
    expect(page.locator("body")).not_to_contain_text(day.names[0])
    expect(page.locator("#closed")).to_contain_text("does not open any more")
    assert not any(row["opens"] for row in stored(page, "talks"))
    page.close()
    server.start()
    page = page.context.new_page()
    sign_in_again(page, people.ines)
    until(page, lambda: [row.value for row in day.talks[0].rows("why")] == [WORDS])


def test_who_has_left_leaves_the_others_theirs(
    server: Process, device: Fetch, app: Flask, people: People, day: Day
) -> None:
    a_talk_of_omar(app, people)
    page = device(server.address).page()
    sign_in(page, people.omar)
    take(page, [people.sasha.name], HIS)
    sign_in_again(page, people.ines)
    take(page, day.names)
    server.stop()
    write_without_a_network(page, day.names[0])
    page.get_by_role("button", name="Lock").click()
    expect(page.locator("#locked")).to_be_visible()
    with keeping(app):
        disable(people.ines)
    server.start()
    until(page, lambda: sizes(page) == (1, 1, 0))
    with app.app_context():
        (late,) = db.session.scalars(sa.select(Late))
    assert (late.why, late.author_id, late.interview_id) == ("left", people.ines.id, day.talks[0].id)
    opens_nothing(page)
    unlock(page, HIS)
    expect(talk_with(page, people.sasha.name)).to_be_visible()
    assert sizes(page) == (1, 1, 0)
