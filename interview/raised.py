"""What in a talk raises a concern: an allegation about an adult, or a danger. It never waits for a summary."""

from collections.abc import Iterator

from interview.answers import Answer, codes_of
from interview.concerns import ConcernKind
from interview.questions import QUESTIONS, Kind
from interview.reasons import REASONS

# An answer "yes" that raises an allegation, and the question in which the child's words about it stand.
ALLEGATIONS = {"adult_hurt": "adult_hurt_words", "staff_concern": "staff_concern_words"}
STAFF_HARM = "A5"


def raised(kept: dict[str, Answer]) -> tuple[tuple[ConcernKind, str], ...]:
    """Each concern that these answers raise, with the words that were said; each once."""
    return tuple(dict.fromkeys([*_allegations(kept), *_dangers(kept)]))


def _allegations(kept: dict[str, Answer]) -> Iterator[tuple[ConcernKind, str]]:
    said = [_words(kept, words) for asked, words in ALLEGATIONS.items() if _is_yes(kept, asked)]
    if not said and STAFF_HARM in _chosen(kept):
        said = [_tied(kept, STAFF_HARM)]
    for words in said:
        yield ConcernKind.ALLEGATION, words or REASONS[STAFF_HARM].term


def _dangers(kept: dict[str, Answer]) -> Iterator[tuple[ConcernKind, str]]:
    for code in _chosen(kept):
        if REASONS[code].danger and code != STAFF_HARM:
            tied = _tied(kept, code)
            yield ConcernKind.DANGER, f"{REASONS[code].term}: {tied}" if tied else REASONS[code].term


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
