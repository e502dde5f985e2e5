"""All that happened with one return, in order, in words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from interview.choices import CHANNELS, ENDED, GRADES, GUESSES, KINDS, PREVENTION, REPORTERS
from interview.corrections import FACTS, MOMENTS
from interview.offers import OUTCOMES, OfferState
from records.allocation import Check, checks_of
from records.corrections import Corrected
from records.episodes import Attempt
from records.tables import Episode, Interview
from views.moments import day, day_and_time
from views.words import _

# What the timeline macro draws: tone, when, what happened, and more about it.
Item = tuple[str, str, str, str]
Happened = tuple[datetime, str, str, str]

CHOICES = {
    "kind": KINDS,
    "reported_by": REPORTERS,
    "grade": GRADES,
    "guess": GUESSES,
    "ended": ENDED,
    "prevention": PREVENTION,
}
TONES = {OfferState.ACCEPTED: "done", OfferState.DECLINED: "none", OfferState.WAITING: "soon"}


def timeline_of(
    episode: Episode,
    attempts: Sequence[Attempt],
    talk: Interview | None,
    names: Mapping[str, str],
    corrections: Sequence[Corrected] = (),
) -> list[Item]:
    """The absence, the attempts, the talk and what was corrected, oldest first."""
    happened = [
        *_absence(episode),
        *(_attempt(one) for one in attempts),
        *(_given(check, names.get(check.by, "")) for check in (checks_of(talk) if talk else ())),
        *_talk(talk),
        *(_corrected(one) for one in corrections),
    ]
    if episode.closed_at:
        happened.append((episode.closed_at, "none", _("This return was closed"), ""))
    return [(tone, day_and_time(at), what, more) for at, tone, what, more in sorted(happened, key=_when)]


def _when(one: Happened) -> datetime:
    return one[0]


def _absence(episode: Episode) -> Iterable[Happened]:
    yield episode.missing_at, "none", _("Last seen"), episode.missing_from
    if episode.found_at:
        yield episode.found_at, "none", _("Found"), episode.found_where
    if episode.returned_at:
        ended = _(ENDED[episode.ended].words) if episode.ended else ""
        yield episode.returned_at, "calm", _("Back: the clock starts"), ended


def _attempt(attempt: Attempt) -> Happened:
    offer = attempt.offer
    outcome = OUTCOMES[offer.outcome]
    said = [
        _(
            "%(how)s. By whom: %(whom)s.",
            how=_(CHANNELS[offer.channel].words),
            whom=offer.by_whom or attempt.recorded_by,
        ),
        _("Reason: %(why)s", why=offer.why) if offer.why else "",
        _("The child wants: %(wanted)s", wanted=offer.wanted) if offer.wanted else "",
        _("The carer says: %(said)s", said=offer.carer_says) if offer.carer_says else "",
        _("To be asked again on %(day)s.", day=day(offer.ask_again_on)) if offer.ask_again_on else "",
    ]
    return offer.at, TONES.get(outcome.leads_to, "none"), _(outcome.words), "\n".join(filter(None, said))


def _given(check: Check, by: str) -> Happened:
    why = _("Independent of the home and the council.")
    if check.why_not:
        against = "; ".join(_(sentence) for sentence in check.why_not)
        why = _(
            "Not independent: %(against)s. The child asked for them: %(reason)s",
            against=against,
            reason=check.childs_reason,
        )
    given = _("The talk was given to %(name)s", name=check.name)
    return check.at, "calm", given, f"{why}\n{_('Given by %(name)s.', name=by)}" if by else why


def _corrected(one: Corrected) -> Happened:
    before = (
        _("%(fact)s: before, “%(known)s”", fact=_(FACTS[name]), known=_known(name, known))
        for name, known in one.before.items()
    )
    return one.at, "none", _("Corrected by %(name)s", name=one.by), "\n".join(before)


def _known(name: str, known: Any) -> str:
    if name in MOMENTS:
        return day_and_time(known)
    choice = CHOICES.get(name, {}).get(known)
    return _(choice.words) if choice else str(known)


def _talk(talk: Interview | None) -> Iterable[Happened]:
    if talk and talk.held_at:
        yield talk.held_at, "done", _("The talk began"), ""
    if talk and talk.finished_at:
        yield talk.finished_at, "done", _("The talk was finished"), ""
