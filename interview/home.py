"""What a home's manager sees of why children left: words by theme, counts that tell nobody, what is asked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from interview.lines import Line
from interview.london import to_london
from interview.reasons import GROUPS, REASONS, Group
from interview.small_numbers import Change, Count, Few, Pool, View, change, counted, pools, views
from interview.summary import Block, Summary
from interview.words import N_

# So many periods stand side by side in a picture.
MOST_PERIODS = 6


@dataclass(frozen=True)
class AskedOfHome:
    """What a child asked of the home and what nobody has done yet: in the child's words, by when, how far."""

    words: str
    language: str
    due_on: date | None
    state: str
    translation: str = ""

    def is_overdue(self, today: date) -> bool:
        """Whether its day is over."""
        return self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class HomeFacts:
    """What is known of a home without opening any words: by month of the talk, and which child.

    `talks` and `said` (with the code of a reason that is for the home) are those of finished talks; `whole`
    says whether the reader reaches all of them. `left` is when children went. Nobody in `names` may be named.
    """

    talks: tuple[tuple[date, str], ...] = ()
    said: tuple[tuple[date, str, str], ...] = ()
    left: tuple[tuple[datetime, str], ...] = ()
    asked: tuple[AskedOfHome, ...] = ()
    names: frozenset[str] = frozenset()
    whole: bool = True

    def views(self, today: date) -> tuple[View, ...]:
        """What can be looked at, the newest first."""
        first = min((day for day, _child in self.talks), default=today)
        return views(pools(self.talks, today), first)

    def up_to(self, view: View, today: date) -> tuple[Pool, ...]:
        """The last periods up to the one that is counted in a view, the oldest first."""
        over = (pool for pool in pools(self.talks, today) if view.pool and pool.ends <= view.pool.ends)
        return tuple(over)[-MOST_PERIODS:]

    def counts(self, pool: Pool | None) -> dict[str, Count]:
        """How many children gave each reason; nothing where that is not told.

        Who reaches a part of the talks counts none: their sum would tell the other part.
        """
        return counted(self.said, pool) if self.whole else {}


@dataclass(frozen=True)
class Said:
    """One reason that children gave: the words, how many where it may be told, and what has changed."""

    line: Line
    count: Count | None
    change: Change | None


@dataclass(frozen=True)
class Theme:
    """A group of reasons, in the order of the cards and not of how many said so."""

    group: Group
    said: tuple[Said, ...]


PARTS_OF_THE_DAY: tuple[tuple[int, str], ...] = (
    (6, N_("Morning, 6 to 12")),
    (12, N_("Afternoon, 12 to 5")),
    (17, N_("Evening, 5 to 9")),
    (21, N_("Late evening, 9 to midnight")),
    (0, N_("Night, midnight to 6")),
)
DAYS_OF_THE_WEEK = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


@dataclass(frozen=True)
class WhenLeft:
    """When children went missing from here: what the home itself has recorded, and nothing from a talk."""

    times: int
    by_part: tuple[tuple[str, int], ...]
    by_day: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class OverTime:
    """Reasons by period, as far as they may be told: for each the counts, or None where one is not."""

    periods: tuple[Pool, ...] = ()
    rows: tuple[tuple[str, tuple[int | None, ...]], ...] = ()


@dataclass(frozen=True)
class HomeSummary:
    """The page of one home over one period. `gone` was said in the period before, and not in this one.

    `held`: whether any talk was held in it, whatever was said.
    """

    themes: tuple[Theme, ...]
    gone: tuple[str, ...]
    blocks: tuple[Block, ...]
    left: WhenLeft
    asked: tuple[AskedOfHome, ...]
    counted: Pool | None
    before: Pool | None
    over_time: OverTime = OverTime()
    held: bool = True

    @property
    def largest(self) -> int:
        """The largest count that is told: every bar is a part of that one."""
        told = (one.count for theme in self.themes for one in theme.said)
        return max((count for count in told if isinstance(count, int)), default=1)

    def block(self, key: str) -> Block | None:
        """The block of that key, if something was said there."""
        return next((block for block in self.blocks if block.key == key), None)


def home_summary(summary: Summary, facts: HomeFacts, view: View, today: date) -> HomeSummary:
    """The page, out of what the home may read in this period and what may be counted."""
    reasons = summary.block("reasons")
    lines = reasons.lines if reasons else ()
    counts = facts.counts(view.pool)
    was = facts.counts(view.before) if view.pool and view.before and _comparable(view) else {}
    said = [Said(line, _count(counts, line), _change(facts, view, line.key, counts, was)) for line in lines]
    there = {line.key for line in lines}
    return HomeSummary(
        _themes(said),
        tuple(code for code in REASONS if code in _codes(facts, view.before) - there),
        tuple(block for block in summary.blocks if block.key != "reasons"),
        when_left(moment for moment, _child in facts.left if _in_view(view, moment.date())),
        facts.asked,
        view.pool if counts else None,
        view.before,
        over_time(facts, facts.up_to(view, today)),
        any(_in_view(view, day) for day, _child in facts.talks),
    )


def over_time(facts: HomeFacts, periods: tuple[Pool, ...]) -> OverTime:
    """The reasons that were told as a number more than once; nothing where that is never so."""
    counts = [facts.counts(pool) for pool in periods]
    rows = [(REASONS[code].term, tuple(_number(one.get(code)) for one in counts)) for code in REASONS]
    told = tuple(row for row in rows if sum(count is not None for count in row[1]) > 1)
    return OverTime(periods, told) if told else OverTime()


def _number(count: Count | None) -> int | None:
    return None if isinstance(count, Few) else count


def _comparable(view: View) -> bool:
    return bool(view.pool and view.before and view.pool.as_long_as(view.before))


def _count(counts: dict[str, Count], line: Line) -> Count | None:
    return counts.get(line.key, Few.FEWER) if counts else None


def _change(
    facts: HomeFacts, view: View, code: str, counts: dict[str, Count], was: dict[str, Count]
) -> Change | None:
    if view.before is None:
        return None
    if code not in _codes(facts, view.before):
        return Change.NEW
    return change(counts.get(code), was.get(code)) or Change.AGAIN


def _codes(facts: HomeFacts, pool: Pool | None) -> set[str]:
    return {code for day, _child, code in facts.said if pool and pool.holds(day)}


def _in_view(view: View, day: date) -> bool:
    return view.starts <= day and (view.ends is None or day < view.ends)


def _themes(said: Iterable[Said]) -> tuple[Theme, ...]:
    found = list(said)
    themes = (
        Theme(group, tuple(one for one in found if REASONS[one.line.key].group == group.letter))
        for group in GROUPS
    )
    return tuple(theme for theme in themes if theme.said)


def when_left(moments: Iterable[datetime]) -> WhenLeft:
    """How often children left at which time of the day and on which day of the week."""
    local = [to_london(moment) for moment in moments]
    parts = Counter(_part(moment.hour) for moment in local)
    days = Counter(moment.weekday() for moment in local)
    return WhenLeft(
        len(local),
        tuple((words, parts[words]) for _hour, words in PARTS_OF_THE_DAY),
        tuple((words, days[number]) for number, words in enumerate(DAYS_OF_THE_WEEK)),
    )


def _part(hour: int) -> str:
    return next(words for begins, words in sorted(PARTS_OF_THE_DAY, reverse=True) if hour >= begins)
