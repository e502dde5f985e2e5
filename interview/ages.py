"""How old a child is."""

from datetime import date

GROWN_UP = 18


def age_on(born: date, day: date) -> int:
    """Whole years on that day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
