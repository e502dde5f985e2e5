"""How was this talk? Two touches from the child, and what comes of them in counts."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from interview.access import Act
from interview.found import ASKED, fault_of_found
from interview.small_numbers import FEWEST
from records.database import db
from records.found import count, quarters
from records.tables import Interview
from views.door import looked_at_list, open_record, require
from views.moments import today

bp = Blueprint("found", __name__)


@bp.post("/interviews/<interview_id>/how-was-it")
def how_was_it(interview_id: str) -> ResponseReturnValue:
    """Count what the child says, once; nothing of it stays with the talk."""
    interview = open_record(Interview, interview_id, Act.HOLD_INTERVIEW)
    given = [(one.key, said) for one in ASKED if (said := request.form.get(one.key))]
    if given and not fault_of_found(given):
        count(interview, given, today())
        db.session.commit()
    return redirect(url_for("read_back.thanks", interview_id=interview.id))


@bp.get("/reports/talks")
def talks() -> ResponseReturnValue:
    """How children found the talk, by council and quarter, as counts that give nobody away."""
    reader = require(Act.READ_HOW_IT_WAS)
    looked_at_list(Act.READ_HOW_IT_WAS, "talk_found")
    return render_template(
        "reports/talks.html", quarters=quarters(reader, today()), asked=ASKED, fewest=FEWEST
    )
