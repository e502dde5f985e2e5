"""Why the child left, for one reader: what their remit and the child let them read, in their outline."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from interview.access import Role, hears, reads
from interview.answers import Answer, ChosenReason, SaidBy
from interview.clock import Standing
from interview.questions import QUESTIONS, Who
from interview.reasons import HEADINGS, REASONS, Heading
from interview.words import N_


@dataclass(frozen=True)
class Translation:
    """The child's words in another language, and who translated them when."""

    language: str
    words: str
    translator: str
    made_at: datetime


@dataclass(frozen=True)
class Told:
    """One current answer of a finished talk."""

    talk: str
    held_at: datetime
    answer: Answer
    translation: Translation | None = None


@dataclass(frozen=True)
class Given:
    """One reason that a child gave in a finished talk."""

    talk: str
    held_at: datetime
    reason: ChosenReason


@dataclass(frozen=True)
class Attempt:
    """One offer of a talk."""

    at: datetime
    outcome: str


@dataclass(frozen=True)
class Return:
    """One episode of the child, and how in time its talk was offered and held."""

    episode: str
    home: str
    missing_at: datetime
    returned_at: datetime | None
    attempts: tuple[Attempt, ...]
    held_at: datetime | None
    standing: Standing


@dataclass(frozen=True)
class Record:
    """All that a summary is made from."""

    told: tuple[Told, ...] = ()
    given: tuple[Given, ...] = ()
    returns: tuple[Return, ...] = ()


@dataclass(frozen=True)
class Quote:
    """The child's words as they were said, with how they came onto the page.

    `choices` instead of `words` where the child chose from options: sentences still to translate.
    """

    words: str
    language: str
    said_by: SaidBy
    held_at: datetime
    translation: Translation | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One line of a summary: what it is about, in how many talks, and the words said."""

    key: str
    words: str
    quotes: tuple[Quote, ...] = ()
    talks: int = 0
    biggest: int = 0
    child_words: str = ""
    latest: datetime | None = None


@dataclass(frozen=True)
class Block:
    """A heading of a summary with its lines."""

    key: str
    words: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Summary:
    """What one reader gets: headings with lines, and nothing that says what is not there."""

    blocks: tuple[Block, ...]
    returns: tuple[Return, ...] = ()

    def block(self, key: str) -> Block | None:
        """The block of that key, if this reader has one."""
        return next((block for block in self.blocks if block.key == key), None)


def readable(told: Told, role: Role) -> bool:
    """Whether this role reads this answer: its part is in the remit, and the child lets them."""
    question = QUESTIONS[told.answer.question]
    if not reads(role, question.part):
        return False
    return question.who is not Who.CHILD or hears(role, told.answer.audience)


def countable(given: Given, role: Role) -> bool:
    """Whether this role may know of this reason."""
    return reads(role, REASONS[given.reason.code].part) and hears(role, given.reason.audience)


def summary(record: Record, role: Role) -> Summary:
    """The summary of a record for one role. What the role may not read is simply absent."""
    cut = Record(
        tuple(told for told in record.told if readable(told, role)),
        tuple(given for given in record.given if countable(given, role)),
        record.returns,
    )
    blocks = (make(cut) for make in OUTLINES[role])
    return Summary(tuple(block for block in blocks if block.lines), record.returns)


def quote_of(told: Told, words: str = "") -> Quote:
    """An answer as a quote; only the sentence `words` when it stands in the answer."""
    choices = chosen_words(told.answer.question, told.answer.value)
    said = "" if choices else str(told.answer.value)
    part = words if words and words in said else said
    whole = part == said
    return Quote(
        part,
        told.answer.language,
        told.answer.said_by,
        told.held_at,
        told.translation if whole else None,
        choices,
    )


def chosen_words(question: str, value: object) -> tuple[str, ...]:
    """The words of the options that were chosen; empty for an answer in words or a number."""
    words = {option.key: option.words for option in QUESTIONS[question].options}
    keys = value if isinstance(value, list) else [value]
    return tuple(words[key] for key in keys if key in words)


def wishes(record: Record) -> Block:
    """What the child wants, newest talk first, and whether they agree with the record of it."""
    return Block(
        "wishes",
        N_("What the child wants"),
        _by_question(record, lambda told: QUESTIONS[told.answer.question].wish),
    )


def agreement(record: Record) -> Block:
    """Whether the child agrees with what was written, and if not why."""
    return Block(
        "agreement",
        N_("Does the child agree with this record?"),
        _by_question(record, lambda told: told.answer.question in {"agrees", "agrees_why"}),
    )


def reasons(record: Record) -> Block:
    """Each reason with the number of talks in which it was given, most often first."""
    codes = sorted(
        {given.reason.code for given in record.given},
        key=lambda code: (-_talks(record, code), list(REASONS).index(code)),
    )
    return Block("reasons", N_("Reasons the child gave"), tuple(_reason_line(record, code) for code in codes))


def in_words(record: Record) -> Block:
    """The open answers to why, before any card was shown."""
    return Block(
        "in-words",
        N_("In the child's own words"),
        _by_question(
            record,
            lambda told: told.answer.question in {"why", "trigger", "away_from", "going_to"},
        ),
    )


def asked(record: Record) -> Block:
    """What the child asked for."""
    return Block(
        "asked",
        N_("What the child asked for"),
        _by_question(record, lambda told: QUESTIONS[told.answer.question].asked),
    )


def living(record: Record) -> Block:
    """What the child said about living here."""
    return Block(
        "living",
        N_("Living here"),
        _by_question(record, lambda told: QUESTIONS[told.answer.question].section == "living"),
    )


def adults(record: Record) -> Block:
    """What adults think or guess, kept apart from the child's account."""
    return Block(
        "adults",
        N_("What adults think, kept apart from the child's account"),
        _by_question(
            record,
            lambda told: (
                told.answer.question in {"adult_guess", "carer_says", "worker_view", "placement_change"}
            ),
        ),
    )


def under_heading(heading: Heading) -> Callable[[Record], Block]:
    """A maker of the block of one review heading: the reasons that belong under it."""

    def make(record: Record) -> Block:
        under = tuple(g for g in record.given if REASONS[g.reason.code].heading is heading)
        lines = reasons(Record(record.told, under)).lines
        return Block(heading.value, HEADINGS[heading], lines)

    return make


def _by_question(record: Record, wanted: Callable[[Told], bool]) -> tuple[Line, ...]:
    lines = []
    for key, question in QUESTIONS.items():
        told = [t for t in record.told if t.answer.question == key and wanted(t) and _said(t)]
        if told:
            lines.append(Line(key, question.words, tuple(map(quote_of, _newest_first(told))), len(told)))
    return tuple(lines)


def _said(told: Told) -> bool:
    return told.answer.skipped is None and told.answer.value not in (None, "", [], {})


def _newest_first(told: Iterable[Told]) -> list[Told]:
    return sorted(told, key=lambda t: t.held_at, reverse=True)


def _talks(record: Record, code: str) -> int:
    return len({given.talk for given in record.given if given.reason.code == code})


def _reason_line(record: Record, code: str) -> Line:
    given = [g for g in record.given if g.reason.code == code]
    quotes = (_tied_quote(record, g) for g in sorted(given, key=lambda g: g.held_at, reverse=True))
    return Line(
        code,
        REASONS[code].term,
        tuple(quote for quote in quotes if quote is not None),
        _talks(record, code),
        sum(g.reason.biggest for g in given),
        REASONS[code].child,
        max(g.held_at for g in given),
    )


def _tied_quote(record: Record, given: Given) -> Quote | None:
    for told in record.told:
        if told.talk == given.talk and told.answer.question == given.reason.told_in and _said(told):
            return quote_of(told, given.reason.told_words)
    return None


REVIEW_HEADINGS: tuple[Callable[[Record], Block], ...] = tuple(map(under_heading, Heading))

FOR_THE_REVIEW = (wishes, agreement, reasons, in_words, asked, *REVIEW_HEADINGS, living, adults)
FOR_THE_HOME = (reasons, in_words, asked, living)

OUTLINES: dict[Role, tuple[Callable[[Record], Block], ...]] = {
    Role.REVIEWING_OFFICER: FOR_THE_REVIEW,
    Role.COORDINATOR: FOR_THE_REVIEW,
    Role.INTERVIEWER: FOR_THE_REVIEW,
    Role.HOME_MANAGER: FOR_THE_HOME,
}
