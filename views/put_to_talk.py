"""What tablets wrote, put to its talk as if it had been written online; what does not fit there is late."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from interview.late import How, Why
from interview.questions import QUESTIONS, Who
from interview.raised import may_raise
from records.answers import OP_ID, Incoming, is_talking, keep, kept_among, same_among
from records.base import new_id
from records.database import db
from records.late import content_of, do_once, is_done, late_of, late_ops, settle, was_done
from records.raised import raise_concerns
from records.tables import Interview, Late
from records.welcomes import keep_welcome
from views.came import MALFORMED, Came, moment, read
from views.came_late import Sender
from views.child_language import child_language
from views.late_answers import had
from views.moments import now
from views.replay_forms import keep_back_afterwards, written_at
from views.replays import ALSO_AFTERWARDS, LAST, REPLAYS, Form

# More than any talk has: what says that it was done after as many is not asked for each of them.
MOST_BEFORE = 5000


def put_answers(interview: Interview, came: Sequence[Came], sender: Sender) -> None:
    """Put these answers to their talk; what cannot be put there is late."""
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
    known = kept_among(refused)
    for one, answer in ready:
        # Of two under one id the first is kept, and only the other is late.
        if one.op_id in refused and not same_among(interview, [answer]):
            sender.is_late(interview, one, Why.AGAIN if one.op_id in known else Why.REFUSED)
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


def put_form(interview: Interview, one: Came, sender: Sender) -> None:
    """Do what was done on the tablet; where that cannot be, it is late."""
    if was_done(interview, one.content):
        sender.outcome.accepted.append(one.op_id)
    elif is_done(one.op_id):
        _under_a_known_id(interview, one, sender)
    elif late_of(one.content) is not None:
        sender.is_late(interview, one, Why.REFUSED)
    elif not may_put(interview, one, sender):
        sender.is_late(interview, one, Why.NOT_YOURS)
    else:
        why = replay(interview, one.content, sender.person)
        if why is None:
            sender.outcome.accepted.append(one.op_id)
        else:
            sender.is_late(interview, one, why)


def _under_a_known_id(interview: Interview, one: Came, sender: Sender) -> None:
    """Something else was done under this id: this waits for a person, but for what waits for nobody."""
    if late_of(one.content) is None and may_put(interview, one, sender):
        if one.kind == "urgent":
            # Somebody is not safe: that is one danger more, under an id of its own.
            replay(interview, one.content | {"op_id": new_id()}, sender.person)
        form = form_in(one.content, sender.person, None)
        if one.kind in LAST and interview.finished_at is not None and form is not None:
            keep_back_afterwards(interview, form.fields)
    sender.is_late(interview, one, Why.AGAIN)


def may_put(interview: Interview, one: Came, sender: Sender) -> bool:
    """Whether who sent it may do this in this talk."""
    # A danger waits for nobody to settle it: whoever had the talk when they heard of it may tell.
    is_mine = interview.interviewer_id == sender.person
    return is_mine or (one.kind in ALSO_AFTERWARDS and had(interview, sender.person))


def replay(interview: Interview, content: dict[str, Any], person: str, *, waits: bool = True) -> Why | None:
    """Do what was done on the tablet, once; gives why not where it cannot be done.

    It `waits` for what it was done after, unless a person has decided that it need not.
    """
    kind, at = str(content.get("kind")), moment(content.get("device_time"))
    form = form_in(content, person, at)
    if form is None or kind not in REPLAYS:
        return Why.REFUSED
    if kind in LAST and interview.finished_at is not None:
        # What is kept from the home waits for nothing either: it only takes away.
        keep_back_afterwards(interview, form.fields)
    # A danger waits for nothing, whatever is still on the tablet.
    if waits and kind not in ALSO_AFTERWARDS and not _has_all(interview, content):
        return Why.WAITING
    why = None
    if interview.finished_at is None or kind in ALSO_AFTERWARDS:
        why = REPLAYS[kind](interview, form)
    elif kind not in LAST:
        why = Why.FINISHED
    if why is None:
        do_once(interview, content, person, at, now())
        db.session.flush()
    return why


def form_in(content: dict[str, Any], person: str, at: datetime | None) -> Form | None:
    """The form in what came; None where it is none that could be read."""
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
    if not all(OP_ID.fullmatch(op_id) for op_id in wanted):
        # No such thing ever comes, and no database has to be asked for it.
        return False
    missing = wanted - kept_among(wanted)
    return not {op_id for op_id in missing - late_ops(missing) if not is_done(op_id)}


def again(interview: Interview, late: Late, person: str) -> None:
    """What waited for the rest, once more."""
    content = content_of(late)
    if was_done(interview, content):
        settle(late, How.DONE, person, now())
    elif is_done(late.op_id):
        # Something else that waited under the same id was done first.
        late.why = Why.AGAIN
    elif replay(interview, content, person) is None:
        settle(late, How.DONE, person, now())
