"""By when to tell, and when that is done."""

from datetime import UTC, datetime, timedelta

import pytest

from interview.concerns import (
    KINDS,
    TELL,
    TOLD,
    WHAT_TO_DO,
    ConcernKind,
    Telling,
    all_told_at,
    faults_of_telling,
    still_to_tell,
    tell_by,
)

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
ALLEGATION, DANGER = ConcernKind.ALLEGATION, ConcernKind.DANGER


@pytest.mark.parametrize(
    ("raised", "due"),
    [
        # A Wednesday, a Friday, a Saturday, a Sunday; and a Friday before the clocks go forward.
        (datetime(2026, 11, 18, 12, tzinfo=UTC), datetime(2026, 11, 19, 17, tzinfo=UTC)),
        (datetime(2026, 11, 20, 18, tzinfo=UTC), datetime(2026, 11, 23, 17, tzinfo=UTC)),
        (datetime(2026, 11, 21, 0, tzinfo=UTC), datetime(2026, 11, 23, 17, tzinfo=UTC)),
        (datetime(2026, 11, 22, 23, 59, tzinfo=UTC), datetime(2026, 11, 23, 17, tzinfo=UTC)),
        (datetime(2026, 3, 27, 12, tzinfo=UTC), datetime(2026, 3, 30, 16, tzinfo=UTC)),
        # In summer half past eleven in the evening, in UTC, is the next day here.
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), datetime(2026, 7, 3, 16, tzinfo=UTC)),
    ],
)
def test_an_allegation_is_told_by_the_end_of_the_next_working_day(raised: datetime, due: datetime) -> None:
    assert tell_by(ALLEGATION, raised) == due


def test_a_danger_is_told_within_a_day_weekend_or_not() -> None:
    assert tell_by(DANGER, NOW) == NOW + timedelta(hours=24)


def test_it_is_done_when_the_last_of_them_was_told() -> None:
    officer = Telling("designated-officer", NOW, "Cora")
    worker = Telling("social-worker", NOW + timedelta(hours=1), "Cora")
    again = Telling("social-worker", NOW + timedelta(hours=9), "Cora")
    assert still_to_tell(ALLEGATION, [officer]) == ("social-worker",)
    assert all_told_at(ALLEGATION, [officer]) is None
    assert all_told_at(ALLEGATION, [again, officer, worker]) == worker.at


def test_nobody_was_told_in_the_future() -> None:
    assert faults_of_telling(NOW, NOW) == {}
    assert "at" in faults_of_telling(NOW + timedelta(seconds=1), NOW)


def test_every_kind_says_what_to_do() -> None:
    assert set(KINDS) == set(TELL) == set(WHAT_TO_DO) == set(ConcernKind)
    assert all(TELL[kind] <= set(TOLD) for kind in ConcernKind)
