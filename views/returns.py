"""Recording a return: of a child who is known here, or of a new one."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from forms.episodes import NEW, NOT_LISTED, ComingBackForm, FactsForm, ReturnForm
from interview.access import Act
from interview.episodes import Times, faults_of_times
from interview.languages import LANGUAGES, first_in
from records.children import (
    add_child,
    areas_for_choice,
    children_named,
    councils_for_choice,
    home_named,
    homes_for_choice,
    place_child,
    placement_on,
)
from records.database import db
from records.episodes import absences_of, hold_child, hold_council, other_absences, record_return
from records.tables import Child, Episode
from views.door import open_record, reader, require, wrote_down
from views.moments import day, now, today
from views.words import _

bp = Blueprint("returns", __name__)


@bp.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Record a return; first who the child is."""
    require(Act.RECORD_RETURNS)
    child_id = request.args.get("child")
    return _of_known_child(_open_child(child_id)) if child_id else _of_named_child()


def _open_child(child_id: str) -> Child:
    return open_record(Child, child_id, Act.RECORD_RETURNS, joinedload(Child.authority))


def _of_known_child(child: Child) -> ResponseReturnValue:
    lives = placement_on(child.id, today())
    form = FactsForm(data={"home": lives.home_id, "miles": lives.miles_from_family} if lives else {})
    offer_homes(form)
    if form.validate_on_submit() and is_possible(form, form.times(form.missing_at.given), child):
        return _recorded(_record(form, child))
    others = absences_of(reader(), child.id)[:5]
    return render_template("episodes/new.html", form=form, child=child, others=others, looked=True)


def _of_named_child() -> ResponseReturnValue:
    form = ReturnForm()
    offer_homes(form)
    _offer_councils_and_languages(form)
    matches = _look_up(form) if form.is_submitted() and form.name.validate(form) else []
    if form.save.data and form.validate() and _is_answered(form, matches):
        child = _open_child(form.child.data) if form.is_known else None
        if is_possible(form, form.times(form.missing_at.given), child, form.born.data):
            return _recorded(_record(form, child or _new_child(form)))
    form.asked_about.data = " ".join(child.id for child in matches)
    looked = form.is_submitted() and bool(form.name.data)
    return render_template("episodes/new.html", form=form, child=None, matches=matches, looked=looked)


def offer_homes(form: FactsForm) -> None:
    """Let the form choose among all homes; and let a home be named that is not among them."""
    homes = [(home.id, f"{home.name} ({home.authority.name})") for home in homes_for_choice(reader())]
    form.home.choices = [("", _("Choose")), *homes, (NOT_LISTED, _("Not in this list"))]
    form.area.choices = [("", _("The same as the child's")), *((a.id, a.name) for a in areas_for_choice())]


def _offer_councils_and_languages(form: ReturnForm) -> None:
    mine = councils_for_choice(reader())
    councils = [(council.id, council.name) for council in mine]
    form.council.choices = councils if len(councils) == 1 else [("", _("Choose")), *councils]
    form.language.choices = languages(council.nation for council in mine)


def languages(nations: Iterable[str]) -> list[tuple[str, str]]:
    """The languages a child may speak, by both their names; in Wales, Welsh before English."""
    only = set(nations)
    codes = first_in(only.pop() if len(only) == 1 else "", list(LANGUAGES))
    known = [LANGUAGES[code] for code in codes]
    return [(one.code, one.own if one.code == "en" else f"{_(one.words)} – {one.own}") for one in known]


def _look_up(form: ReturnForm) -> Sequence[Child]:
    if form.save.data:
        hold_council(form.council.data or "")
    matches = children_named(reader(), form.name.data or "", form.born.data)
    for child in matches:
        wrote_down(Act.RECORD_RETURNS, "child", child.id)
    form.child.choices = [(child.id, _who(child)) for child in matches]
    form.child.choices += [(NEW, _("No, this child is new here"))] if matches else []
    return matches


def _who(child: Child) -> str:
    known = {"name": child.name, "council": child.authority.name, "day": day(child.born)}
    if child.born is None:
        return _("%(name)s, %(council)s", **known)
    return _("%(name)s, born on %(day)s, %(council)s", **known)


def _is_answered(form: ReturnForm, matches: Sequence[Child]) -> bool:
    # A child of the same name, or of the same birthday and a part of the name, is asked about once.
    known = {child.id for child in matches}
    asked = known <= set((form.asked_about.data or "").split())
    if not known or form.child.data in known or (form.child.data == NEW and asked):
        return True
    form.child.errors = [_("A child of this name is known here. Say whether it is the same child.")]
    return False


def _new_child(form: ReturnForm) -> Child:
    return add_child(
        form.name.data or "",
        form.council.data,
        born=form.born.data,
        language=form.language.data,
    )


def is_possible(
    form: ComingBackForm,
    times: Times,
    child: Child | None,
    born: date | None = None,
    episode_id: str | None = None,
) -> bool:
    """Whether the times can be true of this child; if not, the form says what to do."""
    if child is not None:
        hold_child(child.id)
    others = other_absences(child.id, episode_id) if child else []
    faults = faults_of_times(times, child.born if child else born, others, now())
    form.refuse({field: _(sentence) for field, sentence in faults.items()})
    return not faults


def home_of(form: FactsForm, child: Child) -> str:
    """The home that was chosen or named."""
    if form.home.data != NOT_LISTED:
        return str(form.home.data)
    return home_named(form.home_name.data or "", form.area.data or child.authority_id).id


def _record(form: FactsForm, child: Child) -> Episode:
    home = home_of(form, child)
    episode = record_return(child, reader().person, now(), home_id=home, **form.facts())
    place_child(child.id, home, episode.missing_at, form.miles.data)
    return episode


def _recorded(episode: Episode) -> ResponseReturnValue:
    db.session.commit()
    if episode.returned_at is None:
        flash(_("The absence is recorded. The clock starts when the child is back."), "success")
    else:
        flash(_("The return is recorded. Next: offer the talk."), "success")
    return redirect(url_for("episodes.show", episode_id=episode.id))
