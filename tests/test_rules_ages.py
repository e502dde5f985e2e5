"""How old a child is."""

from datetime import date

import pytest

from interview.ages import age_on


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2012, 3, 4), date(2026, 3, 3), 13),
        (date(2012, 3, 4), date(2026, 3, 4), 14),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
    ],
)
def test_a_birthday_counts_from_the_day_itself(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age
