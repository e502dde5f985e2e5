"""A talk seen from those before it: what is asked, what is known already, and what may be shown of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from interview.access import COUNCIL, Audience, Part
from interview.answers import Answer, ChosenReason, is_answered, says_something
from interview.for_home import chosen
from interview.questions import QUESTIONS, Kind, Question, Section, Stays, Who
from interview.reasons import REASONS, ForHome, Reason
from interview.requests import Asking, State

MOST_REASONS = 3
STAYING = frozenset(key for key, question in QUESTIONS.items() if question.stays)
NEW_ACCOUNT = frozenset(
    key for key, question in QUESTIONS.items() if question.section in {Section.WHY, Section.CARDS}
)


@dataclass(frozen=True)
class Around:
    """What this talk has around it.

    `repeat`: there was an earlier talk with this child. `several`: it is about more than one absence.
    `known`: the questions that were answered in an earlier talk and whose answers stay true.
    """

    repeat: bool = False
    several: bool = False
    known: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SaidBefore:
    """What a child said in an earlier talk and may be shown: reasons, each with its sentence, and wishes."""

    reasons: tuple[tuple[Reason, str], ...] = ()
    wishes: tuple[Answer, ...] = ()


def stays(question: Question, *, same_home: bool) -> bool:
    """Whether an earlier answer to this question still holds."""
    return question.stays is Stays.CHILD or (question.stays is Stays.HOME and same_home)


def asked(questions: Iterable[Question], around: Around) -> tuple[Question, ...]:
    """The questions that belong into this talk."""
    return tuple(
        question
        for question in questions
        if (around.repeat or not question.repeat_only) and (around.several or not question.several_only)
    )


def folded(questions: Iterable[Question], around: Around) -> frozenset[str]:
    """The questions that are asked again only if the child wants to; what follows one goes with it."""
    return frozenset(
        question.key for question in questions if question.stays and _first(question).key in around.known
    )


def _first(question: Question) -> Question:
    return QUESTIONS[question.follows] if question.follows else question


def has_told_anew(kept: dict[str, Answer]) -> bool:
    """Whether the new account has been given: what was said last time comes after it, never before."""
    return any(is_answered(kept.get(key)) for key in NEW_ACCOUNT)


def said_before(kept: dict[str, Answer]) -> SaidBefore:
    """What the child said in an earlier talk, fit for a screen that others in the home may look at.

    Nothing of an allegation, of a danger or of where the child was, and nothing that the child kept back.
    It may be another interviewer who sits there now: what the child let the council read is what they read.
    """
    given = chosen(kept)
    hidden = frozenset(one.told_in for one in given if one.told_in and not _fit_to_show(one))
    ordered = sorted((one for one in given if _fit_to_show(one)), key=lambda one: not one.biggest)
    reasons = tuple((REASONS[one.code], _sentence(kept, one, hidden)) for one in ordered)
    wishes = tuple(one for one in kept.values() if _is_wish(one) and one.question not in hidden)
    return SaidBefore(reasons[:MOST_REASONS], wishes)


def answered(asked: Iterable[Asking]) -> tuple[Asking, ...]:
    """What was answered of what a child asked for before, as far as it is fit for the same screen."""
    return tuple(one for one in asked if one.state is not State.OPEN and _fit_to_tell(one))


def _fit_to_tell(asking: Asking) -> bool:
    reason = REASONS.get(asking.reason or "")
    quiet = reason is None or not reason.danger or asking.for_home
    return asking.audience >= COUNCIL and quiet


def _fit_to_show(given: ChosenReason) -> bool:
    reason = REASONS[given.code]
    open_to_all = reason.part is Part.REASONS and reason.for_home is not ForHome.NEVER
    # What puts a child in danger stands here only where the child let the home know of it as well.
    quiet = not reason.danger or Audience.HOME in given.audience
    return open_to_all and quiet and given.audience >= COUNCIL


def _sentence(kept: dict[str, Answer], given: ChosenReason, hidden: frozenset[str | None]) -> str:
    told = kept.get(given.told_in or "")
    if told is None or given.told_in in hidden or not _is_open(told) or not isinstance(told.value, str):
        return ""
    return given.told_words if given.told_words and given.told_words in told.value else ""


def _is_open(answer: Answer) -> bool:
    question = QUESTIONS[answer.question]
    said = answer.skipped is None and says_something(answer.value)
    return said and question.who is Who.CHILD and question.part is Part.WORDS and answer.audience >= COUNCIL


def _is_wish(answer: Answer) -> bool:
    question = QUESTIONS[answer.question]
    # What was needed on that day is over.
    lasting = question.wish or (question.asked and question.section is not Section.NOW)
    return lasting and question.kind in {Kind.WORDS, Kind.LINE, Kind.ONE, Kind.DRAWING} and _is_open(answer)
