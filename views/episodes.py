"""Returns: the board, one return with its clock and timeline, closing it and opening it again."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forms.episodes import FindForm, PlainForm
from interview.access import Act
from interview.choices import CHANNELS, ENDED, GRADES, GUESSES, KINDS, PREVENTION, REPORTERS
from interview.clock import due_by, standing
from interview.episodes import Span
from interview.nations import NATIONS
from interview.next_step import (
    OFFER_STATES,
    Progress,
    Step,
    fault_of_closing,
    next_step,
)
from interview.offers import OUTCOMES, state_of
from interview.pattern import pattern
from records.allocation import checks_of, is_begun, people_named
from records.board import board as open_returns
from records.children import children_named
from records.corrections import corrections_of
from records.database import db
from records.episodes import PAGE, Attempt, absences_of, attempts_of, close, offers_of, open_again
from records.interviews import interview_of
from records.tables import Episode, Interview
from views import allocation, facts, offers, returns
from views.clocks import return_clock, step_words
from views.door import looked_at_list, reader, require, wrote_down
from views.moments import lasted, now
from views.open_episode import open_episode
from views.paging import page_asked
from views.timeline import timeline_of
from views.words import _

bp = Blueprint("episodes", __name__, url_prefix="/episodes")
for part in (returns, facts, offers, allocation):
    bp.register_blueprint(part.bp)

TABLES = {
    "CHANNELS": CHANNELS,
    "ENDED": ENDED,
    "GRADES": GRADES,
    "GUESSES": GUESSES,
    "KINDS": KINDS,
    "OUTCOMES": OUTCOMES,
    "PREVENTION": PREVENTION,
    "REPORTERS": REPORTERS,
}


@bp.get("")
def board() -> ResponseReturnValue:
    """Every open return, by what is due first."""
    mine = require(Act.RECORD_RETURNS)
    looked_at_list(Act.RECORD_RETURNS, "episode")
    page = page_asked()
    lines = open_returns(mine, now(), page)
    return render_template(
        "episodes/board.html",
        lines=lines[:PAGE],
        more=len(lines) > PAGE,
        page=page,
        clock=return_clock,
        step_words=step_words,
        OFFER_STATES=OFFER_STATES,
        form=FindForm(),
    )


@bp.route("/find", methods=["GET", "POST"])
def find() -> ResponseReturnValue:
    """A child's returns, by name. The name is sent in the body: it stands in no address."""
    mine = require(Act.RECORD_RETURNS)
    form = FindForm()
    children = children_named(mine, form.name.data or "") if form.validate_on_submit() else []
    for child in children:
        wrote_down(Act.RECORD_RETURNS, "child", child.id)
    absences = absences_of(mine, *(child.id for child in children)) if children else []
    found = [(child, [one for one in absences if one.child == child.id]) for child in children]
    return render_template("episodes/find.html", form=form, found=found)


@bp.get("/<episode_id>")
def show(episode_id: str) -> ResponseReturnValue:
    """One return: its clock, what comes next, its facts and all that was done."""
    episode = open_episode(episode_id, Act.RECORD_RETURNS)
    attempts, talk = attempts_of(episode), interview_of(episode)
    progress = _progress(episode, attempts, talk)
    checks = checks_of(talk) if talk else []
    names = people_named([episode.recorded_by, *(one.by for one in checks)])
    absences = {one.episode: one for one in absences_of(reader(), episode.child_id)}
    return render_template(
        "episodes/show.html",
        episode=episode,
        progress=progress,
        clock=return_clock(progress, attempts[-1].offer.at if attempts else None, now()),
        step=next_step(progress),
        Step=Step,
        step_words=step_words(progress, checks[-1].name if checks else ""),
        talk=talk,
        names=names,
        timeline=timeline_of(episode, attempts, talk, names, corrections_of(episode)),
        others=[one for one in absences.values() if one.episode != episode.id],
        pattern=pattern((Span(one.missing_at, one.returned_at) for one in absences.values()), now()),
        lasted=lasted,
        tables=TABLES,
        form=PlainForm(),
    )


def _progress(episode: Episode, attempts: list[Attempt], talk: Interview | None) -> Progress:
    within = NATIONS[episode.child.authority.nation].hold_within
    held = talk.held_at if talk else None
    latest: Any = attempts[-1].offer if attempts else None
    return Progress(
        standing(episode.returned_at, held, now(), within),
        due_by(episode.returned_at, within),
        state_of([one.offer.outcome for one in attempts]),
        latest.ask_again_on if latest else None,
        allocated=talk is not None,
        held=held is not None,
    )


@bp.route("/<episode_id>/close", methods=["GET", "POST"])
def shut(episode_id: str) -> ResponseReturnValue:
    """Close a return: with an offer, or with the reason why there was none."""
    episode = open_episode(episode_id, Act.RECORD_RETURNS)
    form = PlainForm()
    fault = fault_of_closing(len(offers_of(episode)), begun=is_begun(interview_of(episode)))
    if form.validate_on_submit() and fault is None and close(episode, now()):
        db.session.commit()
        flash(_("The return is closed. It can be opened again when the child wants to talk."), "success")
        return redirect(url_for("episodes.board"))
    return render_template("episodes/close.html", form=form, episode=episode, fault=fault)


@bp.post("/<episode_id>/open")
def reopen(episode_id: str) -> ResponseReturnValue:
    """Put a closed return back on the board."""
    episode = open_episode(episode_id, Act.RECORD_RETURNS)
    if PlainForm().validate_on_submit():
        open_again(episode)
        db.session.commit()
        flash(_("The return is open again."), "success")
    return redirect(url_for("episodes.show", episode_id=episode.id))
