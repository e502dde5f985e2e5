"""A talk on a tablet, as the interviewer and the child go through it."""

import re

import pytest
from playwright.sync_api import Page, expect

from interview.answers import SaidBy, Skip
from tests.browser.conftest import Hand, Kept
from tests.browser.eyes import too_wide
from tests.browser.fingers import (
    come_to,
    eventually,
    go_on_to,
    mark,
    option,
    question,
    skip,
    star,
    turn_to,
    wait_saved,
    words_of,
)
from tests.people import PASSWORD, People

NOBODY_LISTENS = "Nobody listens to me here. They shout all day."
# The words that the child tied to a reason which the home does not hear of are kept back with it.
KEPT_BACK = ("Bullying", "picking on me", "They shout", "I never said", "who asks me", "Robin")
MISSES_FAMILY = "I wanted to see my mum, dad or family"


def test_a_child_is_heard(hand: Hand, people: People, talk: Kept) -> None:
    page = hand()
    sign_in(page, "ines")
    page.get_by_role("link", name="Robin Achebe").click()
    page.get_by_role("link", name="Begin the talk").click()
    say_it(page)
    read_it_back(page)
    write_the_record(page, talk)
    finish(page)
    assert talk["why"].value == NOBODY_LISTENS
    assert talk["reasons"].value["home"] == ["B1"]
    tell_of_it(hand, people)


def sign_in(page: Page, name: str) -> None:
    page.goto("/interviews")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def say_it(page: Page) -> None:
    page.get_by_role("button", name="Yes, let's talk").click()
    go_on_to(page, "being_back")
    option(page, "being_back", "2").check()
    go_on_to(page, "why")
    page.get_by_label("Who is writing?").select_option("I am")
    words_of(page, "why").fill(NOBODY_LISTENS)
    go_on_to(page, "reasons")
    option(page, "reasons", "A1").check()
    option(page, "reasons", "B1").check()
    star(page, "A1").check()
    turn_to(page, "away")
    skip(page, "where_went").check()
    option(page, "felt_safe_away", "3").check()
    go_on_to(page, "safe_here")
    option(page, "safe_here", "no").check()
    go_on_to(page, "would_help")
    words_of(page, "would_help").fill("Somebody who asks me.")
    wait_saved(page)


def read_it_back(page: Page) -> None:
    page.get_by_role("button", name="Read it back to me").click()
    # The questions of the talk have the same names.
    expect(page).to_have_url(re.compile("/read-back"))
    come_to(page, page.locator("#f-being_back")).get_by_label("Leave it out").check()
    why = come_to(page, page.locator("#f-why"))
    expect(why).to_contain_text(NOBODY_LISTENS)
    why.locator('input[name="why__for"][value="home"]').check()
    come_to(page, page.locator("#t-A1")).select_option(label="They shout all day.")
    expect(page.locator('input[name="for_home"]:checked')).to_have_count(0)
    page.locator('input[name="for_home"][value="B1"]').check()
    would_help = come_to(page, page.locator("#f-would_help"))
    would_help.get_by_label("Change it").check()
    would_help.locator("textarea").fill("Somebody who asks me, and waits.")
    come_to(page, page.locator('textarea[name="agrees_why"]')).fill("I never said all day.")
    page.get_by_label("Some of it").check()
    page.get_by_role("button", name="I am done").click()
    page.get_by_label("Childline").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("link", name="For the grown-up: go on").click()


def write_the_record(page: Page, talk: Kept) -> None:
    assert talk["being_back"].skipped is Skip.LEFT_OUT
    assert talk["would_help"].value == "Somebody who asks me, and waits."
    assert talk["reasons"].value["told"] == {"A1": {"question": "why", "words": "They shout all day."}}
    assert (talk["agrees"].value, talk["agrees_why"].value) == ("partly", "I never said all day.")
    page.get_by_role("link", name="Write your record").click()
    expect(option(page, "helplines_given", "childline")).to_be_checked()
    for key, value in (("harm", "no"), ("options_talked", "yes")):
        option(page, key, value).check()
    wait_saved(page)
    page.get_by_role("button", name="Go on to finishing").click()


def finish(page: Page) -> None:
    expect(page.get_by_label(f"Keep from the home: {MISSES_FAMILY}")).not_to_be_checked()
    page.get_by_role("button", name="Finish the talk").click()
    expect(page.get_by_text("The talk is finished. The summaries have it now.")).to_be_visible()


def tell_of_it(hand: Hand, people: People) -> None:
    ivan, maya = hand(people.ivan), hand(people.maya)
    ivan.goto(f"/children/{people.robin.id}/summary")
    maya.goto(f"/homes/{people.larch.id}/summary")
    for theirs, words in ((ivan, "They shout all day."), (ivan, "I never said all day.")):
        expect(theirs.locator("main")).to_contain_text(words)
    expect(maya.locator("main")).to_contain_text(MISSES_FAMILY)
    for kept_back in KEPT_BACK:
        expect(maya.locator("main")).not_to_contain_text(kept_back)


def test_a_part_opens_without_the_network(tablet: Page, asked: list[str]) -> None:
    tablet.wait_for_load_state("networkidle")
    asked.clear()
    turn_to(tablet, "cards")
    turn_to(tablet, "why")
    expect(tablet.get_by_role("heading", name="Why I left")).to_be_focused()
    # For the icon in its tab the browser looks when it likes.
    assert [path for path in asked if "icon" not in path] == []


def test_the_back_button_opens_the_part_before(tablet: Page) -> None:
    turn_to(tablet, "why")
    turn_to(tablet, "cards")
    tablet.go_back()
    expect(tablet.get_by_role("heading", name="Why I left")).to_be_visible()
    tablet.goto(f"{tablet.url.split('#')[0]}#nowhere")
    expect(tablet.get_by_role("heading", name="Why I left")).to_be_visible()


def test_the_pictures_of_the_cards_come_before_they_are_seen(tablet: Page) -> None:
    tablet.wait_for_load_state("networkidle")
    shown = "img => img.complete && img.naturalWidth > 0"
    eventually(tablet, lambda: bool(tablet.locator("#cards img").last.evaluate(shown)))


def test_a_star_ticks_its_card_and_goes_with_it(tablet: Page, talk: Kept) -> None:
    turn_to(tablet, "cards")
    option(tablet, "reasons", "B1").check()
    star(tablet, "B1").check()
    option(tablet, "reasons", "B1").uncheck()
    expect(star(tablet, "B1")).not_to_be_checked()
    option(tablet, "reasons", "A1").check()
    wait_saved(tablet)
    assert talk["reasons"].value == {"chosen": ["A1"], "biggest": None}


def test_a_star_alone_chooses_its_card(tablet: Page, talk: Kept) -> None:
    turn_to(tablet, "cards")
    star(tablet, "A1").evaluate("star => star.click()")  # a screen reader can touch it before the card
    expect(option(tablet, "reasons", "A1")).to_be_checked()
    wait_saved(tablet)
    assert talk["reasons"].value == {"chosen": ["A1"], "biggest": "A1"}


def test_a_card_does_not_move_the_others(tablet: Page) -> None:
    turn_to(tablet, "cards")
    tablet.wait_for_load_state("networkidle")
    below = tablet.locator(".card").nth(8)
    before = below.bounding_box()
    option(tablet, "reasons", "A1").check()
    star(tablet, "A1").check()
    assert below.bounding_box() == before


def test_a_skip_after_words_keeps_the_words(tablet: Page, talk: Kept) -> None:
    turn_to(tablet, "why")
    words_of(tablet, "why").fill(NOBODY_LISTENS)
    skip(tablet, "why").check()
    wait_saved(tablet)
    assert (talk["why"].value, talk["why"].skipped) == (NOBODY_LISTENS, Skip.RATHER_NOT_SAY)
    tablet.reload()
    expect(words_of(tablet, "why")).to_have_value(NOBODY_LISTENS)
    expect(skip(tablet, "why")).to_be_checked()


def test_only_one_skip_at_a_time_and_none_beside_new_words(tablet: Page, talk: Kept) -> None:
    turn_to(tablet, "why")
    skip(tablet, "why", "not-sure").check()
    skip(tablet, "why", "later").check()
    expect(skip(tablet, "why", "not-sure")).not_to_be_checked()
    words_of(tablet, "why").fill("I know now.")
    expect(skip(tablet, "why", "later")).not_to_be_checked()
    wait_saved(tablet)
    assert talk["why"].skipped is None


def test_words_say_who_wrote_them(tablet: Page, talk: Kept) -> None:
    turn_to(tablet, "why")
    words_of(tablet, "why").fill("Word for word.")
    tablet.get_by_label("Who is writing?").select_option("I am")
    words_of(tablet, "trigger").fill("I type this.")
    wait_saved(tablet)
    assert talk["why"].said_by is SaidBy.WORD_FOR_WORD
    assert talk["trigger"].said_by is SaidBy.CHILD_TYPED


def test_what_is_said_of_one_answer_stays_with_it(tablet: Page, talk: Kept) -> None:
    turn_to(tablet, "why")
    question(tablet, "why").locator("summary").click()
    question(tablet, "why").get_by_label("Written for me, in other words").check()
    words_of(tablet, "why").press_sequentially("They are unkind.")
    wait_saved(tablet)
    assert talk["why"].said_by is SaidBy.PARAPHRASE


def test_a_child_chooses_who_reads(tablet: Page, talk: Kept) -> None:
    turn_to(tablet, "why")
    words_of(tablet, "why").fill(NOBODY_LISTENS)
    question(tablet, "why").locator("summary").click()
    question(tablet, "why").get_by_label("My social worker").uncheck()
    wait_saved(tablet)
    assert {reader.value for reader in talk["why"].audience} == {"reviewing-officer"}


@pytest.mark.parametrize(
    "words",
    [
        "لا أحد يسمعني هنا.\nأريد أمي.",
        "  two spaces before,\n\n\nthree lines, and a quote: \"'<b>&amp;</b>  ",
        "Dw i'n teimlo'n unig — ŵ, ŷ. Tôi nhớ nhà. 👩‍👧 😭",
        "ą" * 20_000,
    ],
    ids=["arabic", "spaces", "signs", "20,000"],
)
def test_words_are_kept_to_the_letter(tablet: Page, talk: Kept, words: str) -> None:
    turn_to(tablet, "why")
    words_of(tablet, "why").fill(words)
    wait_saved(tablet)
    assert talk["why"].value == words
    turn_to(tablet, "next")
    tablet.get_by_role("button", name="Read it back to me").click()
    assert tablet.locator("#f-why blockquote").text_content() == words
    assert too_wide(tablet) == []
    assert len(talk.rows("why")) == 1


def test_arabic_words_stand_at_their_own_side(tablet: Page) -> None:
    turn_to(tablet, "why")
    words_of(tablet, "why").fill("لا أحد يسمعني هنا.")
    assert words_of(tablet, "why").evaluate("box => box.matches(':dir(rtl)')")
    words_of(tablet, "why").fill("Nobody listens to me.")
    assert words_of(tablet, "why").evaluate("box => box.matches(':dir(ltr)')")


def test_enter_never_leaves_the_talk(tablet: Page, talk: Kept) -> None:
    turn_to(tablet, "living")
    option(tablet, "asked_about_place", "no").check()
    words_of(tablet, "moves").fill("4")
    words_of(tablet, "moves").press("Enter")
    option(tablet, "too_far", "yes").press("Enter")
    wait_saved(tablet)
    expect(tablet).to_have_url(f"{tablet.url.split('#')[0]}#living")
    assert (talk["moves"].value, talk["too_far"].value) == (4, "yes")


def test_nothing_is_marked_saved_before_anything_was_said(tablet: Page) -> None:
    assert mark(tablet).text_content() == ""


def test_the_first_parts_come_first_and_the_rest_when_they_can_be_used(
    hand: Hand, people: People, talk: Kept
) -> None:
    page = hand(people.ines)
    page.goto(f"{talk.path}/talk?parts=first")
    expect(page.locator(".places a")).to_have_count(7)
    page.locator('.places a[href="#living"]').click()
    expect(question(page, "safe_here")).to_be_visible()
    option(page, "safe_here", "no").check()
    wait_saved(page)
    assert talk["safe_here"].value == "no"


def test_without_a_script_all_parts_come_at_once(hand: Hand, people: People, talk: Kept) -> None:
    page = hand(people.ines, java_script_enabled=False)
    page.goto(f"{talk.path}/talk?parts=first")
    expect(words_of(page, "would_help")).to_be_visible()


def test_one_question_is_asked_at_a_time_and_what_follows_only_when_called_for(tablet: Page) -> None:
    turn_to(tablet, "living")
    tablet.get_by_role("button", name="One at a time").click()
    go_on_to(tablet, "bullied_here")
    expect(tablet.locator(".q:visible")).to_have_count(1)
    expect(question(tablet, "bullied_here").locator(".words")).to_be_focused()
    option(tablet, "bullied_here", "no").check()
    expect(question(tablet, "adults_know")).to_be_hidden()
    option(tablet, "bullied_here", "yes").check()
    expect(question(tablet, "adults_know")).to_be_visible()


def test_what_was_put_off_comes_back_once_at_the_end(tablet: Page) -> None:
    go_on_to(tablet, "need_now")
    skip(tablet, "need_now", "later").check()
    go_on_to(tablet, "keep_back")
    tablet.get_by_role("button", name="Next", exact=True).click()
    expect(tablet.get_by_role("heading", name="You wanted to come back to this")).to_be_visible()
    expect(tablet.locator(".q:visible")).to_have_count(1)
    expect(question(tablet, "need_now")).to_be_visible()
    expect(tablet.get_by_role("button", name="Read it back to me")).to_be_visible()


def test_what_is_missing_here_is_asked_after_a_pull(tablet: Page) -> None:
    go_on_to(tablet, "reasons")
    option(tablet, "reasons", "A1").check()
    assert not tablet.locator("#f-missing_here").evaluate("box => !box.hidden")
    option(tablet, "reasons", "B1").check()
    tablet.get_by_role("button", name="Next", exact=True).click()
    expect(question(tablet, "missing_here")).to_be_visible()


def test_a_reason_is_tied_to_words_at_the_cards(tablet: Page, talk: Kept) -> None:
    turn_to(tablet, "why")
    words_of(tablet, "why").fill(NOBODY_LISTENS)
    turn_to(tablet, "cards")
    option(tablet, "reasons", "A3").check()
    tablet.locator(".ties summary").click()
    tablet.get_by_label("Words you said already").select_option(label="They shout all day.")
    wait_saved(tablet)
    assert talk["reasons"].value["told"] == {"A3": {"question": "why", "words": "They shout all day."}}
    tablet.get_by_label("Or new words").fill("Every evening.")
    wait_saved(tablet)
    assert talk["reasons"].value["told"] == {"A3": {"question": "reasons", "words": "Every evening."}}


def test_who_may_read_stands_beside_the_question_in_words(tablet: Page) -> None:
    go_on_to(tablet, "why")
    now = question(tablet, "why").locator(".may")
    expect(now).to_have_text("Social worker, Reviews")
    question(tablet, "why").locator("summary").click()
    question(tablet, "why").get_by_label("My social worker").uncheck()
    question(tablet, "why").get_by_label("The person who runs my reviews").uncheck()
    expect(now).to_have_text("Nobody else")


def test_pictures_go_at_one_touch(tablet: Page) -> None:
    go_on_to(tablet, "reasons")
    tablet.get_by_role("button", name="Words only").click()
    expect(tablet.locator("#cards img:visible")).to_have_count(0)
    expect(option(tablet, "reasons", "B1")).to_be_visible()
