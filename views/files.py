"""A child's record as a file: nothing leaves before it is written down with whom it is shared, and why."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from interview.access import Act, Part, Role
from interview.exports import SummaryFile
from interview.published import plain
from interview.sharing import Share, parts_of
from records.database import begin_writing, db
from records.disclosures import share as put_down
from views import summary_words
from views.door import reader
from views.moments import now
from views.paper import FileKind
from views.papers import Wanted, paper
from views.summaries import child_page, of_child

bp = Blueprint("files", __name__)
# For their own work: why, by role. The child was told of it by the words before the first question.
OWN_WHY = {Role.REVIEWING_OFFICER: "review"}


@dataclass(frozen=True)
class Bundle:
    """Something of one child that can leave as a file: what is in it, and how each form of it is made."""

    child_id: str
    what: str
    act: Act
    page: str
    parts: tuple[Part, ...]
    data: Any
    paper: Callable[[], str]
    screen: Callable[..., str]


def summary_of(child_id: str) -> Bundle:
    """The summary of a child, read and noted in the log, in whatever form it leaves."""
    shown = of_child(child_id)
    return Bundle(
        child_id,
        "summary",
        Act.READ_CHILD_SUMMARY,
        url_for("summaries.child", child_id=child_id),
        parts_of(shown["summary"]),
        SummaryFile("child-summary", shown["name"], shown["summary"]),
        lambda: render_template("summaries/child_paper.html", words=summary_words, **shown),
        lambda **more: child_page(shown, **more),
    )


@bp.get("/children/<child_id>/summary.pdf")
def child_pdf(child_id: str) -> ResponseReturnValue:
    """The summary as a PDF, for the reader's own work."""
    return for_own_work(summary_of(child_id), "pdf")


@bp.get("/children/<child_id>/summary.docx")
def child_docx(child_id: str) -> ResponseReturnValue:
    """The same as a document."""
    return for_own_work(summary_of(child_id), "docx")


@bp.get("/children/<child_id>/summary.json")
def child_json(child_id: str) -> ResponseReturnValue:
    """The same as data."""
    return for_own_work(summary_of(child_id), "json")


def for_own_work(bundle: Bundle, kind: str) -> ResponseReturnValue:
    """A file for who reads it anyway: it is written down by itself."""
    mine = reader()
    why = OWN_WHY.get(mine.role, "own-work")
    parts = tuple(map(str, bundle.parts))
    return hand_out(bundle, Share(kind, bundle.what, mine.role, current_user.name, why, parts=parts))


def hand_out(bundle: Bundle, share: Share) -> ResponseReturnValue:
    """The file, after it is written down that it is shared. Without that row nothing leaves."""
    made = FORMS[share.kind](bundle)
    begin_writing()
    put_down(bundle.child_id, share, reader().person, now())
    db.session.commit()
    return made()


Made = Callable[[], ResponseReturnValue]


def _as_file(kind: FileKind) -> Callable[[Bundle], Made]:
    def make(bundle: Bundle) -> Made:
        html = bundle.paper()
        wanted = Wanted(kind, bundle.what, bundle.act, bundle.page, child_id=bundle.child_id)
        return lambda: paper(html, wanted, lambda: (bundle.screen(no_paper=True), 503))

    return make


def _as_data(bundle: Bundle) -> Made:
    written = json.dumps(plain(bundle.data), ensure_ascii=False, indent=1)
    named = {"Content-Disposition": f'attachment; filename="{bundle.what}.json"'}
    return lambda: Response(f"{written}\n", mimetype="application/json", headers=named)


def _on_paper(bundle: Bundle) -> Made:
    page = bundle.screen(printing=True)
    return lambda: page


FORMS: dict[str, Callable[[Bundle], Made]] = {
    "pdf": _as_file(FileKind.PDF),
    "docx": _as_file(FileKind.DOCX),
    "json": _as_data,
    "print": _on_paper,
}
