"""What can be true of an episode, and what is refused with a sentence."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.episodes import Span, Times, faults_of_times, overlaps

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LEFT = NOW - timedelta(hours=20)
FOUND = NOW - timedelta(hours=9)
BACK = NOW - timedelta(hours=8)
MOMENTS = st.integers(0, 500).map(lambda minutes: LEFT + minutes * MINUTE)


def faults(
    missing_at: datetime = LEFT,
    found_at: datetime | None = FOUND,
    returned_at: datetime | None = BACK,
    born: date | None = date(2012, 3, 4),
    others: tuple[Span, ...] = (),
) -> dict[str, str]:
    return faults_of_times(Times(missing_at, found_at, returned_at), born, others, NOW)


def test_a_good_absence_has_no_faults() -> None:
    assert faults() == {}


def test_a_child_who_is_still_away_has_no_faults() -> None:
    assert faults(found_at=None, returned_at=None, born=None) == {}


@pytest.mark.parametrize(
    ("field", "moments"),
    [
        ("missing_at", {"missing_at": NOW + MINUTE, "found_at": None, "returned_at": None}),
        ("found_at", {"found_at": NOW + MINUTE, "returned_at": None}),
        ("returned_at", {"found_at": None, "returned_at": NOW + MINUTE}),
    ],
)
def test_the_future_is_refused(field: str, moments: dict[str, datetime | None]) -> None:
    assert "in the future" in faults(**moments)[field]  # type: ignore[arg-type]


def test_this_very_moment_is_not_the_future() -> None:
    assert faults(found_at=None, returned_at=NOW) == {}


def test_nobody_is_back_before_they_left() -> None:
    assert "before they left" in faults(found_at=None, returned_at=LEFT - MINUTE)["returned_at"]
    assert faults(found_at=None, returned_at=LEFT) == {}


def test_nobody_is_found_before_they_left() -> None:
    assert "before they left" in faults(found_at=LEFT - MINUTE)["found_at"]


def test_nobody_is_found_after_they_came_back() -> None:
    assert "after they came back" in faults(found_at=BACK + MINUTE)["found_at"]
    assert faults(found_at=BACK) == {}


def test_nobody_leaves_before_they_are_born() -> None:
    assert "born" in faults(born=LEFT.date() + timedelta(days=1))["born"]
    assert faults(born=LEFT.date()) == {}


@pytest.mark.parametrize(
    "other",
    [
        Span(LEFT - timedelta(hours=5), LEFT + MINUTE),
        Span(LEFT + MINUTE, BACK - MINUTE),
        Span(BACK - MINUTE, None),
        Span(LEFT - timedelta(hours=5), None),
        Span(LEFT, BACK),
    ],
)
def test_two_absences_cannot_overlap(other: Span) -> None:
    assert "overlap" in faults(others=(other,))["missing_at"]


@pytest.mark.parametrize("other", [Span(LEFT - timedelta(hours=5), LEFT), Span(BACK, None), Span(BACK, NOW)])
def test_a_child_may_leave_again_in_the_minute_of_the_return(other: Span) -> None:
    assert faults(others=(other,)) == {}


def test_an_open_absence_reaches_into_a_later_one() -> None:
    later = Span(BACK + timedelta(hours=1), NOW)
    assert "overlap" in faults(found_at=None, returned_at=None, others=(later,))["missing_at"]


@given(MOMENTS, MOMENTS, MOMENTS, MOMENTS)
def test_whether_two_absences_overlap_is_the_same_from_either_side(
    one: datetime, other: datetime, third: datetime, fourth: datetime
) -> None:
    start, end, first, last = sorted((one, other))[0], max(one, other), min(third, fourth), max(third, fourth)
    there = overlaps(Times(start, None, end), Span(first, last))
    assert there == overlaps(Times(first, None, last), Span(start, end))


def test_each_fault_says_what_to_do_next() -> None:
    shown = faults(missing_at=NOW + MINUTE, found_at=LEFT, returned_at=LEFT, born=date(2030, 1, 1))
    assert shown
    assert all(sentence.count(".") == 2 for sentence in shown.values())
