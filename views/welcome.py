"""Before the first question: what the child is told, their language, and yes, not now or no."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from forms.interview import new_page
from interview.access import Act
from interview.answers import Answer, SaidBy, current
from interview.helplines import helplines_in
from interview.languages import first_in
from interview.questions import QUESTIONS
from records.answers import Incoming, answers_of
from records.database import db
from records.tables import Child, Home, Interview
from records.welcomes import welcome_of
from views.child_language import child_language, choose_language
from views.door import open_record, session_of
from views.moments import now
from views.talk import keep_and_commit, refuse_when_finished
from views.with_the_child import page_when_over
from views.words import catalogues

bp = Blueprint("welcome", __name__)
READY = QUESTIONS["ready"]


@bp.route("/interviews/<interview_id>/welcome", methods=["GET", "POST"])
def welcome(interview_id: str) -> ResponseReturnValue:
    """Who I am, why, what happens with what you say and its limit; the child says whether to go on."""
    interview = open_record(
        Interview, interview_id, Act.HOLD_INTERVIEW, joinedload(Interview.child).joinedload(Child.authority)
    )
    if request.method == "POST":
        refuse_when_finished(interview)
        return redirect(_keep(interview))
    if interview.finished_at is not None:
        return redirect(url_for(page_when_over(session_of()), interview_id=interview.id))
    return render_template(
        "talk/hello.html",
        interview=interview,
        language=child_language(interview),
        languages=first_in(interview.child.authority.nation, catalogues().offered()),
        welcome=welcome_of(interview, now()),
        ready=READY,
    )


def _keep(interview: Interview) -> str:
    if choose_language(interview, request.form.get("language")):
        db.session.commit()
        return url_for("welcome.welcome", interview_id=interview.id)
    said = request.form.get("ready")
    if said not in {option.key for option in READY.options}:
        abort(400)
    kept = current(answers_of(interview)).get(READY.key)
    if kept is None or kept.value != said:
        keep_and_commit(interview, [_answer(interview, said, kept)])
    if said == "yes":
        return url_for("talk.talk", interview_id=interview.id, parts="first")
    return url_for("welcome.until_then", interview_id=interview.id)


def _answer(interview: Interview, said: str, before: Answer | None) -> Incoming:
    return Incoming(
        op_id=f"{new_page()}-{READY.key}",
        question=READY.key,
        question_set=interview.question_set,
        value=said,
        said_by=SaidBy.CHILD_TYPED,
        audience=before.audience if before else READY.audience(),
        base_op=before.op_id if before else None,
    )


@bp.get("/interviews/<interview_id>/until-then")
def until_then(interview_id: str) -> ResponseReturnValue:
    """A no or a not now is all right: how to come back, and whom to ring until then."""
    at_home = joinedload(Interview.home).joinedload(Home.authority)
    interview = open_record(Interview, interview_id, Act.HOLD_INTERVIEW, at_home)
    kept = current(answers_of(interview)).get(READY.key)
    if interview.held_at is not None or kept is None or kept.value not in {"not-now", "no"}:
        return redirect(url_for("interviews.show", interview_id=interview.id))
    return render_template(
        "talk/until_then.html",
        interview=interview,
        language=child_language(interview),
        said=kept.value,
        helplines=helplines_in(interview.home.authority.nation),
    )
