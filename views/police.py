"""Information for the police: a narrow sheet of what is chosen, put down with its reason before it leaves."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from forms.sharing import PoliceForm, say
from interview.access import Act
from interview.languages import LANGUAGES
from interview.police import ASKED, HEADINGS, Item, faults_of_sheet, items
from interview.questions import MORE, QUESTIONS, Who
from interview.sharing import faults_of_share
from records.summaries import told_and_given
from records.tables import Child
from views.door import open_record, reader
from views.files import Bundle, hand_out
from views.moments import day
from views.pages import said_words
from views.words import _, catalogues, worker_language

bp = Blueprint("police", __name__)


@bp.route("/children/<child_id>/police", methods=["GET", "POST"])
def sheet(child_id: str) -> ResponseReturnValue:
    """What may go, to choose from; then the sheet with nothing else on it."""
    child = open_record(Child, child_id, Act.TELL_POLICE)
    there = items(*told_and_given(reader(), child, ASKED))
    form = PoliceForm()
    form.chosen.choices = [(item.key, _label(item)) for item in there]
    if form.validate_on_submit():
        chosen = tuple(item for item in there if form.goes(item.key))
        parts = dict.fromkeys(str(item.part) for item in chosen)
        put_down = form.put_down(form.how.data, "police", "police", tuple(parts))
        if form.allegation_why.data:
            put_down = replace(put_down, why=f"{put_down.why}\n{form.allegation_why.data}")
        faults = faults_of_share(put_down) | faults_of_sheet(chosen, form.allegation_why.data or "")
        if say(form, faults):
            return hand_out(_bundle(child, chosen, form), put_down)
    return render_template("sharing/police.html", child=child, form=form, items=there)


def _bundle(child: Child, chosen: tuple[Item, ...], form: PoliceForm) -> Bundle:
    shown = {
        "child": child,
        "language": _language(child.language),
        "under": _under_headings(chosen),
        "what_to_do": form.what_to_do.data,
        "allegation_why": form.allegation_why.data if any(one.is_allegation for one in chosen) else "",
    }
    return Bundle(
        child.id,
        "police",
        Act.TELL_POLICE,
        url_for("police.sheet", child_id=child.id),
        (),
        None,
        lambda: render_template("sharing/police_paper.html", **shown),
        lambda **more: render_template("sharing/police_sheet.html", **shown, **more),
    )


def _language(code: str) -> str:
    return _(LANGUAGES[code].words) if code in LANGUAGES else code


def _under_headings(chosen: tuple[Item, ...]) -> list[tuple[str, list[dict[str, Any]]]]:
    under = [
        (words, [_shown(one) for one in chosen if one.heading == key])
        for key, (words, _k) in HEADINGS.items()
    ]
    return [(words, lines) for words, lines in under if lines]


def _shown(item: Item) -> dict[str, Any]:
    """One line of the sheet: what was asked, what was said, in which language, and when."""
    if item.told is None:
        return {"asked": "", "said": _(item.danger), "at": item.at, "language": "", "translation": None}
    answer = item.told.answer
    return {
        "asked": _asked(item),
        "said": _said(item),
        "at": item.at,
        "language": answer.language,
        "said_by": answer.said_by,
        "translation": item.told.translation,
    }


def _say(words: str, *, by_child: bool) -> str:
    return catalogues().say(worker_language(), words) if by_child else _(words)


def _asked(item: Item) -> str:
    if item.told is None:
        return ""
    question = QUESTIONS[item.told.answer.question]
    # Words that a worker or a child adds stand under what was asked.
    more = question.words == MORE or (question.follows and question.who is Who.WORKER)
    asked = QUESTIONS[question.follows] if more else question
    return _say(asked.words, by_child=asked.who is Who.CHILD)


def _said(item: Item) -> str:
    if item.told is None:
        return _(item.danger)
    question = QUESTIONS[item.told.answer.question]
    by_child = question.who is Who.CHILD
    return said_words(question, item.told.answer, lambda w: _say(w, by_child=by_child), worker_language())


def _label(item: Item) -> str:
    if item.told is None:
        return _("Danger: %(what)s (%(day)s)", what=_said(item), day=day(item.at))
    return _("%(asked)s %(said)s (%(day)s)", asked=_asked(item), said=_said(item), day=day(item.at))
