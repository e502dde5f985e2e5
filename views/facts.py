"""What becomes known later of a return, and what was written down wrong: corrected here."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forms.episodes import ChildForm, ComingBackForm, FactsForm
from interview.access import Act
from interview.london import to_london
from records.allocation import follow_facts
from records.children import place_child, placement_on, rename
from records.corrections import correct
from records.database import db
from records.reviewers import give_reviews, reviewer_of, reviewing_officers
from records.tables import Episode
from views.door import reader
from views.moments import now, today
from views.open_episode import open_episode
from views.returns import home_of, is_possible, languages, offer_homes
from views.words import _

bp = Blueprint("facts", __name__)

COMING_BACK = ("found_at", "found_where", "returned_at", "ended", "prevention")
LEAVING = ("kind", "missing_at", "missing_from", "reported_by", "police_reference", "grade", "guess")
OF_CHILD = ("name", "born", "language", "ethnicity", "tells_best", "needs", "careful_of")


@bp.route("/<episode_id>/return", methods=["GET", "POST"])
def back(episode_id: str) -> ResponseReturnValue:
    """Enter that the child was found and is back."""
    episode = open_episode(episode_id, Act.RECORD_RETURNS)
    form = ComingBackForm(data={name: getattr(episode, name) for name in COMING_BACK})
    if form.validate_on_submit() and is_possible(
        form, form.times(episode.missing_at), episode.child, episode_id=episode.id
    ):
        return _corrected(episode, episode.home_id, form.coming_back(episode.missing_at))
    return render_template("episodes/return.html", form=form, episode=episode)


@bp.route("/<episode_id>/facts", methods=["GET", "POST"])
def facts(episode_id: str) -> ResponseReturnValue:
    """Correct what was recorded of the absence."""
    episode = open_episode(episode_id, Act.RECORD_RETURNS)
    form = FactsForm(data=_as_recorded(episode))
    offer_homes(form)
    if form.validate_on_submit() and is_possible(
        form, form.times(form.missing_at.given), episode.child, episode_id=episode.id
    ):
        home = home_of(form, episode.child)
        place_child(episode.child_id, home, form.missing_at.given, form.miles.data)
        return _corrected(episode, home, form.facts())
    return render_template("episodes/facts.html", form=form, episode=episode)


def _as_recorded(episode: Episode) -> dict[str, object]:
    lived = placement_on(episode.child_id, to_london(episode.missing_at).date())
    known = {name: getattr(episode, name) for name in (*LEAVING, *COMING_BACK)}
    return known | {"home": episode.home_id, "miles": lived.miles_from_family if lived else None}


def _corrected(episode: Episode, home: str, facts: dict[str, object]) -> ResponseReturnValue:
    correct(episode, home, facts, reader().person, now())
    follow_facts(episode, now())
    return _saved(episode)


@bp.route("/<episode_id>/child", methods=["GET", "POST"])
def child(episode_id: str) -> ResponseReturnValue:
    """What is known about the child, and what an interviewer should know before the talk."""
    episode = open_episode(episode_id, Act.RECORD_RETURNS)
    form = ChildForm(data={name: getattr(episode.child, name) for name in OF_CHILD})
    form.language.choices = languages([episode.child.authority.nation])
    form.reviewer.choices = [("", _("Nobody yet")), *reviewing_officers(today()).items()]
    if not form.is_submitted():
        form.reviewer.data = reviewer_of(episode.child_id, today()) or ""
    if form.validate_on_submit():
        for name in OF_CHILD[1:]:
            setattr(episode.child, name, form[name].data)
        rename(episode.child, form.name.data or "")
        give_reviews(episode.child_id, form.reviewer.data or None, today())
        return _saved(episode)
    return render_template("episodes/child.html", form=form, episode=episode)


def _saved(episode: Episode) -> ResponseReturnValue:
    db.session.commit()
    flash(_("Saved."), "success")
    return redirect(url_for("episodes.show", episode_id=episode.id))
