"""Who writes to SQLite waits for their turn, and whoever fails at the gate keeps nobody else waiting."""

from pathlib import Path

import pytest

from records.gate import Gate


def test_a_gate_that_cannot_be_opened_just_now_lets_the_next_writer_through(tmp_path: Path) -> None:
    folder = tmp_path / "later"
    gate = Gate(folder / "gate")
    for _ in range(2):
        with pytest.raises(FileNotFoundError):
            gate.enter({})
    folder.mkdir()
    writer: dict[str, int] = {}
    gate.enter(writer)
    assert gate.leave(writer) == 1
