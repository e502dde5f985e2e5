"""From the command that starts the server to the first page answered, beside a bare Flask app."""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

from bench.houses import new_house
from bench.measure import Measure
from bench.servers import HEARD, process, wait_for

BARE = "bench.yardsticks.bare_app:app"


def measure_start(folder: Path, rounds: int) -> Iterator[Measure]:
    """How soon the first page comes."""
    house = new_house(folder)
    taken = [(_seconds(HEARD, house.settings), _seconds(BARE, {})) for _ in range(1 + rounds)][1:]
    ours, bare = (median(side) for side in zip(*taken, strict=True))
    yield Measure("server start to first page", "s", ours, limit=2)
    yield Measure("the same beside a bare Flask app", "s", ours, bare)


def _seconds(app: str, settings: Mapping[str, str]) -> float:
    began = time.perf_counter()
    with process(app, settings) as server:
        wait_for(server, "/sign-in")
        return time.perf_counter() - began
