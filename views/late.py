"""What came late from a tablet: shown to the one who can settle it, and settled with a reason."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import joinedload

from forms.late import late_form
from interview.access import Act, Role
from interview.answers import Answer
from interview.late import (
    ANOTHER_FORM,
    CAN_BE_DONE,
    FORMS,
    NOT_OPENED,
    SETTLED,
    WHY,
    WHY_NOT,
    How,
    Why,
    as_addition,
    may_read,
    ways,
)
from interview.questions import QUESTIONS, Kind, Who
from interview.words import N_
from records.addenda import add_addendum
from records.answers import keep, kept_among, same_among
from records.database import db
from records.late import LateOne, content_of, late_of_talk, late_waiting, opens, settle
from records.raised import raise_concerns
from records.tables import Interview, Late
from views.door import looked_at_list, open_record, reader, require
from views.late_answers import (
    answer_in,
    counts_at_once,
    fault_in,
    held_for,
    incoming_in,
    keep_back_late,
    kept_back_in,
    narrow_by,
    not_yet_kept_back,
    written_over,
)
from views.late_forms import apply, overtaken, since_then, told_in, why_not
from views.moments import day_and_time, now, since_words
from views.put_to_talk import after_answers, replay
from views.replays import LAST
from views.versions import cards_of, readers_of, said_of
from views.words import _

bp = Blueprint("late", __name__)
SETTLE = Act.SETTLE_LATE
TO_QUESTION = N_("Written on a tablet, %(when)s, to the question “%(asked)s”.")
TO_QUESTION_AFTER = N_(
    "Written on a tablet, %(when)s, to the question “%(asked)s”. It came after the talk was finished."
)


@bp.get("/late")
def all_late() -> ResponseReturnValue:
    """The talks to which something came late, and that this reader can settle."""
    mine = require(SETTLE)
    looked_at_list(SETTLE, "late")
    return render_template("late/list.html", late=late_waiting(mine), since_words=since_words)


@bp.route("/interviews/<interview_id>/late", methods=["GET", "POST"])
def of_talk(interview_id: str) -> ResponseReturnValue:
    """What came late to one talk: put to it, added to it, given on or set aside. Nothing is thrown away."""
    interview = open_record(Interview, interview_id, SETTLE, joinedload(Interview.child))
    found = late_of_talk(reader(), interview)
    waits = [one for one in found if one.row.settled_at is None]
    over = written_over(interview) if waits else frozenset[str]()
    can = {one.row.id: ways_for(interview, one.row, over) for one in waits}
    done = overtaken(interview, [one.row for one in waits])
    # Where the home still reads what was to be kept from it, setting it aside is a decision, and says why.
    no_why = {one.row.id for one in waits if one.row.id in done and not not_yet_kept_back(interview, one.row)}
    form = late_form(can, no_why=no_why)()
    if form.validate_on_submit():
        chosen = form.chosen()
        kept = [
            _settle(interview, one.row, chosen[one.row.id], form.why.data or "")
            # What finishes the talk comes last: what is put to it before is in it then.
            for one in sorted(waits, key=lambda one: one.row.kind in LAST)
            if one.row.id in chosen
        ]
        db.session.commit()
        _say(kept, waiting=len(waits))
        return redirect(url_for("late.of_talk", interview_id=interview.id))
    return render_template(
        "late/talk.html",
        interview=interview,
        form=form,
        waits=[(one, _shown(one)) for one in waits],
        why_not=_why_not(interview, waits),
        since=since_then(interview, [one.row for one in waits]),
        narrows={
            one.row.id
            for one in waits
            if How.NARROW in can[one.row.id] and counts_at_once(interview, one.row, over)
        },
        settled=[(one, _shown(one)) for one in found if one.row.settled_at is not None],
        WHY=WHY,
        SETTLED=SETTLED,
    )


def _why_not(interview: Interview, waits: Sequence[LateOne]) -> dict[str, str]:
    """Of the forms that could be done otherwise, why they cannot be, in words."""
    rows = [one.row for one in waits]
    damaged = {row.id for row in rows if not opens(row)}
    others = damaged | overtaken(interview, rows)
    forms = [row for row in rows if row.kind in CAN_BE_DONE and row.id not in others]
    found = {row.id: why_not(interview, row) for row in forms} | dict.fromkeys(damaged, "not-opened")
    return {row: WHY_NOT[why] for row, why in found.items() if why is not None}


def _say(kept: Sequence[bool], waiting: int) -> None:
    if not waiting:
        flash(_("Nothing waits here any more: somebody has settled it meanwhile."))
    elif not kept:
        flash(_("Nothing was changed. All of it stays here until somebody settles it."))
    elif not all(kept):
        flash(
            _("Some of it could not be put there. It stays here: set it aside, or write it in by hand."),
            "error",
        )
    elif len(kept) < waiting:
        flash(_("Saved. What you left for now stays here, and nothing was thrown away."), "success")
    else:
        flash(_("Saved. Nothing of it was thrown away."), "success")


def ways_for(interview: Interview, late: Late, over: frozenset[str] = frozenset()) -> tuple[How, ...]:
    """What this reader can do about it. `over`: answers that another was written over."""
    if not opens(late):
        return (How.ASIDE,)
    for_another = reader().role is Role.COORDINATOR and interview.interviewer_id not in {
        late.author_id,
        late.given_to,
    }
    finished = interview.finished_at is not None
    answer = answer_in(late)
    why = Why.REFUSED if answer is not None and fault_in(answer) else Why(late.why)
    held = held_for(interview, answer) if finished and answer is not None else []
    fits = answer is None and why_not(interview, late) is None
    found = ways(answer, why, finished=finished, for_another=for_another, held=held)
    found = (How.APPLY, *found) if fits else found
    found = (How.KEEP_BACK, *found) if late.kind in LAST and not_yet_kept_back(interview, late) else found
    # What the child said later is neither hidden by this nor stands beside it.
    gone = {How.ADDENDUM, How.NARROW} if late.op_id in over else set[How]()
    return tuple(how for how in found if how not in gone)


def _shown(one: LateOne) -> dict[str, Any]:
    """One thing as the page shows it; its words only to those who would read them in a summary."""
    if not opens(one.row):
        return {"question": None, "words": NOT_OPENED, "fields": []}
    answer = answer_in(one.row)
    if answer is not None:
        return _as_answer(answer)
    words = FORMS.get(one.row.kind, ANOTHER_FORM)
    if one.row.kind == "answer":
        value = content_of(one.row).get("value")
        return {"question": None, "words": words, "fields": [("", value)] if isinstance(value, str) else []}
    return {"question": None, "words": words, "fields": told_in(one.row)}


def _as_answer(answer: Answer) -> dict[str, Any]:
    question = QUESTIONS[answer.question]
    shown = {"question": question, "answer": answer, "may_read": may_read(reader().role, answer)}
    if fault_in(answer):
        # It fits no form of this question: as it came.
        raw = answer.value if isinstance(answer.value, str) else json.dumps(answer.value, ensure_ascii=False)
        return shown | {"raw": raw}
    is_cards = question.kind is Kind.REASONS and answer.value is not None and answer.skipped is None
    cards = cards_of(answer) if is_cards else ()
    readers = readers_of(answer) if question.who is Who.CHILD else ""
    return shown | {"cards": cards, "said": "" if cards else said_of(question, answer), "readers": readers}


def _settle(interview: Interview, late: Late, how: How, why: str) -> bool:
    """Do what was chosen, and write it down. Gives False where it could not be done."""
    if how is How.GIVEN:
        late.given_to = interview.interviewer_id
        return True
    do = DO.get(how)
    done = do is None or do(interview, late)
    if done:
        settle(late, how, reader().person, now(), why if how is How.ASIDE else "")
    return done


def _to_talk(interview: Interview, late: Late) -> bool:
    incoming = incoming_in(late)
    if incoming is None:
        return replay(interview, content_of(late), late.author_id) is None
    if kept_among([incoming.op_id]) and not same_among(interview, [incoming]):
        # Its id is another's: under one of its own it becomes one of two versions, and somebody is asked.
        incoming = replace(incoming, op_id=late.id)
    receipt = keep(interview, [incoming], late.author_id, now())
    if receipt.refused:
        return False
    after_answers(interview, [incoming], late.author_id)
    return True


def _to_addendum(interview: Interview, late: Late) -> bool:
    answer = answer_in(late)
    if answer is None:
        return False
    narrow_by(interview, late)
    asked = gettext(QUESTIONS[answer.question].words)
    when = day_and_time(late.device_time or late.received_at)
    came_after = interview.finished_at is not None and late.received_at > interview.finished_at
    why = _(TO_QUESTION_AFTER if came_after else TO_QUESTION, when=when, asked=asked)
    add_addendum(interview, late.author_id, now(), as_addition(answer, why))
    raise_concerns(interview, [answer.question], late.author_id, now())
    return True


def _keep_back(interview: Interview, late: Late) -> bool:
    keep_back_late(interview, kept_back_in(late), reader().person)
    return True


DO = {
    How.TO_TALK: _to_talk,
    How.ADDENDUM: _to_addendum,
    How.NARROW: narrow_by,
    How.APPLY: apply,
    How.KEEP_BACK: _keep_back,
}
