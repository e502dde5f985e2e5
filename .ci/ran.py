"""Says in one line what `make test` ran. A test that was skipped did not run: that is a failure."""

import re
import sys
from pathlib import Path


def count(word: str, reports: list[str]) -> int:
    """The tests that all reports together count under a word of pytest's own."""
    return sum(int(found) for report in reports for found in re.findall(f' {word}="(\\d+)"', report))


def at_a_second_try(report: Path) -> list[str]:
    """The tests that were run once more, as tests/reruns.py wrote them down beside the report."""
    written = report.with_suffix(".reruns")
    return written.read_text(encoding="utf-8").splitlines() if written.exists() else []


def main() -> int:
    """Reads the reports named on the command line: those without a browser, then those with."""
    without, in_browser = ([Path(name).read_text(encoding="utf-8")] for name in sys.argv[1:])
    skipped = count("skipped", without + in_browser)
    print(
        "Ran: lint, format, types, import contracts, catalogues,",
        f"{count('tests', without)} tests on SQLite and PostgreSQL,",
        f"{count('tests', in_browser)} in Chromium, {skipped} skipped.",
    )
    for name in (name for report in sys.argv[1:] for name in at_a_second_try(Path(report))):
        print(f"FAILED AT FIRST and passed when run once more, a fault to be mended: {name}")
    return min(skipped, 1)


if __name__ == "__main__":
    sys.exit(main())
