"""Answers as they are kept: appended, never changed; the current one is the newest without a successor."""

import json
from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from interview import drawings
from interview.access import Audience
from interview.questions import QUESTIONS, SETS, Kind, Question, Section
from interview.reasons import REASONS, ForHome
from interview.words import C_, N_

LONGEST = 20_000
# What the child can choose. That it could not be found out yet is for the worker to say, among the worker's.
CHILDS_CODES = frozenset(code for code, reason in REASONS.items() if not reason.by_worker)
NOT_FOUND_OUT = frozenset(REASONS) - CHILDS_CODES


class Skip(StrEnum):
    """Why there is no value. Each is an answer of its own, and none of them is a blank."""

    NOT_SURE = "not-sure"
    RATHER_NOT_SAY = "rather-not-say"
    LATER = "later"
    LEFT_OUT = "left-out"


SKIPS: dict[Skip, str] = {
    Skip.NOT_SURE: C_("Not sure"),
    Skip.RATHER_NOT_SAY: C_("Rather not say"),
    Skip.LATER: C_("Come back to this"),
}


class SaidBy(StrEnum):
    """How an answer came onto the page."""

    CHILD_TYPED = "child-typed"
    WORD_FOR_WORD = "word-for-word"
    PARAPHRASE = "paraphrase"
    INTERPRETER = "interpreter"
    CARER = "carer"
    WORKER = "worker"


SAID_BY: dict[SaidBy, str] = {
    SaidBy.CHILD_TYPED: N_("typed by the child"),
    SaidBy.WORD_FOR_WORD: N_("word for word"),
    SaidBy.PARAPHRASE: N_("in the interviewer's words"),
    SaidBy.INTERPRETER: N_("through an interpreter"),
    SaidBy.CARER: N_("from the carer"),
    SaidBy.WORKER: N_("the interviewer's own"),
}

CHILD_SAYS: dict[SaidBy, str] = {
    SaidBy.CHILD_TYPED: C_("I typed it myself"),
    SaidBy.WORD_FOR_WORD: C_("Written for me, exactly what I said"),
    SaidBy.PARAPHRASE: C_("Written for me, in other words"),
    SaidBy.INTERPRETER: C_("Said through an interpreter"),
}

WRITERS: dict[SaidBy, str] = {
    SaidBy.WORD_FOR_WORD: C_("The grown-up, word for word"),
    SaidBy.PARAPHRASE: C_("The grown-up, in other words"),
    SaidBy.CHILD_TYPED: C_("I am"),
    SaidBy.INTERPRETER: C_("Through an interpreter"),
}

READERS: dict[Audience, str] = {
    Audience.SOCIAL_WORKER: C_("My social worker"),
    Audience.REVIEWING_OFFICER: C_("The person who runs my reviews"),
    Audience.HOME: C_("The adults at my home"),
}
# What each of them gets, in words for the child.
READER_TOLD: dict[Audience, tuple[str, ...]] = {
    Audience.SOCIAL_WORKER: (C_("Gets what you choose here, to help make things better."),),
    Audience.REVIEWING_OFFICER: (C_("Gets what you choose here, before the meeting about your plans."),),
    Audience.HOME: (
        C_("Get only what you choose for them here."),
        C_("Answers about where you were, or an adult who hurt you, never go there."),
    ),
}

# The same readers beside the folded question who may read an answer.
READERS_SHORT: dict[Audience, str] = {
    Audience.SOCIAL_WORKER: C_("Social worker"),
    Audience.REVIEWING_OFFICER: C_("Reviews"),
    Audience.HOME: C_("Home"),
}


@dataclass(frozen=True)
class Answer:
    """One saved answer. `device_time` is what the tablet thought, and decides nothing.

    `base_op` is the answer that it was written over; `settles` are other versions that it was chosen over.
    """

    op_id: str
    question: str
    value: Any
    skipped: Skip | None
    said_by: SaidBy
    audience: frozenset[Audience]
    base_op: str | None = None
    question_set: str = ""
    device_time: datetime | None = None
    server_time: datetime | None = None
    author: str = ""
    language: str = "en"
    settles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ChosenReason:
    """One reason out of an answer: its code, whether it is the biggest, and who may read it.

    `told_in` is the question in whose answer the child said so, `told_words` the sentence.
    """

    code: str
    biggest: bool
    audience: frozenset[Audience]
    told_in: str | None = None
    told_words: str = ""


def heads(answers: Iterable[Answer]) -> dict[str, list[Answer]]:
    """For each question its answers without a successor, oldest first: two or more are a branch to settle."""
    of_question: dict[str, dict[str, Answer]] = {}
    for answer in answers:
        of_question.setdefault(answer.question, {}).setdefault(answer.op_id, answer)
    return {question: _heads(kept) for question, kept in of_question.items()}


def _heads(kept: dict[str, Answer]) -> list[Answer]:
    before = {op_id: _before(answer) for op_id, answer in kept.items()}
    built_upon = frozenset().union(*before.values())
    ways, reached = [op_id for op_id in kept if op_id not in built_upon], set[str]()
    while ways:
        op_id = ways.pop()
        reached.add(op_id)
        ways.extend(one for one in before.get(op_id, ()) if one not in reached)
    # Answers that lead only to each other would hide each other: each of them stands.
    return [answer for op_id, answer in kept.items() if op_id not in built_upon or op_id not in reached]


def _before(answer: Answer) -> frozenset[str]:
    """The answers that do not count any more because of this one: itself is never among them."""
    base = {answer.base_op} if answer.base_op else set[str]()
    return frozenset(base | answer.settles) - {answer.op_id}


def is_nothing(answer: Answer) -> bool:
    """Whether nothing was said and nothing taken back: a blank that was written over no answer."""
    return answer.value is None and answer.skipped is None and not answer.base_op and not answer.settles


def content(answer: Answer) -> tuple[str, str, str, tuple[str, ...]]:
    """What was said to which question, for which readers: where it is the same, it is no other version."""
    said = json.dumps(answer.value, sort_keys=True)
    return answer.question, said, answer.skipped or "", tuple(sorted(answer.audience))


def current(answers: Iterable[Answer]) -> dict[str, Answer]:
    """For each question the newest answer, which a page goes on from. Give them in the order of the server.

    Where there are several versions the others count as well: interview/versions.py has all of them.
    """
    return {question: _newest(branch) for question, branch in heads(answers).items()}


def _newest(branch: list[Answer]) -> Answer:
    return next((answer for answer in reversed(branch) if not is_nothing(answer)), branch[-1])


def chosen_reasons(value: Any, audience: frozenset[Audience]) -> tuple[ChosenReason, ...]:
    """The reasons in an answer to the cards, each with its own audience.

    `value` is a list of codes, or a dict with `chosen`, `biggest`, `told` (by code, the question and the
    words in it) and `home` (codes that the child lets the home know). The child's audience can narrow a
    reason, and only the child can widen it to the home; some never go there at all.
    """
    told: dict[str, dict[str, str]] = value.get("told", {}) if isinstance(value, dict) else {}
    return tuple(
        ChosenReason(
            code,
            code == biggest_of(value),
            _audience(code, value, audience),
            told.get(code, {}).get("question"),
            told.get(code, {}).get("words", ""),
        )
        for code in codes_of(value)
    )


def codes_of(value: Any) -> tuple[str, ...]:
    """The reason codes in an answer to the cards."""
    return tuple(value.get("chosen", ()) if isinstance(value, dict) else value or ())


def biggest_of(value: Any) -> str | None:
    """The code that the child called the biggest."""
    return value.get("biggest") if isinstance(value, dict) else None


def _audience(code: str, value: Any, chosen: frozenset[Audience]) -> frozenset[Audience]:
    reason = REASONS[code]
    council = chosen - {Audience.HOME}
    if reason.for_home is ForHome.NEVER:
        return council
    said = value.get("home") if isinstance(value, dict) else None
    # The home hears of no reason before the child was asked whether it may.
    return council | {Audience.HOME} if said is not None and code in said else council


NO_ANSWER = N_("This is not an answer to this question. Choose again.")
NO_NUMBER = "no-number"


def fault_of(question_key: str, question_set: str, value: Any, skipped: Skip | None) -> str | None:
    """Why an answer cannot be kept, as a sentence; None when it can."""
    question = QUESTIONS.get(question_key)
    if question is None or question_key not in SETS.get(question_set, ()):
        return N_("This question is not in the question set. Reload the page; what you wrote is kept.")
    if skipped is not None or value is None:
        return None
    if not CHECKS[question.kind](question, value):
        return NO_ANSWER
    return None


# A child meets the same faults, and reads of what to do; nobody made a mistake.
FAULTS_FOR_CHILD: dict[str, str] = {
    NO_ANSWER: C_("This does not fit here. Please say it in another way."),
    NO_NUMBER: C_("Please write a number here, like 3."),
}
ANY_FAULT_FOR_CHILD = C_("This is not saved yet. Please write it once more.")


def fault_for_child(question_key: str, fault: str) -> str:
    """A fault of an answer, in the words for a child."""
    question = QUESTIONS.get(question_key)
    if question is not None and question.kind is Kind.NUMBER and fault == NO_ANSWER:
        fault = NO_NUMBER
    return FAULTS_FOR_CHILD.get(fault, ANY_FAULT_FOR_CHILD)


def _words(question: Question, value: Any) -> bool:
    return _is_text(value) and len(value) <= LONGEST


def _is_text(value: Any) -> bool:
    # Half a character, as a broken keyboard can send it, cannot be kept in any file.
    return isinstance(value, str) and value == value.encode(errors="ignore").decode()


def _one(question: Question, value: Any) -> bool:
    return isinstance(value, str) and value in {option.key for option in question.options}


def _many(question: Question, value: Any) -> bool:
    return isinstance(value, list) and all(_one(question, key) for key in value) and _is_once(value)


def _is_once(keys: list[str]) -> bool:
    # What is chosen twice would be counted twice.
    return len(set(keys)) == len(keys)


def _scale(question: Question, value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10


def _number(question: Question, value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 999


def _reasons(question: Question, value: Any) -> bool:
    if not isinstance(value, dict):
        return _are_codes(value)
    if not _are_codes(value.get("chosen", [])):
        return False
    codes = set(codes_of(value))
    biggest = biggest_of(value)
    return (
        (biggest is None or _are_among([biggest], codes))
        and _are_among(value.get("home", []), codes)
        and _ties(value.get("told", {}), codes)
    )


def _are_codes(value: Any) -> bool:
    return _are_among(value, CHILDS_CODES) and _is_once(value)


def _are_among(some: Any, codes: Set[str]) -> bool:
    return isinstance(some, list) and all(isinstance(code, str) and code in codes for code in some)


def _ties(told: Any, codes: Set[str]) -> bool:
    return isinstance(told, dict) and all(
        code in codes and isinstance(tie, dict) and _is_tie(tie) for code, tie in told.items()
    )


def _is_tie(tie: dict[Any, Any]) -> bool:
    return all(_is_text(part) for part in tie.values()) and tie.get("question") in QUESTIONS


def _moment(question: Question, value: Any) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _drawing(question: Question, value: Any) -> bool:
    return drawings.is_drawing(value)


CHECKS = {
    Kind.WORDS: _words,
    Kind.LINE: _words,
    Kind.ONE: _one,
    Kind.FACES: _one,
    Kind.MANY: _many,
    Kind.SCALE: _scale,
    Kind.NUMBER: _number,
    Kind.REASONS: _reasons,
    Kind.MOMENT: _moment,
    Kind.CARDS: _many,
    Kind.DRAWING: _drawing,
}


def needed_to_finish(question_set: str) -> tuple[Question, ...]:
    """What a finished talk of this question set has an answer to."""
    return tuple(question for question in (QUESTIONS[key] for key in SETS[question_set]) if question.needed)


def missing_to_finish(current_answers: dict[str, Answer], question_set: str) -> tuple[Question, ...]:
    """What must be answered or skipped before a talk is finished (guidance; law-and-guidance rule 14).

    Where the worker says that the reasons could not be found out yet, the child's are not waited for.
    """
    waived = WHY if could_not_be_found_out(current_answers) else frozenset[Section]()
    return tuple(
        question
        for question in needed_to_finish(question_set)
        if question.section not in waived
        and not any(
            is_answered(answer)
            for answer in current_answers.values()
            if answer.question in {question.key, *question.or_else}
        )
    )


WHY = frozenset({Section.WHY, Section.CARDS})


def could_not_be_found_out(current_answers: dict[str, Answer]) -> bool:
    """Whether the worker says that the reasons are not known yet: not the same as that there are none."""
    said = current_answers.get("worker_reasons")
    return said is not None and not NOT_FOUND_OUT.isdisjoint(said.value or ())


def is_answered(answer: Answer | None) -> bool:
    """Whether anything was said: a value, or a skip that is not "come back to this"."""
    if answer is None or answer.skipped is Skip.LATER:
        return False
    return answer.skipped is not None or says_something(answer.value)


def says_something(value: Any) -> bool:
    """Whether a value says anything: spaces do not, nor do cards of which none was chosen."""
    if isinstance(value, str):
        return bool(value.strip())
    if drawings.holds_strokes(value):
        return drawings.says_something(value)
    if isinstance(value, dict):
        return bool(codes_of(value))
    return value not in (None, [])
