"""Numbers that a child can keep: free ones, by nation. On paper they stand without names."""

from dataclasses import dataclass

from interview.nations import NATIONS
from interview.words import C_

EVERYWHERE = frozenset(NATIONS)


@dataclass(frozen=True)
class Helpline:
    """One number: its name, how it is reached, and what it is for in words for a child.

    `key` is that of the option in the record's question about what the child was given.
    """

    key: str
    name: str
    number: str
    how: str
    words: str
    nations: frozenset[str] = EVERYWHERE


CALL, CALL_OR_TEXT = C_("Call, free"), C_("Call or text, free")

HELPLINES: tuple[Helpline, ...] = (
    Helpline(
        "runaway-helpline",
        "Runaway Helpline",
        "116 000",
        CALL_OR_TEXT,
        C_("If you are away, or want to go. They will not tell you off."),
    ),
    Helpline("childline", "Childline", "0800 1111", CALL, C_("For anything at all, big or small.")),
    Helpline(
        "meic",
        "Meic",
        "080880 23456",
        CALL,
        C_("Someone on your side, in Welsh or in English."),
        frozenset({"wales"}),
    ),
    Helpline(
        "help-at-hand",
        "Help at Hand",
        "0800 528 0731",
        CALL,
        C_("If nobody listens to you where you live."),
        frozenset({"england"}),
    ),
)


@dataclass(frozen=True)
class Contact:
    """Someone whose number is written by hand."""

    key: str
    words: str


BY_HAND: tuple[Contact, ...] = (
    Contact("advocate", C_("Someone who speaks up for me")),
    Contact("interviewer", C_("How to reach you again")),
)
NONE_WANTED = "did-not-want"


def helplines_in(nation: str) -> tuple[Helpline, ...]:
    """The numbers that a child in this nation can ring."""
    return tuple(line for line in HELPLINES if nation in line.nations)
