"""Pictures as numbers: what stands where in a box of a known size. Nothing is cut, no words are covered."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

# Widths of the box: a page or a sheet of paper, and a telephone.
WIDE, NARROW = 680.0, 320.0
LETTER = 13.0
LINE = 17.0
# A letter is a little less than this part of its height wide; Chinese and the like are as wide as high.
USUAL_LETTER = 0.62
AIR = 6.0


@dataclass(frozen=True)
class Text:
    """Words in the picture: around `x`, or from it in reading direction where `starts`."""

    x: float
    y: float
    words: str
    starts: bool = False
    size: float = LETTER

    @property
    def span(self) -> tuple[float, float]:
        """From where to where the words reach, in a picture that is read from left to right."""
        room = room_for(self.words, self.size)
        left = self.x if self.starts else self.x - room / 2
        return left, left + room

    def mirrored(self, width: float) -> "Text":
        """The same words in a picture that is read from right to left."""
        return replace(self, x=width - self.x)


@dataclass(frozen=True)
class Box:
    """A rectangle; `withheld` stands for a number that is not told."""

    x: float
    y: float
    width: float
    height: float
    tinted: bool = False
    solid: bool = False
    withheld: bool = False

    def mirrored(self, width: float) -> "Box":
        """The same in a picture that is read from right to left."""
        return replace(self, x=width - self.x - self.width)


@dataclass(frozen=True)
class Rule:
    """A straight line."""

    x: float
    y: float
    to_x: float
    to_y: float

    def mirrored(self, width: float) -> "Rule":
        """The same in a picture that is read from right to left."""
        return replace(self, x=width - self.x, to_x=width - self.to_x)


@dataclass(frozen=True)
class Mark:
    """A disc: of one, or of `count` that stood too close to be told apart. `hollow` has not ended yet."""

    x: float
    y: float
    r: float
    count: int = 1
    hollow: bool = False
    ringed: bool = False

    def mirrored(self, width: float) -> "Mark":
        """The same in a picture that is read from right to left."""
        return replace(self, x=width - self.x)


@dataclass(frozen=True)
class Picture:
    """All that is drawn, in a box of this size."""

    width: float
    height: float
    boxes: tuple[Box, ...] = ()
    rules: tuple[Rule, ...] = ()
    marks: tuple[Mark, ...] = ()
    texts: tuple[Text, ...] = ()

    def mirrored(self) -> "Picture":
        """The picture as it is read from right to left: time runs in reading direction."""
        return replace(
            self,
            boxes=tuple(one.mirrored(self.width) for one in self.boxes),
            rules=tuple(one.mirrored(self.width) for one in self.rules),
            marks=tuple(one.mirrored(self.width) for one in self.marks),
            texts=tuple(one.mirrored(self.width) for one in self.texts),
        )


@lru_cache(maxsize=4096)
def room_for(words: str, size: float = LETTER) -> float:
    """How wide words are at most, whatever the letters."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in words)
    return size * (wide + USUAL_LETTER * (len(words) - wide))


def wrapped(words: str, room: float, size: float = LETTER) -> tuple[str, ...]:
    """Words on as many lines as they need; one that is longer than a line is broken."""
    lines = [""]
    for word in (piece for one in words.split() for piece in _pieces(one, room, size)):
        joined = f"{lines[-1]} {word}".strip()
        if room_for(joined, size) <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    return tuple(line for line in lines if line)


def _pieces(word: str, room: float, size: float) -> Iterable[str]:
    most = max(1, int(room // size)) if room_for(word, size) > room else len(word)
    return (word[at : at + most] for at in range(0, len(word), most))


def within(text: Text, width: float) -> Text | None:
    """Words around a point, moved inside the box; None where they are longer than that."""
    half = room_for(text.words, text.size) / 2
    return replace(text, x=min(max(text.x, half), width - half)) if 2 * half <= width else None


def without_covering(texts: Iterable[Text], width: float) -> tuple[Text, ...]:
    """Those words of one line that find room beside the ones before them."""
    kept: list[Text] = []
    for text in filter(None, (within(text, width) for text in texts)):
        if not kept or text.span[0] >= kept[-1].span[1] + AIR:
            kept.append(text)
    return tuple(kept)


def spread(places: Sequence[float], apart: float, width: float) -> list[float]:
    """Places moved as little as it takes to be so far apart, and half of that from either end.

    There must be room for them: `apart` times their number is no more than `width`.
    """
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + apart if moved else apart / 2))
    limit = width - apart / 2
    for at in range(len(moved) - 1, -1, -1):
        moved[at] = min(moved[at], limit)
        limit = moved[at] - apart
    return moved
