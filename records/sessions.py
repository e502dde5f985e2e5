"""Sign-in sessions, kept in the database behind an opaque id, so that signing out ends them everywhere."""

import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from records.database import db, look_up
from records.episodes import person_name
from records.people import Reader, holds_on, reader_of
from records.tables import Person, Post, SignInSession

# A talk with a silent child can last; the tablet's own lock is shorter. See docs/security.md.
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
STRANGERS = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class KeptSession:
    """What is kept of one session, and who its person is today."""

    person: str | None
    name: str
    reader: Reader | None
    language: str
    data: dict[str, Any]
    seen_at: datetime


def fingerprint(session_id: str) -> bytes:
    """What is kept of a session's id: the database alone opens no session."""
    return sha256(session_id.encode()).digest()


TODAY: Any = sa.bindparam("today")
# A session, its person and their posts of today in one search; put together once, for every request.
FIND = (
    sa.select(
        SignInSession.person_id,
        SignInSession.data,
        SignInSession.seen_at,
        SignInSession.made_at,
        Person.name_sealed,
        Person.language,
        Post.role,
        Post.home_id,
        Post.authority_id,
        Post.for_child_id,
    )
    .outerjoin(Person, Person.id == SignInSession.person_id)
    .outerjoin(Post, sa.and_(Post.person_id == Person.id, *holds_on(TODAY)))
    .where(SignInSession.fingerprint == sa.bindparam("fingerprint"), Person.disabled_at.is_(None))
)


def find_session(session_id: str, now: datetime, today: date) -> KeptSession | None:
    """The live session of this id; None when it ended, was idle too long, or its person is disabled."""
    rows = look_up(FIND, {"fingerprint": fingerprint(session_id), "today": today})
    if not rows or not _alive(rows[0].person_id, rows[0].made_at, rows[0].seen_at, now):
        return None
    first = rows[0]
    reader = reader_of(first.person_id, (row for row in rows if row.role)) if first.person_id else None
    name = person_name(first.person_id, first.name_sealed)
    return KeptSession(
        first.person_id, name, reader, first.language or "en", json.loads(first.data), first.seen_at
    )


def _alive(person: str | None, made_at: datetime, seen_at: datetime, now: datetime) -> bool:
    idle = IDLE if person else STRANGERS
    return now - made_at < LONGEST and now - seen_at < idle


def keep_session(session_id: str | None, person: str | None, data: dict[str, Any], now: datetime) -> str:
    """Keep a session's data, under a fresh id where there was none. Gives the id."""
    text = json.dumps(data)
    if session_id is not None:
        changed = db.session.execute(
            sa.update(SignInSession)
            .where(SignInSession.fingerprint == fingerprint(session_id))
            .values(person_id=person, data=text, seen_at=now)
        )
        if changed.rowcount:  # type: ignore[attr-defined]
            return session_id
    fresh = secrets.token_urlsafe(32)
    db.session.execute(
        sa.insert(SignInSession).values(
            fingerprint=fingerprint(fresh), person_id=person, data=text, made_at=now, seen_at=now
        )
    )
    return fresh


def end_session(session_id: str) -> None:
    """End one session, on every worker at once."""
    db.session.execute(sa.delete(SignInSession).where(SignInSession.fingerprint == fingerprint(session_id)))


def forget_old_sessions(now: datetime) -> None:
    """Remove sessions that nobody can use any more."""
    db.session.execute(sa.delete(SignInSession).where(SignInSession.seen_at < now - LONGEST))
