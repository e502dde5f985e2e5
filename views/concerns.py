"""Concerns: dangers and allegations by their clock, and who has been told of them."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import joinedload

from forms.concerns import TellingForm
from interview.access import Act, Role, may
from interview.concerns import KINDS, NOT_SAFE, TOLD, WHAT_TO_DO, ConcernKind, Telling, faults_of_telling
from interview.duties import DANGERS
from interview.guarded import guards
from interview.numbers import who_words
from interview.questions import MORE, QUESTIONS, Who
from interview.reasons import REASONS
from interview.word_for_word import places_of, rest_of
from records.allocation import people_named
from records.answers import answers_of
from records.children import names_of
from records.concerns import (
    account_of,
    concern_clocks,
    hold_concern,
    missing_tellings,
    since_of,
    standing_of,
    tell,
    tellings_of,
)
from records.concerns import concerns as concerns_of
from records.database import db
from records.episodes import PAGE
from records.tables import Authority, Child, Concern, Home, Interview
from records.translations import translations_of
from views.clocks import concern_clock
from views.door import looked_at_list, open_record, reader, require
from views.moments import now
from views.paging import page_asked
from views.urgent import whom_to_ring
from views.words import _, catalogues, worker_language

# Words that only add to a choice were said to its question.
MORE_TO = {key: question.follows for key, question in QUESTIONS.items() if question.words == MORE}
TERMS = frozenset(reason.term for reason in REASONS.values())

bp = Blueprint("concerns", __name__, url_prefix="/concerns")


def act_on_concerns() -> Act:
    """What this reader does with concerns, by their role."""
    # An interviewer tells, too: their own concerns are part of holding the talk.
    return Act.HOLD_INTERVIEW if reader().role is Role.INTERVIEWER else Act.ANSWER_CONCERNS


@bp.get("")
def concerns() -> ResponseReturnValue:
    """Those of which somebody is still to be told, by what is due first; then those that are answered."""
    mine = require(act_on_concerns())
    looked_at_list(act_on_concerns(), "concern")
    page = page_asked()
    waiting = concerns_of(mine, now()) if page == 0 else []
    told = concerns_of(mine, now(), told=True, page=page)
    return render_template(
        "concerns/list.html",
        waiting=waiting[:PAGE],
        told=told[:PAGE],
        more=len(told) > PAGE,
        page=page,
        keeps_numbers=may(mine.role, Act.ANSWER_CONCERNS),
        clock=concern_clock,
        KINDS=KINDS,
        DANGERS=DANGERS,
        TOLD=TOLD,
        in_words=in_words,
    )


@bp.route("/<concern_id>", methods=["GET", "POST"])
def show(concern_id: str) -> ResponseReturnValue:
    """One concern: what was said, what to do, who has been told; and a form to note the next telling."""
    concern = open_record(Concern, concern_id, act_on_concerns())
    form = TellingForm(data={"at": now()})
    if form.validate_on_submit() and _is_possible(form):
        hold_concern(concern)
        tell(concern, _tellings(form), reader().person, child_knows=form.child_knows.data)
        db.session.commit()
        flash(_("Noted."), "success")
        return redirect(url_for("concerns.show", concern_id=concern.id))
    return render_template("concerns/show.html", form=form, concern=concern, **_page(concern))


def _page(concern: Concern) -> dict[str, Any]:
    child = db.session.get_one(Child, concern.child_id, options=[joinedload(Child.authority)])
    kind, running = ConcernKind(concern.kind), concern_clocks(concern, child.authority.nation)
    return {
        "child": names_of([child])[child.id],
        "council": child.authority.name,
        "kind": KINDS[kind],
        "what_to_do": WHAT_TO_DO[kind],
        "dangers": [DANGERS[danger] for danger in since_of(concern)] if concern.recorded_at else [],
        "not_safe": NOT_SAFE[concern.not_safe].words if concern.not_safe else "",
        "raised_by": people_named([concern.raised_by])[concern.raised_by],
        "clock": concern_clock(standing_of(concern, running, now()), concern.due_at, now()),
        "running": running,
        "account": [replace(one, said=in_words(one.said)) for one in account_of(concern)],
        **_said(concern),
        "tellings": tellings_of(concern),
        "still_to_tell": missing_tellings(concern, running),
        "numbers": whom_to_ring(child.authority, _area_of(concern) or child.authority),
        "who_words": who_words,
        "TOLD": TOLD,
    }


def _said(concern: Concern) -> dict[str, Any]:
    """What was said, each with the answer in which it stands; and whether words are kept from the home."""
    talk = db.session.get(Interview, concern.interview_id) if concern.interview_id else None
    places = places_of(concern.words or "", answers_of(talk)) if talk else ()
    made = translations_of(talk) if talk and any(one.answer.language != "en" for one in places) else {}
    return {
        "places": places,
        # A translation is of the whole answer: beside a part of it, it would say more than was told.
        "made": {
            one.answer.op_id: made[one.answer.op_id]
            for one in places
            if one.whole and one.answer.op_id in made
        },
        "rest": [in_words(part) for part in rest_of(concern.words or "", places)],
        "asked": {one.answer.question: asked_words(one.answer.question) for one in places},
        "guards": talk is not None and guards(since_of(concern)),
    }


def in_words(words: str) -> str:
    """What stands in a concern, with the names of reasons in the reader's language."""
    return "\n\n".join(_with_its_term(part) for part in words.split("\n\n"))


def _with_its_term(part: str) -> str:
    term, then, said = part.partition(": ")
    return _(term) + then + said if term in TERMS else part


def asked_words(question: str) -> str:
    """What was asked, in the reader's words: of the child, or of the worker."""
    asked = QUESTIONS[MORE_TO.get(question, question)]
    if asked.who is Who.CHILD:
        return catalogues().say(worker_language(), asked.words)
    return _(asked.words)


def _area_of(concern: Concern) -> Authority | None:
    # The council where the home is: its designated officer hears of the home's staff.
    there = sa.select(Authority).join(Home, Home.authority_id == Authority.id)
    home = there.join(Interview, Interview.home_id == Home.id).where(Interview.id == concern.interview_id)
    return db.session.scalars(home).first()


def _is_possible(form: TellingForm) -> bool:
    faults = faults_of_telling(form.at.given, now())
    for field, sentence in faults.items():
        form[field].errors = [*form[field].errors, _(sentence)]
    return not faults


def _tellings(form: TellingForm) -> list[Telling]:
    said, by = form.said.data or "", current_user.name
    name, number = form.name.data or "", form.number.data or ""
    return [Telling(whom, form.at.given, by, said, name, number) for whom in form.whom.data or ()]
