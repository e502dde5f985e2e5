"""What a child said in another language, with its translation beside it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.translation import TranslationForm
from interview.access import Act
from interview.answers import Answer
from interview.drawings import text_of
from interview.questions import QUESTIONS, Kind
from interview.versions import standing
from records.answers import answers_of
from records.database import db
from records.tables import Interview
from records.translations import Translator, add_translation, translations_of
from views.door import open_record
from views.moments import now
from views.words import _

bp = Blueprint("translations", __name__)


@bp.route("/interviews/<interview_id>/translations", methods=["GET", "POST"])
def translations(interview_id: str) -> ResponseReturnValue:
    """Every answer in words that is not in English, and a place for its translation."""
    interview = open_record(Interview, interview_id, Act.HOLD_INTERVIEW)
    answers = in_other_languages(standing(answers_of(interview)))
    form = TranslationForm()
    if request.method == "POST" and form.op_id.data not in answers:
        abort(400)
    if form.validate_on_submit():
        by = Translator(form.translator.data or "", form.agency.data or "", form.dialect.data or "")
        add_translation(interview, answers[str(form.op_id.data)], form.words.data or "", by, now())
        db.session.commit()
        flash(_("The translation stands beside the child's words now."), "success")
        return redirect(url_for("translations.translations", interview_id=interview.id))
    made = translations_of(interview)
    return render_template(
        "interviews/translations.html",
        interview=interview,
        answers=answers,
        made=made,
        form=form,
        questions=QUESTIONS,
    )


def in_other_languages(kept: dict[str, Answer]) -> dict[str, Answer]:
    """The current answers in words that are not in English, by their ids."""
    return {
        answer.op_id: answer for answer in kept.values() if answer.language != "en" and _holds_words(answer)
    }


def _holds_words(answer: Answer) -> bool:
    in_words = QUESTIONS[answer.question].kind in {Kind.WORDS, Kind.LINE, Kind.DRAWING}
    return in_words and answer.value is not None and bool(text_of(answer.value))
