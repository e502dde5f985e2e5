"""What children asked for: made when a talk is finished, moved by steps, found by those who may read it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache, partial
from typing import Any

import sqlalchemy as sa

from interview.access import REMITS, Audience, Role
from interview.answers import Answer
from interview.asked_for import AskedFor, asked_in
from interview.london import to_london
from interview.requests import (
    ANSWERS,
    OWNERS,
    Asking,
    Owner,
    Stepped,
    as_home_sees,
    moved,
    moves,
)
from interview.working_days import working_days_after
from records.answers import audience_bits
from records.database import db
from records.episodes import PAGE
from records.people import Reader
from records.reach import reaches
from records.request_rows import asking_of, opened_requests, with_steps
from records.tables import Authority, Interview, Placement, Request, RequestStep

Condition = sa.ColumnElement[bool]


# Made --------------------------------------------------------------------------------------------


def make_requests(interview: Interview, kept: dict[str, Answer], now: datetime) -> None:
    """What this talk asks for, each once: finishing twice makes no second one."""
    wanted = asked_in(kept, lives_here=lives_there(interview, interview.held_at or now))
    if wanted:
        known = sa.select(Request.question).where(
            Request.interview_id == interview.id, Request.addendum_id.is_(None)
        )
        before = set(db.session.scalars(known))
        add_requests(interview, (one for one in wanted if one.question not in before), now)


def lives_there(interview: Interview, moment: datetime) -> bool:
    """Whether the child lived in the talk's home on that day."""
    day = to_london(moment).date()
    there = sa.select(Placement.id).where(
        Placement.child_id == interview.child_id,
        Placement.home_id == interview.home_id,
        Placement.starts <= day,
        sa.or_(Placement.ends.is_(None), Placement.ends >= day),
    )
    return db.session.scalar(there.limit(1)) is not None


def add_requests(
    interview: Interview, wanted: Iterable[AskedFor], now: datetime, addendum_id: str | None = None
) -> None:
    """Keep what was asked for, each with whom is asked and the day by which they answer."""
    nation = _nation_of(interview.authority_id)
    db.session.add_all(
        Request(
            child_id=interview.child_id,
            interview_id=interview.id,
            home_id=interview.home_id,
            authority_id=interview.authority_id,
            op_id=one.op_id,
            addendum_id=addendum_id,
            question=one.question,
            reason=one.reason,
            language=one.language,
            said_by=one.said_by,
            asked_of=one.owner,
            asked_home=one.owner is Owner.HOME,
            asked_at=now,
            due_on=working_days_after(to_london(now).date(), one.within, nation),
            words=one.words,
            **audience_bits(one.audience),
        )
        for one in wanted
    )
    db.session.flush()


def _nation_of(authority_id: str) -> str:
    return db.session.get_one(Authority, authority_id).nation


# Moved -------------------------------------------------------------------------------------------


def take_step(request: Request, step: Stepped, by: str, now: datetime, letter_id: str | None = None) -> None:
    """Keep a step of a request that is held for writing, and where it leaves the request."""
    after = partial(working_days_after, nation=_nation_of(request.authority_id))
    asking = asking_of(request)
    then = moved(asking, step, to_london(now).date(), after)
    db.session.add(_step_row(request, step, by, letter_id))
    request.asked_home = _home_is_asked(request, then)
    request.state, request.asked_of, request.due_on = then.state, then.asked_of, then.due_on
    request.told_child_at, request.waits = then.told_child_at, then.waits
    if step.kind in ANSWERS and moves(asking, step):
        request.answered_at, request.answered_by, request.answer = now, by, step.words
    db.session.flush()


def _step_row(request: Request, step: Stepped, by: str, letter_id: str | None) -> RequestStep:
    return RequestStep(
        child_id=request.child_id,
        request_id=request.id,
        number=_steps_so_far(request),
        at=step.at,
        by=by,
        kind=step.kind,
        asked_of=step.asked_of,
        on_day=step.on_day,
        passed_to=step.passed_to,
        letter_id=letter_id,
        for_home=step.for_home,
        for_whom=step.for_whom,
        words=step.words,
    )


def _steps_so_far(request: Request) -> int:
    count = sa.select(sa.func.count()).where(RequestStep.request_id == request.id)
    return db.session.scalar(count) or 0


def _home_is_asked(request: Request, then: Asking) -> bool:
    # Put to somebody else before the home has said anything, it was never asked.
    if then.asked_of is Owner.HOME:
        return True
    answered = any(step.asked_of is Owner.HOME and step.kind in ANSWERS for step in then.steps)
    return request.asked_home and answered


# Found -------------------------------------------------------------------------------------------


class Which(StrEnum):
    """The lists of requests: what waits for me, what waits for others, what has been answered.

    `NOW` is what waits for me, and what is late with anybody.
    """

    MINE = "mine"
    OTHERS = "others"
    ANSWERED = "answered"
    NOW = "now"


def owners_of(role: Role) -> list[Owner]:
    """Those for whom this role answers."""
    return [owner for owner, asked in OWNERS.items() if asked.answers is role]


def requests(
    reader: Reader, which: Which, page: int = 0, size: int = PAGE, today: date | None = None
) -> list[Asking]:
    """One list of requests within reach: one search; one more than `size` when there are more."""
    values = {"size": size + 1, "first": page * size, "today": today or date.max}
    return _found(reader, db.session.execute(_search_for_list(reader, which), values))


@lru_cache(maxsize=256)
def _search_for_list(reader: Reader, which: Which) -> sa.Select[Any]:
    conditions, order = LISTS[which](reader.role)
    chosen = (
        sa.select(Request.id)
        .where(reaches(reader, Request), *conditions)
        .order_by(*order)
        .limit(sa.bindparam("size", type_=sa.Integer))
        .offset(sa.bindparam("first", type_=sa.Integer))
    )
    return with_steps(chosen, order)


Part = tuple[list[Condition], tuple[Any, ...]]
BY_DUE_DAY = (Request.due_on, Request.asked_at, Request.id)
STILL = Request.waits == sa.true()
OVER = Request.waits == sa.false()


def _mine(role: Role) -> Part:
    return [STILL, Request.asked_of.in_(owners_of(role))], BY_DUE_DAY


def _of_others(role: Role) -> Part:
    if role is Role.HOME_MANAGER:
        return [sa.false()], BY_DUE_DAY
    return [STILL, Request.asked_of.not_in(owners_of(role))], BY_DUE_DAY


def _answered(role: Role) -> Part:
    if role is Role.HOME_MANAGER:
        # What others do with it after the home changes neither its place here nor whether it stands here.
        over = sa.or_(OVER, Request.asked_of != Owner.HOME)
        return [over], (Request.asked_at.desc(), Request.id)
    return [OVER], (Request.answered_at.desc(), Request.id)


def _now(role: Role) -> Part:
    late = Request.due_on < sa.bindparam("today", type_=sa.Date)
    return [STILL, sa.or_(Request.asked_of.in_(owners_of(role)), late)], BY_DUE_DAY


LISTS = {Which.MINE: _mine, Which.OTHERS: _of_others, Which.ANSWERED: _answered, Which.NOW: _now}


def requests_of_child(reader: Reader, child_id: str) -> tuple[Asking, ...]:
    """What this child asked for, as far as the reader may read it, the newest first. One search."""
    found = db.session.execute(search_of_child(reader), {"of": child_id})
    return tuple(_found(reader, found))


def search_of_child(reader: Reader) -> sa.Select[Any]:
    """The search for what the child `of` asked for."""
    return _search_of(reader, "child_id")


def requests_in(reader: Reader, rows: Iterable[Any]) -> tuple[Asking, ...]:
    """What was asked for in the rows of that search, in whatever order they came."""
    in_order = sorted(
        rows, key=lambda row: (row.number or 0, row.translated_at or row.asked_at, row.translation_id or "")
    )
    found = _found(reader, in_order)
    found.sort(key=lambda one: (one.question, one.key))
    return tuple(sorted(found, key=lambda one: one.asked_at, reverse=True))


def requests_of_talk(reader: Reader, interview_id: str) -> tuple[Asking, ...]:
    """What was asked for in one talk, as far as the reader may read it. One search."""
    found = db.session.execute(_search_of(reader, "interview_id"), {"of": interview_id})
    return tuple(_found(reader, found))


def requests_within_reach(reader: Reader) -> tuple[Asking, ...]:
    """Everything that was asked for within reach: for whom has few children. One search."""
    return tuple(_found(reader, db.session.execute(_search_of(reader, ""), {})))


def request_of(reader: Reader, request_id: str) -> Asking | None:
    """One request with its steps, as this reader may read it. One search."""
    found = _found(reader, db.session.execute(_search_of(reader, "id"), {"of": request_id}))
    return found[0] if found else None


@lru_cache(maxsize=256)
def _search_of(reader: Reader, column: str) -> sa.Select[Any]:
    mine = [getattr(Request, column) == sa.bindparam("of")] if column else []
    chosen = sa.select(Request.id).where(reaches(reader, Request), *mine)
    return with_steps(chosen, NEWEST_FIRST)


NEWEST_FIRST = (Request.asked_at.desc(), Request.question, Request.id)


def requests_of_home(reader: Reader, home_id: str, start: datetime, end: datetime) -> tuple[Asking, ...]:
    """What was asked of a home in the talks of a period, as the home sees it, whoever reads. One search."""
    values = {"home": home_id, "start": start, "end": end}
    rows = db.session.execute(_search_of_home(reader), values)
    return tuple(_as_home(opened_requests(rows)))


@lru_cache(maxsize=256)
def _search_of_home(reader: Reader) -> sa.Select[Any]:
    chosen = (
        sa.select(Request.id)
        .join(Interview, Interview.id == Request.interview_id)
        .where(
            Request.home_id == sa.bindparam("home"),
            Request.asked_home == sa.true(),
            Request.for_home == sa.true(),
            Interview.held_at >= sa.bindparam("start"),
            Interview.held_at < sa.bindparam("end"),
            reaches(reader, Interview),
        )
    )
    return with_steps(chosen, NEWEST_FIRST)


def _found(reader: Reader, rows: Iterable[Any]) -> list[Asking]:
    found = opened_requests(rows)
    return _as_home(found) if REMITS[reader.role].reads_as is Audience.HOME else found


def _as_home(found: Iterable[Asking]) -> list[Asking]:
    return [seen for seen in map(as_home_sees, found) if seen is not None]


def by_child(found: Iterable[Asking]) -> Mapping[str, tuple[Asking, ...]]:
    """Requests by the child who asked."""
    sorted_out: dict[str, list[Asking]] = {}
    for one in found:
        sorted_out.setdefault(one.child, []).append(one)
    return {child: tuple(asked) for child, asked in sorted_out.items()}
