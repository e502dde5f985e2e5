"""Versions of one answer: which talks have any that nobody has settled, and how one of them is chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from interview.access import Audience
from interview.answers import Answer as Said
from interview.answers import SaidBy, Skip, heads
from interview.versions import versions_of
from records.answers import Incoming, answers_of, keep, opened
from records.base import SealedKey, remember_key
from records.database import db
from records.episodes import child_name
from records.guarded import carry_over, guard
from records.heads import is_branched
from records.people import Reader
from records.raised import raise_concerns
from records.reach import reaches
from records.tables import Answer, Child, Home, Interview

# What was finished longer ago than this no longer stands on a start page; on its own page it does.
LATELY = timedelta(days=366)


@dataclass(frozen=True)
class Unsettled:
    """A talk of which some answers have several versions: how many answers, and since when the last."""

    interview: str
    child: str
    home: str
    answers: int
    since: datetime


@dataclass(frozen=True)
class Settlement:
    """What counts instead of the versions `over`: one of them (`chosen`), or what was made of them."""

    question: str
    over: Sequence[Said]
    value: Any
    skipped: Skip | None
    said_by: SaidBy
    audience: frozenset[Audience]
    language: str
    chosen: Said | None = None


def unsettled(reader: Reader, now: datetime) -> list[Unsettled]:
    """My talks in which some answer has several versions, the latest first. One search."""
    of_talk: dict[str, list[Any]] = {}
    for row in db.session.execute(_search(reader), {"since": now - LATELY}):
        of_talk.setdefault(row.interview_id, []).append(row)
    found = [one for rows in of_talk.values() if (one := _unsettled(rows)) is not None]
    return sorted(found, key=lambda one: one.since, reverse=True)


def _unsettled(rows: Sequence[Any]) -> Unsettled | None:
    first = rows[0]
    under = remember_key(first.child_id, first.wrapped_with, first.wrapped)
    versions = versions_of(opened(row, under) for row in rows)
    times = [one.server_time for several in versions.values() for one in several if one.server_time]
    if not times:
        return None
    return Unsettled(first.interview_id, child_name(first), first.home, len(versions), max(times))


@lru_cache(maxsize=64)
def _search(reader: Reader) -> sa.Select[Any]:
    return (
        sa.select(
            *Answer.__table__.c,
            Child.id.label("child_id"),
            Child.name_sealed,
            Home.name.label("home"),
            SealedKey.wrapped_with,
            SealedKey.wrapped,
        )
        .join(Interview, Interview.id == Answer.interview_id)
        .join(Child, Child.id == Interview.child_id)
        .join(SealedKey, SealedKey.owner == Child.id)
        .join(Home, Home.id == Interview.home_id)
        .where(
            reaches(reader, Interview),
            sa.or_(Interview.finished_at.is_(None), Interview.finished_at >= sa.bindparam("since")),
            is_branched(),
        )
        .order_by(Answer.id)
    )


def unsettled_in(interview: Interview) -> Mapping[str, tuple[Said, ...]]:
    """The questions of one talk of which several versions stand."""
    return versions_of(answers_of(interview))


def settle(interview: Interview, how: Settlement, op_id: str, by: str, now: datetime) -> str | None:
    """Let one answer count from here on; the versions stay as they were. Gives why it cannot be.

    What stood beside them without a word of its own is settled with them.
    """
    branch = heads(answers_of(interview, Answer.question == how.question))[how.question]
    base = how.chosen or how.over[-1]
    seen = {answer.op_id for answer in how.over}
    same = {answer.op_id for answer in branch if answer.op_id in seen or _says_no_more(answer, how.over)}
    new = Incoming(
        op_id=op_id,
        question=how.question,
        question_set=interview.question_set,
        value=how.value,
        skipped=how.skipped,
        said_by=how.said_by,
        audience=how.audience,
        base_op=base.op_id,
        language=how.language,
        settles=frozenset(same - {base.op_id}),
    )
    for _op_id, why in keep(interview, [new], by, now).refused:
        return why
    if how.chosen is not None:
        carry_over({how.chosen.op_id: op_id})
    raise_concerns(interview, [how.question], by, now)
    # What is for the home only now is kept from it where something of this talk is not for it.
    guard(interview, now)
    return None


def _says_no_more(answer: Said, versions: Sequence[Said]) -> bool:
    """Whether this is none of its own: it says nothing, or just what one of the versions says."""
    blank = answer.value is None and answer.skipped is None and not answer.base_op
    alike = ((one.value, one.skipped, one.audience) for one in versions)
    return blank or (answer.value, answer.skipped, answer.audience) in alike
