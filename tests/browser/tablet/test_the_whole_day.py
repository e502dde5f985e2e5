"""The whole day: three talks taken along in the morning, held where nothing answers, in town by evening."""

from functools import partial
from html import unescape

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from interview.answers import Skip
from records.concerns import account_of
from records.database import db
from records.tables import Answer, Concern, Interview, Late, Operation
from tests.browser.fingers import Where, eventually, mark, option, question, skip, words_of
from tests.browser.tablet.conftest import Fetch
from tests.browser.tablet.devices import Device
from tests.browser.tablet.hands import (
    PASSPHRASE,
    PATIENCE,
    all_sent,
    open_with,
    sign_in,
    take,
    talk_with,
    the_frame,
    to_list,
    unlock,
    until,
)
from tests.browser.tablet.servers import Process
from tests.browser.tablet.test_shared import KEPT, sign_in_again
from tests.browser.tablet.world import Day, a_day
from tests.browser.test_drawing import draw
from tests.people import People, Someone, a_review, keeping
from tests.visitor import Visitor
from views.moments import now

OUTBOX = """async () => {
  const opening = indexedDB.open("heard");
  await new Promise((done) => { opening.onsuccess = done; });
  const asked = opening.result.transaction("outbox").objectStore("outbox").getAll();
  await new Promise((done) => { asked.onsuccess = done; });
  opening.result.close();
  return asked.result.map((one) => one.op_id);
}"""
NOBODY = "Nobody listens to me. I said it twice."
KEPT_BEFORE = "Nobody listens to me."
FALLS_AT = len("Nobody listens to me. I sa")
LOCK = "A lock on my own door."
SECRET = "My brother's house is where I was."
LISTEN = "لا أحد يسمعني هنا."
DANGER = "He comes into my room at night."


# What is done with a talk --------------------------------------------------------------------------------


def open_at(page: Page, name: str, first: str) -> Where:
    """Open the talk with this child at one of its pages."""
    talk_with(page, name).get_by_role("button").click()
    expect(the_frame(page).locator("h1").first).to_be_visible(timeout=PATIENCE)
    return turn_to(page, first)


def turn_to(page: Page, name: str) -> Where:
    """Turn to another page of the open talk."""
    page.evaluate("(name) => heard.go(name)", name)
    return is_at(page, name)


def is_at(page: Page, name: str) -> Where:
    """Another page of the talk has come."""
    eventually(page, lambda: page.evaluate("window.heard?.page") == name)
    expect(the_frame(page).locator("h1").first).to_be_attached(timeout=PATIENCE)
    return the_frame(page)


def ask(talk: Where, key: str) -> Where:
    """Go on until this question is asked, in any language."""
    expect(talk.locator("[data-question]:visible").first).to_be_visible(timeout=PATIENCE)
    for _ in range(60):
        if question(talk, key).is_visible():
            return talk
        talk.locator("#onward").click()
    raise AssertionError(f"{key} is never asked.")


def is_kept(talk: Where) -> None:
    """The mark says that it lies on the tablet."""
    expect(mark(talk)).to_have_attribute("data-state", "tablet", timeout=PATIENCE)


def say_yes(page: Page, welcome: Where) -> Where:
    """The child wants to talk."""
    welcome.locator("[name=ready][value=yes]").click()
    return is_at(page, "talk")


def turned_to(read: Where, selector: str) -> Locator:
    """Turn the read-back on until this is there."""
    there, further = read.locator(selector), read.locator('[data-turn="1"]')
    settled = read.locator('[data-turn="1"]:is([hidden], :enabled)')
    for _ in range(20):
        expect(settled).to_have_count(1, timeout=PATIENCE)
        if there.is_visible():
            return there
        further.click()
    raise AssertionError(f"{selector} is never read back.")


def agree(page: Page, read: Where) -> None:
    """It is right; then a number to keep, and thank you."""
    turned_to(read, 'input[name="agrees"][value="yes"]').check(force=True)
    read.locator("button[value=numbers]").click()
    numbers = is_at(page, "numbers")
    numbers.locator("[value=childline]").check()
    numbers.locator("form button").last.click()
    is_at(page, "thanks")


def write_and_finish(page: Page) -> None:
    """The worker writes their record, and finishes the talk."""
    record = turn_to(page, "record")
    for key, value in (("harm", "no"), ("options_talked", "yes")):
        option(record, key, value).check()
    is_kept(record)
    turn_to(page, "finish").get_by_role("button", name="Finish the talk").click()
    expect(page.locator("#list")).to_be_visible(timeout=PATIENCE)


# The three of them ---------------------------------------------------------------------------------------


def amal_draws_and_tells_of_a_danger(page: Page, name: str) -> None:
    """In Arabic; in the middle of it somebody is not safe."""
    open_at(page, name, "welcome").get_by_role("button", name="العربية").click()
    eventually(page, lambda: page.evaluate("heard.draft.language") == "ar")
    expect(the_frame(page).locator("html[dir=rtl]")).to_have_count(1, timeout=PATIENCE)
    talk = ask(say_yes(page, the_frame(page)), "why")
    words_of(talk, "why").fill(LISTEN)
    sheet = question(ask(talk, "why_drawing"), "why_drawing").locator(".canvas")
    expect(sheet).to_be_visible(timeout=PATIENCE)
    sheet.scroll_into_view_if_needed()
    draw(page, sheet)
    expect(sheet.locator("polyline")).to_have_count(1)
    is_kept(talk)
    talk.locator("header button[value^=urgent]").click()
    urgent = is_at(page, "urgent")
    urgent.get_by_label("Sexual abuse").check()
    urgent.get_by_label("What was said, word for word").fill(DANGER)
    urgent.get_by_role("button", name="Save", exact=True).click()
    expect(urgent.get_by_text("Not sent yet. Nobody but you knows of this")).to_be_visible(timeout=PATIENCE)
    # What was written is put away, and the page stands there anew.
    expect(urgent.get_by_label("What was said, word for word")).to_have_value("", timeout=PATIENCE)
    talk = turn_to(page, "talk")
    for key in ("reasons", "safe_here"):
        skip(ask(talk, key), key).check(force=True)
    is_kept(talk)
    agree(page, turn_to(page, "read-back"))
    write_and_finish(page)


def jo_wants_another_day(page: Page, name: str) -> None:
    """Not now: the worker notes when to ask again."""
    put_off = open_at(page, name, "put-off")
    put_off.get_by_label("Not now, another time").check()
    put_off.get_by_label("When to ask again").fill("2030-01-01")
    put_off.get_by_role("button", name="Save").click()
    is_at(page, "brief")
    to_list(page)


def the_tablet_falls_while_robin_speaks(tablet: Device, page: Page, name: str) -> Page:
    """Started again, it stands where it was; the sentence is said to its end."""
    talk = ask(say_yes(page, open_at(page, name, "welcome")), "why")
    words_of(talk, "why").fill(KEPT_BEFORE)
    is_kept(talk)
    words_of(talk, "why").press("Control+End")
    page.keyboard.type(NOBODY[len(KEPT_BEFORE) : FALLS_AT], delay=60)
    tablet.kill()
    page = tablet.page()
    unlock(page)
    talk = ask(open_at(page, name, "talk"), "why")
    kept = words_of(talk, "why").input_value()
    assert kept.startswith(KEPT_BEFORE)
    assert NOBODY[:FALLS_AT].startswith(kept)
    words_of(talk, "why").fill(NOBODY)
    return page


def robin_goes_on(page: Page) -> None:
    """What would help may go to the home; where the brother lives is left out when it is read back."""
    talk = the_frame(page)
    option(ask(talk, "reasons"), "reasons", "A3").check(force=True)
    words_of(ask(talk, "where_went"), "where_went").fill(SECRET)
    option(ask(talk, "safe_here"), "safe_here", "yes").check(force=True)
    words_of(ask(talk, "would_help"), "would_help").fill(LOCK)
    is_kept(talk)
    read = turn_to(page, "read-back")
    turned_to(read, '#f-why [name="why__for"][value="home"]').uncheck(force=True)
    turned_to(read, '#f-where_went [value="leave-out"]').check(force=True)
    turned_to(read, '#f-would_help [name="would_help__for"][value="home"]').check(force=True)
    agree(page, read)
    write_and_finish(page)


# In town again -------------------------------------------------------------------------------------------


def arrived(app: Flask) -> list[str]:
    """The ids of all that came from a tablet: answers, and what was done. Nothing waits to be settled."""
    with app.app_context():
        assert db.session.scalars(sa.select(Late.id)).all() == []
        said = db.session.scalars(sa.select(Answer.op_id).where(Answer.device_time.is_not(None)))
        done = [*said, *db.session.scalars(sa.select(Operation.op_id))]
    return sorted(done)


def finished(app: Flask, day: Day) -> list[bool]:
    """Which of the talks are finished."""
    with app.app_context():
        return [
            db.session.get_one(Interview, one.id).finished_at is not None and not one.heads("why")[1:]
            for one in day.talks
        ]


def in_order(day: Day) -> bool:
    """Every answer stands on the one that was said before it."""
    for talk in day.talks:
        said: dict[str, str] = {}
        for row in talk.rows():
            if row.base_op != said.get(row.question):
                return False
            said[row.question] = row.op_id
    return True


def reads(app: Flask, who: Someone, path: str) -> str:
    """What somebody reads on this page, at the office."""
    return unescape(Visitor(app, who).get(path).text)


def test_a_day_without_a_network_arrives_once_whole_and_in_order(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    day = a_day(app, people)
    with keeping(app):
        review = a_review(people.robin).id
    robin, jo, amal = day.names
    tablet = device(server.address)
    page = tablet.page()
    sign_in(page, people.ines)
    take(page, day.names)
    server.stop()
    away_since = now()
    unlock(page)
    amal_draws_and_tells_of_a_danger(page, amal)
    danger_until = now()
    jo_wants_another_day(page, jo)
    page = the_tablet_falls_while_robin_speaks(tablet, page, robin)
    robin_goes_on(page)
    waiting = page.evaluate(OUTBOX)
    assert arrived(app) == []

    server.start()
    sign_in_again(page, people)
    unlock(page)
    until(page, partial(all_sent, page))
    assert arrived(app) == sorted(waiting)
    assert in_order(day)
    assert finished(app, day) == [True, False, True]
    with app.app_context():
        [concern] = db.session.scalars(sa.select(Concern).where(Concern.interview_id == day.talks[2].id))
        assert [one.said for one in account_of(concern)] == [DANGER]
        assert away_since <= concern.raised_at <= danger_until < (concern.recorded_at or away_since)
    assert day.talks[0]["where_went"].skipped is Skip.LEFT_OUT
    assert day.talks[2]["why"].language == "ar"
    assert len(day.talks[2]["why_drawing"].value["strokes"]) == 1

    board = reads(app, people.cora, "/concerns")
    assert amal in board
    assert DANGER in board
    at_home = reads(app, people.maya, f"/homes/{people.larch.id}/summary")
    assert LOCK in at_home
    assert not [one for one in (NOBODY, SECRET, DANGER, LISTEN) if one in at_home]
    pack = reads(app, people.ivan, f"/reviews/{review}")
    assert LOCK in pack
    assert NOBODY in pack
    assert SECRET not in pack

    page.goto("/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    left = page.evaluate(KEPT)
    assert (left["slots"], left["talks"], left["outbox"]) == (0, 0, 0)
    page.goto("/tablet")
    open_with(page, PASSPHRASE)
    expect(page.locator("#fault")).to_be_visible(timeout=PATIENCE)
