"""Flask's session over the sessions in the database: the browser holds an opaque id and nothing else."""

from datetime import datetime
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from records.database import begin_writing, db
from records.people import Reader
from records.sessions import SEEN_EVERY, end_session, find_session, hand_over, keep_session, take_back, wake
from views.moments import now, today


class KeptSession(CallbackDict[str, Any], SessionMixin):
    """The session of one request. `person` is who is signed in; the reader is what they are today."""

    def __init__(self, session_id: str | None = None, data: dict[str, Any] | None = None) -> None:
        super().__init__(data or {}, _mark)
        # What the browser has, and what is kept now.
        self.came_with = self.session_id = session_id
        self.person: str | None = None
        self.name = ""
        self.reader: Reader | None = None
        self.language = "en"
        self.handed_over_to: str | None = None
        self.asleep = False
        self.seen_at: datetime | None = None
        self.last_seen: datetime | None = None
        self.modified = False
        self.ended: str | None = None
        self.accessed = True

    def sign_in(self, person: str) -> None:
        """Begin anew for this person; the id from before is worth nothing any more."""
        self.end()
        self.person = person

    def keep(self) -> None:
        """Keep a session that has just begun, so that it can be handed over at once."""
        if self.session_id is None:
            self.session_id = keep_session(None, self.person, dict(self), now(), now())

    def with_the_child(self, what: str) -> None:
        """Hand this session over to one talk or letter: it opens nothing else until it is taken back."""
        hand_over(str(self.session_id), what)
        self.handed_over_to = what

    def with_the_worker(self) -> None:
        """The worker is proven, and has it back."""
        take_back(str(self.session_id))
        self.handed_over_to, self.asleep, self.seen_at, self.modified = None, False, None, True

    def awake(self) -> None:
        """The worker is proven, and lets the child go on."""
        wake(str(self.session_id), now())
        self.asleep, self.seen_at = False, None

    def is_nobodys_doing(self) -> None:
        """This request was made by the page, and not by a person: the session is no younger for it."""
        if self.person is not None and not self.asleep:
            self.seen_at, self.modified = self.last_seen, False

    def end(self) -> None:
        """End this session on every worker."""
        self.ended, self.session_id = self.session_id, None
        self.clear()
        self.person, self.reader, self.name = None, None, ""
        self.handed_over_to, self.asleep, self.seen_at = None, False, None
        self.modified = True


def _mark(kept: Any) -> None:
    kept.modified = True


def cookie_name(request_is_secure: bool) -> str:
    """The cookie's name; with HTTPS one that browsers accept from nobody else."""
    return "__Host-heard" if request_is_secure else "heard"


class DatabaseSessions(SessionInterface):
    """Sessions by opaque id. What is signed out is gone for every worker."""

    def open_session(self, app: Flask, request: Request) -> KeptSession:
        session_id = request.cookies.get(cookie_name(request.is_secure))
        # The address is not matched yet, so that its path is what tells.
        if session_id is None or request.path.startswith("/static/"):
            return KeptSession()
        kept = find_session(session_id, now(), today())
        if kept is None:
            return KeptSession()
        opened = KeptSession(session_id, kept.data)
        opened.person, opened.name, opened.reader = kept.person, kept.name, kept.reader
        opened.language = kept.language
        opened.handed_over_to, opened.asleep = kept.handed_over_to, kept.asleep
        opened.last_seen = kept.seen_at
        if kept.asleep:
            # Only the worker wakes it.
            opened.seen_at = kept.seen_at
            return opened
        # Seen is written once a minute, and not at every request.
        opened.modified = kept.person is not None and now() - kept.seen_at > SEEN_EVERY
        return opened

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        from flask import request

        if not isinstance(session, KeptSession) or not session.modified:
            return
        name = cookie_name(request.is_secure)
        begin_writing()
        if session.ended:
            end_session(session.ended)
        if session.person is None and not session:
            db.session.commit()
            response.delete_cookie(name, secure=request.is_secure, httponly=True, samesite="Strict")
            return
        seen_at = session.seen_at or now()
        fresh = keep_session(session.session_id, session.person, dict(session), now(), seen_at)
        db.session.commit()
        if fresh is not None and fresh != session.came_with:
            response.set_cookie(name, fresh, secure=request.is_secure, httponly=True, samesite="Strict")
