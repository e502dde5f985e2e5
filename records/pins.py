"""The PIN with which a worker takes the tablet back: short, so it is worth nothing but beside a session."""

import re
import unicodedata

import sqlalchemy as sa

from records.database import db, keys
from records.people import PeopleError, fits, slow_hash
from records.tables import Person

SHORTEST, LONGEST = 6, 11
PIN = re.compile(rf"[0-9]{{{SHORTEST},{LONGEST}}}")
UP = "01234567890123456789"


def tidy_pin(typed: str) -> str:
    """A PIN as it was meant: digits of any keyboard, without spaces."""
    return "".join(unicodedata.normalize("NFKC", _plain(one)) for one in typed if not one.isspace())


def _plain(one: str) -> str:
    digit = unicodedata.digit(one, None)
    return one if digit is None else str(digit)


def fault_of_pin(pin: str) -> str | None:
    """Why this cannot be a PIN: too short, or the first that anyone would try."""
    if not PIN.fullmatch(pin):
        return "length"
    if len(set(pin)) == 1 or pin in UP or pin in UP[::-1]:
        return "guessed"
    return None


def set_pin(person: Person, pin: str) -> None:
    """Keep this PIN for this person. Raises PeopleError when it is none."""
    if fault_of_pin(pin):
        raise PeopleError("A PIN needs six digits or more, and not in a row.")
    person.pin_hash = slow_hash(_with_the_key(person.id, pin))


def has_pin(person_id: str) -> bool:
    """Whether this person has set a PIN."""
    return bool(db.session.scalar(sa.select(Person.pin_hash).where(Person.id == person_id)))


def is_pin_of(person_id: str, typed: str) -> bool:
    """Whether this is the PIN of that person. Slow on purpose: nothing waits for it meanwhile."""
    kept = db.session.scalar(sa.select(Person.pin_hash).where(Person.id == person_id))
    db.session.rollback()
    return bool(kept) and fits(str(kept), _with_the_key(person_id, tidy_pin(typed)))


def _with_the_key(person_id: str, pin: str) -> str:
    # Six digits are soon tried out by whoever holds the database; not without the key beside it.
    return keys().blind(f"pin {person_id} {pin}").hex()
