"""Languages: which are complete, who has checked them, and which one a person reads their own pages in."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forms.languages import CheckForm, MineForm
from interview.access import Act
from interview.languages import LANGUAGES as KNOWN
from interview.languages import Language
from records.database import db
from records.languages import Reading, add_check, latest_checks, speak_to
from records.tables import LanguageCheck
from views.catalogues import State, language_of
from views.door import reader, require
from views.moments import now, today
from views.words import LANGUAGES, _, catalogues, staff_languages, worker_language

bp = Blueprint("languages", __name__)


@dataclass(frozen=True)
class Line:
    """One language on the page: how far it is, and who has checked it."""

    language: Language
    state: State | None
    check: LanguageCheck | None

    @property
    def checked(self) -> bool:
        """Whether somebody has read it as it is now."""
        return bool(self.check and self.state and self.check.version == self.state.version)


@bp.get("/languages")
def languages() -> ResponseReturnValue:
    """Each language of the child's side: complete or not, checked or not."""
    require(Act.CHECK_LANGUAGES)
    checks, states = latest_checks(), catalogues().states
    codes = [code for code in (*KNOWN, *sorted(states.keys() - KNOWN.keys())) if code != "en"]
    lines = [
        Line(known, states.get(code), checks.get(code)) for code in codes if (known := language_of(code))
    ]
    return render_template("languages/list.html", lines=lines)


@bp.route("/languages/<code>", methods=["GET", "POST"])
def check(code: str) -> ResponseReturnValue:
    """Note who has read a language. A check is of one version: what changes later is unchecked again."""
    mine = require(Act.CHECK_LANGUAGES)
    state, language = catalogues().states.get(code), language_of(code)
    if state is None or language is None:
        abort(404)
    form = CheckForm(data={"version": state.version, "on": today()})
    if form.validate_on_submit() and _is_possible(form, state):
        add_check(_reading(form, code), mine.person, now())
        db.session.commit()
        flash(_("Noted."), "success")
        return redirect(url_for("languages.languages"))
    form.version.data = state.version
    line = Line(language, state, latest_checks().get(code))
    return render_template("languages/check.html", form=form, line=line)


def _reading(form: CheckForm, code: str) -> Reading:
    return Reading(code, form.version.data or "", form.checker.data or "", form.on.data or today())


def _is_possible(form: CheckForm, state: State) -> bool:
    if form.on.data and form.on.data > today():
        form.on.errors = [_("This day has not come yet. Enter the day on which it was read.")]
        return False
    if form.version.data != state.version:
        form.checker.errors = [_("The sentences have changed meanwhile. Let them be read again, then save.")]
        return False
    return True


@bp.route("/language", methods=["GET", "POST"])
def my_language() -> ResponseReturnValue:
    """The language of one's own pages."""
    form = MineForm(data={"language": worker_language()})
    form.language.choices = [(code, LANGUAGES.get(code, code)) for code in staff_languages()]
    if form.validate_on_submit():
        speak_to(reader().person, form.language.data)
        db.session.commit()
        return redirect(url_for("start.start"))
    return render_template("languages/mine.html", form=form)
