"""Letters to children: written, looked at as the child will, given or told, and what the child said to it."""

from dataclasses import replace
from datetime import date
from typing import Any

from babel.dates import format_date
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import joinedload

from forms.letters import LetterForm, SaidForm, ToldForm, letter_form, said_form
from interview.access import Act, may
from interview.ages import age_on
from interview.helplines import HELPLINES, helplines_in
from interview.languages import first_in
from interview.letter_words import HOW, SAID, WHERE, WHY, How, wording_for
from interview.letters import Body, Item, first_name, told_in, whys
from interview.requests import OWNERS
from records.allocation import people_named
from records.database import db
from records.letters import (
    Given,
    Heard,
    add_letter,
    answers_now,
    body_for,
    change_letter,
    give,
    keep_said,
    letters_to,
    matters_of,
    names_around,
    said_to,
    to_tell,
    to_tell_of,
)
from records.pins import has_pin
from records.tables import Child, Letter
from views.catalogues import language_of
from views.child_language import letter_language
from views.door import looked_at_list, open_record, reader, require, session_of
from views.hand_over import give_letter
from views.moments import now, since_words, today
from views.paper import FileKind
from views.papers import Wanted
from views.papers import paper as in_a_file
from views.words import _, catalogues

bp = Blueprint("letters", __name__)
TELL = Act.TELL_THE_CHILD


@bp.get("/letters")
def waiting() -> ResponseReturnValue:
    """The children who have not been told, who has waited longest first."""
    mine = require(TELL)
    looked_at_list(TELL, "letter")
    return render_template("letters/waiting.html", to_tell=to_tell(mine), since_words=since_words)


@bp.get("/children/<child_id>/letters")
def letters(child_id: str) -> ResponseReturnValue:
    """The letters to a child, and what there is to tell."""
    child = _child(child_id)
    return render_template(
        "letters/list.html",
        child=child,
        letters=letters_to(reader(), child.id),
        to_tell=to_tell_of(reader(), child.id),
        **_words(),
    )


def _open(letter_id: str) -> tuple[Letter, Body]:
    """A letter, and what this reader reads of it. One of which they read nothing is not there for them."""
    letter = open_record(Letter, letter_id, TELL)
    body = body_for(reader(), letter)
    return (letter, body) if body else abort(404)


def _child(child_id: str) -> Child:
    return open_record(Child, child_id, TELL, joinedload(Child.authority))


def _child_of(letter: Letter) -> Child:
    return db.session.get_one(Child, letter.child_id, options=[joinedload(Child.authority)])


def _words() -> dict[str, Any]:
    return {
        "HOW": HOW,
        "SAID": SAID,
        "WHERE": WHERE,
        "WHY": WHY,
        "OWNERS": OWNERS,
        "language_of": language_of,
    }


# Written -------------------------------------------------------------------------------------------


@bp.route("/children/<child_id>/letters/new", methods=["GET", "POST"])
def new(child_id: str) -> ResponseReturnValue:
    """A letter: which requests stand where, in which words."""
    child = _child(child_id)
    language = letter_language(child, request.args.get("language"))
    return _write(child, language)


@bp.route("/letters/<letter_id>/change", methods=["GET", "POST"])
def change(letter_id: str) -> ResponseReturnValue:
    """A letter that nobody has got yet is changed; one that was given stays, and another one is written."""
    letter, body = _open(letter_id)
    if letter.given_at is not None and request.method == "GET":
        return redirect(url_for("letters.show", letter_id=letter.id))
    return _write(_child_of(letter), letter.language, letter, body)


def _write(
    child: Child, language: str, letter: Letter | None = None, before: Body | None = None
) -> ResponseReturnValue:
    matters = matters_of(reader(), child.id)
    names = names_around(child, matters.adults)
    form = letter_form(matters.all, names, language, _named(language))()
    too_late = letter is not None and letter.given_at is not None
    if form.validate_on_submit() and not too_late:
        body = _body(form, child, language, before.sentences if before else {})
        if letter is None:
            letter = add_letter(child.id, language, body, reader().person, now())
        else:
            change_letter(reader(), letter, body, now())
        db.session.commit()
        return redirect(url_for("letters.show", letter_id=letter.id))
    if before is not None and not form.is_submitted():
        _fill(form, before)
    page = {"child": child, "form": form, "letter": letter, "language": language, "too_late": too_late}
    offered = first_in(child.authority.nation, catalogues().offered())
    told = {one.key: whys(one, names) for one in matters.all}
    return render_template("letters/write.html", **page, offered=offered, whys=told, **_words())


def _named(language: str) -> str:
    known = language_of(language)
    return _(known.words) if known else language


def _fill(form: LetterForm, body: Body) -> None:
    form.fill(body.items)
    form.named.data, form.advocate.data = bool(body.name), body.advocate
    form.translator.data = body.translator


def _body(form: LetterForm, child: Child, language: str, before: dict[str, str]) -> Body:
    body = Body(
        version=wording_for(age_on(child.born, today()) if child.born else None).version,
        items=form.items(today()),
        name=first_name(child.name) if form.named.data else "",
        advocate=form.advocate.data or "",
        translator=form.translator.data or "",
        numbers=tuple((line.key, line.number) for line in helplines_in(child.authority.nation)),
    )
    # What this letter has said already it goes on saying, also where the language lacks something by now.
    said = {words: before.get(words) or catalogues().say(language, words) for words in body.ours}
    return replace(body, sentences=said)


# As it is ------------------------------------------------------------------------------------------


@bp.get("/letters/<letter_id>")
def show(letter_id: str) -> ResponseReturnValue:
    """One letter as the child gets it, and what is to be done with it."""
    letter, body = _open(letter_id)
    page = _words() | _page(letter, body) | _state(letter, body)
    return render_template("letters/show.html", **page)


def _state(letter: Letter, body: Body) -> dict[str, Any]:
    answered = answers_now(reader(), letter.child_id)
    newer = [one for one in body.items if answered.get(one.request) != one.answered_at]
    return {
        "child": _child_of(letter),
        "newer": newer if letter.given_at is None else [],
        "noted": said_to(letter, [one.request for one in body.items]) if letter.given_at else [],
        "asked": {one.request: one for one in body.items},
        "has_pin": has_pin(reader().person),
        "may_set_pin": may(reader().role, Act.HOLD_INTERVIEW),
    }


def _page(letter: Letter, body: Body) -> dict[str, Any]:
    numbers = dict(body.numbers)
    return {
        "letter": letter,
        "body": body,
        "language": letter.language,
        "lines": [replace(line, number=numbers[line.key]) for line in HELPLINES if line.key in numbers],
        "say": _said_in(body, letter.language),
        "came": _came_in(body, letter.language),
        "OWNERS": OWNERS,
    }


def _said_in(body: Body, language: str) -> Any:
    """The sentences of a letter as they were when it was written."""

    def say(words: str, **values: object) -> str:
        kept = body.sentences.get(words)
        if kept is None:
            return catalogues().say(language, words, **values)
        return kept % values if values else kept

    return say


def _came_in(body: Body, language: str) -> Any:
    """What came of a request, in the letter's words, with its day as that language says it."""
    say = _said_in(body, language)

    def came(item: Item) -> str:
        if item.on_day and item.came in body.wording.by_day:
            return str(say(body.wording.by_day[item.came], day=day_in(item.on_day, language)))
        return str(say(body.wording.came[item.came]))

    return came


def day_in(day: date, language: str) -> str:
    """A day in the words of a language."""
    return str(format_date(day, "d MMMM y", locale=language))


@bp.get("/letters/<letter_id>/paper")
def paper(letter_id: str) -> ResponseReturnValue:
    """The letter on one page, for the browser's print."""
    letter, body = _open(letter_id)
    if not body.on_paper.items:
        return _nothing_on_paper(letter)
    return render_template("letters/paper.html", **_page(letter, body.on_paper))


def _nothing_on_paper(letter: Letter) -> ResponseReturnValue:
    # An empty sheet would look like a letter that says nothing: its own page says why there is none.
    return redirect(url_for("letters.show", letter_id=letter.id))


@bp.get("/letters/<letter_id>/paper.pdf")
def paper_pdf(letter_id: str) -> ResponseReturnValue:
    """The same as a file, whose name tells nothing."""
    letter, body = _open(letter_id)
    if not body.on_paper.items:
        return _nothing_on_paper(letter)
    page = _page(letter, body.on_paper)
    html = render_template("letters/paper.html", **page, as_file=True)
    leads = url_for("letters.show", letter_id=letter.id)
    wanted = Wanted(FileKind.PDF, "for-you", TELL, leads, child_id=letter.child_id)
    return in_a_file(html, wanted, lambda: (render_template("letters/paper.html", **page), 503))


# With the child ------------------------------------------------------------------------------------


@bp.route("/letters/<letter_id>/read", methods=["GET", "POST"])
def read(letter_id: str) -> ResponseReturnValue:
    """The letter on the tablet; the child may say what is not true, or what helped."""
    letter, body = _open(letter_id)
    with_the_child = session_of().handed_over_to is not None
    if request.method == "POST" and with_the_child:
        _keep_from_the_child(letter, body)
        return redirect(url_for("letters.read", letter_id=letter.id, said=1))
    return render_template("letters/read.html", **_page(letter, body), thanks="said" in request.args)


def _keep_from_the_child(letter: Letter, body: Body) -> None:
    form = said_form(body.items, for_home=False)()
    if letter.given_at is None:
        # While the child has the tablet, the page does not know the name of whose it is.
        person = reader().person
        given = Given(now(), How.SHOWN, people_named([person])[person])
        give(letter, body.items, given, reader(), now())
    keep_said(letter, [Heard(*one) for one in form.said()], reader(), now())
    db.session.commit()


@bp.post("/letters/<letter_id>/hand-over")
def hand_over(letter_id: str) -> ResponseReturnValue:
    """The tablet goes to the child, and opens the letter and nothing else."""
    letter = _open(letter_id)[0]
    return give_letter(letter)


# Given ---------------------------------------------------------------------------------------------


@bp.route("/letters/<letter_id>/told", methods=["GET", "POST"])
def told(letter_id: str) -> ResponseReturnValue:
    """How the child got it, and what they said; where that is known, what they said later."""
    letter, body = _open(letter_id)
    form = _told_form(letter, body)
    # Somebody else has noted it meanwhile: what was typed stays on the page.
    too_late = letter.given_at is not None and "how" in request.form
    if not too_late and form.validate_on_submit() and _is_possible(form, letter):
        if isinstance(form, ToldForm):
            _give(letter, body, form)
        keep_said(letter, [Heard(*one) for one in form.said()], reader(), now())
        db.session.commit()
        flash(_("Noted."), "success")
        return redirect(url_for("letters.show", letter_id=letter.id))
    page = {"child": _child_of(letter), "form": form, "letter": letter, "body": body, "too_late": too_late}
    return render_template("letters/told.html", **page, **_words())


def _told_form(letter: Letter, body: Body) -> SaidForm:
    if letter.given_at is not None:
        return said_form(body.items)()
    return said_form(body.items, ToldForm)(data={"at": now(), "by_whom": current_user.name})


def _is_possible(form: SaidForm, letter: Letter) -> bool:
    if isinstance(form, ToldForm) and form.at.given > now():
        form.at.errors = [*form.at.errors, _("This is still to come. Enter when the child was told.")]
        return False
    return True


def _give(letter: Letter, body: Body, form: ToldForm) -> None:
    how = How(form.how.data)
    given = Given(form.at.given, how, form.by_whom.data or "")
    give(letter, told_in(body.items, how, form.rest.data), given, reader(), now())
