"""The lines of a summary: a reason or a question, in how many talks, and the words that were said."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from interview.access import Audience
from interview.account import Added, Given, Record, Return, Told, Translation
from interview.answers import SaidBy
from interview.choices import GUESSES
from interview.drawings import holds_strokes, text_of
from interview.naming import tells_who_or_where
from interview.questions import MORE, QUESTIONS, Question, Who
from interview.reasons import REASONS
from interview.words import N_

# What was asked of the interviewer, as others read it.
ABOUT_ADULTS: dict[str, str] = {
    "worker_reasons": N_("The reasons, as the interviewer sees them"),
    "worker_biggest": N_("What weighs most, as the interviewer sees it"),
    "worker_view": N_("What the interviewer thinks lies behind it"),
    "placement_change": N_("What the interviewer thinks should change in this placement, or the next"),
}


@dataclass(frozen=True)
class Quote:
    """The child's words as they were said, with how they came onto the page.

    Where the child chose from options or gave a number, `choices` holds sentences still to translate, or
    `number`, and `words` is empty. A `drawing` stands over its words, which may be none. `for_home`: the
    child lets the home read it. `unsettled`: it is one of several versions of an answer.
    """

    words: str
    language: str
    said_by: SaidBy
    held_at: datetime
    translation: Translation | None = None
    choices: tuple[str, ...] = ()
    number: int | None = None
    for_home: bool = False
    drawing: Any = None
    unsettled: bool = False


@dataclass(frozen=True)
class Line:
    """One line. `child_words` is a reason in the words of its card, `tally` counts what was chosen.

    `biggest` is in how many talks a reason was the biggest, last at `biggest_at`. `for_home`: the home may
    know of it. `by_child`: the child was asked, and not an adult. `added_at`: when a reason was last added to
    a talk that was finished. `given`: when a reason was told, and whether as the biggest.
    """

    key: str
    words: str
    quotes: tuple[Quote, ...] = ()
    talks: int = 0
    biggest: int = 0
    child_words: str = ""
    first: datetime | None = None
    latest: datetime | None = None
    biggest_at: datetime | None = None
    tally: tuple[tuple[str, int], ...] = ()
    for_home: bool = False
    by_child: bool = True
    added_at: datetime | None = None
    given: tuple[tuple[datetime, bool], ...] = ()

    @property
    def is_reason(self) -> bool:
        """Whether this is a reason, and not a question."""
        return self.key in REASONS

    @property
    def is_more(self) -> bool:
        """Whether this only adds words to the choice before it."""
        return self.words == MORE


def question_line(record: Record, key: str) -> Line | None:
    """What was said to one question; None when nothing may be shown of it."""
    quotes = _in_order(record, map(quote_of, record.answered.get(key, ())))
    if not quotes:
        return None
    question = QUESTIONS[key]
    dates = [quote.held_at for quote in quotes]
    return Line(
        key,
        ABOUT_ADULTS.get(key, question.words),
        quotes,
        talks=len(record.talks_of(key)),
        first=min(dates),
        latest=max(dates),
        tally=_tally(question, quotes),
        by_child=question.who is Who.CHILD,
    )


def reason_line(record: Record, code: str, given: list[Given]) -> Line:
    """One reason over all talks in which it was given, with the sentences that it was tied to."""
    tied = (_tied_quote(record, one) for one in given)
    dates = [one.given_at for one in given]
    biggest = {one.talk: one.held_at for one in given if one.reason.biggest}
    return Line(
        code,
        REASONS[code].term,
        _in_order(record, (quote for quote in tied if quote is not None)),
        talks=len({one.talk for one in given}),
        biggest=len(biggest),
        child_words=REASONS[code].child,
        first=min(dates),
        latest=max(dates),
        biggest_at=max(biggest.values(), default=None),
        for_home=any(Audience.HOME in one.reason.audience for one in given),
        added_at=max((one.added_at for one in given if one.added_at), default=None),
        given=tuple(dict.fromkeys((one.held_at, one.reason.biggest) for one in given)),
    )


def guess_line(returns: Iterable[Return]) -> Line | None:
    """What adults guessed when the child was missing, before anyone had asked the child."""
    counts = Counter(one.guess for one in returns if one.guess)
    if not counts:
        return None
    tally = tuple((GUESSES[key].words, count) for key, count in counts.most_common())
    return Line("guess", N_("What adults guessed while the child was away"), tally=tally, by_child=False)


def quote_of(told: Told, words: str = "") -> Quote:
    """An answer as a quote; only the sentence `words` when it stands in the answer.

    A translated answer stands whole: its translation cannot be cut in the same place.
    """
    value = told.answer.value
    chosen = chosen_words(told.answer.question, value)
    number = value if isinstance(value, int) else None
    said = "" if chosen or number is not None else text_of(value)
    part = words if words and words in said and told.translation is None else said
    return Quote(
        part,
        told.answer.language,
        told.answer.said_by,
        told.held_at,
        told.translation,
        chosen,
        number,
        told.for_home,
        value if holds_strokes(value) else None,
        told.unsettled,
    )


def quote_of_added(added: Added) -> Quote:
    """What was said after the talk, as a quote."""
    return Quote(added.words, "", added.said_by, added.made_at, for_home=added.for_home)


def added_line(record: Record) -> Line | None:
    """What was said after the talks were over."""
    quotes = _in_order(record, (quote_of_added(one) for one in record.added if one.words))
    return (
        Line("added", N_("Said after the talk"), quotes, talks=len(quotes), by_child=False)
        if quotes
        else None
    )


def in_sight(quotes: Sequence[Quote], most: int) -> int:
    """How many of the newest quotes stand in sight: with a version of an answer its other versions."""
    while 0 < most < len(quotes) and quotes[most].unsettled and _of_one_talk(quotes[most - 1], quotes[most]):
        most += 1
    return most


def _of_one_talk(one: Quote, other: Quote) -> bool:
    return one.unsettled and one.held_at == other.held_at


def chosen_words(question: str, value: object) -> tuple[str, ...]:
    """The words of the options that were chosen; empty for an answer in words or a number."""
    words = {option.key: option.words for option in QUESTIONS[question].options}
    keys = value if isinstance(value, list) else [value]
    return tuple(words[key] for key in keys if isinstance(key, str) and key in words)


def _tied_quote(record: Record, given: Given) -> Quote | None:
    if given.added:
        added = next((one for one in record.added if one.key == given.added and one.words), None)
        return quote_of_added(added) if added else None
    versions = record.by_talk.get((given.talk, given.reason.told_in or ""), [])
    words = given.reason.told_words
    told = next((one for one in versions if words in text_of(one.answer.value)), next(iter(versions), None))
    return quote_of(told, words) if told else None


def _tally(question: Question, quotes: Iterable[Quote]) -> tuple[tuple[str, int], ...]:
    counts = Counter(words for quote in quotes for words in quote.choices)
    return tuple((option.words, counts[option.words]) for option in question.options if counts[option.words])


def _in_order(record: Record, quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """The quotes that may stand here, newest first; where no one is named by their words, and each once."""
    if record.nameless:
        # Where a version is not to be read, nothing tells that there is one.
        quotes = (replace(quote, unsettled=False) for quote in quotes)
        kept = {_as_read(quote): quote for quote in quotes if not _gives_away(quote, record.names)}
        return tuple(kept[words] for words in sorted(kept))
    return tuple(sorted(quotes, key=lambda quote: quote.held_at, reverse=True))


def _as_read(quote: Quote) -> tuple[str, ...]:
    drawn = repr(quote.drawing) if quote.drawing else ""
    return (quote.words, *quote.choices, "", quote.said_by, drawn)


def _gives_away(quote: Quote, names: frozenset[str]) -> bool:
    said = (quote.words, quote.translation.words if quote.translation else "")
    return any(tells_who_or_where(words, names) for words in said)
