"""A repeat talk: short, and what was said last time comes after the new account."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.access import COUNCIL, EVERYONE, Audience
from interview.again import Around, asked, folded, has_told_anew, said_before
from interview.answers import Answer, SaidBy, Skip
from interview.questions import NEWEST_SET, QUESTIONS, TALK, questions_of
from interview.requests import Owner, Step, Stepped
from records.again import around
from records.database import db
from records.requests import take_step
from records.tables import Interview
from tests.conftest import Visit
from tests.people import People, a_finished_talk, a_request, a_skip, an_episode, an_interview, answer, keeping
from tests.visitor import Visitor, page_of
from views.moments import now

OF_TALK = questions_of(NEWEST_SET, TALK)
WHY = "They shout all day. Nobody asks me."
WISH = "A door that I can shut."
THEN: dict[str, Any] = {
    "ready": "yes",
    "how_tell": ["draw"],
    "why": WHY,
    "reasons": {
        "chosen": ["B1", "A3"],
        "biggest": "A3",
        "told": {"A3": {"question": "why", "words": "Nobody asks me."}},
    },
    "asked_about_place": "no",
    "moves": 4,
    "would_help": WISH,
    "where_went": "To the sea",
}


def said(question: str, value: Any, audience: frozenset[Audience] = COUNCIL, **facts: Any) -> Answer:
    """An answer as it is kept."""
    plain = {"skipped": None, "said_by": SaidBy.WORD_FOR_WORD} | facts
    return Answer(op_id=question, question=question, value=value, audience=audience, **plain)


def shown_of(*answers: Answer) -> list[str]:
    """All that a child would be shown of these answers."""
    shown = said_before({one.question: one for one in answers})
    return [*(reason.code for reason, _ in shown.reasons), *(words for _, words in shown.reasons if words),
            *(str(wish.value) for wish in shown.wishes)]  # fmt: skip


# ---- the rules


def test_what_happened_last_time_is_asked_only_where_there_was_one() -> None:
    assert asked([QUESTIONS["last_time"]], Around()) == ()
    assert asked([QUESTIONS["last_time"]], Around(repeat=True)) == (QUESTIONS["last_time"],)


def test_which_time_was_different_is_asked_only_about_several() -> None:
    assert "which_time" not in {q.key for q in asked(OF_TALK, Around(repeat=True))}
    assert "which_time" in {q.key for q in asked(OF_TALK, Around(several=True))}


def test_what_stays_true_is_folded_where_it_is_known() -> None:
    assert folded(OF_TALK, Around(repeat=True)) == frozenset()
    known = Around(repeat=True, known=frozenset({"how_tell", "asked_about_place"}))
    # What follows a question goes with it.
    assert folded(OF_TALK, known) == {"how_tell", "asked_about_place", "moves"}


def test_the_open_question_is_asked_every_time() -> None:
    everything = Around(repeat=True, known=frozenset(QUESTIONS))
    assert not folded(OF_TALK, everything) & {
        "ready",
        "why",
        "reasons",
        "safe_here",
        "adult_hurt",
        "would_help",
    }


def test_a_word_or_a_card_or_a_no_is_an_account_and_coming_back_later_is_none() -> None:
    assert not has_told_anew({"being_back": said("being_back", "2")})
    assert not has_told_anew({"why": said("why", None, skipped=Skip.LATER)})
    assert has_told_anew({"why": said("why", None, skipped=Skip.RATHER_NOT_SAY)})
    assert has_told_anew({"reasons": said("reasons", {"chosen": ["A3"]})})


def test_the_biggest_comes_first_with_its_sentence() -> None:
    answers = [said(question, value) for question, value in THEN.items()]
    assert shown_of(*answers) == ["A3", "B1", "Nobody asks me.", WISH]


@pytest.mark.parametrize("code", ["A5", "G1", "A1"])
def test_an_allegation_or_a_danger_does_not_stand_on_the_screen(code: str) -> None:
    cards = {"chosen": [code], "told": {code: {"question": "would_help", "words": WISH}}}
    assert shown_of(said("reasons", cards, EVERYONE), said("would_help", WISH)) == []


def test_a_danger_that_the_home_knows_of_may_stand_there() -> None:
    assert shown_of(said("reasons", {"chosen": ["A1"], "home": ["A1"]})) == ["A1"]


@pytest.mark.parametrize("audience", [frozenset(), {Audience.SOCIAL_WORKER}, {Audience.REVIEWING_OFFICER}])
def test_what_the_child_kept_back_is_not_shown(audience: set[Audience]) -> None:
    kept = frozenset(audience)
    assert shown_of(said("would_help", WISH, kept), said("reasons", {"chosen": ["A3"]}, kept)) == []


def test_what_was_left_out_or_only_needed_on_that_day_is_not_shown() -> None:
    left_out = said("would_help", None, skipped=Skip.LEFT_OUT)
    assert shown_of(left_out, said("need_now", "A sandwich"), said("adult_hurt_words", "He pushed me")) == []


# ---- the pages


def repeat(app: Flask, people: People, then: dict[str, Any] = THEN, **facts: Any) -> str:
    """Robin talked eight days ago, and is to talk with Ines again; gives the new talk."""
    with keeping(app):
        a_finished_talk(people, then, audience=COUNCIL, held_at=now() - timedelta(days=8), **facts)
        return an_interview(people).id


@pytest.fixture
def ines(visit: Visit, people: People) -> Visitor:
    """Ines, signed in."""
    return visit(people.ines)


def test_a_first_talk_asks_all_and_ends_in_the_read_back(app: Flask, people: People, ines: Visitor) -> None:
    with keeping(app):
        page = f"/interviews/{an_interview(people).id}"
    shown = ines.get(f"{page}/talk")
    assert 'class="again"' not in shown.text
    assert 'name="last_time"' not in shown.text
    assert ines.send(shown, go="read-back", why=WHY).location.endswith("/read-back")
    assert ines.get(f"{page}/last-time").location.endswith("/read-back")


def test_what_stays_true_is_behind_one_touch_without_the_old_answer(
    app: Flask, people: People, ines: Visitor
) -> None:
    shown = page_of(ines.get(f"/interviews/{repeat(app, people)}/talk"))
    folds = shown.find("details", **{"class": "again"})
    assert [[one.attributes["data-question"] for one in fold.find("fieldset")] for fold in folds] == [
        ["how_tell"],
        ["asked_about_place", "moves"],
    ]
    assert not any(
        "checked" in one.attributes for fold in folds for one in fold.find("input", name="how_tell")
    )
    assert WISH not in shown.text
    assert "4" not in [one.attributes.get("value") for one in shown.find("input", name="moves")]


def test_in_another_home_the_place_is_asked_about_again(app: Flask, people: People) -> None:
    new = repeat(app, people)
    with keeping(app):
        talk = db.session.get_one(Interview, new)
        assert around(talk).known == {"how_tell", "asked_about_place", "moves"}
        talk.home_id = people.rowan.id
        db.session.flush()
        assert around(talk).known == {"how_tell"}


def test_what_was_passed_over_is_asked_again(app: Flask, people: People) -> None:
    new = repeat(app, people, {"ready": "yes"}, more=[a_skip("how_tell")])
    with keeping(app):
        assert around(db.session.get_one(Interview, new)) == Around(repeat=True)


def test_last_time_cannot_be_met_before_the_new_account(app: Flask, people: People, ines: Visitor) -> None:
    page = f"/interviews/{repeat(app, people)}"
    assert ines.get(f"{page}/last-time").location.endswith("/read-back")
    for shown in (ines.get(f"{page}/talk"), ines.get(f"{page}/read-back")):
        assert WISH not in shown.text
        assert "Nobody asks me." not in shown.text


def test_the_talk_leads_to_last_time_and_then_to_the_read_back(
    app: Flask, people: People, ines: Visitor
) -> None:
    page = f"/interviews/{repeat(app, people)}"
    after = ines.send(ines.get(f"{page}/talk"), go="read-back", why="It was worse than ever.")
    assert after.location.endswith("/last-time")
    shown = ines.get(f"{page}/last-time")
    words = page_of(shown).text
    assert "Nobody asks me." in words
    assert WISH in words
    assert "To the sea" not in words
    assert WHY not in words
    assert "Nobody has written down yet what happened." in words
    assert people.robin.name not in shown.text
    assert ines.send(shown, go="on", last_time="Nothing at all.").location.endswith("/read-back")
    assert "Nothing at all." in ines.get(f"{page}/read-back").text


def test_what_came_of_it_is_told_where_it_is_known(app: Flask, people: People, ines: Visitor) -> None:
    page = f"/interviews/{repeat(app, people)}"
    with keeping(app):
        then = db.session.scalars(sa.select(Interview).where(Interview.finished_at.is_not(None))).one()
        day, home = now().date(), Owner.HOME
        for words, kind, said in (
            ("A lock", Step.DONE, "The lock is on."),
            ("My phone", Step.NOT_POSSIBLE, "Not at night."),
            ("A bike", Step.WILL_DO, "We look for one."),
        ):
            step = Stepped(kind, now(), people.maya.name, home, day, words=said)
            take_step(a_request(then, words=words), step, people.maya.id, now())
        a_request(then, words="A dog")
    ines.send(ines.get(f"{page}/talk"), go="read-back", why="It was worse than ever.")
    words = page_of(ines.get(f"{page}/last-time")).text
    assert "This was done on" in words
    assert "The lock is on." in words
    assert "The answer is no. This is why. Not at night." in words
    assert "The answer is yes. The plan is to do it by" in words
    assert "A dog" not in words
    assert "Nobody has written down yet" not in words


def test_another_interviewer_shows_only_what_the_council_reads(
    app: Flask, people: People, ines: Visitor
) -> None:
    with keeping(app):
        old = a_finished_talk(people, {"ready": "yes"}, held_at=now() - timedelta(days=8),
                              more=[answer("would_help", WISH, audience=frozenset())])  # fmt: skip
        old.interviewer_id = people.omar.id
        page = f"/interviews/{an_interview(people).id}"
    ines.send(ines.get(f"{page}/talk"), go="read-back", why="It was worse than ever.")
    assert WISH not in ines.get(f"{page}/last-time").text


def test_one_talk_about_two_absences_asks_which_time_was_different(
    app: Flask, people: People, ines: Visitor
) -> None:
    with keeping(app):
        first = an_episode(people, returned_at=now() - timedelta(days=3))
        talk = an_interview(people, first, an_episode(people)).id
    assert 'name="which_time"' in ines.get(f"/interviews/{talk}/talk").text
