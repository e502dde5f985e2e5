"""A translation stands beside the child's own words, and never instead of them."""

import pytest
from flask import Flask

from interview.answers import SaidBy
from records.answers import answers_of, keep
from records.database import db
from records.tables import Interview
from tests.conftest import Visit
from tests.people import People, a_finished_talk, an_interview, answer, keeping
from tests.visitor import Visitor, page_of
from views.moments import now

ARABIC = "لا أحد يسمعني هنا"
ENGLISH = "Nobody hears me here"


@pytest.fixture
def page(app: Flask, people: People) -> str:
    """The page of a talk in which something was said in Arabic, and something in English."""
    with keeping(app):
        talk = an_interview(people, language="ar")
        said = answer("why", ARABIC, op_id="in-arabic", language="ar", said_by=SaidBy.INTERPRETER)
        keep(talk, [said, answer("trigger", "My phone", language="en")], people.ines.id, now())
        return f"/interviews/{talk.id}/translations"


@pytest.fixture
def ines(visit: Visit, people: People) -> Visitor:
    """Ines, signed in."""
    return visit(people.ines)


def translate(ines: Visitor, page: str, words: str = ENGLISH, by: str = "Layla N., agency") -> str:
    """Send a translation; gives what is shown after it."""
    answer = ines.submit(page, words=words, translator=by)
    return ines.follow(answer).text if answer.location else answer.text


def test_only_what_was_said_in_another_language_is_asked_for(ines: Visitor, page: str) -> None:
    shown = ines.get(page)
    (quoted,) = page_of(shown).find("blockquote")
    assert (quoted.text, quoted.attributes["lang"]) == (ARABIC, "ar")
    assert "My phone" not in shown.text


def test_the_translation_stands_beside_the_words(ines: Visitor, page: str) -> None:
    shown = translate(ines, page)
    assert ARABIC in shown
    assert ENGLISH in shown
    assert "translated by Layla N., agency on " in shown


def test_the_words_of_a_drawing_are_translated_as_all_others(
    app: Flask, people: People, ines: Visitor, page: str
) -> None:
    drawn = {
        "size": [1000, 750],
        "strokes": [{"colour": "red", "width": 6, "points": [1, 2]}],
        "caption": ARABIC * 2,
    }
    with keeping(app):
        talk = db.session.get_one(Interview, page.split("/")[2])
        keep(talk, [answer("why_drawing", drawn, language="ar")], people.ines.id, now())
    assert [one.text for one in page_of(ines.get(page)).find("blockquote")] == [ARABIC, ARABIC * 2]


def test_who_translated_is_told_with_agency_and_dialect(
    app: Flask, people: People, ines: Visitor, page: str
) -> None:
    """The read-back and the summaries hold both, side by side."""
    ines.submit(page, words=ENGLISH, translator="Layla N.", agency="Made-Up Tongues", dialect="Sudanese")
    assert "translated by Layla N., Made-Up Tongues, Sudanese on " in ines.get(page).text
    read_back = ines.get(page.replace("translations", "read-back")).text
    assert ARABIC in read_back
    assert ENGLISH in read_back
    assert "Layla" not in read_back


def test_the_answer_itself_stays_as_it_was(app: Flask, ines: Visitor, page: str) -> None:
    translate(ines, page)
    with app.app_context():
        kept = answers_of(db.session.get_one(Interview, page.split("/")[2]))
    assert [one.value for one in kept] == [ARABIC, "My phone"]


@pytest.mark.parametrize(
    ("words", "by", "sentence"), [("", "L", "in English."), (ENGLISH, "", "who translated it.")]
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    ines: Visitor, page: str, words: str, by: str, sentence: str
) -> None:
    shown = translate(ines, page, words, by)
    assert sentence in shown
    assert (words or by) in shown


def test_the_translation_of_nothing_is_refused(ines: Visitor, page: str) -> None:
    shown = ines.get(page)
    assert ines.send(shown, op_id="another", words=ENGLISH, translator="L").status_code == 400


def test_a_talk_in_english_needs_none(app: Flask, people: People, ines: Visitor) -> None:
    with keeping(app):
        talk = a_finished_talk(people)
    assert "said in English" in ines.get(f"/interviews/{talk.id}/translations").text
