"""What a child was told before the talk, in which language, and what they answered to the offer of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from interview.answers import Answer
from interview.london import to_london
from interview.offers import OUTCOMES, OfferState, state_of
from interview.welcome import WELCOMES, Welcome, welcome_for
from records.database import db
from records.episodes import hold_child, is_known, log_offer, offers_of
from records.interviews import covered_by
from records.tables import Child, Interview, Offer


def welcome_of(interview: Interview, now: datetime) -> Welcome:
    """What this child was told; before that, what they will be told."""
    if interview.welcome_version is not None:
        return WELCOMES[interview.welcome_version]
    child = db.session.get_one(Child, interview.child_id)
    return welcome_for(child.born, to_london(now).date(), interview.child_asked)


def keep_welcome(interview: Interview, language: str, now: datetime) -> None:
    """Keep what the child has been told, in which language and when: once, when they answer."""
    if interview.welcomed_at is not None:
        return
    interview.welcome_version = welcome_of(interview, now).version
    interview.welcome_language = language
    interview.welcomed_at = now


def put_off(interview: Interview, by: str, now: datetime, said_no: bool, **facts: Any) -> None:
    """Log on each return of this talk that the child said no, or not now; the same attempt counts once."""
    hold_child(interview.child_id)
    for episode in covered_by(interview):
        before = [offer.outcome for offer in offers_of(episode)]
        attempt = facts | {"outcome": "declined" if said_no else _not_now(before)}
        if not is_known(episode, attempt):
            log_offer(episode, by, now, **attempt)


def _not_now(before: Iterable[str]) -> str:
    # Who had said yes before, and said no on the day, is counted apart (law-and-guidance 1.6).
    return "accepted-not-held" if any(OUTCOMES[one].accepted for one in before) else "thinking"


def waiting_for(interview: Interview, offers: Sequence[Offer]) -> Offer | None:
    """The attempt that says why this talk does not begin yet; None when nothing stands in its way."""
    if interview.held_at is not None or not offers:
        return None
    newest = offers[-1]
    state = state_of([newest.outcome])
    asked_again = state is OfferState.WAITING and newest.ask_again_on is not None
    return newest if asked_again or state is OfferState.DECLINED else None


def is_to_log(interview: Interview, ready: Answer | None, offers: Sequence[Offer]) -> bool:
    """Whether the child said no or not now on the tablet, and nobody has logged it since."""
    if interview.held_at is not None or ready is None or ready.server_time is None or ready.value == "yes":
        return False
    return not any(offer.recorded_at >= ready.server_time for offer in offers)


def said_no(offer: Offer | None) -> bool:
    """Whether the child declined."""
    return offer is not None and state_of([offer.outcome]) is OfferState.DECLINED
