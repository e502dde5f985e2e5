"""What a child says about harm raises a concern at once, whatever becomes of the talk."""

import pytest

from interview.access import COUNCIL
from interview.answers import Answer, SaidBy, Skip
from interview.concerns import ConcernKind
from interview.questions import QUESTIONS
from interview.raised import OFFERS_AFTER, Said, may_raise, offers_after, raised
from interview.reasons import REASONS

TWISTED = "He twisted my arm."


def said(question: str, value: object, skipped: Skip | None = None) -> Answer:
    return Answer(question, question, value, skipped, SaidBy.CHILD_TYPED, COUNCIL)


def kept(**answers: object) -> dict[str, Answer]:
    return {question: said(question, value) for question, value in answers.items()}


def words(found: dict[ConcernKind, tuple[Said, ...]]) -> dict[ConcernKind, tuple[str, ...]]:
    return {kind: tuple(one.words for one in said) for kind, said in found.items()}


def test_an_adult_who_hurts_is_an_allegation_in_the_childs_words() -> None:
    found = raised(kept(adult_hurt="yes", adult_hurt_words=TWISTED))
    assert words(found) == {ConcernKind.ALLEGATION: (TWISTED,)}


def test_card_question_and_worker_are_one_allegation() -> None:
    cards = {"chosen": ["A5"], "told": {"A5": {"question": "why", "words": TWISTED}}}
    everything = kept(
        reasons=cards,
        adult_hurt="yes",
        adult_hurt_words="The little ones too.",
        staff_concern="yes",
        staff_concern_words=TWISTED,
    )
    assert words(raised(everything)) == {ConcernKind.ALLEGATION: (TWISTED, "The little ones too.")}


def test_a_no_raises_nothing() -> None:
    assert raised(kept(adult_hurt="no", staff_concern="no")) == {}


def test_rather_not_say_raises_nothing_by_itself() -> None:
    assert raised({"adult_hurt": said("adult_hurt", "yes", Skip.RATHER_NOT_SAY)}) == {}


@pytest.mark.parametrize("code", [code for code, reason in REASONS.items() if reason.danger])
def test_each_reason_of_danger_raises_its_kind(code: str) -> None:
    kind = ConcernKind.ALLEGATION if code == "A5" else ConcernKind.DANGER
    assert words(raised(kept(reasons=[code]))) == {kind: (REASONS[code].term,)}


def test_the_tied_sentence_is_in_it() -> None:
    tie = {"D4": {"question": "why", "words": "I did not want to be here."}}
    (danger,) = raised(kept(reasons={"chosen": ["D4"], "told": tie}))[ConcernKind.DANGER]
    assert danger.words.endswith("I did not want to be here.")


def test_boredom_is_no_concern() -> None:
    assert raised(kept(reasons=["A9"])) == {}


def test_only_some_questions_can_raise_one() -> None:
    assert may_raise(["why", "reasons"])
    assert not may_raise(["why", "being_back"])


@pytest.mark.parametrize(
    ("question", "value", "offered"),
    [
        ("adult_hurt", "yes", True),
        ("adult_hurt", "no", False),
        ("hurt_away", "yes", True),
        ("reasons", {"chosen": ["A9", "D4"]}, True),
        ("reasons", {"chosen": ["A9"]}, False),
        ("why", "yes", False),
    ],
)
def test_the_page_for_when_someone_is_not_safe_is_offered_after_some_answers(
    question: str, value: object, *, offered: bool
) -> None:
    assert offers_after(question, said(question, value)) is offered


def test_nothing_is_offered_after_a_skip() -> None:
    assert not offers_after("adult_hurt", said("adult_hurt", "yes", Skip.RATHER_NOT_SAY))
    assert not offers_after("adult_hurt", None)
    assert OFFERS_AFTER.keys() <= QUESTIONS.keys()


def test_what_was_chosen_of_many_offers_nothing_and_breaks_nothing() -> None:
    assert not offers_after("who_there", said("who_there", ["friend", "family"]))
