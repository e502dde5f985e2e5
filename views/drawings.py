"""Drawings on pages: the strokes as they were made, with the child's own words, the same everywhere."""

from collections.abc import Callable
from typing import Any

from flask import get_template_attribute

from interview.drawings import COLOURS, LONGEST_CAPTION, LONGEST_DRAWING, WIDTHS, holds_strokes
from interview.questions import Question
from interview.words import C_

A_DRAWING = C_("A drawing")
# A stroke that was begun, and the words beside the drawing, still have their place on a sheet that is full.
ROOM = 10_000 + LONGEST_CAPTION


def drawing_words(say: Callable[[str], str]) -> dict[str, Any]:
    """What the script needs to put up a sheet: its words in the child's language, and the pens."""
    return {
        "colours": [(key, say(colour.words), colour.hex) for key, colour in COLOURS.items()],
        "widths": [(width, say(words)) for width, words in WIDTHS.items()],
        "sheet": say(C_("Sheet to draw on")),
        "colour": say(C_("Colours")),
        "width": say(C_("How thick")),
        "undo": say(C_("Take back")),
        "again": say(C_("Start again")),
        "full": say(C_("This sheet is full. You can take something back.")),
        "most": LONGEST_DRAWING - ROOM,
    }


def chosen_cards(question: Question, chosen: list[str], say: Callable[[str], str]) -> str:
    """The cards that were chosen, each with its picture: not everybody who chose them reads."""
    macro: Callable[[list[tuple[str, str]]], str] = get_template_attribute(
        "talk/chosen_cards.html", "chosen_cards"
    )
    return macro([(one.picture, say(one.words)) for one in question.options if one.key in chosen])


def as_shown(value: Any, name: str) -> str:
    """A value as it stands on a page: words as they are, a drawing as a picture over its words.

    `name` is what the picture is called where the child gave it no words.
    """
    if not holds_strokes(value):
        return str(value)
    macro: Callable[[Any, str], str] = get_template_attribute("talk/drawing.html", "with_its_words")
    return macro(value, name)
