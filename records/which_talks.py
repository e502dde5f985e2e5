"""Which talks a summary is made of, and which rows of them a role may read: conditions of its searches."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from interview.access import REMITS, Audience, Role
from records.base import Base
from records.people import Reader
from records.reach import reaches
from records.tables import Addendum, Answer, Child, Home, Interview, Reason

Condition = sa.ColumnElement[bool]
Values = dict[str, Any]

THE_HOME: Any = sa.bindparam("home")
# Values come when it is asked: a search is put together once for each reader, and not at every page.
WHOSE: dict[type[Base], Condition] = {
    Child: Interview.child_id == sa.bindparam("child"),
    # By the day on which it was finished: what is over by then never changes again.
    Home: sa.and_(
        Interview.home_id == THE_HOME,
        Interview.finished_at >= sa.bindparam("start"),
        Interview.finished_at < sa.bindparam("end"),
    ),
}
COLUMN_FOR = {
    Audience.SOCIAL_WORKER: "for_social_worker",
    Audience.REVIEWING_OFFICER: "for_reviewing_officer",
    Audience.HOME: "for_home",
}


# So many of each kind are opened for a home's page, the newest. Nobody reads more at once.
MOST_OF_A_KIND = 12


@dataclass(frozen=True)
class Talks:
    """Which talks a summary is made of: whose, within whose reach, and as which role they are read."""

    reader: Reader
    role: Role
    whose: type[Base]

    def condition(self) -> Condition:
        """The condition that a talk is one of them."""
        return sa.and_(WHOSE[self.whose], Interview.finished_at.is_not(None), reaches(self.reader, Interview))


def newest(search: Any, talks: Talks, of_a_kind: Any, *order: Any) -> Any:
    """For a home's page, only the newest of each kind; nothing is opened that is not shown."""
    if talks.whose is not Home:
        return search
    by_age = [column.desc() for column in order]
    number = sa.func.row_number().over(partition_by=of_a_kind, order_by=by_age).label("number")
    all_of_them = search.add_columns(number).subquery()
    shown = [column for column in all_of_them.c if column.name != "number"]
    return sa.select(*shown).where(all_of_them.c.number <= MOST_OF_A_KIND)


def is_for(role: Role, table: type[Answer | Reason | Addendum]) -> Condition:
    """The condition that the child lets this role read a row."""
    reads_as = REMITS[role].reads_as
    if reads_as is None:
        return sa.true()
    mine: Condition = getattr(table, COLUMN_FOR[reads_as]) == sa.true()
    return mine
