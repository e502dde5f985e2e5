"""Whether the child's voice is in a record."""

import pytest

from interview.access import COUNCIL
from interview.answers import Answer, SaidBy, Skip
from interview.voice import is_heard


def said(question: str, value: object, by: SaidBy, skipped: Skip | None = None) -> dict[str, Answer]:
    """One answer, as it is kept."""
    return {question: Answer("one", question, value, skipped, by, COUNCIL)}


@pytest.mark.parametrize("by", [SaidBy.CHILD_TYPED, SaidBy.WORD_FOR_WORD, SaidBy.INTERPRETER])
def test_a_child_is_heard_in_words_of_their_own(by: SaidBy) -> None:
    assert is_heard(said("why", "They shout.", by))


@pytest.mark.parametrize(
    "kept",
    [
        {},
        said("why", "They shout.", SaidBy.PARAPHRASE),
        said("why", "  ", SaidBy.CHILD_TYPED),
        said("why", "They shout.", SaidBy.CHILD_TYPED, Skip.RATHER_NOT_SAY),
        said("safe_here", "no", SaidBy.CHILD_TYPED),
        said("worker_view", "Lonely.", SaidBy.WORKER),
        said("agrees_why", "Not all.", SaidBy.CHILD_TYPED),
    ],
)
def test_a_child_is_not_heard_in_the_words_of_others(kept: dict[str, Answer]) -> None:
    assert not is_heard(kept)
