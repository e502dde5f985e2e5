"""One made-up talk: the return, the offer, and a dozen answers sealed as any answer is."""

from datetime import datetime, timedelta
from typing import Any

from interview.access import COUNCIL, EVERYONE, Audience
from interview.answers import ChosenReason, SaidBy, chosen_reasons
from interview.clock import due_by
from interview.concerns import ConcernKind, Telling
from interview.duties import A_DAY
from interview.nations import THREE_DAYS
from interview.questions import NEWEST_SET, QUESTIONS, Who
from interview.reasons import REASONS
from interview.requests import Owner, State
from records.answers import Incoming, answer_row, audience_bits
from records.base import data_key, new_id, place
from records.concerns import tell
from records.database import keys
from records.keys import seal
from records.samples.bulk_maker import LAST_DAYS, Maker
from records.samples.bulk_words import what_was_said
from records.tables import (
    Answer,
    Child,
    Concern,
    Episode,
    Home,
    Interview,
    InterviewEpisode,
    Offer,
    Reason,
    Request,
)

# A talk that is still to be held belongs to a return of the last hours.
OPEN_FOR_HOURS = 80
ONE_IN_TEN = 0.1


def keep_talk(maker: Maker, child: Child, home: Home, *, finished: bool) -> None:
    """One talk with its return; one that is not finished is still to be held."""
    if not finished:
        _interview(maker, child, open_return(maker, child, home), None)
        return
    returned = maker.days_ago(LAST_DAYS, 6)
    held = returned + timedelta(hours=maker.chance.uniform(21, 90))
    episode = _episode(maker, child, home, returned, closed=held + timedelta(hours=2))
    _offer(maker, episode, returned + timedelta(hours=maker.chance.uniform(1, 20)), "accepted")
    _answer(maker, _interview(maker, child, episode, held), held)


def open_return(maker: Maker, child: Child, home: Home) -> dict[str, Any]:
    """A return of the last hours, with an offer for most."""
    returned = maker.days_ago(OPEN_FOR_HOURS / 24, 0.1)
    episode = _episode(maker, child, home, returned, closed=None)
    if maker.chance.random() > ONE_IN_TEN:
        outcome = maker.chance.choice(("message-left", "thinking", "accepted"))
        _offer(maker, episode, returned + timedelta(hours=1), outcome)
    return episode


def _episode(
    maker: Maker, child: Child, home: Home, returned: datetime, closed: datetime | None
) -> dict[str, Any]:
    chance, episode = maker.chance, new_id()
    row = {
        "id": episode,
        "child_id": child.id,
        "home_id": home.id,
        "authority_id": child.authority_id,
        "kind": "missing",
        "missing_at": returned - timedelta(hours=chance.uniform(2, 60)),
        "found_at": returned,
        "returned_at": returned,
        "ended": chance.choice(("self", "police", "staff")),
        "reported_by": "home",
        "grade": chance.choice(("low", "medium", "high")),
        "prevention": chance.choice(("done", "not-done")),
        "guess": chance.choice(("argument", "friends-family", "not-returning")),
        "missing_from_sealed": _sealed(child.id, "episode", episode, "missing_from", home.name),
        "recorded_at": returned + timedelta(minutes=30),
        "recorded_by": maker.coordinator,
        "closed_at": closed,
    }
    maker.plain[Episode].append(row)
    return row


def _sealed(child: str, table: str, row_id: str, field: str, words: str) -> bytes:
    return seal(data_key(child), place(table, row_id, field), words)


def _offer(maker: Maker, episode: dict[str, Any], at: datetime, outcome: str) -> None:
    offer = new_id()
    maker.plain[Offer].append(
        {
            "id": offer,
            "child_id": episode["child_id"],
            "episode_id": episode["id"],
            "at": at,
            "channel": "telephone",
            "outcome": outcome,
            "by_whom_sealed": _sealed(episode["child_id"], "offer", offer, "by_whom", "The coordinator"),
            "recorded_at": at,
            "recorded_by": maker.coordinator,
        }
    )


def _interview(maker: Maker, child: Child, episode: dict[str, Any], held: datetime | None) -> Interview:
    row = {
        "id": new_id(),
        "child_id": child.id,
        "home_id": episode["home_id"],
        "authority_id": child.authority_id,
        "interviewer_id": maker.interviewer(),
        "question_set": NEWEST_SET,
        "language": "en",
        "allocated_at": episode["recorded_at"],
        "allocated_by": maker.coordinator,
        "due_at": due_by(episode["returned_at"], THREE_DAYS),
        "held_at": held,
        "finished_at": episode["closed_at"],
        "child_asked": False,
    }
    maker.plain[Interview].append(row)
    maker.plain[InterviewEpisode].append({"interview_id": row["id"], "episode_id": episode["id"]})
    # What the answers need to know of it; the row itself is written with the others.
    known = ("id", "child_id", "home_id", "authority_id", "interviewer_id", "language", "held_at")
    return Interview(**{key: row[key] for key in known})


def _answer(maker: Maker, interview: Interview, held: datetime) -> None:
    """A dozen answers, the reasons in the clear, and a concern where there is a danger in few talks."""
    under = data_key(interview.child_id)
    written = {"server_time": held, "author_id": interview.interviewer_id}
    for question, value in what_was_said(maker.chance).items():
        answer = _incoming(maker, question, value, held)
        # A fingerprint tells a second sending from the first, and these are sent once.
        mark = {"fingerprint": keys().blind(answer.op_id)}
        maker.plain[Answer].append(answer_row(interview, under, answer) | written | mark)
        if QUESTIONS[question].asked:
            maker.plain[Request].append(_request(maker, interview, answer, under))
        if question == "reasons":
            chosen = chosen_reasons(value, answer.audience)
            maker.plain[Reason] += (_reason(interview, reason) for reason in chosen)
            _danger(maker, interview, [reason.code for reason in chosen])


def _incoming(maker: Maker, question: str, value: Any, held: datetime) -> Incoming:
    by_child = QUESTIONS[question].who is Who.CHILD
    for_home = by_child and maker.chance.random() < 0.5
    typed = by_child and maker.chance.random() < 0.5
    said_by = SaidBy.CHILD_TYPED if typed else SaidBy.WORD_FOR_WORD if by_child else SaidBy.WORKER
    return Incoming(
        op_id=maker.op_id(),
        question=question,
        question_set=NEWEST_SET,
        value=value,
        said_by=said_by,
        audience=EVERYONE if for_home else COUNCIL,
        device_time=held,
    )


def _request(maker: Maker, interview: Interview, answer: Incoming, under: bytes) -> dict[str, Any]:
    """What was asked for, and whether it is done: that of a talk long ago is, but for one in a hundred."""
    row_id, asked_at = new_id(), interview.held_at or maker.now
    owner = Owner.HOME if Audience.HOME in answer.audience else Owner.SOCIAL_WORKER
    waits = maker.now - asked_at < timedelta(days=14) or maker.chance.random() < ONE_IN_TEN / 10
    return {
        "id": row_id,
        "child_id": interview.child_id,
        "interview_id": interview.id,
        "home_id": interview.home_id,
        "authority_id": interview.authority_id,
        "op_id": answer.op_id,
        "question": answer.question,
        "language": "en",
        "said_by": answer.said_by,
        "asked_of": owner,
        "asked_home": owner is Owner.HOME,
        "asked_at": asked_at,
        "due_on": (asked_at + timedelta(days=14)).date(),
        "state": State.OPEN if waits else State.DONE,
        "waits": waits,
        "answered_at": None if waits else asked_at + timedelta(days=9),
        **audience_bits(answer.audience),
        "words_sealed": seal(under, place("request", row_id, "words"), str(answer.value)),
    }


def _reason(interview: Interview, reason: ChosenReason) -> dict[str, Any]:
    row_id, told = new_id(), reason.told_words
    child = interview.child_id
    return {
        "id": row_id,
        "child_id": child,
        "interview_id": interview.id,
        "code": reason.code,
        "biggest": reason.biggest,
        **audience_bits(reason.audience),
        "told_in": reason.told_in,
        "told_words_sealed": _sealed(child, "reason", row_id, "told_words", told) if told else None,
    }


def _danger(maker: Maker, interview: Interview, codes: list[str]) -> None:
    dangers = [code for code in codes if REASONS[code].danger]
    if not dangers or interview.held_at is None or maker.chance.random() > ONE_IN_TEN:
        return
    raised = interview.held_at
    concern = Concern(
        child_id=interview.child_id,
        interview_id=interview.id,
        authority_id=interview.authority_id,
        kind=ConcernKind.DANGER,
        raised_at=raised,
        raised_by=interview.interviewer_id,
        due_at=raised + A_DAY,
        words=REASONS[dangers[0]].term,
    )
    maker.rows.append(concern)
    if maker.chance.random() > ONE_IN_TEN:
        tell(concern, [Telling("social-worker", raised + timedelta(hours=2), "The interviewer")])
