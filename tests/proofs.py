"""The long proofs of `make proofs`: how often each is done, and the table of what came of it."""

import os
from pathlib import Path

import pytest

TABLE = os.environ.get("PROOFS", "")
WIDE = (76, 32)
LINE = f"{{:<{WIDE[0]}}}  {{:<{WIDE[1]}}}  {{}}\n"
HEAD = LINE.format("proof", "found", "promised") + LINE.format("-" * WIDE[0], "-" * WIDE[1], "-" * 8)


def as_many(quick: int, long: int) -> int:
    """How many times: few in `make test`, many in `make proofs`."""
    return long if TABLE else quick


def figure(what: str, found: object, promised: object = "") -> None:
    """One line of the table."""
    if TABLE:
        path = Path(TABLE)
        before = path.read_text(encoding="utf-8") if path.exists() else HEAD
        line = LINE.format(what, str(found), promised).rstrip()
        path.write_text(f"{before}{line}\n", encoding="utf-8")


def held(report: pytest.TestReport) -> None:
    """A line for a proof that has come to its end, after its figures."""
    if report.when == "call" and not report.skipped:
        said = report.nodeid.rpartition("::test_")[2].partition("[")[0].replace("_", " ")
        figure(
            f"{said[:1].upper()}{said[1:]}",
            f"{'held' if report.passed else 'NOT HELD'}, {report.duration:.0f} s",
        )
