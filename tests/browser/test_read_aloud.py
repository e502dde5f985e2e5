"""Read it to me: by a voice of the device, or by a clip that somebody has recorded."""

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from interview.welcome import OLDER
from records.answers import keep
from records.database import db
from records.tables import Interview
from tests.browser.conftest import PHONE, TABLET, Hand, Kept
from tests.browser.eyes import faults_at, too_wide
from tests.browser.fingers import eventually, question, turn_to
from tests.people import People, answer, keeping
from views.moments import now

# Chromium has no voices here. What stands in for them is the browser's own interface and nothing of ours.
VOICES = """
(() => {
  const voices = %s;
  class Utterance extends EventTarget { constructor(text) { super(); this.text = text; } }
  const said = (window.said = []);
  const speech = new EventTarget();
  let now = null;
  const tell = (one, name, more) => one.dispatchEvent(Object.assign(new Event(name), more));
  Object.assign(speech, {
    getVoices: () => speech.late ?? voices,
    cancel: () => { const one = now; now = null; if (one) tell(one, "error"); },
    speak(one) {
      now = one;
      said.push({ text: one.text, lang: one.lang, voice: one.voice.name });
      const words = [...one.text.matchAll(/\\S+/g)];
      const next = () => {
        if (now !== one) return;
        const word = words.shift();
        if (!word) { now = null; return tell(one, "end"); }
        const where = { name: "word", charIndex: word.index, charLength: word[0].length };
        if (one.voice.counts) tell(one, "boundary", where);
        setTimeout(next, one.voice.pace ?? 250);
      };
      next();
    },
  });
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = Utterance;
})();
"""
HERE = '{ name: "Here", lang: "en-GB", localService: true, counts: true }'
SLOW = HERE.replace("}", ", pace: 1000 }")
WORDLESS = '{ name: "Wordless", lang: "en_GB", localService: true }'
AFAR = '{ name: "Afar", lang: "en-GB", localService: false }'
POLISH = '{ name: "Polish", lang: "pl-PL", localService: true }'
# A second of silence: frames of MPEG 1, layer III.
SILENCE = (bytes.fromhex("fffb9000") + bytes(413)) * 38


def opened(hand: Hand, people: People, talk: Kept, *voices: str, part: str = "now") -> Page:
    """The talk on a device with these voices, at one of its parts."""
    page = hand(people.ines, viewport=TABLET)
    page.add_init_script(VOICES % f"[{', '.join(voices)}]")
    page.goto(f"{talk.path}/talk")
    page.wait_for_load_state("networkidle")
    turn_to(page, part)
    return page


def button(page: Page, key: str = "being_back") -> Locator:
    return question(page, key).get_by_role("button", name="Read it to me")


def said(page: Page) -> list[str]:
    return [one["text"] for one in page.evaluate("window.said")]


@pytest.mark.parametrize("voices", [(), (AFAR,), (POLISH,)], ids=["none", "afar", "of another language"])
def test_there_is_no_button_without_a_voice_of_this_device(
    hand: Hand, people: People, talk: Kept, voices: tuple[str, ...]
) -> None:
    """A voice that needs the network would send the page away; another language's is gibberish."""
    page = opened(hand, people, talk, *voices)
    page.wait_for_timeout(300)
    expect(page.locator(".read-aloud")).to_have_count(0)


def test_the_question_and_what_can_be_chosen_are_read(hand: Hand, people: People, talk: Kept) -> None:
    """In the order in which they stand, by the voice of this device."""
    page = opened(hand, people, talk, AFAR, HERE)
    button(page).click()
    expect(button(page)).to_have_attribute("aria-pressed", "true")
    expect(button(page)).to_have_attribute("aria-pressed", "false", timeout=30_000)
    assert said(page)[:3] == ["How is it being back?", "Very bad", "Bad"]
    assert {one["voice"] for one in page.evaluate("window.said")} == {"Here"}


def test_the_sentence_is_marked_and_in_it_the_word(hand: Hand, people: People, talk: Kept) -> None:
    """With the eyes one follows what the ears hear."""
    page = opened(hand, people, talk, SLOW)
    button(page).click()
    expect(question(page, "being_back").locator("[data-read-now]")).to_have_count(1)
    word = "[...(CSS.highlights.get('heard-word') ?? [])].map(String).join()"
    eventually(page, lambda: page.evaluate(word) == "being")
    button(page).click()
    expect(page.locator("[data-read-now]")).to_have_count(0)
    assert page.evaluate(word) == ""


def test_the_sentence_is_marked_where_the_voice_counts_no_words(
    hand: Hand, people: People, talk: Kept
) -> None:
    """Not every voice says where it is."""
    page = opened(hand, people, talk, WORDLESS)
    button(page).click()
    expect(question(page, "being_back").locator(".words")).to_have_attribute("data-read-now", "")
    assert page.evaluate("CSS.highlights.has('heard-word')") is False


def test_a_second_touch_ends_it(hand: Hand, people: People, talk: Kept) -> None:
    """And nothing more is said."""
    page = opened(hand, people, talk, SLOW)
    button(page).click()
    expect(button(page)).to_have_attribute("aria-pressed", "true")
    button(page).click()
    expect(button(page)).to_have_attribute("aria-pressed", "false")
    before = said(page)
    page.wait_for_timeout(500)
    assert said(page) == before


@pytest.mark.parametrize("way", ["cover", "escape", "another part"])
def test_what_hides_the_question_ends_the_reading(hand: Hand, people: People, talk: Kept, way: str) -> None:
    """The cover silences as well as it hides."""
    page = opened(hand, people, talk, HERE)
    button(page).click()
    if way == "cover":
        page.locator("#cover").click()
    elif way == "escape":
        page.keyboard.press("Escape")
    else:
        turn_to(page, "why")
    page.wait_for_timeout(100)
    before = said(page)
    page.wait_for_timeout(500)
    assert said(page) == before
    assert page.evaluate("document.querySelector('[data-read-now]')") is None


def test_a_voice_that_comes_late_brings_the_button(hand: Hand, people: People, talk: Kept) -> None:
    """Browsers find their voices when they like."""
    page = opened(hand, people, talk)
    expect(page.locator(".read-aloud")).to_have_count(0)
    page.evaluate(
        f"speechSynthesis.late = [{HERE}]; speechSynthesis.dispatchEvent(new Event('voiceschanged'))"
    )
    expect(button(page)).to_be_visible()
    assert too_wide(page) == []


@pytest.mark.parametrize("page_of_talk", ["welcome", "talk", "read-back"])
def test_the_buttons_leave_a_page_as_sound_as_it_was(
    app: Flask, hand: Hand, people: People, talk: Kept, page_of_talk: str
) -> None:
    """In Arabic, where everything stands on the other side and the worker's line beneath."""
    talk.change(language="ar")
    with keeping(app):
        keep(db.session.get_one(Interview, talk.id), [answer("why", "لا أحد يسمعني")], people.ines.id, now())
    page = hand(people.ines, viewport=TABLET)
    page.add_init_script(VOICES % '[{ name: "Here", lang: "ar", localService: true }]')
    page.goto(f"{talk.path}/{page_of_talk}")
    expect(page.locator(".read-aloud").locator("visible=true").first).to_be_visible()
    for size in (PHONE, TABLET):
        assert faults_at(page, size) == []


def test_a_recorded_clip_is_preferred_to_the_voice(
    app: Flask, hand: Hand, people: People, talk: Kept, asked: list[str]
) -> None:
    """What nobody has recorded is left to the voice."""
    recorded(app, "en", "being_back.mp3")
    page = opened(hand, people, talk, HERE)
    button(page).click()
    eventually(page, lambda: len(said(page)) > 0)
    assert "/clips/en/being_back.mp3" in asked
    assert said(page)[0] == "Very bad"


def test_a_clip_is_enough_where_there_is_no_voice(
    app: Flask, hand: Hand, people: People, talk: Kept, asked: list[str]
) -> None:
    """As in Tigrinya: only what somebody has recorded can be heard."""
    recorded(app, "en", "being_back.mp3")
    page = opened(hand, people, talk)
    expect(page.locator(".read-aloud")).to_have_count(1)
    button(page).click()
    eventually(page, lambda: "/clips/en/being_back.mp3" in asked)
    expect(button(page)).to_have_attribute("aria-pressed", "false", timeout=5_000)


def test_a_clip_says_no_words_that_are_not_on_the_page(
    app: Flask, hand: Hand, people: People, talk: Kept
) -> None:
    """Whoever asked for this person does not hear what is said of others."""
    recorded(app, "en", f"{OLDER}-2.mp3")
    page = hand(people.ines)
    page.goto(f"{talk.path}/welcome")
    expect(page.locator(".read-aloud")).to_have_count(1)
    talk.change(child_asked=True)
    page.reload()
    expect(page.get_by_text("You asked to talk with me.")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".read-aloud")).to_have_count(0)


def recorded(app: Flask, language: str, name: str) -> None:
    """Somebody has dropped a clip into the folder."""
    folder = Path(app.instance_path) / "clips" / language
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(SILENCE)
