"""When a review is due in each nation, which days can be right, and which facts may call for asking early."""

from datetime import date, timedelta

import pytest

from interview.nations import NATIONS
from interview.reviews import (
    RULES,
    Known,
    add_months,
    add_working_days,
    facts,
    fault_of_due,
    fault_of_held,
    latest_day,
    standing,
)

TODAY = date(2026, 11, 22)
CAME = date(2026, 3, 2)


def day(words: str) -> date:
    return date.fromisoformat(words)


@pytest.mark.parametrize(
    ("nation", "since", "held", "latest"),
    [
        # Good Friday, Easter Monday and the bank holiday of May are none of the twenty.
        ("england", "2026-04-01", [], "2026-05-01"),
        ("england", "2026-04-08", [], "2026-05-07"),
        ("wales", "2026-04-01", [], "2026-05-01"),
        # Over Christmas: 25 and 28 December (for Boxing Day, a Saturday) and 1 January.
        ("england", "2026-12-14", [], "2027-01-14"),
        ("scotland", "2026-04-01", [], "2026-05-13"),
        ("northern-ireland", "2026-04-01", [], "2026-04-15"),
        ("england", "2026-04-01", ["2026-04-28"], "2026-07-28"),
        ("england", "2026-04-01", ["2026-04-28", "2026-07-20"], "2027-01-20"),
        ("england", "2026-04-01", ["2026-07-20", "2026-04-28"], "2027-01-20"),
        # The first that Heard knows of came years later: it was not the child's first.
        ("england", "2020-04-01", ["2026-04-28"], "2026-10-28"),
        ("scotland", "2026-04-01", ["2026-05-10"], "2026-08-10"),
    ],
)
def test_the_last_day_for_the_next_review(nation: str, since: str, held: list[str], latest: str) -> None:
    assert latest_day(day(since), [day(one) for one in held], nation, day(since)) == day(latest)


def test_nothing_is_reckoned_from_nothing() -> None:
    assert latest_day(None, [], "england", TODAY) is None
    # Whether it was the first is not known: the earlier day is the safe one.
    assert latest_day(None, [day("2026-04-28")], "england", TODAY) == day("2026-07-28")


def test_after_years_in_care_reviews_are_not_late_but_unknown() -> None:
    came = day("2026-04-01")
    assert latest_day(came, [], "england", day("2026-07-31")) == day("2026-05-01")
    assert latest_day(came, [], "england", day("2026-08-01")) is None


def test_a_holiday_of_one_nation_is_a_working_day_in_another() -> None:
    assert add_working_days(day("2026-11-27"), 1, "england") == day("2026-11-30")
    assert add_working_days(day("2026-11-27"), 1, "scotland") == day("2026-12-01")


@pytest.mark.parametrize(
    ("start", "number", "then"),
    [
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-01", 1, "2027-01-01"),
        ("2026-01-31", 12, "2027-01-31"),
    ],
)
def test_months_end_where_months_end(start: str, number: int, then: str) -> None:
    assert add_months(day(start), number) == day(then)


def test_every_nation_has_its_rule_and_only_england_needs_no_check() -> None:
    assert set(RULES) == set(NATIONS)
    assert [nation for nation, rule in RULES.items() if not rule.to_check] == ["england"]
    assert all(bool(rule.first_working_days) != bool(rule.first_weeks) for rule in RULES.values())


@pytest.mark.parametrize(
    ("due", "tone", "late"),
    [(-1, "late", True), (0, "soon", False), (14, "soon", False), (15, "calm", False)],
)
def test_how_long_it_is(due: int, tone: str, late: bool) -> None:
    found = standing(TODAY + timedelta(days=due), TODAY)
    assert (found.tone, found.late, found.days) == (tone, late, due)


@pytest.mark.parametrize(
    ("due", "wrong"),
    [
        ("2026-11-22", ""),
        ("2026-11-21", "This day is over."),
        ("2027-11-22", ""),
        ("2027-11-23", "This is more than a year away."),
    ],
)
def test_a_day_that_cannot_be_right_gets_a_sentence(due: str, wrong: str) -> None:
    assert fault_of_due(day(due), TODAY, [CAME]).startswith(wrong)
    assert bool(fault_of_due(day(due), TODAY, [CAME])) is bool(wrong)


def test_a_next_review_comes_after_the_last() -> None:
    assert fault_of_due(TODAY, TODAY, [TODAY]).startswith("A review was held on this day or later")


@pytest.mark.parametrize(
    ("held", "wrong"),
    [
        ("2026-11-22", ""),
        ("2026-11-23", "This day is still to come."),
        ("2026-03-01", "The child was not looked after on this day yet."),
        ("2026-06-01", "A review was held on this day or later already."),
    ],
)
def test_so_does_a_day_on_which_no_review_can_have_been(held: str, wrong: str) -> None:
    found = fault_of_held(day(held), TODAY, CAME, [day("2026-06-01")])
    assert found.startswith(wrong)
    assert bool(found) is bool(wrong)


def test_facts_that_may_call_for_an_early_review_are_facts_and_no_verdict() -> None:
    known = Known(day("2026-11-03"), day("2026-11-04"), 3, 2, day("2026-10-01"))
    found = facts(known, day("2026-09-01"))
    assert [fact.key for fact in found] == ["move", "not-safe", "absences", "said-before", "moved"]
    assert [fact.number for fact in found if fact.number] == [3, 2]
    assert not any(word in fact.words.lower() for fact in found for word in ("should", "must", "risk"))


def test_two_absences_and_a_move_before_the_last_review_are_none() -> None:
    assert facts(Known(absences_in_30_days=2, moved_on=day("2026-08-01")), day("2026-09-01")) == ()
    assert facts(Known(moved_on=day("2026-08-01")), None) == ()
