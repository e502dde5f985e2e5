"""Two versions of one answer are a question: both stand until somebody has settled which of them counts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from interview.access import Audience
from interview.answers import (
    Answer,
    ChosenReason,
    SaidBy,
    biggest_of,
    codes_of,
    content,
    current,
    heads,
    is_nothing,
)
from interview.for_home import chosen
from interview.questions import QUESTIONS, Kind, Question

# Of two ways in which words came onto the page, the one further from the child's own hand is said of both.
FURTHER = (
    SaidBy.CHILD_TYPED,
    SaidBy.WORD_FOR_WORD,
    SaidBy.INTERPRETER,
    SaidBy.PARAPHRASE,
    SaidBy.CARER,
    SaidBy.WORKER,
)

# What says that there is nothing to choose does not stand beside something that was chosen.
NOTHING_ELSE = frozenset({"none", "no", "not-known", "not-sure", "alone"})


@dataclass(frozen=True)
class Together:
    """Several versions as one answer."""

    value: Any
    said_by: SaidBy
    audience: frozenset[Audience]


def versions_of(answers: Iterable[Answer]) -> dict[str, tuple[Answer, ...]]:
    """The questions of which several versions stand, each with its versions, oldest first."""
    found = {question: _different(branch) for question, branch in heads(answers).items()}
    return {question: versions for question, versions in found.items() if len(versions) > 1}


def standing(answers: Iterable[Answer]) -> dict[str, Answer]:
    """All that counts: for each question its newest answer, as `current` has it, and every other version of
    it under its own id. The home reads of several versions only what every one of them lets it read.
    """
    kept = list(answers)
    newest = current(kept)
    counts: dict[str, Answer] = {}
    for question, branch in heads(kept).items():
        for answer in _different(branch) or branch[-1:]:
            key = question if answer.op_id == newest[question].op_id else answer.op_id
            counts[key] = narrowed(answer, branch)
    return counts


def _different(branch: Iterable[Answer]) -> tuple[Answer, ...]:
    """The versions of a branch, each once: the newest of those that say the same for the same readers."""
    return tuple({content(answer): answer for answer in branch if not is_nothing(answer)}.values())


def narrowed(answer: Answer, branch: Sequence[Answer]) -> Answer:
    """A version as it is read while it is not settled: by the home only where all of them are for it."""
    if len(branch) < 2:
        return answer
    if QUESTIONS[answer.question].kind is Kind.REASONS:
        return _cards_narrowed(answer, branch)
    open_to_home = all(_lets_home(one) for one in branch)
    return answer if open_to_home else replace(answer, audience=answer.audience - {Audience.HOME})


def _lets_home(answer: Answer) -> bool:
    said = answer.skipped is None and answer.value is not None
    return said and Audience.HOME in answer.audience


def _cards_narrowed(answer: Answer, branch: Sequence[Answer]) -> Answer:
    if not isinstance(answer.value, dict) or "home" not in answer.value:
        return answer
    home = [code for code in answer.value["home"] if all(code in home_of(one.value) for one in branch)]
    return replace(answer, value=answer.value | {"home": home})


def home_of(value: Any) -> tuple[str, ...]:
    """The reasons that the child lets the home know."""
    return tuple(value.get("home", ()) if isinstance(value, dict) else ())


def reasons_in(kept: dict[str, Answer]) -> tuple[ChosenReason, ...]:
    """The reasons in all versions of the cards, each once with the words in which it was told."""
    found: dict[tuple[str, str | None, str], ChosenReason] = {}
    for one in chosen(kept):
        same = found.get((one.code, one.told_in, one.told_words), one)
        readers = one.audience | same.audience
        found[one.code, one.told_in, one.told_words] = replace(
            one, biggest=one.biggest or same.biggest, audience=readers
        )
    return tuple(_told(found.values()))


def _told(found: Iterable[ChosenReason]) -> Iterable[ChosenReason]:
    """Without a reason that stands without words where all its readers have it with words."""
    reasons = list(found)
    for one in reasons:
        same = [other for other in reasons if other.code == one.code]
        if one.told_in or not any(other.told_in and other.audience >= one.audience for other in same):
            yield replace(one, biggest=any(other.biggest for other in same))


# Settling ----------------------------------------------------------------------------------------------


def together(question: Question, versions: Sequence[Answer]) -> Together | None:
    """These versions as one answer; None where they cannot be."""
    said = [answer for answer in versions if answer.skipped is None and answer.value is not None]
    join = JOINS.get(question.kind)
    several_languages = len({answer.language for answer in said}) > 1
    if join is None or len(said) < 2 or several_languages or _rule_out(question, said):
        return None
    return Together(
        join(question, [answer.value for answer in said]),
        furthest(said),
        narrowest(versions),
    )


def furthest(versions: Sequence[Answer]) -> SaidBy:
    """How words came onto the page that are made of all of these."""
    return max((answer.said_by for answer in versions), key=FURTHER.index)


def narrowest(versions: Sequence[Answer]) -> frozenset[Audience]:
    """Who may read each of them."""
    return frozenset.intersection(*(answer.audience for answer in versions))


def _rule_out(question: Question, said: Sequence[Answer]) -> bool:
    if question.kind not in {Kind.MANY, Kind.CARDS}:
        return False
    chosen = {key for answer in said for key in answer.value}
    return len(chosen) > 1 and not chosen.isdisjoint(NOTHING_ELSE)


def _words(_question: Question, values: list[str]) -> str:
    return "\n\n".join(_each_once(values))


def _line(_question: Question, values: list[str]) -> str:
    return " / ".join(_each_once(values))


def _each_once(values: list[str]) -> list[str]:
    """The texts in order, without one that stands whole in another."""
    once = list(dict.fromkeys(value.strip() for value in values))
    return [one for one in once if not any(one != other and one in other for other in once)]


def _many(question: Question, values: list[list[str]]) -> list[str]:
    chosen = {key for value in values for key in value}
    return [option.key for option in question.options if option.key in chosen]


def _reasons(_question: Question, values: list[Any]) -> dict[str, Any]:
    codes = list(dict.fromkeys(code for value in values for code in codes_of(value)))
    biggest = {biggest_of(value) for value in values} - {None}
    ties = [value.get("told", {}) for value in values if isinstance(value, dict)]
    told = {code: _tie([tie[code] for tie in ties if code in tie]) for code in codes}
    both: dict[str, Any] = {"chosen": codes, "biggest": biggest.pop() if len(biggest) == 1 else None}
    if any(told.values()):
        both["told"] = {code: tie for code, tie in told.items() if tie}
    if any(isinstance(value, dict) and "home" in value for value in values):
        both["home"] = [code for code in codes if _all_let_home(code, values)]
    return both


def _tie(ties: list[dict[str, str]]) -> dict[str, str]:
    if not ties:
        return {}
    return ties[-1] | {"words": _words_of_ties(ties)}


def _words_of_ties(ties: list[dict[str, str]]) -> str:
    return "\n".join(_each_once([tie.get("words", "") for tie in ties]))


def _all_let_home(code: str, values: list[Any]) -> bool:
    return all(code in home_of(value) for value in values if code in codes_of(value))


JOINS: dict[Kind, Callable[[Question, list[Any]], Any]] = {
    Kind.WORDS: _words,
    Kind.LINE: _line,
    Kind.MANY: _many,
    Kind.CARDS: _many,
    Kind.REASONS: _reasons,
}
