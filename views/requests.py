"""What children asked for: what waits for whom, one request with its steps, and the answer to it."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from forms.requests import AnswerForm, GuideForm
from interview.access import Act, Role, may
from interview.reasons import REASONS
from interview.requests import CANNOT_READ, Asking, Owner, Step, Stepped, faults_of_step, may_answer
from interview.words import N_
from records.database import db
from records.episodes import PAGE
from records.people import Reader
from records.requests import Which, request_of, requests, take_step
from records.tables import Request
from views import request_words
from views.door import looked_at_list, open_record, reader, require
from views.moments import now, today
from views.paging import page_asked
from views.words import _

bp = Blueprint("requests", __name__, url_prefix="/requests")

# How many of each list stand on the first page, where all three do.
FIRST = {Which.MINE: 20, Which.OTHERS: 20, Which.ANSWERED: 10}
HEADINGS: dict[Which, str] = {
    Which.MINE: N_("Waiting for your answer"),
    Which.OTHERS: N_("Others still have to answer"),
    Which.ANSWERED: N_("Answered"),
}
NONE: dict[Which, str] = {
    Which.MINE: N_("Nothing waits for your answer."),
    Which.OTHERS: N_("Nobody else owes an answer."),
    Which.ANSWERED: N_("Nothing has been answered yet."),
}
CHANGED = N_(
    "This changed while you were writing. Look at what is new, then save again if yours still holds."
)
ANSWERED_ALREADY = N_("You have answered this already. Say when it is done, or pass it on.")
NOT_TO_THEM = N_("It cannot be passed on to them. Choose somebody else, or answer it.")
NOT_YOURS = N_(
    "Somebody else is asked now, so this was not saved. What you wrote is still here: tell them, or keep it."
)


@bp.get("")
def all_requests() -> ResponseReturnValue:
    """What waits for me, by what is due first; what others owe; and below, what has been answered."""
    mine = require(Act.ANSWER_REQUESTS)
    looked_at_list(Act.ANSWER_REQUESTS, "request")
    asked = request.args.get("list", "")
    shown = [Which(asked)] if asked in set(FIRST) else [*FIRST]
    if mine.role is Role.HOME_MANAGER:
        shown = [which for which in shown if which is not Which.OTHERS]
    page = page_asked() if len(shown) == 1 else 0
    return render_template(
        "requests/list.html",
        lists=[_listed(mine, which, page, FIRST[which] if len(shown) > 1 else PAGE) for which in shown],
        page=page,
        alone=len(shown) == 1,
        words=request_words,
        today=today(),
        for_home=mine.role is Role.HOME_MANAGER,
    )


def _listed(mine: Reader, which: Which, page: int, size: int) -> dict[str, Any]:
    found = requests(mine, which, page, size)
    return {
        "which": which,
        "heading": HEADINGS[which],
        "none": NONE[which],
        "lines": found[:size],
        "more": len(found) > size,
    }


@bp.route("/<request_id>", methods=["GET", "POST"])
def show(request_id: str) -> ResponseReturnValue:
    """One request: the child's words, whom it is asked of, every step; and a form for whoever answers."""
    row = open_record(Request, request_id, Act.ANSWER_REQUESTS)
    asking = _asking(request_id)
    form = AnswerForm(_typed())
    if reader().role is not Role.COORDINATOR:
        del form.for_whom
    step = _answer(form, asking)
    if form.is_submitted() and _is_repeated(asking, step):
        return redirect(url_for("requests.show", request_id=row.id))
    if form.validate_on_submit() and _is_still(form, asking) and form.say(_faults(form, asking, step)):
        take_step(row, step, reader().person, now())
        db.session.commit()
        flash(_("Saved. The child still has to be told."), "success")
        return redirect(url_for("requests.show", request_id=row.id))
    form.seen.data = str(len(asking.steps))
    return render_template("requests/show.html", form=form, **_page(asking))


def _asking(request_id: str) -> Asking:
    return request_of(reader(), request_id) or abort(404)


def _typed() -> Any:
    # What is typed comes from the page alone, never from the address.
    return request.form if request.method == "POST" else None


def _answer(form: AnswerForm, asking: Asking) -> Stepped:
    kind = form.kind.data if form.kind.data in set(Step) else Step.DONE
    dated = kind in {Step.DONE, Step.WILL_DO}
    said = form.for_whom.data if "for_whom" in form else ""
    return Stepped(
        Step(kind),
        now(),
        current_user.name,
        asking.asked_of,
        form.on_day.data if dated else None,
        form.owner() if form.passed_to.data in set(Owner) else None,
        said or "",
        form.words.data or "",
    )


def _is_repeated(asking: Asking, step: Stepped) -> bool:
    """Whether the button was pressed twice: the last step is this one."""
    last = asking.steps[-1] if asking.steps else None
    return last is not None and (last.kind, last.words, last.by, last.on_day) == (
        step.kind,
        step.words,
        step.by,
        step.on_day,
    )


def _is_still(form: Any, asking: Asking) -> bool:
    """Whether it stands as when the page was made; if not, the page says so and keeps what was typed."""
    if form.seen.data == str(len(asking.steps)):
        return True
    form.form_errors = [*form.form_errors, _(CHANGED)]
    return False


def _faults(form: AnswerForm, asking: Asking, step: Stepped) -> dict[str, str]:
    if not may_answer(reader().role, asking):
        return {"kind": NOT_YOURS}
    faults = faults_of_step(asking, step, today())
    if reader().role is Role.HOME_MANAGER:
        faults |= _faults_of_home(asking, step, faults)
    if "for_whom" in form and not step.for_whom:
        faults["for_whom"] = N_("Write who says so.")
    return faults


def _faults_of_home(asking: Asking, step: Stepped, faults: dict[str, str]) -> dict[str, str]:
    """What the home is told alike, whatever it may not know of a request or of who else reads it."""
    if step.kind is Step.WILL_DO and not asking.waits:
        # Others may have it by now, without the home knowing: a new promise would come out differently.
        return {"kind": ANSWERED_ALREADY}
    if faults.get("passed_to") in CANNOT_READ.values():
        return {"passed_to": NOT_TO_THEM}
    return {}


def _page(asking: Asking) -> dict[str, Any]:
    return {
        "asking": asking,
        "words": request_words,
        "today": today(),
        "reason": REASONS[asking.reason].term if asking.reason else "",
        "answers": may_answer(reader().role, asking) or request.method == "POST",
        "guides": may(reader().role, Act.GUIDE_REQUESTS),
        "for_home": reader().role is Role.HOME_MANAGER,
        "summary": may(reader().role, Act.READ_CHILD_SUMMARY),
        "tells": may(reader().role, Act.TELL_THE_CHILD),
    }


@bp.route("/<request_id>/to", methods=["GET", "POST"])
def guide(request_id: str) -> ResponseReturnValue:
    """Put a request to the right person, or set another day, and say why."""
    row = open_record(Request, request_id, Act.GUIDE_REQUESTS)
    asking = _asking(request_id)
    form = GuideForm(_typed(), data={"asked_of": asking.asked_of, "due_on": asking.due_on})
    if form.validate_on_submit() and _is_still(form, asking) and _guided(form, row, asking):
        db.session.commit()
        flash(_("Saved."), "success")
        return redirect(_back_to(asking))
    form.seen.data = str(len(asking.steps))
    return render_template("requests/guide.html", form=form, back=_back_to(asking), **_page(asking))


def _back_to(asking: Asking) -> str:
    if reader().role is Role.INTERVIEWER:
        return url_for("interviews.show", interview_id=asking.talk)
    return url_for("requests.show", request_id=asking.key)


def _guided(form: GuideForm, row: Request, asking: Asking) -> bool:
    """Take the steps that were typed; whether they are possible, and there is one."""
    steps = _guiding(form, asking)
    names = {"passed_to": "asked_of", "on_day": "due_on"}
    faults = {
        names.get(field, field): fault
        for step in steps
        for field, fault in faults_of_step(asking, step, today()).items()
    }
    if not steps:
        faults = {"asked_of": N_("Choose somebody else, or set another day.")}
    if form.say(faults):
        for step in steps:
            take_step(row, step, reader().person, now())
    return not faults


def _guiding(form: GuideForm, asking: Asking) -> list[Stepped]:
    to, due, why = Owner(form.asked_of.data), form.due_on.data, form.words.data or ""
    at, by = now(), current_user.name
    steps = []
    if to is not asking.asked_of:
        steps.append(Stepped(Step.PUT_RIGHT, at, by, asking.asked_of, passed_to=to, words=why))
    if due != asking.due_on:
        steps.append(Stepped(Step.DAY_SET, at, by, to, on_day=due, words=why))
    return steps
