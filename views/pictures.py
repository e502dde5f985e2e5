"""Pictures for the pages: what is known of a child or a home, as a picture twice and as a table once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from flask import Flask
from flask_babel import format_date, ngettext

from interview.account import Return, Stay
from interview.grids import Column, Counts, Row, by_month, over_time
from interview.life_line import Absent, Stretch, Tick, life_line
from interview.lines import Line
from interview.london import to_london
from interview.pictures import NARROW, WIDE, Picture
from interview.words import N_
from views.moments import day, lasted, now
from views.words import _, direction, worker_language


@dataclass(frozen=True)
class Shown:
    """One picture for wide and for narrow pages, with the sentence that is its name.

    `homes` are those of a life in their order; `named`: on a wide page each is named in its own band.
    """

    name: str
    wide: Picture
    narrow: Picture
    note: str = ""
    homes: tuple[str, ...] = ()
    named: bool = True


@dataclass(frozen=True)
class Lived:
    """A row of the table beside a life line: a home, and the absences from it as (left, how long)."""

    number: int
    stay: Stay
    absences: tuple[tuple[datetime, str], ...]
    longest: str


@dataclass(frozen=True)
class GivenWhen:
    """A row of the table beside the reasons: when a reason was given, and when it was the biggest."""

    words: str
    days: tuple[tuple[str, bool], ...]


def init_app(app: Flask) -> None:
    """Give the templates their pictures."""
    app.jinja_env.globals.update(
        life_shown=life_shown,
        lived=lived,
        reasons_shown=reasons_shown,
        given_when=given_when,
        months_shown=months_shown,
        month_words=month_words,
    )


def _shown(name: str, draw: dict[float, Picture], note: str = "") -> Shown:
    mirrored = direction(worker_language()) == "rtl"
    wide, narrow = (draw[width].mirrored() if mirrored else draw[width] for width in (WIDE, NARROW))
    return Shown(name, wide, narrow, note)


# One life -------------------------------------------------------------------------------------------


def life_shown(name: str, stays: Sequence[Stay], returns: Sequence[Return]) -> Shown:
    """Where a child lived and when they were away, on one line of time up to now."""
    last = now()
    ordered = sorted(stays, key=lambda one: one.starts)
    stretches = [_stretch(one, last) for one in ordered]
    absences = [Absent(_days(one.missing_at), _hours(one)) for one in returns]
    first = min([one.starts for one in ordered] + [to_london(one.missing_at).date() for one in returns])
    ticks = _ticks(first, last.date())
    draw = {width: life_line(stretches, absences, ticks, _days(last), width) for width in (WIDE, NARROW)}
    shown = _shown(_life_sentence(name, first, len(ordered), len(returns)), draw)
    said = " ".join(text.words for text in shown.wide.texts)
    homes = tuple(one.words for one in stretches)
    named = all(f"{number} {words}" in said for number, words in enumerate(homes, 1))
    return replace(shown, homes=homes, named=named)


def _life_sentence(name: str, first: date, homes: int, absences: int) -> str:
    lived = ngettext("%(num)s home", "%(num)s homes", homes)
    away = ngettext("%(num)s absence", "%(num)s absences", absences)
    return _(
        "%(name)s from %(first)s to now: %(homes)s, %(absences)s. The table below says the same.",
        name=name,
        first=day(first),
        homes=lived,
        absences=away,
    )


def _stretch(one: Stay, last: datetime) -> Stretch:
    ends = _days(last) if one.ends is None else float(one.ends.toordinal())
    return Stretch(float(one.starts.toordinal()), ends, stay_words(one))


def stay_words(one: Stay) -> str:
    """A home and how far it is from family."""
    if one.miles is None:
        return one.home
    return _("%(home)s, %(far)s", home=one.home, far=_far(one.miles))


def _far(miles: int) -> str:
    return str(ngettext("%(num)s mile", "%(num)s miles", miles))


def _days(moment: datetime) -> float:
    local = to_london(moment)
    return local.toordinal() + local.hour / 24


def _hours(one: Return) -> float | None:
    return None if one.returned_at is None else (one.returned_at - one.missing_at) / timedelta(hours=1)


def _ticks(first: date, last: date) -> list[Tick]:
    """The first days of years; in a short time, of months."""
    if last - first > timedelta(days=3 * 365):
        firsts = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]
        return [Tick(float(one.toordinal()), format_date(one, "y", rebase=False)) for one in firsts]
    months = range(first.year * 12 + first.month, last.year * 12 + last.month)
    firsts = [date(month // 12, month % 12 + 1, 1) for month in months]
    return [Tick(float(one.toordinal()), format_date(one, "MMM y", rebase=False)) for one in firsts]


def lived(stays: Sequence[Stay], returns: Sequence[Return]) -> list[Lived]:
    """The same as rows: each home with the absences while the child lived there, oldest first."""
    ordered = sorted(stays, key=lambda one: one.starts)
    mine: list[list[Return]] = [[] for _stay in ordered]
    for one in sorted(returns, key=lambda one: one.missing_at):
        left = to_london(one.missing_at).date()
        # On the day of a move both homes are right: the one that the child left from is said.
        there = [at for at, stay in enumerate(ordered) if _held(stay, left)]
        at = next((at for at in there if ordered[at].home == one.home), there[-1] if there else None)
        if at is not None:
            mine[at].append(one)
    return [
        Lived(number, stay, tuple(map(_absence, absences)), _longest(absences))
        for number, (stay, absences) in enumerate(zip(ordered, mine, strict=True), 1)
    ]


def _held(stay: Stay, on: date) -> bool:
    return stay.starts <= on and (stay.ends is None or on <= stay.ends)


def _absence(one: Return) -> tuple[datetime, str]:
    if one.returned_at is None:
        return one.missing_at, _("not back yet")
    return one.missing_at, lasted(one.returned_at - one.missing_at)


def _longest(absences: Iterable[Return]) -> str:
    lengths = (one.returned_at - one.missing_at for one in absences if one.returned_at)
    return lasted(longest) if (longest := max(lengths, default=None)) else ""


# Reasons --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Grain:
    """How talks become columns: by themselves, by quarter, or by year."""

    most: int
    key: Callable[[datetime], tuple[int, ...]]
    name: Callable[[datetime], Column]
    words: str


def _quarter(moment: datetime) -> Column:
    first = date(moment.year, moment.month - (moment.month - 1) % 3, 1)
    months = (format_date(one, "MMM", rebase=False) for one in (first, first.replace(month=first.month + 2)))
    return "–".join(months), format_date(first, "y", rebase=False)


def _talk(moment: datetime) -> Column:
    return format_date(moment.date(), "d MMM", rebase=False), format_date(moment.date(), "y", rebase=False)


def _year(moment: datetime) -> Column:
    return format_date(moment.date(), "y", rebase=False), ""


GRAINS = (
    Grain(8, lambda one: (one.toordinal(), one.hour, one.minute), _talk, N_("Each column is a talk.")),
    Grain(12, lambda one: (one.year, (one.month - 1) // 3), _quarter, N_("Each column is a quarter.")),
    Grain(100, lambda one: (one.year,), _year, N_("Each column is a year.")),
)


def reasons_shown(lines: Sequence[Line]) -> Shown:
    """Which reasons were given in which talk; where there were many talks, in which quarter or year."""
    talks = sorted({to_london(at) for line in lines for at, _biggest in line.given})
    grain = next(one for one in GRAINS if len(set(map(one.key, talks))) <= one.most)
    heads = {grain.key(at): grain.name(at) for at in talks}
    rows = [_row(line, grain, list(heads)) for line in lines]
    draw = {width: over_time(rows, list(heads.values()), width) for width in (WIDE, NARROW)}
    return _shown(_grid_sentence(len(lines), len(talks)), draw, grain.words)


def _row(line: Line, grain: Grain, columns: Sequence[tuple[int, ...]]) -> Row:
    given = {grain.key(to_london(at)) for at, _biggest in line.given}
    biggest = {grain.key(to_london(at)) for at, biggest in line.given if biggest}
    return Row(_(line.words), tuple(c in given for c in columns), tuple(c in biggest for c in columns))


def _grid_sentence(reasons: int, talks: int) -> str:
    return _(
        "Which reasons were given when: %(reasons)s in %(talks)s. The table below says the same.",
        reasons=ngettext("%(num)s reason", "%(num)s reasons", reasons),
        talks=ngettext("%(num)s talk", "%(num)s talks", talks),
    )


def given_when(lines: Iterable[Line]) -> list[GivenWhen]:
    """The same as rows: each reason with its days, and whether it was the biggest then."""
    return [
        GivenWhen(_(line.words), tuple((day(at), biggest) for at, biggest in sorted(line.given)))
        for line in lines
    ]


def months_shown(rows: Sequence[tuple[str, Sequence[int | None]]], months: Sequence[date]) -> Shown:
    """How many children gave each reason, by the first month of each period; None where it is not told."""
    counts = [Counts(words, tuple(talks)) for words, talks in rows]
    heads = [(format_date(one, "MMM", rebase=False), format_date(one, "y", rebase=False)) for one in months]
    draw = {width: by_month(counts, heads, width) for width in (WIDE, NARROW)}
    name = _(
        "Reasons by period, from %(first)s to %(last)s. The table below says the same.",
        first=month_words(months[0]),
        last=month_words(months[-1]),
    )
    return _shown(name, draw)


def month_words(month: date) -> str:
    """A month in words: May 2026."""
    return str(format_date(month, "MMMM y", rebase=False))
