"""Sign-in sessions, kept in the database behind an opaque id, so that signing out ends them everywhere."""

import json
import secrets
from collections.abc import Iterable
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
PIN_TRIES = 5


@dataclass(frozen=True)
class KeptSession:
    """What is kept of one session, and who its person is today."""

    person: str | None
    name: str
    reader: Reader | None
    language: str
    data: dict[str, Any]
    seen_at: datetime
    # What the tablet is handed over for, and whether it has lain there for too long.
    handed_over_to: str | None = None
    asleep: bool = False


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
        SignInSession.handed_over_to,
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
    if not rows or now - rows[0].made_at >= LONGEST:
        return None
    first = rows[0]
    idle = now - first.seen_at >= (IDLE if first.person_id else STRANGERS)
    if idle and not first.handed_over_to:
        return None
    reader = reader_of(first.person_id, (row for row in rows if row.role)) if first.person_id else None
    return KeptSession(
        first.person_id,
        person_name(first.person_id, first.name_sealed),
        reader,
        first.language or "en",
        json.loads(first.data),
        first.seen_at,
        first.handed_over_to,
        # With a child it falls asleep and does not end: the worker's PIN wakes it, and the talk goes on.
        asleep=idle,
    )


def keep_session(
    session_id: str | None, person: str | None, data: dict[str, Any], now: datetime, seen_at: datetime
) -> str | None:
    """Keep a session's data, under a fresh id where there was none. Gives the id.

    None for one that was ended meanwhile by another request: it stays ended.
    """
    text = json.dumps(data)
    if session_id is not None:
        changed = db.session.execute(
            sa.update(SignInSession)
            .where(_is(session_id))
            .values(person_id=person, data=text, seen_at=seen_at)
        )
        return session_id if changed.rowcount else None  # type: ignore[attr-defined]
    fresh = secrets.token_urlsafe(32)
    db.session.execute(
        sa.insert(SignInSession).values(
            fingerprint=fingerprint(fresh), person_id=person, data=text, made_at=now, seen_at=seen_at
        )
    )
    return fresh


def _is(session_id: str) -> sa.ColumnElement[bool]:
    return SignInSession.fingerprint == fingerprint(session_id)


def hand_over(session_id: str, what: str) -> None:
    """From now on this session opens one talk or letter and nothing else, on every worker at once.

    Where it goes from one child to the next, the wrong PINs since it left the worker stay counted.
    """
    tries = sa.case((SignInSession.handed_over_to.is_(None), 0), else_=SignInSession.pin_tries)
    changes = {"handed_over_to": what, "pin_tries": tries}
    db.session.execute(sa.update(SignInSession).where(_is(session_id)).values(changes))


def take_back(session_id: str) -> None:
    """The worker is proven: this session is theirs again."""
    changes = {"handed_over_to": None, "pin_tries": 0}
    db.session.execute(sa.update(SignInSession).where(_is(session_id)).values(changes))


def wake(session_id: str, now: datetime) -> None:
    """The worker is proven: the talk goes on, with the child."""
    changes = {"seen_at": now, "pin_tries": 0}
    db.session.execute(sa.update(SignInSession).where(_is(session_id)).values(changes))


def tries_left(session_id: str) -> int:
    """How often a PIN may still be tried."""
    tries = db.session.scalar(sa.select(SignInSession.pin_tries).where(_is(session_id)))
    return max(PIN_TRIES - (tries or 0), 0)


def count_try(session_id: str) -> bool:
    """Count a PIN before it is looked at, so that many at once are no more than one after another.

    Gives False when there were too many already.
    """
    counted = db.session.execute(
        sa.update(SignInSession)
        .where(_is(session_id), SignInSession.pin_tries < PIN_TRIES)
        .values(pin_tries=SignInSession.pin_tries + 1)
    )
    return bool(counted.rowcount)  # type: ignore[attr-defined]


def end_session(session_id: str) -> None:
    """End one session, on every worker at once."""
    db.session.execute(sa.delete(SignInSession).where(_is(session_id)))


def end_sessions_of(people: Iterable[str], but: str | None) -> None:
    """End all sessions of these people, on every worker at once, but for this one."""
    others = SignInSession.fingerprint != fingerprint(but or "")
    db.session.execute(sa.delete(SignInSession).where(SignInSession.person_id.in_(people), others))


def forget_old_sessions(now: datetime) -> None:
    """Remove sessions that nobody can use any more."""
    db.session.execute(sa.delete(SignInSession).where(SignInSession.seen_at < now - LONGEST))
