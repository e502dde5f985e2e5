"""Why children left: one child's summary for the review, and one home's, as pages and as PDF."""

from datetime import date, datetime, time
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from forms.period import PeriodForm
from interview.access import Act, Role
from interview.london import from_london
from interview.summary import summary
from records.summaries import Period, child_record, home_record
from records.tables import Child, Home
from views import summary_words
from views.door import open_record, reader
from views.moments import now, today
from views.paper import FileKind
from views.papers import Wanted, paper

bp = Blueprint("summaries", __name__)


@bp.get("/children/<child_id>/summary")
def child(child_id: str) -> ResponseReturnValue:
    """Why this child left, for the review: wishes first."""
    return _page("child", _of_child(child_id))


@bp.get("/children/<child_id>/summary.pdf")
def child_pdf(child_id: str) -> ResponseReturnValue:
    """The same on paper."""
    page = url_for("summaries.child", child_id=child_id)
    wanted = Wanted(FileKind.PDF, "summary", Act.READ_CHILD_SUMMARY, page, child_id=child_id)
    return _paper("child", _of_child(child_id), wanted)


@bp.get("/homes/<home_id>/summary")
def home(home_id: str) -> ResponseReturnValue:
    """Why children left this home, over a period."""
    return _page("home", _of_home(home_id))


@bp.get("/homes/<home_id>/summary.pdf")
def home_pdf(home_id: str) -> ResponseReturnValue:
    """The same on paper; a period that is wrong is said on the page."""
    shown = _of_home(home_id)
    if not shown["summary"]:
        return _page("home", shown)
    page = url_for("summaries.home", home_id=home_id)
    wanted = Wanted(FileKind.PDF, "summary", Act.READ_HOME_SUMMARY, page, home_id=home_id)
    return _paper("home", shown, wanted)


def _of_child(child_id: str) -> dict[str, Any]:
    child = open_record(Child, child_id, Act.READ_CHILD_SUMMARY)
    record = child_record(reader(), child, now())
    # The search has brought the child's key: the name opens without another one.
    return {"child": child, "name": child.name, "summary": summary(record, reader().role)}


def _of_home(home_id: str) -> dict[str, Any]:
    home = open_record(Home, home_id, Act.READ_HOME_SUMMARY)
    form = _period_form()
    shown: dict[str, Any] = {"home": home, "form": form, "summary": None}
    if not form.validate():
        return shown
    first, last = form.days()
    period = whole_months(first, last)
    record = home_record(reader(), home, period)
    return shown | {"summary": summary(record, Role.HOME_MANAGER), "first": first, "last": last}


def _period_form() -> PeriodForm:
    days = MultiDict({"from": the_day_a_year_before(today()).isoformat(), "to": today().isoformat()})
    # What was typed wins, also where it is empty or wrong.
    for name in days.keys() & request.args.keys():
        days[name] = request.args[name]
    return PeriodForm(days)


def the_day_a_year_before(day: date) -> date:
    """The same day of the year before; of 29 February, the day before it."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def whole_months(first: date, last: date) -> Period:
    """The months in which these days lie. A period of days could be cut until it holds one child's talk."""
    after = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    start, end = (from_london(datetime.combine(day, time.min)) for day in (first.replace(day=1), after))
    return Period(start, end)


def _page(name: str, shown: dict[str, Any], **more: Any) -> str:
    return render_template(f"summaries/{name}.html", words=summary_words, **shown, **more)


def _paper(name: str, shown: dict[str, Any], wanted: Wanted) -> ResponseReturnValue:
    html = render_template(f"summaries/{name}_paper.html", words=summary_words, **shown)
    return paper(html, wanted, lambda: (_page(name, shown, no_paper=True), 503))
