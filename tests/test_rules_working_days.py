"""Working days: gov.uk/bank-holidays, written out and not taken from the code."""

from datetime import UTC, date, datetime

import pytest

from interview.nations import NATIONS
from interview.working_days import bank_holidays, easter, is_office_time, is_working_day

ENGLAND_2026 = ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"]
ENGLAND_2027 = ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"]
SCOTLAND_2026 = ["01-01", "01-02", "04-03", "05-04", "05-25", "06-15", "08-03", "11-30", "12-25", "12-28"]
SCOTLAND_2028 = ["01-03", "01-04", "04-14", "05-01", "05-29", "08-07", "11-30", "12-25", "12-26"]
BELFAST_2026 = [
    "01-01", "03-17", "04-03", "04-06", "05-04", "05-25", "07-13", "08-31", "12-25", "12-28",
]  # fmt: skip
ENGLAND_2022 = ["01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-26", "12-27"]


@pytest.mark.parametrize(
    ("nation", "year", "days"),
    [
        ("england", 2026, ENGLAND_2026),
        ("wales", 2026, ENGLAND_2026),
        ("england", 2027, ENGLAND_2027),
        ("england", 2022, ENGLAND_2022),
        ("scotland", 2026, SCOTLAND_2026),
        ("scotland", 2028, SCOTLAND_2028),
        ("northern-ireland", 2026, BELFAST_2026),
    ],
)
def test_the_bank_holidays_are_those_that_are_published(nation: str, year: int, days: list[str]) -> None:
    assert sorted(bank_holidays(nation, year)) == [date.fromisoformat(f"{year}-{day}") for day in days]


@pytest.mark.parametrize("nation", NATIONS)
def test_no_bank_holiday_falls_on_a_weekend(nation: str) -> None:
    assert all(day.weekday() < 5 for year in range(2021, 2060) for day in bank_holidays(nation, year))


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2038, 4, 25), (2285, 3, 22)]
)
def test_easter(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


def test_a_weekend_is_no_working_day() -> None:
    assert is_working_day(date(2026, 11, 20), "england")
    assert not is_working_day(date(2026, 11, 21), "england")


@pytest.mark.parametrize(
    ("moment", "open_there"),
    [
        (datetime(2026, 11, 18, 8, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 18, 9, tzinfo=UTC), True),
        (datetime(2026, 11, 18, 16, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 18, 17, tzinfo=UTC), False),
        # In summer the offices here open at eight in UTC.
        (datetime(2026, 7, 1, 8, tzinfo=UTC), True),
        (datetime(2026, 12, 25, 12, tzinfo=UTC), False),
    ],
)
def test_offices_are_open_by_the_clock_here(moment: datetime, *, open_there: bool) -> None:
    assert is_office_time(moment, "england") is open_there
