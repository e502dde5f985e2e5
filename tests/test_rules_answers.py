"""Answers: appended, the newest without a successor counts, nothing that is no answer is kept."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.access import COUNCIL, EVERYONE
from interview.answers import (
    CHECKS,
    CHILD_SAYS,
    LONGEST,
    READERS,
    SAID_BY,
    Answer,
    SaidBy,
    Skip,
    chosen_reasons,
    current,
    fault_of,
    heads,
    is_answered,
    missing_to_finish,
)
from interview.questions import NEWEST_SET, QUESTIONS, Kind

WHY = "why"


def said(op_id: str, base_op: str | None = None, question: str = WHY, **facts: Any) -> Answer:
    defaults: dict[str, Any] = {
        "value": f"words of {op_id}",
        "skipped": None,
        "said_by": SaidBy.WORD_FOR_WORD,
        "audience": COUNCIL,
    }
    return Answer(op_id=op_id, question=question, base_op=base_op, **(defaults | facts))


def test_the_only_answer_counts() -> None:
    assert current([said("a")]) == {WHY: said("a")}


def test_a_successor_takes_its_place() -> None:
    assert current([said("a"), said("b", "a"), said("c", "b")])[WHY].op_id == "c"


def test_a_successor_that_arrived_first_still_counts() -> None:
    assert current([said("c", "b"), said("a"), said("b", "a")])[WHY].op_id == "c"


def test_two_answers_on_one_base_are_a_branch_to_settle() -> None:
    branch = heads([said("a"), said("b", "a"), said("c", "a")])[WHY]
    assert [answer.op_id for answer in branch] == ["b", "c"]


def test_of_a_branch_the_newest_counts_until_someone_settles_it() -> None:
    branch = [said("a"), said("b", "a"), said("c", "a")]
    assert current(branch)[WHY].op_id == "c"
    assert heads([*branch, said("d", "b"), said("e", "c")])[WHY][-1].op_id == "e"


def test_two_questions_do_not_meet() -> None:
    both = current([said("a"), said("b", question="trigger")])
    assert (both[WHY].op_id, both["trigger"].op_id) == ("a", "b")


@given(st.permutations(["a", "b", "c", "d", "e"]))
def test_the_end_of_a_chain_counts_in_whatever_order_it_arrives(order: list[str]) -> None:
    bases = {"a": None, "b": "a", "c": "b", "d": "c", "e": "d"}
    assert current(said(op_id, bases[op_id]) for op_id in order)[WHY].op_id == "e"


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=20))
def test_whatever_arrives_someone_without_a_successor_is_among_the_heads(
    pairs: list[tuple[int, int]],
) -> None:
    answers = [said(f"{n}-{i}", f"{base}-{i - 1}") for i, (n, base) in enumerate(pairs)]
    assert answers[-1] in heads(answers)[WHY]


GOOD: list[tuple[str, Any]] = [
    (WHY, "Nobody listens."),
    (WHY, ""),
    (WHY, "x" * LONGEST),
    ("place", "A café"),
    ("safe_here", "sometimes"),
    ("how_tell", ["talk", "draw"]),
    ("how_tell", []),
    ("being_back", "3"),
    ("felt_safe_away", 0),
    ("felt_safe_away", 10),
    ("moves", 999),
    ("held_at", "2026-11-18T12:00:00+00:00"),
    ("reasons", ["A1", "B4"]),
    ("reasons", {"chosen": ["A1"], "biggest": "A1", "home": ["A1"], "told": {"A1": {"question": WHY}}}),
    ("reasons", {"chosen": []}),
]
BAD: list[tuple[str, Any]] = [
    (WHY, "x" * (LONGEST + 1)),
    (WHY, 7),
    (WHY, ["Nobody"]),
    (WHY, {"text": "Nobody"}),
    ("safe_here", "perhaps"),
    ("safe_here", ["yes"]),
    ("how_tell", "talk"),
    ("how_tell", ["talk", "shout"]),
    ("how_tell", [["talk"]]),
    ("being_back", "6"),
    ("being_back", 3),
    ("felt_safe_away", 11),
    ("felt_safe_away", -1),
    ("felt_safe_away", True),
    ("felt_safe_away", 3.5),
    ("moves", 1000),
    ("held_at", "2026-11-18T12:00:00"),
    ("held_at", "yesterday"),
    ("held_at", 5),
    ("reasons", ["Z9"]),
    ("reasons", [["A1"]]),
    ("reasons", "A1"),
    ("reasons", {"chosen": ["A1"], "biggest": "B1"}),
    ("reasons", {"chosen": ["A1"], "home": ["B1"]}),
    ("reasons", {"chosen": ["A1"], "told": {"B1": {"question": WHY}}}),
    ("reasons", {"chosen": ["A1"], "told": {"A1": {"question": "no such question"}}}),
    ("reasons", {"chosen": ["A1"], "told": {"A1": {"question": WHY, "words": ["no text"]}}}),
    ("reasons", {"chosen": ["A1"], "told": {"A1": "why"}}),
    ("reasons", {"chosen": ["A1"], "told": {"A1": {"question": ["why"]}}}),
    ("reasons", {"chosen": ["A1"], "told": ["A1"]}),
    ("reasons", {"chosen": ["A1"], "home": 1}),
    ("reasons", {"chosen": ["A1"], "home": [["A1"]]}),
    ("reasons", {"chosen": ["A1"], "biggest": ["A1"]}),
    ("reasons", {"chosen": "A1"}),
    ("reasons", {"chosen": None}),
    ("reasons", {"chosen": {"A1": 1}}),
    ("reasons", {"chosen": ["A1", "A1"]}),
    ("reasons", ["A1", "A1"]),
    ("how_tell", ["talk", "talk"]),
]


@pytest.mark.parametrize(("question", "value"), GOOD)
def test_an_answer_of_its_kind_is_kept(question: str, value: Any) -> None:
    assert fault_of(question, NEWEST_SET, value, None) is None


@pytest.mark.parametrize(("question", "value"), BAD)
def test_what_is_no_answer_is_refused_with_a_sentence(question: str, value: Any) -> None:
    assert "not an answer" in (fault_of(question, NEWEST_SET, value, None) or "")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
    max_leaves=8,
)
REASONS_LIKE = st.fixed_dictionaries(
    {},
    optional={
        "chosen": st.lists(st.sampled_from(["A1", "B1"])) | JSON,
        "biggest": st.just("A1") | JSON,
        "home": st.just(["A1"]) | JSON,
        "told": st.dictionaries(st.just("A1"), JSON) | JSON,
    },
)


@given(st.sampled_from(sorted(QUESTIONS)), JSON | REASONS_LIKE)
def test_whatever_is_sent_is_kept_or_refused_and_breaks_nothing(question: str, value: Any) -> None:
    refused = fault_of(question, NEWEST_SET, value, None)
    if refused is None and QUESTIONS[question].kind is Kind.REASONS and value is not None:
        assert chosen_reasons(value, EVERYONE) is not None


@pytest.mark.parametrize(("question", "question_set"), [("no such question", NEWEST_SET), (WHY, "1999-01")])
def test_a_question_outside_its_set_is_refused(question: str, question_set: str) -> None:
    assert "not in the question set" in (fault_of(question, question_set, "words", None) or "")


def test_every_kind_is_checked() -> None:
    assert set(CHECKS) == set(Kind)


@pytest.mark.parametrize(
    ("answer", "answered"),
    [
        (None, False),
        (said("a"), True),
        (said("a", value=""), False),
        (said("a", value=None), False),
        (said("a", value=[]), False),
        (said("a", value="  \n "), False),
        (said("a", value={"chosen": [], "biggest": None}), False),
        (said("a", value={"chosen": ["A1"]}), True),
        (said("a", value=0), True),
        (said("a", value=None, skipped=Skip.NOT_SURE), True),
        (said("a", value=None, skipped=Skip.RATHER_NOT_SAY), True),
        (said("a", value=None, skipped=Skip.LEFT_OUT), True),
        (said("a", value=None, skipped=Skip.LATER), False),
    ],
)
def test_a_skip_is_an_answer_and_later_is_not(answer: Answer | None, answered: bool) -> None:
    assert is_answered(answer) is answered


def test_what_must_not_be_blank_is_asked_for_before_the_end() -> None:
    missing = {question.key for question in missing_to_finish({}, NEWEST_SET)}
    assert {"why", "reasons", "safe_here", "harm", "options_talked", "helplines_given"} <= missing


def test_nothing_is_missing_once_each_is_answered_or_skipped() -> None:
    given_all = {
        question.key: said(question.key, question=question.key, value=None, skipped=Skip.RATHER_NOT_SAY)
        for question in missing_to_finish({}, NEWEST_SET)
    }
    assert missing_to_finish(given_all, NEWEST_SET) == ()


def test_every_way_of_saying_has_its_words() -> None:
    assert set(SAID_BY) == set(SaidBy)
    assert set(CHILD_SAYS) == set(SaidBy) - {SaidBy.CARER, SaidBy.WORKER}
    assert set(READERS) == EVERYONE


def test_a_reason_is_tied_to_the_sentence_it_came_from() -> None:
    value = {
        "chosen": ["A1", "B1"],
        "biggest": "B1",
        "told": {"A1": {"question": WHY, "words": "They hit me"}},
    }
    bullied, family = chosen_reasons(value, EVERYONE)
    assert (bullied.told_in, bullied.told_words, bullied.biggest) == (WHY, "They hit me", False)
    assert (family.told_in, family.told_words, family.biggest) == (None, "", True)
