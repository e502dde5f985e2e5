"""The words of a home's summary and of the reports: which months, how many, and what has changed."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeVar

from interview.home import AskedOfHome
from interview.lines import Line
from interview.reasons import REASONS
from interview.small_numbers import FEWEST, Change, Count, Few, Pool, View
from views.moments import day, today
from views.summary_words import in_words, months
from views.words import _, listed

Counts = TypeVar("Counts")


def period(one: View | Pool) -> str:
    """The months in words; the newest have no end."""
    if one.ends is None:
        return _("From %(month)s until today", month=months(one.starts, one.starts))
    return months(one.starts, last_day(one.ends))


def last_day(ends: date) -> date:
    """The last day of a period that is over before this one."""
    return ends - timedelta(days=1)


def how_many(count: Count | None) -> str | int:
    """A count as it may be told: a number, or words in the place of one."""
    if count is Few.NEARLY_ALL:
        return _("all, or all but fewer than %(fewest)s", fewest=FEWEST)
    if count is None or count is Few.FEWER:
        return fewer()
    return int(count)


def fewer() -> str:
    """What stands in the place of a small number."""
    return _("fewer than %(fewest)s", fewest=FEWEST)


def changed(change: Change) -> str:
    """What has changed, in words."""
    return {
        Change.MORE: _("More children than in the months before"),
        Change.SAME: _("About as many children as in the months before"),
        Change.FEWER: _("Fewer children than in the months before"),
        Change.NEW: _("New: nobody said it in the months before"),
        Change.AGAIN: _("Said in the months before too"),
    }[change]


def rows(pairs: Iterable[tuple[str, Counts]]) -> list[tuple[str, Counts]]:
    """Counts with their words translated."""
    return [(_(words), count) for words, count in pairs]


def any_of(line: Line) -> str:
    """What was chosen by anybody, in the order in which it was offered; not how often."""
    return listed([in_words(words) for words, _times in line.tally])


def terms(codes: Iterable[str]) -> str:
    """Reasons in a line."""
    return "; ".join(_(REASONS[code].term) for code in codes)


def by_when(asked: AskedOfHome) -> tuple[str, str]:
    """By when an answer is due: a tone, and words."""
    if asked.due_on is None:
        return "none", _("No day is set")
    if asked.is_overdue(today()):
        return "late", _("Was due on %(day)s", day=day(asked.due_on))
    return "soon", _("Due by %(day)s", day=day(asked.due_on))
