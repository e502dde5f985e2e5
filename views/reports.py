"""Reports: counts of one home for those who look at it from outside, as a page, as print and as CSV."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial, update_wrapper
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from interview.access import Act, may
from interview.found import ASKED
from interview.reports import REPORTS, Cell, NotCounted, Report, Table, safe, tables_of
from interview.small_numbers import FEWEST, Pool
from records.found import quarters
from records.people import Reader
from records.reports import homes_in_reach, known_of
from records.tables import Home
from views import home_words
from views.door import looked_at_list, open_record, reader, require
from views.moments import day, now, today
from views.words import _

bp = Blueprint("reports", __name__)
HEADINGS = ("report", "place", "months", "table", "what", "counted", "count")
Lines = Iterator[Sequence[object]]


@bp.get("/reports")
def index() -> ResponseReturnValue:
    """The reports that this reader may open, and of which homes."""
    mine = require(Act.READ_REPORTS)
    looked_at_list(Act.READ_REPORTS, "home")
    homes = homes_in_reach(mine)
    found = [(report, homes_for(report, homes)) for report in REPORTS.values() if may(mine.role, report.act)]
    return render_template(
        "reports/index.html", reports=[one for one in found if one[1] or not one[0].tables]
    )


def homes_for(report: Report, homes: Iterable[tuple[Home, str]]) -> list[Home]:
    """The homes that such a report is written about: those of its nations."""
    return [home for home, nation in homes if nation in report.nations]


def page(report: Report) -> ResponseReturnValue:
    """A report as a page, laid out for print."""
    require(report.act)
    return render_template("reports/show.html", report=report, words=home_words, cell=cell, **_shown(report))


def as_csv(report: Report) -> ResponseReturnValue:
    """The same counts as a table to open elsewhere."""
    mine = require(report.act)
    named = {"Content-Disposition": f'attachment; filename="{report.key}.csv"'}
    if not report.tables:
        looked_at_list(report.act, "talk_found")
    lines = _lines_of_page(report) if report.tables else lines_of_talks(report, mine)
    return Response(csv_of(lines), mimetype="text/csv", headers=named)


def _shown(report: Report) -> dict[str, Any]:
    """The home that was asked for, or the homes to choose from."""
    mine = reader()
    wanted = request.args.get("home") or (min(mine.homes) if len(mine.homes) == 1 else "")
    if not wanted:
        looked_at_list(report.act, "home")
        return {"home": None, "homes": homes_for(report, homes_in_reach(mine)), "fewest": FEWEST}
    home = open_record(Home, wanted, report.act, joinedload(Home.authority))
    shown: dict[str, Any] = {"home": home, "homes": [], "fewest": FEWEST, "periods": (), "tables": ()}
    if home.authority.nation in report.nations:
        shown["periods"], shown["tables"] = tables_of(report, known_of(mine, home, report, now()))
    return shown


def _lines_of_page(report: Report) -> Lines:
    shown = _shown(report)
    if shown["home"]:
        yield from lines_of(report, shown["home"], shown["periods"], shown["tables"])


def lines_of(report: Report, home: Home, periods: Sequence[Pool], tables: Iterable[Table]) -> Lines:
    """A report about one home, a line for each count: what stands on the page, and nothing more."""
    for table in tables:
        for row in table.rows:
            for pool, one in zip(periods, row.cells, strict=True):
                months = home_words.period(pool)
                yield (
                    _(report.words),
                    home.name,
                    months,
                    _(table.words),
                    _(row.words),
                    _(table.counted),
                    cell(one),
                )


def lines_of_talks(report: Report, mine: Reader) -> Lines:
    """How children found the talk, by council and quarter."""
    for quarter in quarters(mine, today()):
        for asked in ASKED:
            for one in quarter.counts[asked.key]:
                count = home_words.fewer() if one.times is None else one.times
                months = _("three months from %(day)s", day=day(quarter.starts))
                what = _(asked.words), _(one.words), _("Children")
                yield _(report.words), quarter.council, months, *what, count


def exported(report: Report, mine: Reader, wanted: str = "") -> bytes:
    """A report as CSV for all homes within reach, or for the wanted one. No sum goes over homes."""
    if not report.tables:
        return csv_of(lines_of_talks(report, mine))
    homes = [one for one in homes_for(report, homes_in_reach(mine)) if wanted in {"", one.id}]
    found = ((home, tables_of(report, known_of(mine, home, report, now()))) for home in homes)
    return csv_of(line for home, made in found for line in lines_of(report, home, *made))


def cell(one: Cell) -> str | int:
    """A count as it may be told, in words where it may not."""
    return _("not counted") if isinstance(one, NotCounted) else home_words.how_many(one)


def csv_of(lines: Iterable[Sequence[object]]) -> bytes:
    """Lines as CSV, UTF-8 with its mark in front: without it, the most common program reads it wrongly."""
    written = io.StringIO()
    csv.writer(written).writerows([safe(one) for one in line] for line in (HEADINGS, *lines))
    return written.getvalue().encode("utf-8-sig")


def _add(address: str, name: str, view: Callable[[Report], ResponseReturnValue], report: Report) -> None:
    bp.add_url_rule(address, name, update_wrapper(partial(view, report), view))


# Each report has an address of its own: what is none of these is not there.
for _key, _report in REPORTS.items():
    if _report.tables:
        _add(f"/reports/{_key}", _key, page, _report)
    _add(f"/reports/{_key}.csv", f"{_key}-csv", as_csv, _report)
