"""How children found the talk: added to a count, and read as counts. No row is anybody's answer."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from interview.found import Quarter, quarter, quarter_of
from records.database import db
from records.people import Reader
from records.reach import reaches
from records.tables import Authority, Interview, TalkFound

INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
KEY = ("authority_id", "month", "question", "answer")


def count(interview: Interview, given: Iterable[tuple[str, str]], today: date) -> bool:
    """Add what a child said to the counts of the council and month; False when this talk was asked after.

    The talk keeps that it was asked after, and nothing of what was said.
    """
    if interview.asked_after:
        return False
    interview.asked_after = True
    for question, answer in given:
        _add_one(interview.authority_id, today.replace(day=1), question, answer)
    return True


def _add_one(authority_id: str, month: date, question: str, answer: str) -> None:
    insert: Any = INSERT[db.engine.dialect.name](TalkFound)
    row = dict(zip(KEY, (authority_id, month, question, answer), strict=True))
    more = {"times": TalkFound.times + 1}
    db.session.execute(insert.values(**row, times=1).on_conflict_do_update(index_elements=KEY, set_=more))


def quarters(reader: Reader, today: date) -> list[Quarter]:
    """The counts of the councils within reach by quarters that are over, the newest first. One search.

    Who looked before and after a talk would read in a quarter of today what that child has said.
    """
    rows = db.session.execute(
        sa.select(Authority.id, Authority.name, TalkFound.month, *_counted())
        .join(TalkFound, TalkFound.authority_id == Authority.id)
        .where(reaches(reader, Authority), TalkFound.month < quarter_of(today))
    )
    times: dict[tuple[date, str, str], dict[tuple[str, str], int]] = {}
    for row in rows:
        found = times.setdefault((quarter_of(row.month), row.name, row.id), {})
        one = (row.question, row.answer)
        found[one] = found.get(one, 0) + row.times
    newest_first = sorted(times.items(), key=lambda item: (-item[0][0].toordinal(), item[0][1:]))
    return [quarter(name, starts, counted) for (starts, name, _id), counted in newest_first]


def _counted() -> tuple[Any, ...]:
    return TalkFound.question, TalkFound.answer, TalkFound.times
