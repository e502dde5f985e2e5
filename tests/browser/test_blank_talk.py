"""The talk as it lies on a tablet: filled with what was said, it shows what the page from the server shows."""

import json
from itertools import zip_longest
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from interview.access import Audience
from interview.again import Around, asked, folded
from interview.answers import SaidBy, Skip, current
from interview.questions import NEWEST_SET, QUESTIONS, TALK, Kind, Section, questions_of
from records.answers import Incoming, answers_of, keep
from records.database import db
from records.tables import Interview
from tests.browser.conftest import Hand, Kept
from tests.browser.fingers import come_to, option, question, see_whole, turn_on, words_of
from tests.people import People, a_skip, answer, keeping
from views.blank import blank_talk
from views.moments import now

DRAWN = {
    "size": [1000, 750],
    "strokes": [
        {"colour": "blue", "width": 16, "points": [10, 20, 300, 400]},
        {"colour": "red", "width": 6, "points": [500, 500]},
    ],
    "caption": "The door",
}
CARDS = {
    "chosen": ["B1", "A5", "F1"],
    "biggest": "B1",
    "told": {"B1": {"question": "why", "words": "Nobody listens."}, "F1": {"question": "reasons", "words": "He was there."}},
    "home": ["B1"],
}
# What one page must show as the other: the words, and what is chosen and written in each box.
SHOWN = """(selector) => [...document.querySelectorAll(selector)].map((box) => {
  const copy = box.cloneNode(true);
  for (const one of copy.querySelectorAll("noscript, input[type=hidden][name$=__base], template, select, textarea, .pad")) one.remove();
  const words = copy.textContent.replace(/\\s+/g, "");
  const fields = [...box.querySelectorAll("input:not([name$=__base], [name$=__check][type=hidden], [name$=__for][type=hidden]), textarea, select")].map((one) =>
    [one.name, one.type === "select-one" ? one.selectedOptions[0]?.text : ["radio", "checkbox"].includes(one.type) ? one.value + " " + one.checked : one.value].join(": "));
  const folds = [...box.querySelectorAll("details")].map((one) => String(one.open));
  return [box.id, words, ...fields, ...folds];
})"""
# A device that keeps nothing but in memory: what it was told can be looked at.
DEVICE = """window.heard = {
  draft: %s, page: "%s", with_the_child: %s, told: [], went: [], remembered: {},
  changed(answer, anew) {
    this.told.push({ ...answer, anew });
    this.draft.kept[answer.question] = { ...answer, op_id: crypto.randomUUID() };
  },
  flush: async () => {}, unsaved: () => false, state: () => ({ state: "" }), listen: () => () => {},
  form(kind, fields) { this.told.push({ kind, fields }); },
  async remember(facts) { Object.assign(this.remembered, facts); },
  go(page) { this.went.push(page); },
};"""


@pytest.fixture
def said(talk: Kept) -> list[Incoming]:
    """A talk with an answer of every kind, skips, and something that was left out."""
    return [
        answer("ready", "yes"),
        answer("how_tell", ["talk", "draw"]),
        answer("being_back", "2"),
        answer("need_now", "My phone & my <coat>", said_by=SaidBy.CHILD_TYPED),
        answer("why", "Nobody listens. I said “no” twice.\nThen I went."),
        answer("why_drawing", DRAWN),
        a_skip("trigger", Skip.LATER),
        a_skip("away_from", Skip.LEFT_OUT),
        a_skip("going_to"),
        answer("reasons", CARDS, audience=frozenset({Audience.SOCIAL_WORKER})),
        answer("where_went", "To a friend", audience=frozenset()),
        answer("with_whom", ["friend", "alone"]),
        answer("felt_safe_away", 7),
        answer("safe_here", "sometimes"),
        answer("asked_about_place", "yes"),
        answer("moves", 4),
        answer("agrees", "partly"),
        answer("agrees_why", "The part about school."),
        answer("read_right", ["now"]),
    ]


def draft_of(talk: Kept, what: Around) -> dict[str, Any]:
    """What a tablet takes along of this talk."""
    questions = asked(questions_of(NEWEST_SET, (*TALK, Section.LAST_TIME)), what)
    kept = {
        key: {
            "op_id": one.op_id,
            "value": one.value,
            "skipped": one.skipped,
            "said_by": one.said_by,
            "audience": sorted(one.audience),
        }
        for key, one in current(talk.rows()).items()
    }
    return {
        "interview": talk.id,
        "set": NEWEST_SET,
        "language": "en",
        "asked": [one.key for one in questions],
        "folded": sorted(folded(questions, what)),
        "writer": "word-for-word",
        "welcome": "2026-11-older",
        "welcomed": bool(kept),
        "repeat": what.repeat,
        "kept": kept,
        "sheets": {},
    }


def keep_all(talk: Kept, said: list[Incoming]) -> None:
    """Keep what was said, as the talk does."""
    with keeping(talk.app):
        interview = db.session.get_one(Interview, talk.id)
        assert not keep(interview, said, interview.interviewer_id, now()).refused


def put_up(
    page: Page, app: Flask, draft: dict[str, Any], which: str = "talk", with_the_child: bool = False
) -> None:
    """Open the blank page on a tablet that holds this."""
    language = draft["language"]
    page.context.add_init_script(DEVICE % (json.dumps(draft), which, json.dumps(with_the_child)))
    with app.test_request_context():
        html = blank_talk(NEWEST_SET, language)
    page.route("**/tablet/pages/**", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"/tablet/pages/now/{NEWEST_SET}/{language}")


def shown(page: Page, selector: str) -> list[list[str]]:
    """What stands in each of these boxes."""
    return list(page.evaluate(SHOWN, selector))


def differences(one: list[list[str]], other: list[list[str]]) -> list[str]:
    """What does not stand on both of them."""
    boxes = [f"{a[0]} for {b[0]}" for a, b in zip_longest(one, other, fillvalue=[""]) if a[0] != b[0]]
    pairs = [(a[0], x, y) for a, b in zip(one, other, strict=False) for x, y in zip_longest(a, b) if x != y]
    return boxes or [f"{box}: {x!r} for {y!r}" for box, x, y in pairs]


def settled(page: Page) -> None:
    """Wait until all modules have come."""
    page.wait_for_load_state("load")
    expect(page.locator(".by")).not_to_have_count(0)
    expect(page.locator(".pad")).not_to_have_count(0)
    expect(page.locator(".q:not(:has(.under))")).to_have_count(0)


def test_the_filled_talk_shows_what_the_servers_page_shows(
    hand: Hand, people: People, app: Flask, talk: Kept, said: list[Incoming]
) -> None:
    keep_all(talk, said)
    kinds = {QUESTIONS[one.question].kind for one in said}
    assert kinds >= set(Kind) - {Kind.LINE, Kind.MOMENT}
    online, tablet = hand(people.ines), hand(people.ines)
    online.goto(f"{talk.path}/talk")
    put_up(tablet, app, draft_of(talk, Around()))
    for page in (online, tablet):
        settled(page)
    for selector in (".q", "main > section", ".places", ".bar", ".tools"):
        assert "\n".join(differences(shown(tablet, selector), shown(online, selector))) == ""
    assert tablet.locator(".now").get_attribute("id") == online.locator(".now").get_attribute("id")


def test_the_read_back_shows_what_the_servers_page_shows(
    hand: Hand, people: People, app: Flask, talk: Kept, said: list[Incoming]
) -> None:
    keep_all(talk, said)
    online, tablet = hand(people.ines), hand(people.ines)
    online.goto(f"{talk.path}/read-back")
    put_up(tablet, app, draft_of(talk, Around()), "read-back")
    for page in (online, tablet):
        expect(page.locator(".part.off")).not_to_have_count(0)
    for selector in (".part", "main > .who", "main > .hint", ".turns"):
        assert "\n".join(differences(shown(tablet, selector), shown(online, selector))) == ""
