"""A child's record as a file: nothing leaves before it is written down with whom it is shared, and why."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from interview.access import Act, Part, Role
from interview.exports import PackFile, SummaryFile
from interview.pack import Pack
from interview.published import plain
from interview.sharing import Share, parts_of, parts_of_pack
from records.database import begin_writing, db
from records.disclosures import share as put_down
from views import summary_words
from views.door import reader
from views.moments import now
from views.paper import FileKind
from views.papers import Wanted, paper
from views.reviews import open_review, page_of, review_page
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


def pack_of(review_id: str) -> Bundle:
    """The pack of one review: as it is now, or as it was considered."""
    review = open_review(review_id)
    shown = page_of(review)
    pack: Pack = shown["pack"]
    return Bundle(
        review.child_id,
        "review",
        Act.PREPARE_REVIEWS,
        url_for("reviews.show", review_id=review_id),
        parts_of_pack(pack),
        PackFile("review-pack", shown["name"], review.due_on, pack),
        lambda: render_template("reviews/pack_paper.html", **shown),
        lambda **more: review_page(review, **more),
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


@bp.get("/reviews/<review_id>.pdf")
def review_pdf(review_id: str) -> ResponseReturnValue:
    """The pack of a review as a PDF, for the reviewing officer's own work."""
    return for_own_work(pack_of(review_id), "pdf")


@bp.get("/reviews/<review_id>.docx")
def review_docx(review_id: str) -> ResponseReturnValue:
    """The same as a document."""
    return for_own_work(pack_of(review_id), "docx")


@bp.get("/reviews/<review_id>.json")
def review_json(review_id: str) -> ResponseReturnValue:
    """The same as data."""
    return for_own_work(pack_of(review_id), "json")


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
