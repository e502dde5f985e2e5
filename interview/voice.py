"""Whether the child's voice is really in a record: words or a drawing of their own, not an adult's."""

from interview.answers import Answer, SaidBy, is_answered
from interview.questions import QUESTIONS, Kind, Section, Who

OWN = frozenset({SaidBy.CHILD_TYPED, SaidBy.WORD_FOR_WORD, SaidBy.INTERPRETER})
IN_THEIR_WORDS = frozenset({Kind.WORDS, Kind.LINE, Kind.DRAWING})


def is_heard(kept: dict[str, Answer]) -> bool:
    """Whether anything of the talk stands there as the child said, wrote or drew it."""
    return any(_is_own(answer) for answer in kept.values())


def _is_own(answer: Answer) -> bool:
    question = QUESTIONS[answer.question]
    told = question.who is Who.CHILD and question.section is not Section.CHECK
    in_words = question.kind in IN_THEIR_WORDS and answer.said_by in OWN
    return told and in_words and answer.skipped is None and is_answered(answer)
