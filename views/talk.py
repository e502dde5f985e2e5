"""The talk, the worker's record and the read-back: saved as they are written, with or without a script."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf

from forms.interview import Written, default_said_by, differs, filled, interview_form, new_page, written
from interview.access import Act, Audience
from interview.again import Around, asked, folded
from interview.answers import WRITERS, Answer, SaidBy, Skip, current, fault_for_child
from interview.questions import QUESTIONS, RECORD, TALK, Kind, Question, Section, Who, questions_of
from interview.words import N_
from records.again import around
from records.answers import Incoming, Receipt, answers_of, keep
from records.database import begin_writing, db
from records.raised import raise_concerns
from records.tables import Interview
from records.welcomes import keep_welcome, welcome_of
from views.child_language import child_language, choose_language
from views.door import open_record, reader, session_of
from views.hand_over import give_to_the_child
from views.moments import lasted, now, time_of_day
from views.record import beside, called_for, known, pattern_of, write_up_by
from views.urgent import recorded_of, way_from_here
from views.with_the_child import NOT_NOW, page_when_over
from views.words import catalogues

bp = Blueprint("talk", __name__)
TYPED = frozenset({Kind.WORDS, Kind.LINE})
FIRST_TALK = Around()
# What a button is called that turns the talk into another language.
LANGUAGE = "in-"
PUT_OFF = frozenset({"no", "not-now"})


@bp.route("/interviews/<interview_id>/talk", methods=["GET", "POST"])
def talk(interview_id: str) -> ResponseReturnValue:
    """The child's page: it names nobody, and holds nothing of the worker's."""
    interview = open_record(Interview, interview_id, Act.HOLD_INTERVIEW)
    what = around(interview)
    then = "again.last_time" if what.repeat else "read_back.read_back"
    return answer_page(interview, TALK, "talk/talk.html", then, what)


@bp.route("/interviews/<interview_id>/record", methods=["GET", "POST"])
def record(interview_id: str) -> ResponseReturnValue:
    """The worker's page: nothing of it is in the document that the child holds."""
    interview = open_record(Interview, interview_id, Act.HOLD_INTERVIEW)
    words: dict[str, Any] = {"beside": beside, "lasted": lasted, "write_up_by": write_up_by(interview)}
    words["recorded"] = recorded_of(interview)
    return answer_page(
        interview, RECORD, "talk/record.html", "finish.finish", pattern=pattern_of(interview), **words
    )


def answer_page(
    interview: Interview,
    sections: tuple[Section, ...],
    template: str,
    then: str,
    what: Around = FIRST_TALK,
    **more: Any,
) -> ResponseReturnValue:
    """Show the questions of these sections that belong into this talk with what is kept, and keep what is
    sent. `more` is for the template."""
    if interview.finished_at is not None and request.method == "GET":
        return redirect(url_for(page_when_over(session_of()), interview_id=interview.id))
    kept = current(answers_of(interview))
    questions = asked(questions_of(interview.question_set, sections), what)
    questions = not_asked_again(called_for(questions, interview, kept), kept)
    form = interview_form(questions)(data=known(interview) | filled(questions, kept))
    refused: dict[str, str] = {}
    if request.method == "POST":
        refuse_when_finished(interview)
        refused = keep_changed(interview, form, questions, kept)
        if not refused and request.form.get("go") == "give":
            return give_to_the_child(interview, str(request.endpoint))
        if not refused:
            return redirect(way_from_here(interview.id) or _next_page(interview, then))
    page = _page(interview, sections, questions, form, kept)
    return render_template(
        template, **page, folded=folded(questions, what), repeat=what.repeat, refused=refused, **more
    )


def not_asked_again(questions: tuple[Question, ...], kept: dict[str, Answer]) -> tuple[Question, ...]:
    # Who has said yes before the talk is not asked again whether to begin.
    begun = "ready" in kept and kept["ready"].value == "yes"
    return tuple(question for question in questions if not (begun and question.key == "ready"))


def _next_page(interview: Interview, then: str) -> str:
    go = request.form.get("go", "")
    if go != "stay" and interview.held_at is None and request.form.get("ready") in PUT_OFF:
        return url_for("welcome.until_then", interview_id=interview.id)
    here = request.endpoint if go == "stay" or go.startswith(LANGUAGE) else then
    return url_for(here or then, interview_id=interview.id)


def _page(
    interview: Interview,
    sections: tuple[Section, ...],
    questions: tuple[Question, ...],
    form: FlaskForm,
    kept: dict[str, Answer],
) -> dict[str, Any]:
    return {
        "interview": interview,
        "form": form,
        "kept": kept,
        "language": child_language(interview),
        "sections": [(section, [q for q in questions if q.section is section]) for section in sections],
        "saved_at": latest_save(kept),
        "writer": latest_writer(kept),
        "languages": catalogues().offered(),
        "welcome": welcome_of(interview, now()) if sections is TALK else None,
    }


def latest_writer(kept: dict[str, Answer]) -> SaidBy:
    """Who wrote last: the page goes on with them until someone else is chosen.

    A yes before the talk is touched, not written: it does not say who writes the rest.
    """
    later = (answer for key, answer in kept.items() if key != "ready")
    said = [answer for answer in later if answer.said_by in WRITERS and answer.server_time]
    newest = max(said, key=lambda answer: answer.server_time or now(), default=None)
    with_the_child = session_of().handed_over_to is not None
    return newest.said_by if newest else SaidBy.CHILD_TYPED if with_the_child else SaidBy.WORD_FOR_WORD


def latest_save(kept: dict[str, Answer]) -> str:
    """The time of day at which the newest answer reached the server; empty where there is none."""
    times = [answer.server_time for answer in kept.values() if answer.server_time]
    return time_of_day(max(times)) if times else ""


def refuse_when_finished(interview: Interview) -> None:
    """Finished means dated: what comes later is an addendum, and what was typed is given back for it."""
    if interview.finished_at is None:
        return
    if request.is_json:
        abort(409)
    with_the_child = session_of().handed_over_to is not None
    template = "hand_over/too_late.html" if with_the_child else "interviews/too_late.html"
    words = {"typed": typed_words(), "language": child_language(interview)}
    page = render_template(template, interview=interview, **words)
    abort(make_response(page, 409))


def typed_words() -> list[tuple[Question, str]]:
    """The words in a form that came too late, by question."""
    typed = ((QUESTIONS.get(key.removesuffix("__words")), words) for key, words in request.form.items())
    return [(question, words) for question, words in typed if question and question.kind in TYPED and words]


def keep_changed(
    interview: Interview, form: FlaskForm, questions: tuple[Question, ...], kept: dict[str, Answer]
) -> dict[str, str]:
    """Keep what differs from what was kept; gives a sentence for each question that was refused."""
    changed = [
        by_the_writer(new, kept.get(new.question.key))
        for new in (written(form, one, kept.get(one.key)) for one in questions if was_sent(one))
        if differs(new, kept.get(new.question.key))
    ]
    return keep_form(interview, form, changed)


def was_sent(question: Question) -> bool:
    """Whether this question stood in the form: a page whose script has saved it leaves it out."""
    return f"{question.key}__base" in request.form


def keep_form(interview: Interview, form: FlaskForm, changed: list[Written]) -> dict[str, str]:
    """Keep what was changed in a form, and make it ready to be shown and sent again.

    Gives a sentence for each question that was refused.
    """
    receipt = keep_and_commit(interview, [_incoming(interview, new) for new in changed])
    form["page"].data = new_page()
    for new in changed:
        if new.op_id in receipt.accepted:
            form[f"{new.question.key}__base"].data = new.op_id
    by_op = {new.op_id: new.question.key for new in changed}
    return {by_op[op_id]: why_for(interview, by_op[op_id], why) for op_id, why in receipt.refused}


def why_for(interview: Interview, question: str, why: str) -> str:
    """Why an answer was refused: on the child's pages in the child's words."""
    asked_of = QUESTIONS.get(question)
    if asked_of is None or asked_of.who is not Who.CHILD:
        return why
    return catalogues().say(child_language(interview), fault_for_child(question, why))


def by_the_writer(new: Written, before: Answer | None) -> Written:
    """A new value was written by whom the page names, unless something else was said for it."""
    writer = request.form.get("writer")
    untouched = new.said_by == (before.said_by if before else default_said_by(new.question))
    new_value = before is None or new.value != before.value
    if writer in set(WRITERS) and new.question.who is Who.CHILD and untouched and new_value:
        return replace(new, said_by=SaidBy(writer))
    return new


def keep_and_commit(interview: Interview, incoming: list[Incoming]) -> Receipt:
    """Keep answers, open the concerns that they raise, and commit: all of it or nothing."""
    by, at = reader().person, now()
    receipt = keep(interview, incoming, by, at)
    safe = set(receipt.accepted)
    kept = [answer.question for answer in incoming if answer.op_id in safe]
    raise_concerns(interview, kept, by, at)
    if any(QUESTIONS[key].who is Who.CHILD for key in kept):
        keep_welcome(interview, child_language(interview), at)
    if not request.is_json:
        # After the answers: they were given in the language before. A script chooses none.
        choose_language(interview, request.form.get("go", "").removeprefix(LANGUAGE))
    db.session.commit()
    return receipt


def _incoming(interview: Interview, new: Written) -> Incoming:
    return Incoming(
        op_id=new.op_id,
        question=new.question.key,
        question_set=interview.question_set,
        value=new.value,
        skipped=new.skipped,
        said_by=new.said_by,
        audience=new.audience,
        base_op=new.base_op,
        settles=new.settles,
    )


@bp.get("/interviews/<interview_id>/token")
def token(interview_id: str) -> ResponseReturnValue:
    """A fresh token for a page that has been open for long; also the proof of being signed in."""
    open_record(Interview, interview_id, Act.HOLD_INTERVIEW)
    return jsonify(token=generate_csrf())


@bp.post("/interviews/<interview_id>/answers")
def answers(interview_id: str) -> ResponseReturnValue:
    """Keep a batch of answers. Only the ids that come back are safe."""
    body = request.get_json(silent=True)
    items = body.get("answers") if isinstance(body, dict) else None
    incoming, unreadable = read_items(items if isinstance(items, list) else [])
    # From here on others wait: what could be read without the records has been read.
    begin_writing()
    interview = open_record(Interview, interview_id, Act.HOLD_INTERVIEW)
    if not isinstance(items, list):
        return jsonify(why=N_("Send the answers as a list.")), 400
    refuse_when_finished(interview)
    incoming, not_the_childs = the_childs(incoming)
    receipt = keep_and_commit(interview, incoming)
    by_op = {one.op_id: one.question for one in incoming}
    told = [(op_id, why_for(interview, by_op[op_id], why)) for op_id, why in receipt.refused]
    refused = [*told, *unreadable, *not_the_childs]
    return jsonify(
        accepted=receipt.accepted,
        refused=[{"op_id": op_id, "why": why} for op_id, why in refused],
        server_time=now().isoformat(),
    )


def the_childs(incoming: list[Incoming]) -> tuple[list[Incoming], list[tuple[str, str]]]:
    """While the child holds the tablet nobody writes into the worker's record."""
    if session_of().handed_over_to is None:
        return incoming, []
    mine = {key for key, question in QUESTIONS.items() if question.section not in RECORD}
    others = [(new.op_id, NOT_NOW) for new in incoming if new.question not in mine]
    return [new for new in incoming if new.question in mine], others


UNREADABLE = N_("This answer could not be read. Reload the page; what you wrote is kept.")


def read_items(items: list[Any]) -> tuple[list[Incoming], list[tuple[str, str]]]:
    """The answers out of a JSON list, and those that could not be read with a sentence."""
    incoming, unreadable = [], []
    for item in items:
        try:
            incoming.append(read_item(item))
        except (KeyError, TypeError, ValueError, AttributeError):
            op_id = item.get("op_id") if isinstance(item, dict) else None
            unreadable.append((str(op_id or ""), UNREADABLE))
    return incoming, unreadable


def read_item(item: dict[str, Any]) -> Incoming:
    """One answer out of JSON (contract.md). Raises KeyError, TypeError or ValueError when it is malformed."""
    device_time = item.get("device_time")
    base = item.get("base_op")
    return Incoming(
        op_id=_text(item["op_id"]),
        question=_text(item["question"]),
        question_set=_text(item["set"]),
        value=item.get("value"),
        skipped=Skip(item["skipped"]) if item.get("skipped") else None,
        said_by=SaidBy(item["said_by"]),
        audience=frozenset(Audience(key) for key in item["audience"]),
        base_op=None if base is None else _text(base),
        device_time=_moment(device_time),
        language=_text(item.get("language") or ""),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("A text is wanted here.")
    return value


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    # A tablet's clock without a zone says nothing that could be kept; the server's own time decides.
    return moment if moment.tzinfo is not None else None
