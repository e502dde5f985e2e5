"""People who work with Heard: their passwords, their posts, and the reader that a post makes of them."""

import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from interview.access import REMITS, Reach, Role
from records.base import new_id
from records.database import db, keys
from records.tables import Person, Post, SignInAttempt

# OWASP's minimum is 19 MiB; this costs about 0.15 s, and at most four at once.
HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
AT_ONCE = threading.Semaphore(4)
LONGEST_PASSWORD = 1024
SHORTEST_PASSWORD = 12
# Counted for a name from one network, for a name, and for a network. The wider two leave someone signing
# in elsewhere alone, whoever tries their name, and an office that shares one address.
ATTEMPTS = (10, 100, 100)
WITHIN = timedelta(minutes=5)


class PeopleError(Exception):
    """An account that cannot be made or changed, with the sentence that says why."""


@dataclass(frozen=True)
class Reader:
    """A person as the records see them now: one role, and what its posts let them reach."""

    person: str
    role: Role
    homes: frozenset[str] = frozenset()
    authorities: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()

    @property
    def reach(self) -> Reach:
        """How far this reader's role reaches."""
        return REMITS[self.role].reach


# Someone with posts of several roles at once reads with the narrowest of them.
NARROWEST_FIRST = (
    Role.HOME_MANAGER,
    Role.REVIEWING_OFFICER,
    Role.INTERVIEWER,
    Role.COORDINATOR,
)


def reader_of(person_id: str, posts: Iterable[Any]) -> Reader | None:
    """The reader that today's posts make of a person; None without any. Asked anew at each request."""
    held = list(posts)
    roles = {Role(post.role) for post in held}
    role = next((role for role in NARROWEST_FIRST if role in roles), None)
    if role is None:
        return None
    mine = [post for post in held if post.role == role]
    return Reader(
        person_id,
        role,
        frozenset(post.home_id for post in mine if post.home_id),
        frozenset(post.authority_id for post in mine if post.authority_id),
        frozenset(post.for_child_id for post in mine if post.for_child_id),
    )


def holds_on(day: date) -> tuple[sa.ColumnElement[bool], ...]:
    """The condition that a post holds on this day, its first and last day included."""
    return Post.starts <= day, sa.or_(Post.ends.is_(None), Post.ends >= day)


def has_post(person_id: str, today: date) -> bool:
    """Whether this person holds any post today; without one there is nothing to see."""
    return (
        db.session.scalar(sa.select(Post.id).where(Post.person_id == person_id, *holds_on(today))) is not None
    )


def hash_of(password: str) -> str:
    """The Argon2id hash of a password. Raises PeopleError when it is too short or too long."""
    if len(password) < SHORTEST_PASSWORD or len(password.encode()) > LONGEST_PASSWORD:
        raise PeopleError(f"A password needs at least {SHORTEST_PASSWORD} characters.")
    return slow_hash(password)


def slow_hash(secret: str) -> str:
    """The Argon2id hash of a secret."""
    with AT_ONCE:
        return HASHER.hash(secret)


DUMMY = HASHER.hash(new_id())


def person_with(name: str, password: str) -> Person | None:
    """The person of that sign-in name and password. An unknown name takes as long as a wrong password."""
    person = db.session.scalar(
        sa.select(Person).where(Person.sign_in_name == tidy(name), Person.disabled_at.is_(None))
    )
    kept = person.password_hash if person else DUMMY
    # The transaction is let go before the slow part, so that no one waits for it.
    db.session.rollback()
    is_theirs = len(password.encode()) <= LONGEST_PASSWORD and fits(kept, password)
    return person if is_theirs and person is not None else None


def fits(kept: str, secret: str) -> bool:
    """Whether a hash was made of this secret."""
    try:
        with AT_ONCE:
            return HASHER.verify(kept, secret)
    except (VerificationError, InvalidHashError):
        return False


def tidy(name: str) -> str:
    """A sign-in name as it is kept."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def too_many_attempts(name: str, network: str, now: datetime) -> bool:
    """Whether sign-in has failed too often for this name or from this network in the last minutes."""
    counted = db.session.execute(
        sa.select(SignInAttempt.counted, sa.func.count().label("tries"))
        .where(SignInAttempt.counted.in_(_counters(name, network)), SignInAttempt.at > now - WITHIN)
        .group_by(SignInAttempt.counted)
    )
    found: dict[bytes, int] = {row.counted: row.tries for row in counted}
    limits = zip(_counters(name, network), ATTEMPTS, strict=True)
    return any(found.get(counter, 0) >= limit for counter, limit in limits)


def count_attempt(name: str, network: str, now: datetime) -> None:
    """Count a failed sign-in, and forget those that no longer matter."""
    db.session.execute(sa.delete(SignInAttempt).where(SignInAttempt.at < now - WITHIN))
    db.session.add_all(SignInAttempt(counted=counter, at=now) for counter in _counters(name, network))


def _counters(name: str, network: str) -> tuple[bytes, bytes, bytes]:
    of_name, of_network, blind = f"name {tidy(name)}", f"network {network}", keys().blind
    return blind(f"{of_name} {of_network}"), blind(of_name), blind(of_network)


def add_person(sign_in_name: str, name: str, password_hash: str) -> Person:
    """A new account, without any post yet. Raises PeopleError when the name is taken."""
    taken = db.session.scalar(sa.select(Person.id).where(Person.sign_in_name == tidy(sign_in_name)))
    if taken:
        raise PeopleError(f"The sign-in name {tidy(sign_in_name)} is taken. Choose another one.")
    person = Person(sign_in_name=tidy(sign_in_name), name=name, password_hash=password_hash)
    db.session.add(person)
    return person


def appoint(person: Person, role: Role, starts: date, **where: str) -> Post:
    """Give a person a post: `home_id`, `authority_id` or `for_child_id` says where.

    Raises PeopleError when they hold a post of another role: one person, one role at a time.
    """
    held = db.session.scalars(sa.select(Post.role).where(Post.person_id == person.id, *holds_on(starts)))
    if set(held) - {role}:
        raise PeopleError("This person holds another role. End it first, or make another account.")
    post = Post(person_id=person.id, role=role, starts=starts, **where)
    db.session.add(post)
    return post
