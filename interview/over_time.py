"""Reasons over time: in how many talks each was given, by months, quarters or years."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from interview.account import Given
from interview.london import to_london
from interview.reasons import REASONS

MOST_COLUMNS = 8
# Months in one column.
WIDTHS = (1, 3, 12)


@dataclass(frozen=True)
class Row:
    """One reason: in how many talks it was given in each column."""

    code: str
    words: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class OverTime:
    """The first day of each column, how many months it holds, and the rows; the newest reason first."""

    starts: tuple[date, ...]
    months: int
    rows: tuple[Row, ...]


def over_time(given: Iterable[Given]) -> OverTime | None:
    """The reasons as a table; None where there are none, or all were given in one month."""
    days = [(one.reason.code, one.talk, to_london(one.held_at).date()) for one in given]
    if not days:
        return None
    first, last = (pick(day for _, _, day in days) for pick in (min, max))
    months = next((wide for wide in WIDTHS if _columns(first, last, wide) <= MOST_COLUMNS), WIDTHS[-1])
    starts = _starts(first, last, months)
    if len(starts) < 2:
        return None
    rows = [_row(code, days, starts, months) for code in dict.fromkeys(code for code, _, _ in days)]
    rows.sort(key=lambda row: (row.counts[::-1], sum(row.counts)), reverse=True)
    return OverTime(starts, months, tuple(rows))


def _row(code: str, days: Sequence[tuple[str, str, date]], starts: Sequence[date], months: int) -> Row:
    talks = {(talk, start_of(day, months)) for one, talk, day in days if one == code}
    return Row(code, REASONS[code].term, tuple(sum(at == start for _, at in talks) for start in starts))


def start_of(day: date, months: int) -> date:
    """The first day of the column in which a day lies."""
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _columns(first: date, last: date, months: int) -> int:
    return len(_starts(first, last, months))


def _starts(first: date, last: date, months: int) -> tuple[date, ...]:
    found, day = [], start_of(first, months)
    while day <= last:
        found.append(day)
        years, month = divmod(day.month - 1 + months, 12)
        day = date(day.year + years, month + 1, 1)
    return tuple(found)
