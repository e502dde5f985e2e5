"""Whole talks, as children have them: on a tablet or a phone, in three languages, with and without a script.

Each leaves its pictures in test-results/journeys, one for each step.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from interview.access import COUNCIL, Audience
from interview.answers import SaidBy, Skip
from records.answers import keep
from records.database import db
from records.tables import Concern, Interview, Offer
from tests.browser.conftest import Hand, Kept
from tests.browser.eyes import source_of
from tests.browser.fingers import option, question, star, words_of
from tests.browser.journeys import Journey, Way
from tests.browser.test_drawing import ACROSS, draw, strokes
from tests.people import People, a_finished_talk, answer, keeping
from views.moments import now

NOBODY_LISTENS = {
    "en": "Nobody listens to me here.",
    "cy": "Does neb yn gwrando arna i yma.",
    "ar": "لا أحد يسمعني هنا.",
}
SOMEBODY = {"en": "Somebody who asks me.", "cy": "Rhywun sy'n gofyn i mi.", "ar": "شخص يسألني."}

WAYS = {
    "words": (Way("tablet", "en"), Way("phone", "ar"), Way("phone", "cy", script=False)),
    "cards": (Way("phone", "ar"), Way("tablet", "cy", script=False)),
    "drawings": (Way("tablet", "en"), Way("phone", "cy")),
    "refusal": (Way("phone", "en"), Way("tablet", "ar", script=False)),
    "a-day-later": (Way("tablet", "cy"), Way("phone", "en")),
    "danger": (Way("phone", "cy"), Way("tablet", "en")),
    "interpreter": (Way("tablet", "ar"), Way("phone", "ar", script=False)),
    "repeat": (Way("phone", "ar"), Way("tablet", "cy")),
    "read-back": (Way("phone", "en"), Way("tablet", "ar", script=False)),
}
Start = Callable[[str, Way], Journey]


@pytest.fixture
def start(hand: Hand, people: People, talk: Kept) -> Start:
    """Ines opens her talk with Robin."""

    def begin(name: str, way: Way) -> Journey:
        journey = Journey(name, way, talk, hand)
        journey.sign_in(people.ines)
        return journey

    return begin


def along(name: str) -> pytest.MarkDecorator:
    """Every way on which this journey is made."""
    return pytest.mark.parametrize("way", WAYS[name], ids=str)


@along("words")
def test_a_full_talk_in_words(start: Start, way: Way, people: People, talk: Kept) -> None:
    robin = start("words", way)
    robin.look("brief", at_the_worker=True)
    robin.begin()
    robin.look("first-question")
    robin.choose("being_back", "2")
    robin.look("being-back")
    robin.say("why", NOBODY_LISTENS[way.language])
    robin.look("why")
    robin.choose("reasons", "A3")
    robin.rather_not("where_went")
    robin.choose("safe_here", "sometimes")
    robin.look("safe-here")
    robin.say("would_help", SOMEBODY[way.language])
    robin.end_the_talk()
    robin.look("read-back")
    robin.agree()
    robin.take_leave()
    assert talk["where_went"].skipped is Skip.RATHER_NOT_SAY
    # Nobody gave the tablet away: the worker writes, and the page does not say that it was the child.
    assert (talk["why"].language, talk["why"].said_by) == (way.language, SaidBy.WORD_FOR_WORD)
    robin.write_and_finish()
    summary = robin.summary_for(people.ivan, people.robin.id)
    expect(summary).to_contain_text(NOBODY_LISTENS[way.language])
    expect(summary).to_contain_text(SOMEBODY[way.language])


@along("cards")
def test_a_talk_only_in_cards(start: Start, way: Way, people: People, talk: Kept) -> None:
    robin = start("cards", way)
    robin.begin()
    robin.choose("how_tell", "pictures")
    robin.look("how-to-tell")
    robin.choose("being_back", "4")
    robin.look("faces")
    robin.choose("reasons", "A1", "B1")
    star(robin.page, "B1").check()
    robin.look("reasons")
    robin.choose("place_cards", "family")
    robin.look("places")
    robin.choose("with_whom", "mum", "sibling")
    robin.look("people")
    robin.choose("felt_safe_away", "7")
    robin.look("scale")
    robin.choose("safe_here", "yes")
    robin.end_the_talk()
    robin.look("read-back")
    robin.agree()
    assert set(talk["reasons"].value["chosen"]) == {"A1", "B1"}
    assert talk["reasons"].value["biggest"] == "B1"
    assert talk["with_whom"].value == ["mum", "sibling"]
    assert (talk["felt_safe_away"].value, talk["being_back"].value) == (7, "4")
    assert not [row for row in talk.rows() if row.question == "why"]


@along("drawings")
def test_a_talk_in_drawings(start: Start, way: Way, people: People, talk: Kept) -> None:
    robin = start("drawings", way)
    robin.begin()
    robin.choose("how_tell", "draw")
    sheet = robin.ask("why_drawing").locator(".canvas")
    expect(sheet).to_be_visible()
    robin.look("empty-sheet")
    draw(robin.page, sheet)
    draw(robin.page, sheet, ACROSS)
    robin.look("drawn")
    draw(robin.page, robin.ask("help_drawing").locator(".canvas"), ACROSS)
    robin.look("what-would-help")
    robin.is_saved()
    robin.end_the_talk()
    expect(robin.find(robin.page.locator("#f-why_drawing svg.drawn"))).to_be_visible()
    robin.look("read-back")
    robin.agree()
    assert (len(strokes(talk)), len(strokes(talk, "help_drawing"))) == (2, 1)


@along("refusal")
def test_a_child_who_does_not_want_to_talk(start: Start, way: Way, talk: Kept) -> None:
    robin = start("refusal", way)
    robin.begin("no")
    robin.look("that-is-all-right")
    robin.leave_by(robin.page.locator('a[href$="/slip"]'), "/slip$")
    robin.look("numbers-to-keep")
    robin.leave_by(robin.page.locator('a[href$="/until-then"]'), "/until-then$")
    robin.leave_by(robin.page.locator('a[href$="/put-off"]'), "/put-off$")
    robin.look("written-down", at_the_worker=True)
    robin.page.get_by_label("Why, in the child's words").fill("He is tired of questions.")
    robin.leave_by(robin.page.get_by_role("button", name="Save"), f"{talk.path}$")
    robin.look("what-next", at_the_worker=True)
    assert talk["ready"].value == "no"
    with talk.app.app_context():
        offers = db.session.query(Offer).all()
        assert [(offer.outcome, offer.why) for offer in offers] == [("declined", "He is tired of questions.")]
        assert db.session.get_one(Interview, talk.id).held_at is None


@along("a-day-later")
def test_a_talk_that_stops_and_goes_on_a_day_later(
    start: Start, way: Way, people: People, talk: Kept
) -> None:
    robin = start("a-day-later", way)
    robin.begin()
    robin.say("why", NOBODY_LISTENS[way.language])
    robin.is_saved()
    robin.leave_by(robin.page.locator('.bar a[href$="/thanks"]'), "/thanks")
    robin.look("stopped")
    robin.page.close()
    with time_machine.travel(now() + timedelta(days=1), tick=True):
        robin.sign_in(people.ines)
        robin.look("brief", at_the_worker=True)
        robin.leave_by(robin.page.get_by_role("link", name="Go on with the talk"), "/talk")
        expect(words_of(robin.page, "why")).to_have_value(NOBODY_LISTENS[way.language])
        robin.look("where-it-was")
        robin.say("would_help", SOMEBODY[way.language])
        robin.is_saved()
        robin.end_the_talk()
        robin.look("read-back")
        robin.agree()
        robin.look("numbers")
    first, last = talk["why"].server_time, talk["would_help"].server_time
    assert first is not None
    assert last is not None
    assert last - first > timedelta(hours=23)
    assert len(talk.rows("why")) == 1


@along("danger")
def test_someone_is_not_safe(start: Start, way: Way, talk: Kept) -> None:
    robin = start("danger", way)
    robin.begin()
    robin.say("why", NOBODY_LISTENS[way.language])
    robin.choose("hurt_away", "yes")
    expect(question(robin.page, "hurt_away").locator("[role=status], .urgent-offer, p").last).to_be_visible()
    robin.look("a-word-of-thanks")
    robin.leave_by(robin.page.locator(".top [value=urgent]"), "/urgent")
    robin.look("not-safe", at_the_worker=True)
    robin.page.get_by_label("What was said, word for word").fill("He hit me on the way.")
    robin.page.get_by_label("Danger now").check()
    robin.page.locator("#save").click()
    expect(robin.page.get_by_role("status")).to_contain_text("Saved at")
    robin.look("written-down", at_the_worker=True)
    robin.leave_by(robin.page.get_by_text("Go back to where you were"), "/talk")
    expect(option(robin.page, "hurt_away", "yes")).to_be_checked()
    robin.look("back-in-the-talk")
    robin.say("would_help", SOMEBODY[way.language])
    robin.is_saved()
    assert talk["would_help"].value == SOMEBODY[way.language]
    with talk.app.app_context():
        assert db.session.query(Concern).filter_by(interview_id=talk.id).count() >= 1


@along("interpreter")
def test_a_talk_through_an_interpreter(start: Start, way: Way, people: People, talk: Kept) -> None:
    robin = start("interpreter", way)
    robin.begin()
    robin.choose("how_tell", "interpreter")
    robin.page.locator("#writer").select_option("interpreter")
    robin.say("why", NOBODY_LISTENS["ar"])
    if way.script:
        expect(question(robin.page, "why").locator(".by .pill:visible")).to_have_count(0)
    robin.look("why")
    robin.choose("reasons", "A3")
    robin.choose("safe_here", "yes")
    robin.is_saved()
    robin.page.goto(f"{talk.path}/translations")
    robin.page.get_by_label("In English").fill("Nobody hears me here.")
    robin.page.get_by_label("Translator").fill("Layla Haddad")
    robin.page.get_by_label("Agency").fill("Fenmoor Interpreters")
    robin.page.get_by_label("Dialect").fill("Sudanese Arabic")
    robin.page.get_by_role("button", name="Keep this translation").click()
    expect(robin.page.get_by_text("Layla Haddad")).to_be_visible()
    robin.look("translation", at_the_worker=True)
    robin.page.goto(f"{talk.path}/read-back")
    why = robin.find(robin.page.locator("#f-why"))
    expect(why.locator("blockquote")).to_have_text(NOBODY_LISTENS["ar"])
    expect(why).to_contain_text("Nobody hears me here.")
    robin.look("read-back")
    robin.agree()
    assert talk["why"].said_by is SaidBy.INTERPRETER
    robin.take_leave()
    robin.write_and_finish()
    summary = robin.summary_for(people.ivan, people.robin.id)
    for words in (NOBODY_LISTENS["ar"], "Nobody hears me here.", "Layla Haddad"):
        expect(summary).to_contain_text(words)


@along("repeat")
def test_last_time_comes_after_the_new_account(start: Start, way: Way, people: People, talk: Kept) -> None:
    then = "I wanted to see my brother."
    with keeping(talk.app):
        said = {"ready": "yes", "why": then, "reasons": {"chosen": ["A3"]}, "would_help": "A phone call."}
        a_finished_talk(people, said, audience=COUNCIL, held_at=now() - timedelta(days=8))
    robin = start("repeat", way)
    robin.begin()
    robin.say("why", NOBODY_LISTENS[way.language])
    robin.look("why")
    robin.is_saved()
    for words in (then, "A phone call."):
        assert words not in source_of(robin.page)
    robin.end_the_talk()
    expect(robin.page.locator("main")).to_contain_text("A phone call.")
    robin.look("last-time")
    words_of(robin.page, "last_time").fill(SOMEBODY[way.language])
    robin.is_saved()
    robin.leave_by(robin.page.locator(".steps button[value=on]"), "/read-back")
    robin.look("read-back")
    robin.agree()
    assert talk["last_time"].value == SOMEBODY[way.language]
    assert talk["why"].value == NOBODY_LISTENS[way.language]


@along("read-back")
def test_a_child_changes_their_mind_at_the_read_back(start: Start, way: Way, talk: Kept) -> None:
    talk.change(language=way.language)
    with keeping(talk.app):
        said = [answer("ready", "yes"), answer("need_now", "ABC"), answer("since_back", "XYZ")]
        said.append(answer("why", NOBODY_LISTENS[way.language]))
        interview = db.session.get_one(Interview, talk.id)
        keep(interview, said, interview.interviewer_id, now())
    robin = start("read-back", way)
    robin.page.goto(f"{talk.path}/read-back")
    checks = robin.page.locator
    robin.find(checks('[name="need_now__check"][value="change"]')).check()
    checks('[name="need_now__words"]').fill(SOMEBODY[way.language])
    robin.look("changed")
    robin.find(checks('[name="since_back__check"][value="leave-out"]')).check()
    robin.look("left-out")
    for reader in ("home", "social-worker"):
        robin.find(checks(f'[name="why__for"][value="{reader}"]')).uncheck()
    robin.look("fewer-readers")
    robin.agree("partly")
    robin.look("numbers")
    assert talk["need_now"].value == SOMEBODY[way.language]
    assert talk["since_back"].skipped is Skip.LEFT_OUT
    assert talk["why"].audience == {Audience("reviewing-officer")}
    assert talk["agrees"].value == "partly"


def test_the_journeys_meet_every_device_language_and_script() -> None:
    for name, ways in WAYS.items():
        assert {way.device for way in ways} == {"phone", "tablet"}, name
    assert {way.language for way in WAYS["words"]} == {"en", "cy", "ar"}
    for name in ("words", "cards", "refusal", "read-back"):
        assert {way.script for way in WAYS[name]} == {True, False}, name
    every = [way for ways in WAYS.values() for way in ways]
    assert {way.language for way in every} == {"en", "cy", "ar"}
