"""Walks through the retold cases and keeps each as the pages would: through the same functions."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from interview.access import COUNCIL, Audience, Role
from interview.answers import SaidBy, missing_to_finish
from interview.answers import current as current_answers
from interview.concerns import ConcernKind, Telling
from interview.independence import faults_of_allocation
from interview.questions import QUESTIONS, Who
from records.answers import Incoming, answers_of, keep
from records.children import add_child
from records.concerns import raise_concern, tell
from records.database import db
from records.episodes import close, log_offer, record_return
from records.interviews import Candidate, add_addendum, allocate, candidates, finish
from records.people import appoint
from records.samples.people import POSTS_BEGAN
from records.samples.retold import Absence, Case, Place, Said, Talk, Try, Worry
from records.tables import (
    Authority,
    Child,
    Episode,
    Home,
    Interview,
    Person,
    Placement,
    Review,
    Translation,
)

YEAR = timedelta(days=365.25)
# What an interviewer writes in nearly every record; a talk says where it was otherwise.
USUAL = {
    "place_chosen": "yes",
    "how_long": 45,
    "told_beforehand": "yes",
    "told_sharing": "yes",
    "harm": "not-known",
    "crime": "not-known",
    "substances": "no",
    "staff_concern": "no",
    "options_talked": "yes",
    "helplines_given": ["runaway-helpline", "childline", "interviewer"],
}


class TellingError(Exception):
    """A retold case that the house would refuse, with the sentence that says why."""


@dataclass(frozen=True)
class Scene:
    """What the cases are told into."""

    now: datetime
    councils: Mapping[str, Authority]
    homes: Mapping[str, Home]
    workers: Mapping[str, Person]

    @property
    def cora(self) -> str:
        """The id of the coordinator, who records what the council does."""
        return self.workers["cora"].id


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
        _hold(talk, [episodes[number] for number in talk.covers], scene)
    for absence, episode in zip(case.absences, episodes, strict=True):
        _close(absence, episode)


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
    if case.review_in_days is not None:
        db.session.add(Review(child_id=child.id, due_on=today + timedelta(days=case.review_in_days)))
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
    back = None if absence.away is None else _later(left, absence.away)
    found = back if absence.found is None else _later(left, absence.found)
    return record_return(
        child,
        scene.cora,
        _later(back or left, 0.4),
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


def _later(moment: datetime, hours: float) -> datetime:
    return moment + timedelta(hours=hours)


def _log_offers(absence: Absence, episode: Episode, scene: Scene) -> None:
    for attempt in absence.tries:
        _log_offer(attempt, episode, scene)


def _log_offer(attempt: Try, episode: Episode, scene: Scene) -> None:
    at = _later(episode.returned_at or episode.missing_at, attempt.after)
    again = attempt.again_in_days
    log_offer(
        episode,
        scene.cora,
        _later(at, 0.1),
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
    if not close(episode, _later(episode.returned_at, absence.closed)):
        raise TellingError("A return cannot be closed without an offer or a reason for none.")


def _hold(talk: Talk, episodes: list[Episode], scene: Scene) -> None:
    back = max(episode.returned_at for episode in episodes if episode.returned_at)
    held = None if talk.held is None else _later(back, talk.held)
    interview = _allocate(talk, episodes, held, back, scene)
    if held is None:
        return
    _keep_talk(talk, interview, held)
    _keep_record(talk, interview, held)
    for worry in talk.worries:
        _worry(worry, interview, held)
    if talk.finished is not None:
        _finish(talk, interview, _later(held, talk.finished))


def _allocate(
    talk: Talk, episodes: list[Episode], held: datetime | None, back: datetime, scene: Scene
) -> Interview:
    earliest = held or scene.now
    at = _later(back, talk.allocated) if talk.allocated is not None else min(_later(back, 5), earliest)
    interviewer = _candidate(talk, episodes[0], at, scene)
    asked = bool(talk.asked_for)
    faults = faults_of_allocation(interviewer.why_not, asked, talk.asked_for)
    if faults:
        raise TellingError(f"{talk.interviewer}: {faults}")
    return allocate(episodes, interviewer, scene.cora, at, child_asked=asked, childs_reason=talk.asked_for)


def _candidate(talk: Talk, episode: Episode, at: datetime, scene: Scene) -> Candidate:
    wanted = scene.workers[talk.interviewer].id
    return next(found for found in candidates(episode, at.date()) if found.person == wanted)


def _keep_talk(talk: Talk, interview: Interview, held: datetime) -> None:
    said = talk.said if any(one.question == "ready" for one in talk.said) else (_ready(), *talk.said)
    for minute, one in enumerate(said):
        _say(talk, one, interview, held + timedelta(minutes=minute))


def _ready() -> Said:
    return Said("ready", "yes", SaidBy.CHILD_TYPED)


def _say(talk: Talk, one: Said, interview: Interview, at: datetime) -> None:
    """Keep one answer; what stood there before read-back is kept first, and stays."""
    first = str(uuid.uuid4())
    versions = [_incoming(one, first, one.before, None)] if one.before else []
    op_id = str(uuid.uuid4())
    versions.append(_incoming(one, op_id, one.value, first if one.before else None))
    _keep(versions, interview, interview.interviewer_id, at)
    if one.english:
        db.session.add(
            Translation(
                child_id=interview.child_id,
                interview_id=interview.id,
                op_id=op_id,
                language="en",
                made_at=at,
                words=one.english,
                translator=talk.translator or talk.interpreter,
            )
        )


def _incoming(one: Said, op_id: str, value: object, base: str | None) -> Incoming:
    asked = QUESTIONS[one.question]
    theirs = asked.who is Who.CHILD and one.by is not SaidBy.WORKER
    return Incoming(
        op_id=op_id,
        question=one.question,
        question_set="",
        value=value,
        skipped=None if one.before and base is None else one.skip,
        said_by=one.by,
        audience=_audience(one),
        base_op=base,
        language="" if theirs else "en",
    )


def _audience(one: Said) -> frozenset[Audience]:
    if one.social_worker_only:
        return frozenset({Audience.SOCIAL_WORKER})
    return COUNCIL | {Audience.HOME} if one.home else COUNCIL


def _keep(versions: Iterable[Incoming], interview: Interview, author: str, at: datetime) -> None:
    arriving = [_of_set(version, interview.question_set, at) for version in versions]
    refused = keep(interview, arriving, author, at).refused
    if refused:
        raise TellingError(f"{arriving[-1].question}: {refused[0][1]}")


def _of_set(version: Incoming, question_set: str, at: datetime) -> Incoming:
    return Incoming(**vars(version) | {"question_set": question_set, "device_time": at})


def _keep_record(talk: Talk, interview: Interview, held: datetime) -> None:
    written = USUAL | {"held_at": held.isoformat()} | dict(talk.worker)
    if talk.interpreter:
        written |= {"interpreter": talk.interpreter}
    said = [
        Said(key, value, SaidBy.CARER if QUESTIONS[key].who is Who.CARER else SaidBy.WORKER)
        for key, value in written.items()
        if value is not None
    ]
    at = _later(held, 1)
    _keep(
        [_incoming(one, str(uuid.uuid4()), one.value, None) for one in said],
        interview,
        interview.interviewer_id,
        at,
    )


def _worry(worry: Worry, interview: Interview, held: datetime) -> None:
    raised = _later(held, 1)
    by = db.session.get_one(Person, interview.interviewer_id)
    concern = raise_concern(interview, ConcernKind(worry.kind), worry.words, by.id, raised)
    if worry.told:
        tell(concern, (Telling(p.whom, _later(raised, p.after), by.name, p.said) for p in worry.told))


def _finish(talk: Talk, interview: Interview, at: datetime) -> None:
    missing = missing_to_finish(current_answers(answers_of(interview)), interview.question_set)
    if missing:
        raise TellingError(f"Not answered: {', '.join(question.key for question in missing)}")
    finish(interview, at)
    if talk.added:
        words, why = talk.added
        add_addendum(
            interview, interview.interviewer_id, _later(at, 48), SaidBy.WORD_FOR_WORD, words=words, why=why
        )
