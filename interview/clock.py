"""The clock of a return: elapsed hours in UTC from the moment the child is back. Moments in, one word out."""

from datetime import datetime, timedelta
from enum import StrEnum


class Standing(StrEnum):
    NOT_STARTED = "not-started"
    NO_LIMIT = "no-limit"
    DUE = "due"
    OVERDUE = "overdue"
    HELD_IN_TIME = "held-in-time"
    HELD_LATE = "held-late"


def due_by(returned_at: datetime | None, within: timedelta | None) -> datetime | None:
    """The last moment at which the talk is in time; None where the clock has not started or there is none.

    Statutory guidance (England 2014): within 72 hours of return, nights and weekends included.
    """
    return returned_at + within if returned_at is not None and within is not None else None


def standing(
    returned_at: datetime | None,
    held_at: datetime | None,
    now: datetime,
    within: timedelta | None,
) -> Standing:
    """Where a return stands. A talk held before the return, on the way back, is in time."""
    if within is None:
        return Standing.NO_LIMIT
    due = due_by(returned_at, within)
    if held_at is not None:
        return Standing.HELD_LATE if due is not None and held_at > due else Standing.HELD_IN_TIME
    if due is None:
        return Standing.NOT_STARTED
    return Standing.OVERDUE if now > due else Standing.DUE


def hours_between(start: datetime, end: datetime) -> int:
    """Whole hours from one moment to the next, rounded towards zero, never below zero."""
    return max(0, int((end - start).total_seconds() // 3600))
