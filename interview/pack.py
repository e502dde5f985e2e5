"""The review pack: one page from which a review can be chaired, and under it what that page stands on.

A pack is a value: it is put together from what one role may read, and kept as it was when it was considered.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from interview.access import Role
from interview.account import Added, Record, Return, Told, cut
from interview.answers import Skip
from interview.came_of_it import Asked, Before, as_before, came_of_it
from interview.came_of_it import readable as readable_requests
from interview.clock import Standing
from interview.lines import Line, Quote, in_sight, quote_of
from interview.london import to_london
from interview.offers import OfferState
from interview.over_time import OverTime, over_time
from interview.questions import QUESTIONS
from interview.requests import Asking
from interview.said_before import said_before
from interview.stays import Placed, Stay, placed_on, stays
from interview.summary import Agreement, Block, Summary, summary

# Not reasons, but that none could be found out.
NOT_FOUND_CODES = frozenset({"K1", "K2", "K4"})
# What a review cannot go without: where the child passed it over, it is said that it is not known.
CORE = (
    "why",
    "reasons",
    "safe_here",
    "bullied_here",
    "adult_to_talk",
    "too_far",
    "would_help",
    "stay_or_move",
)
PASSED_OVER = frozenset({Skip.NOT_SURE, Skip.RATHER_NOT_SAY})
ABOUT_HERE = ("safe_here", "adult_to_talk", "too_far")
MOST_REASONS = 4
# Without a review that is known, what was said in the last half year before the newest talk is of now.
LATELY = timedelta(days=183)
ON_THE_FRONT = frozenset({"would_help", "help_drawing"})


@dataclass(frozen=True)
class Shown:
    """A line as the pack shows it: its newest words, and how many earlier ones the summary holds.

    `new`: not said before the last review.
    """

    line: Line
    earlier: int = 0
    new: bool = False


@dataclass(frozen=True)
class Part:
    """A heading of the review, with what belongs under it."""

    key: str
    words: str
    shown: tuple[Shown, ...]


@dataclass(frozen=True)
class Here:
    """What a child chose about where it lives, with its own words to it, and which home that was."""

    question: str
    asked: str
    said: Quote
    chosen: str
    more: Quote | None = None
    home: str = ""
    here: bool = True


@dataclass(frozen=True)
class NotFound:
    """A core question that the child passed over, and how, when it was last asked."""

    question: str
    how: Skip
    held_at: datetime


@dataclass(frozen=True)
class Timely:
    """How in time the talks about the returns were offered and held: counts, and why the child said no."""

    returns: int = 0
    in_time: int = 0
    late: int = 0
    declined: int = 0
    not_offered: int = 0
    waiting: int = 0
    offered_in_time: int = 0
    why_not: tuple[tuple[datetime, str], ...] = ()


@dataclass(frozen=True)
class Pack:
    """All of it. `since` is the day of the last review; what came after it is new."""

    since: date | None = None
    talks: int = 0
    new_talks: int = 0
    absences: int = 0
    new_absences: int = 0
    away: tuple[tuple[datetime, datetime | None], ...] = ()
    wishes: tuple[Shown, ...] = ()
    place: tuple[Here, ...] = ()
    about_here: tuple[Here, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    biggest: tuple[Shown, ...] = ()
    asked: tuple[Asked, ...] = ()
    before: tuple[Before, ...] = ()
    reasons: tuple[Shown, ...] = ()
    over_time: OverTime | None = None
    in_words: Part | None = None
    headings: tuple[Part, ...] = ()
    added: tuple[Added, ...] = ()
    stays: tuple[Stay, ...] = ()
    timely: Timely = Timely()
    not_found: tuple[NotFound, ...] = ()
    adults: Part | None = None

    @property
    def lives(self) -> Stay | None:
        """Where the child lives now, as far as that is known."""
        return next((one for one in self.stays if one.placed and one.placed.ends is None), None)


@dataclass(frozen=True)
class About:
    """What a pack is made from beside the record: where the child lived, what came of what it asked for."""

    places: tuple[Placed, ...] = ()
    asked: tuple[Asking, ...] = ()
    since: date | None = None


def pack(record: Record, role: Role, about: About, now: datetime) -> Pack:
    """The pack for one role. What the role may not read is simply absent."""
    mine, whole = cut(record, role), summary(record, role)
    today, asked = to_london(now).date(), readable_requests(about.asked, role)
    told = {(one.talk, one.held_at) for one in mine.told} | {(one.talk, one.held_at) for one in mine.given}
    show = _shown_since(about.since)
    reasons = _reasons(mine, whole, about.since, show)
    return Pack(
        since=about.since,
        talks=mine.talks,
        new_talks=len({talk for talk, at in told if _is_new(at, about.since)}) if about.since else 0,
        absences=len(mine.returns),
        new_absences=_new_absences(mine.returns, about.since),
        away=tuple((one.missing_at, one.returned_at) for one in mine.returns),
        wishes=tuple(show(line, 1) for line in _lines(whole, "wishes") if line.key in ON_THE_FRONT),
        place=_places(mine, about, today, "stay_or_move", "who_should_hear")[:3],
        about_here=tuple(one for key in ABOUT_HERE for one in _places(mine, about, today, key)[:1]),
        agreements=whole.in_front(),
        biggest=reasons[:MOST_REASONS],
        asked=came_of_it(asked, today),
        before=tuple(map(as_before, said_before(mine, asked, now))),
        reasons=reasons,
        over_time=over_time(mine.given),
        in_words=_part(whole.block("in-words"), show),
        headings=tuple(_heading(block, show) for block in whole.headings()),
        added=mine.added,
        stays=stays(about.places, mine.returns),
        timely=_timely(mine.returns),
        not_found=tuple(_not_found(mine)),
        adults=_part(whole.block("adults"), show),
    )


Show = Callable[[Line, int], Shown]


def _day_of(moment: datetime) -> date:
    return to_london(moment).date()


def _is_new(moment: datetime | None, since: date | None) -> bool:
    return since is not None and moment is not None and _day_of(moment) > since


def _new_absences(returns: Iterable[Return], since: date | None) -> int:
    return sum(_is_new(one.missing_at, since) for one in returns)


def _shown_since(since: date | None) -> Show:
    """How a line is shown: so many of its words, and whether all of it is new."""

    def show(line: Line, most: int) -> Shown:
        most = in_sight(line.quotes, most)
        earlier = max(len(line.quotes) - most, 0)
        return Shown(replace(line, quotes=line.quotes[:most]), earlier, _is_new(line.first, since))

    return show


def _lines(whole: Summary, key: str) -> tuple[Line, ...]:
    block = whole.block(key)
    return block.lines if block else ()


def _reasons(mine: Record, whole: Summary, since: date | None, show: Show) -> tuple[Shown, ...]:
    """The reasons: first what is the biggest now, then what was given lately, the biggest ones first."""
    known = [line for line in _lines(whole, "reasons") if line.key not in NOT_FOUND_CODES]
    newest = max((one.held_at for one in mine.given), default=None)
    lately = since or (_day_of(newest) - LATELY if newest else None)

    def weight(line: Line) -> tuple[bool, bool, int, int]:
        is_old = lately is not None and not _is_new(line.latest, lately)
        return line.biggest_at != newest, is_old, -line.biggest, -line.talks

    return tuple(show(line, 1) for line in sorted(known, key=weight))


def _places(mine: Record, about: About, today: date, key: str, more: str = "") -> tuple[Here, ...]:
    """What was chosen about living there, the newest first, each with the home that it was said of."""
    now = max((one for one in about.places if one.was_on(today)), key=lambda one: one.starts, default=None)
    found = []
    for told in sorted(mine.answered.get(key, ()), key=lambda one: one.held_at, reverse=True):
        there = placed_on(about.places, _day_of(told.held_at))
        here = Here(
            key,
            QUESTIONS[key].words,
            quote_of(told),
            str(told.answer.value),
            None,
            there.home if there else "",
            there is None or there == now,
        )
        words = [quote_of(one) for one in mine.by_talk.get((told.talk, more), ())]
        found += [replace(here, more=one) for one in words] or [here]
    return tuple(found)


def _part(block: Block | None, show: Show, most: int = 1) -> Part | None:
    if block is None:
        return None
    return Part(block.key, block.words, tuple(show(line, most) for line in block.lines))


def _heading(block: Block, show: Show) -> Part:
    """Under a heading a reason stands with the words that the first page has not shown yet."""
    return Part(block.key, block.words, tuple(_under(line, show) for line in block.lines))


def _under(line: Line, show: Show) -> Shown:
    if not line.is_reason:
        return show(line, 1)
    return show(replace(line, quotes=line.quotes[1:]), 1)


def _timely(returns: Sequence[Return]) -> Timely:
    held = [one for one in returns if one.held_at is not None]
    unheld = [one for one in returns if one.held_at is None]
    late = sum(one.standing is Standing.HELD_LATE for one in held)
    declined = [one for one in unheld if one.offers is OfferState.DECLINED]
    not_offered = sum(one.offers is OfferState.NOT_OFFERED for one in unheld)
    # The same words again and again are said once, with the newest day.
    why = dict(sorted((a.why, a.at) for one in declined for a in one.attempts if a.why))
    return Timely(
        len(returns),
        len(held) - late,
        late,
        len(declined),
        not_offered,
        len(unheld) - len(declined) - not_offered,
        sum(one.offered is Standing.HELD_IN_TIME for one in returns),
        tuple(sorted(((at, words) for words, at in why.items()), reverse=True)[:2]),
    )


def _not_found(mine: Record) -> Iterable[NotFound]:
    """The core questions that the child passed over and has answered in no talk that this reader reads."""
    newest: dict[str, Told] = {}
    for told in sorted(mine.told, key=lambda one: one.held_at):
        newest[told.answer.question] = told
    for key in CORE:
        asked = newest.get(key)
        skip = asked.answer.skipped if asked else None
        if asked and skip in PASSED_OVER and not mine.answered.get(key):
            yield NotFound(QUESTIONS[key].words, Skip(skip), asked.held_at)
