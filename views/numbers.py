"""Numbers that the child keeps: chosen on the screen, and on a slip that does not say what it is about."""

from collections.abc import Collection
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from forms.interview import new_page
from interview.access import Act
from interview.answers import Answer, SaidBy, current
from interview.helplines import BY_HAND, NONE_WANTED, Helpline, helplines_in
from interview.questions import QUESTIONS
from records.answers import Incoming, answers_of
from records.tables import Home, Interview
from views.child_language import child_language
from views.door import open_record
from views.talk import keep_and_commit, refuse_when_finished

bp = Blueprint("numbers", __name__)
GIVEN = QUESTIONS["helplines_given"]


def _open(interview_id: str) -> Interview:
    at_home = joinedload(Interview.home).joinedload(Home.authority)
    return open_record(Interview, interview_id, Act.HOLD_INTERVIEW, at_home)


@bp.route("/interviews/<interview_id>/numbers", methods=["GET", "POST"])
def numbers(interview_id: str) -> ResponseReturnValue:
    """What the child can do and whom to ring; which of it they take with them goes into the record."""
    interview = _open(interview_id)
    lines = helplines_in(interview.home.authority.nation)
    if request.method == "POST":
        refuse_when_finished(interview)
        _keep(interview, _wanted(lines))
        return redirect(url_for("read_back.thanks", interview_id=interview.id))
    return render_template(
        "talk/numbers.html", **_page(interview), helplines=lines, by_hand=BY_HAND, chosen=_chosen(interview)
    )


@bp.get("/interviews/<interview_id>/slip")
def slip(interview_id: str) -> ResponseReturnValue:
    """A slip for a pocket or a photo: numbers without names, and room to write."""
    interview = _open(interview_id)
    lines, chosen = helplines_in(interview.home.authority.nation), _chosen(interview)
    picked = tuple(line for line in lines if line.key in chosen)
    return render_template("talk/slip.html", **_page(interview), helplines=picked or lines)


def _page(interview: Interview) -> dict[str, Any]:
    return {"interview": interview, "language": child_language(interview)}


def _wanted(lines: Collection[Helpline]) -> list[str]:
    if request.form.get("go") == "none":
        return [NONE_WANTED]
    offered = [line.key for line in lines] + [contact.key for contact in BY_HAND]
    return [key for key in offered if key in request.form.getlist("keep")]


def _kept(interview: Interview) -> Answer | None:
    return current(answers_of(interview)).get(GIVEN.key)


def _chosen(interview: Interview) -> Collection[str]:
    kept = _kept(interview)
    return kept.value or () if kept else ()


def _keep(interview: Interview, wanted: list[str]) -> None:
    """What the child takes is what the record says was given; the interviewer can add to it there."""
    before = _kept(interview)
    if not wanted or (before is not None and before.value == wanted):
        return
    given = Incoming(
        op_id=f"{new_page()}-{GIVEN.key}",
        question=GIVEN.key,
        question_set=interview.question_set,
        value=wanted,
        said_by=SaidBy.WORKER,
        audience=GIVEN.audience(),
        base_op=before.op_id if before else None,
    )
    keep_and_commit(interview, [given])
