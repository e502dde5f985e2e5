"""Every question of the bank and every field of the real forms has a place: docs/coverage.md says which."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from interview.questions import NEWEST_SET, QUESTIONS, SETS
from records import tables

PAGE = Path(__file__).parent.parent / "docs" / "coverage.md"
PLACE = re.compile(r"`(question|column|computed):([\w.]+)`")
REASON = re.compile(r"left out: \S.{20,}", re.IGNORECASE)
# How many canonical questions each part of the bank has, and the nine that no form asks.
BANK = {"QR": 14, "QS": 12, "QB": 6, "QW": 10, "QC": 5, "QH": 11, "QA": 1, "QZ": 2, "N": 9}
FORMS = [f"O{number}" for number in range(1, 19)]


@dataclass(frozen=True)
class Row:
    """One row of a table: what it is about, and where it stands."""

    key: str
    field: str
    where: str

    @property
    def places(self) -> list[tuple[str, str]]:
        """The places that it names: the kind, and the name."""
        return PLACE.findall(self.where)


@cache
def rows(heading: str) -> tuple[Row, ...]:
    """The rows of the table under a heading."""
    part = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return tuple(_read(line) for line in part.splitlines() if line.startswith("| ") and "---" not in line)[1:]


def _read(line: str) -> Row:
    key, field, where = (cell.strip() for cell in line.strip("|").split("|"))
    return Row(key, field, where)


def every_row() -> tuple[Row, ...]:
    """Both tables."""
    return (*rows("The bank"), *rows("The forms"))


def named() -> list[tuple[str, str]]:
    """Every place that the page names, once."""
    return sorted({place for row in every_row() for place in row.places})


def a_question(name: str) -> bool:
    """Whether a question of that key is asked today."""
    return name in SETS[NEWEST_SET]


def a_column(name: str) -> bool:
    """Whether a table has that field, sealed or in the clear."""
    table, _, column = name.partition(".")
    of_table = [one for one in vars(tables).values() if getattr(one, "__tablename__", "") == table]
    return any(hasattr(found, column) for found in of_table)


def something_computed(name: str) -> bool:
    """Whether a module of the house has something of that name."""
    parts = name.split(".")
    found: Any = import_module(".".join(parts[:2]))
    for part in parts[2:]:
        found = getattr(found, part, None)
    return found is not None and len(parts) > 2


EXISTS = {"question": a_question, "column": a_column, "computed": something_computed}


@pytest.mark.parametrize(("kind", "name"), named())
def test_what_the_page_names_exists(kind: str, name: str) -> None:
    assert EXISTS[kind](name)


def test_every_question_of_the_bank_is_there_once() -> None:
    wanted = [f"{part}{number}" for part, count in BANK.items() for number in range(1, count + 1)]
    assert len(wanted) == 61 + 9
    assert sorted(row.key for row in rows("The bank")) == sorted(wanted)


def test_every_form_is_there_with_its_fields() -> None:
    assert list(dict.fromkeys(row.key.split()[0] for row in rows("The forms"))) == FORMS
    fields = [(row.key, row.field) for row in rows("The forms")]
    assert len(set(fields)) == len(fields)


@pytest.mark.parametrize("row", every_row(), ids=lambda row: f"{row.key}: {row.field}")
def test_everything_has_a_place_or_a_reason(row: Row) -> None:
    assert row.field
    assert row.places or REASON.search(row.where)
    assert len(row.places) == row.where.count("`") / 2, "Something in the row is not a place."


def test_nothing_of_the_bank_is_left_out_as_a_whole() -> None:
    assert [row.key for row in rows("The bank") if not row.places] == []


def test_a_question_and_the_page_agree_on_what_it_answers() -> None:
    says = {row.key: {name for kind, name in row.places if kind == "question"} for row in rows("The bank")}
    for key in SETS[NEWEST_SET]:
        for canonical in QUESTIONS[key].bank:
            assert key in says[canonical], f"{canonical} does not name question:{key}"


def test_no_question_is_asked_without_a_cause() -> None:
    """Every question that is asked answers something of the bank, and the page names it."""
    on_the_page = {name for kind, name in named() if kind == "question"}
    assert set(SETS[NEWEST_SET]) - on_the_page == set()
