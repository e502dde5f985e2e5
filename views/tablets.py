"""Tablets: mine, or those with a talk of my council on them; and how one is reported lost."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forms.tablets import LostForm
from interview.access import Act
from records.database import db
from records.tables import Tablet
from records.tablets import report_lost, tablets_within_reach
from views.door import looked_at_list, open_record, reader, require, session_of
from views.moments import now, today
from views.words import _

bp = Blueprint("tablets", __name__)


@bp.get("/tablets")
def mine() -> ResponseReturnValue:
    """The tablets that talks were taken onto, when each was last heard of, and what is still on it."""
    person = require(Act.MIND_TABLETS)
    looked_at_list(Act.MIND_TABLETS, "tablet")
    found = tablets_within_reach(person, now(), today())
    return render_template("tablets/mine.html", tablets=found, me=person.person)


@bp.route("/tablets/<tablet_id>/lost", methods=["GET", "POST"])
def lost(tablet_id: str) -> ResponseReturnValue:
    """Report a tablet lost: at its next contact it hands in what it holds, and forgets everything."""
    tablet = open_record(Tablet, tablet_id, Act.MIND_TABLETS)
    form = LostForm()
    if form.validate_on_submit():
        report_lost(tablet, reader().person, now(), session_of().session_id)
        db.session.commit()
        flash(
            _("The tablet is reported lost. At its next contact it hands in what it holds and forgets it."),
            "success",
        )
        return redirect(url_for("tablets.mine"))
    return render_template("tablets/lost.html", tablet=tablet, form=form)
