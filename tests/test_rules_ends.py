"""What is said before and after a talk: the welcome, the numbers to keep, and the counts of how it was."""

from datetime import date

import pytest

from interview.found import ASKED, fault_of_found, quarter, quarter_of
from interview.helplines import BY_HAND, HELPLINES, NONE_WANTED, helplines_in
from interview.nations import NATIONS
from interview.questions import QUESTIONS
from interview.small_numbers import FEWEST
from interview.welcome import ASKED_FOR, OLDER, WELCOMES, YOUNGER, welcome_for

TODAY = date(2026, 11, 22)
SECRECY = ("secret", "confidential", "nobody will know", "private", "between you and me", "promise")


@pytest.mark.parametrize(
    ("born", "version"),
    [
        (date(2017, 1, 1), YOUNGER),
        (date(2014, 11, 23), YOUNGER),
        (date(2014, 11, 22), OLDER),
        (None, YOUNGER),
    ],
)
def test_a_child_is_welcomed_in_words_for_their_age(born: date | None, version: str) -> None:
    assert welcome_for(born, TODAY).version == version


@pytest.mark.parametrize("version", [YOUNGER, OLDER])
def test_whom_the_child_asked_for_is_not_said_to_be_independent(version: str) -> None:
    born = date(2017, 1, 1) if version == YOUNGER else date(2010, 1, 1)
    asked_for = welcome_for(born, TODAY, child_asked=True)
    assert asked_for.version == version + ASKED_FOR
    assert "work for" in " ".join(WELCOMES[version].lines)
    assert "work for" not in " ".join(asked_for.lines)
    assert [line for line in asked_for.lines if line.startswith("You asked to talk with me.")]
    assert asked_for.limit == WELCOMES[version].limit


@pytest.mark.parametrize("welcome", WELCOMES.values(), ids=WELCOMES)
def test_a_welcome_is_short_and_promises_no_secrecy(welcome: object) -> None:
    said = [*WELCOMES[welcome.version].lines, *WELCOMES[welcome.version].limit]  # type: ignore[attr-defined]
    sentences = [one for line in said for one in line.replace("?", ".").split(".") if one.strip()]
    assert max(len(sentence.split()) for sentence in sentences) <= 15
    assert not [word for word in SECRECY if word in " ".join(said).lower()]
    assert any("have to tell" in line for line in said)


def test_every_number_is_an_option_of_the_record() -> None:
    options = {option.key for option in QUESTIONS["helplines_given"].options}
    keys = {line.key for line in HELPLINES} | {one.key for one in BY_HAND} | {NONE_WANTED}
    assert options == keys


@pytest.mark.parametrize("nation", NATIONS)
def test_every_nation_has_the_numbers_for_all_and_its_own(nation: str) -> None:
    numbers = {line.number for line in helplines_in(nation)}
    assert {"116 000", "0800 1111"} <= numbers
    assert ("080880 23456" in numbers) == (nation == "wales")
    assert ("0800 528 0731" in numbers) == (nation == "england")


@pytest.mark.parametrize(
    ("day", "starts"),
    [(date(2026, 1, 1), date(2026, 1, 1)), (date(2026, 3, 31), date(2026, 1, 1)), (TODAY, date(2026, 10, 1))],
)
def test_a_quarter_begins_with_its_month(day: date, starts: date) -> None:
    assert quarter_of(day) == starts


def test_small_counts_are_not_told_and_none_is_a_small_count() -> None:
    counted = quarter("Fenmoor", TODAY, {("face", "5"): FEWEST, ("face", "1"): FEWEST - 1})
    times = {one.key: one.times for one in counted.counts["face"]}
    assert times == {"5": FEWEST, "4": None, "3": None, "2": None, "1": None}


def test_only_answers_that_are_offered_are_counted() -> None:
    offered = [(asked.key, option[0]) for asked in ASKED for option in asked.options]
    assert not fault_of_found(offered)
    assert fault_of_found([("face", "6")])
