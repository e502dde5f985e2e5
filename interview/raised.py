"""What in a talk raises a concern: an allegation about an adult, or a danger. It waits for no summary."""

from collections.abc import Iterable
from typing import NamedTuple

from interview.answers import Answer, codes_of
from interview.concerns import ConcernKind
from interview.duties import Danger
from interview.questions import QUESTIONS, Kind
from interview.reasons import REASONS

# An answer "yes" that raises an allegation, and the question in which the child's words about it stand.
ALLEGATIONS = {"adult_hurt": "adult_hurt_words", "staff_concern": "staff_concern_words"}
RAISING = frozenset({*ALLEGATIONS, *ALLEGATIONS.values()})
STAFF_HARM = "A5"

# Which dangers a card may speak of, to know what a worker has already written down about it. A card by
# itself says too little to start a stricter clock than that of "another danger".
SPEAKS_OF: dict[str, frozenset[Danger]] = {
    "D4": frozenset({Danger.SELF_HARM}),
    "G1": frozenset({Danger.SEXUAL_ABUSE, Danger.EXPLOITATION}),
    "G2": frozenset({Danger.EXPLOITATION}),
    "G3": frozenset({Danger.EXPLOITATION}),
    "F2": frozenset({Danger.SEXUAL_ABUSE, Danger.OTHER}),
}

# After these answers the worker is offered the page for when someone is not safe. It is never forced.
OFFERS_AFTER: dict[str, frozenset[str]] = {
    "adult_hurt": frozenset({"yes"}),
    "hurt_away": frozenset({"yes"}),
    "reasons": frozenset(code for code, reason in REASONS.items() if reason.danger),
}


class Said(NamedTuple):
    """One thing that was said, and which dangers it may speak of."""

    words: str
    dangers: frozenset[Danger]


def raised(kept: dict[str, Answer]) -> dict[ConcernKind, tuple[Said, ...]]:
    """What these answers raise, by kind: each thing that was said, once."""
    found = {ConcernKind.ALLEGATION: _allegation(kept), ConcernKind.DANGER: _dangers(kept)}
    return {kind: tuple(dict.fromkeys(said)) for kind, said in found.items() if said}


def may_raise(questions: Iterable[str]) -> bool:
    """Whether answers to these questions can raise a concern."""
    return any(key in RAISING or QUESTIONS[key].kind is Kind.REASONS for key in questions)


def offers_after(question: str, answer: Answer | None) -> bool:
    """Whether this answer is one after which the worker is offered to write down a danger."""
    if answer is None or answer.skipped is not None:
        return False
    chosen = codes_of(answer.value) if question == "reasons" else (answer.value,)
    # Compared and not hashed: what was chosen of many, or drawn, is a list.
    return any(said in chosen for said in OFFERS_AFTER.get(question, ()))


def _allegation(kept: dict[str, Answer]) -> list[Said]:
    asked = [words for question, words in ALLEGATIONS.items() if _is_yes(kept, question)]
    if not asked and STAFF_HARM not in _chosen(kept):
        return []
    said = [_tied(kept, STAFF_HARM), *(_words(kept, words) for words in asked)]
    told = [words for words in said if words] or [REASONS[STAFF_HARM].term]
    return [Said(words, frozenset({Danger.ADULT_AT_WORK})) for words in told]


def _dangers(kept: dict[str, Answer]) -> list[Said]:
    codes = [code for code in _chosen(kept) if REASONS[code].danger and code != STAFF_HARM]
    return [
        Said(
            ": ".join(filter(None, (REASONS[code].term, _tied(kept, code)))),
            SPEAKS_OF.get(code, frozenset({Danger.OTHER})),
        )
        for code in codes
    ]


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
