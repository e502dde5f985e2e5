"""What stays from the home where there is an allegation, or a danger about it: the words around it, too."""

from collections.abc import Iterable
from dataclasses import replace

from interview.access import Audience
from interview.answers import Answer, codes_of
from interview.duties import Danger
from interview.for_home import chosen
from interview.questions import QUESTIONS, Kind
from interview.reasons import REASONS, ForHome

# Whoever is behind one of these may be at the home: those who were told decide with police what it hears.
NOT_FOR_THE_HOME = frozenset({Danger.ADULT_AT_WORK, Danger.AT_HOME, Danger.SEXUAL_ABUSE, Danger.EXPLOITATION})
IN_WORDS = frozenset({Kind.WORDS, Kind.LINE, Kind.DRAWING})
# What was chosen and says something of the adults of the home.
OF_ADULTS = frozenset({"safe_here", "adult_to_talk"})


def guards(dangers: Iterable[Danger]) -> bool:
    """Whether these dangers keep the words around them from the home."""
    return not NOT_FOR_THE_HOME.isdisjoint(dangers)


def is_guarded(key: str) -> bool:
    """Whether this stays from the home with an allegation: words, and what is of adults there.

    A name or a place can stand in any words, and nobody can be sure in which of them it was said. `key` is
    a question or the code of a reason.
    """
    if key in REASONS:
        return REASONS[key].for_home is not ForHome.YES
    return QUESTIONS[key].kind in IN_WORDS or key in OF_ADULTS


def around(kept: dict[str, Answer]) -> tuple[str, ...]:
    """What of these answers the child let the home read and is kept from it now, reasons first."""
    reasons = (one.code for one in chosen(kept) if Audience.HOME in one.audience)
    answers = (answer.question for answer in kept.values() if Audience.HOME in answer.audience)
    # The cards themselves hold no words: their reasons are for the home one by one.
    told = (key for key in answers if QUESTIONS[key].kind is not Kind.REASONS)
    return tuple(dict.fromkeys(key for key in (*reasons, *told) if is_guarded(key)))


def given_back(kept: dict[str, Answer], key: str) -> tuple[Answer, ...]:
    """The answer as it is when the home may read this question or reason again, in all its versions."""
    if key not in REASONS:
        answers = (answer for answer in kept.values() if answer.question == key)
        return tuple(replace(answer, audience=answer.audience | {Audience.HOME}) for answer in answers)
    cards = (answer for answer in kept.values() if QUESTIONS[answer.question].kind is Kind.REASONS)
    return tuple(_known_to_home(one, key) for one in cards if key in codes_of(one.value))


def _known_to_home(cards: Answer, code: str) -> Answer:
    value = cards.value if isinstance(cards.value, dict) else {"chosen": list(codes_of(cards.value))}
    return replace(cards, value=value | {"home": list(dict.fromkeys([*value.get("home", ()), code]))})
