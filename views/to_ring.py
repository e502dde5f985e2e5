"""Numbers to ring when someone is not safe: kept by the coordinator of each council."""

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forms.numbers import numbers_form, numbers_in, typed_numbers
from interview.access import Act
from interview.numbers import WHO, not_kept, who_words
from records.database import db
from records.numbers import Council, keep_numbers, my_councils, numbers_of
from records.tables import Authority
from views.door import open_record, reader, require
from views.moments import now
from views.words import _

bp = Blueprint("to_ring", __name__)


@bp.get("/numbers")
def councils() -> ResponseReturnValue:
    """My councils, and whose number is missing."""
    mine = require(Act.ANSWER_CONCERNS)
    return render_template(
        "concerns/councils.html", councils=missing_numbers(my_councils(mine)), who_words=who_words
    )


@bp.route("/councils/<authority_id>/numbers", methods=["GET", "POST"])
def of_council(authority_id: str) -> ResponseReturnValue:
    """The numbers of one council: who answers, at which number, and when."""
    council = open_record(Authority, authority_id, Act.ANSWER_CONCERNS)
    kept = numbers_of([council.id])[council.id]
    form = numbers_form(council.nation)(data=typed_numbers(kept))
    if form.validate_on_submit():
        keep_numbers(council.id, numbers_in(form), reader().person, now())
        db.session.commit()
        flash(_("The numbers are saved. Interviewers see them at once."), "success")
        return redirect(url_for("to_ring.councils"))
    return render_template("concerns/numbers.html", council=council, form=form, WHO=WHO)


def missing_numbers(councils: Iterable[Council]) -> list[tuple[Authority, list[str]]]:
    """These councils, each with those whose number is not kept."""
    return [(council.row, not_kept(council.numbers)) for council in councils]
