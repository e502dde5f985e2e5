"""The talk as it lies on a tablet: filled with what was said, it shows what the server's page shows."""

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
from records.answers import Incoming, keep
from records.database import db
from records.tables import Interview
from tests.browser.conftest import Hand, Kept
from tests.browser.fingers import eventually, see_whole, send, words_of
from tests.people import People, a_skip, answer, keeping
from views.moments import now
from views.tablet import kept

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
    "told": {
        "B1": {"question": "why", "words": "Nobody listens."},
        "F1": {"question": "reasons", "words": "He was there."},
    },
    "home": ["B1"],
}
SOON = 60_000
# What one page must show as the other: the words, and what is chosen and written in each box.
SHOWN = """(selector) => {
  const not_seen = ["noscript", "template", "select", "textarea", ".pad", "button.quiet.without-script"];
  const told = "input:not([name$=__base], [name$=__check][type=hidden], [name$=__for][type=hidden])";
  const chosen = (one) => (one.type === "select-one" ? one.selectedOptions[0]?.text : one.value);
  const state = (one) => (["radio", "checkbox"].includes(one.type) ? one.checked : "");
  return [...document.querySelectorAll(selector)].map((box) => {
    const copy = box.cloneNode(true);
    for (const one of copy.querySelectorAll(not_seen)) one.remove();
    const fields = [...box.querySelectorAll(`${told}, textarea, select`)];
    const folds = [...box.querySelectorAll("details")];
    return [
      box.id,
      copy.textContent.replace(/\\s+/g, ""),
      ...fields.map((one) => `${one.name}: ${chosen(one)} ${state(one)}`),
      ...folds.map((one) => String(one.open)),
    ];
  });
}"""
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
    answers = {
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
        "welcomed": bool(answers),
        "repeat": what.repeat,
        "kept": answers,
        "sheets": {},
    }


def keep_all(talk: Kept, said: list[Incoming]) -> None:
    """Keep what was said, as the talk does."""
    with keeping(talk.app):
        interview = db.session.get_one(Interview, talk.id)
        interview.welcomed_at, interview.welcome_version = now(), "2026-11-older"
        assert not keep(interview, said, interview.interviewer_id, now()).refused


def put_up(
    page: Page, app: Flask, draft: dict[str, Any], which: str = "talk", with_the_child: bool = False
) -> None:
    """Open the blank page on a tablet that holds this."""
    language = draft["language"]
    page.context.add_init_script(DEVICE % (json.dumps(draft), which, json.dumps(with_the_child)))
    with app.test_request_context():
        page.goto(f"/tablet/pages/{kept().release}/{NEWEST_SET}/{language}")


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
    expect(page.locator(".by")).not_to_have_count(0, timeout=SOON)
    expect(page.locator(".pad")).not_to_have_count(0, timeout=SOON)
    expect(page.locator(".q:not(:has(.under))")).to_have_count(0, timeout=SOON)


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
        expect(page.locator(".part.off")).not_to_have_count(0, timeout=SOON)
    for selector in (".part", "main > .who", "main > .hint", ".turns"):
        assert "\n".join(differences(shown(tablet, selector), shown(online, selector))) == ""


def test_the_same_touches_at_the_read_back_say_the_same(
    hand: Hand, people: People, app: Flask, talk: Kept, said: list[Incoming]
) -> None:
    keep_all(talk, said)
    draft = draft_of(talk, Around())
    online, tablet = hand(people.ines), hand(people.ines)
    put_up(tablet, app, draft, "read-back")
    online.goto(f"{talk.path}/read-back")
    for page in (online, tablet):
        expect(page.locator(".part.off")).not_to_have_count(0, timeout=SOON)
        touch_all(page)
    told = operations(tablet)
    # The first change of an answer lies on top of what was there, and never takes its place.
    assert {one["question"] for one in told if one["anew"]} == {one["question"] for one in told}
    send(online, online.get_by_role("button", name="I am done"))
    rows = current(talk.rows())
    for one in told:
        kept_online = rows[one["question"]]
        assert (one["value"], one["skipped"]) == (kept_online.value, kept_online.skipped), one["question"]
        assert set(one["audience"]) == set(kept_online.audience), one["question"]
    changed = {key for key, row in rows.items() if row.op_id not in {was.op_id for was in said}}
    assert changed == {one["question"] for one in told}


def touch_all(page: Page) -> None:
    """Say of the answers what can be said of them."""
    page.evaluate("for (const one of document.querySelectorAll('.off')) one.classList.remove('off')")
    page.locator('#f-being_back [value="right"]').check(force=True)
    page.locator('#f-need_now [value="change"]').check(force=True)
    page.locator("#f-need_now textarea").fill("My phone, and my coat")
    page.locator('#f-why [value="leave-out"]').check(force=True)
    page.locator('#f-with_whom [name$="__for"]').first.uncheck(force=True)
    page.locator('input[name="biggest"][value="F1"]').check(force=True)
    page.locator('input[name="left_out"][value="B1"]').check(force=True)
    page.locator('select[name="F1__told"]').select_option(index=1)
    page.locator('input[name="agrees"][value="yes"]').check(force=True)
    page.locator('input[name="read_right"][value="why"]').check(force=True)


def operations(tablet: Page) -> list[dict[str, Any]]:
    """The newest of what the device was told of each question; `anew` when one of them was a new one."""
    newest: dict[str, dict[str, Any]] = {}
    for one in tablet.evaluate("heard.told"):
        before = newest.get(one["question"], {})
        newest[one["question"]] = one | {"anew": one["anew"] or before.get("anew", False)}
    return list(newest.values())


def test_the_talk_goes_on_in_another_language_where_it_stood(
    hand: Hand, people: People, app: Flask, talk: Kept, said: list[Incoming]
) -> None:
    keep_all(talk, said)
    tablet = hand(people.ines)
    put_up(tablet, app, draft_of(talk, Around()))
    see_whole(tablet)
    tablet.locator('.places a[href="#hello"]').click()
    tablet.locator('button[value="in-ar"]').click()
    eventually(tablet, lambda: bool(tablet.evaluate("heard.went.length")))
    assert tablet.evaluate("heard.went") == ["talk"]
    assert tablet.evaluate("heard.told") == [{"kind": "language", "fields": [["language", "ar"]]}]
    remembered = tablet.evaluate("heard.remembered")
    assert (remembered["language"], remembered["page"], remembered["hash"]) == ("ar", "talk", "#f-how_tell")
    arabic = hand(people.ines)
    put_up(arabic, app, draft_of(talk, Around()) | remembered)
    expect(arabic.locator("html")).to_have_attribute("dir", "rtl", timeout=SOON)
    expect(arabic.locator("#f-how_tell")).to_be_visible(timeout=SOON)
    assert words_of(arabic, "why").input_value() == "Nobody listens. I said “no” twice.\nThen I went."


@pytest.mark.parametrize(
    ("touched", "page_then"),
    [
        ("Hand to the child", "hand-over"),
        ("Someone is not safe", "urgent"),
        ("Stop here", "thanks"),
        ("Read it back to me", "read-back"),
    ],
)
def test_every_way_on_leads_to_a_page_on_the_tablet(
    hand: Hand, people: People, app: Flask, talk: Kept, touched: str, page_then: str
) -> None:
    tablet = hand(people.ines)
    put_up(tablet, app, draft_of(talk, Around()) | {"page": "talk", "hash": "#f-keep_back"})
    expect(tablet.locator("#f-keep_back")).to_be_visible(timeout=SOON)
    tablet.get_by_role("button", name=touched).click()
    eventually(tablet, lambda: bool(tablet.evaluate("heard.went.length")))
    assert tablet.evaluate("heard.went") == [page_then]


def test_with_the_child_only_the_childs_buttons_stand_there(
    hand: Hand, people: People, app: Flask, talk: Kept
) -> None:
    tablet = hand(people.ines)
    put_up(tablet, app, draft_of(talk, Around()), with_the_child=True)
    expect(tablet.get_by_role("button", name="Hand to the child")).to_have_count(0, timeout=SOON)
    tablet.get_by_role("button", name="For the grown-up").click()
    eventually(tablet, lambda: bool(tablet.evaluate("heard.went.length")))
    assert tablet.evaluate("heard.went") == ["take-back"]


def test_a_repeat_talk_folds_what_was_told_before(hand: Hand, people: People, app: Flask, talk: Kept) -> None:
    tablet = hand(people.ines)
    put_up(tablet, app, draft_of(talk, Around(repeat=True, several=True, known=frozenset({"how_tell"}))))
    expect(tablet.locator("#hello .again #f-how_tell")).to_have_count(1, timeout=SOON)
    expect(tablet.locator(".again")).to_have_count(1, timeout=SOON)
    expect(tablet.locator("#f-which_time")).to_have_count(1, timeout=SOON)
    expect(tablet.locator("#last")).to_have_text("Next", timeout=SOON)
    tablet.evaluate("heard.draft.kept.why = {value: 'A row', skipped: null}")
    tablet.evaluate("document.querySelector('#talk').requestSubmit(document.querySelector('#last'))")
    eventually(tablet, lambda: bool(tablet.evaluate("heard.went.length")))
    assert tablet.evaluate("heard.went") == ["last-time"]


def test_without_what_was_taken_along_there_is_nothing_to_be_seen(hand: Hand, app: Flask) -> None:
    stranger = hand()
    with app.test_request_context():
        stranger.goto(f"/tablet/pages/{kept().release}/{NEWEST_SET}/en")
    stranger.wait_for_load_state("load")
    assert stranger.locator("body").inner_text().strip() == ""
