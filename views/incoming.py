"""What tablets wrote: put to its talk as if it had been written online, or kept for a person to settle."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import sqlalchemy as sa
from flask import current_app

from interview.access import Act
from interview.answers import Answer, fault_of
from interview.concerns import Entry
from interview.late import How, Why
from interview.questions import QUESTIONS, Who
from interview.raised import may_raise, raised
from records.answers import OP_ID, Incoming, is_talking, keep, kept_among, same_among
from records.base import new_id
from records.concerns import concerns_of, new_concern, note_dangers, words_of, write_down
from records.database import db, keys
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
    was_done,
)
from records.log import Look, note
from records.raised import raise_concerns
from records.tables import Concern, Interview, Late, Person
from records.tablets import has_taken, was_on
from records.welcomes import keep_welcome
from views.child_language import child_language
from views.moments import now
from views.replay_forms import keep_back_afterwards, written_at
from views.replays import ALSO_AFTERWARDS, LAST, ONLY_COUNTED, REPLAYS, Form
from views.talk import read_item

# Which danger it goes on with, and who was told: such as ends the wait of those who are to act.
NOBODY_VOUCHES_FOR = frozenset({"about", "whom", "name", "number", "at", "child_knows"})
MALFORMED = (KeyError, TypeError, ValueError, AttributeError)
# More than any talk has: what says that it was done after as many is not asked for each of them.
MOST_BEFORE = 5000


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
        """Keep it for a person to settle; but what is only counted is never kept for anybody to read."""
        if one.kind in ONLY_COUNTED:
            self.outcome.accepted.append(one.op_id)
            return
        sent = Sent(self.person, why, _moment(one.content.get("device_time")), self.tablet)
        is_new = late_of(one.content) is None
        row = keep_late(interview, one.content, sent, now())
        if is_new and one.kind == "answer" and _had(interview, self.person):
            write_down_danger(interview, read(one.content), self.person)
        self.outcome.accepted.append(one.op_id)
        if row.settled_at is None:
            self.outcome.late.append((one.op_id, Why(row.why)))
        note(Look(now(), self.person, Act.HOLD_INTERVIEW, "late", row.id))


def put_to_talks(came: Iterable[Came], person: str, tablet: str | None) -> Outcome:
    """Put each to its talk: the answers first, and what finishes a talk last. Does not commit."""
    outcome = Outcome()
    for interview, things in _by_talk(came, outcome):
        note(Look(now(), person, Act.HOLD_INTERVIEW, "interview", interview.id))
        if not _put_whole(interview, things, person, tablet, outcome):
            # Something in it cannot be kept in any way: that alone stays on the tablet, and not the rest.
            for one in sorted(things, key=_in_turn):
                if not _put_whole(interview, [one], person, tablet, outcome):
                    outcome.unknown.append(one.op_id)
        _try_again(interview, person)
    return outcome


def _in_turn(one: Came) -> tuple[bool, bool]:
    # The answers first, and last what finishes a talk.
    return one.kind != "answer", one.kind in LAST


def _put_whole(
    interview: Interview, things: Sequence[Came], person: str, tablet: str | None, outcome: Outcome
) -> bool:
    """Put these to their talk, all or nothing; gives whether it was done."""
    sender = Sender(person, tablet, Outcome())
    done = _attempt(partial(_put, interview, things, sender))
    if done:
        outcome.accepted += sender.outcome.accepted
        outcome.late += sender.outcome.late
    return done


def _put(interview: Interview, things: Sequence[Came], sender: Sender) -> None:
    in_turn = sorted(things, key=_in_turn)
    _put_answers(interview, [one for one in in_turn if one.kind == "answer"], sender)
    for one in in_turn:
        if one.kind != "answer":
            _put_form(interview, one, sender)


def _attempt(do: Callable[[], None]) -> bool:
    """Do it, or leave no trace of it. What is wrong with the database itself is no fault of what came."""
    try:
        with db.session.begin_nested():
            do()
    except sa.exc.OperationalError:
        raise
    except Exception as error:
        # Its name alone: what it says may hold words of the child.
        current_app.logger.error("%s in what came from a tablet", type(error).__name__)
        return False
    return True


def is_kept(interview: Interview, one: Came) -> bool:
    """Whether this very thing is here already; another of the same id is not."""
    if one.kind != "answer":
        return was_done(interview, one.content)
    answer = read(one.content)
    return answer is not None and bool(same_among(interview, [answer]))


def put_away(came: Sequence[Came], people: Mapping[str, str], why: Why) -> Outcome:
    """Keep what came from a tablet that nobody can vouch for; what is here already is not kept again.

    `people` are those who worked on it, by their places there. Anybody can seal: of a talk that was not on
    this tablet, and is none of theirs, nothing is taken from it.
    """
    outcome = Outcome()
    for interview, things in _by_talk(came, outcome):
        is_theirs = interview.interviewer_id in people.values() or was_on(people, interview)
        for one in things:
            sender = _handed_in_by(interview, one, people)
            if is_theirs and _attempt(partial(_put_one_away, interview, one, sender, why)):
                outcome.accepted += sender.outcome.accepted
                outcome.late += sender.outcome.late
            else:
                outcome.unknown.append(one.op_id)
    return outcome


def _handed_in_by(interview: Interview, one: Came, people: Mapping[str, str]) -> Sender:
    # Written in the browser without a place of one's own: by whoever has the talk, if they worked on it. It
    # counts for the tablet all the same.
    mine, first = interview.interviewer_id, next(iter(people))
    likely = mine if mine in people.values() else people[first]
    return Sender(people.get(one.slot, likely), one.slot if one.slot in people else first, Outcome())


def _put_one_away(interview: Interview, one: Came, sender: Sender, why: Why) -> None:
    if _is_this_here(interview, one):
        sender.outcome.accepted.append(one.op_id)
    elif not _is_counted(interview, one, sender):
        if one.kind == "urgent":
            _do_danger(interview, one, sender)
        # A danger too stays for a person as it was written, with what nobody vouches for.
        sender.is_late(interview, one, why)


def _is_this_here(interview: Interview, one: Came) -> bool:
    if not is_kept(interview, one):
        return False
    # A danger that was handed in under this id with other words is not this one.
    return one.kind != "urgent" or late_of(one.content) is not None or not late_ops([one.op_id])


def _is_counted(interview: Interview, one: Came, sender: Sender) -> bool:
    is_one = one.kind in ONLY_COUNTED and not is_done(one.op_id) and _may_put(interview, one, sender)
    done = is_one and replay(interview, one.content, sender.person) is None
    if done:
        sender.outcome.accepted.append(one.op_id)
    return done


def _do_danger(interview: Interview, one: Came, sender: Sender) -> None:
    """Of a tablet that was lost nothing is put to a talk; but that somebody is not safe waits for nobody.

    A stranger may have written it: so it is a new one, of which nobody counts as told.
    """
    if late_of(one.content) is not None or not _may_put(interview, one, sender):
        return
    fields = one.content.get("fields")
    pairs = [pair for pair in fields if isinstance(pair, list) and pair] if isinstance(fields, list) else []
    believed = [pair for pair in pairs if str(pair[0]) not in NOBODY_VOUCHES_FOR]
    op_id = new_id() if is_done(one.op_id) else one.op_id
    replay(interview, one.content | {"op_id": op_id, "fields": believed}, sender.person)


def _by_talk(came: Iterable[Came], outcome: Outcome) -> list[tuple[Interview, list[Came]]]:
    """What came, by talk, each locked; always in one order, so that two never wait for each other."""
    by_talk: dict[str, list[Came]] = {}
    for one in came:
        by_talk.setdefault(str(one.content.get("interview")), []).append(one)
    possible = [talk for talk in by_talk if OP_ID.fullmatch(talk)]
    search = sa.select(Interview).where(Interview.id.in_(possible)).order_by(Interview.id).with_for_update()
    talks = {talk.id: talk for talk in db.session.scalars(search)}
    outcome.unknown += [one.op_id for talk, some in by_talk.items() if talk not in talks for one in some]
    return [(talk, by_talk[talk_id]) for talk_id, talk in talks.items()]


def _put_answers(interview: Interview, came: Sequence[Came], sender: Sender) -> None:
    ready: list[tuple[Came, Incoming]] = []
    answers = [read(one.content) for one in came]
    known = same_among(interview, filter(None, answers))
    for one, answer in zip(came, answers, strict=True):
        why = _against(interview, answer, known, sender.person)
        if answer is not None and why is None:
            ready.append((one, answer))
        elif late_of(one.content) or answer is None or one.op_id not in known:
            sender.is_late(interview, one, why or Why.REFUSED)
        else:
            sender.outcome.accepted.append(one.op_id)
    if ready:
        _keep(interview, ready, sender)


def read(content: dict[str, Any]) -> Incoming | None:
    """The answer in what came; None where it is none that could be read."""
    try:
        return replace(read_item(content), device_time=_moment(content.get("device_time")))
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
    for kind, things in ({} if fault else raised({answer.question: said})).items():
        about = "|".join((interview.id, person, answer.question, kind))
        told, concern = _late_dangers(interview, about)
        before = [words_of(one) for one in (*told, concern) if one is not None]
        fresh = [one.words for one in things if not any(one.words in words for words in before)]
        if not fresh:
            continue
        if concern is None:
            concern = new_concern(interview, person, now(), _late_mark(about, len(told)))
            # As if it had been written down by hand: what is said in the talk later does not replace it.
            concern.recorded_at = now()
        by = db.session.get_one(Person, person).name
        write_down(concern, Entry(now(), by, "\n\n".join(fresh)))
        note_dangers(concern, sorted({danger for one in things for danger in one.dangers}), said_at)
        guard(interview, now())


def _late_dangers(interview: Interview, about: str) -> tuple[list[Concern], Concern | None]:
    """The dangers that late answers to one question opened: those that somebody was told of, and the last.

    A question is saved again and again while it is answered: that is one danger, and not one each time.
    But what comes after somebody was told of it opens another.
    """
    by_id = {concern.id: concern for concern in concerns_of(interview)}
    told: list[Concern] = []
    while (found := by_id.get(_late_mark(about, len(told)))) is not None and found.told_whom:
        told.append(found)
    return told, found


def _late_mark(about: str, number: int) -> str:
    return keys().blind(f"late danger|{about}|{number}").hex()


def _had(interview: Interview, person: str) -> bool:
    # Whoever never had the talk opens nothing in it: what they sent waits for a person.
    return interview.interviewer_id == person or has_taken(person, interview)


def _put_form(interview: Interview, one: Came, sender: Sender) -> None:
    if was_done(interview, one.content):
        sender.outcome.accepted.append(one.op_id)
    elif late_of(one.content) is not None or is_done(one.op_id):
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
    # A danger waits for nothing, whatever is still on the tablet.
    if kind not in ALSO_AFTERWARDS and not _has_all(interview, content):
        return Why.WAITING
    why = None
    if interview.finished_at is None or kind in ALSO_AFTERWARDS:
        why = REPLAYS[kind](interview, form)
    elif kind in LAST:
        keep_back_afterwards(interview, form.fields)
    else:
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
    after = content.get("after")
    if isinstance(after, list) and len(after) > MOST_BEFORE:
        return None
    return Form(str(content["op_id"]), pairs, person, at)


def _has_all(interview: Interview, content: dict[str, Any]) -> bool:
    """Whether all that it was done after is here, kept or late."""
    after = content.get("after")
    wanted = {str(op_id) for op_id in after} if isinstance(after, list) else set()
    missing = wanted - kept_among(wanted)
    return not {op_id for op_id in missing - late_ops(missing) if not is_done(op_id)}


def _try_again(interview: Interview, person: str) -> None:
    # What an interviewer did before the talk was given to another is done by a person now, or not at all.
    for late in to_try_again(interview) if interview.interviewer_id == person else ():
        if late.author_id == person:
            _attempt(partial(_again, interview, late, person))


def _again(interview: Interview, late: Late, person: str) -> None:
    if replay(interview, content_of(late), person) is None:
        settle(late, How.DONE, person, now())


def _moment(text: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        # Some moments have none in UTC: the first and the last of the calendar.
        return moment.astimezone(UTC) if moment.tzinfo is not None else None
    except (TypeError, ValueError, OverflowError):
        return None
