"""Reports: themes and counts of one home for those who look at it from outside; nothing of one child.

One `Report(...)` is a page, its print and a table to open elsewhere. (law-and-guidance 4; rule 31)
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from interview.access import Act
from interview.clock import Standing, standing
from interview.home import HomeFacts
from interview.reasons import REASONS
from interview.requests import Asking, State
from interview.small_numbers import Count, Few, Pool, Times, parts, pools
from interview.words import N_


class NotCounted(StrEnum):
    """In the place of every count of some months: too few children to count anything."""

    TOO_FEW = "too-few"


Cell = Count | NotCounted


@dataclass(frozen=True)
class Row:
    """One line: what is counted, and how much of it in each period."""

    words: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """One table of a report."""

    words: str
    what: str
    counted: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Went:
    """One absence from a home: the child, when it was over, and how in time its talk was offered and held."""

    child: str
    returned_at: datetime | None
    offered: bool
    declined: bool
    held_at: datetime | None
    within: timedelta | None


@dataclass(frozen=True)
class Known:
    """All that a report is made from; `whole`: the reader reaches every absence and every talk."""

    facts: HomeFacts
    went: tuple[Went, ...]
    asked: tuple[Asking, ...]
    now: datetime
    today: date
    whole: bool = True


@dataclass(frozen=True)
class Report:
    """One report: its key in the address, for whom it is, where, and over how many periods it looks back."""

    key: str
    words: str
    what: str
    nations: frozenset[str] = frozenset()
    periods: int = 1
    act: Act = Act.READ_REPORTS
    tables: tuple[Callable[[Known, Sequence[Pool]], Table], ...] = ()


def periods_of(report: Report, facts: HomeFacts, today: date) -> tuple[Pool, ...]:
    """The periods that a report tells of, the newest first: only such as are over, and always the same."""
    return pools(facts.talks, today)[::-1][: report.periods]


# The parts of the two tables about timeliness and answers, in the order in which they are read.
TALKS: dict[str, str] = {
    "in-time": N_("Talk held in time"),
    "late": N_("Talk held late"),
    "declined": N_("Offered, and the child said no"),
    "offered": N_("Offered, and not held yet"),
    "not-offered": N_("Not offered"),
}
ANSWERS: dict[str, str] = {
    "done": N_("Done"),
    "will-do": N_("The home will do it"),
    "not-possible": N_("Not possible, and why"),
    "waits": N_("Not answered, its day is still to come"),
    "late": N_("Late: its day is over"),
}
OTHERS = N_("Every other reason, each of them")


def reasons_table(known: Known, periods: Sequence[Pool]) -> Table:
    """The reasons that enough children gave. What only a few gave is not told apart from what nobody gave."""
    counts = [known.facts.counts(pool) for pool in periods]
    told = [code for code in REASONS if any(count.get(code, Few.FEWER) is not Few.FEWER for count in counts)]
    sides = list(zip(counts, periods, strict=True))
    rows = [Row(REASONS[code].term, tuple(_cell(known, *side, code) for side in sides)) for code in told]
    rest = Row(OTHERS, tuple(_cell(known, {}, pool, "") for pool in periods))
    return Table(N_("Why children left"), N_("Reason"), N_("Children"), (*rows, rest))


def _cell(known: Known, counts: Mapping[str, Count], pool: Pool, code: str) -> Cell:
    if not pool.counted or not known.facts.whole:
        return NotCounted.TOO_FEW
    return counts.get(code, Few.FEWER)


def talks_table(known: Known, periods: Sequence[Pool]) -> Table:
    """Whether talks were offered and held in time."""
    sides = [[(_talk(one, known.now), one.child) for one in known.went if _in(pool, one)] for pool in periods]
    return _parts_table(known, N_("Returns and their talks"), N_("Returns"), TALKS, sides)


def _in(pool: Pool, one: Went) -> bool:
    return one.returned_at is not None and pool.holds(one.returned_at.date())


def _talk(one: Went, now: datetime) -> str:
    if one.held_at is not None:
        late = standing(one.returned_at, one.held_at, now, one.within) is Standing.HELD_LATE
        return "late" if late else "in-time"
    if one.declined:
        return "declined"
    return "offered" if one.offered else "not-offered"


def requests_table(known: Known, periods: Sequence[Pool]) -> Table:
    """What children asked of the home, and what it answered."""
    sides = [
        [(_answer(one, known.today), one.child) for one in known.asked if pool.holds(one.asked_at.date())]
        for pool in periods
    ]
    return _parts_table(known, N_("What children asked of the home"), N_("Requests"), ANSWERS, sides)


def _answer(one: Asking, today: date) -> str:
    if one.is_overdue(today):
        return "late"
    return "waits" if one.state is State.OPEN else str(one.state)


def _parts_table(
    known: Known, words: str, counted: str, names: Mapping[str, str], sides: Iterable[list[tuple[str, str]]]
) -> Table:
    """The parts of a whole, period by period. The whole is told only where it tells no part."""
    found = [_parts(side, names) if known.whole and known.facts.whole else None for side in sides]
    rows = [
        Row(words, tuple(NotCounted.TOO_FEW if one is None else _told(one[0][key]) for one in found))
        for key, words in names.items()
    ]
    if all(one is not None and one[1] is not None for one in found):
        rows.append(Row(N_("All of them"), tuple(one[1] or 0 for one in found if one)))
    return Table(words, N_("What came of it"), counted, tuple(rows))


def _told(count: int | None) -> Cell:
    return Few.FEWER if count is None else count


def _parts(side: list[tuple[str, str]], names: Mapping[str, str]) -> tuple[dict[str, int | None], int | None]:
    return parts(
        {
            key: Times(
                sum(part == key for part, _ in side), len({child for part, child in side if part == key})
            )
            for key in names
        }
    )


HOME_TABLES = (reasons_table, talks_table, requests_table)
ENGLAND, WALES = frozenset({"england"}), frozenset({"wales"})

# The first is made by the counts of the talk itself, which belong to councils and not to homes.
REPORTS: dict[str, Report] = {
    report.key: report
    for report in (
        Report(
            "talks",
            N_("How children found the talk"),
            N_("By council and quarter."),
            act=Act.READ_HOW_IT_WAS,
        ),
        Report(
            "regulation-44",
            N_("For the independent visitor (regulation 44)"),
            N_("The last months that are over: why children left, their talks, and what the home answered."),
            ENGLAND,
            tables=HOME_TABLES,
        ),
        Report(
            "regulation-45",
            N_("For the review of the quality of care (regulation 45)"),
            N_("The last three periods that are over, side by side."),
            ENGLAND,
            periods=3,
            tables=HOME_TABLES,
        ),
        Report(
            "regulation-80",
            N_("For the review of the quality of care (Wales, regulation 80)"),
            N_("The last three periods that are over, side by side."),
            WALES,
            periods=3,
            tables=HOME_TABLES,
        ),
        Report(
            "quality-of-care",
            N_("For a review of the quality of care"),
            N_("The last three periods that are over, side by side."),
            frozenset({"scotland", "northern-ireland"}),
            periods=3,
            tables=HOME_TABLES,
        ),
    )
}


def tables_of(report: Report, known: Known) -> tuple[tuple[Pool, ...], tuple[Table, ...]]:
    """The periods and the tables of a report about one home."""
    periods = periods_of(report, known.facts, known.today)
    return periods, tuple(table(known, periods) for table in report.tables) if periods else ()


# What a program for tables takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(cell: object) -> str:
    """A cell that no program for tables takes for a formula."""
    words = str(cell)
    return f"'{words}" if words.lstrip(" ").startswith(FORMULA) else words
