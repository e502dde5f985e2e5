"""Ways to work out a small number about a home, as somebody who works there would try them. Each one fails.

Where two worlds differ only in a small number, everything that can be fetched is the same, byte for byte.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from interview.reports import safe
from records.database import db
from records.tables import Request
from tests.crawler import Seen, seen
from tests.houses import Model, close
from tests.people import Kid, People, a_child, a_finished_talk, a_home, keeping
from tests.visitor import Element, Visitor, page_of

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
REPORTS = ("regulation-44", "regulation-45")
CHILDREN = 12


@pytest.fixture(autouse=True)
def _some_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def papers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages of which a paper was wanted; each paper is its page."""
    laid_out: list[str] = []

    def made(_kind: Any, html: str) -> bytes:
        laid_out.append(html)
        return html.encode()

    monkeypatch.setattr("views.paper.made", made)
    return laid_out


@contextmanager
def world(model: Model, folder: Path) -> Iterator[tuple[Flask, People]]:
    """An installation of its own."""
    house = model.copy(folder)
    app = house.open()
    assert model.people is not None
    yield app, model.people
    close(app)
    house.remove()


def on(month: int, day: int) -> datetime:
    """Noon of a day of this year."""
    return datetime(2026, month, day, 12, tzinfo=UTC)


def kids_of(app: Flask, people: People, number: int = CHILDREN) -> list[Kid]:
    """Children who live at Larch House."""
    with keeping(app):
        return [a_child(f"Qo{'x' * (n + 1)}", people.larch, people.fenmoor) for n in range(number)]


def talks(
    app: Flask,
    people: People,
    kids: list[Kid],
    month: int,
    said: Mapping[str, int],
    kept: tuple[str, ...] = (),
) -> None:
    """A talk with each in that month. Of each reason, so many of them say it and let the home know.

    What is `kept` from the home everybody says.
    """
    with keeping(app):
        for number, kid in enumerate(kids):
            codes = [code for code, times in said.items() if number < times]
            cards = {"chosen": [*codes, *kept], "home": codes}
            a_finished_talk(
                people, {"ready": "yes", "reasons": cards}, kid=kid, held_at=on(month, 1 + number)
            )


def everything(app: Flask, people: People, who: str = "maya") -> dict[str, Seen]:
    """All that tells counts of Larch House: the summary, its paper, the reports and their tables."""
    visitor = Visitor(app, getattr(people, who))
    home = f"/homes/{people.larch.id}/summary"
    paths = [home, f"{home}.pdf", f"{home}?months=2026-04", f"{home}.pdf?months=2026-04", "/reports"]
    for report in REPORTS:
        paths += [
            f"/reports/{report}?home={people.larch.id}",
            f"/reports/{report}.csv?home={people.larch.id}",
        ]
    return {path: seen(visitor.get(path)) for path in paths}


def shown(model: Model, folder: Path, now: Mapping[str, int], before: Mapping[str, int]) -> dict[str, Seen]:
    """What is seen where so many gave each reason in summer, and in spring."""
    with world(model, folder) as (app, people):
        kids = kids_of(app, people)
        talks(app, people, kids, 5, before)
        talks(app, people, kids, 8, now)
        return everything(app, people)


def table_of(app: Flask, people: People, who: str = "maya") -> Element:
    """The table of reasons in the summary of Larch House."""
    page = page_of(Visitor(app, getattr(people, who)).get(f"/homes/{people.larch.id}/summary"))
    return page.find("table", **{"class": "reasons"})[0]


def counts(app: Flask, people: People, report: str, who: str = "maya") -> list[dict[str, str]]:
    """The lines of a report's CSV."""
    got = Visitor(app, getattr(people, who)).get(f"/reports/{report}.csv?home={people.larch.id}")
    return list(csv.DictReader(io.StringIO(got.data.decode("utf-8-sig"))))


BASE = {"A9": 6, "B1": 5, "A1": 2, "A8": 1}
# Which small number is hidden where, and how somebody would try to see it.
SMALL: dict[str, tuple[dict[str, int], dict[str, int], dict[str, int], dict[str, int]]] = {
    "by the length of a bar": (BASE, BASE | {"A1": 4}, {}, {}),
    "by the order of the reasons": (BASE | {"A1": 1, "A8": 4}, BASE | {"A1": 4, "A8": 1}, {}, {}),
    "by what is left of a total": (BASE, BASE | {"A1": 3, "A8": 3}, {}, {}),
    "by who did not say so": (BASE | {"C1": 8}, BASE | {"C1": 12}, {}, {}),
    "by the months before": (BASE, BASE, BASE, BASE | {"A1": 4, "A8": 3}),
    "by more or fewer than before": (BASE, BASE | {"A1": 4}, BASE | {"A1": 4}, BASE | {"A1": 1}),
    "by a share of all": (BASE | {"D1": 1}, BASE | {"D1": 4}, BASE, BASE),
}


@pytest.mark.parametrize("way", SMALL)
def test_a_small_number_changes_nothing_that_can_be_seen(
    model: Model, tmp_path: Path, papers: list[str], way: str
) -> None:
    one, other, before, before_that = SMALL[way]
    pages = shown(model, tmp_path / "one", one, before)
    assert pages == shown(model, tmp_path / "other", other, before_that)
    assert {page.status for page in pages.values()} == {200}
    # And a large one does: the test can tell.
    assert pages != shown(model, tmp_path / "more", one | {"A9": 7}, before)
    assert papers


def test_what_was_kept_from_the_home_is_in_no_count(model: Model, tmp_path: Path, papers: list[str]) -> None:
    pages = []
    for number, kept in enumerate(((), ("A5", "A2", "C3"))):
        with world(model, tmp_path / str(number)) as (app, people):
            talks(app, people, kids_of(app, people), 8, BASE, kept)
            pages.append(everything(app, people))
    assert pages[0] == pages[1]


def test_nobody_and_a_few_are_the_same_in_a_report(model: Model, tmp_path: Path, papers: list[str]) -> None:
    few = shown(model, tmp_path / "few", BASE, {})
    nobody = shown(model, tmp_path / "nobody", {"A9": 6, "B1": 5}, {})
    reports = [path for path in few if path.startswith("/reports")]
    assert [few[path] for path in reports] == [nobody[path] for path in reports]


def test_two_periods_have_nothing_in_common_to_subtract(model: Model, tmp_path: Path) -> None:
    with world(model, tmp_path) as (app, people):
        kids = kids_of(app, people)
        for month in (2, 5, 8):
            talks(app, people, kids, month, BASE)
        with keeping(app):
            for month in (2, 5, 8, 11):
                a_finished_talk(people, {"ready": "yes", "why": f"Word {month}"}, held_at=on(month, 3))
        maya = Visitor(app, people.maya)
        home = f"/homes/{people.larch.id}/summary"
        options = page_of(maya.get(home)).find("option")
        pages = [maya.get(f"{home}?months={one.attributes['value']}").text for one in options]
    assert len(pages) == 3
    for month in (2, 5, 8, 11):
        assert sum(f"Word {month}" in page for page in pages) == 1


@pytest.mark.parametrize(
    "more",
    [
        "months=2026-08",
        "months=2026-01&months=2026-07",
        "from=2026-08-01&to=2026-08-02",
        "from=2026-07-01&to=2026-10-31",
        "reason=A1",
        "child=x&page=2&theme=A",
    ],
)
def test_no_filter_cuts_a_count(model: Model, tmp_path: Path, more: str) -> None:
    with world(model, tmp_path) as (app, people):
        talks(app, people, kids_of(app, people), 8, BASE)
        maya = Visitor(app, people.maya)
        home = f"/homes/{people.larch.id}/summary"
        tables = [page_of(maya.get(path)).find("table")[0].text for path in (home, f"{home}?{more}")]
        report = f"/reports/regulation-45.csv?home={people.larch.id}"
        assert maya.get(report).data == maya.get(f"{report}&{more}").data
    assert tables[0] == tables[1]


def test_one_talk_more_is_seen_in_no_count(model: Model, tmp_path: Path, papers: list[str]) -> None:
    with world(model, tmp_path) as (app, people):
        kids = kids_of(app, people)
        talks(app, people, kids, 8, BASE)
        before, reasons_before = everything(app, people), table_of(app, people).text
        talks(app, people, kids[:1], 11, {"A9": 1, "A1": 1})
        after, reasons_after = everything(app, people), table_of(app, people).text
    # When children left is the home's own record: the absence of that child is in it.
    changed = {path.partition("/")[2].partition("/")[0] for path in before if before[path] != after[path]}
    assert changed <= {"homes"}
    assert reasons_before == reasons_after


def test_a_child_who_says_it_in_every_talk_is_one_child(model: Model, tmp_path: Path) -> None:
    with world(model, tmp_path) as (app, people):
        kids = kids_of(app, people)
        talks(app, people, kids, 8, {})
        for _again in range(9):
            talks(app, people, kids[:1], 9, {"A1": 1})
        row = next(row.text for row in table_of(app, people).find("tr") if "Bullying by" in row.text)
        told = {line["what"]: line["count"] for line in counts(app, people, "regulation-44")}
    assert "fewer than 5" in row
    assert "Bullying by other children in the placement" not in told


def test_two_reports_and_the_page_tell_the_same_counts(
    model: Model, tmp_path: Path, papers: list[str]
) -> None:
    with world(model, tmp_path) as (app, people):
        talks(app, people, kids_of(app, people), 8, BASE)
        told = [
            {(line["table"], line["what"]): line["count"] for line in counts(app, people, report)}
            for report in REPORTS
        ]
        table = table_of(app, people).text
        Visitor(app, people.maya).get(f"/homes/{people.larch.id}/summary.pdf")
    assert told[0] == told[1]
    reasons = {what: count for (kind, what), count in told[0].items() if kind == "Why children left"}
    assert sorted(reasons.values()) == ["5", "6", "fewer than 5"]
    # The paper holds the table of the page.
    [paper] = papers
    assert " ".join(table.split()) in " ".join(_text(paper).split())


def _text(html: str) -> str:
    class Page:
        text = html

    return page_of(Page()).text  # type: ignore[arg-type]


def test_csv_tells_what_the_page_tells(model: Model, tmp_path: Path) -> None:
    with world(model, tmp_path) as (app, people):
        talks(app, people, kids_of(app, people), 8, BASE)
        page = page_of(Visitor(app, people.maya).get(f"/reports/regulation-45?home={people.larch.id}"))
        cells = [cell.text for cell in page.find("td")]
        assert sorted(cells) == sorted(line["count"] for line in counts(app, people, "regulation-45"))


def test_a_sum_is_told_only_where_it_tells_no_part(model: Model, tmp_path: Path) -> None:
    with world(model, tmp_path) as (app, people):
        talks(app, people, kids_of(app, people), 8, BASE)
        told = {line["what"] for line in counts(app, people, "regulation-44")}
    assert "Talk held in time" in told
    assert "All of them" not in told


def asked(app: Flask, people: People, kids: list[Kid], states: Mapping[str, int]) -> None:
    """Requests of these children to the home in August: so many in each state."""
    with keeping(app):
        held = [
            a_finished_talk(people, {"ready": "yes"}, kid=kid, held_at=on(8, 1 + n))
            for n, kid in enumerate(kids)
        ]
        for state, times in states.items():
            for talk in held[:times]:
                row = Request(
                    child_id=talk.child_id, interview_id=talk.id, home_id=talk.home_id, state=state,
                    authority_id=talk.authority_id, question="would_help", asked_of="home", asked_home=True,
                    asked_at=on(8, 9), for_social_worker=True, for_reviewing_officer=True, for_home=True,
                )  # fmt: skip
                db.session.add(row)
                row.words = "A lock"


def test_answers_to_requests_of_a_few_children_are_not_counted(model: Model, tmp_path: Path) -> None:
    seen_csv = []
    for number, few in enumerate((1, 4)):
        with world(model, tmp_path / str(number)) as (app, people):
            asked(app, people, kids_of(app, people), {"done": 6, "not-possible": few})
            seen_csv.append(counts(app, people, "regulation-44"))
    assert seen_csv[0] == seen_csv[1]
    told = {line["what"]: line["count"] for line in seen_csv[0] if line["counted"] == "Requests"}
    assert (told["Done"], told["Not possible, and why"]) == ("6", "fewer than 5")
    assert "All of them" not in told


def test_a_coordinator_of_some_of_the_children_has_nothing_to_subtract(model: Model, tmp_path: Path) -> None:
    with world(model, tmp_path) as (app, people):
        kids = kids_of(app, people)
        with keeping(app):
            other = a_child("Zo Ventnor", people.larch, people.carrow)
        talks(app, people, [other, *kids], 8, {"A9": 6})
        home = table_of(app, people)
        office = table_of(app, people, "cora")
        print_of_cora = counts(app, people, "regulation-45", "cora")
    assert "6" in home.text
    assert not any(sign.isdigit() for sign in office.text)
    assert {line["count"] for line in print_of_cora} == {"not counted"}


def test_nothing_is_added_up_over_two_homes(model: Model, tmp_path: Path) -> None:
    lines: list[list[list[str]]] = []
    for number, with_another in enumerate((False, True)):
        with world(model, tmp_path / str(number)) as (app, people):
            kids = kids_of(app, people)
            talks(app, people, kids, 8, BASE)
            if with_another:
                with keeping(app):
                    elm = a_home("Elm House", people.fenmoor)
                    others = [a_child(f"Vu{'x' * (n + 1)}", elm, people.fenmoor) for n in range(CHILDREN)]
                talks(app, people, others, 8, {"A9": 7, "A1": 3})
            out = tmp_path / f"{number}.csv"
            assert (
                app.test_cli_runner().invoke(args=["export", "regulation-44", "--out", str(out)]).exit_code
                == 0
            )
            lines.append(list(csv.reader(io.StringIO(out.read_text("utf-8-sig")))))
    assert [line for line in lines[1] if line[1] != "Elm House"] == lines[0]
    assert {line[1] for line in lines[1][1:]} == {"Elm House", "Larch House"}


def test_nothing_is_a_percentage_and_nobody_is_named(model: Model, tmp_path: Path, papers: list[str]) -> None:
    pages = shown(model, tmp_path, BASE, BASE)
    for path, page in pages.items():
        words = (
            _text(page.body.decode()) if not path.partition("?")[0].endswith(".csv") else page.body.decode()
        )
        assert "%" not in words, path
        assert "Qox" not in words, path


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert safe(cell) == f"'{cell}"
    assert safe("Larch House") == "Larch House"
    assert safe(7) == "7"


def test_a_home_whose_name_is_a_formula_is_only_a_name(model: Model, tmp_path: Path) -> None:
    with world(model, tmp_path) as (app, people):
        with keeping(app):
            home = a_home("=HYPERLINK(1)", people.fenmoor)
            kid = a_child("Vu Ventnor", home, people.fenmoor)
            a_finished_talk(people, {"ready": "yes"}, kid=kid, held_at=on(2, 3))
        got = Visitor(app, people.cora).get(f"/reports/regulation-44.csv?home={home.id}")
    assert got.data.startswith(b"\xef\xbb\xbfreport,")
    assert "'=HYPERLINK(1)" in got.text


# Who may read them --------------------------------------------------------------------------------------


def test_a_report_of_another_home_is_as_if_it_were_not_there(model: Model, tmp_path: Path) -> None:
    with world(model, tmp_path) as (app, people):
        mark, maya = Visitor(app, people.mark), Visitor(app, people.maya)
        for report in REPORTS:
            for ending in ("", ".csv"):
                assert mark.get(f"/reports/{report}{ending}?home={people.larch.id}").status_code == 404
                assert maya.get(f"/reports/{report}{ending}?home={people.larch.id}").status_code == 200
        assert maya.get("/reports/no-such-report").status_code == 404
        assert "regulation 44" in maya.get("/reports").text
        assert "How children found the talk" not in maya.get("/reports").text
        assert maya.get("/reports/talks.csv").status_code == 403


def test_an_export_of_no_home_says_what_to_do(model: Model, tmp_path: Path) -> None:
    with world(model, tmp_path) as (app, _people):
        run: Callable[..., Any] = app.test_cli_runner().invoke
        out = str(tmp_path / "out.csv")
        assert "Check it." in run(args=["export", "regulation-44", "--out", out, "--home", "x"]).output
        assert "Choose another." in run(args=["export", "talks", "--out", str(tmp_path / "no" / "x")]).output
        assert run(args=["export", "talks", "--out", out]).exit_code == 0
