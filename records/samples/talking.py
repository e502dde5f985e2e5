"""Keeps the retold talks through the house's own functions, so that all that hangs on them is real."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from interview.access import COUNCIL, Audience
from interview.addenda import Addition
from interview.answers import SaidBy, missing_to_finish
from interview.answers import current as current_answers
from interview.concerns import ConcernKind, Telling
from interview.independence import faults_of_allocation
from interview.questions import QUESTIONS, Who
from records.addenda import add_addendum
from records.allocation import Candidate, allocate, candidates
from records.answers import Incoming, answers_of, keep
from records.concerns import raise_concern, tell
from records.database import db
from records.disclosures import share_finished
from records.interviews import finish
from records.samples.retold import Said, Talk, Worry
from records.samples.scene import Scene, TellingError, later
from records.tables import Episode, Interview, Person, Translation

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


def hold(talk: Talk, episodes: list[Episode], scene: Scene) -> None:
    """One talk about these episodes: allocated, and as far as it goes held, written up and finished."""
    back = max(episode.returned_at for episode in episodes if episode.returned_at)
    held = None if talk.held is None else later(back, talk.held)
    interview = _allocate(talk, episodes, held, back, scene)
    if held is None:
        return
    _keep_talk(talk, interview, held)
    if talk.finished is None:
        return
    _keep_record(talk, interview, held)
    for worry in talk.worries:
        _worry(worry, interview, held)
    _finish(talk, interview, later(held, talk.finished))


def _allocate(
    talk: Talk, episodes: list[Episode], held: datetime | None, back: datetime, scene: Scene
) -> Interview:
    earliest = held or scene.now
    at = later(back, talk.allocated) if talk.allocated is not None else min(later(back, 5), earliest)
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
    arriving = [replace(v, question_set=interview.question_set, device_time=at) for v in versions]
    refused = keep(interview, arriving, author, at).refused
    if refused:
        raise TellingError(f"{arriving[-1].question}: {refused[0][1]}")


def _keep_record(talk: Talk, interview: Interview, held: datetime) -> None:
    written = USUAL | {"held_at": held.isoformat()} | dict(talk.worker)
    if talk.interpreter:
        written |= {"interpreter": talk.interpreter}
    said = [
        Said(key, value, SaidBy.CARER if QUESTIONS[key].who is Who.CARER else SaidBy.WORKER)
        for key, value in written.items()
        if value is not None
    ]
    written_down = [_incoming(one, str(uuid.uuid4()), one.value, None) for one in said]
    _keep(written_down, interview, interview.interviewer_id, later(held, 1))


def _worry(worry: Worry, interview: Interview, held: datetime) -> None:
    raised = later(held, 1)
    by = db.session.get_one(Person, interview.interviewer_id)
    concern = raise_concern(interview, ConcernKind(worry.kind), worry.words, by.id, raised)
    if worry.told:
        told = (Telling(p.whom, later(raised, p.after), by.name, p.said) for p in worry.told)
        tell(concern, told, by.id, child_knows=True)


def _finish(talk: Talk, interview: Interview, at: datetime) -> None:
    kept = current_answers(answers_of(interview))
    missing = missing_to_finish(kept, interview.question_set)
    if missing:
        raise TellingError(f"Not answered: {', '.join(question.key for question in missing)}")
    finish(interview, at)
    share_finished(interview, kept, interview.interviewer_id, at)
    if talk.added:
        words, why = talk.added
        said = Addition(SaidBy.WORD_FOR_WORD, words, why)
        add_addendum(interview, interview.interviewer_id, later(at, 48), said)
