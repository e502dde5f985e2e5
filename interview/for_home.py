"""What of a talk goes to the home: shown to the interviewer before it does, and what may be kept back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from interview.access import Audience
from interview.answers import Answer, ChosenReason, chosen_reasons
from interview.questions import QUESTIONS, Kind
from interview.reasons import REASONS
from interview.summary import home_reads


@dataclass(frozen=True)
class ForHome:
    """One thing that the adults at the home will read: an answer (its question) or a reason (its code)."""

    key: str
    asked: str
    value: Any


def for_the_home(kept: dict[str, Answer]) -> tuple[ForHome, ...]:
    """What the home will read of these answers once the talk is finished, reasons first.

    Of an answer with several versions each of them (interview/versions.py).
    """
    codes = dict.fromkeys(reason.code for reason in chosen(kept) if Audience.HOME in reason.audience)
    reasons = (ForHome(code, REASONS[code].child, REASONS[code].term) for code in codes)
    hidden = tied_to_hidden(kept)
    answers = (
        ForHome(answer.question, QUESTIONS[answer.question].words, answer.value)
        for answer in kept.values()
        if home_reads(answer) and answer.question not in hidden
    )
    return (*reasons, *answers)


def chosen(kept: dict[str, Answer]) -> tuple[ChosenReason, ...]:
    """The reasons in these answers."""
    cards = (answer for answer in kept.values() if QUESTIONS[answer.question].kind is Kind.REASONS)
    return tuple(reason for card in cards for reason in chosen_reasons(card.value, card.audience))


def tied_to_hidden(kept: dict[str, Answer]) -> frozenset[str]:
    """The questions in whose answers a reason was told that the home does not hear of.

    The words of such a reason are the reason: an answer that holds them is not for the home either.
    """
    return frozenset(
        reason.told_in for reason in chosen(kept) if reason.told_in and Audience.HOME not in reason.audience
    )


def kept_back(kept: dict[str, Answer], keys: Iterable[str]) -> list[Answer]:
    """The answers as they are after these questions and reasons are kept from the home."""
    back = set(keys)
    return [
        changed
        for answer, changed in ((answer, _without_home(answer, back)) for answer in kept.values())
        if changed != answer
    ]


def _without_home(answer: Answer, back: set[str]) -> Answer:
    key = answer.question
    if QUESTIONS[key].kind is Kind.REASONS and isinstance(answer.value, dict):
        home = [code for code in answer.value.get("home", ()) if code not in back]
        return replace(answer, value=answer.value | {"home": home})
    return replace(answer, audience=answer.audience - {Audience.HOME}) if key in back else answer
