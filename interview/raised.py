"""What in a talk raises a concern: an allegation about an adult, or a danger. It waits for no summary."""

from collections.abc import Iterable

from interview.answers import Answer, codes_of
from interview.concerns import ConcernKind
from interview.questions import QUESTIONS, Kind
from interview.reasons import REASONS

# An answer "yes" that raises an allegation, and the question in which the child's words about it stand.
ALLEGATIONS = {"adult_hurt": "adult_hurt_words", "staff_concern": "staff_concern_words"}
RAISING = frozenset({*ALLEGATIONS, *ALLEGATIONS.values()})
STAFF_HARM = "A5"


def raised(kept: dict[str, Answer]) -> dict[ConcernKind, tuple[str, ...]]:
    """What these answers raise, by kind: each thing that was said, once."""
    found = {ConcernKind.ALLEGATION: _allegation(kept), ConcernKind.DANGER: _dangers(kept)}
    return {kind: tuple(dict.fromkeys(said)) for kind, said in found.items() if said}


def may_raise(questions: Iterable[str]) -> bool:
    """Whether answers to these questions can raise a concern."""
    return any(key in RAISING or QUESTIONS[key].kind is Kind.REASONS for key in questions)


def _allegation(kept: dict[str, Answer]) -> list[str]:
    asked = [words for question, words in ALLEGATIONS.items() if _is_yes(kept, question)]
    if not asked and STAFF_HARM not in _chosen(kept):
        return []
    said = [_tied(kept, STAFF_HARM), *(_words(kept, words) for words in asked)]
    return [words for words in said if words] or [REASONS[STAFF_HARM].term]


def _dangers(kept: dict[str, Answer]) -> list[str]:
    codes = [code for code in _chosen(kept) if REASONS[code].danger and code != STAFF_HARM]
    return [": ".join(filter(None, (REASONS[code].term, _tied(kept, code)))) for code in codes]


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
