"""Why children left: one child's summary for the review, and one home's, as pages and as PDF."""

from datetime import UTC, date, datetime, time
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from interview.access import Act, Role, may
from interview.home import home_summary
from interview.said_before import said_before
from interview.small_numbers import View
from interview.summary import summary
from records.home_facts import facts_of_home
from records.summaries import Period, child_record_and_requests, home_record
from records.tables import Child, Home
from views import home_words, request_words, summary_words
from views.door import open_record, reader
from views.moments import now, today
from views.paper import FileKind
from views.papers import Wanted, paper

bp = Blueprint("summaries", __name__)


@bp.get("/children/<child_id>/summary")
def child(child_id: str) -> ResponseReturnValue:
    """Why this child left, for the review: wishes first."""
    return child_page(of_child(child_id))


@bp.get("/homes/<home_id>/summary")
def home(home_id: str) -> ResponseReturnValue:
    """Why children left this home, over a period."""
    return _page("home", _of_home(home_id))


@bp.get("/homes/<home_id>/summary.pdf")
def home_pdf(home_id: str) -> ResponseReturnValue:
    """The same on paper."""
    page = url_for("summaries.home", home_id=home_id)
    wanted = Wanted(FileKind.PDF, "summary", Act.READ_HOME_SUMMARY, page, home_id=home_id)
    shown = _of_home(home_id)
    html = render_template("summaries/home_paper.html", words=summary_words, **shown)
    return paper(html, wanted, lambda: (_page("home", shown, no_paper=True), 503))


def of_child(child_id: str) -> dict[str, Any]:
    """What stands on a child's summary, on the screen and on paper."""
    child = open_record(Child, child_id, Act.READ_CHILD_SUMMARY)
    record, asked = child_record_and_requests(reader(), child, now())
    before = said_before(record, asked, now())
    # The search has brought the child's key: the name opens without another one.
    return {
        "child": child,
        "name": child.name,
        "summary": summary(record, reader().role),
        "before": before,
        "request_words": request_words,
    }


def _of_home(home_id: str) -> dict[str, Any]:
    home = open_record(Home, home_id, Act.READ_HOME_SUMMARY)
    facts = facts_of_home(reader(), home)
    # Months are not chosen freely: two periods that overlap could be subtracted.
    views = facts.views(today())
    wanted = request.args.get("months", "")
    view = next((one for one in views if one.key == wanted), views[0])
    record = home_record(reader(), home, period_of(view, now()), facts.names)
    return {
        "home": home,
        "views": views,
        "view": view,
        "unknown": view.key != wanted,
        "in_part": not facts.whole,
        "summary": home_summary(summary(record, Role.HOME_MANAGER), facts, view, today()),
        "months": home_words,
        "today": today(),
    }


def period_of(view: View, until: datetime) -> Period:
    """The moments of what is looked at, by the calendar in which its months were counted."""
    start, end = (datetime.combine(one, time.min, UTC) for one in (view.starts, view.ends or date.max))
    return Period(start, end if view.ends else until)


def child_page(shown: dict[str, Any], **more: Any) -> str:
    """A child's summary on the screen."""
    return _page("child", shown, may_share=may(reader().role, Act.SHARE), **more)


def _page(name: str, shown: dict[str, Any], **more: Any) -> str:
    return render_template(f"summaries/{name}.html", words=summary_words, **shown, **more)
