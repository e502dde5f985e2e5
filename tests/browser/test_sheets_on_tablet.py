"""The sheets on a tablet without a network: a danger, the record, the end, a no, and what the child meets."""

import json
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import FrameLocator, Page, expect

from records.concerns import account_of
from records.database import db
from records.tables import Concern, Interview
from tests.browser.conftest import SIZES, Hand, Kept
from tests.browser.eyes import faults_at, small_targets
from tests.browser.fingers import eventually
from tests.browser.tablet.hands import come_back
from tests.browser.test_tablet import is_locked, is_open, is_ready, take_along, unlock
from tests.people import People

WORDS = "He comes into my room at night."
STAFF = ("brief", "urgent", "record", "finish", "put-off")
CHILDS = ("welcome", "until-then", "numbers", "slip", "thanks")


@pytest.fixture
def away(hand: Hand, people: People, talk: Kept) -> Page:
    """Ines' tablet where there is no network, with the talk open at its brief."""
    page = hand(people.ines)
    take_along(page, talk)
    is_ready(page)
    page.locator("#open").click()
    page.context.set_offline(True)
    unlock(page)
    is_open(page)
    page.locator(".needs__open").click()
    expect(sheet(page).get_by_role("heading", level=1)).to_be_visible()
    return page


def sheet(page: Page) -> FrameLocator:
    """What is shown in the frame."""
    return page.frame_locator("#frame iframe")


def turn_to(page: Page, name: str) -> FrameLocator:
    """Turn to another sheet."""
    page.evaluate("(name) => heard.go(name)", name)
    eventually(page, lambda: page.evaluate("window.heard?.page") == name)
    expect(sheet(page).locator("h1")).to_be_visible()
    return sheet(page)


def say(page: Page, **answers: Any) -> None:
    """Something is answered in the talk, for all to read."""
    page.evaluate(
        """(answers) => {
          for (const [question, value] of Object.entries(answers)) heard.changed({
            question, set: heard.draft.set, value, skipped: value === null ? "rather-not-say" : null,
            said_by: "child-typed", audience: ["home", "reviewing-officer", "social-worker"] });
        }""",
        answers,
    )


def needed_on(finish: FrameLocator) -> list[str]:
    """The questions that finishing needs an answer to."""
    names = "(all) => all.map((one) => one.dataset.needs.split(' ')[0])"
    return list(finish.locator("li[data-needs]").evaluate_all(names))


def all_that_is_needed(page: Page) -> None:
    """Everything is answered, and something of it the home would read."""
    needed = needed_on(turn_to(page, "finish"))
    say(page, **dict.fromkeys(needed), ready="yes", would_help="A lock on my own door.")


def back_in_town(page: Page) -> None:
    """There is a network again."""
    page.context.set_offline(False)
    come_back(page)


def test_a_danger_stands_in_red_until_the_server_has_it(app: Flask, away: Page, talk: Kept) -> None:
    urgent = turn_to(away, "urgent")
    expect(urgent.get_by_text("Not sent yet")).to_be_hidden()
    urgent.get_by_label("Sexual abuse").check()
    urgent.get_by_label("What was said, word for word").fill(WORDS)
    urgent.get_by_role("button", name="Save", exact=True).click()
    expect(urgent.get_by_text("Not sent yet. Nobody but you knows of this")).to_be_visible()
    expect(urgent.locator(".own").first).to_contain_text(WORDS)
    expect(urgent.locator("p.own")).not_to_contain_text("–")
    urgent.get_by_label("What was done").fill("I stayed with them.")
    urgent.get_by_role("button", name="Save", exact=True).click()
    expect(urgent.locator("p.own")).to_have_count(2)
    back_in_town(away)
    expect(urgent.get_by_text("All of this has reached Heard")).to_be_visible(timeout=30_000)
    with app.app_context():
        [concern] = db.session.scalars(sa.select(Concern).where(Concern.interview_id == talk.id))
        assert [(one.said, one.done) for one in account_of(concern)] == [
            (WORDS, ""),
            ("", "I stayed with them."),
        ]


def test_who_chose_no_talk_to_take_along_is_told_so_beside_the_talks(
    hand: Hand, people: People, talk: Kept
) -> None:
    page = hand(people.ines)
    page.goto("/take-with-me")
    expect(page.locator("#go")).to_be_enabled()
    page.locator(f'#take [value="{talk.id}"]').uncheck()
    page.locator("#go").click()
    talks = page.get_by_role("group", name="Which talks?")
    expect(talks.get_by_role("alert")).to_have_text("Choose the talks that you take with you.")
    talks.get_by_role("checkbox").first.check()
    page.locator("#passphrase").fill("short")
    page.locator("#go").click()
    expect(talks.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_role("alert")).to_contain_text("Use four words")


def test_a_danger_is_told_once_however_often_it_is_touched(away: Page) -> None:
    urgent = turn_to(away, "urgent")
    urgent.get_by_label("This child").check()
    urgent.get_by_label("What was said, word for word").fill(WORDS)
    urgent.get_by_role("button", name="Save", exact=True).evaluate(
        "button => { button.click(); button.click(); }"
    )
    expect(sheet(away).locator("p.own")).to_have_count(1)
    assert away.evaluate("heard.draft.forms.map(({kind}) => kind)") == ["urgent"]


def test_nothing_is_saved_where_nothing_was_written(away: Page) -> None:
    urgent = turn_to(away, "urgent")
    urgent.get_by_role("button", name="Save", exact=True).click()
    expect(urgent.get_by_role("alert")).to_contain_text("Nothing was written down yet")
    expect(urgent.get_by_label("This child")).to_be_focused()
    assert away.evaluate("heard.draft.forms.length") == 0


def test_what_is_half_written_is_there_after_the_tablet_was_locked(away: Page) -> None:
    urgent = turn_to(away, "urgent")
    urgent.get_by_label("This child").check()
    urgent.get_by_label("What was said, word for word").fill(WORDS)
    away.get_by_role("button", name="Lock").click()
    is_locked(away)
    unlock(away)
    expect(sheet(away).get_by_label("What was said, word for word")).to_have_value(WORDS)
    expect(sheet(away).get_by_label("This child")).to_be_checked()


def test_the_record_is_kept_as_it_is_written_and_stands_there_again(away: Page, talk: Kept) -> None:
    record = turn_to(away, "record")
    record.locator("#q-how_long").fill("45")
    expect(record.locator(".mark")).to_have_text("On this tablet only")
    turn_to(away, "brief")
    record = turn_to(away, "record")
    expect(record.locator("#q-how_long")).to_be_visible()
    expect(record.locator("#q-how_long")).to_have_value("45")
    back_in_town(away)
    eventually(away, lambda: bool(talk.rows("how_long")))


def test_the_record_stays_shut_where_what_keeps_it_is_not_there(away: Page) -> None:
    away.evaluate(
        """async () => {
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const { url } of await cache.keys())
              if (new URL(url).pathname === "/static/talk.js")
                await cache.put(url, new Response("?", { headers: { "Content-Type": "text/javascript" } }));
          }
        }"""
    )
    away.evaluate("heard.go('record')")
    is_locked(away)
    expect(away.locator("#news")).to_contain_text("The browser has cleared what was kept here")
    unlock(away)
    is_open(away)


def test_what_the_child_has_just_said_stands_beside_the_questions_of_the_record(away: Page) -> None:
    reasons = {"chosen": ["A1", "A2"], "biggest": "A2", "home": []}
    say(away, hurt_away_words="He took my arm.", felt_safe_away=3, where_went=None, reasons=reasons)
    record = turn_to(away, "record")
    beside = record.locator("#f-harm .beside")
    beside.locator("summary").click()
    expect(beside.locator("dd:visible")).to_have_text(["He took my arm."])
    expect(record.locator("#f-risks_met .beside dd:not([hidden]) [data-option]:not([hidden])")).to_have_text(
        "3 out of 10"
    )
    chosen = record.locator("#f-worker_reasons .beside [data-option]:not([hidden])")
    expect(chosen).to_have_count(2)
    expect(chosen.last).to_contain_text("(the biggest one)")
    expect(record.locator("#f-help_to_find .beside")).to_be_hidden()


def test_finishing_says_that_nothing_stands_in_the_child_s_own_words(away: Page) -> None:
    missing = "Nothing here stands in the child's own words yet."
    finish = turn_to(away, "finish")
    say(away, **dict.fromkeys(needed_on(finish)))
    expect(turn_to(away, "finish").get_by_text(missing)).to_be_visible()
    say(away, would_help="A lock on my own door.")
    finish = turn_to(away, "finish")
    expect(finish.get_by_role("button", name="Finish the talk")).to_be_visible()
    expect(finish.get_by_text(missing)).to_be_hidden()


def test_finishing_says_either_that_the_home_reads_something_or_that_it_reads_nothing(away: Page) -> None:
    finish = turn_to(away, "finish")
    needed = finish.locator("li[data-needs]").evaluate_all(
        "(all) => all.map((one) => one.dataset.needs.split(' ')[0])"
    )
    say(away, **dict.fromkeys(needed))
    finish = turn_to(away, "finish")
    something = finish.get_by_text("The child let the adults")
    nothing = finish.get_by_text("Nothing of this talk")
    expect(nothing).to_be_visible()
    expect(something).to_be_hidden()
    say(away, would_help="A lock on my own door.")
    finish = turn_to(away, "finish")
    expect(something).to_be_visible()
    expect(nothing).to_be_hidden()


def test_what_is_missing_is_said_and_then_the_talk_is_finished_and_gone(
    app: Flask, away: Page, talk: Kept
) -> None:
    finish = turn_to(away, "finish")
    expect(finish.get_by_role("heading", name="Before this talk can be finished")).to_be_visible()
    expect(finish.get_by_role("button", name="Finish the talk")).to_be_hidden()
    all_that_is_needed(away)
    finish = turn_to(away, "finish")
    expect(finish.get_by_text("A lock on my own door.")).to_be_visible()
    finish.get_by_role("button", name="Finish the talk").click()
    is_open(away)
    assert away.evaluate("Boolean(window.heard)") is False
    back_in_town(away)

    def is_finished() -> bool:
        with app.app_context():
            return db.session.get_one(Interview, talk.id).finished_at is not None

    eventually(away, is_finished)


def test_a_no_wants_a_day_to_ask_again(away: Page) -> None:
    put_off = turn_to(away, "put-off")
    put_off.get_by_label("Not now, another time").check()
    put_off.get_by_role("button", name="Save").click()
    expect(put_off.get_by_role("alert")).to_have_text("Enter the day on which to ask again.")
    put_off.get_by_label("When to ask again").fill("2030-01-01")
    put_off.get_by_role("button", name="Save").click()
    eventually(away, lambda: away.evaluate("heard.page") == "brief")
    assert away.evaluate("heard.draft.forms[0].kind") == "put-off"


def test_the_keyboard_goes_on_from_what_is_missing(away: Page) -> None:
    put_off = turn_to(away, "put-off")
    put_off.get_by_label("When did you ask?").fill("")
    put_off.get_by_role("button", name="Save").press("Enter")
    expect(put_off.get_by_role("alert")).to_have_text(
        ["Choose what the child said.", "Enter when you asked."]
    )
    expect(put_off.get_by_role("radio", name="Not now, another time")).to_be_focused()
    expect(put_off.get_by_role("group", name="Choose what the child said.")).to_be_visible()
    away.keyboard.press("Space")
    put_off.get_by_label("When did you ask?").fill("2030-01-01T10:00")
    put_off.get_by_role("button", name="Save").press("Enter")
    expect(put_off.get_by_label("Enter the day on which to ask again.")).to_be_focused()
    away.keyboard.press("Shift+Tab")
    expect(put_off.get_by_label("What do the carers or parents know?")).to_be_focused()


def test_the_keyboard_goes_on_from_the_place_that_a_way_leads_to(away: Page) -> None:
    turn_to(away, "finish").locator("[data-at=f-harm]").press("Enter")
    harm = sheet(away).locator("#f-harm")
    expect(harm).to_be_focused()
    expect(harm).to_be_in_viewport()
    away.keyboard.press("Tab")
    expect(harm.locator(":focus")).to_have_count(1)


def test_who_said_no_is_not_asked_again_what_they_said(away: Page) -> None:
    say(away, ready="no")
    brief = turn_to(away, "brief")
    brief.get_by_role("link", name="Write down what they said, and when to ask again").click()
    expect(sheet(away).get_by_label("No", exact=True)).to_be_checked()
    sheet(away).get_by_role("button", name="Save").click()
    expect(sheet(away).get_by_role("link", name="Give the tablet to the child")).to_be_visible()
    expect(sheet(away).get_by_role("link", name="Write down what they said")).to_be_hidden()


def test_the_child_says_not_now_in_their_own_language(away: Page) -> None:
    turn_to(away, "welcome").get_by_role("button", name="Cymraeg").click()
    eventually(away, lambda: away.evaluate("heard.draft.language") == "cy")
    welcome = sheet(away)
    expect(welcome.locator("html")).to_have_attribute("lang", "cy")
    welcome.locator("[name=ready][value=not-now]").click()
    eventually(away, lambda: away.evaluate("heard.page") == "until-then")
    assert away.evaluate("heard.draft.kept.ready.value") == "not-now"


def test_the_child_keeps_numbers_and_says_how_it_was_once(away: Page) -> None:
    numbers = turn_to(away, "numbers")
    numbers.locator("[value=childline]").check()
    numbers.get_by_role("button", name="Next").click()
    eventually(away, lambda: away.evaluate("heard.page") == "thanks")
    thanks = sheet(away)
    thanks.get_by_role("button", name="Yes, I did").click()
    expect(thanks.get_by_text("How was this talk?")).to_be_hidden()
    assert turn_to(away, "slip").locator(".slip li strong").all_inner_texts() == ["0800 1111"]


def test_a_break_that_the_child_takes_has_an_end_on_every_page(away: Page) -> None:
    for name, ready in (
        ("welcome", None),
        ("until-then", "no"),
        ("until-then", "not-now"),
        ("thanks", "yes"),
    ):
        say(away, ready=ready)
        page = turn_to(away, name)
        page.get_by_role("button", name="Take a break").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_be_hidden()
        on = page.get_by_role("button", name="Go on", exact=True)
        expect(on).to_be_focused()
        on.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_role("button", name="Take a break")).to_be_focused()


def test_the_enter_key_says_nothing_that_nobody_said(away: Page) -> None:
    numbers = turn_to(away, "numbers")
    numbers.locator("[value=childline]").press("Space")
    numbers.locator("[value=childline]").press("Enter")
    eventually(away, lambda: away.evaluate("heard.page") == "thanks")
    assert away.evaluate("heard.draft.kept.helplines_given.value") == ["childline"]
    face = sheet(away).locator("[name=face]").first
    face.press("Space")
    face.press("Enter")
    sheet(away).get_by_role("button", name="Partly").press("Enter")
    expect(sheet(away).get_by_text("How was this talk?")).to_be_hidden()
    assert [dict(one["fields"])["listened"] for one in away.evaluate("heard.draft.forms")] == ["partly"]


def test_the_enter_key_finishes_nothing_while_the_worker_chooses_what_the_home_reads(away: Page) -> None:
    all_that_is_needed(away)
    finish = turn_to(away, "finish")
    back = finish.get_by_label("Keep from the home: What would need to be different")
    back.press("Enter")
    back.press("Space")
    expect(back).to_be_checked()
    assert away.evaluate("heard.draft.forms") == []


def test_with_the_child_the_worker_s_passphrase_stands_before_a_danger(away: Page) -> None:
    away.evaluate("heard.go('hand-over')")
    eventually(away, lambda: away.evaluate("heard.page") == "welcome")
    sheet(away).get_by_text("Someone is not safe").click()
    is_locked(away)
    unlock(away)
    expect(sheet(away).get_by_role("heading", name="Someone is not safe")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_sheet_can_be_used_by_everybody(away: Page, language: str) -> None:
    away.context.set_offline(False)
    say(away, ready="not-now")
    draft = json.loads(away.evaluate("JSON.stringify(heard.draft)")) | {"language": language}
    release = away.evaluate("document.body.dataset.release")
    faults: list[str] = []
    for name in (*STAFF, *CHILDS) if language == "en" else CHILDS:
        looks = "sheet" if name in STAFF else "child-sheet"
        heard = f"{{draft: {json.dumps(draft)}, page: {json.dumps(name)}, with_the_child: false}}"
        more = "state: () => ({}), changed() {}, flush() {}, unsaved() {}, listen() {}, remember() {}"
        alone = away.context.new_page()
        alone.add_init_script(f"window.heard = Object.assign({heard}, {{{more}}})")
        alone.goto(f"/tablet/pages/{release}/{looks}")
        expect(alone.locator("h1").first).to_be_visible()
        for size in SIZES:
            faults += [f"{name}: {one}" for one in (*faults_at(alone, size), *small_targets(alone))]
        alone.close()
    assert faults == [], "\n".join(faults)
