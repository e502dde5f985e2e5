"""What tablets wrote: put to its talk as if it had been written online, or kept for a person to settle."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from interview.access import Act
from interview.answers import Answer, fault_of
from interview.concerns import Entry
from interview.late import How, Why
from interview.questions import QUESTIONS, Who
from interview.raised import may_raise, raised
from records.answers import Incoming, is_talking, keep, kept_among
from records.concerns import new_concern, note_dangers, write_down
from records.database import db
from records.guarded import guard
from records.late import (
    Sent,
    content_of,
    do_once,
    is_done,
    keep_late,
    late_of,
    late_ops,
    settle,
    to_try_again,
)
from records.log import Look, note
from records.raised import raise_concerns
from records.tables import Interview, Person
from records.tablets import has_taken
from records.welcomes import keep_welcome
from views.child_language import child_language
from views.moments import now
from views.replay_forms import written_at
from views.replays import ALSO_AFTERWARDS, LAST, REPLAYS, Form
from views.talk import read_item

MALFORMED = (KeyError, TypeError, ValueError, AttributeError)


@dataclass(frozen=True)
class Came:
    """One thing as it came: its id, what was in the envelope, and from whose place on the tablet."""

    op_id: str
    kind: str
    content: dict[str, Any]
    slot: str = ""


@dataclass
class Outcome:
    """What became of what came. Late is accepted too; unknown is of a talk that is not here."""

    accepted: list[str] = field(default_factory=list)
    late: list[tuple[str, Why]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Sender:
    """Who sent it, and from where."""

    person: str
    tablet: str | None
    outcome: Outcome

    def is_late(self, interview: Interview, one: Came, why: Why) -> None:
        """Keep it for a person to settle."""
        sent = Sent(self.person, why, _moment(one.content.get("device_time")), self.tablet)
        is_new = late_of(one.content) is None
        row = keep_late(interview, one.content, sent, now())
        if is_new and one.kind == "answer":
            write_down_danger(interview, read(one.content), self.person)
        self.outcome.accepted.append(one.op_id)
        if row.settled_at is None:
            self.outcome.late.append((one.op_id, Why(row.why)))
        note(Look(now(), self.person, Act.HOLD_INTERVIEW, "late", row.id))


def put_to_talks(came: Iterable[Came], person: str, tablet: str | None) -> Outcome:
    """Put each to its talk: the answers first, and what finishes a talk last. Does not commit."""
    outcome = Outcome()
    sender = Sender(person, tablet, outcome)
    for interview, things in _by_talk(came, outcome):
        note(Look(now(), person, Act.HOLD_INTERVIEW, "interview", interview.id))
        _put_answers(interview, [one for one in things if one.kind == "answer"], sender)
        forms = [one for one in things if one.kind != "answer"]
        for one in sorted(forms, key=lambda one: one.kind in LAST):
            _put_form(interview, one, sender)
        _try_again(interview, person)
    return outcome


def put_away(came: Sequence[Came], people: Mapping[str, str], why: Why) -> Outcome:
    """Keep what came from a tablet that nobody can vouch for; what is here already is not kept again.

    `people` are those who worked on it, by their places there.
    """
    outcome = Outcome()
    for interview, things in _by_talk(came, outcome):
        known = kept_among(one.op_id for one in things)
        for one in things:
            if one.op_id in known or is_done(one.op_id):
                outcome.accepted.append(one.op_id)
                continue
            place = one.slot if one.slot in people else None
            sender = Sender(people[place] if place else _likely(interview, people), place, outcome)
            if not _is_a_danger_that_was_done(interview, one, sender):
                sender.is_late(interview, one, why)
    return outcome


def _likely(interview: Interview, people: Mapping[str, str]) -> str:
    # Written in the browser without a place of one's own: by whoever has the talk, if they worked on it.
    mine = interview.interviewer_id
    return mine if mine in people.values() else next(iter(people.values()))


def _is_a_danger_that_was_done(interview: Interview, one: Came, sender: Sender) -> bool:
    # Of a tablet that was lost nothing is put to a talk; but that somebody is not safe waits for nobody.
    is_one = one.kind in ALSO_AFTERWARDS and has_taken(sender.person, interview)
    done = is_one and late_of(one.content) is None and replay(interview, one.content, sender.person) is None
    if done:
        sender.outcome.accepted.append(one.op_id)
    return done


def _by_talk(came: Iterable[Came], outcome: Outcome) -> list[tuple[Interview, list[Came]]]:
    """What came, by talk, each locked; always in one order, so that two never wait for each other."""
    by_talk: dict[str, list[Came]] = {}
    for one in came:
        by_talk.setdefault(str(one.content.get("interview")), []).append(one)
    search = sa.select(Interview).where(Interview.id.in_(by_talk)).order_by(Interview.id).with_for_update()
    talks = {talk.id: talk for talk in db.session.scalars(search)}
    outcome.unknown += [one.op_id for talk, some in by_talk.items() if talk not in talks for one in some]
    return [(talk, by_talk[talk_id]) for talk_id, talk in talks.items()]


def _put_answers(interview: Interview, came: Sequence[Came], sender: Sender) -> None:
    ready: list[tuple[Came, Incoming]] = []
    known = kept_among(one.op_id for one in came)
    for one in came:
        answer = read(one.content)
        why = _against(interview, answer, known, sender.person)
        if answer is not None and why is None:
            ready.append((one, answer))
        elif late_of(one.content) or one.op_id not in known:
            sender.is_late(interview, one, why or Why.REFUSED)
        else:
            sender.outcome.accepted.append(one.op_id)
    if ready:
        _keep(interview, ready, sender)


def read(content: dict[str, Any]) -> Incoming | None:
    """The answer in what came; None where it is none that could be read."""
    try:
        return read_item(content)
    except MALFORMED:
        return None


def _against(interview: Interview, answer: Incoming | None, known: frozenset[str], person: str) -> Why | None:
    """What stands against putting this answer to its talk."""
    if answer is None:
        return Why.REFUSED
    if interview.interviewer_id != person:
        return Why.NOT_YOURS
    # The same answer once more is no news, whatever has become of the talk.
    if interview.finished_at is not None and answer.op_id not in known:
        return Why.FINISHED
    return None


def _keep(interview: Interview, ready: Sequence[tuple[Came, Incoming]], sender: Sender) -> None:
    before = interview.held_at
    receipt = keep(interview, [answer for _, answer in ready], sender.person, now())
    accepted = set(receipt.accepted)
    sender.outcome.accepted += receipt.accepted
    refused = {op_id for op_id, _ in receipt.refused}
    for one, _ in ready:
        if one.op_id in refused:
            sender.is_late(interview, one, Why.REFUSED)
    kept = [answer for _, answer in ready if answer.op_id in accepted]
    if before is None and interview.held_at is not None:
        # The talk was held when its first word was written, and not when that came here.
        interview.held_at = _first_of(interview, filter(is_talking, kept))
    if interview.finished_at is None:
        after_answers(interview, kept, sender.person)


def after_answers(interview: Interview, kept: Sequence[Incoming], person: str) -> None:
    """What follows from answers that were kept: concerns that they raise, and the welcome that was shown."""
    said_at = _first_of(interview, (one for one in kept if may_raise([one.question])))
    raise_concerns(interview, [one.question for one in kept], person, now(), said_at)
    told = [one for one in kept if QUESTIONS[one.question].who is Who.CHILD]
    if told:
        keep_welcome(interview, child_language(interview), _first_of(interview, told))


def _first_of(interview: Interview, answers: Iterable[Incoming]) -> datetime:
    """When the first of these was written, as far as a tablet's clock can be believed."""
    times = [one.device_time for one in answers if one.device_time is not None]
    return written_at(interview, min(times, default=None))


def write_down_danger(interview: Interview, answer: Incoming | None, person: str) -> None:
    """A danger does not wait until somebody settles where it belongs: it stands on the lists at once."""
    if answer is None or answer.question not in QUESTIONS or answer.skipped is not None:
        return
    said = Answer("", answer.question, answer.value, None, answer.said_by, answer.audience)
    fault = fault_of(answer.question, answer.question_set, answer.value, None)
    said_at = written_at(interview, answer.device_time)
    for things in () if fault else raised({answer.question: said}).values():
        concern = new_concern(interview, person, now())
        # As if it had been written down by hand: what is said in the talk later does not replace it.
        concern.recorded_at = now()
        by = db.session.get_one(Person, person).name
        write_down(concern, Entry(now(), by, "\n\n".join(one.words for one in things)))
        note_dangers(concern, sorted({danger for one in things for danger in one.dangers}), said_at)
        guard(interview, now())


def _put_form(interview: Interview, one: Came, sender: Sender) -> None:
    if is_done(one.op_id):
        sender.outcome.accepted.append(one.op_id)
    elif late_of(one.content) is not None:
        sender.is_late(interview, one, Why.REFUSED)
    elif not _may_put(interview, one, sender):
        sender.is_late(interview, one, Why.NOT_YOURS)
    else:
        why = replay(interview, one.content, sender.person)
        if why is None:
            sender.outcome.accepted.append(one.op_id)
        else:
            sender.is_late(interview, one, why)


def _may_put(interview: Interview, one: Came, sender: Sender) -> bool:
    # A danger waits for nobody to settle it: whoever had the talk along when they heard of it may tell.
    is_mine = interview.interviewer_id == sender.person
    return is_mine or (one.kind in ALSO_AFTERWARDS and has_taken(sender.person, interview))


def replay(interview: Interview, content: dict[str, Any], person: str) -> Why | None:
    """Do what was done on the tablet, once; gives why not where it cannot be done."""
    kind, op_id, at = str(content.get("kind")), str(content["op_id"]), _moment(content.get("device_time"))
    form = _form(content, person, at)
    if form is None or kind not in REPLAYS:
        return Why.REFUSED
    if not _has_all(interview, content):
        return Why.WAITING
    why = None
    if interview.finished_at is None or kind in ALSO_AFTERWARDS:
        why = REPLAYS[kind](interview, form)
    elif kind not in LAST:
        why = Why.FINISHED
    if why is None:
        do_once(interview, {"op_id": op_id, "kind": kind}, person, at, now())
        db.session.flush()
    return why


def _form(content: dict[str, Any], person: str, at: datetime | None) -> Form | None:
    try:
        pairs = tuple((str(name), str(value)) for name, value in content.get("fields") or ())
    except MALFORMED:
        return None
    return Form(str(content["op_id"]), pairs, person, at)


def _has_all(interview: Interview, content: dict[str, Any]) -> bool:
    """Whether all that it was done after is here, kept or late."""
    after = content.get("after")
    wanted = {str(op_id) for op_id in after} if isinstance(after, list) else set()
    missing = wanted - kept_among(wanted)
    return not {op_id for op_id in missing - late_ops(missing) if not is_done(op_id)}


def _try_again(interview: Interview, person: str) -> None:
    for late in to_try_again(interview):
        if late.author_id == person and replay(interview, content_of(late), person) is None:
            settle(late, How.DONE, person, now())


def _moment(text: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo is not None else None
