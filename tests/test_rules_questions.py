"""The questions, as data."""

from collections import Counter

import pytest

from interview.access import Part
from interview.questions import (
    FACES,
    NEWEST_SET,
    QUESTIONS,
    RECORD,
    SECTIONS,
    SETS,
    TALK,
    Kind,
    Question,
    Section,
    Who,
    questions_of,
)
from interview.reasons import REASONS

EVERY = pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS.keys())
CHOICES = {Kind.ONE, Kind.MANY, Kind.FACES, Kind.CARDS}


@EVERY
def test_a_question_names_its_part_and_its_section(question: Question) -> None:
    assert isinstance(question.part, Part)
    assert question.section in SECTIONS
    assert question.words


@EVERY
def test_a_choice_has_options_and_nothing_else_has(question: Question) -> None:
    keys = Counter(option.key for option in question.options)
    assert bool(keys) is (question.kind in CHOICES)
    assert not keys or max(keys.values()) == 1


@EVERY
def test_a_scale_says_what_its_ends_are(question: Question) -> None:
    assert all(question.ends) is (question.kind is Kind.SCALE)


@EVERY
def test_a_question_follows_one_before_it_in_its_section(question: Question) -> None:
    keys = list(QUESTIONS)
    if question.follows:
        assert keys.index(question.follows) < keys.index(question.key)
        assert QUESTIONS[question.follows].section is question.section


@EVERY
def test_the_child_is_asked_in_the_talk_and_the_worker_on_the_record(question: Question) -> None:
    of_child = question.section in {*TALK, Section.LAST_TIME, Section.CHECK}
    assert of_child is (question.who is Who.CHILD)


@EVERY
def test_a_question_names_what_it_answers_in_the_bank(question: Question) -> None:
    assert question.bank


def test_every_section_belongs_to_one_page() -> None:
    assert sorted([*TALK, Section.LAST_TIME, Section.CHECK, *RECORD]) == sorted(Section)
    assert set(SECTIONS) == set(Section)


def test_the_nine_that_no_form_asks_are_asked() -> None:
    asked = {code for question in QUESTIONS.values() for code in question.bank}
    assert {f"N{number}" for number in range(1, 10)} <= asked


def test_the_open_question_comes_before_the_cards() -> None:
    keys = list(QUESTIONS)
    assert keys.index("why") < keys.index("reasons")
    assert TALK.index(Section.WHY) < TALK.index(Section.CARDS)


def test_what_the_child_wants_comes_to_the_top() -> None:
    assert {"would_help", "stay_or_move"} <= {key for key, question in QUESTIONS.items() if question.wish}


def test_faces_have_words() -> None:
    assert all(face.words for face in FACES)


def test_a_set_knows_all_its_questions() -> None:
    assert set(SETS[NEWEST_SET]) <= set(QUESTIONS)
    assert not any(QUESTIONS[key].retired for key in SETS[NEWEST_SET])


def test_the_questions_of_a_page_come_in_their_order() -> None:
    of_talk = questions_of(NEWEST_SET, TALK)
    assert [question.key for question in of_talk] == [
        key for key in QUESTIONS if QUESTIONS[key].section in TALK
    ]


def test_a_set_that_never_was_is_an_error() -> None:
    with pytest.raises(KeyError):
        questions_of("1999-01", TALK)


def test_what_is_missing_here_is_asked_only_after_a_pull() -> None:
    assert [key for key, question in QUESTIONS.items() if question.after_pull] == ["missing_here"]


def test_what_stands_beside_a_question_of_the_worker_was_asked_of_the_child() -> None:
    for question in QUESTIONS.values():
        assert not question.beside or question.who is not Who.CHILD
        assert all(QUESTIONS[key].who is Who.CHILD for key in question.beside)


def test_adults_see_reasons_in_their_own_terms_and_never_an_allegation_there() -> None:
    worker, carer = (
        {option.key for option in QUESTIONS[key].options} for key in ("worker_reasons", "carer_reasons")
    )
    child = {code for code, reason in REASONS.items() if not reason.by_worker}
    assert worker == child - {"A5", "K1", "K2", "K3"} | {"K4"}
    assert carer == worker - {"K4"}
    assert {QUESTIONS[key].part for key in ("worker_reasons", "worker_biggest", "carer_reasons")} == {
        Part.VIEWS
    }


def test_only_the_child_is_asked_with_cards_of_reasons() -> None:
    assert [key for key, question in QUESTIONS.items() if question.kind is Kind.REASONS] == ["reasons"]


@EVERY
def test_what_calls_for_a_following_question_can_be_chosen(question: Question) -> None:
    if question.when:
        assert set(question.when) <= {option.key for option in QUESTIONS[question.follows].options}
