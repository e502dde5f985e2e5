"""Run the measures: `python -m bench`, or parts of it: talk, tablet, pages, save, lists, papers, start."""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.lists import measure_lists
from bench.measure import Measure, table
from bench.pages import measure_pages
from bench.papers import measure_papers
from bench.review import measure_review
from bench.save import measure_save
from bench.start import measure_start
from bench.tablet import measure_tablet
from bench.talk import measure_talk

Part = Callable[[Path, argparse.Namespace], Iterator[Measure]]
PARTS: dict[str, Part] = {
    "talk": lambda folder, how: measure_talk(folder, how.rounds),
    "tablet": lambda folder, how: measure_tablet(folder, how.rounds),
    "pages": lambda folder, how: measure_pages(folder),
    "save": lambda folder, how: measure_save(folder, how.rounds),
    "lists": lambda folder, how: measure_lists(folder, how.rounds, how.interviews, how.keep),
    "papers": lambda folder, how: measure_papers(folder, how.rounds),
    "review": lambda folder, how: measure_review(folder, how.rounds),
    "start": lambda folder, how: measure_start(folder, how.rounds),
}


def main() -> int:
    """Measure, print the table, and say whether every limit is held."""
    how = _arguments()
    measures = []
    for part in how.parts or PARTS:
        print(f"Measuring: {part}", file=sys.stderr)
        with TemporaryDirectory(prefix="heard-bench-") as folder:
            measures += list(PARTS[part](Path(folder) / part, how))
    print(table(measures))
    missed = [measure for measure in measures if not measure.held]
    print(f"{len(missed)} limits are not held." if missed else "Every limit is held.")
    return 1 if missed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all of them, unless named")
    parser.add_argument("--rounds", type=int, default=7, help="interleaved rounds of each measure")
    parser.add_argument("--interviews", type=int, default=100_000, help="talks in the large database")
    parser.add_argument("--keep", type=Path, help="folder that keeps the large database for the next run")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
