"""Files of pages, made beside the request: given at once when they are quick, else fetched."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, Flask, Response, abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from interview.access import Act
from records.database import begin_writing, db
from records.log import write_noted
from records.papers import begin_paper, file_of, has_failed, paper_of, put_down
from records.tables import Child, Home
from views import paper as process
from views.door import open_record, reader
from views.moments import now
from views.paper import FileKind, PaperError

bp = Blueprint("papers", __name__)
TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# So many are made at once in each worker process; so many more may stand in line.
MAKERS, IN_LINE = 2, 20
# Seconds: for as long a request waits for its file, and after so many the waiting page asks again.
AT_MOST, AGAIN = 8.0, "3"
MAKING = ThreadPoolExecutor(MAKERS, "paper")
LINE = threading.BoundedSemaphore(MAKERS + IN_LINE)
# The threads that answer people are four: so many may wait for a file, the others send the waiting page.
WAITING = threading.BoundedSemaphore(MAKERS)


@dataclass(frozen=True)
class Wanted:
    """A file of a page about one child or one home, and what it takes to be given it."""

    kind: FileKind
    name: str
    act: Act
    page: str
    child_id: str | None = None
    home_id: str | None = None

    @property
    def file_name(self) -> str:
        """The name of the file. Names of people stay on the page."""
        return f"{self.name}.{self.kind}"


def paper(html: str, wanted: Wanted, instead: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """The file of a page; a page that waits for it when it takes long; `instead` where none can be made.

    What was noted is written first, and the database let go: nobody waits for a paper but who asked for it.
    """
    write_noted()
    db.session.rollback()
    if not LINE.acquire(blocking=False):
        return instead()
    making = MAKING.submit(process.made, wanted.kind, html)
    making.add_done_callback(lambda _made: LINE.release())
    try:
        return given(_in_time(making), wanted.kind, wanted.file_name)
    except TimeoutError:
        return _wait_for(making, wanted)
    except PaperError:
        return instead()


def _in_time(making: Future[bytes]) -> bytes:
    if not WAITING.acquire(blocking=False):
        raise TimeoutError
    try:
        return making.result(AT_MOST)
    finally:
        WAITING.release()


def given(file: bytes, kind: FileKind, file_name: str) -> Response:
    """A file, in answer to whoever asked for it."""
    how = "inline" if kind is FileKind.PDF else "attachment"
    named = {"Content-Disposition": f'{how}; filename="{file_name}"'}
    return Response(file, mimetype=TYPES[kind], headers=named)


def _wait_for(making: Future[bytes], wanted: Wanted) -> ResponseReturnValue:
    begin_writing()
    row = begin_paper(
        reader().person,
        now(),
        child_id=wanted.child_id,
        home_id=wanted.home_id,
        act=wanted.act,
        kind=wanted.kind,
        name=wanted.file_name,
        page=wanted.page,
    )
    db.session.commit()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    making.add_done_callback(partial(_put_down, app, row.id))
    return redirect(url_for("papers.fetch", paper_id=row.id), 303)


def _put_down(app: Flask, paper_id: str, making: Future[bytes]) -> None:
    with app.app_context():
        put_down(paper_id, None if making.exception() else making.result())


@bp.get("/papers/<paper_id>")
def fetch(paper_id: str) -> ResponseReturnValue:
    """The file when it is made, and until then a page that asks again by itself."""
    kept = paper_of(reader(), paper_id, now())
    if kept is None:
        abort(404)
    # Whoever may not read the child or the home any more is not given it either.
    if kept.child_id:
        open_record(Child, kept.child_id, Act(kept.act))
    else:
        open_record(Home, str(kept.home_id), Act(kept.act))
    file = file_of(kept)
    if file is not None:
        return given(file, FileKind(kept.kind), kept.name)
    failed = has_failed(kept, now())
    shown = Response(render_template("papers/waits.html", paper=kept, failed=failed), 503 if failed else 200)
    if not failed:
        # As a header: it works without a script, and without markup in the page.
        shown.headers["Refresh"] = AGAIN
    return shown
