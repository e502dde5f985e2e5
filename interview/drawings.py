"""A drawing: the strokes as the child's finger made them, with the child's own words, never read as more."""

import json
from dataclasses import dataclass
from typing import Any

from interview.words import C_

# The sheet on which a child draws today. A drawing keeps the size of its own.
SHEET = (1000, 750)
LARGEST_SIDE = 4000
WIDEST = 60
LONGEST_CAPTION = 500
# What is kept of one drawing at most: some hundred metres of line.
LONGEST_DRAWING = 150_000


@dataclass(frozen=True)
class Colour:
    """One pen: the word on its button, and how it looks on every device and on paper."""

    words: str
    hex: str


# Told apart by eyes that see no red, no green or no blue, and by how dark they are (tests/test_drawings.py).
COLOURS: dict[str, Colour] = {
    "black": Colour(C_("Black"), "#0f0f0f"),
    "brown": Colour(C_("Brown"), "#502207"),
    "blue": Colour(C_("Blue"), "#1b31ba"),
    "purple": Colour(C_("Purple"), "#8639a0"),
    "red": Colour(C_("Red"), "#db2a21"),
    "green": Colour(C_("Green"), "#019e67"),
    "orange": Colour(C_("Orange"), "#e8890c"),
    "yellow": Colour(C_("Yellow"), "#f5d90a"),
}
WIDTHS: dict[int, str] = {6: C_("Thin"), 16: C_("Thick"), 40: C_("Very thick")}


@dataclass(frozen=True)
class Line:
    """One stroke as a page draws it."""

    colour: str
    width: int
    points: str


def is_drawing(value: Any) -> bool:
    """Whether this is a drawing in its one form, and holds a stroke or a word."""
    return (
        isinstance(value, dict)
        and set(value) == {"size", "strokes", "caption"}
        and _is_size(value["size"])
        and isinstance(value["strokes"], list)
        and all(_is_stroke(stroke, *value["size"]) for stroke in value["strokes"])
        and _is_caption(value["caption"])
        and says_something(value)
        and len(json.dumps(value, ensure_ascii=False, separators=(",", ":"))) <= LONGEST_DRAWING
    )


def _is_size(size: Any) -> bool:
    return isinstance(size, list) and len(size) == 2 and all(_within(side, 1, LARGEST_SIDE) for side in size)


def _is_stroke(stroke: Any, wide: int, high: int) -> bool:
    if not isinstance(stroke, dict) or set(stroke) != {"colour", "width", "points"}:
        return False
    colour, points = stroke["colour"], stroke["points"]
    return (
        isinstance(colour, str)
        and colour in COLOURS
        and _within(stroke["width"], 1, WIDEST)
        and isinstance(points, list)
        and len(points) >= 2
        and len(points) % 2 == 0
        and all(_within(across, 0, wide) for across in points[::2])
        and all(_within(down, 0, high) for down in points[1::2])
    )


def _is_caption(caption: Any) -> bool:
    if not isinstance(caption, str) or len(caption) > LONGEST_CAPTION:
        return False
    return caption == caption.encode(errors="ignore").decode()


def _within(number: Any, least: int, most: int) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and least <= number <= most


def holds_strokes(value: Any) -> bool:
    """Whether this value is a drawing, and not words, choices or reasons."""
    return isinstance(value, dict) and "strokes" in value


def says_something(drawing: dict[str, Any]) -> bool:
    """Whether anything was drawn, or said of it."""
    return bool(drawing["strokes"] or drawing["caption"].strip())


def caption_of(drawing: dict[str, Any]) -> str:
    """The child's own words for it; often there are none, and nobody makes some up."""
    return str(drawing["caption"])


def text_of(value: Any) -> str:
    """What stands in an answer as words: what was said, or the child's words for a drawing."""
    return caption_of(value) if holds_strokes(value) else str(value)


def sheet_of(value: Any) -> str:
    """The drawing without its words, as a page holds it; an empty sheet where nothing was drawn."""
    drawn = value if holds_strokes(value) else {"size": list(SHEET), "strokes": []}
    return json.dumps({"size": drawn["size"], "strokes": drawn["strokes"]}, separators=(",", ":"))


def drawing_from(sheet: str, caption: str) -> Any:
    """The drawing out of what a page sends; None for an empty sheet without words, the text if it is none."""
    try:
        drawn = json.loads(sheet) if sheet else {"size": list(SHEET), "strokes": []}
    except (ValueError, RecursionError):
        return sheet
    if not isinstance(drawn, dict) or not isinstance(drawn.get("strokes"), list):
        return sheet
    return drawn | {"caption": caption} if drawn["strokes"] or caption.strip() else None


def lines_of(drawing: dict[str, Any]) -> tuple[Line, ...]:
    """The strokes in the order in which they were made."""
    return tuple(
        Line(COLOURS[stroke["colour"]].hex, stroke["width"], _points(stroke["points"]))
        for stroke in drawing["strokes"]
    )


def _points(points: list[int]) -> str:
    # A line needs two points: a touch is one from a point to itself.
    twice = points * 2 if len(points) == 2 else points
    return " ".join(f"{across},{down}" for across, down in zip(twice[::2], twice[1::2], strict=True))
