"""Concerns: dangers and allegations by their clock, and who has been told of them."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import joinedload

from forms.concerns import TellingForm
from interview.access import Act, Role
from interview.concerns import KINDS, TOLD, WHAT_TO_DO, ConcernKind, Telling, faults_of_telling
from records.allocation import people_named
from records.children import names_of
from records.concerns import concerns as concerns_of
from records.concerns import hold_concern, missing_tellings, standing_of, tell, tellings_of
from records.database import db
from records.episodes import PAGE
from records.tables import Child, Concern
from views.clocks import concern_clock
from views.door import looked_at_list, open_record, reader, require
from views.moments import now
from views.paging import page_asked
from views.words import _

bp = Blueprint("concerns", __name__, url_prefix="/concerns")


def _act() -> Act:
    # An interviewer tells, too: their own concerns are part of holding the talk.
    return Act.HOLD_INTERVIEW if reader().role is Role.INTERVIEWER else Act.ANSWER_CONCERNS


@bp.get("")
def concerns() -> ResponseReturnValue:
    """Those of which somebody is still to be told, by what is due first; then those that are answered."""
    mine = require(_act())
    looked_at_list(_act(), "concern")
    page = page_asked()
    waiting = concerns_of(mine, now()) if page == 0 else []
    told = concerns_of(mine, now(), told=True, page=page)
    return render_template(
        "concerns/list.html",
        waiting=waiting[:PAGE],
        told=told[:PAGE],
        more=len(told) > PAGE,
        page=page,
        clock=concern_clock,
        KINDS=KINDS,
        TOLD=TOLD,
    )


@bp.route("/<concern_id>", methods=["GET", "POST"])
def show(concern_id: str) -> ResponseReturnValue:
    """One concern: what was said, what to do, who has been told; and a form to note the next telling."""
    concern = open_record(Concern, concern_id, _act())
    form = TellingForm(data={"at": now()})
    if form.validate_on_submit() and _is_possible(form):
        hold_concern(concern)
        tell(concern, _tellings(form))
        db.session.commit()
        flash(_("Noted."), "success")
        return redirect(url_for("concerns.show", concern_id=concern.id))
    child = db.session.get_one(Child, concern.child_id, options=[joinedload(Child.authority)])
    kind = ConcernKind(concern.kind)
    return render_template(
        "concerns/show.html",
        form=form,
        concern=concern,
        child=names_of([child])[child.id],
        council=child.authority.name,
        kind=KINDS[kind],
        what_to_do=WHAT_TO_DO[kind],
        raised_by=people_named([concern.raised_by])[concern.raised_by],
        clock=concern_clock(standing_of(concern, now()), concern.due_at, now()),
        tellings=tellings_of(concern),
        still_to_tell=missing_tellings(concern),
        TOLD=TOLD,
    )


def _is_possible(form: TellingForm) -> bool:
    faults = faults_of_telling(form.at.given, now())
    for field, sentence in faults.items():
        form[field].errors = [*form[field].errors, _(sentence)]
    return not faults


def _tellings(form: TellingForm) -> list[Telling]:
    said, by = form.said.data or "", current_user.name
    return [Telling(whom, form.at.given, by, said) for whom in form.whom.data or ()]
