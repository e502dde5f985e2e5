"""Why the child left, for one reader: what their remit and the child let them read, in their outline."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from interview.access import Audience, Role, reads
from interview.account import Added, Given, Record, Return, Stay, Told, cut, without_days
from interview.answers import Answer
from interview.lines import Line, Quote, added_line, guess_line, question_line, quote_of, reason_line
from interview.questions import QUESTIONS, Kind, Question, Section, Who
from interview.reasons import HEADINGS, REASONS, Heading
from interview.words import N_


@dataclass(frozen=True)
class Block:
    """A heading of a summary with its lines."""

    key: str
    words: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Agreement:
    """Whether the child agreed with the record of one talk: yes, partly, no, not-checked or could-not.

    `because`: why it could not be read back, in the interviewer's choice of words.
    """

    held_at: datetime
    key: str
    why: Quote | None = None
    because: str = ""

    @property
    def disagrees(self) -> bool:
        """Whether something in the record is not right for the child."""
        return self.key in {"partly", "no"}


@dataclass(frozen=True)
class Summary:
    """What one reader gets: headings with lines, and nothing that says what is not there."""

    blocks: tuple[Block, ...]
    returns: tuple[Return, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    added: tuple[Added, ...] = ()
    talks: int = 0
    stays: tuple[Stay, ...] = ()

    def block(self, key: str) -> Block | None:
        """The block of that key, if this reader has one."""
        return next((block for block in self.blocks if block.key == key), None)

    def in_front(self) -> tuple[Agreement, ...]:
        """The newest agreement, and every disagreement: it stands on the front, however old."""
        return self.agreements[:1] + tuple(one for one in self.agreements[1:] if one.disagrees)

    def headings(self) -> tuple[Block, ...]:
        """The blocks under the headings of a review."""
        return tuple(block for block in self.blocks if block.key in UNDER_KEYS)


Wanted = Callable[[Question], bool]
NOT_READ_BACK = "not_read_back"


@dataclass(frozen=True)
class Piece:
    """A piece of an outline: the questions that are wanted, in the order in which they are asked.

    Before them stand reasons, where `reasons` wants them, or what adults `guessed`; after them what was
    said later, where `added` wants it.
    """

    key: str
    words: str
    wanted: Wanted = lambda question: False
    reasons: Callable[[str], bool] = lambda code: False
    guessed: bool = False
    added: bool = False

    def block(self, record: Record) -> Block:
        """This piece of one record."""
        said = [question_line(record, key) for key, question in QUESTIONS.items() if self.wanted(question)]
        guess = [guess_line(record.returns)] if self.guessed else []
        later = [added_line(record)] if self.added else []
        answered = _under_what_was_asked([line for line in (*guess, *said, *later) if line is not None])
        return Block(self.key, self.words, (*_reason_lines(record, self.reasons), *answered))


def _under_what_was_asked(lines: list[Line]) -> list[Line]:
    """Words that only add to a choice stand under its question also where the choice is not to be read."""
    there = {line.key for line in lines}
    asked = {line.key: QUESTIONS[line.key].follows for line in lines if line.is_more}
    return [
        replace(line, words=QUESTIONS[asked[line.key]].words)
        if line.is_more and asked[line.key] not in there
        else line
        for line in lines
    ]


def _reason_lines(record: Record, wanted: Callable[[str], bool]) -> list[Line]:
    """Each wanted reason, the one given in most talks first; as on the cards where nothing is counted."""
    given: dict[str, list[Given]] = {code: [] for code in REASONS if wanted(code)}
    for one in record.given:
        given.get(one.reason.code, []).append(one)
    lines = [reason_line(record, code, found) for code, found in given.items() if found]
    if record.nameless:
        return lines
    return sorted(lines, key=lambda line: (-line.talks, -line.biggest))


def summary(record: Record, role: Role) -> Summary:
    """The summary of a record for one role. What the role may not read is simply absent."""
    mine = cut(record, role)
    if role is Role.HOME_MANAGER:
        mine = without_days(mine)
    blocks = (piece.block(mine) for piece in OUTLINES[role])
    agreements = () if mine.nameless else _agreements(mine)
    kept = tuple(block for block in blocks if block.lines)
    if mine.nameless:
        kept = tuple(replace(block, lines=tuple(map(_uncounted, block.lines))) for block in kept)
    added = () if mine.nameless else mine.added
    return Summary(kept, mine.returns, agreements, added, mine.talks, mine.stays)


def _uncounted(line: Line) -> Line:
    return replace(line, talks=0, biggest=0, tally=tuple((words, 0) for words, _times in line.tally))


def _agreements(record: Record) -> tuple[Agreement, ...]:
    """Whether the child agreed with the record, talk by talk, the newest first."""
    why = {told.talk: quote_of(told) for told in record.answered.get("agrees_why", ())}
    agreed = [
        Agreement(told.held_at, str(told.answer.value), why.get(told.talk))
        for told in record.answered.get("agrees", ())
    ]
    asked = {told.talk for told in record.answered.get("agrees", ())}
    could_not = [
        Agreement(told.held_at, "could-not", because=_chosen(told))
        for told in record.answered.get(NOT_READ_BACK, ())
        if told.talk not in asked
    ]
    return tuple(sorted((*agreed, *could_not), key=lambda one: one.held_at, reverse=True))


def _chosen(told: Told) -> str:
    options = QUESTIONS[told.answer.question].options
    return next((option.words for option in options if option.key == told.answer.value), "")


def questions_for(role: Role) -> frozenset[str]:
    """The questions that this role's summary is made of: its own, and those that reasons can be tied to."""
    pieces = OUTLINES[role]
    return frozenset(
        key
        for key, question in QUESTIONS.items()
        if any(piece.wanted(question) for piece in pieces)
        or question.section is Section.CHECK
        or (key == NOT_READ_BACK and role is not Role.HOME_MANAGER)
        or (question.who is Who.CHILD and question.kind is Kind.WORDS)
    )


def home_reads(answer: Answer) -> bool:
    """Whether the home's summary has a place for this answer, and the child lets the home read it."""
    question = QUESTIONS[answer.question]
    told = answer.skipped is None and answer.value not in (None, "", [], {})
    return told and Audience.HOME in answer.audience and may_reach_home(question)


def may_reach_home(question: Question) -> bool:
    """Whether the home's summary has a place for answers to this question."""
    shown = any(piece.wanted(question) for piece in OUTLINES[Role.HOME_MANAGER])
    return shown and reads(Role.HOME_MANAGER, question.part)


def _among(*keys: str) -> Wanted:
    return lambda question: question.key in keys


# What a review considers about living here (CPPCR 2010, Schedule 7), beside the reasons of that heading.
UNDER: dict[Heading, Wanted] = {
    Heading.CHANGE: _among("being_back", "being_back_words", "since_back", "felt_safe_away", "afraid"),
    Heading.CONTACT: _among("too_far"),
    Heading.PLACEMENT: _among(
        "safe_here",
        "safe_here_words",
        "bullied_here",
        "adults_know",
        "adult_hurt",
        "adult_hurt_words",
    ),
    Heading.EDUCATION: _among(),
    Heading.LEISURE: _among(),
    Heading.HEALTH: _among(),
    Heading.IDENTITY: _among(),
    Heading.ADVOCACY: _among("adult_to_talk", "told_anyone", "last_time", "talk_again"),
    Heading.WISHES: _among("asked_about_place", "moves"),
}


def _key_of(heading: Heading) -> str:
    return f"review-{heading}"


UNDER_KEYS = frozenset(map(_key_of, Heading))


def _under(heading: Heading) -> Piece:
    def belongs(code: str) -> bool:
        return REASONS[code].heading is heading

    return Piece(_key_of(heading), HEADINGS[heading], UNDER[heading], belongs)


def _all_reasons(code: str) -> bool:
    return True


FOR_THE_REVIEW = (
    Piece("wishes", N_("What the child wants"), lambda question: question.wish),
    Piece("reasons", N_("Reasons the child gave"), reasons=_all_reasons),
    Piece(
        "in-words",
        N_("In the child's own words"),
        _among("why", "why_drawing", "trigger", "away_from", "going_to", "which_time", "missing_here"),
    ),
    Piece("asked", N_("What the child asked for"), lambda question: question.asked and not question.wish),
    *map(_under, Heading),
    Piece(
        "adults",
        N_("What adults think"),
        _among(
            "worker_reasons",
            "worker_biggest",
            "worker_view",
            "placement_change",
            "carer_says",
            "carer_reasons",
            "adult_guess",
        ),
        guessed=True,
    ),
)

# How often a child has moved, and who should hear of a wish, would tell who it is.
TELLS_WHO = frozenset({"moves", "who_should_hear"})


def _about_living(question: Question) -> bool:
    here = question.section is Section.LIVING or question.key in {"being_back", "stay_or_move"}
    return here and not question.asked and question.key not in TELLS_WHO


FOR_THE_HOME = (
    Piece("reasons", N_("Reasons children gave"), reasons=_all_reasons),
    Piece("helped", N_("What helped, and what did not"), _among("last_time", "since_back")),
    Piece("asked", N_("What children asked for"), lambda question: question.asked),
    Piece("living", N_("Living here"), _about_living),
    Piece(
        "in-words",
        N_("In children's own words"),
        _among("why", "why_drawing", "trigger", "away_from", "missing_here"),
        added=True,
    ),
)

OUTLINES: dict[Role, tuple[Piece, ...]] = {
    Role.REVIEWING_OFFICER: FOR_THE_REVIEW,
    Role.COORDINATOR: FOR_THE_REVIEW,
    Role.INTERVIEWER: FOR_THE_REVIEW,
    Role.HOME_MANAGER: FOR_THE_HOME,
}
