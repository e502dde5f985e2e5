"""Write it for me: who writes an answer, and whether it is word for word, at one touch and in plain words."""

import pytest
from playwright.sync_api import Page, expect

from interview.answers import SaidBy
from tests.browser.conftest import Kept
from tests.browser.fingers import question, turn_to, wait_saved, words_of


@pytest.fixture
def why(tablet: Page, talk: Kept) -> Page:
    """The page on which a child says why, open."""
    tablet.goto(f"{talk.path}/talk")
    turn_to(tablet, "why")
    expect(question(tablet, "why").get_by_role("button", name="I write myself")).to_be_visible()
    return tablet


def written(talk: Kept, key: str) -> str:
    """How an answer came onto the page."""
    return str(talk[key].said_by)


def test_a_child_takes_over_and_gives_back(why: Page, talk: Kept) -> None:
    box = question(why, "why")
    box.get_by_role("button", name="I write myself").click()
    expect(words_of(why, "why")).to_be_focused()
    assert talk.rows() == [], "nothing is kept of a box in which nothing stands"
    words_of(why, "why").fill("Nobody listens.")
    wait_saved(why)
    assert written(talk, "why") == SaidBy.CHILD_TYPED
    box.get_by_role("button", name="Write it for me").click()
    wait_saved(why)
    assert written(talk, "why") == SaidBy.WORD_FOR_WORD
    box.get_by_label("Exactly what I said", exact=True).uncheck(force=True)
    wait_saved(why)
    assert written(talk, "why") == SaidBy.PARAPHRASE


def test_what_is_chosen_stands_for_the_next_answer_and_not_for_those_before(why: Page, talk: Kept) -> None:
    words_of(why, "why").fill("Nobody listens.")
    question(why, "trigger").get_by_role("button", name="I write myself").click()
    words_of(why, "trigger").fill("There was a row.")
    wait_saved(why)
    assert talk["why"].said_by is SaidBy.WORD_FOR_WORD
    assert talk["trigger"].said_by is SaidBy.CHILD_TYPED
    expect(question(why, "why").get_by_role("button", name="I write myself")).to_be_visible()
    expect(question(why, "away_from").get_by_role("button", name="Write it for me")).to_be_visible()


def test_the_child_reads_who_wrote_it(why: Page, talk: Kept) -> None:
    words_of(why, "why").fill("Nobody listens.")
    wait_saved(why)
    why.goto(f"{talk.path}/read-back")
    expect(why.locator("#f-why")).to_contain_text("Written for me, exactly what I said")
