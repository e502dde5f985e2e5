"""What was said last time, and what came of it: after the new account, and never before."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from interview.access import Act
from interview.again import Around, SaidBefore, answered, has_told_anew, said_before
from interview.answers import current
from interview.letter_words import BY_DAY, CAME
from interview.letters import Matter, came_of, matter_of
from interview.questions import QUESTIONS, Section
from interview.versions import standing
from records.again import last_talk, requests_of
from records.answers import answers_of
from records.tables import Interview
from views.child_language import child_language
from views.door import open_record
from views.letters import day_in
from views.moments import today
from views.talk import answer_page
from views.words import catalogues

bp = Blueprint("again", __name__)


@bp.route("/interviews/<interview_id>/last-time", methods=["GET", "POST"])
def last_time(interview_id: str) -> ResponseReturnValue:
    """The child's reasons and wishes of the last talk, what came of them, and what the child says to that.

    Before the new account there is nothing here to be met: the way leads on.
    """
    interview = open_record(Interview, interview_id, Act.HOLD_INTERVIEW)
    before = last_talk(interview)
    if request.method == "GET" and (before is None or not has_told_anew(current(answers_of(interview)))):
        return redirect(url_for("read_back.read_back", interview_id=interview.id))
    return answer_page(
        interview,
        (Section.LAST_TIME,),
        "talk/last_time.html",
        "read_back.read_back",
        Around(repeat=before is not None),
        said=said_before(standing(answers_of(before))) if before else SaidBefore(),
        came_of_it=came_of_it(before, child_language(interview)) if before else (),
        asked_then=QUESTIONS,
    )


def came_of_it(before: Interview, language: str) -> list[tuple[Matter, str]]:
    """What was answered since, each with what came of it in the child's language."""
    matters = map(matter_of, answered(requests_of(before)))
    return [(matter, _came(matter, language)) for matter in matters]


def _came(matter: Matter, language: str) -> str:
    came = came_of(matter, today())
    if matter.on_day and came in BY_DAY:
        return catalogues().say(language, BY_DAY[came], day=day_in(matter.on_day, language))
    return catalogues().say(language, CAME[came])
