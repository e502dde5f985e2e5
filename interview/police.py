"""Information for the police: what of a record helps to find a child and keep it safe, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from interview.access import Part
from interview.account import Given, Told
from interview.questions import QUESTIONS
from interview.reasons import REASONS
from interview.words import N_

# Whereabouts, who the child was with, dangers away from the home, what would help. Never why the child left,
# and nothing that was said about the home.
HEADINGS: dict[str, tuple[str, tuple[str, ...]]] = {
    "where": (
        N_("Where the child was, and how they got there"),
        ("where_went", "place_cards", "how_travelled", "what_happened", "how_back"),
    ),
    "who": (N_("Who the child was with"), ("with_whom", "who_saw", "company")),
    "danger": (
        N_("Dangers"),
        (
            "hurt_away",
            "hurt_away_words",
            "afraid_words",
            "exploitation",
            "exploitation_words",
            "crime",
            "crime_words",
            "disruption",
        ),
    ),
    "find": (N_("What helps to find the child"), ("help_to_find", "likely_places")),
    "adult": (
        N_("About an adult who works with children"),
        ("adult_hurt", "adult_hurt_words", "staff_concern", "staff_concern_words"),
    ),
}
ASKED = tuple(key for _, keys in HEADINGS.values() for key in keys)
HEADING_OF = {key: heading for heading, (_, keys) in HEADINGS.items() for key in keys}
AT_HOME = "A"
NOTHING: tuple[Any, ...] = (None, "", [], {}, "no", "not-known")


@dataclass(frozen=True)
class Item:
    """One thing that may go: an answer, or a danger among the reasons; `key` names it in the form."""

    key: str
    heading: str
    part: Part
    at: datetime
    told: Told | None = None
    danger: str = ""

    @property
    def is_allegation(self) -> bool:
        """Whether it goes only where somebody says why."""
        return self.part is Part.ALLEGATION


def items(told: Iterable[Told], given: Iterable[Given]) -> tuple[Item, ...]:
    """What may go to the police, in the order of the sheet, the newest first under each heading."""
    found = [_answer(one) for one in told if _is_told(one)]
    dangers = {one.reason.code: one for one in given if _is_danger(one)}
    found += [
        Item(f"danger-{code}", "danger", REASONS[code].part, one.given_at, danger=REASONS[code].term)
        for code, one in dangers.items()
    ]
    order = list(HEADINGS)
    newest = sorted(found, key=lambda one: one.at, reverse=True)
    return tuple(sorted(newest, key=lambda one: order.index(one.heading)))


def _is_told(one: Told) -> bool:
    said = one.answer
    return said.question in ASKED and said.skipped is None and said.value not in NOTHING


def _answer(one: Told) -> Item:
    key = one.answer.question
    return Item(one.answer.op_id, HEADING_OF[key], QUESTIONS[key].part, one.held_at, one)


def _is_danger(one: Given) -> bool:
    reason = REASONS[one.reason.code]
    # Dangers in the home are told by way of the council, and an allegation by way of the designated officer.
    return reason.danger and reason.part is not Part.ALLEGATION and not one.reason.code.startswith(AT_HOME)


def faults_of_sheet(chosen: Iterable[Item], allegation_why: str) -> dict[str, str]:
    """What is wrong with a choice, as a sentence for its field."""
    if any(one.is_allegation for one in chosen) and not allegation_why:
        return {"allegation_why": N_("Write why this goes to the police from you, or do not choose it.")}
    return {}
