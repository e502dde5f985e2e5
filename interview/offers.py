"""What can come of an offer: the councils' own outcomes, none flattened into a yes or a no."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from interview.words import N_


class OfferState(StrEnum):
    """Where the offers of one return have led so far."""

    NOT_OFFERED_YET = "not-offered-yet"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NOT_OFFERED = "not-offered"


@dataclass(frozen=True)
class Outcome:
    """One outcome. `offered` and `accepted` are what the national columns make of it (Annex A, list 8)."""

    key: str
    words: str
    leads_to: OfferState
    offered: bool
    accepted: bool | None
    needs_reason: bool = False


# law-and-guidance 5.2: the six local codes, and the two states that come before an answer.
OUTCOMES: dict[str, Outcome] = {
    outcome.key: outcome
    for outcome in (
        Outcome("accepted", N_("Offered, and the child said yes"), OfferState.ACCEPTED, True, True),
        Outcome(
            "accepted-not-held",
            N_("Said yes, then was not there or said no on the day"),
            OfferState.WAITING,
            True,
            True,
        ),
        Outcome(
            "declined",
            N_("Offered, and the child said no"),
            OfferState.DECLINED,
            True,
            False,
            needs_reason=True,
        ),
        Outcome("thinking", N_("Offered, and the child wants to think"), OfferState.WAITING, True, None),
        Outcome("message-left", N_("Message left, no answer yet"), OfferState.WAITING, True, None),
        Outcome(
            "not-offered-missing-again",
            N_("Not offered: missing again"),
            OfferState.NOT_OFFERED,
            False,
            None,
            needs_reason=True,
        ),
        Outcome(
            "not-offered-no-contact",
            N_("Not offered: no contact could be made"),
            OfferState.NOT_OFFERED,
            False,
            None,
            needs_reason=True,
        ),
        Outcome(
            "not-offered-other",
            N_("Not offered: another reason"),
            OfferState.NOT_OFFERED,
            False,
            None,
            needs_reason=True,
        ),
    )
}


def faults_of_offer(outcome: str, why: str, at: datetime, now: datetime) -> dict[str, str]:
    """What is wrong with an attempt, as a sentence for each field; empty when it can be kept."""
    faults: dict[str, str] = {}
    if OUTCOMES[outcome].needs_reason and not why.strip():
        faults["why"] = N_("Write the reason: what the child said, or why it was not offered.")
    if at > now:
        faults["at"] = N_("This time is in the future. Enter when the attempt was made.")
    return faults


def state_of(outcomes: Iterable[str]) -> OfferState:
    """Where the attempts, oldest first, have led: the latest one decides."""
    steps: Sequence[str] = tuple(outcomes)
    return OUTCOMES[steps[-1]].leads_to if steps else OfferState.NOT_OFFERED_YET
