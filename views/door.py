"""The door: shut until you open it. Records are opened through it, and it writes down who looked."""

from functools import lru_cache
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import Flask, Response, abort, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager
from sqlalchemy.orm.interfaces import ORMOption
from werkzeug.exceptions import SecurityError

from interview.access import REMITS, Act, may
from records.base import Base
from records.database import begin_writing, db
from records.log import Look, note, write_noted
from records.people import Reader
from records.reach import within_reach
from views.moments import now
from views.session_store import KeptSession
from views.with_the_child import (
    FROM_A_TABLET,
    SIGN_IN_AGAIN,
    TAKES_BACK,
    is_from_a_script,
    posted,
    stays_with_the_child,
)
from views.words import _

# Truly for all. Each line here is read twice.
OPEN_TO_ALL = frozenset(
    {
        "sign_in.sign_in",
        "health.health",
        "static",
        # What a tablet keeps: the same for everybody, and nobody is in it.
        "tablet.shell",
        "tablet.page",
        "tablet.worker",
        "tablet.manifest",
        # What a tablet says by itself: whoever knows nothing is told nothing.
        "sync.contact",
        "sync.hand_in",
        "sync.sign_in",
    }
)
# Sign-in waits for a slow hash, answers are read first: they begin to write when they have to.
WRITES_LATE = frozenset(
    {"sign_in.sign_in", "talk.answers", "hand_over.my_pin", *TAKES_BACK, *FROM_A_TABLET, "sync.sync"}
)
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

Row = TypeVar("Row", bound=Base)
login = LoginManager()


class CurrentPerson:
    """Who is signed in, for Flask-Login."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, person: str, name: str, reader: Reader, language: str) -> None:
        self.person, self.name, self.reader, self.language = person, name, reader, language

    def get_id(self) -> str:
        """The id that Flask-Login keeps."""
        return self.person

    @property
    def role_words(self) -> str:
        """The role, in words still to translate."""
        return REMITS[self.reader.role].words


@login.user_loader  # type: ignore[untyped-decorator]
def _load(person: str) -> CurrentPerson | None:
    kept = session_of()
    if kept.person != person or kept.reader is None:
        return None
    # While a child holds the tablet no page can say whose it is.
    return CurrentPerson(person, "" if kept.handed_over_to else kept.name, kept.reader, kept.language)


def session_of() -> KeptSession:
    """The session of this request, with what Flask's own does not know."""
    kept: KeptSession = session._get_current_object()  # type: ignore[attr-defined]
    return kept


def reader() -> Reader:
    """The reader of this request, who has come through the door."""
    found = session_of().reader
    return abort(401) if found is None else found


def init_app(app: Flask) -> None:
    """Shut the door, and see to it that what was read is written down before it is sent."""
    login.init_app(app)
    login.session_protection = None
    app.before_request(_keep_shut)
    app.after_request(_write_down)


def _keep_shut() -> ResponseReturnValue | None:
    if isinstance(request.routing_exception, SecurityError):
        # Asked for under another's name: no page of ours can be built, nor should it be.
        return "Ask for this page under its own name.\n", 400, {"Content-Type": "text/plain"}
    endpoint, changes = request.endpoint, request.method not in SAFE
    from_elsewhere = request.headers.get("Sec-Fetch-Site") == "cross-site"
    if changes and from_elsewhere:
        # Another's page sent this: what stands in it is not given back to be sent again.
        abort(400)
    kept = session_of()
    elsewhere = stays_with_the_child(kept)
    if elsewhere is not None:
        return elsewhere
    if from_elsewhere and endpoint != "static" and not request.cookies:
        # A link on another's page brings no cookie along (SameSite=Strict). Answered as to a stranger it
        # would end the session of whoever followed it: the page asks once more from here instead.
        return render_template("from_elsewhere.html")
    if kept.reader is None and endpoint not in OPEN_TO_ALL:
        return _sign_in_first()
    if changes and endpoint not in WRITES_LATE:
        begin_writing()
    return None


def _sign_in_first() -> ResponseReturnValue:
    if is_from_a_script():
        return jsonify(why=_(SIGN_IN_AGAIN)), 401
    if request.method in SAFE:
        back = request.full_path.rstrip("?") if request.path != "/" else None
        return redirect(url_for("sign_in.sign_in", next=back))
    return render_template("again.html", signed_out=True, fields=posted()), 401


def _write_down(response: Response) -> Response:
    write_noted()
    return response


# Put together once for each reader and table, and not at every page.
@lru_cache(maxsize=256)
def _search_for_one(reader: Reader, table: type[Row], changing: bool) -> sa.Select[Any]:
    record = table.id == sa.bindparam("record_id")  # type: ignore[attr-defined]
    search = within_reach(reader, table).where(record)
    # Two who change one record take turns; on SQLite the gate has seen to that already.
    return search.with_for_update(of=table) if changing else search


def open_record(table: type[Row], record_id: str, act: Act, *options: ORMOption) -> Row:
    """The record of that id within this reader's reach, written down as looked at.

    Someone out of reach gets 404, as if it were not there; someone in reach without the act gets 403.
    """
    who = reader()
    search = _search_for_one(who, table, request.method not in SAFE)
    found = db.session.scalar(search.options(*options) if options else search, {"record_id": record_id})
    if found is None:
        abort(404)
    if not may(who.role, act):
        abort(403)
    wrote_down(act, table.__tablename__, record_id)
    row: Row = found
    return row


def require(act: Act) -> Reader:
    """The reader, when this act is in their remit at all; otherwise 403. For pages without a record."""
    who = reader()
    if not may(who.role, act):
        abort(403)
    return who


def wrote_down(act: Act, record: str, record_id: str) -> None:
    """Write down that this reader looked."""
    note(Look(now(), reader().person, act, record, record_id))


def looked_at_list(act: Act, record: str) -> None:
    """Write down that this reader looked at a list of records."""
    wrote_down(act, record, "list")
