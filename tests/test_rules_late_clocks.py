"""What is believed of a tablet's clock."""

from datetime import UTC, datetime, timedelta

from interview.late_clocks import credible

GIVEN = datetime(2026, 11, 18, 9, tzinfo=UTC)
CAME = GIVEN + timedelta(days=1)
HOUR = timedelta(hours=1)


def test_what_was_written_between_the_two_moments_was_written_then() -> None:
    assert credible(GIVEN + HOUR, CAME, GIVEN) == GIVEN + HOUR


def test_nothing_was_written_after_it_came() -> None:
    assert credible(CAME + HOUR, CAME, GIVEN) == CAME


def test_nothing_was_written_before_the_talk_was_given() -> None:
    assert credible(GIVEN - HOUR, CAME, GIVEN) == GIVEN


def test_where_the_tablet_says_nothing_the_arrival_counts() -> None:
    assert credible(None, CAME, GIVEN) == CAME
