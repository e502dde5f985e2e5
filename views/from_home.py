"""What is kept from the home with an allegation: shown to those who act on it, and let go with a reason."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from forms.from_home import FromHomeForm
from interview.concerns import Entry
from interview.for_home import ForHome
from interview.reasons import REASONS
from records.concerns import hold_concern, hold_talk_of
from records.database import db
from records.guarded import Kept, kept_from_home, let_home_read
from records.tables import Concern, Interview
from views.concerns import act_on_concerns
from views.concerns import asked_words as question_words
from views.door import SAFE, open_record
from views.moments import now
from views.pages import home_words
from views.words import _

bp = Blueprint("from_home", __name__)


@bp.route("/concerns/<concern_id>/home", methods=["GET", "POST"])
def from_home(concern_id: str) -> ResponseReturnValue:
    """What the child let the home read and is kept from it; and a form to let the home read it after all."""
    if request.method not in SAFE:
        # The talk first, as everywhere: what is let go is written to it.
        hold_talk_of(concern_id)
    concern = open_record(Concern, concern_id, act_on_concerns())
    interview = db.session.get(Interview, concern.interview_id) if concern.interview_id else None
    form = FromHomeForm()
    if form.validate_on_submit() and interview is not None:
        hold_concern(concern)
        let_home_read(concern, interview, form.keys.data or (), _entry(form))
        db.session.commit()
        flash(_("The home may read it now. Your reason is kept with the concern."), "success")
        return redirect(url_for("from_home.from_home", concern_id=concern.id))
    kept = kept_from_home(concern, interview) if interview is not None else ()
    return render_template(
        "concerns/from_home.html",
        form=form,
        concern=concern,
        kept=kept,
        asked={one.key: asked_words(one) for one in kept},
        said={one.key: said_words(one) for one in kept},
    )


def _entry(form: FromHomeForm) -> Entry:
    done = _("The home may read some of it again: %(why)s", why=form.why.data)
    return Entry(now(), current_user.name, done=done)


def said_words(one: Kept) -> str:
    """What was said or chosen; empty for a reason, of which its name says all."""
    if not one.answers:
        return one.words
    said = [answer.value for answer in one.answers if answer.value is not None]
    return "\n\n".join(home_words(ForHome(one.key, "", value)) for value in said)


def asked_words(one: Kept) -> str:
    """What this answers, or which reason it is, in the reader's words."""
    if one.reason:
        return _("Reason: %(reason)s", reason=_(REASONS[one.reason].term))
    if one.added:
        return _("Added after the talk")
    return question_words(one.question)
