"""What a summary is made from: what was told, which reasons were given, and how each return went."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property

from interview.access import Audience, Part, Role, hears, reads
from interview.answers import CHILD_SAYS, Answer, ChosenReason, SaidBy, content
from interview.clock import Standing
from interview.offers import OUTCOMES, OfferState, state_of
from interview.questions import QUESTIONS, Who
from interview.reasons import REASONS


@dataclass(frozen=True)
class Translation:
    """The child's words in another language, and who translated them when."""

    language: str
    words: str
    translator: str
    made_at: datetime
    agency: str = ""
    dialect: str = ""

    @property
    def by(self) -> tuple[str, ...]:
        """Who translated, for which agency, and from which dialect; what is not known is left out."""
        return tuple(known for known in (self.translator, self.agency, self.dialect) if known)


@dataclass(frozen=True)
class Told:
    """One current answer of a finished talk.

    `kept_with_reason`: a reason was told in it that is not for the home, and so its words are not either.
    `unsettled`: it is one of several versions, and nobody has settled yet which of them counts.
    """

    talk: str
    held_at: datetime
    answer: Answer
    translation: Translation | None = None
    kept_with_reason: bool = False
    unsettled: bool = False

    @property
    def for_home(self) -> bool:
        """Whether the home may read it: the child says so, and nothing of it belongs to what it may not."""
        part = QUESTIONS[self.answer.question].part
        may = Audience.HOME in self.answer.audience and reads(Role.HOME_MANAGER, part)
        return may and not self.kept_with_reason


@dataclass(frozen=True)
class Given:
    """One reason that a child gave in a finished talk, or `added` to it `added_at`."""

    talk: str
    held_at: datetime
    reason: ChosenReason
    added: str | None = None
    added_at: datetime | None = None

    @property
    def given_at(self) -> datetime:
        """When the child gave it."""
        return self.added_at or self.held_at


@dataclass(frozen=True)
class Attempt:
    """One offer of a talk, and what was said to it or why there was none."""

    at: datetime
    outcome: str
    why: str = ""


@dataclass(frozen=True)
class Return:
    """One episode of the child, how in time its talk was offered and held, and what adults guessed then.

    `due_at` is the last moment for the talk; `finished` says whether its record is, and `closed` whether
    nobody waits for a talk any more. `told_at`, `told_in` and `told_version`: what the child was told before
    the talk, when and in which language.
    `talks` are those that were about it: one may be about several returns.
    """

    episode: str
    home: str
    missing_at: datetime
    returned_at: datetime | None
    attempts: tuple[Attempt, ...]
    held_at: datetime | None
    standing: Standing
    offered: Standing = Standing.NOT_STARTED
    due_at: datetime | None = None
    finished: bool = True
    closed: bool = False
    guess: str = ""
    told_at: datetime | None = None
    told_in: str = ""
    told_version: str = ""
    talks: frozenset[str] = frozenset()

    @property
    def offers(self) -> OfferState:
        """Where the offers have led."""
        return state_of(attempt.outcome for attempt in self.attempts)

    @property
    def offered_at(self) -> datetime | None:
        """When the talk was first offered; a reason for not offering it is no offer."""
        return first_offer(self.attempts)


@dataclass(frozen=True)
class Stay:
    """A time in one home, and how many miles it is from the child's family; without an end, up to now."""

    home: str
    starts: date
    ends: date | None = None
    miles: int | None = None


@dataclass(frozen=True)
class Added:
    """What was added or corrected after a talk was finished; the first account stays as it was."""

    key: str
    talk: str
    held_at: datetime
    made_at: datetime
    said_by: SaidBy
    words: str
    why: str
    audience: frozenset[Audience]
    reasons: tuple[ChosenReason, ...] = ()

    @property
    def by_child(self) -> bool:
        """Whether the child said it."""
        return self.said_by in CHILD_SAYS

    @property
    def part(self) -> Part:
        """The part of the record that its words belong to: with an allegation, they are the allegation."""
        if any(REASONS[one.code].part is Part.ALLEGATION for one in self.reasons):
            return Part.ALLEGATION
        return Part.WORDS if self.by_child else Part.VIEWS

    @property
    def for_home(self) -> bool:
        """Whether the home may read the words: the child says so, and of each reason told in them too."""
        by_choice = Audience.HOME in self.audience and self.by_child and reads(Role.HOME_MANAGER, self.part)
        return by_choice and all(Audience.HOME in one.audience for one in self.reasons)


@dataclass(frozen=True)
class Record:
    """All that a summary is made from.

    `talks` counts the finished ones. Where `nameless`, nobody in `names` may stand in a quote, and no day
    tells whose it is.
    """

    told: tuple[Told, ...] = ()
    given: tuple[Given, ...] = ()
    returns: tuple[Return, ...] = ()
    added: tuple[Added, ...] = ()
    talks: int = 0
    names: frozenset[str] = frozenset()
    nameless: bool = False
    stays: tuple[Stay, ...] = ()

    @cached_property
    def answered(self) -> dict[str, list[Told]]:
        """By question, what was said to it; what was skipped or left blank is not among it."""
        found: dict[str, list[Told]] = {}
        for (_talk, question), versions in self.by_talk.items():
            found.setdefault(question, []).extend(versions)
        return found

    def talks_of(self, question: str) -> frozenset[str]:
        """The talks in which something was said to a question."""
        return frozenset(told.talk for told in self.answered.get(question, ()))

    @cached_property
    def by_talk(self) -> dict[tuple[str, str], list[Told]]:
        """What was said, by talk and question: one answer, or its versions where they are not settled."""
        found: dict[tuple[str, str], list[Told]] = {}
        for told in self.told:
            if told.answer.skipped is None and told.answer.value not in (None, "", [], {}):
                found.setdefault((told.talk, told.answer.question), []).append(told)
        return {asked: _marked(versions) for asked, versions in found.items()}


def each_version(all_told: Iterable[Told]) -> tuple[Told, ...]:
    """Each answer once: of two that say the same for the same readers, the newer."""
    return tuple({(told.talk, content(told.answer)): told for told in all_told}.values())


def _marked(versions: list[Told]) -> list[Told]:
    return [replace(told, unsettled=True) for told in versions] if len(versions) > 1 else versions


def first_offer(attempts: tuple[Attempt, ...]) -> datetime | None:
    """The moment of the first attempt that was an offer."""
    return min((one.at for one in attempts if OUTCOMES[one.outcome].offered), default=None)


def readable(told: Told, role: Role) -> bool:
    """Whether this role reads this answer: its part is in the remit, and the child lets them."""
    question = QUESTIONS[told.answer.question]
    if not reads(role, question.part):
        return False
    return question.who is not Who.CHILD or hears(role, told.answer.audience)


def countable(given: Given, role: Role) -> bool:
    """Whether this role may know of this reason."""
    return reads(role, REASONS[given.reason.code].part) and hears(role, given.reason.audience)


def readable_added(added: Added, role: Role) -> bool:
    """Whether this role reads what was added: its part is in the remit, and the child lets them."""
    if role is Role.HOME_MANAGER:
        return added.for_home
    return reads(role, added.part) and (not added.by_child or hears(role, added.audience))


def _cut_added(added: Added, role: Role) -> Added:
    known = (one for one in added.reasons if countable(Given(added.talk, added.made_at, one), role))
    return replace(added, reasons=tuple(known))


def cut(record: Record, role: Role) -> Record:
    """What this role may read of a record; the rest is as if it had never been said."""
    views = reads(role, Part.VIEWS)
    return replace(
        record,
        told=tuple(told for told in record.told if readable(told, role)),
        given=tuple(given for given in record.given if countable(given, role)),
        returns=tuple(one if views else replace(one, guess="") for one in record.returns),
        added=tuple(_cut_added(one, role) for one in record.added if readable_added(one, role)),
    )


# Some day, for what has none.
NO_DAY = datetime(2000, 1, 1, 12, tzinfo=UTC)


def without_days(record: Record) -> Record:
    """The same record without any date or count, so that nobody is told by when or how often it was said.

    Without the biggest: a talk in which none is would tell that the biggest was kept from the reader.
    """
    return replace(
        record,
        told=tuple(_told_some_day(told) for told in record.told),
        given=tuple(
            replace(one, held_at=NO_DAY, added_at=None, reason=replace(one.reason, biggest=False))
            for one in record.given
        ),
        returns=(),
        stays=(),
        added=tuple(replace(one, held_at=NO_DAY, made_at=NO_DAY, why="", reasons=()) for one in record.added),
        talks=0,
        nameless=True,
    )


def _told_some_day(told: Told) -> Told:
    translation = replace(told.translation, made_at=NO_DAY) if told.translation else None
    return replace(told, held_at=NO_DAY, translation=translation)
