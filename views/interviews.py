"""Interviews as their interviewer meets them: mine by what is due first, the brief, the next step."""

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from interview.access import Act
from interview.ages import age_on
from interview.answers import Answer, current, is_answered, missing_to_finish
from interview.clock import Standing, standing
from interview.questions import RECORD, TALK, Question, Who, questions_of
from interview.versions import standing as all_versions
from interview.versions import versions_of
from records.addenda import addenda_of
from records.answers import answers_of
from records.interviews import brief_of, to_hold
from records.requests import requests_of_talk
from records.tables import Child, Interview
from records.tablets import held_since
from records.welcomes import is_to_log, said_no, waiting_for
from views import request_words
from views.door import looked_at_list, open_record, reader, require
from views.moments import now, today
from views.translations import in_other_languages
from views.urgent import recorded_of

bp = Blueprint("interviews", __name__)


@bp.get("/interviews")
def mine() -> ResponseReturnValue:
    """My talks, by what is due first, and those finished last."""
    mine = require(Act.HOLD_INTERVIEW)
    looked_at_list(Act.HOLD_INTERVIEW, "interview")
    waiting = to_hold(mine, now())
    return render_template(
        "interviews/mine.html",
        to_hold=[talk for talk in waiting if not talk.sleeps(today())],
        asleep=[talk for talk in waiting if talk.sleeps(today())],
        finished=to_hold(mine, now(), finished=True),
    )


@bp.get("/interviews/<interview_id>")
def show(interview_id: str) -> ResponseReturnValue:
    """The brief, where the talk stands, and the next step."""
    interview = open_record(
        Interview,
        interview_id,
        Act.HOLD_INTERVIEW,
        joinedload(Interview.child).joinedload(Child.authority),
        joinedload(Interview.home),
    )
    answers = answers_of(interview)
    kept = current(answers)
    brief = brief_of(interview)
    begun = progress(interview, kept)
    return render_template(
        "interviews/show.html",
        interview=interview,
        brief=brief,
        age=age_on(interview.child.born, today()) if interview.child.born else None,
        stands=stands(interview),
        progress=begun,
        next=next_step(begun, missing_to_finish(all_versions(answers), interview.question_set)),
        translatable=in_other_languages(all_versions(answers)),
        unsettled=len(versions_of(answers)),
        put_off=waiting_for(interview, brief.offers),
        said_no=said_no,
        to_log=is_to_log(interview, kept.get("ready"), brief.offers),
        recorded=recorded_of(interview),
        addenda=addenda_of(interview) if interview.finished_at else (),
        asked=requests_of_talk(reader(), interview.id) if interview.finished_at else (),
        words=request_words,
        today=today(),
        on_a_tablet=held_since(interview),
    )


def stands(interview: Interview) -> Standing:
    """Where the clock of this talk stands."""
    due = interview.due_at
    if due is None:
        return Standing.NOT_STARTED
    return standing(due, interview.held_at, now(), due - due)


def next_step(begun: dict[str, bool], missing: tuple[Question, ...]) -> str:
    """The step that the big button leads to."""
    if begun["record"]:
        return "record" if any(question.who is not Who.CHILD for question in missing) else "finish"
    return "record" if begun["read_back"] else "talk"


def progress(interview: Interview, kept: dict[str, Answer]) -> dict[str, bool]:
    """Which steps have been begun: for the eye, never as a count of what is missing."""

    def begun(sections: tuple[Any, ...]) -> bool:
        questions = questions_of(interview.question_set, sections)
        # What the child took along stands in the record before the worker has begun it.
        return any(is_answered(kept.get(one.key)) for one in questions if one.key != "helplines_given")

    return {
        "talk": begun(TALK),
        "record": begun(RECORD),
        "read_back": is_answered(kept.get("agrees")),
        "finish": interview.finished_at is not None,
    }
