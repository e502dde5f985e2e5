"""Drafts: what a tablet takes along of a talk, so that it can be held without a network."""

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from interview.access import Act
from interview.again import Around, asked, folded
from interview.answers import Answer, current
from interview.questions import TALK, questions_of
from interview.words import N_
from records.again import around
from records.answers import answers_of
from records.database import db
from records.tables import Interview
from records.tablets import is_id, tablet_of, take
from views.child_language import child_language
from views.door import open_record, require
from views.moments import now
from views.sync import called
from views.words import catalogues

bp = Blueprint("drafts", __name__)


@bp.post("/tablet/take")
def take_along() -> ResponseReturnValue:
    """The drafts of these talks, for this person on this tablet. Each is written down as opened."""
    person = require(Act.HOLD_INTERVIEW).person
    body = request.get_json(silent=True)
    wanted = body.get("interviews") if isinstance(body, dict) else None
    if not isinstance(body, dict) or not isinstance(wanted, list) or not is_id(body.get("slot")):
        return jsonify(why=N_("Choose the talks to take along.")), 400
    talks = [
        open_record(
            Interview, str(one), Act.HOLD_INTERVIEW, joinedload(Interview.child), joinedload(Interview.home)
        )
        for one in sorted(set(map(str, wanted)))
    ]
    tablet = tablet_of(body["slot"], str(body.get("device")), person, called(), now())
    if tablet is None:
        return jsonify(why=N_("This place on the tablet is another's. Start anew on it.")), 409
    drafts = []
    for interview in talks:
        if interview.finished_at is None:
            drafts.append(
                draft(interview) | {"expires_at": take(tablet, interview, now()).expires_at.isoformat()}
            )
    db.session.commit()
    return jsonify(drafts=drafts)


def draft(interview: Interview) -> dict[str, Any]:
    """One talk as a tablet takes it along."""
    what: Around = around(interview)
    questions = asked(questions_of(interview.question_set, TALK), what)
    kept = current(answers_of(interview))
    return {
        "interview": interview.id,
        "title": interview.child.name,
        "home": interview.home.name,
        "due_at": interview.due_at.isoformat() if interview.due_at else None,
        "set": interview.question_set,
        "release": "",
        "language": child_language(interview),
        "languages": list(catalogues().offered()),
        "asked": [question.key for question in questions],
        "folded": sorted(folded(questions, what)),
        "repeat": what.repeat,
        "writer": "word-for-word",
        "kept": {key: as_kept(answer) for key, answer in kept.items()},
        "sheets": {},
        "finished": False,
    }


def as_kept(answer: Answer) -> dict[str, Any]:
    """A kept answer as the tablet has it."""
    return {
        "op_id": answer.op_id,
        "value": answer.value,
        "skipped": answer.skipped,
        "said_by": answer.said_by,
        "audience": sorted(answer.audience),
        "language": answer.language,
        "saved_at": answer.server_time.isoformat() if answer.server_time else None,
    }
