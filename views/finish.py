"""Finishing a talk: dated, never blocked for being late, and added to afterwards."""

from collections.abc import Iterable
from functools import partial

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from forms.addendum import FOR_HOME, AddendumForm
from forms.finish import finish_form
from interview.access import Act
from interview.answers import Answer, missing_to_finish
from interview.drawings import text_of
from interview.for_home import ForHome, for_the_home, kept_back
from interview.guarded import is_guarded
from interview.questions import QUESTIONS, Kind
from interview.versions import standing, versions_of
from interview.voice import is_heard
from records.addenda import add_addendum
from records.answers import answers_of
from records.children import names_somebody
from records.database import db
from records.disclosures import share_finished
from records.guarded import keeps_words_back, revise
from records.interviews import finish as date_as_finished
from records.raised import raise_concerns
from records.tables import Interview
from records.tablets import held_since
from views.attempts import attempt
from views.concerns import asked_words
from views.door import open_record, reader
from views.late_answers import narrow_at_once
from views.moments import now
from views.record import held_at, is_late
from views.words import _

bp = Blueprint("finish", __name__)
REASON_CARDS = tuple(key for key, question in QUESTIONS.items() if question.kind is Kind.REASONS)


@bp.route("/interviews/<interview_id>/finish", methods=["GET", "POST"])
def finish(interview_id: str) -> ResponseReturnValue:
    """What is still open, and what the home will read; then the talk is dated, and its returns are closed."""
    interview = open_record(Interview, interview_id, Act.HOLD_INTERVIEW, joinedload(Interview.child))
    answers = answers_of(interview)
    kept, unsettled = standing(answers), versions_of(answers)
    missing = missing_to_finish(kept, interview.question_set)
    if interview.held_at is None and is_no(kept):
        # Who said no was asked nothing: there is nothing to finish, and the day to ask again to be set.
        return redirect(url_for("put_off.put_off", interview_id=interview.id))
    for_home, guarded = what_goes_home(interview, kept)
    form = finish_form(for_home, unsettled=bool(unsettled))()
    if form.validate_on_submit() and not missing and interview.finished_at is None:
        close(interview, kept, form.keep_back.data or ())
        db.session.commit()
        flash(_("The talk is finished. The summaries have it now."), "success")
        return redirect(url_for("interviews.show", interview_id=interview.id))
    return render_template(
        "interviews/finish.html",
        interview=interview,
        missing=missing,
        unsettled={key: asked_words(key) for key in unsettled},
        kept=kept,
        form=form,
        for_home=by_question(for_home),
        guarded=guarded,
        heard=is_heard(kept),
        late=is_late(interview, kept),
        naming={one.key for one in for_home if names_somebody(text_of(one.value))},
        on_a_tablet=held_since(interview),
    )


def what_goes_home(interview: Interview, kept: dict[str, Answer]) -> tuple[list[ForHome], list[ForHome]]:
    """What the home would read of these answers, and what stays from it because of a danger there."""
    to_home = for_the_home(kept)
    guarded = [one for one in to_home if is_guarded(one.key)] if keeps_words_back(interview) else []
    return [one for one in to_home if one not in guarded], guarded


def close(interview: Interview, kept: dict[str, Answer], back: Iterable[str]) -> None:
    """Keep back what is to be kept from the home, and date the talk. Does not commit."""
    keep_back(interview, kept, back)
    date_as_finished(interview, now(), held_at(kept))
    # What came late is no reason not to finish: what cannot be read of it waits for a person.
    attempt(partial(narrow_at_once, interview))
    share_finished(interview, standing(answers_of(interview)), reader().person, now())


def by_question(for_home: Iterable[ForHome]) -> list[list[ForHome]]:
    """What goes to the home, with the versions of one answer together."""
    found: dict[str, list[ForHome]] = {}
    for one in for_home:
        found.setdefault(one.key, []).append(one)
    return list(found.values())


def is_no(kept: dict[str, Answer]) -> bool:
    """Whether the child said no, or not now, before the first question."""
    ready = kept.get("ready")
    return ready is not None and ready.value in {"no", "not-now"}


def keep_back(interview: Interview, kept: dict[str, Answer], keys: Iterable[str]) -> None:
    """Keep these from the home: a new revision of each, and the words stay as they are."""
    revise(interview, kept_back(kept, keys), reader().person, now())


@bp.route("/interviews/<interview_id>/addenda", methods=["GET", "POST"])
def addendum(interview_id: str) -> ResponseReturnValue:
    """Add to a finished talk; the first account stays as it was."""
    interview = open_record(Interview, interview_id, Act.HOLD_INTERVIEW, joinedload(Interview.child))
    if interview.finished_at is None:
        return redirect(url_for("interviews.show", interview_id=interview.id))
    form = AddendumForm()
    if form.validate_on_submit():
        add_addendum(interview, reader().person, now(), form.addition())
        # The reasons in it raise what they raise in a talk.
        raise_concerns(interview, REASON_CARDS, reader().person, now())
        db.session.commit()
        flash(_("This was added, with today's date."), "success")
        return redirect(url_for("interviews.show", interview_id=interview.id))
    return render_template("interviews/addendum.html", interview=interview, form=form, for_home=FOR_HOME)
