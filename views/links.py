"""Links between children, for the coordinator alone: each look is written down for each child."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from forms.links import USUAL, AsideForm, BackForm, TimeForm
from interview.access import Act
from interview.links import KINDS, LEFT, Kind, is_urgent
from interview.london import from_london
from interview.mentions import BY_CHILD, FOUND
from interview.questions import QUESTIONS, Who
from interview.reasons import REASONS
from interview.words import N_
from records.database import db
from records.links import Found, Linked, links, note_link
from records.people import Reader
from views.door import looked_at_list, require, wrote_down
from views.moments import now, today
from views.words import _, catalogues, worker_language

bp = Blueprint("links", __name__, url_prefix="/links")

A_MONTH = timedelta(days=30.5)
COULD: dict[Kind, str] = {
    Kind.TOGETHER: N_(
        "Talk to each of them alone, and tell neither what the other said. Where harm is likely, call for a "
        "strategy discussion about all of them."
    ),
    Kind.NAMED: N_(
        "Check first that it is the same. Where harm is likely, call for a strategy discussion, and tell the "
        "police what each child said. If it is an adult who works with children, tell the designated officer."
    ),
    Kind.REASON: N_(
        "Where harm is likely, call for a strategy discussion. Ask how the home keeps children safe, without "
        "saying who told it."
    ),
}


@dataclass(frozen=True)
class Section:
    """A kind of links: those to look at first, and those that are no danger."""

    words: str
    could: str
    first: list[Linked]
    others: list[Linked]


@bp.get("")
def all_links() -> ResponseReturnValue:
    """What stands in the records of several children, in some months."""
    mine = require(Act.SEE_LINKS)
    form = _time()
    return _page(form, _found(mine, form) if form.validate() else None)


@bp.route("/aside", methods=["GET", "POST"])
def aside() -> ResponseReturnValue:
    """Set one link aside, with the reason, or bring it back."""
    mine = require(Act.SEE_LINKS)
    time_form = _time()
    found = _found(mine, time_form) if time_form.validate() else None
    one = next((one for one in found.links if one.mark == request.args.get("link")), None) if found else None
    if one is None:
        return _page(time_form, found, gone=True)
    if "back" in request.form:
        return _back(one, mine, time_form)
    form = AsideForm()
    if form.validate_on_submit() and not one.is_aside:
        note_link(one.link, form.note.data or "", mine.person, now(), aside=True)
        db.session.commit()
        flash(_("Set aside. It comes back when another child or another absence belongs to it."), "success")
        return redirect(_list(time_form))
    return render_template("links/aside.html", form=form, one=one, time=time_form, **_shown(None))


def _page(form: TimeForm, found: Found | None, *, gone: bool = False) -> str:
    return render_template("links/list.html", form=form, found=found, gone=gone, **_shown(found))


def _back(one: Linked, mine: Reader, time_form: TimeForm) -> ResponseReturnValue:
    if BackForm().validate_on_submit() and one.is_aside:
        note_link(one.link, "", mine.person, now(), aside=False)
        db.session.commit()
    return redirect(_list(time_form))


def _time() -> TimeForm:
    usual = MultiDict({"months": str(USUAL), "until": today().isoformat()})
    for name in usual.keys() & request.args.keys():
        usual[name] = request.args[name]
    return TimeForm(usual)


def _list(time_form: TimeForm) -> str:
    return url_for("links.all_links", months=time_form.months.data, until=time_form.until.data)


def _found(mine: Reader, form: TimeForm) -> Found:
    """The links of these months. Whose names are shown is written down, child by child."""
    if form.until.data is None:
        raise ValueError("The time has not been checked.")
    until = from_london(datetime.combine(form.until.data + timedelta(days=1), time.min))
    found = links(mine, until - form.months.data * A_MONTH, until)
    looked_at_list(Act.SEE_LINKS, "child")
    for child in sorted({child for one in found.links for child in one.names}):
        wrote_down(Act.SEE_LINKS, "child", child)
    return found


def _shown(found: Found | None) -> dict[str, Any]:
    every = found.links if found else ()
    shown = [one for one in every if not one.is_aside]
    return {
        "kinds": [
            Section(
                words,
                COULD[kind],
                [one for one in shown if one.link.kind is kind and is_urgent(one.link)],
                [one for one in shown if one.link.kind is kind and not is_urgent(one.link)],
            )
            for kind, words in KINDS.items()
        ],
        "set_aside": [one for one in every if one.is_aside],
        "back_form": BackForm(formdata=None),
        "source_words": source_words,
        "by_child": lambda source: source in REASONS or source in BY_CHILD,
        "reason_words": lambda code: gettext(REASONS[code].term),
        "Kind": Kind,
        "FOUND": FOUND,
        "LEFT": LEFT,
    }


def source_words(source: str) -> str:
    """What the words of a fact answered."""
    asked = QUESTIONS[source]
    if asked.who is Who.CHILD:
        return catalogues().say(worker_language(), asked.words)
    return str(gettext(asked.words))
