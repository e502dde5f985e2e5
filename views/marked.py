"""What the coordinator finds in a record and marks: a danger or an allegation that nobody has marked yet."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from forms.concerns import MarkForm
from interview.access import Act
from interview.concerns import Entry
from interview.duties import Danger
from records.concerns import new_concern, note_dangers, write_down
from records.database import db
from records.guarded import guard
from records.interviews import interview_of
from views.door import reader
from views.moments import now
from views.open_episode import open_episode
from views.words import _

bp = Blueprint("marked", __name__)


@bp.route("/episodes/<episode_id>/concern", methods=["GET", "POST"])
def mark(episode_id: str) -> ResponseReturnValue:
    """Begin the clocks of a danger or an allegation that was said in the talk about this return.

    With it, what was said around it is kept from the home from this moment on.
    """
    episode = open_episode(episode_id, Act.ANSWER_CONCERNS)
    talk = interview_of(episode)
    if talk is None or talk.held_at is None:
        return redirect(url_for("episodes.show", episode_id=episode.id))
    form = MarkForm()
    if form.validate_on_submit():
        concern = new_concern(talk, reader().person, now())
        concern.recorded_at = now()
        write_down(concern, Entry(now(), current_user.name, form.said.data or ""))
        note_dangers(concern, [Danger(danger) for danger in form.dangers.data or ()], now())
        guard(talk, now())
        db.session.commit()
        flash(_("Written down. Its clock runs now: tell those who stand below."), "success")
        return redirect(url_for("concerns.show", concern_id=concern.id))
    return render_template("concerns/mark.html", form=form, episode=episode)
