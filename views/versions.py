"""Two versions of one answer are a question to their author: side by side, and one of them counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from forms.addendum import READ_BY
from forms.interview import new_page
from forms.versions import ANEW, BOTH, VersionsForm
from interview.access import Act
from interview.answers import SAID_BY, SKIPS, Answer, Skip, biggest_of, codes_of
from interview.questions import QUESTIONS, Kind, Question, Who
from interview.reasons import REASONS
from interview.versions import furthest, home_of, narrowest, together
from interview.words import N_
from records.allocation import people_named
from records.database import db
from records.tables import Interview
from records.translations import translations_of
from records.versions import Settlement, settle, unsettled_in
from views.concerns import asked_words
from views.door import open_record, reader
from views.moments import day_and_time, now
from views.pages import said_words
from views.words import _, catalogues, listed, worker_language

bp = Blueprint("versions", __name__)
IN_WORDS = frozenset({Kind.WORDS, Kind.LINE})
NAMES = (N_("The first version"), N_("The second version"), N_("The third version"))


@dataclass(frozen=True)
class Side:
    """One version as it stands beside the others."""

    name: str
    answer: Answer
    said: str
    cards: Sequence[dict[str, Any]]
    facts: Sequence[tuple[str, str]]


@bp.route("/interviews/<interview_id>/versions", methods=["GET", "POST"])
def versions(interview_id: str) -> ResponseReturnValue:
    """Every answer of which several versions stand, and the choice which of them counts."""
    interview = open_record(Interview, interview_id, Act.HOLD_INTERVIEW, joinedload(Interview.child))
    found = unsettled_in(interview)
    forms = {key: _form(interview, key, several) for key, several in found.items()}
    sent = _sent(forms)
    if request.method == "POST" and sent is None:
        flash(_("This is settled already, or another version has come. Look at it again."), "warning")
        return redirect(url_for("versions.versions", interview_id=interview.id))
    if sent is not None and sent.validate_on_submit():
        why = settle(interview, _settlement(sent, found), _op_of(sent), reader().person, now())
        if why is None:
            db.session.commit()
            flash(_("This counts now. The other versions are kept as they were."), "success")
            return redirect(url_for("versions.versions", interview_id=interview.id))
        sent.choice.errors = [_(why)]
    return render_template(
        "interviews/versions.html",
        interview=interview,
        forms=forms,
        sent=sent,
        sides=_sides(found),
        asked={key: asked_words(key) for key in found},
        made=translations_of(interview) if found else {},
    )


def _form(interview: Interview, key: str, several: Sequence[Answer]) -> VersionsForm:
    both = together(QUESTIONS[key], several)
    seen = " ".join(answer.op_id for answer in several)
    text = {"words": both.value} if both and QUESTIONS[key].kind in IN_WORDS else {}
    form = VersionsForm(prefix=f"{key}-", data={"question": key, "seen": seen, "page": new_page()} | text)
    choices = [(answer.op_id, _name(at)) for at, answer in enumerate(several)]
    if both is not None:
        choices.append((BOTH, _("All of it: both together")))
    # Once the talk is finished nothing new is written into it: that is added, with its own date.
    if QUESTIONS[key].kind in IN_WORDS and interview.finished_at is None:
        choices.append((ANEW, _("None of them: I write it anew")))
    form.offer(choices)
    return form


def _name(at: int) -> str:
    return _(NAMES[at]) if at < len(NAMES) else _("Version %(number)s", number=at + 1)


def _sent(forms: dict[str, VersionsForm]) -> VersionsForm | None:
    """The form that was sent, if what stood on its page is what stands now."""
    sent = (form for form in forms.values() if form.question.raw_data)
    return next((form for form in sent if form.seen.data == form.seen.object_data), None)


def _op_of(form: VersionsForm) -> str:
    # What is sent twice from one page counts once.
    return f"{form.page.data or new_page()}-{form.question.data}"


def _settlement(form: VersionsForm, found: Any) -> Settlement:
    key = str(form.question.data)
    several: tuple[Answer, ...] = found[key]
    newest = several[-1]
    chosen = next((answer for answer in several if answer.op_id == form.choice.data), None)
    if chosen is not None:
        facts = chosen.said_by, chosen.audience, chosen.language
        return Settlement(key, several, chosen.value, chosen.skipped, *facts, chosen)
    both = together(QUESTIONS[key], several)
    if form.choice.data == BOTH and both is not None:
        return Settlement(key, several, both.value, None, both.said_by, both.audience, newest.language)
    words = (form.words.data or "").replace("\r\n", "\n").strip()
    return Settlement(key, several, words, None, furthest(several), narrowest(several), newest.language)


def _sides(found: Any) -> dict[str, list[Side]]:
    names = people_named(answer.author for several in found.values() for answer in several)
    return {
        key: [_side(QUESTIONS[key], at, answer, names) for at, answer in enumerate(several)]
        for key, several in found.items()
    }


def _side(question: Question, at: int, answer: Answer, names: dict[str, str]) -> Side:
    cards = cards_of(answer) if question.kind is Kind.REASONS and answer.skipped is None else ()
    return Side(_name(at), answer, "" if cards else said_of(question, answer), cards, _facts(answer, names))


def said_of(question: Question, answer: Answer) -> str:
    """What a version says, in the reader's words; also that it says nothing."""
    if answer.skipped is Skip.LEFT_OUT:
        return _("The child asked to leave this out.")
    if answer.skipped is not None:
        return catalogues().say(worker_language(), SKIPS[answer.skipped])
    if answer.value is None:
        return _("Nothing: what stood here was taken away.")
    return said_words(question, answer, lambda words: _in_words(question, words), worker_language())


def _in_words(question: Question, words: str) -> str:
    return catalogues().say(worker_language(), words) if question.who is Who.CHILD else _(words)


def cards_of(answer: Answer) -> list[dict[str, Any]]:
    """The reasons on the cards of one version, each with its picture and the words that go with it."""
    told = answer.value.get("told", {}) if isinstance(answer.value, dict) else {}
    return [
        {
            "reason": REASONS[code],
            "biggest": code == biggest_of(answer.value),
            "words": told.get(code, {}).get("words", ""),
            "for_home": code in home_of(answer.value),
        }
        for code in codes_of(answer.value)
    ]


def _facts(answer: Answer, names: dict[str, str]) -> list[tuple[str, str]]:
    facts = [(_("Came to the server"), _moment(answer.server_time))]
    if answer.device_time is not None:
        facts.append((_("By the clock of the tablet"), _moment(answer.device_time)))
    facts.append((_("Saved by"), names.get(answer.author, "")))
    if QUESTIONS[answer.question].who is Who.CHILD:
        facts += [(_("Written down"), _(SAID_BY[answer.said_by])), (_("Who may read it"), readers_of(answer))]
    return facts


def _moment(moment: Any) -> str:
    return day_and_time(moment) if moment is not None else _("Not known")


def readers_of(answer: Answer) -> str:
    """Who may read a version, in words."""
    readers: Iterable[str] = (_(words) for key, words in READ_BY.items() if key in answer.audience)
    return listed(list(readers)) or _("Nobody else")
