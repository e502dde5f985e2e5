"""Where the words of a concern were said: each with the answer in which it stands, as it was kept then."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from interview.answers import Answer, chosen_reasons
from interview.drawings import text_of
from interview.questions import QUESTIONS, Kind, Who
from interview.raised import ALLEGATIONS


@dataclass(frozen=True)
class Place:
    """Words of a concern, with the answer in which they were said. `whole`: they are all of that answer."""

    words: str
    answer: Answer
    whole: bool


def places_of(words: str, answers: Iterable[Answer]) -> tuple[Place, ...]:
    """Where these words were said, of every version of every answer, the newest of each.

    An answer that was changed since, or left out, is found all the same: it is what was said then.
    """
    known = list(answers)
    found: dict[tuple[str, str], Place] = {}
    for question, said in _raising(known):
        for answer in known:
            if said and said in words and answer.question == question and said in _text(answer):
                found[said, question] = Place(said, answer, said == _text(answer))
    # While it is typed, an answer is kept again and again: only the longest is what was said.
    whole = [one for one in found.values() if not _is_in_another(one, found.values())]
    # What the worker wrote down once more is said once: where the child was asked.
    first = sorted(whole, key=lambda one: QUESTIONS[one.answer.question].who is not Who.CHILD)
    return tuple({one.words: one for one in reversed(first)}.values())[::-1]


def rest_of(words: str, places: Iterable[Place]) -> tuple[str, ...]:
    """What stands in a concern and in no answer, such as the name of a reason; each once."""
    for one in sorted(places, key=lambda place: -len(place.words)):
        words = words.replace(one.words, "")
    parts = (part.strip().removesuffix(":") for part in words.split("\n\n"))
    return tuple(dict.fromkeys(part for part in parts if part))


def _raising(known: list[Answer]) -> Iterator[tuple[str, str]]:
    for answer in known:
        if answer.question in ALLEGATIONS.values():
            yield answer.question, _text(answer)
        if QUESTIONS[answer.question].kind is Kind.REASONS:
            for one in chosen_reasons(answer.value, answer.audience):
                yield one.told_in or "", one.told_words


def _text(answer: Answer) -> str:
    return text_of(answer.value) if answer.value is not None and not answer.skipped else ""


def _is_in_another(one: Place, places: Iterable[Place]) -> bool:
    return any(
        one.answer.question == other.answer.question and one.words != other.words and one.words in other.words
        for other in places
    )
