"""Children: found by name without their names being readable, and the homes they live in."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from records.base import fetch_keys, make_data_key, new_id
from records.database import db, keys
from records.people import Reader
from records.reach import within_reach
from records.tables import Authority, Child, ChildName, Home, Placement


def add_child(name: str, authority_id: str, **facts: Any) -> Child:
    """A new child with a key of their own, findable by every part of the name."""
    child_id = new_id()
    make_data_key(child_id)
    child = Child(id=child_id, name=name, authority_id=authority_id, **facts)
    db.session.add(child)
    db.session.flush()
    db.session.add_all(
        ChildName(child_id=child_id, fingerprint=keys().blind(part)) for part in name_parts(name)
    )
    return child


def name_parts(name: str) -> set[str]:
    """The parts of a name as they are compared: without accents, case or order."""
    plain = unicodedata.normalize("NFKD", name)
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return {part for part in kept.casefold().replace("-", " ").split() if part}


def children_named(reader: Reader, name: str) -> Sequence[Child]:
    """The children within reach whose names have all of these parts; at most twenty."""
    search = within_reach(reader, Child).options(joinedload(Child.authority)).limit(20)
    parts = name_parts(name)
    for part in parts:
        search = search.where(
            Child.id.in_(sa.select(ChildName.child_id).where(ChildName.fingerprint == keys().blind(part)))
        )
    children = db.session.scalars(search).all() if parts else []
    fetch_keys(child.id for child in children)
    return children


def placement_on(child_id: str, day: date) -> Placement | None:
    """Where the child lived on that day."""
    return db.session.scalar(
        sa.select(Placement)
        .where(
            Placement.child_id == child_id,
            Placement.starts <= day,
            sa.or_(Placement.ends.is_(None), Placement.ends >= day),
        )
        .order_by(Placement.starts.desc())
        .limit(1)
    )


def place_child(child_id: str, home_id: str, moment: datetime, miles: int | None = None) -> None:
    """Note that the child lives in this home from that day, unless that is known already."""
    day = moment.date()
    now = placement_on(child_id, day)
    if now is not None and now.home_id == home_id:
        return
    if now is not None:
        now.ends = day
    db.session.add(Placement(child_id=child_id, home_id=home_id, starts=day, miles_from_family=miles))


def homes_for_choice(reader: Reader) -> Sequence[Home]:
    """The homes that a coordinator chooses from: any home, because children are placed far away."""
    return db.session.scalars(sa.select(Home).order_by(Home.name)).all()


def councils_for_choice(reader: Reader) -> Sequence[Authority]:
    """The councils whose children this reader records."""
    return db.session.scalars(within_reach(reader, Authority).order_by(Authority.name)).all()


def names_of(children: Iterable[Child]) -> dict[str, str]:
    """The names of these children, by id, opened with one search for their keys."""
    known = list(children)
    fetch_keys(child.id for child in known)
    return {child.id: child.name for child in known}
