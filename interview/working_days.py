"""Working days by nation: weekends and bank holidays are none, and offices are open in the day."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from interview.london import LONDON, to_london

OPENS, CLOSES = time(9), time(17)
MONDAY, SATURDAY = 0, 5
A_DAY = timedelta(days=1)
SCOTLAND, NORTHERN_IRELAND = "scotland", "northern-ireland"

# Proclaimed for one year only (gov.uk/bank-holidays). A new one is a line here.
PROCLAIMED: dict[date, frozenset[str] | None] = {
    date(2022, 6, 3): None,  # Platinum Jubilee
    date(2022, 9, 19): None,  # funeral of Queen Elizabeth II
    date(2023, 5, 8): None,  # coronation of King Charles III
    date(2026, 6, 15): frozenset({SCOTLAND}),  # the men's football World Cup
}
MOVED = {(2022, "spring"): date(2022, 6, 2)}


def easter(year: int) -> date:
    """Easter Sunday, by the rule of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(MONDAY - first.weekday()) % 7)


def _last_monday(year: int, month: int) -> date:
    last = date(year, month + 1, 1) - A_DAY
    return last - timedelta(days=last.weekday())


# The Banking and Financial Dealings Act 1971 with what is proclaimed every year: by nation, None for all.
EVERY_YEAR: tuple[tuple[frozenset[str] | None, Callable[[int], date]], ...] = (
    (None, lambda year: date(year, 1, 1)),
    (frozenset({SCOTLAND}), lambda year: date(year, 1, 2)),
    (frozenset({NORTHERN_IRELAND}), lambda year: date(year, 3, 17)),
    (None, lambda year: easter(year) - 2 * A_DAY),
    (frozenset({"england", "wales", NORTHERN_IRELAND}), lambda year: easter(year) + A_DAY),
    (None, lambda year: _first_monday(year, 5)),
    (None, lambda year: MOVED.get((year, "spring")) or _last_monday(year, 5)),
    (frozenset({NORTHERN_IRELAND}), lambda year: date(year, 7, 12)),
    (frozenset({SCOTLAND}), lambda year: _first_monday(year, 8)),
    (frozenset({"england", "wales", NORTHERN_IRELAND}), lambda year: _last_monday(year, 8)),
    (frozenset({SCOTLAND}), lambda year: date(year, 11, 30)),
    (None, lambda year: date(year, 12, 25)),
    (None, lambda year: date(year, 12, 26)),
)


@lru_cache(maxsize=64)
def bank_holidays(nation: str, year: int) -> frozenset[date]:
    """The bank holidays of a year there; one on a weekend, or on another, moves to the next free weekday."""
    found = {day for day, where in PROCLAIMED.items() if day.year == year and _is_there(nation, where)}
    for where, day_of in EVERY_YEAR:
        day = day_of(year)
        while _is_there(nation, where) and (day.weekday() >= SATURDAY or day in found):
            day += A_DAY
        if _is_there(nation, where):
            found.add(day)
    return frozenset(found)


def _is_there(nation: str, where: frozenset[str] | None) -> bool:
    return where is None or nation in where


def is_working_day(day: date, nation: str) -> bool:
    """Whether offices there work on this day."""
    return day.weekday() < SATURDAY and day not in bank_holidays(nation, day.year)


def end_of_next_working_day(moment: datetime, nation: str) -> datetime:
    """Five o'clock here on the next working day of that nation."""
    day = to_london(moment).date() + A_DAY
    while not is_working_day(day, nation):
        day += A_DAY
    return datetime.combine(day, CLOSES, LONDON)


def working_days_after(day: date, count: int, nation: str) -> date:
    """The working day of that nation that is so many working days after this one."""
    while count:
        day += A_DAY
        count -= is_working_day(day, nation)
    return day


def is_office_time(moment: datetime, nation: str) -> bool:
    """Whether an office there answers at this moment: nine to five on a working day."""
    local = to_london(moment)
    return is_working_day(local.date(), nation) and OPENS <= local.time() < CLOSES
