"""What goes to the home is seen before it goes, and can be kept back without changing a word."""

from typing import Any

from interview.access import COUNCIL, EVERYONE, Audience
from interview.answers import Answer, SaidBy
from interview.for_home import for_the_home, kept_back, tied_to_hidden

TWISTED = "He twisted my arm."


def said(question: str, value: Any, audience: frozenset[Audience] = EVERYONE) -> Answer:
    return Answer(question, question, value, None, SaidBy.CHILD_TYPED, audience)


def talk(**changes: Answer) -> dict[str, Answer]:
    cards = {"chosen": ["A9", "A6"], "home": ["A9"]}
    return {"why": said("why", "I was bored."), "reasons": said("reasons", cards)} | changes


def keys(kept: dict[str, Answer]) -> set[str]:
    return {one.key for one in for_the_home(kept)}


def test_only_what_the_child_let_the_home_read_is_listed() -> None:
    assert keys(talk()) == {"A9", "why"}
    assert keys(talk(why=said("why", "I was bored.", COUNCIL))) == {"A9"}


def test_where_the_child_went_is_never_listed() -> None:
    assert keys(talk(where_went=said("where_went", "To the sea."), going_to=said("going_to", "Nan"))) == {
        "A9",
        "why",
    }


def test_the_words_of_a_reason_that_is_not_for_the_home_stay_with_it() -> None:
    cards = {
        "chosen": ["A5", "A9"],
        "home": ["A9", "A5"],
        "told": {"A5": {"question": "why", "words": TWISTED}},
    }
    kept = talk(why=said("why", TWISTED), reasons=said("reasons", cards))
    assert tied_to_hidden(kept) == {"why"}
    assert keys(kept) == {"A9"}


def test_keeping_back_changes_who_reads_and_not_a_word() -> None:
    kept = talk()
    after = {answer.question: answer for answer in kept_back(kept, ["why", "A9"])}
    assert after["why"].value == "I was bored."
    assert keys(kept | after) == set()


def test_keeping_nothing_back_changes_nothing() -> None:
    assert kept_back(talk(), []) == []
