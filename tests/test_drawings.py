"""Drawings: kept as the child made them, in colours that everybody can tell apart."""

import json
import math
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.drawings import (
    COLOURS,
    LONGEST_CAPTION,
    LONGEST_DRAWING,
    SHEET,
    WIDTHS,
    drawing_from,
    is_drawing,
    lines_of,
    says_something,
    sheet_of,
)

STROKE: dict[str, Any] = {"colour": "blue", "width": 6, "points": [10, 20, 30, 40]}
HOUSE: dict[str, Any] = {"size": [1000, 750], "strokes": [STROKE], "caption": "The old house"}

GOOD: dict[str, dict[str, Any]] = {
    "a line": HOUSE,
    "a touch": HOUSE | {"strokes": [STROKE | {"points": [0, 0]}]},
    "no words": HOUSE | {"caption": ""},
    "only words": HOUSE | {"strokes": []},
    "to the edge": HOUSE | {"strokes": [STROKE | {"points": [1000, 750]}]},
    "another sheet": HOUSE | {"size": [300, 400]},
}
BAD: dict[str, Any] = {
    "words": "a house",
    "a list": [STROKE],
    "nothing in it": HOUSE | {"strokes": [], "caption": "  "},
    "something more": HOUSE | {"title": "House"},
    "no caption": {"size": [1000, 750], "strokes": [STROKE]},
    "a caption that is none": HOUSE | {"caption": None},
    "half a character": HOUSE | {"caption": "\ud83d"},
    "a long caption": HOUSE | {"caption": "x" * (LONGEST_CAPTION + 1)},
    "no size": HOUSE | {"size": None},
    "one side": HOUSE | {"size": [1000]},
    "no room": HOUSE | {"size": [0, 750]},
    "too large": HOUSE | {"size": [100_000, 750]},
    "strokes that are none": HOUSE | {"strokes": ["x"]},
    "strokes in a word": HOUSE | {"strokes": "blue"},
    "a colour from elsewhere": HOUSE | {"strokes": [STROKE | {"colour": "url(https://elsewhere.invalid)"}]},
    "a colour that is none": HOUSE | {"strokes": [STROKE | {"colour": ["blue"]}]},
    "no width": HOUSE | {"strokes": [STROKE | {"width": 0}]},
    "a width of a wall": HOUSE | {"strokes": [STROKE | {"width": 500}]},
    "a truth for a width": HOUSE | {"strokes": [STROKE | {"width": True}]},
    "no points": HOUSE | {"strokes": [STROKE | {"points": []}]},
    "half a point": HOUSE | {"strokes": [STROKE | {"points": [1, 2, 3]}]},
    "between the points": HOUSE | {"strokes": [STROKE | {"points": [1.5, 2]}]},
    "off the sheet": HOUSE | {"strokes": [STROKE | {"points": [1001, 2]}]},
    "under the sheet": HOUSE | {"strokes": [STROKE | {"points": [1, 751]}]},
    "before the sheet": HOUSE | {"strokes": [STROKE | {"points": [-1, 2]}]},
    "more in a stroke": HOUSE | {"strokes": [STROKE | {"note": "angry"}]},
    "more than can be kept": HOUSE | {"strokes": [STROKE | {"points": [999, 749] * LONGEST_DRAWING}]},
}


@pytest.mark.parametrize("drawn", GOOD.values(), ids=GOOD.keys())
def test_a_drawing_is_kept(drawn: dict[str, Any]) -> None:
    assert is_drawing(drawn)


@pytest.mark.parametrize("sent", BAD.values(), ids=BAD.keys())
def test_what_is_no_drawing_is_refused(sent: Any) -> None:
    assert not is_drawing(sent)


@pytest.mark.parametrize("drawn", GOOD.values(), ids=GOOD.keys())
def test_a_drawing_goes_through_a_page_unchanged(drawn: dict[str, Any]) -> None:
    assert drawing_from(sheet_of(drawn), drawn["caption"]) == drawn


def test_an_empty_sheet_without_words_is_no_answer() -> None:
    assert drawing_from(sheet_of(None), "") is None
    assert drawing_from("", "") is None


def test_words_alone_are_an_answer_where_nothing_can_be_drawn() -> None:
    told = drawing_from("", "On paper")
    assert told == {"size": list(SHEET), "strokes": [], "caption": "On paper"}
    assert is_drawing(told)


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps), st.text())
def test_whatever_a_page_sends_for_a_drawing_breaks_nothing(sheet: str, caption: str) -> None:
    assert is_drawing(drawing_from(sheet, caption)) in (True, False)


def test_strokes_are_drawn_in_the_order_in_which_they_were_made() -> None:
    drawn = HOUSE | {"strokes": [STROKE, {"colour": "red", "width": 40, "points": [5, 6]}]}
    first, second = lines_of(drawn)
    assert (first.colour, first.width, first.points) == (COLOURS["blue"].hex, 6, "10,20 30,40")
    assert second.points == "5,6 5,6", "a touch is a line from a point to itself"


def test_a_touch_with_nothing_else_says_something() -> None:
    assert says_something(GOOD["a touch"])
    assert not says_something(BAD["nothing in it"])


def test_every_width_on_a_button_can_be_kept() -> None:
    assert all(is_drawing(HOUSE | {"strokes": [STROKE | {"width": width}]}) for width in WIDTHS)


# Colours for every eye ------------------------------------------------------------------------------

# What an eye sees that lacks one kind of cone: Machado, Oliveira and Fernandes (2009), severity 1.
EYES: dict[str, tuple[tuple[float, float, float], ...]] = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# Two patches side by side are told apart at about 2.3; these are far from it.
FAR_APART, DARKER = 20, 8


def light(part: str) -> float:
    """One part of a colour as an amount of light."""
    value = int(part, 16) / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def seen(colour: str, eye: str) -> tuple[float, float, float]:
    """A colour as this eye sees it, in CIELAB: how light, how red, how yellow."""
    lights = [light(colour[at : at + 2]) for at in (1, 3, 5)]
    red, green, blue = (
        min(1.0, max(0.0, sum(weight * one for weight, one in zip(row, lights, strict=True))))
        for row in EYES[eye]
    )
    x, y, z = (
        curve((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047),
        curve(0.2126 * red + 0.7152 * green + 0.0722 * blue),
        curve((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883),
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def curve(amount: float) -> float:
    """How bright an amount of light looks."""
    return amount ** (1 / 3) if amount > 0.008856 else 7.787 * amount + 16 / 116


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("pair", list(combinations(COLOURS, 2)), ids="-".join)
def test_any_two_colours_are_told_apart(eye: str, pair: tuple[str, str]) -> None:
    one, other = (seen(COLOURS[key].hex, eye) for key in pair)
    assert math.dist(one, other) >= FAR_APART


def test_each_colour_is_lighter_than_the_one_before_it() -> None:
    lightness = sorted(seen(colour.hex, "all cones")[0] for colour in COLOURS.values())
    assert all(after - before >= DARKER for before, after in pairwise(lightness))


def test_each_colour_is_seen_on_white_paper() -> None:
    assert all(seen(colour.hex, "all cones")[0] <= 100 - DARKER for colour in COLOURS.values())
