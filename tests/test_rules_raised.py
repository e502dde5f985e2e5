"""What a child says about harm raises a concern at once, whatever becomes of the talk."""

import pytest

from interview.access import COUNCIL
from interview.answers import Answer, SaidBy, Skip
from interview.concerns import ConcernKind
from interview.raised import may_raise, raised
from interview.reasons import REASONS


def said(question: str, value: object, skipped: Skip | None = None) -> Answer:
    return Answer(question, question, value, skipped, SaidBy.CHILD_TYPED, COUNCIL)


def kept(**answers: object) -> dict[str, Answer]:
    return {question: said(question, value) for question, value in answers.items()}


def test_an_adult_who_hurts_is_an_allegation_in_the_childs_words() -> None:
    (concern,) = raised(kept(adult_hurt="yes", adult_hurt_words="He twisted my arm."))
    assert (concern.kind, concern.words) == (ConcernKind.ALLEGATION, "He twisted my arm.")


def test_a_no_raises_nothing() -> None:
    assert raised(kept(adult_hurt="no", staff_concern="no")) == ()


def test_rather_not_say_raises_nothing_by_itself() -> None:
    assert raised({"adult_hurt": said("adult_hurt", "yes", Skip.RATHER_NOT_SAY)}) == ()


@pytest.mark.parametrize("code", [code for code, reason in REASONS.items() if reason.danger])
def test_each_reason_of_danger_raises_one(code: str) -> None:
    (concern,) = raised(kept(reasons=[code]))
    assert concern.source == code
    assert (concern.kind is ConcernKind.ALLEGATION) == (code == "A5")


def test_the_tied_sentence_is_in_it() -> None:
    tie = {"D4": {"question": "why", "words": "I did not want to be here."}}
    (concern,) = raised(kept(reasons={"chosen": ["D4"], "told": tie}))
    assert concern.words.endswith("I did not want to be here.")


def test_boredom_is_no_concern() -> None:
    assert raised(kept(reasons=["A9"])) == ()


def test_only_some_questions_can_raise_one() -> None:
    assert may_raise(["why", "reasons"])
    assert not may_raise(["why", "being_back"])
