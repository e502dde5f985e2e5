"""The clock of a return: just before, at and just after."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.clock import Standing, due_by, hours_between, standing
from interview.nations import NATIONS, THREE_DAYS

LONDON = ZoneInfo("Europe/London")
BACK = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
DUE = BACK + timedelta(hours=72)
SECOND = timedelta(seconds=1)
MOMENTS = st.datetimes(timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (BACK, Standing.DUE),
        (DUE - SECOND, Standing.DUE),
        (DUE, Standing.DUE),
        (DUE + SECOND, Standing.OVERDUE),
    ],
)
def test_a_talk_is_overdue_a_second_after_72_hours(now: datetime, expected: Standing) -> None:
    assert standing(BACK, None, now, THREE_DAYS) is expected


@pytest.mark.parametrize(
    ("held_at", "expected"),
    [
        (DUE - SECOND, Standing.HELD_IN_TIME),
        (DUE, Standing.HELD_IN_TIME),
        (DUE + SECOND, Standing.HELD_LATE),
    ],
)
def test_a_talk_is_held_late_a_second_after_72_hours(held_at: datetime, expected: Standing) -> None:
    assert standing(BACK, held_at, held_at + timedelta(days=30), THREE_DAYS) is expected


def test_a_talk_held_on_the_way_back_is_in_time() -> None:
    assert standing(BACK, BACK - timedelta(hours=2), BACK, THREE_DAYS) is Standing.HELD_IN_TIME


def test_a_talk_held_before_the_return_is_known_is_in_time() -> None:
    assert standing(None, BACK, BACK, THREE_DAYS) is Standing.HELD_IN_TIME


def test_the_clock_has_not_started_while_the_child_is_away() -> None:
    assert standing(None, None, BACK, THREE_DAYS) is Standing.NOT_STARTED
    assert due_by(None, THREE_DAYS) is None


def test_nothing_is_late_where_there_is_no_limit() -> None:
    no_limit = NATIONS["northern-ireland"].hold_within
    assert standing(BACK, None, BACK + timedelta(days=400), no_limit) is Standing.NO_LIMIT
    assert due_by(BACK, no_limit) is None


def test_scotland_has_seven_days() -> None:
    assert due_by(BACK, NATIONS["scotland"].hold_within) == BACK + timedelta(days=7)


@pytest.mark.parametrize(
    ("back", "due"),
    [
        # Clocks go back on 25 October 2026 and forward on 29 March 2026: elapsed hours count.
        (datetime(2026, 10, 24, 12, tzinfo=LONDON), datetime(2026, 10, 27, 11, tzinfo=LONDON)),
        (datetime(2026, 3, 28, 12, tzinfo=LONDON), datetime(2026, 3, 31, 13, tzinfo=LONDON)),
    ],
)
def test_the_night_the_clocks_change_neither_gives_nor_takes_an_hour(back: datetime, due: datetime) -> None:
    moment = due_by(back.astimezone(UTC), THREE_DAYS)
    assert moment == due.astimezone(UTC)


@pytest.mark.parametrize(
    ("passed", "hours"),
    [
        (timedelta(minutes=59, seconds=59), 0),
        (timedelta(hours=1), 1),
        (timedelta(hours=71, minutes=59), 71),
        (timedelta(hours=-5), 0),
    ],
)
def test_hours_are_whole_and_never_below_zero(passed: timedelta, hours: int) -> None:
    assert hours_between(BACK, BACK + passed) == hours


@given(MOMENTS, MOMENTS)
def test_a_talk_once_held_never_changes_its_standing(held_at: datetime, now: datetime) -> None:
    assert standing(BACK, held_at, now, THREE_DAYS) is standing(BACK, held_at, BACK, THREE_DAYS)
