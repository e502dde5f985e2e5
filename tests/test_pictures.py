"""Pictures on a child's summary: what they show, what stands beside them, and in which direction they run."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from docx import Document
from flask import Flask
from flask_babel import force_locale

from interview.account import Return, Stay
from interview.clock import Standing
from interview.lines import Line
from tests.conftest import Visit
from tests.people import People, a_finished_talk, an_episode, keeping
from tests.visitor import Element, page_of
from views.document import document
from views.moments import now
from views.pictures import life_shown, lived, reasons_shown

A_DAY = timedelta(days=1)
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def summary_of(visit: Visit, people: People) -> Element:
    """Robin's summary, as Ivan reads it."""
    return page_of(visit(people.ivan).get(f"/children/{people.robin.id}/summary")).find("main")[0]


def names_of_pictures(page: Element) -> set[str]:
    return {one.attributes["aria-label"] for one in page.find("svg") if one.attributes.get("role") == "img"}


def talks(app: Flask, people: People, many: int, every: timedelta = A_DAY) -> None:
    """So many talks, and each time the same reason."""
    with keeping(app):
        for number in range(many):
            reasons = {"chosen": ["A1", "A9"], "biggest": "A1"}
            a_finished_talk(people, {"ready": "yes", "reasons": reasons}, held_at=now() - number * every)


def gone(home: str, left: datetime, back: datetime | None) -> Return:
    """An absence from a home."""
    return Return("x", home, left, back, (), None, Standing.NOT_STARTED)


# On the page ----------------------------------------------------------------------------------------


def test_two_talks_are_a_grid_and_one_is_not(app: Flask, people: People, visit: Visit) -> None:
    talks(app, people, 1)
    assert not any("reasons were given" in name for name in names_of_pictures(summary_of(visit, people)))
    talks(app, people, 1, A_DAY)
    page = summary_of(visit, people)
    assert any("2 reasons in 2 talks" in name for name in names_of_pictures(page))
    assert "Each column is a talk." in page.text


@pytest.mark.parametrize(
    ("many", "every", "said"), [(9, 30, "Each column is a quarter."), (9, 400, "Each column is a quarter.")]
)
def test_many_talks_are_told_by_quarter(
    app: Flask, people: People, visit: Visit, many: int, every: int, said: str
) -> None:
    talks(app, people, many, every * A_DAY)
    assert said in summary_of(visit, people).text


def test_what_the_picture_shows_stands_in_the_table(app: Flask, people: People, visit: Visit) -> None:
    talks(app, people, 2)
    tables = [table.text for table in summary_of(visit, people).find("table")]
    assert any(
        "Bullying by other children in the placement" in one and "the biggest ;" in one for one in tables
    )


def test_a_child_who_is_away_now_is_not_back_yet(app: Flask, people: People, visit: Visit) -> None:
    with keeping(app):
        an_episode(people).returned_at = None
    assert "not back yet" in summary_of(visit, people).text


def test_marks_with_a_number_are_explained_where_there_are_any(
    app: Flask, people: People, visit: Visit
) -> None:
    with keeping(app):
        an_episode(people)
    assert "as many as it says" not in summary_of(visit, people).text
    with keeping(app):
        an_episode(people, returned_at=now() - A_DAY)
    assert "as many as it says" in summary_of(visit, people).text


def test_no_picture_needs_a_style_or_a_script(app: Flask, people: People, visit: Visit) -> None:
    talks(app, people, 2)
    for one in summary_of(visit, people).find("svg"):
        assert all({"style", "onload", "onclick"}.isdisjoint(part.attributes) for part in one)
        assert one.find("style") == one.find("script") == []


def test_a_document_has_the_table_and_nothing_that_explains_a_picture(
    app: Flask, people: People, visit: Visit
) -> None:
    talks(app, people, 2)
    page = visit(people.ivan).get(f"/children/{people.robin.id}/summary").text
    file = Document(io.BytesIO(document(page)))
    said = [paragraph.text for paragraph in file.paragraphs]
    assert "Homes, and absences from each" in said
    assert "given as the biggest" not in said
    assert "The same as a table" not in said


# Rows and directions --------------------------------------------------------------------------------


def test_an_absence_on_the_day_of_a_move_belongs_to_the_home_it_was_from(app: Flask) -> None:
    stays = (Stay("Larch House", NOON.date() - 9 * A_DAY, NOON.date()), Stay("Rowan Lodge", NOON.date()))
    with app.test_request_context():
        rows = lived(
            stays, (gone("Larch House", NOON, NOON + A_DAY), gone("Rowan Lodge", NOON + A_DAY, None))
        )
    assert [(row.stay.home, len(row.absences)) for row in rows] == [("Larch House", 1), ("Rowan Lodge", 1)]
    assert rows[0].longest == "24 hours"


@pytest.mark.parametrize(("language", "mirrored"), [("en", False), ("ar", True)])
def test_time_runs_as_the_page_is_read(app: Flask, language: str, mirrored: bool) -> None:
    stays = (Stay("Larch House", NOON.date()), Stay("Rowan Lodge", NOON.date() + 30 * A_DAY))
    with app.test_request_context(), force_locale(language):
        first, second = life_shown("Robin", stays, ()).wide.boxes[:2]
        grid = reasons_shown([a_reason(NOON, NOON + 40 * A_DAY)]).wide
    assert (first.x > second.x) is mirrored
    assert (grid.marks[0].x > grid.marks[1].x) is mirrored


def a_reason(*days: datetime) -> Line:
    return Line("A9", "Boredom, nothing to do", given=tuple((day, False) for day in days))


def test_eighteen_years_of_talks_are_told_by_year(app: Flask) -> None:
    many: list[Any] = [NOON - number * 100 * A_DAY for number in range(60)]
    with app.test_request_context():
        assert reasons_shown([a_reason(*many)]).note == "Each column is a year."
