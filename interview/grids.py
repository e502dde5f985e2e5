"""Reasons over time as grids: which talk, which month. What is withheld is drawn the same, whatever it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from interview.pictures import (
    LETTER,
    LINE,
    Box,
    Mark,
    Picture,
    Rule,
    Text,
    room_for,
    without_covering,
    wrapped,
)

SMALL = 11.0
HEAD = 36.0
CELL = 28.0
BARS = 44.0
TALLEST = 28.0
# So high is what is too small to be shown: as high for one as for none.
WITHHELD = 12.0
# Beside a grid on paper, its words take this part of the width; on a telephone they stand above it.
BESIDE = 0.4
LEAST_BESIDE = 480.0

Column = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """A reason, and column by column whether it was given and whether it was the biggest."""

    words: str
    given: tuple[bool, ...]
    biggest: tuple[bool, ...]


@dataclass(frozen=True)
class Counts:
    """A reason, and month by month in how many talks it was given; None where that is too few to say."""

    words: str
    talks: tuple[int | None, ...]


@dataclass(frozen=True)
class _Frame:
    """Where the columns are, and how high each row is."""

    width: float
    columns: int
    cell: float

    @property
    def beside(self) -> bool:
        return self.width >= LEAST_BESIDE

    @property
    def start(self) -> float:
        return self.width * BESIDE if self.beside else 0.0

    @property
    def step(self) -> float:
        return (self.width - self.start) / max(1, self.columns)

    def middle(self, column: int) -> float:
        return self.start + self.step * (column + 0.5)

    def lines(self, words: str) -> tuple[str, ...]:
        return wrapped(words, (self.start or self.width) - LETTER)

    def height(self, words: str) -> float:
        text = LINE * len(self.lines(words)) + LINE / 2
        return max(text, self.cell) if self.beside else text + self.cell

    def foot(self, top: float, words: str) -> float:
        """The foot of the cells of a row."""
        return top + self.height(words) if not self.beside else top + (self.height(words) + self.cell) / 2

    def texts(self, top: float, words: str) -> list[Text]:
        lines = self.lines(words)
        first = top + LINE - 2
        if self.beside:
            first += (self.height(words) - LINE * len(lines)) / 2 - 1
        return [Text(0, first + LINE * at, line, starts=True) for at, line in enumerate(lines)]

    def heads(self, columns: Sequence[Column]) -> list[Text]:
        """The columns' names on two lines; one that would cover the one before is left out."""
        around = (
            Text(self.middle(at) - self.start, at, max(column, key=room_for), size=SMALL)
            for at, column in enumerate(columns)
        )
        return [
            Text(self.start + one.x, y, words, size=SMALL)
            for one in without_covering(around, self.width - self.start)
            for y, words in zip((12.0, 26.0), columns[int(one.y)], strict=True)
        ]


def over_time(rows: Sequence[Row], columns: Sequence[Column], width: float) -> Picture:
    """Reason by column: a disc where it was given, a ring around it where it was the biggest."""
    frame = _Frame(width, len(columns), CELL)
    tops = _tops(frame, [row.words for row in rows])
    r = min(6.0, frame.step / 2 - 4.5)
    marks, rules, texts = [], [], frame.heads(columns)
    for top, row in zip(tops, rows, strict=False):
        y = frame.foot(top, row.words) - CELL / 2
        rules.append(Rule(frame.start, y, width, y))
        marks += [
            Mark(frame.middle(at), y, r, ringed=row.biggest[at]) for at, here in enumerate(row.given) if here
        ]
        texts += frame.texts(top, row.words)
    return Picture(width, tops[-1] + 2, (), tuple(rules), tuple(marks), tuple(texts))


def by_month(rows: Sequence[Counts], columns: Sequence[Column], width: float) -> Picture:
    """Reason by month: a bar with its count; nothing where there was none; one box for what is withheld."""
    frame = _Frame(width, len(columns), BARS)
    tops = _tops(frame, [row.words for row in rows])
    largest = max((count for row in rows for count in row.talks if count), default=1)
    boxes, rules, texts = [], [], frame.heads(columns)
    for top, row in zip(tops, rows, strict=False):
        foot = frame.foot(top, row.words) - 2
        rules.append(Rule(frame.start, foot, width, foot))
        boxes += [_bar(frame, at, foot, count, largest) for at, count in enumerate(row.talks) if count != 0]
        texts += [*frame.texts(top, row.words), *_numbers(frame, row, boxes)]
    return Picture(width, tops[-1] + 2, tuple(boxes), tuple(rules), (), tuple(texts))


def _tops(frame: _Frame, words: Sequence[str]) -> list[float]:
    """The top of each row, and the foot of the last."""
    return list(accumulate((frame.height(one) for one in words), initial=HEAD))


def _bar(frame: _Frame, column: int, foot: float, count: int | None, largest: int) -> Box:
    wide = min(frame.step * 0.7, 26.0)
    high = WITHHELD if count is None else max(2.0, TALLEST * count / largest)
    return Box(
        frame.middle(column) - wide / 2,
        foot - high,
        wide,
        high,
        solid=count is not None,
        withheld=count is None,
    )


def _numbers(frame: _Frame, row: Counts, boxes: Sequence[Box]) -> list[Text]:
    mine = [at for at, count in enumerate(row.talks) if count != 0]
    drawn = zip(mine, boxes[len(boxes) - len(mine) :], strict=True)
    return [
        Text(frame.middle(at), box.y - 3, str(row.talks[at]), size=SMALL)
        for at, box in drawn
        if row.talks[at] is not None and len(str(row.talks[at])) * SMALL * 0.62 <= frame.step
    ]
