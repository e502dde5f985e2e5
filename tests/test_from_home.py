"""An allegation, or a danger about the home, never reaches the home: whichever way it was said or marked."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.access import COUNCIL, EVERYONE
from interview.addenda import Addition
from interview.answers import SaidBy
from interview.clock import hours_between
from interview.requests import Owner
from records.addenda import add_addendum
from records.answers import keep
from records.database import db
from records.requests import requests_of_child
from records.tables import Concern, Interview, Request
from records.translations import Translator, add_translation, translations_of
from tests.conftest import Visit
from tests.people import People, a_finished_talk, an_interview, answer, by_worker, covered_by, keeping
from tests.visitor import page_of
from views.moments import now

HURT = "Dave pushed me against the wall."
ARABIC = "دفعني على الحائط."
FINE = "I want my own key."
RECORD = {
    "harm": "no",
    "options_talked": "yes",
    "helplines_given": ["childline"],
    "not_read_back": "left",
}
TIED = {"question": "why", "words": HURT}
DRAWN = {
    "size": [1000, 750],
    "strokes": [{"colour": "red", "width": 6, "points": [1, 1, 9, 9]}],
    "caption": HURT,
}


@pytest.fixture
def home_sees(visit: Visit, people: People) -> Callable[[str], bool]:
    """Whether the home's manager finds these words anywhere."""

    def sees(words: str) -> bool:
        maya = visit(people.maya)
        pages = (f"/homes/{people.larch.id}/summary", "/", f"/children/{people.robin.id}/summary")
        return any(words in maya.get(path).text for path in pages)

    return sees


def a_talk(people: People, app: Flask, *said: Any) -> str:
    """A talk that Ines holds and has written up; all that Robin says is for the home, too."""
    with keeping(app):
        talk = an_interview(people)
        told = [answer("ready", "yes"), answer("safe_here", "yes"), *said]
        if not any(one.question == "reasons" for one in told):
            told.append(answer("reasons", {"chosen": ["A9"], "biggest": None, "home": ["A9"]}))
        if not any(one.question in {"why", "why_drawing"} for one in told):
            told.append(answer("why", "I was bored."))
        record = [by_worker(key, value) for key, value in RECORD.items()]
        receipt = keep(talk, [*told, *record], people.ines.id, now())
        assert not receipt.refused
        return talk.id


def say(visit: Visit, people: People, talk: str, question: str, value: Any, **facts: Any) -> None:
    """One more answer, saved by the tablet."""
    one = answer(question, value, **facts)
    body = {"op_id": one.op_id, "question": question, "set": one.question_set, "value": value,
            "said_by": one.said_by, "audience": sorted(one.audience), "base_op": one.base_op}  # fmt: skip
    sent = visit(people.ines).post(f"/interviews/{talk}/answers", json={"answers": [body]})
    assert sent.get_json()["accepted"] == [one.op_id], sent.text


def finish(visit: Visit, people: People, talk: str) -> None:
    """Ines finishes the talk, and keeps nothing back herself."""
    visit(people.ines).submit(f"/interviews/{talk}/finish")


def the_concern(app: Flask) -> str:
    """The address of the one concern."""
    with app.app_context():
        return f"/concerns/{db.session.scalars(sa.select(Concern.id)).one()}"


# Ways in which it could be said ------------------------------------------------------------------------


def staff_concern(visit: Visit, people: People, talk: str) -> None:
    """The worker marks it in the record."""
    say(visit, people, talk, "staff_concern", "yes", said_by=SaidBy.WORKER, audience=COUNCIL)


def card(visit: Visit, people: People, talk: str) -> None:
    """The child touches the card, and ties it to nothing."""
    say(visit, people, talk, "reasons", {"chosen": ["A5", "A9"], "biggest": None, "home": ["A5", "A9"]})


def asked(visit: Visit, people: People, talk: str) -> None:
    """The child says yes to the question."""
    say(visit, people, talk, "adult_hurt", "yes")


def by_hand(visit: Visit, people: People, talk: str) -> None:
    """The worker writes it down at once, in other words."""
    visit(people.ines).submit(
        f"/interviews/{talk}/urgent", save="1", dangers=["adult-at-work"], said="A member of staff."
    )


def about_the_home(visit: Visit, people: People, talk: str) -> None:
    """Somebody who is no member of staff, and comes to the home."""
    visit(people.ines).submit(
        f"/interviews/{talk}/urgent", save="1", dangers=["at-home"], said="The man next door."
    )


MARKS = [staff_concern, card, asked, by_hand, about_the_home]
SAYINGS = {
    "why": [answer("why", HURT)],
    "request": [answer("would_help", HURT)],
    "a rule to change": [answer("rules_tried", HURT)],
    "whom the child wants to see": [answer("too_far", "yes"), answer("want_to_see", HURT)],
    "what is missing here": [answer("missing_here", HURT)],
    "a drawing": [answer("why_drawing", DRAWN)],
    "a drawing of a wish": [answer("help_drawing", DRAWN)],
    "what staff did about bullying": [answer("bullied_here", "yes"), answer("adults_know", HURT)],
    "a reason's sentence": [
        answer("why", HURT),
        answer(
            "reasons",
            {"chosen": ["A9"], "biggest": "A9", "home": ["A9"], "told": {"A9": TIED}},
        ),
    ],
}  # fmt: skip


@pytest.mark.parametrize("mark", MARKS, ids=[mark.__name__ for mark in MARKS])
@pytest.mark.parametrize("where", SAYINGS)
def test_said_there_and_marked_so_it_never_reaches_the_home(
    visit: Visit, people: People, app: Flask, home_sees: Callable[[str], bool], where: str, mark: Any
) -> None:
    talk = a_talk(people, app, *SAYINGS[where])
    mark(visit, people, talk)
    finish(visit, people, talk)
    assert not home_sees("Dave")


@pytest.mark.parametrize("where", SAYINGS)
def test_the_same_without_an_allegation_is_read_by_the_home(
    visit: Visit, people: People, app: Flask, home_sees: Callable[[str], bool], where: str
) -> None:
    finish(visit, people, a_talk(people, app, *SAYINGS[where]))
    assert home_sees("Dave")


@pytest.mark.parametrize("mark", [by_hand, about_the_home], ids=["by_hand", "about_the_home"])
def test_marked_after_the_talk_was_finished(
    visit: Visit, people: People, app: Flask, home_sees: Callable[[str], bool], mark: Any
) -> None:
    talk = a_talk(people, app, answer("why", HURT))
    finish(visit, people, talk)
    assert home_sees("Dave")
    mark(visit, people, talk)
    assert not home_sees("Dave")


def test_told_of_in_an_addendum_all_words_before_it_stay_too(
    visit: Visit, people: People, app: Flask, home_sees: Callable[[str], bool]
) -> None:
    talk = a_talk(people, app, answer("why", HURT))
    finish(visit, people, talk)
    added: dict[str, Any] = {"said_by": "word-for-word", "why": "Robin rang.", "add": "1"}
    for typed in ({"words": HURT, "readers": ["home", "social-worker"]}, {"words": "", "reasons": ["A5"]}):
        visit(people.ines).submit(f"/interviews/{talk}/addenda", **(added | typed))
    assert not home_sees("Dave")


def test_words_added_after_it_stay_too(
    visit: Visit, people: People, app: Flask, home_sees: Callable[[str], bool]
) -> None:
    talk = a_talk(people, app)
    asked(visit, people, talk)
    finish(visit, people, talk)
    with keeping(app):
        said = Addition(SaidBy.WORD_FOR_WORD, HURT, "Robin rang.", ("A9",), ("A9",), EVERYONE)
        add_addendum(db.session.get_one(Interview, talk), people.ines.id, now(), said)
    assert not home_sees("Dave")


def test_changed_at_the_read_back_neither_version_reaches_the_home(
    visit: Visit, people: People, app: Flask, home_sees: Callable[[str], bool]
) -> None:
    talk = a_talk(people, app, answer("why", "He pushed me.", op_id="first"))
    say(visit, people, talk, "why", HURT, base_op="first")
    asked(visit, people, talk)
    finish(visit, people, talk)
    assert not home_sees("Dave")
    assert not home_sees("He pushed me")


def test_a_translation_stays_with_its_words(
    visit: Visit, people: People, app: Flask, home_sees: Callable[[str], bool]
) -> None:
    talk = a_talk(people, app, answer("why", ARABIC, language="ar", op_id="arabic"))
    with keeping(app):
        held = db.session.get_one(Interview, talk)
        said = answer("why", ARABIC, op_id="arabic")
        add_translation(held, said, HURT, Translator("A. Translator"), now())  # type: ignore[arg-type]
    asked(visit, people, talk)
    finish(visit, people, talk)
    assert not home_sees("Dave")
    assert not home_sees(ARABIC)
    # And the council still has it beside the words.
    assert HURT in visit(people.cora).get(f"/children/{people.robin.id}/summary").text
    with app.app_context():
        assert len(translations_of(db.session.get_one(Interview, talk))) == 2


def test_distrust_of_the_adults_is_no_theme_where_there_is_an_allegation(
    visit: Visit, people: People, app: Flask, home_sees: Callable[[str], bool]
) -> None:
    cards = {"chosen": ["A3", "A9"], "biggest": None, "home": ["A3", "A9"]}
    talk = a_talk(people, app, answer("reasons", cards), answer("adult_to_talk", "no"))
    asked(visit, people, talk)
    finish(visit, people, talk)
    assert not home_sees("does not trust them")
    assert not home_sees("an adult here you can talk to")
    assert home_sees("Boredom")


def test_bullying_by_other_children_is_for_the_home_if_the_child_says_so(
    visit: Visit, people: People, app: Flask, home_sees: Callable[[str], bool]
) -> None:
    cards = {"chosen": ["A1"], "biggest": "A1", "home": ["A1"],
             "told": {"A1": {"question": "why", "words": "The older ones hit me."}}}  # fmt: skip
    talk = a_talk(people, app, answer("why", "The older ones hit me."), answer("reasons", cards))
    finish(visit, people, talk)
    assert home_sees("The older ones hit me.")


def requests_of(app: Flask, people: People, who: str) -> dict[str, Owner]:
    """What one of the cast finds of Robin's requests: the words, and who is asked."""
    with app.app_context():
        found = requests_of_child(getattr(people, who).reader, people.robin.id)
        return {one.words: one.asked_of for one in found}


def test_a_request_made_of_it_is_never_put_to_the_home(visit: Visit, people: People, app: Flask) -> None:
    talk = a_talk(people, app, answer("would_help", HURT), answer("rules_tried", FINE))
    asked(visit, people, talk)
    finish(visit, people, talk)
    assert requests_of(app, people, "maya") == {}
    # It is not lost: somebody else has it, and has to answer.
    assert requests_of(app, people, "cora") == {HURT: Owner.SOCIAL_WORKER, FINE: Owner.SOCIAL_WORKER}


def test_a_request_that_the_home_had_goes_to_somebody_else(visit: Visit, people: People, app: Flask) -> None:
    talk = a_talk(people, app, answer("would_help", FINE))
    finish(visit, people, talk)
    with keeping(app):
        said = Addition(SaidBy.CHILD_TYPED, HURT, "Robin wrote.", chosen=EVERYONE, asks=True)
        add_addendum(db.session.get_one(Interview, talk), people.ines.id, now(), said)
    assert set(requests_of(app, people, "maya")) == {FINE, HURT}
    by_hand(visit, people, talk)
    assert requests_of(app, people, "maya") == {}
    assert requests_of(app, people, "cora") == {HURT: Owner.SOCIAL_WORKER, FINE: Owner.SOCIAL_WORKER}
    visit(people.cora).submit(f"{the_concern(app)}/home", keys=["would_help"], why="Agreed.", save="1")
    with app.app_context():
        assert [one.words for one in db.session.scalars(sa.select(Request).where(Request.for_home))] == [FINE]
    # What may be read again and nobody has moved since is asked of the home again.
    assert requests_of(app, people, "maya") == {FINE: Owner.HOME}


# Whoever has to act ------------------------------------------------------------------------------------


def test_before_it_is_finished_the_worker_sees_what_stays(visit: Visit, people: People, app: Flask) -> None:
    talk = a_talk(people, app, answer("why", HURT))
    asked(visit, people, talk)
    page = page_of(visit(people.ines).get(f"/interviews/{talk}/finish"))
    assert "Kept from the home with what you wrote down" in page.text
    assert {box.attributes["value"] for box in page.find("input", name="keep_back")} == {"A9"}


def test_it_is_for_the_officer_and_the_social_worker_within_a_working_day(
    visit: Visit, people: People, app: Flask
) -> None:
    talk = a_talk(people, app)
    about_the_home(visit, people, talk)
    cora = visit(people.cora)
    page = page_of(cora.get(the_concern(app))).text
    assert "Tell the designated officer" in page
    assert "Tell the child's social worker" in page
    assert "Do not tell the home" in page
    with app.app_context():
        concern = db.session.scalars(sa.select(Concern)).one()
        assert concern.due_at is not None
        assert 0 < hours_between(now(), concern.due_at) < 24 * 6


def test_cora_finds_the_childs_exact_words_and_how_they_came_there(
    visit: Visit, people: People, app: Flask
) -> None:
    cards = {"chosen": ["A5"], "biggest": None, "home": [],
             "told": {"A5": {"question": "why", "words": HURT}}}  # fmt: skip
    talk = a_talk(people, app, answer("why", f"It was late. {HURT}"), answer("reasons", cards))
    say(visit, people, talk, "adult_hurt_words", "On Sunday.", said_by=SaidBy.CHILD_TYPED)
    asked(visit, people, talk)
    page = page_of(visit(people.cora).get(the_concern(app))).text
    assert HURT in page
    assert "In the talk, to “What made you want to go?”: word for word, saved on" in page
    assert "hurt you or treated you badly?”: typed by the child, saved on" in page
    # What is not part of it stays where it was said.
    assert "It was late." not in page


def test_what_was_left_out_later_is_still_found_as_it_was_said(
    visit: Visit, people: People, app: Flask
) -> None:
    talk = a_talk(people, app)
    asked(visit, people, talk)
    say(visit, people, talk, "adult_hurt_words", HURT, op_id="said")
    visit(people.cora).submit(the_concern(app), whom=["designated-officer"], save="1")
    say(visit, people, talk, "adult_hurt_words", None, base_op="said")
    page = page_of(visit(people.cora).get(the_concern(app))).text
    assert f"{HURT} In the talk, to" in page


def test_somebody_may_let_the_home_read_what_says_nothing_of_it_and_says_why(
    visit: Visit, people: People, app: Flask, home_sees: Callable[[str], bool]
) -> None:
    talk = a_talk(people, app, answer("why", HURT), answer("would_help", FINE))
    asked(visit, people, talk)
    finish(visit, people, talk)
    assert not home_sees(FINE)
    cora, where = visit(people.cora), f"{the_concern(app)}/home"
    assert FINE in cora.get(where).text
    shown = cora.submit(where, keys=["would_help"], why="  ", save="1")
    assert "Write why the home may read this" in page_of(shown).text
    assert not home_sees(FINE)
    cora.submit(where, keys=["would_help"], why="Ms Vane agreed: it names nobody.", save="1")
    assert home_sees(FINE)
    assert not home_sees("Dave")
    concern = page_of(cora.get(the_concern(app))).text
    assert "Ms Vane agreed: it names nobody." in concern
    assert FINE not in cora.get(where).text


def test_what_was_let_go_is_not_taken_back_by_the_same_concern_but_by_another(
    visit: Visit, people: People, app: Flask, home_sees: Callable[[str], bool]
) -> None:
    talk = a_talk(people, app, answer("why", "x"), answer("would_help", FINE))
    by_hand(visit, people, talk)
    finish(visit, people, talk)
    visit(people.cora).submit(f"{the_concern(app)}/home", keys=["would_help"], why="Agreed.", save="1")
    by_hand(visit, people, talk)
    assert home_sees(FINE)
    visit(people.ines).submit(f"/interviews/{talk}/urgent", about="new", save="1", dangers=["at-home"])
    assert not home_sees(FINE)


def test_what_the_child_kept_from_the_home_cannot_be_let_go(
    visit: Visit, people: People, app: Flask, home_sees: Callable[[str], bool]
) -> None:
    talk = a_talk(people, app, answer("why", HURT, audience=COUNCIL))
    asked(visit, people, talk)
    finish(visit, people, talk)
    visit(people.cora).submit(f"{the_concern(app)}/home", keys=["why"], why="I think so.", save="1")
    assert not home_sees("Dave")


@pytest.mark.parametrize("name", ["maya", "mark", "ivan", "iris", "omar"])
def test_nobody_else_finds_what_is_kept_or_lets_it_go(
    visit: Visit, people: People, app: Flask, name: str
) -> None:
    talk = a_talk(people, app, answer("why", HURT))
    asked(visit, people, talk)
    finish(visit, people, talk)
    where, visitor = f"{the_concern(app)}/home", visit(getattr(people, name))
    assert visitor.get(where).status_code == 404
    assert visitor.post(where, {"keys": ["why"], "why": "Please."}).status_code == 404


def test_another_talk_of_the_child_goes_on_being_read(
    visit: Visit, people: People, app: Flask, home_sees: Callable[[str], bool]
) -> None:
    with keeping(app):
        a_finished_talk(people, {"ready": "yes", "why": FINE})
    talk = a_talk(people, app, answer("why", HURT))
    asked(visit, people, talk)
    finish(visit, people, talk)
    assert home_sees(FINE)


def test_cora_marks_what_she_reads_and_nobody_had_marked(
    visit: Visit, people: People, app: Flask, home_sees: Callable[[str], bool]
) -> None:
    with keeping(app):
        held = a_finished_talk(people, {"ready": "yes", "why": HURT})
        where = f"/episodes/{covered_by(held)}"
    cora = visit(people.cora)
    assert home_sees("Dave")
    assert f"{where}/concern" in cora.get(where).text
    refused = page_of(cora.submit(f"{where}/concern", save="1")).text
    assert "Choose what kind of danger it is" in refused
    assert "Copy what was said, word for word" in refused
    sent = cora.submit(f"{where}/concern", dangers=["adult-at-work"], said=HURT, save="1")
    page = page_of(cora.follow(sent)).text
    assert "Tell the designated officer" in page
    assert f"{HURT} Written down by Cora Mensah" in page
    assert not home_sees("Dave")
    assert people.cora.name in page


def test_where_no_talk_was_held_there_is_nothing_to_mark(visit: Visit, people: People, app: Flask) -> None:
    with keeping(app):
        where = f"/episodes/{covered_by(an_interview(people))}"
    cora = visit(people.cora)
    assert f"{where}/concern" not in cora.get(where).text
    assert cora.get(f"{where}/concern").location == where
