"""Before the first question and after the last, with fingers: three touches in, two touches out."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from playwright.sync_api import ViewportSize as Size

from interview.access import Audience
from interview.answers import Skip
from records.answers import keep
from records.database import db
from records.tables import Interview, TalkFound
from tests.browser.conftest import PHONE, SIZES, Hand, Kept
from tests.browser.eyes import too_wide
from tests.browser.fingers import come_to, eventually, mark, send, turn_on, wait_saved
from tests.people import People, answer, keeping
from views.moments import now

BANK_CARD = 324  # 85.6 mm in CSS pixels


@pytest.fixture
def told(talk: Kept) -> Kept:
    """A talk in which three things were said, in two parts."""
    with keeping(talk.app):
        said = [answer("being_back", "2"), answer("need_now", "My phone"), answer("why", "Nobody listens.")]
        interview = db.session.get_one(Interview, talk.id)
        keep(interview, said, interview.interviewer_id, now())
    return talk


def heading(page: Page, words: str) -> None:
    """Wait for the page of that name."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_three_touches_lead_from_the_brief_to_the_first_answer(tablet: Page, talk: Kept) -> None:
    tablet.goto(talk.path)
    tablet.get_by_role("link", name="Begin the talk").click()
    tablet.get_by_role("button", name="Yes, let's talk").click()
    expect(tablet.locator("section#hello")).to_be_visible()
    tablet.locator("section#hello .pill input:visible").first.check()
    wait_saved(tablet)
    assert talk["ready"].value == "yes"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size["width"]))
def test_a_child_says_no_in_their_own_language(tablet: Page, talk: Kept, size: Size) -> None:
    tablet.set_viewport_size(size)
    tablet.goto(f"{talk.path}/welcome")
    tablet.get_by_role("button", name="العربية").click()
    expect(tablet.locator("html")).to_have_attribute("dir", "rtl")
    assert not too_wide(tablet)
    tablet.locator("button[value=no]").click()
    expect(tablet.locator("html")).to_have_attribute("lang", "ar")
    expect(tablet.get_by_text("116 000")).to_be_visible()
    assert not too_wide(tablet)
    tablet.locator(f'a[href$="{talk.path}/put-off"]').click()
    expect(tablet.get_by_label("No", exact=True)).to_be_checked()
    assert talk["ready"].value == "no"


def test_the_read_back_shows_one_thing_at_a_time_on_a_phone(tablet: Page, told: Kept) -> None:
    tablet.set_viewport_size(PHONE)
    tablet.goto(f"{told.path}/read-back")
    seen = []
    while True:
        expect(tablet.locator(".said:visible, .closing:visible")).to_have_count(1)
        seen += [one.inner_text() for one in tablet.locator(".said:visible blockquote").all()]
        assert not too_wide(tablet)
        if tablet.get_by_role("button", name="Next").is_hidden():
            break
        turn_on(tablet)
    assert seen == ["Bad", "My phone", "Nobody listens."]
    expect(tablet.locator('input[name="agrees"]').first).to_be_visible()


def test_a_part_at_a_time_on_a_tablet_and_one_touch_for_all_of_it(tablet: Page, told: Kept) -> None:
    tablet.goto(f"{told.path}/read-back")
    expect(tablet.locator(".said:visible")).to_have_count(2)
    tablet.get_by_label("All of this is right").first.check()
    turn_on(tablet)
    expect(tablet.locator(".said:visible")).to_have_count(1)
    leave_out = tablet.locator("#f-why").get_by_label("Leave it out")
    expect(tablet.get_by_text("I keep a locked copy")).to_have_count(3)
    expect(tablet.locator("#f-why .locked")).to_be_hidden()
    leave_out.check()
    expect(tablet.locator("#f-why .locked")).to_be_visible()
    for reader in tablet.locator("#f-why .readers input").all():
        reader.set_checked(False)
    expect(tablet.locator("#f-why .nobody")).to_be_visible()
    tablet.get_by_role("button", name="I am done").click()
    heading(tablet, "What you can do")
    assert told["read_right"].value == ["now"]
    assert told["why"].value is None


def test_what_was_changed_is_saved_when_the_page_is_turned(hand: Hand, people: People, told: Kept) -> None:
    page = hand(people.ines, viewport=PHONE)
    page.goto(f"{told.path}/read-back")
    come_to(page, page.locator("#f-need_now")).get_by_label("Change it").check()
    page.locator("#f-need_now textarea").fill("My phone, and my coat")
    turn_on(page)
    # The battery is empty: what comes after "Next" is in sight, and nothing else was touched.
    expect(page.locator("#f-why")).to_be_visible()
    page.context.close()
    assert told["need_now"].value == "My phone, and my coat"


def test_the_page_that_was_saved_is_open_where_it_was_turned_to(tablet: Page, told: Kept) -> None:
    tablet.set_viewport_size(PHONE)
    tablet.goto(f"{told.path}/read-back")
    come_to(tablet, tablet.locator("#f-need_now")).get_by_label("Leave it out").check()
    with tablet.expect_navigation():
        tablet.get_by_role("button", name="Next").click()
    expect(tablet.get_by_role("heading", name="Why I left")).to_be_focused()
    assert told["need_now"].skipped is Skip.LEFT_OUT
    tablet.locator("#f-why").get_by_label("My social worker").uncheck()
    with tablet.expect_navigation():
        tablet.get_by_role("button", name="Back", exact=True).click()
    expect(tablet.locator("#f-being_back")).to_be_visible()
    assert Audience.SOCIAL_WORKER not in told["why"].audience
    tablet.get_by_role("button", name="Next").click()
    with tablet.expect_navigation():
        tablet.get_by_role("button", name="Save").click()
    expect(tablet.locator("#f-why")).to_be_visible()


def test_what_is_right_as_it_stands_needs_no_server(tablet: Page, told: Kept, asked: list[str]) -> None:
    tablet.goto(f"{told.path}/read-back")
    tablet.wait_for_load_state("networkidle")
    asked.clear()
    tablet.locator("#f-need_now").get_by_label("That's right").check()
    turn_on(tablet)
    tablet.get_by_role("button", name="Back", exact=True).click()
    expect(tablet.locator("#f-need_now").get_by_label("That's right")).to_be_checked()
    assert [path for path in asked if "icon" not in path] == []


def test_without_a_network_the_page_turns_and_is_saved_afterwards(tablet: Page, told: Kept) -> None:
    tablet.goto(f"{told.path}/read-back")
    tablet.context.set_offline(True)
    tablet.locator("#f-need_now").get_by_label("Leave it out").check()
    turn_on(tablet)
    expect(tablet.locator("#f-why")).to_be_visible()
    expect(mark(tablet)).to_have_text("Not saved yet. Trying again.")
    tablet.locator("#f-why").get_by_label("My social worker").uncheck()
    assert len(told.rows("need_now")) == 1
    turn_on(tablet)
    expect(tablet.get_by_role("heading", name="And all together")).to_be_focused()
    tablet.context.set_offline(False)
    eventually(tablet, lambda: told["need_now"].skipped is Skip.LEFT_OUT)
    expect(mark(tablet)).to_have_text("")
    expect(tablet.get_by_role("heading", name="And all together")).to_be_focused()
    assert Audience.SOCIAL_WORKER not in told["why"].audience


def test_numbers_to_keep_then_two_touches_for_how_it_was(tablet: Page, told: Kept, app: Flask) -> None:
    tablet.goto(f"{told.path}/numbers")
    tablet.get_by_label("Childline").check()
    tablet.get_by_role("button", name="Next").click()
    heading(tablet, "Thank you")
    tablet.get_by_label("Good", exact=True).check()
    send(tablet, tablet.get_by_role("button", name="Partly"))
    heading(tablet, "Thank you")
    expect(tablet.get_by_text("How was this talk?")).to_have_count(0)
    with app.app_context():
        rows = db.session.query(TalkFound).all()
        assert sorted((row.question, row.answer) for row in rows) == [("face", "4"), ("listened", "partly")]
    tablet.get_by_role("link", name="Numbers to keep").click()
    expect(tablet.locator(".slip strong")).to_have_text(["0800 1111"])


def test_a_slip_on_paper_is_as_big_as_a_bank_card(tablet: Page, told: Kept) -> None:
    tablet.goto(f"{told.path}/slip")
    tablet.emulate_media(media="print")
    box = tablet.locator(".slip").bounding_box()
    assert box is not None
    assert box["width"] <= BANK_CARD
    for other in ("#cover", ".steps", ".no-paper"):
        expect(tablet.locator(f"{other} >> nth=0")).to_be_hidden()


def test_without_a_script_the_whole_read_back_is_there(told: Kept, hand: Hand, people: People) -> None:
    page = hand(people.ines, java_script_enabled=False)
    page.goto(f"{told.path}/read-back")
    expect(page.locator(".said:visible")).to_have_count(3)
    expect(page.get_by_role("button", name="Next")).to_be_hidden()
    page.locator("#f-why").get_by_label("That's right").check()
    page.get_by_role("button", name="I am done").click()
    heading(page, "What you can do")
