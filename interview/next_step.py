"""What an open return needs next, and how urgently: the board and the coordinator's start page say it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from interview.clock import Standing
from interview.offers import OfferState
from interview.words import N_

SOON = timedelta(hours=24)

OFFER_STATES: dict[OfferState, str] = {
    OfferState.NOT_OFFERED_YET: N_("Not offered yet"),
    OfferState.WAITING: N_("Offered, no answer yet"),
    OfferState.ACCEPTED: N_("The child said yes"),
    OfferState.DECLINED: N_("The child said no"),
    OfferState.NOT_OFFERED: N_("Could not be offered"),
}


class Step(StrEnum):
    """What somebody has to do next."""

    WAIT = "wait"
    OFFER = "offer"
    ASK_AGAIN = "ask-again"
    ALLOCATE = "allocate"
    HOLD = "hold"
    FINISH = "finish"
    CLOSE = "close"


STEPS: dict[Step, str] = {
    Step.WAIT: N_("Enter when the child is back"),
    Step.OFFER: N_("Offer the talk"),
    Step.ASK_AGAIN: N_("Ask again"),
    Step.ALLOCATE: N_("Choose who holds the talk"),
    Step.HOLD: N_("The talk is to be held"),
    Step.FINISH: N_("The record is to be finished"),
    Step.CLOSE: N_("Say when to ask again, or close it"),
}


class Urgency(StrEnum):
    """Where a return stands on the page that says what needs me now."""

    OVERDUE = "overdue"
    SOON = "soon"
    NOT_OFFERED = "not-offered"
    ASK_AGAIN = "ask-again"
    LATER = "later"


URGENCIES: dict[Urgency, str] = {
    Urgency.OVERDUE: N_("Overdue"),
    Urgency.SOON: N_("Due within 24 hours"),
    Urgency.NOT_OFFERED: N_("Not offered yet"),
    Urgency.ASK_AGAIN: N_("To be asked again"),
    Urgency.LATER: N_("Nothing to do today"),
}


@dataclass(frozen=True)
class Progress:
    """How far one open return has come."""

    standing: Standing
    due_at: datetime | None = None
    offers: OfferState = OfferState.NOT_OFFERED_YET
    ask_again_on: date | None = None
    allocated: bool = False
    held: bool = False


def next_step(progress: Progress) -> Step:
    """What somebody has to do next about this return."""
    if progress.held:
        return Step.FINISH
    if progress.standing is Standing.NOT_STARTED:
        return Step.WAIT
    if progress.offers is OfferState.ACCEPTED:
        return Step.HOLD if progress.allocated else Step.ALLOCATE
    if progress.offers is OfferState.NOT_OFFERED_YET:
        return Step.OFFER
    # A no is an open door: there is a day to ask again, or a reason to close.
    if progress.offers is OfferState.DECLINED and progress.ask_again_on is None:
        return Step.CLOSE
    return Step.ASK_AGAIN


def urgency(progress: Progress, now: datetime, today: date) -> Urgency:
    """How urgently this return needs the coordinator. Offered and declined is no breach of the clock."""
    if progress.held or progress.standing is Standing.NOT_STARTED:
        return Urgency.LATER
    if progress.offers is not OfferState.DECLINED:
        if progress.standing is Standing.OVERDUE:
            return Urgency.OVERDUE
        if progress.due_at is not None and progress.due_at - now <= SOON:
            return Urgency.SOON
        if progress.offers is OfferState.NOT_OFFERED_YET:
            return Urgency.NOT_OFFERED
    asked = progress.ask_again_on is not None and progress.ask_again_on <= today
    return Urgency.ASK_AGAIN if asked and progress.offers is not OfferState.ACCEPTED else Urgency.LATER


def fault_of_closing(attempts: int, *, begun: bool) -> str | None:
    """Why a return cannot be closed yet, as a sentence; None when it can (law-and-guidance rule 3)."""
    if begun:
        return N_("The talk has begun. The return closes by itself when the talk is finished.")
    if not attempts:
        return N_("The talk has not been offered. Log an attempt first, or why it was not offered.")
    return None
