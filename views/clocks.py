"""How clocks look and read, and what comes next: a tone, and words that need no colour."""

from datetime import datetime
from typing import NamedTuple

from interview.clock import Standing
from interview.next_step import STEPS, Progress, Step, next_step
from interview.offers import OfferState
from views.moments import clock_words, day, tone
from views.words import _


class Clock(NamedTuple):
    """How a clock looks, and what it says."""

    tone: str
    words: str


def return_clock(progress: Progress, latest_offer_at: datetime | None, at: datetime) -> Clock:
    """The clock of a return. Offered in time and declined is not late."""
    running = progress.standing in {Standing.DUE, Standing.OVERDUE}
    if running and progress.offers is OfferState.DECLINED and latest_offer_at and progress.due_at:
        in_time = latest_offer_at <= progress.due_at
        return Clock("none", _("Said no in time") if in_time else _("Said no after the time"))
    return Clock(
        tone(progress.standing, progress.due_at, at), clock_words(progress.standing, progress.due_at, at)
    )


def step_words(progress: Progress, interviewer: str = "") -> str:
    """What comes next, and who does it or when."""
    step = next_step(progress)
    if step is Step.HOLD and interviewer:
        return _("%(name)s holds the talk", name=interviewer)
    if step is Step.FINISH and interviewer:
        return _("%(name)s finishes the record", name=interviewer)
    if step is Step.ASK_AGAIN and progress.ask_again_on:
        return _("Ask again on %(day)s", day=day(progress.ask_again_on))
    return _(STEPS[step])


def concern_clock(standing: Standing, due_at: datetime | None, at: datetime) -> Clock:
    """The clock of a concern: how long there is to tell."""
    told = {Standing.HELD_IN_TIME: _("Told in time"), Standing.HELD_LATE: _("Told late")}
    return Clock(tone(standing, due_at, at), told.get(standing) or clock_words(standing, due_at, at))
