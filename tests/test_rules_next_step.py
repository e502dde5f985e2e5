"""What a return needs next, and how urgently."""

from datetime import UTC, date, datetime, timedelta

import pytest

from interview.clock import Standing
from interview.next_step import (
    OFFER_STATES,
    STEPS,
    URGENCIES,
    Progress,
    Step,
    Urgency,
    fault_of_closing,
    next_step,
    urgency,
)
from interview.offers import OfferState

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
TODAY = NOW.date()
SECOND = timedelta(seconds=1)


def progress(
    offers: OfferState = OfferState.NOT_OFFERED_YET,
    standing: Standing = Standing.DUE,
    due_in: timedelta = timedelta(hours=60),
    again: date | None = None,
    *,
    allocated: bool = False,
    held: bool = False,
) -> Progress:
    return Progress(standing, NOW + due_in, offers, again, allocated=allocated, held=held)


@pytest.mark.parametrize(
    ("one", "step"),
    [
        (progress(), Step.OFFER),
        (progress(standing=Standing.NOT_STARTED), Step.WAIT),
        (progress(OfferState.ACCEPTED), Step.ALLOCATE),
        (progress(OfferState.ACCEPTED, allocated=True), Step.HOLD),
        (progress(OfferState.ACCEPTED, allocated=True, held=True), Step.FINISH),
        (progress(OfferState.WAITING), Step.ASK_AGAIN),
        (progress(OfferState.NOT_OFFERED), Step.ASK_AGAIN),
        (progress(OfferState.DECLINED), Step.CLOSE),
        (progress(OfferState.DECLINED, again=TODAY), Step.ASK_AGAIN),
    ],
)
def test_there_is_always_a_next_step(one: Progress, step: Step) -> None:
    assert next_step(one) is step


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (progress(), Urgency.NOT_OFFERED),
        (progress(due_in=timedelta(hours=24) + SECOND), Urgency.NOT_OFFERED),
        (progress(due_in=timedelta(hours=24)), Urgency.SOON),
        (progress(OfferState.ACCEPTED, due_in=timedelta(hours=1)), Urgency.SOON),
        (progress(standing=Standing.OVERDUE, due_in=-SECOND), Urgency.OVERDUE),
        (progress(OfferState.DECLINED, Standing.OVERDUE, -SECOND), Urgency.LATER),
        (progress(OfferState.DECLINED, again=TODAY), Urgency.ASK_AGAIN),
        (progress(OfferState.DECLINED, again=TODAY + timedelta(days=1)), Urgency.LATER),
        (progress(OfferState.WAITING, again=TODAY), Urgency.ASK_AGAIN),
        (progress(OfferState.ACCEPTED, again=TODAY), Urgency.LATER),
        (progress(standing=Standing.NOT_STARTED), Urgency.LATER),
        (progress(standing=Standing.NO_LIMIT), Urgency.NOT_OFFERED),
        (progress(OfferState.ACCEPTED, held=True), Urgency.LATER),
    ],
)
def test_how_urgent_it_is(one: Progress, expected: Urgency) -> None:
    assert urgency(one, NOW, TODAY) is expected


def test_every_word_is_there() -> None:
    assert (set(OFFER_STATES), set(STEPS), set(URGENCIES)) == (set(OfferState), set(Step), set(Urgency))


def test_closing_needs_an_attempt_and_no_open_talk() -> None:
    assert fault_of_closing(1, begun=False) is None
    assert fault_of_closing(0, begun=False) != fault_of_closing(1, begun=True)
