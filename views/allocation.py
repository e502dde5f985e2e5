"""Who holds the talk: someone independent, or someone for whom the child asked."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forms.offers import ASKED_FOR, AllocationForm
from interview.access import Act
from interview.independence import faults_of_allocation
from records.allocation import (
    Candidate,
    allocate,
    candidates_for,
    in_begun_talks,
    is_begun,
    people_named,
    reallocate,
    unfinished_of,
)
from records.database import db
from records.episodes import hold_child, offers_of, open_returns_of
from records.interviews import covered_by, interview_of
from records.tables import Episode, Interview
from records.tablets import held_since
from views.door import reader
from views.moments import day, now, today
from views.open_episode import open_episode
from views.words import _

bp = Blueprint("allocation", __name__)


@bp.route("/<episode_id>/allocation", methods=["GET", "POST"])
def allocation(episode_id: str) -> ResponseReturnValue:
    """Give the talk to an interviewer, or to another one while it is not finished."""
    episode = open_episode(episode_id, Act.ALLOCATE)
    form = AllocationForm()
    if form.is_submitted():
        hold_child(episode.child_id)
    talk = interview_of(episode)
    if talk is not None and talk.finished_at is not None:
        flash(_("The talk about this return is finished."), "warning")
        return redirect(url_for("episodes.show", episode_id=episode.id))
    others = _offer_returns(form, episode, talk)
    known = candidates_for([episode, *_ticked(form, others)], today())
    _offer_people(form, known)
    if form.validate_on_submit() and _is_possible(form, episode, talk, known, others):
        _give(form, [episode, *_ticked(form, others)], known)
        db.session.commit()
        flash(_("The talk is given. It stands on the interviewer's list now."), "success")
        return redirect(url_for("episodes.show", episode_id=episode.id))
    form.holder.data = _state(talk)
    holder = people_named([talk.interviewer_id])[talk.interviewer_id] if talk else ""
    return render_template(
        "episodes/allocation.html",
        form=form,
        episode=episode,
        known=known,
        holder=holder,
        on_a_tablet=held_since(talk) if talk else None,
        others=others,
        begun=is_begun(talk),
        offers=offers_of(episode),
    )


def _state(talk: Interview | None) -> str:
    return talk.allocated_at.isoformat() if talk else ""


def _offer_returns(form: AllocationForm, episode: Episode, talk: Interview | None) -> list[Episode]:
    covered = list(covered_by(talk)) if talk else []
    possible = covered if is_begun(talk) else _may_join(episode, covered)
    found = {one.id: one for one in possible if one.id != episode.id}
    others = sorted(found.values(), key=lambda one: one.missing_at)
    form.episodes.choices = [(one.id, _left_and_back(one)) for one in others]
    # A talk that has been begun stays about what it is about, whoever holds it.
    if is_begun(talk) or not form.is_submitted():
        form.episodes.data = [one.id for one in covered if one.id != episode.id]
    return others


def _may_join(episode: Episode, covered: Sequence[Episode]) -> list[Episode]:
    # "Here" in a talk is one home: what is said of it must not reach the manager of another.
    begun = in_begun_talks(episode.child_id)
    returns = [*covered, *open_returns_of(reader(), episode.child_id)]
    return [one for one in returns if one.home_id == episode.home_id and one.id not in begun]


def _left_and_back(episode: Episode) -> str:
    if episode.returned_at is None:
        return _("Left on %(left)s, not back yet", left=day(episode.missing_at))
    return _(
        "Left on %(left)s, back on %(back)s", left=day(episode.missing_at), back=day(episode.returned_at)
    )


def _ticked(form: AllocationForm, others: Sequence[Episode]) -> list[Episode]:
    return [episode for episode in others if episode.id in (form.episodes.data or ())]


def _offer_people(form: AllocationForm, known: Sequence[Candidate]) -> None:
    independent = [(one.person, one.name) for one in known if not one.why_not]
    tied = [(one.person, one.name) for one in known if one.why_not]
    by_request = [(ASKED_FOR, _("Someone who is not independent, because the child asked for them"))]
    form.interviewer.choices = [*independent, *(by_request if tied else [])]
    form.asked_for.choices = [("", _("Choose")), *tied]


def _is_possible(
    form: AllocationForm,
    episode: Episode,
    talk: Interview | None,
    known: Sequence[Candidate],
    others: Sequence[Episode],
) -> bool:
    if (form.holder.data or "") != _state(talk):
        form.interviewer.errors = [
            _("This talk was given to someone while this page was open. Look who has it, then choose again.")
        ]
        return False
    if len(unfinished_of([episode, *_ticked(form, others)])) > 1:
        form.episodes.errors = [
            _("Two of these returns have a talk of their own. Take the tick from one of them.")
        ]
        return False
    against = _chosen(form, known).why_not
    faults = faults_of_allocation(against, form.child_asked, form.childs_reason.data or "")
    for field, sentence in faults.items():
        form[field].errors = [*form[field].errors, _(sentence)]
    return not faults


def _chosen(form: AllocationForm, known: Sequence[Candidate]) -> Candidate:
    return next(one for one in known if one.person == form.chosen)


def _give(form: AllocationForm, episodes: Sequence[Episode], known: Sequence[Candidate]) -> None:
    chosen, by = _chosen(form, known), reader().person
    reason = form.childs_reason.data if form.child_asked else ""
    facts = {"child_asked": form.child_asked, "childs_reason": reason}
    waiting = unfinished_of(episodes)
    if waiting:
        reallocate(waiting[0], episodes, chosen, by, now(), **facts)
    else:
        allocate(episodes, chosen, by, now(), **facts)
