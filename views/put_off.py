"""The child said no, or not now: the interviewer logs it on each return, with the day to ask again."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import joinedload

from forms.put_off import PutOffForm
from interview.access import Act
from interview.answers import current
from records.answers import answers_of
from records.database import db
from records.interviews import covered_by
from records.tables import Interview
from records.welcomes import put_off as log_on_each_return
from views.door import open_record, reader
from views.moments import now, today
from views.words import _

bp = Blueprint("put_off", __name__)


@bp.route("/interviews/<interview_id>/put-off", methods=["GET", "POST"])
def put_off(interview_id: str) -> ResponseReturnValue:
    """What the child said, what the carer knows, and when to ask again. Nothing else is to be finished."""
    interview = open_record(Interview, interview_id, Act.HOLD_INTERVIEW, joinedload(Interview.child))
    if interview.held_at is not None or interview.finished_at is not None:
        flash(_("The talk has begun. Go on with it, or finish it with what was said."))
        return redirect(url_for("interviews.show", interview_id=interview.id))
    said = current(answers_of(interview)).get("ready")
    form = PutOffForm(data={"at": now(), "said": said.value if said else None})
    if form.validate_on_submit() and is_possible(form, interview, today()):
        facts = form.attempt() | {"by_whom": current_user.name}
        log_on_each_return(interview, reader().person, now(), form.said.data == "no", **facts)
        db.session.commit()
        flash(_("This is logged. The talk can begin whenever the child wants it."), "success")
        return redirect(url_for("interviews.show", interview_id=interview.id))
    return render_template("interviews/put_off.html", interview=interview, form=form)


def is_possible(form: PutOffForm, interview: Interview, written_on: date) -> bool:
    """Whether it can have been so; otherwise the form says what is wrong."""
    if form.at.given > now():
        form.at.errors = [_("This time is in the future. Enter when you asked.")]
    elif any(form.at.given < episode.missing_at for episode in covered_by(interview)):
        form.at.errors = [_("The child had not left then. Enter when you asked.")]
    again = form.ask_again_on.data
    if again is None and form.said.data == "not-now":
        form.ask_again_on.errors = [_("Enter the day on which to ask again.")]
    elif again is not None and again < written_on:
        form.ask_again_on.errors = [_("This day is over. Enter a day to come.")]
    return not form.errors
