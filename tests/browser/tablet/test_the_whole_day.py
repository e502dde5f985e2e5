"""The whole day: three talks taken along in the morning, held where nothing answers, in town by evening."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from html import unescape

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from interview.answers import Skip
from records.concerns import account_of
from records.database import db
from records.tables import Answer, Concern, Interview, Late, Operation
from tests.browser import fingers
from tests.browser.conftest import Kept
from tests.browser.eyes import source_of
from tests.browser.fingers import Where, eventually, mark, option, question, skip, wait_saved, words_of
from tests.browser.tablet.conftest import Fetch
from tests.browser.tablet.devices import Device
from tests.browser.tablet.hands import (
    PATIENCE,
    all_sent,
    opens_nothing,
    sign_in,
    sign_in_again,
    sign_out,
    sizes,
    stored,
    take,
    talk_with,
    the_frame,
    to_list,
    unlock,
    until,
)
from tests.browser.tablet.servers import Process
from tests.browser.tablet.world import CHILDREN, Day, a_day
from tests.browser.test_drawing import draw
from tests.people import People, Someone, a_review, keeping
from views.moments import day as in_words
from views.moments import day_and_time, now

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
    talk_with(page, name).locator(".needs__open").click()
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


def write_down_a_danger(urgent: Where) -> None:
    """Somebody is not safe."""
    said = urgent.get_by_label("What was said, word for word")
    urgent.get_by_label("Sexual abuse").check()
    said.fill(DANGER)
    urgent.get_by_role("button", name="Save", exact=True).click()
    expect(urgent.get_by_text("Not sent yet. Nobody but you knows of this")).to_be_visible(timeout=PATIENCE)
    # What was written is put away, and the page stands there anew.
    expect(said).to_have_value("", timeout=PATIENCE)


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
    write_down_a_danger(is_at(page, "urgent"))
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


def is_of_its_time(app: Flask, talk: Kept, since: datetime, until: datetime) -> None:
    """The danger is known since it was written down where nothing answered, and not since it came."""
    with app.app_context():
        [concern] = db.session.scalars(sa.select(Concern).where(Concern.interview_id == talk.id))
        assert [one.said for one in account_of(concern)] == [DANGER]
        assert since <= concern.raised_at <= until < (concern.recorded_at or since)


def is_whole(day: Day) -> None:
    """What was said stands in each talk as it was said."""
    robin, _, amal = day.talks
    assert in_order(day)
    assert robin["where_went"].skipped is Skip.LEFT_OUT
    assert amal["why"].language == "ar"
    assert len(amal["why_drawing"].value["strokes"]) == 1


# At the office --------------------------------------------------------------------------------------------


@contextmanager
def signed_in(page: Page, who: Someone) -> Iterator[Page]:
    """Somebody's hour at the computer at the office."""
    sign_in(page, who)
    yield page
    sign_out(page)


def reads(page: Page, words: str) -> None:
    """This stands on the page."""
    expect(page.locator("main")).to_contain_text(words)


def finds_none_of(page: Page, kept_from_them: Sequence[str]) -> None:
    """Behind no way that is open to them stands any of this."""
    ways = page.locator(":is(main, nav.ways) a[href^='/']:not([href$='.pdf'])").evaluate_all(
        "(all) => all.map((one) => one.href)"
    )
    for way in [page.url, *ways]:
        page.goto(way)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert not [one for one in kept_from_them if one in unescape(source_of(page))], way


def the_coordinator_knows_of_the_danger(page: Page, cora: Someone, name: str) -> None:
    """The child and the words stand on the board of concerns."""
    with signed_in(page, cora):
        page.get_by_role("link", name="Concerns").first.click()
        expect(page.get_by_role("row", name=name)).to_contain_text(DANGER)


def the_home_reads_what_it_may(page: Page, maya: Someone) -> None:
    """What would help; not what was kept from it, wherever she looks."""
    with signed_in(page, maya):
        page.get_by_role("link", name="What children say about").click()
        reads(page, LOCK)
        page.goto("/")
        finds_none_of(page, (NOBODY, SECRET, DANGER, LISTEN))


def the_reviewing_officer_reads_what_was_said(page: Page, ivan: Someone, name: str, review: str) -> None:
    """What the child said stands in the pack, not what it left out; of other children nothing at all."""
    with signed_in(page, ivan):
        page.locator(f"a[href='/reviews/{review}']").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
        for words in (LOCK, NOBODY):
            reads(page, words)
        finds_none_of(page, (SECRET, DANGER, LISTEN, *CHILDREN[1:]))


def nothing_opens(page: Page) -> None:
    """Signed out, the tablet holds nothing and opens nothing."""
    sign_out(page)
    assert sizes(page) == (0, 0, 0)
    page.goto("/tablet")
    opens_nothing(page)


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
    waiting = [one["op_id"] for one in stored(page, "outbox")]
    assert arrived(app) == []

    server.start()
    sign_in_again(page, people.ines)
    unlock(page)
    until(page, partial(all_sent, page))
    assert arrived(app) == sorted(waiting)
    assert finished(app, day) == [True, False, True]
    is_whole(day)
    is_of_its_time(app, day.talks[2], away_since, danger_until)

    office = device(server.address).page()
    the_coordinator_knows_of_the_danger(office, people.cora, amal)
    the_home_reads_what_it_may(office, people.maya)
    the_reviewing_officer_reads_what_was_said(office, people.ivan, robin, review)
    nothing_opens(page)


# A clock that is wrong -------------------------------------------------------------------------------------


def wound_on(page: Page, to: datetime) -> Page:
    """The tablet is started with a clock that goes wrong."""
    page.clock.set_system_time(to)
    page.close()
    page = page.context.new_page()
    unlock(page)
    return page


def both_times_stand_beside_each_other(page: Page, wrong_day: str) -> None:
    """Of one version there is said what the tablet's clock said, and when it came by the server's."""
    side = page.locator(".versions__sides > *", has_text=NOBODY)
    expect(side.locator("dt:text-is('By the clock of the tablet') + dd")).to_contain_text(wrong_day)
    expect(side.locator("dt:text-is('Came to the server') + dd")).not_to_contain_text(wrong_day)


def is_due_by_the_servers_clock(app: Flask, page: Page, talk: Kept, since: datetime) -> None:
    """The time to tell somebody runs since the danger came, and not from a day that has not come yet."""
    with app.app_context():
        [concern] = db.session.scalars(sa.select(Concern).where(Concern.interview_id == talk.id))
        assert since <= concern.raised_at <= now()
        due = day_and_time(concern.due_at)
        assert concern.due_at is not None
        assert concern.due_at <= concern.raised_at + timedelta(days=1)
    page.get_by_role("link", name="Concerns").first.click()
    expect(page.get_by_role("row", name=CHILDREN[0])).to_contain_text(f"Due by {due}")


def test_the_servers_clock_counts_and_the_tablets_is_kept(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    talk = a_day(app, people).talks[0]
    ahead = (now() + timedelta(days=5)).replace(hour=12)
    with app.app_context():
        wrong_day = in_words(ahead)
    page, office = device(server.address).page(), device(server.address).page()
    sign_in(page, people.ines)
    take(page, CHILDREN[:1])
    server.stop()
    page = wound_on(page, ahead)
    words_of(ask(say_yes(page, open_at(page, CHILDREN[0], "welcome")), "why"), "why").fill(NOBODY)
    is_kept(the_frame(page))
    write_down_a_danger(turn_to(page, "urgent"))
    to_list(page)

    server.start()
    back = now()
    sign_in(office, people.ines)
    office.goto(f"{talk.path}/talk")
    fingers.turn_to(office, "why")
    until(page, partial(all_sent, page))
    words_of(office, "why").fill(LOCK)  # knowing nothing of what the tablet has just sent
    wait_saved(office)
    office.goto(talk.path)
    reads(office, "Held in time")
    office.goto(f"{talk.path}/versions")
    both_times_stand_beside_each_other(office, wrong_day)
    sign_out(office)
    with signed_in(office, people.cora):
        is_due_by_the_servers_clock(app, office, talk, back)
