"""Drafts: what a tablet takes along of a talk, so that it can be held without a network."""

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from interview.access import Act
from interview.words import N_
from records.database import db
from records.tables import Interview
from records.tablets import farewell, is_id, tablet_of, take
from views.door import open_record, require
from views.moments import now, today
from views.sheets import WITH, draft_of
from views.sync import called, say_farewell
from views.tablet import kept

bp = Blueprint("drafts", __name__)


@bp.post("/tablet/take")
def take_along() -> ResponseReturnValue:
    """The drafts of these talks, for this person on this tablet. Each is written down as opened."""
    person = require(Act.HOLD_INTERVIEW).person
    body = request.get_json(silent=True)
    wanted = body.get("interviews") if isinstance(body, dict) else None
    if not isinstance(body, dict) or not isinstance(wanted, list) or not all(map(is_id, _place(body))):
        return jsonify(why=N_("Choose the talks to take along.")), 400
    slot, device = _place(body)
    gone = farewell(device, today())
    if gone is not None:
        return say_farewell(gone)
    tablet = tablet_of(slot, device, person, called(), now())
    if tablet is None:
        return jsonify(why=N_("This place on the tablet is another's. Start anew on it.")), 409
    # The tablet is locked before its talks, as it is when it sends: so two never wait for each other.
    db.session.flush()
    talks = [open_record(Interview, one, Act.HOLD_INTERVIEW, *WITH) for one in sorted(set(map(str, wanted)))]
    drafts = []
    for interview in talks:
        if interview.finished_at is None:
            drafts.append(draft_of(interview, take(tablet, interview, now()).expires_at))
    db.session.commit()
    return jsonify(drafts=drafts, release=kept().release)


def _place(body: dict[str, Any]) -> tuple[Any, Any]:
    return body.get("slot"), body.get("device")
