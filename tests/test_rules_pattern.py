"""How often a child has been away, and by when a talk is written up."""

from datetime import UTC, datetime, timedelta

import pytest

from interview.episodes import Span
from interview.pattern import pattern, write_up_by

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)


def away(days_ago: int, hours: int | None = 9) -> Span:
    """An absence that began so many days ago; without hours, the child is still away."""
    start = NOW - timedelta(days=days_ago)
    return Span(start, None if hours is None else start + timedelta(hours=hours))


def test_a_child_who_never_went_has_no_pattern() -> None:
    none = pattern([], NOW)
    assert (none.in_30_days, none.in_12_months, none.last, none.longest) == (0, 0, None, None)
    assert not none.calls_for_a_meeting


@pytest.mark.parametrize(("days", "month", "year"), [(30, 1, 1), (31, 0, 1), (365, 0, 1), (366, 0, 0)])
def test_an_absence_counts_for_a_month_and_for_a_year(days: int, month: int, year: int) -> None:
    found = pattern([away(days)], NOW)
    assert (found.in_30_days, found.in_12_months) == (month, year)


def test_the_third_in_thirty_days_calls_for_a_meeting() -> None:
    assert not pattern([away(40), away(20), away(2)], NOW).calls_for_a_meeting
    assert pattern([away(29), away(20), away(2)], NOW).calls_for_a_meeting


def test_who_is_still_away_is_away_until_now() -> None:
    found = pattern([away(10), away(3, None)], NOW)
    assert found.longest == timedelta(days=3)
    assert found.last == NOW - timedelta(days=3)


def test_what_is_still_to_come_does_not_count() -> None:
    assert pattern([away(-1)], NOW).in_12_months == 0


@pytest.mark.parametrize(
    ("held", "by"),
    [
        ("2026-11-18T10:00+00:00", "2026-11-23"),  # Wednesday: the weekend is between
        ("2026-11-20T23:30+00:00", "2026-11-25"),  # Friday night
        ("2026-11-23T09:00+00:00", "2026-11-26"),  # Monday
    ],
)
def test_a_talk_is_written_up_in_three_working_days(held: str, by: str) -> None:
    assert write_up_by(datetime.fromisoformat(held), "england").date().isoformat() == by
