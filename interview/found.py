"""How children found the talk: counted without a link to anybody, and small counts are not shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from interview.small_numbers import FEWEST
from interview.words import C_, N_


@dataclass(frozen=True)
class Asked:
    """One of the two things that are asked: for the child, and for those who read the counts."""

    key: str
    child: str
    words: str
    options: tuple[tuple[str, str, str], ...]


FACE = Asked(
    "face",
    C_("How was this talk?"),
    N_("How was this talk?"),
    (
        ("5", C_("Very good"), N_("Very good")),
        ("4", C_("Good"), N_("Good")),
        ("3", C_("In the middle"), N_("In the middle")),
        ("2", C_("Bad"), N_("Bad")),
        ("1", C_("Very bad"), N_("Very bad")),
    ),
)
LISTENED = Asked(
    "listened",
    C_("Did you feel listened to?"),
    N_("Did you feel listened to?"),
    (
        ("yes", C_("Yes, I did"), N_("Yes")),
        ("partly", C_("Partly"), N_("Partly")),
        ("no", C_("No, I did not"), N_("No")),
    ),
)
ASKED = (FACE, LISTENED)


@dataclass(frozen=True)
class Counted:
    """How often one thing was answered in one way; None where that is too seldom to be told."""

    key: str
    words: str
    times: int | None


@dataclass(frozen=True)
class Quarter:
    """Three months of one council: every answer with its count, or nothing where there were too few."""

    council: str
    starts: date
    counts: Mapping[str, tuple[Counted, ...]]


def quarter_of(day: date) -> date:
    """The first day of the quarter."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def shown(times: int) -> int | None:
    """A count as it may be told: also none at all is "fewer than five"."""
    return times if times >= FEWEST else None


def quarter(council: str, starts: date, times: Mapping[tuple[str, str], int]) -> Quarter:
    """The counts of one quarter, by question and answer. No sum is given: it would tell what is withheld."""
    counts = {
        asked.key: tuple(
            Counted(key, words, shown(times.get((asked.key, key), 0))) for key, _child, words in asked.options
        )
        for asked in ASKED
    }
    return Quarter(council, starts, counts)


def fault_of_found(given: Iterable[tuple[str, str]]) -> bool:
    """Whether anything in it is not an answer."""
    known = {(asked.key, key) for asked in ASKED for key, _child, _words in asked.options}
    return not set(given) <= known
