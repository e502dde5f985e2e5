"""Children: found by name without their names being readable, and the homes they live in."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from jellyfish import metaphone, soundex
from sqlalchemy.orm import joinedload

from interview.london import to_london
from interview.naming import WORD, plain
from records.base import fetch_keys, make_data_key, new_id
from records.database import db, keys
from records.people import Reader
from records.reach import within_reach
from records.tables import Authority, Child, ChildName, Home, Placement


def add_child(name: str, authority_id: str, **facts: Any) -> Child:
    """A new child with a key of their own, findable by every part of the name and by how it sounds."""
    child_id = new_id()
    make_data_key(child_id)
    child = Child(id=child_id, name=name, authority_id=authority_id, **facts)
    db.session.add(child)
    db.session.flush()
    db.session.add_all(_fingerprints(child_id, name))
    return child


def name_parts(name: str) -> set[str]:
    """The parts of a name as they are compared: without accents, case or order."""
    plain = unicodedata.normalize("NFKD", name)
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return {part for part in kept.casefold().replace("-", " ").split() if part}


def children_named(reader: Reader, name: str, born: date | None = None) -> Sequence[Child]:
    """The children within reach whose names have all of these parts, or sound as if; at most twenty.

    With a date of birth also all who were born on that day. Those of the very name come first.
    """
    parts = name_parts(name)
    if not parts:
        return []
    found = sa.and_(*(_sounds_like(part) for part in parts))
    search = within_reach(reader, Child).options(joinedload(Child.authority))
    search = search.where(found if born is None else sa.or_(found, Child.born == born))
    children = db.session.scalars(search.order_by(Child.id).limit(20)).all()
    fetch_keys(child.id for child in children)
    return sorted(children, key=lambda child: not parts <= name_parts(child.name))


def _sounds_like(part: str) -> sa.ColumnElement[bool]:
    marks = [keys().blind(mark) for mark in marks_of(part)]
    return Child.id.in_(sa.select(ChildName.child_id).where(ChildName.fingerprint.in_(marks)))


def marks_of_name(name: str) -> set[str]:
    """All by which a child of this name is found."""
    return {mark for part in name_parts(name) for mark in marks_of(part)}


def marks_of(part: str) -> set[str]:
    """A part of a name, and how it sounds to English ears where it is written in Latin letters.

    Two ways of hearing: each finds names that the other misses (Rhys and Reece, Leigh and Lee).
    """
    if not (part.isascii() and part.isalpha()):
        return {part}
    return {part, f"soundex {soundex(part)}", f"metaphone {metaphone(part)}"}


def rename(child: Child, name: str) -> None:
    """Correct a child's name, and let it be found under the new one."""
    child.name = name
    db.session.execute(sa.delete(ChildName).where(ChildName.child_id == child.id))
    db.session.add_all(_fingerprints(child.id, name))


def _fingerprints(child_id: str, name: str) -> list[ChildName]:
    return [ChildName(child_id=child_id, fingerprint=keys().blind(mark)) for mark in marks_of_name(name)]


def names_somebody(words: str) -> bool:
    """Whether these words hold a part of the name of a child whom Heard knows, whoever's record it is."""
    parts = {plain(found.group()) for found in WORD.finditer(words)}
    marks = [keys().blind(part) for part in parts]
    found = sa.select(ChildName.child_id).where(ChildName.fingerprint.in_(marks)).limit(1)
    return db.session.scalar(found) is not None


def placement_on(child_id: str, day: date) -> Placement | None:
    """Where the child lived on that day."""
    return db.session.scalar(
        sa.select(Placement)
        .where(
            Placement.child_id == child_id,
            Placement.starts <= day,
            sa.or_(Placement.ends.is_(None), Placement.ends >= day),
        )
        .order_by(Placement.starts.desc(), Placement.id)
        .limit(1)
    )


def place_child(child_id: str, home_id: str, moment: datetime, miles: int | None = None) -> None:
    """Note that the child lives in this home from that day, unless that is known already.

    A return that is recorded late leaves what is known of later days as it is: where a child lives now
    decides which home can find them.
    """
    day = to_london(moment).date()
    there = placement_on(child_id, day)
    if there is not None and there.home_id == home_id:
        there.miles_from_family = there.miles_from_family if miles is None else miles
        return
    if there is not None and there.starts == day:
        there.home_id, there.miles_from_family = home_id, miles
        return
    ends = _next_start(child_id, day) if there is None else there.ends
    if there is not None:
        there.ends = day
    db.session.add(
        Placement(child_id=child_id, home_id=home_id, starts=day, ends=ends, miles_from_family=miles)
    )


def _next_start(child_id: str, day: date) -> date | None:
    return db.session.scalar(
        sa.select(sa.func.min(Placement.starts)).where(Placement.child_id == child_id, Placement.starts > day)
    )


def home_named(name: str, authority_id: str) -> Home:
    """The home of that name in the area of that council; a new one where none is known."""
    there = db.session.scalars(sa.select(Home).where(Home.authority_id == authority_id).order_by(Home.id))
    known = next((home for home in there if name_parts(home.name) == name_parts(name)), None)
    return known or _add_home(name, authority_id)


def _add_home(name: str, authority_id: str) -> Home:
    home = Home(name=name, authority_id=authority_id)
    db.session.add(home)
    db.session.flush()
    return home


def homes_for_choice(reader: Reader) -> Sequence[Home]:
    """The homes that a coordinator chooses from: in the council's own area, or with a child of the council.

    The country has thousands; one further away is named once, and is in the list from then on.
    """
    search = within_reach(reader, Home).options(joinedload(Home.authority))
    return db.session.scalars(search.order_by(Home.name, Home.id)).all()


def areas_for_choice() -> Sequence[Authority]:
    """The councils in whose area a home can be: any."""
    return db.session.scalars(sa.select(Authority).order_by(Authority.name, Authority.id)).all()


def councils_for_choice(reader: Reader) -> Sequence[Authority]:
    """The councils whose children this reader records."""
    return db.session.scalars(within_reach(reader, Authority).order_by(Authority.name, Authority.id)).all()


def names_of(children: Iterable[Child]) -> dict[str, str]:
    """The names of these children, by id, opened with one search for their keys."""
    known = list(children)
    fetch_keys(child.id for child in known)
    return {child.id: child.name for child in known}
