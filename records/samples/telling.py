"""Walks through the retold cases and keeps each as the pages would: through the same functions."""

from datetime import date, timedelta

from interview.access import Role
from records.children import add_child
from records.database import db
from records.episodes import close, log_offer, record_return
from records.people import appoint
from records.samples.came import answer_requests
from records.samples.people import POSTS_BEGAN
from records.samples.retold import Absence, Case, Place, Try
from records.samples.reviews import add_reviews
from records.samples.scene import Scene, TellingError, by_day, later
from records.samples.talking import hold
from records.tables import Child, Episode, Placement

YEAR = timedelta(days=365.25)


def retell(case: Case, scene: Scene) -> None:
    """One child with everything that happened."""
    child = _add_child(case, scene)
    for place in case.places:
        db.session.add(_placement(place, child, scene))
    episodes = [_add_episode(absence, child, scene) for absence in case.absences]
    db.session.flush()
    for absence, episode in zip(case.absences, episodes, strict=True):
        _log_offers(absence, episode, scene)
    for talk in case.talks:
        hold(talk, [episodes[number] for number in talk.covers], scene)
    for absence, episode in zip(case.absences, episodes, strict=True):
        _close(absence, episode)
    answer_requests(case, child, scene)
    add_reviews(case, child, scene)


def _add_child(case: Case, scene: Scene) -> Child:
    today = scene.now.date()
    child = add_child(
        case.name,
        scene.councils[case.council].id,
        authority=scene.councils[case.council],
        born=today - (case.age * YEAR + timedelta(days=130)),
        language=case.language,
        looked_after_since=today - case.years_in_care * YEAR,
        tells_best=case.tells_best,
        careful_of=case.careful_of,
        needs=case.needs,
    )
    began = today - timedelta(days=POSTS_BEGAN)
    appoint(scene.workers[case.officer], Role.REVIEWING_OFFICER, began, for_child_id=child.id)
    return child


def _placement(place: Place, child: Child, scene: Scene) -> Placement:
    return Placement(
        child_id=child.id,
        home_id=scene.homes[place.home].id,
        starts=_day(place.since, scene),
        ends=None if place.until is None else _day(place.until, scene),
        miles_from_family=place.miles,
    )


def _day(days_ago: int, scene: Scene) -> date:
    return (scene.now - timedelta(days=days_ago)).date()


def _add_episode(absence: Absence, child: Child, scene: Scene) -> Episode:
    left = absence.left.moment(scene.now)
    back = None if absence.away is None else later(left, absence.away)
    found = back if absence.found is None else later(left, absence.found)
    return record_return(
        child,
        scene.cora,
        later(back or left, 0.4),
        home_id=scene.homes[absence.home].id,
        kind=absence.kind,
        missing_at=left,
        found_at=found,
        returned_at=back,
        ended=absence.ended if back else None,
        reported_by=absence.reported_by,
        grade=absence.grade,
        prevention=absence.prevention if back else None,
        guess=absence.guess,
        missing_from=absence.missing_from,
        found_where=absence.found_where,
        police_reference=absence.police_reference,
    )


def _log_offers(absence: Absence, episode: Episode, scene: Scene) -> None:
    for attempt in absence.tries:
        _log_offer(attempt, episode, scene)


def _log_offer(attempt: Try, episode: Episode, scene: Scene) -> None:
    at = by_day(later(episode.returned_at or episode.missing_at, attempt.after), scene.now)
    again = attempt.again_in_days
    log_offer(
        episode,
        scene.cora,
        min(later(at, 0.1), scene.now),
        at=at,
        channel=attempt.channel,
        outcome=attempt.outcome,
        by_whom=attempt.by_whom,
        why=attempt.why,
        carer_says=attempt.carer_says,
        wanted=attempt.wanted,
        ask_again_on=None if again is None else (at + timedelta(days=again)).date(),
    )


def _close(absence: Absence, episode: Episode) -> None:
    if absence.closed is None or episode.closed_at is not None or episode.returned_at is None:
        return
    if not close(episode, later(episode.returned_at, absence.closed)):
        raise TellingError("A return cannot be closed without an offer or a reason for none.")
