"""By when to tell, and when that is done."""

from datetime import UTC, datetime, timedelta

import pytest

from interview.concerns import (
    KINDS,
    TOLD,
    WHAT_TO_DO,
    ConcernKind,
    Since,
    Telling,
    all_told_at,
    clocks_of,
    danger_of,
    faults_of_telling,
    kind_of,
    next_due,
    still_to_tell,
)
from interview.duties import DANGERS, DUTIES, Danger
from interview.nations import NATIONS

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
STAFF: Since = {Danger.ADULT_AT_WORK: NOW}
HOUR = timedelta(hours=1)


def told(whom: str, at: datetime = NOW) -> Telling:
    return Telling(whom, at, "Cora")


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
        # Maundy Thursday: Good Friday and Easter Monday are no working days.
        (datetime(2026, 4, 2, 12, tzinfo=UTC), datetime(2026, 4, 7, 16, tzinfo=UTC)),
        # Christmas Eve of a year in which Boxing Day is a Saturday, and moves to the Monday.
        (datetime(2026, 12, 24, 12, tzinfo=UTC), datetime(2026, 12, 29, 17, tzinfo=UTC)),
    ],
)
def test_an_allegation_is_told_by_the_end_of_the_next_working_day(raised: datetime, due: datetime) -> None:
    assert next_due(clocks_of({Danger.ADULT_AT_WORK: raised}, "england")) == due


def test_scotland_works_on_easter_monday() -> None:
    thursday = datetime(2026, 4, 2, 12, tzinfo=UTC)
    due = next_due(clocks_of({Danger.ADULT_AT_WORK: thursday}, "scotland"))
    assert due == datetime(2026, 4, 6, 16, tzinfo=UTC)


def test_a_danger_is_told_within_a_day_weekend_or_not() -> None:
    assert next_due(clocks_of({Danger.OTHER: NOW}, "england")) == NOW + 24 * HOUR


@pytest.mark.parametrize("danger", [Danger.SEXUAL_ABUSE, Danger.EXPLOITATION, Danger.SELF_HARM])
def test_a_strategy_discussion_is_held_the_same_day(danger: Danger) -> None:
    (strategy,) = (one for one in clocks_of({danger: NOW}, "wales") if one.duty.key == "strategy")
    assert strategy.due_at == datetime(2026, 11, 18, 23, 59, tzinfo=UTC)


def test_what_is_said_before_midnight_still_has_an_hour() -> None:
    late = datetime(2026, 11, 18, 23, 40, tzinfo=UTC)
    assert next_due(clocks_of({Danger.SELF_HARM: late}, "england")) == late + HOUR


def test_danger_now_is_told_at_once() -> None:
    first, *_others = clocks_of({Danger.NOW: NOW}, "scotland")
    assert (first.duty.key, first.due_at) == ("danger-now", NOW + HOUR)


@pytest.mark.parametrize("nation", NATIONS)
def test_child_sexual_abuse_must_be_reported_in_england_and_told_everywhere(nation: str) -> None:
    keys = {one.duty.key for one in clocks_of({Danger.SEXUAL_ABUSE: NOW}, nation)}
    assert {"strategy", "crime"} <= keys
    assert ("mandatory-report" in keys) is (nation == "england")


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize("danger", Danger)
def test_every_danger_has_a_clock_everywhere_with_its_source(danger: Danger, nation: str) -> None:
    running = clocks_of({danger: NOW}, nation)
    assert running
    assert all(one.duty.source and one.due_at > NOW for one in running)


def test_two_dangers_ask_for_one_call_and_the_earlier_time_counts() -> None:
    both: Since = {Danger.OTHER: NOW, Danger.SELF_HARM: NOW + HOUR}
    (social_care,) = clocks_of(both, "england")
    assert social_care.due_at == datetime(2026, 11, 18, 23, 59, tzinfo=UTC)


def test_it_is_done_when_the_last_of_them_was_told() -> None:
    worker = told("social-worker", NOW + HOUR)
    again = told("social-worker", NOW + 9 * HOUR)
    officer = told("designated-officer")
    assert still_to_tell(clocks_of(STAFF, "england", [officer])) == ("social-worker",)
    assert all_told_at(clocks_of(STAFF, "england", [officer])) is None
    assert all_told_at(clocks_of(STAFF, "england", [again, officer, worker])) == worker.at


def test_of_police_or_council_either_is_enough_for_the_report_but_both_are_told() -> None:
    abuse: Since = {Danger.SEXUAL_ABUSE: NOW}
    assert still_to_tell(clocks_of(abuse, "england")) == ("social-worker", "police")
    assert still_to_tell(clocks_of(abuse, "england", [told("police")])) == ("social-worker",)


def test_nobody_was_told_in_the_future() -> None:
    assert faults_of_telling(NOW, NOW) == {}
    assert "at" in faults_of_telling(NOW + timedelta(seconds=1), NOW)


def test_every_kind_says_what_to_do_and_every_danger_has_a_name() -> None:
    assert set(KINDS) == set(WHAT_TO_DO) == set(ConcernKind)
    assert set(DANGERS) == set(Danger)
    assert all(kind_of([danger_of(kind)]) is kind for kind in ConcernKind)
    assert all(duty.tell <= set(TOLD) and duty.dangers for duty in DUTIES)
