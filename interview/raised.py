"""What in a talk raises a concern: an allegation about an adult, or a danger. It waits for no summary."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from interview.answers import Answer, codes_of
from interview.concerns import ConcernKind
from interview.questions import QUESTIONS, Kind
from interview.reasons import REASONS

# An answer "yes" that raises an allegation, and the question in which the child's words about it stand.
ALLEGATIONS = {"adult_hurt": "adult_hurt_words", "staff_concern": "staff_concern_words"}
RAISING = frozenset({*ALLEGATIONS, *ALLEGATIONS.values()})
STAFF_HARM = "A5"


@dataclass(frozen=True)
class Raised:
    """One concern that a talk raises: its kind, the question or reason it came from, and what was said."""

    kind: ConcernKind
    source: str
    words: str


def raised(kept: dict[str, Answer]) -> tuple[Raised, ...]:
    """Each concern that these answers raise."""
    return (*_allegations(kept), *_dangers(kept))


def may_raise(questions: Iterable[str]) -> bool:
    """Whether answers to these questions can raise a concern."""
    return any(key in RAISING or QUESTIONS[key].kind is Kind.REASONS for key in questions)


def _allegations(kept: dict[str, Answer]) -> Iterator[Raised]:
    for asked, words in ALLEGATIONS.items():
        if _is_yes(kept, asked):
            yield Raised(ConcernKind.ALLEGATION, asked, _words(kept, words) or REASONS[STAFF_HARM].term)


def _dangers(kept: dict[str, Answer]) -> Iterator[Raised]:
    for code in _chosen(kept):
        reason, tied = REASONS[code], _tied(kept, code)
        if reason.danger:
            kind = ConcernKind.ALLEGATION if code == STAFF_HARM else ConcernKind.DANGER
            yield Raised(kind, code, f"{reason.term}: {tied}" if tied else reason.term)


def _is_yes(kept: dict[str, Answer], question: str) -> bool:
    return question in kept and kept[question].value == "yes" and kept[question].skipped is None


def _words(kept: dict[str, Answer], question: str) -> str:
    return str(kept[question].value or "") if question in kept else ""


def _cards(kept: dict[str, Answer]) -> object:
    return next((a.value for key, a in kept.items() if QUESTIONS[key].kind is Kind.REASONS), None)


def _chosen(kept: dict[str, Answer]) -> tuple[str, ...]:
    return codes_of(_cards(kept))


def _tied(kept: dict[str, Answer], code: str) -> str:
    cards = _cards(kept)
    told = cards.get("told", {}) if isinstance(cards, dict) else {}
    return str(told.get(code, {}).get("words", ""))
