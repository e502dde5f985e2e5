"""What in a talk raises a concern: an allegation about an adult, or a danger. It waits for no summary."""

from collections.abc import Iterable
from typing import Any, NamedTuple

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
    said = [*_tied(kept, STAFF_HARM), *(one for words in asked for one in _words(kept, words))]
    told = [words for words in said if words] or [REASONS[STAFF_HARM].term]
    return [Said(words, frozenset({Danger.ADULT_AT_WORK})) for words in told]


def _dangers(kept: dict[str, Answer]) -> list[Said]:
    codes = [code for code in _chosen(kept) if REASONS[code].danger and code != STAFF_HARM]
    return [
        Said(
            ": ".join(filter(None, (REASONS[code].term, words))),
            SPEAKS_OF.get(code, frozenset({Danger.OTHER})),
        )
        for code in codes
        for words in _tied(kept, code) or [""]
    ]


def _versions(kept: dict[str, Answer], question: str) -> list[Answer]:
    """The answer to a question, or its versions where they are not settled."""
    return [answer for answer in kept.values() if answer.question == question]


def _is_yes(kept: dict[str, Answer], question: str) -> bool:
    return any(one.value == "yes" and one.skipped is None for one in _versions(kept, question))


def _words(kept: dict[str, Answer], question: str) -> list[str]:
    return [str(one.value or "") for one in _versions(kept, question)]


def _cards(kept: dict[str, Answer]) -> list[Any]:
    return [one.value for one in kept.values() if QUESTIONS[one.question].kind is Kind.REASONS]


def _chosen(kept: dict[str, Answer]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for cards in _cards(kept) for code in codes_of(cards)))


def _tied(kept: dict[str, Answer], code: str) -> list[str]:
    told = (cards.get("told", {}) for cards in _cards(kept) if isinstance(cards, dict))
    said = (str(ties[code].get("words", "")) for ties in told if code in ties)
    return list(dict.fromkeys(words for words in said if words))
