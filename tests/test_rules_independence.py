"""Who may hold a talk."""

from datetime import date, timedelta

import pytest

from interview.independence import WHY_NOT, Setting, Tie, TieKind, faults_of_allocation, why_not

TODAY = date(2026, 11, 18)
DAY = timedelta(days=1)
SETTING = Setting(frozenset({"larch"}), "fenmoor", "robin", TODAY)


def test_someone_without_ties_is_independent() -> None:
    assert why_not([], SETTING) == ()


def test_every_kind_of_tie_has_its_sentence() -> None:
    assert set(WHY_NOT) == set(TieKind)


@pytest.mark.parametrize(
    "tie",
    [
        Tie(TieKind.STAFF, home="larch"),
        Tie(TieKind.VISITOR, home="larch"),
        Tie(TieKind.TEAM, authority="fenmoor"),
        Tie(TieKind.CARER, child="robin"),
    ],
)
def test_a_tie_speaks_against_someone(tie: Tie) -> None:
    assert why_not([tie], SETTING) == (WHY_NOT[tie.kind],)


@pytest.mark.parametrize(
    "tie",
    [
        Tie(TieKind.STAFF, home="rowan"),
        Tie(TieKind.VISITOR, home="rowan"),
        Tie(TieKind.TEAM, authority="carrow"),
        Tie(TieKind.CARER, child="sasha"),
        Tie(TieKind.TEAM),
    ],
)
def test_a_tie_to_someone_else_does_not(tie: Tie) -> None:
    assert why_not([tie], SETTING) == ()


@pytest.mark.parametrize(
    ("starts", "ends", "tied"),
    [
        (None, TODAY, True),
        (None, TODAY - DAY, False),
        (TODAY, None, True),
        (TODAY + DAY, None, False),
    ],
)
def test_a_visitor_is_tied_from_the_first_day_to_the_last(
    starts: date | None, ends: date | None, tied: bool
) -> None:
    assert bool(why_not([Tie(TieKind.VISITOR, home="larch", starts=starts, ends=ends)], SETTING)) is tied


def test_former_staff_stay_tied_to_the_home() -> None:
    assert why_not([Tie(TieKind.STAFF, home="larch", ends=date(2020, 1, 1))], SETTING)


def test_every_tie_is_named() -> None:
    ties = [Tie(TieKind.VISITOR, home="larch"), Tie(TieKind.TEAM, authority="fenmoor")]
    assert len(why_not(ties, SETTING)) == 2


def test_someone_independent_is_allocated_without_a_word() -> None:
    assert faults_of_allocation((), False, "") == {}


def test_the_only_exception_is_a_person_for_whom_the_child_asked() -> None:
    assert "not independent" in faults_of_allocation(("Works here",), False, "I like her.")["interviewer"]
    assert faults_of_allocation(("Works here",), True, "I like her.") == {}


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_and_the_child_says_why(reason: str) -> None:
    assert "in the child's words" in faults_of_allocation(("Works here",), True, reason)["childs_reason"]
