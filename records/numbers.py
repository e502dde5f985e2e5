"""The numbers that a council keeps for when someone is not safe."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from interview.numbers import Number
from records.database import db
from records.people import Reader
from records.reach import nobody_else_settles, reaches
from records.tables import Authority, ContactNumber, Interview, Late


def numbers_of(councils: Iterable[str]) -> dict[str, list[Number]]:
    """The numbers of these councils, by council. One search."""
    found: dict[str, list[Number]] = {council: [] for council in councils}
    search = sa.select(ContactNumber).where(ContactNumber.authority_id.in_(found))
    for row in db.session.scalars(search.order_by(ContactNumber.who, ContactNumber.id)):
        found[row.authority_id].append(Number(row.who, row.number, row.hours))
    return found


@dataclass(frozen=True)
class Council:
    """A council of mine, its numbers, and how much came late from tablets for its coordinator to settle."""

    row: Authority
    numbers: list[Number]
    late: int


def my_councils(reader: Reader) -> list[Council]:
    """The councils within reach by name. One search."""
    rows = db.session.execute(
        sa.select(Authority, ContactNumber, _late().label("late"))
        .outerjoin(ContactNumber, ContactNumber.authority_id == Authority.id)
        .where(reaches(reader, Authority))
        .order_by(Authority.name, Authority.id, ContactNumber.who, ContactNumber.id)
    )
    found: dict[str, Council] = {}
    for council, number, late in rows:
        of_council = found.setdefault(council.id, Council(council, [], late))
        if number is not None:
            of_council.numbers.append(Number(number.who, number.number, number.hours))
    return list(found.values())


def _late() -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count(Late.id))
        .join(Interview, Interview.id == Late.interview_id)
        .where(Interview.authority_id == Authority.id, Late.settled_at.is_(None), nobody_else_settles())
        .correlate(Authority)
        .scalar_subquery()
    )


def keep_numbers(council: str, numbers: Sequence[Number], by: str, now: datetime) -> None:
    """From now on these are the numbers of this council; one that stays as it is keeps its date."""
    rows = db.session.scalars(sa.select(ContactNumber).where(ContactNumber.authority_id == council)).all()
    kept: Mapping[str, ContactNumber] = {row.who: row for row in rows}
    wanted = {number.who: number for number in numbers}
    for who in kept.keys() - wanted.keys():
        db.session.delete(kept[who])
    for who, number in wanted.items():
        row = kept.get(who)
        if row is None:
            row = ContactNumber(authority_id=council, who=who, number="", hours="")
            db.session.add(row)
        if (row.number, row.hours) != (number.number, number.hours):
            row.number, row.hours = number.number, number.hours
            row.changed_at, row.changed_by = now, by
