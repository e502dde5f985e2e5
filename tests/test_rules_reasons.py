"""The reasons, as data."""

from collections import Counter

import pytest

from interview.access import COUNCIL, EVERYONE, Part
from interview.reasons import (
    GROUPS,
    HEADINGS,
    REASONS,
    ForHome,
    Heading,
    Pull,
    Reason,
    in_order,
    pulls,
)

EVERY = pytest.mark.parametrize("reason", REASONS.values(), ids=REASONS.keys())
# The words that Heard never uses of a child.
NEVER_SAID = ("abscond", "awol", "non-compliant", "sanction", "risk score", "runaway", "promiscu")


@EVERY
def test_a_reason_has_words_for_both_and_a_heading(reason: Reason) -> None:
    assert reason.child
    assert reason.term
    assert reason.child != reason.term
    assert reason.heading in HEADINGS


@EVERY
def test_a_reason_belongs_to_a_group(reason: Reason) -> None:
    assert reason.group in {group.letter for group in GROUPS}
    assert reason.picture == f"{reason.code.lower()}.svg"


@EVERY
def test_a_reason_is_kind(reason: Reason) -> None:
    words = f"{reason.child} {reason.term}".casefold()
    assert not any(unkind in words for unkind in NEVER_SAID)


@EVERY
def test_a_reason_goes_home_as_a_rule_only_when_nothing_speaks_against_it(reason: Reason) -> None:
    assert reason.audience() == (EVERYONE if reason.for_home is ForHome.YES else COUNCIL)


def test_the_ten_groups_stand_in_order_and_none_is_empty() -> None:
    letters = list(dict.fromkeys(reason.group for reason in REASONS.values()))
    assert letters == [group.letter for group in GROUPS]


def test_the_codes_are_those_of_the_list() -> None:
    counted = Counter(reason.group for reason in REASONS.values())
    assert counted["A"] == 11
    assert all(code == reason.code for code, reason in REASONS.items())


def test_every_heading_of_a_review_has_its_words() -> None:
    assert set(HEADINGS) == set(Heading)


def test_the_child_can_say_it_in_no_words_of_ours() -> None:
    assert {"K1", "K2", "K3"} <= set(REASONS)
    assert REASONS["K4"].by_worker


def test_bullying_is_a_danger_on_the_first_page() -> None:
    assert REASONS["A1"].danger
    assert "A1" in [reason.code for reason in in_order()[:12]]


def test_only_an_allegation_has_a_part_of_its_own() -> None:
    assert {code for code, reason in REASONS.items() if reason.part is not Part.REASONS} == {"A5"}


def test_reasons_push_and_pull() -> None:
    assert {reason.pull for reason in REASONS.values()} == set(Pull)


def test_every_card_of_the_child_has_its_place_in_the_order_once() -> None:
    order = [reason.code for reason in in_order()]
    assert sorted(order) == sorted(code for code, reason in REASONS.items() if not reason.by_worker)


def test_the_order_begins_with_what_is_named_most_and_ends_with_no_reason_of_ours() -> None:
    order = [reason.code for reason in in_order()]
    assert order[0] == "B1"
    assert set(order[-3:]) == {"K1", "K2", "K3"}
    assert {"J1", "J2"} <= set(order)


def test_a_pull_goes_to_someone_or_somewhere_outside() -> None:
    assert {"B1", "B3", "B8", "G1"} <= pulls()
    assert not {"A1", "B4", "J2", "K2"} & pulls()


def test_each_group_has_all_its_codes() -> None:
    counted = Counter(reason.group for reason in REASONS.values())
    assert counted == {"A": 11, "B": 9, "C": 3, "D": 7, "E": 2, "F": 5, "G": 6, "I": 2, "J": 3, "K": 4}


def test_the_dangers_are_those_that_open_a_safeguarding_pathway() -> None:
    dangers = {code for code, reason in REASONS.items() if reason.danger}
    assert dangers == {"A1", "A2", "A5", "D4", "E1", "F2", "F5", "G1", "G2", "G3", "G4"}


def test_what_a_child_can_say_instead_of_a_reason_is_on_a_card() -> None:
    said = {reason.code: reason.child for reason in in_order()}
    assert said["J1"] == "I was just late"
    assert said["J2"].startswith("I wasn't missing")
    assert said["K2"] == "I don't know"
    assert "rather not say" in said["K1"]
