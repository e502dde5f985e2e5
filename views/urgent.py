"""Someone is not safe: what now, whom to ring, and what is written down at once. For the worker."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy.orm import joinedload

from forms.concerns import NEW, UrgentForm
from interview.access import Act
from interview.concerns import NOT_SAFE, TOLD, Entry, Telling, faults_of_telling
from interview.duties import DANGERS, Danger
from interview.numbers import Number, by_the_hour, not_kept, reaches_social_care, who_words
from interview.raised import OFFERS_AFTER, offers_after
from records.concerns import (
    concern_clocks,
    concerns_of,
    nation_of,
    new_concern,
    note_dangers,
    since_of,
    standing_of,
    tell,
    tellings_of,
    write_down,
)
from records.database import db
from records.guarded import guard
from records.numbers import numbers_of
from records.tables import Authority, Child, Concern, Home, Interview
from views.clocks import concern_clock
from views.door import open_record, reader
from views.moments import now, time_of_day
from views.words import _

bp = Blueprint("urgent", __name__)

# Every screen of talk and record leads here, and the way back leads there. Nothing leads here from the
# slip: it is for a pocket, and says nothing of what it is about.
CAME_FROM = frozenset(
    {
        "again.last_time",
        "finish.finish",
        "numbers.numbers",
        "read_back.read_back",
        "read_back.thanks",
        "talk.record",
        "talk.talk",
        "welcome.until_then",
        "welcome.welcome",
    }
)
GO = "urgent"
PLACE = re.compile(r"[A-Za-z][\w-]{0,60}")


@dataclass(frozen=True)
class Writing:
    """Who writes down a danger and when; on a tablet, when that reached us and the id it got there."""

    person: str
    name: str
    at: datetime
    reached: datetime | None = None
    concern_id: str = ""


@dataclass(frozen=True)
class CouncilNumbers:
    """Whom to ring in one council: right now, at other times, and whose number is missing."""

    name: str
    nation: str
    now: list[Number]
    later: list[Number]
    missing: list[str]
    out_of_reach: bool


@bp.route("/interviews/<interview_id>/urgent", methods=["GET", "POST"])
def urgent(interview_id: str) -> ResponseReturnValue:
    """What now in five lines, whom to ring, and a form of which each press saves."""
    interview = open_record(
        Interview,
        interview_id,
        Act.HOLD_INTERVIEW,
        joinedload(Interview.child).joinedload(Child.authority),
        joinedload(Interview.home).joinedload(Home.authority),
    )
    known = concerns_of(interview)
    nation = interview.child.authority.nation
    form = UrgentForm(data={"at": now(), "about": _goes_on_with(known)})
    form.about.choices = [(one.id, about_words(one)) for one in known] + [(NEW, _("Something else"))]
    if form.validate_on_submit() and _is_possible(form):
        keep_urgent(interview, form, known, Writing(reader().person, current_user.name, now()))
        guard(interview, now())
        db.session.commit()
        flash(_("Saved at %(time)s.", time=time_of_day(now())), "success")
        return redirect(request.full_path.rstrip("?"))
    return render_template(
        "talk/urgent.html",
        interview=interview,
        form=form,
        nation=nation,
        back=way_back(interview.id),
        councils=whom_to_ring(interview.child.authority, interview.home.authority),
        recorded=[written_down(concern, nation) for concern in known],
        who_words=who_words,
    )


def _goes_on_with(known: Sequence[Concern]) -> str:
    # What she wrote down last; else what an answer has raised and nobody has been told of. Never a third.
    by_hand = [concern for concern in known if concern.recorded_at]
    waiting = [concern for concern in known if not concern.told_at]
    return next((concern.id for concern in (*by_hand, *waiting)), NEW)


def about_words(concern: Concern) -> str:
    kinds = ", ".join(gettext(DANGERS[danger]) for danger in since_of(concern))
    return _("%(time)s: %(kinds)s", time=time_of_day(concern.raised_at), kinds=kinds)


def _is_possible(form: UrgentForm) -> bool:
    if not form.says_something():
        form.form_errors.append(_("Nothing was written down yet. Choose or write something, then save."))
        return False
    if form.tells_somebody():
        faults = faults_of_telling(form.at.moment or now(), now())
        form.at.errors = [*form.at.errors, *(_(sentence) for sentence in faults.values())]
    return not form.errors


def keep_urgent(interview: Interview, form: UrgentForm, known: Sequence[Concern], writing: Writing) -> None:
    """Save what there is: a danger is not refused because something about it is not known yet."""
    concern = next((one for one in known if one.id == form.about.data), None)
    if concern is None:
        concern = new_concern(interview, writing.person, writing.at, writing.concern_id)
    concern.recorded_at = concern.recorded_at or writing.reached or writing.at
    concern.not_safe = form.not_safe.data or concern.not_safe
    if form.said.data or form.done.data:
        entry = Entry(writing.at, writing.name, form.said.data or "", form.done.data or "", writing.reached)
        write_down(concern, entry)
    chosen = [Danger(danger) for danger in form.dangers.data or ()]
    if chosen or not concern.dangers:
        note_dangers(concern, chosen or [Danger.OTHER], writing.at)
    db.session.flush()
    if form.tells_somebody():
        tell(concern, [_telling(form, writing)], writing.person, child_knows=form.child_knows.data)


def _telling(form: UrgentForm, writing: Writing) -> Telling:
    return Telling(
        whom=form.whom.data or "somebody-else",
        # Whoever was told was told before this came here, whatever a tablet's clock says.
        at=min(form.at.moment or writing.at, writing.reached or now()),
        by=writing.name,
        name=form.name.data or "",
        number=form.number.data or "",
    )


def way_back(interview_id: str) -> str:
    """The address of the place that the worker came from."""
    came_from = request.args.get("from", "")
    endpoint = came_from if came_from in CAME_FROM else "interviews.show"
    place = request.args.get("at", "")
    anchor = place if PLACE.fullmatch(place) else None
    return url_for(endpoint, interview_id=interview_id, _anchor=anchor)


def whom_to_ring(council: Authority, area: Authority) -> list[CouncilNumbers]:
    """The child's council, and that of the home where it is another: its officer hears of its staff."""
    both = {one.id: one for one in (council, area)}
    kept = numbers_of(both)
    return [_numbers_of(one, kept[one.id]) for one in both.values()]


def _numbers_of(council: Authority, kept: list[Number]) -> CouncilNumbers:
    ring, later = by_the_hour(kept, now(), council.nation)
    return CouncilNumbers(
        council.name, council.nation, ring, later, not_kept(kept), not reaches_social_care(ring)
    )


def recorded_of(interview: Interview) -> list[dict[str, Any]]:
    """What is written down about the dangers of one talk."""
    return [written_down(one, nation_of(one)) for one in concerns_of(interview)]


def way_from_here(interview_id: str) -> str | None:
    """The address of the page when that button was pressed on a form: "urgent", and the place on the page."""
    go, _space, place = request.form.get("go", "").partition(" ")
    if go != GO:
        return None
    back: dict[str, Any] = {"from": request.endpoint, "at": place or None}
    return url_for("urgent.urgent", interview_id=interview_id, **back)


@bp.app_context_processor
def _in_templates() -> dict[str, Any]:
    return {"may_be_urgent": CAME_FROM, "offers_urgent": OFFERS_AFTER, "offers_after": offers_after}


def written_down(concern: Concern, nation: str) -> dict[str, Any]:
    """What stands about one danger: its kinds and its clocks, and nothing that was said."""
    running = concern_clocks(concern, nation)
    return {
        "concern": concern,
        "dangers": [DANGERS[danger] for danger in since_of(concern)],
        "not_safe": NOT_SAFE[concern.not_safe].words if concern.not_safe else "",
        "clock": concern_clock(standing_of(concern, running, now()), concern.due_at, now()),
        "todo": running,
        "told": [(TOLD[one.whom].words if one.whom else "", one) for one in tellings_of(concern)],
    }
