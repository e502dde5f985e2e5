"""The attempts to offer the talk: each is logged with what came of it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from forms.offers import OfferForm
from interview.access import Act
from interview.offers import OUTCOMES, OfferState, faults_of_offer
from records.database import db
from records.episodes import attempts_of, hold_child, is_known, log_offer, open_again
from records.tables import Episode
from views.door import reader
from views.moments import now
from views.open_episode import open_episode
from views.words import _

bp = Blueprint("offers", __name__)


@bp.route("/<episode_id>/offers", methods=["GET", "POST"])
def offers(episode_id: str) -> ResponseReturnValue:
    """Log an attempt, below those that were made."""
    episode = open_episode(episode_id, Act.OFFER)
    form = OfferForm(data={"at": now(), "by_whom": current_user.name})
    if form.validate_on_submit() and _is_possible(form, episode):
        _keep(form.attempt(), episode)
        db.session.commit()
        flash(_("The attempt is logged."), "success")
        return redirect(url_for("episodes.show", episode_id=episode.id))
    return render_template("episodes/offers.html", form=form, episode=episode, attempts=attempts_of(episode))


def _is_possible(form: OfferForm, episode: Episode) -> bool:
    at = form.at.given
    if at < episode.missing_at:
        form.at.errors = [_("The child had not left then. Enter when the attempt was made.")]
        return False
    for field, sentence in faults_of_offer(form.outcome.data, form.why.data or "", at, now()).items():
        form[field].errors = [*form[field].errors, _(sentence)]
    return not form.errors


def _keep(attempt: dict[str, Any], episode: Episode) -> None:
    hold_child(episode.child_id)
    if not is_known(episode, attempt):
        log_offer(episode, reader().person, now(), **attempt)
    # A no was an open door: whoever says yes after all stands on the board again.
    if OUTCOMES[attempt["outcome"]].leads_to is OfferState.ACCEPTED:
        open_again(episode)
