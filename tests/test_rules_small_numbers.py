"""What may be told in counts, whatever was said: nothing can be worked out, and nothing changes later."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.small_numbers import (
    ENOUGH,
    FEWEST,
    Change,
    Count,
    Few,
    Times,
    after,
    change,
    counted,
    parts,
    pools,
    quarter_of,
    told,
    views,
)

FIRST = date(2024, 1, 1)
DAYS = st.integers(0, 1200).map(lambda days: FIRST + timedelta(days=days))
TALKS = st.lists(st.tuples(DAYS, st.sampled_from([f"child {n}" for n in range(30)])), max_size=80)


def possible(shown: Count, of: int) -> list[int]:
    """How many children it may have been, for somebody who knows how many there were."""
    return [children for children in range(of + 1) if told(children, of) == shown]


@given(st.integers(ENOUGH, 60), st.data())
def test_a_count_that_is_told_is_not_small_and_leaves_no_small_rest(of: int, data: st.DataObject) -> None:
    children = data.draw(st.integers(0, of))
    shown = told(children, of)
    if isinstance(shown, int):
        assert min(shown, of - shown) >= FEWEST
    else:
        assert len(possible(shown, of)) == FEWEST


def test_none_at_all_and_all_of_them_are_not_told_apart_from_a_few() -> None:
    assert told(0, 12) == told(FEWEST - 1, 12) == Few.FEWER
    assert told(12, 12) == told(12 - FEWEST + 1, 12) == Few.NEARLY_ALL


@given(st.lists(st.builds(Times, st.integers(0, 12), st.integers(0, 12)), min_size=2, max_size=4))
def test_a_sum_tells_no_part(counts: list[Times]) -> None:
    shown, whole = parts(dict(enumerate(counts)))
    hidden = [key for key, count in shown.items() if count is None]
    assert whole is None or not hidden
    assert all(counts[key].children < FEWEST for key in hidden)


def test_what_one_child_did_often_is_about_one_child() -> None:
    assert Times(48, 1).told is None
    assert Times(48, FEWEST).told == 48


@pytest.mark.parametrize("now", [None, Few.FEWER, Few.NEARLY_ALL, 7])
@pytest.mark.parametrize("before", [None, Few.FEWER, Few.NEARLY_ALL, 7])
def test_two_periods_are_compared_where_both_are_told(now: Count | None, before: Count | None) -> None:
    assert (change(now, before) is not None) == (now == before == 7)


@pytest.mark.parametrize(
    ("now", "before", "words"), [(10, 12, Change.SAME), (10, 14, Change.FEWER), (15, 10, Change.MORE)]
)
def test_more_is_more_than_a_little(now: int, before: int, words: Change) -> None:
    assert change(now, before) is words


@given(TALKS, DAYS)
def test_periods_follow_each_other_and_do_not_overlap(talks: Sequence[tuple[date, str]], today: date) -> None:
    closed = pools(talks, today)
    assert all(one.ends == other.starts for one, other in pairwise(closed))
    assert all(one.starts == quarter_of(one.starts) and one.ends == quarter_of(one.ends) for one in closed)
    assert all(one.starts < one.ends <= today and one.children for one in closed)


@given(TALKS, DAYS, TALKS)
def test_a_later_talk_changes_no_period_that_is_over(
    talks: list[tuple[date, str]], today: date, later: list[tuple[date, str]]
) -> None:
    known = [one for one in talks if one[0] <= today]
    since = [one for one in later if one[0] > today]
    before = pools(known, today)
    assert pools([*known, *since], after(today, 9))[: len(before)] == before


@given(TALKS, DAYS)
def test_no_two_views_share_a_day_and_together_they_are_all(
    talks: list[tuple[date, str]], today: date
) -> None:
    known = [one for one in talks if one[0] <= today]
    closed = pools(known, today)
    seen = views(closed, min((day for day, _ in known), default=today))
    assert seen[0].ends is None
    assert len({view.key for view in seen}) == len(seen)
    for day, _child in known:
        assert sum(view.starts <= day and (view.ends is None or day < view.ends) for view in seen) == 1


@given(TALKS, DAYS)
def test_the_newest_words_are_pooled_with_the_last_period(talks: list[tuple[date, str]], today: date) -> None:
    known = [one for one in talks if one[0] <= today]
    closed = pools(known, today)
    newest = views(closed, min((day for day, _ in known), default=today))[0]
    assert newest.pool == (closed[-1] if closed else None)
    assert not closed or newest.starts == closed[-1].starts


@given(TALKS, st.sampled_from([None, 0]))
def test_nothing_is_counted_where_too_few_children_talked(
    talks: list[tuple[date, str]], reason: int | None
) -> None:
    for pool in pools(talks, date(2028, 1, 1)):
        shown = counted([(day, child, reason) for day, child in talks], pool)
        assert bool(shown) == (pool.children >= ENOUGH)
        # Everybody said it, and that is never told as a number.
        assert set(shown.values()) <= {Few.NEARLY_ALL}


def test_a_child_who_says_it_ten_times_is_one_child() -> None:
    day = date(2024, 2, 1)
    talks = [(day, f"child {n}") for n in range(10)]
    [pool] = pools(talks, date(2024, 4, 1))
    said = [(day, "child 1", "A9")] * 10 + [(day, f"child {n}", "B1") for n in range(5)]
    assert counted(said, pool) == {"A9": Few.FEWER, "B1": 5}


def test_a_small_home_looks_back_by_half_years_and_counts_nothing() -> None:
    talks = [(date(2024, month, 3), f"child {month % 4}") for month in (1, 2, 4, 6, 9)]
    closed = pools(talks, date(2025, 1, 1))
    assert [(one.starts, one.ends) for one in closed] == [
        (date(2024, 1, 1), date(2024, 7, 1)),
        (date(2024, 7, 1), date(2025, 1, 1)),
    ]
    assert counted([(day, child, "A9") for day, child in talks], closed[0]) == {}


@pytest.mark.parametrize("said", list(product((4, 5, 6), (10, 11))))
def test_one_more_child_is_not_seen_at_the_edge(said: tuple[int, int]) -> None:
    children, of = said
    shown = told(children, of)
    assert shown in ({Few.FEWER} if children < FEWEST else {children, Few.NEARLY_ALL})
