"""One measured thing beside its yardstick, and the table of them all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True)
class Measure:
    """What Heard took and what the yardstick took, in the same unit; without a limit it is only told.

    With a yardstick the ratio must keep the limit, without one the figure itself.
    """

    what: str
    unit: str
    ours: float
    yardstick: float | None = None
    limit: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the yardstick's figure ours is."""
        return self.ours / self.yardstick if self.yardstick else None

    @property
    def held(self) -> bool:
        """Whether the limit is kept."""
        compared = self.ours if self.ratio is None else self.ratio
        return self.limit is None or compared <= self.limit

    def row(self) -> tuple[str, ...]:
        """The cells of its line."""
        limit = f"{self.limit:g}" if self.limit is not None else ""
        verdict = "" if self.limit is None else "held" if self.held else "NOT HELD"
        return self.what, _figure(self.ours, self.unit), *self._beside(), limit, verdict

    def _beside(self) -> tuple[str, str]:
        if self.yardstick is None or self.ratio is None:
            return "", ""
        return _figure(self.yardstick, self.unit), f"{self.ratio:.2f}"


def _figure(value: float, unit: str) -> str:
    digits = 0 if value == int(value) else 1 if value >= 10 else 2
    return f"{value:.{digits}f} {unit}"


def p99(times: Sequence[float]) -> float:
    """The time that 99 of 100 stay under."""
    return quantiles(times, n=100)[98]


HEADINGS = ("measure", "ours", "yardstick", "ratio", "limit", "")


def table(measures: Iterable[Measure]) -> str:
    """All measures, a line for each."""
    rows = [HEADINGS, *(measure.row() for measure in measures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = (cell.ljust(widths[0]) if n == 0 else cell.rjust(widths[n]) for n, cell in enumerate(row))
    return "  ".join((first, *rest)).rstrip()
