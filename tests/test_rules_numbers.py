"""Whom to ring at which hour."""

from datetime import UTC, datetime

import pytest

from interview.nations import NATIONS
from interview.numbers import (
    USUAL_HOURS,
    WHO,
    Number,
    by_the_hour,
    looks_like_a_number,
    not_kept,
    reaches_social_care,
    who_words,
)

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
NIGHT = datetime(2026, 11, 18, 23, tzinfo=UTC)
BY_DAY = Number("social-care", "020 7946 0101", "office-hours")
BY_NIGHT = Number("duty-team", "020 7946 0102", "out-of-hours")
OFFICER = Number("designated-officer", "+44 20 7946 0103", "office-hours")
ALL = [OFFICER, BY_NIGHT, BY_DAY]


def test_by_day_the_office_and_by_night_the_duty_team() -> None:
    assert by_the_hour(ALL, NOON, "england") == ([BY_DAY, OFFICER], [BY_NIGHT])
    assert by_the_hour(ALL, NIGHT, "england") == ([BY_NIGHT], [BY_DAY, OFFICER])


def test_on_a_bank_holiday_the_duty_team_answers_at_noon() -> None:
    easter_monday = datetime(2026, 4, 6, 11, tzinfo=UTC)
    assert by_the_hour(ALL, easter_monday, "england")[0] == [BY_NIGHT]
    assert by_the_hour(ALL, easter_monday, "scotland")[0] == [BY_DAY, OFFICER]


def test_a_number_for_any_time_is_always_there() -> None:
    always = Number("social-care", "01632 960101", "always")
    assert all(by_the_hour([always], at, "wales") == ([always], []) for at in (NOON, NIGHT))


def test_what_is_missing_is_known() -> None:
    assert not_kept([BY_DAY]) == ["duty-team", "designated-officer"]
    assert not reaches_social_care([OFFICER])
    assert reaches_social_care([BY_NIGHT])


@pytest.mark.parametrize("nation", NATIONS)
def test_everyone_has_a_name_in_every_nation(nation: str) -> None:
    assert all(who_words(who, nation) for who in WHO)
    assert ("LADO)" in who_words("designated-officer", nation)) is (nation == "england")
    assert set(USUAL_HOURS) == set(WHO)


@pytest.mark.parametrize("typed", ["020 7946 0101", "(01632) 960-101", "+44 20 7946 0103", "101"])
def test_these_can_be_dialled(typed: str) -> None:
    assert looks_like_a_number(typed)


@pytest.mark.parametrize("typed", ["12", "ask Jo", "020 7946 0101 ext 5", "9" * 21])
def test_these_cannot(typed: str) -> None:
    assert not looks_like_a_number(typed)


def test_a_telephone_takes_no_spaces() -> None:
    assert OFFICER.dialled == "+442079460103"
