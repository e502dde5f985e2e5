"""The read-back: the child sees all that was written, and says what is right."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.interview import Written
from forms.read_back import AGREEMENT, agreed, checked, filled, read_back_form, sentence_choices
from interview.access import Act
from interview.answers import READER_TOLD, Answer, Skip, codes_of, current
from interview.found import ASKED
from interview.questions import QUESTIONS, TALK, Kind, Question, Section, questions_of
from interview.reasons import REASONS, ForHome
from interview.versions import versions_of
from records.answers import answers_of
from records.tables import Interview
from records.translations import translations_of
from views.child_language import child_language
from views.door import open_record, session_of
from views.finish import is_no
from views.hand_over import give_to_the_child
from views.talk import keep_form, latest_writer, refuse_when_finished
from views.urgent import way_from_here
from views.with_the_child import page_when_over
from views.words import worker_language

bp = Blueprint("read_back", __name__)
ORDER = (*TALK, Section.LAST_TIME)


@bp.route("/interviews/<interview_id>/read-back", methods=["GET", "POST"])
def read_back(interview_id: str) -> ResponseReturnValue:
    """Right, change or leave out; who may read it; agreed or not, and why."""
    interview = open_record(Interview, interview_id, Act.HOLD_INTERVIEW)
    if interview.finished_at is not None and request.method == "GET":
        return redirect(url_for(page_when_over(session_of()), interview_id=interview.id))
    answers = answers_of(interview)
    kept, unsettled = current(answers), versions_of(answers)
    questions = to_check(interview, kept)
    codes = chosen_codes(kept)
    form = read_back_form(questions, codes)(data=filled(kept, questions))
    refused: dict[str, str] = {}
    if request.method == "POST":
        refuse_when_finished(interview)
        refused = keep_form(interview, form, _changes(form, questions, kept, unsettled))
        if not refused and request.form.get("go") == "give":
            return give_to_the_child(interview, "read_back.read_back")
        if not refused:
            return redirect(way_from_here(interview.id) or _next(interview))
    page = _page(interview, questions, kept, form) | {
        "others": other_versions(kept, unsettled),
        "codes_of": codes_of,
    }
    return render_template("talk/read_back.html", **page, refused=refused)


@bp.get("/interviews/<interview_id>/thanks")
def thanks(interview_id: str) -> ResponseReturnValue:
    """The end of the talk for the child, who gives the tablet back; nothing of the worker's is on it."""
    interview = open_record(Interview, interview_id, Act.HOLD_INTERVIEW)
    kept = current(answers_of(interview))
    if interview.held_at is None and is_no(kept):
        return redirect(url_for("welcome.until_then", interview_id=interview.id))
    asked = () if interview.asked_after else ASKED
    page = {"interview": interview, "language": child_language(interview), "asked": asked}
    return render_template("talk/thanks.html", **page, given="helplines_given" in kept)


def to_check(interview: Interview, kept: dict[str, Answer]) -> tuple[Question, ...]:
    """The questions that were answered or skipped, in the child's order."""
    return tuple(
        question
        for question in questions_of(interview.question_set, ORDER)
        if question.key in kept
        and question.key != "ready"
        and (kept[question.key].value is not None or kept[question.key].skipped)
    )


def chosen_codes(kept: dict[str, Answer]) -> tuple[str, ...]:
    """The reasons that were chosen."""
    cards = (answer for key, answer in kept.items() if QUESTIONS[key].kind is Kind.REASONS)
    return tuple(code for answer in cards for code in codes_of(answer.value))


def other_versions(
    kept: Mapping[str, Answer], unsettled: Mapping[str, tuple[Answer, ...]]
) -> dict[str, list[Answer]]:
    """Where an answer stands in several versions, those beside the newest: the child sees them all."""
    return {key: [one for one in several if one != kept[key]] for key, several in unsettled.items()}


def _changes(
    form: Any,
    questions: tuple[Question, ...],
    kept: dict[str, Answer],
    unsettled: Mapping[str, tuple[Answer, ...]],
) -> list[Written]:
    revisions = (checked(form, question, kept[question.key]) for question in questions)
    changed = [_in_every_version(new, unsettled) for new in revisions if new is not None]
    return [*changed, *agreed(form, kept, latest_writer(kept))]


def _in_every_version(new: Written, unsettled: Mapping[str, tuple[Answer, ...]]) -> Written:
    """What the child leaves out is left out of every version that stood on the page."""
    if new.skipped is not Skip.LEFT_OUT:
        return new
    others = {one.op_id for one in unsettled.get(new.question.key, ())} - {new.base_op or ""}
    return replace(new, settles=frozenset(others))


def _next(interview: Interview) -> str:
    go = request.form.get("go")
    if go == Section.LAST_TIME:
        return url_for("again.last_time", interview_id=interview.id)
    if go in set(TALK):
        return url_for("talk.talk", interview_id=interview.id, _anchor=go)
    if go == "versions" and session_of().handed_over_to is None:
        return url_for("versions.versions", interview_id=interview.id)
    then = "read_back.read_back" if go == "stay" else "numbers.numbers"
    return url_for(then, interview_id=interview.id)


def _page(
    interview: Interview, questions: tuple[Question, ...], kept: dict[str, Answer], form: Any
) -> dict[str, Any]:
    codes = chosen_codes(kept)

    def is_told(question: Question, part: Section) -> bool:
        return question.section is part and not is_left_out(kept[question.key])

    return {
        "interview": interview,
        "form": form,
        "writer": latest_writer(kept),
        "kept": kept,
        "translations": translations_of(interview) if interview.language != worker_language() else {},
        "language": child_language(interview),
        "told": [question for question in questions if not is_left_out(kept[question.key])],
        "left_out": [question for question in questions if is_left_out(kept[question.key])],
        "chosen": [REASONS[code] for code in codes],
        "may_tell_home": {code for code in codes if REASONS[code].for_home is not ForHome.NEVER},
        # Of the worker's record nothing stands on the child's page.
        "sentences": sentence_choices({question.key: kept[question.key] for question in questions}),
        "parts": [part for part in ORDER if any(is_told(question, part) for question in questions)],
        "agreement": [question for question in AGREEMENT if question.key != "read_right"],
        "READER_TOLD": READER_TOLD,
        "is_cards": lambda question: question.kind is Kind.REASONS,
    }


def is_left_out(answer: Answer) -> bool:
    """Whether the child asked to leave this out."""
    return answer.skipped is Skip.LEFT_OUT
