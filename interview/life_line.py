"""One line of time: where a child lived, and when they were away. Dates and lengths, and no more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interview.pictures import (
    AIR,
    LETTER,
    LINE,
    Box,
    Mark,
    Picture,
    Rule,
    Text,
    room_for,
    spread,
    without_covering,
    wrapped,
)

MARKS_AT = 17.0
BAND_TOP, BAND_HEIGHT = 36.0, 42.0
BAND_FOOT = BAND_TOP + BAND_HEIGHT
LINES_IN_BAND = 2
ROW = 26.0
# The size of a mark says how long an absence was: up to so many hours, this radius.
SIZES: tuple[tuple[float, float], ...] = ((6, 3.5), (24, 5.5), (72, 8.0))
LONGEST = 10.5
# A count is written into a mark: room for one digit, two, three.
ROOM_TO_COUNT = (9.0, 11.0, 14.0)
APART = 1.5


@dataclass(frozen=True)
class Stretch:
    """A time in one place, in days of one reckoning."""

    start: float
    end: float
    words: str


@dataclass(frozen=True)
class Absent:
    """An absence: when it began, in days, and how many hours it lasted; None while it lasts."""

    at: float
    hours: float | None


@dataclass(frozen=True)
class Tick:
    """A day that is named below the line."""

    at: float
    words: str


@dataclass(frozen=True)
class _Scale:
    first: float
    last: float
    width: float

    def __call__(self, day: float) -> float:
        long = self.last - self.first
        return self.width * min(max((day - self.first) / long, 0), 1) if long > 0 else self.width / 2


def life_line(
    stretches: Sequence[Stretch], absences: Iterable[Absent], ticks: Iterable[Tick], last: float, width: float
) -> Picture:
    """The places in their order, numbered from one, the absences above them, and days below; up to `last`."""
    away = list(absences)
    first = min([one.start for one in stretches] + [one.at for one in away], default=last)
    scale = _Scale(first, last, width)
    boxes = _boxes(stretches, scale)
    inside, numbers, leaders, foot = _names(stretches, boxes, width)
    days = _evenly([Text(scale(one.at), foot + 20, one.words) for one in ticks], width)
    return Picture(
        width,
        foot + 26,
        boxes,
        (Rule(0, foot, width, foot), *leaders),
        gathered([_mark(one, scale) for one in away], width),
        (*inside, *numbers, *days),
    )


def radius(hours: float | None) -> float:
    """How large the mark of an absence of so many hours is."""
    return next((r for limit, r in SIZES if hours is not None and hours < limit), LONGEST)


def _mark(one: Absent, scale: _Scale) -> Mark:
    return Mark(scale(one.at), MARKS_AT, radius(one.hours), hollow=one.hours is None)


def _boxes(stretches: Sequence[Stretch], scale: _Scale) -> tuple[Box, ...]:
    """One band each, none upon another; neighbours differ without colour."""
    boxes = []
    for number, one in enumerate(stretches):
        ends = [one.end, *(later.start for later in stretches[number + 1 : number + 2])]
        left, right = scale(one.start), scale(min(ends))
        boxes.append(Box(left, BAND_TOP, max(right - left, 0), BAND_HEIGHT, tinted=number % 2 == 0))
    return tuple(boxes)


def _names(
    stretches: Sequence[Stretch], boxes: Sequence[Box], width: float
) -> tuple[list[Text], list[Text], list[Rule], float]:
    """The name in each band; its number where only that fits; else the number below, on a line."""
    inside, outside = [], []
    for number, (one, box) in enumerate(zip(stretches, boxes, strict=True), 1):
        lines = _lines(f"{number} {one.words}", box) or _lines(str(number), box)
        inside += _in_band(lines, box)
        if not lines:
            outside.append((box.x + box.width / 2, str(number)))
    return inside, *_below(outside, width)


def _lines(words: str, box: Box) -> tuple[str, ...]:
    """The words on the lines of a band; none where they do not fit."""
    room = box.width - AIR
    if any(room_for(word) > room for word in words.split()):
        return ()
    lines = wrapped(words, room)
    return lines if len(lines) <= LINES_IN_BAND else ()


def _in_band(lines: Sequence[str], box: Box) -> list[Text]:
    first = box.y + box.height / 2 + LETTER * 0.35 - (len(lines) - 1) * LINE / 2
    return [Text(box.x + box.width / 2, first + LINE * at, line) for at, line in enumerate(lines)]


def _evenly(days: Sequence[Text], width: float) -> tuple[Text, ...]:
    """As many days as find room, each so far from the next as the others."""
    steps = (without_covering(days[::step], width) for step in range(1, len(days) + 1))
    wanted = (len(days[::step]) for step in range(1, len(days) + 1))
    return next((kept for kept, all_of in zip(steps, wanted, strict=True) if len(kept) == all_of), ())


def _below(numbers: list[tuple[float, str]], width: float) -> tuple[list[Text], list[Rule], float]:
    """Numbers below the bands, on as many lines as they need."""
    apart = max((room_for(words) + AIR for _at, words in numbers), default=1.0)
    rows = -(-len(numbers) // max(1, int(width // apart)))
    texts, rules = [], []
    for row in range(rows):
        mine = numbers[row::rows]
        top = BAND_FOOT + ROW * row
        for (at, words), x in zip(mine, spread([at for at, _ in mine], apart, width), strict=True):
            texts.append(Text(x, top + ROW - 3, words))
            rules.append(Rule(at, BAND_FOOT, x, top + ROW - 4 - LETTER * 0.8))
    return texts, rules, BAND_FOOT + ROW * rows + 4


def gathered(marks: Iterable[Mark], width: float) -> tuple[Mark, ...]:
    """Marks that would cover each other become one with their count, around their middle."""
    groups: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda one: one.x):
        groups.append([mark])
        while len(groups) > 1 and _touch(_one(groups[-2], width), _one(groups[-1], width)):
            last = groups.pop()
            groups[-1].extend(last)
    return tuple(_one(group, width) for group in groups)


def _touch(one: Mark, other: Mark) -> bool:
    return other.x - one.x < one.r + other.r + APART


def _one(group: Sequence[Mark], width: float) -> Mark:
    count = sum(mark.count for mark in group)
    r = max(mark.r for mark in group)
    if count > 1:
        r = max(r, ROOM_TO_COUNT[min(len(str(count)), len(ROOM_TO_COUNT)) - 1])
    middle = sum(mark.x * mark.count for mark in group) / count
    x = min(max(middle, r + 1), width - r - 1)
    return Mark(x, group[0].y, r, count, any(mark.hollow for mark in group))
