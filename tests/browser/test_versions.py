"""Versions of one answer in a browser: two tabs write the same answer, and their author chooses."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from interview.access import COUNCIL, EVERYONE
from interview.answers import SaidBy
from records.answers import answers_of, keep
from records.database import db
from records.tables import Interview
from records.translations import Translator, add_translation
from tests.browser.conftest import SIZES, Hand, Kept
from tests.browser.eyes import faults_at, small_targets
from tests.browser.fingers import turn_to, wait_saved, words_of
from tests.people import People, answer, keeping
from views.moments import now

DRAWN = {
    "size": [1000, 750],
    "strokes": [{"colour": "red", "width": 6, "points": [100, 100, 500, 600, 900, 100]}],
    "caption": "The stairs",
}
CARDS = {"chosen": ["C1", "A2"], "biggest": "C1", "home": ["A2"]}
TOLD = CARDS | {
    "chosen": ["G1", "C1"],
    "home": [],
    "told": {"C1": {"question": "why", "words": "I miss my nan."}},
}
BRANCHES: list[tuple[str, Any, Any]] = [
    ("why", "They shout at night.\nI cannot sleep.", "لا أحد يسمعني هنا"),
    ("reasons", CARDS, TOLD),
    ("why_drawing", DRAWN, DRAWN | {"caption": "The stairs in the dark"}),
    ("adult_hurt", "yes", "no"),
]


def on_two_tablets(talk: Kept) -> None:
    """Each of these answers in two versions, as two tablets hand them in."""
    with keeping(talk.app):
        interview = db.session.get_one(Interview, talk.id)
        for key, one, other in BRANCHES:
            first = answer(key, one, op_id=f"one-{key}", audience=EVERYONE, device_time=now())
            second = answer(key, other, op_id=f"other-{key}", audience=COUNCIL, language=_language_of(other))
            keep(interview, [first, second], interview.interviewer_id, now())
        said = next(one for one in answers_of(interview) if one.op_id == "other-why")
        add_translation(interview, said, "Nobody hears me here", Translator("Hana Idris"), now())


def _language_of(value: Any) -> str:
    return "ar" if isinstance(value, str) and value[:1] > "z" else "en"


def test_the_versions_are_for_every_eye_and_finger(hand: Hand, people: People, talk: Kept) -> None:
    on_two_tablets(talk)
    page = hand(people.ines)
    page.goto(f"{talk.path}/versions")
    expect(page.get_by_role("heading", level=3)).to_have_count(2 * len(BRANCHES))
    for size in SIZES:
        assert faults_at(page, size) == []
        assert [one for one in small_targets(page) if not re.search("skip-link|foot__", one)] == []


def test_a_version_is_chosen_by_keyboard(hand: Hand, people: People, talk: Kept) -> None:
    with keeping(talk.app):
        interview = db.session.get_one(Interview, talk.id)
        both = [answer("why", said, op_id=said) for said in ("first", "second")]
        keep(interview, both, interview.interviewer_id, now())
    page = hand(people.ines)
    page.goto("/")
    page.get_by_role("link", name="Robin").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Versions of one answer")
    page.get_by_label("The first version").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("The second version")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_text("This counts now.")).to_be_visible()
    expect(page.get_by_text("No answer of this talk stands in several versions")).to_be_visible()
    assert talk["why"].value == "second"


def test_two_tabs_that_write_the_same_answer_lose_neither(hand: Hand, people: People, talk: Kept) -> None:
    one, other = hand(people.ines), hand(people.ines)
    for tab in (one, other):
        tab.goto(f"{talk.path}/talk")
    _write(one, "On the one tablet")
    _write(other, "On the other tablet")
    assert {kept.value for kept in talk.heads("why")} == {"On the one tablet", "On the other tablet"}
    assert {kept.said_by for kept in talk.heads("why")} == {SaidBy.WORD_FOR_WORD}
    one.goto(f"{talk.path}/read-back")
    expect(one.get_by_text("This is written down in two ways. Both are kept.")).to_be_visible()
    one.get_by_role("button", name="Choose together which one is right").click()
    expect(one.get_by_text("On the one tablet").first).to_be_visible()
    one.get_by_label("All of it: both together").check()
    one.get_by_role("button", name="Let this count").click()
    expect(one.get_by_text("This counts now.")).to_be_visible()
    assert talk["why"].value == "On the one tablet\n\nOn the other tablet"


def _write(page: Page, words: str) -> None:
    turn_to(page, "why")
    words_of(page, "why").fill(words)
    wait_saved(page)
