"""The hazard log says of each hazard whom it hurts, what holds it, and a test that is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "hazards.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| H\d+ ", line)
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_hazard_has_all_its_cells_and_its_tests_are_there(row: list[str]) -> None:
    assert len(row) == 6
    assert all(row)
    tests = re.findall(r"`([^`]+)`", row[4])
    assert tests
    assert [one for one in tests if not (ROOT / one).exists()] == []


def test_hazards_are_numbered_without_a_gap() -> None:
    assert [row[0] for row in ROWS] == [f"H{number}" for number in range(1, len(ROWS) + 1)]
