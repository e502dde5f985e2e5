"""The children of a reviewing officer by their next review: four searches, however many children."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from interview.access import EVERYONE, REMITS
from interview.account import Given, Record
from interview.answers import ChosenReason
from interview.came_of_it import Before, as_before
from interview.london import to_london
from interview.pack import NOT_FOUND_CODES
from interview.pattern import MONTH
from interview.reasons import REASONS
from interview.requests import Asking
from interview.reviews import Fact, Known, facts, latest_day
from interview.said_before import said_before
from records.answers import opened
from records.base import SealedKey, remember_key
from records.database import db
from records.episodes import child_name
from records.given import BY_CHILD
from records.heads import is_current
from records.people import Reader
from records.reach import reaches
from records.requests import by_child, requests_within_reach
from records.tables import (
    Addendum,
    Answer,
    Authority,
    Child,
    Episode,
    Home,
    Interview,
    Placement,
    Reason,
    Review,
)
from records.which_talks import is_for

ABOUT_HERE = ("safe_here", "stay_or_move")
NOTHING = sa.null()


@dataclass(frozen=True)
class NextReview:
    """One child: the next review, what is new since the last one, and the facts of here and now.

    `review` is the id of the next one, where it is set down; `latest` the last day by the nation's rule.
    """

    child: str
    name: str
    home: str
    nation: str
    review: str | None
    due_on: date | None
    latest: date | None
    early_asked_at: datetime | None
    last_held: date | None
    new_talks: int = 0
    new_absences: int = 0
    new_reasons: tuple[str, ...] = ()
    said_before: tuple[Before, ...] = ()
    late_requests: int = 0
    facts: tuple[Fact, ...] = ()


@dataclass
class Happened:
    """What happened with one child, as it is read."""

    talks: list[date] = field(default_factory=list)
    absences: list[datetime] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    said: dict[str, tuple[date, Any]] = field(default_factory=dict)


def next_reviews(reader: Reader, now: datetime) -> list[NextReview]:
    """The children within reach, the next review first; then those for whom no day is known."""
    of_child = _children(reader, now)
    happened = {child: Happened() for child in of_child}
    _read_what_happened(reader, happened)
    _read_what_was_said(reader, of_child, happened)
    asked = by_child(requests_within_reach(reader))
    found = [_next(known, happened[child], asked.get(child, ()), now) for child, known in of_child.items()]
    return sorted(found, key=lambda one: (one.due_on or date.max, one.name))


def _children(reader: Reader, now: datetime) -> dict[str, list[Any]]:
    """The rows of each child: one for each review, the home where it lives now in the last."""
    of_child: dict[str, list[Any]] = {}
    for row in db.session.execute(_search_for_children(reader), {"today": to_london(now).date()}):
        of_child.setdefault(row.child_id, []).append(row)
    return of_child


@lru_cache(maxsize=256)
def _search_for_children(reader: Reader) -> sa.Select[Any]:
    here = _here().subquery()
    return (
        sa.select(
            Child.id.label("child_id"),
            Child.name_sealed,
            Child.looked_after_since,
            SealedKey.wrapped_with,
            SealedKey.wrapped,
            Authority.nation,
            here.c.home,
            here.c.starts.label("lives_since"),
            Review.id.label("review"),
            Review.due_on,
            Review.held_on,
            Review.early_asked_at,
        )
        .join(SealedKey, SealedKey.owner == Child.id)
        .join(Authority, Authority.id == Child.authority_id)
        .outerjoin(here, here.c.child_id == Child.id)
        .outerjoin(Review, sa.and_(Review.child_id == Child.id, reaches(reader, Review)))
        .where(reaches(reader, Child))
        .order_by(Child.id, here.c.starts, here.c.id, Review.due_on, Review.id)
    )


def _here() -> Any:
    """Where children live today."""
    today = sa.bindparam("today", type_=sa.Date())
    return (
        sa.select(Placement.id, Placement.child_id, Placement.starts, Home.name.label("home"))
        .join(Home, Home.id == Placement.home_id)
        .where(Placement.starts <= today, sa.or_(Placement.ends.is_(None), Placement.ends >= today))
    )


def _read_what_happened(reader: Reader, happened: dict[str, Happened]) -> None:
    for row in db.session.execute(_search_for_what_happened(reader)):
        one = happened.get(row.child_id)
        if one is None:
            continue
        day = to_london(row.at).date()
        if row.kind == "absence":
            one.absences.append(row.at)
        elif row.kind == "talk":
            one.talks.append(day)
        else:
            one.given.append(Given(row.talk, row.at, ChosenReason(row.code, row.biggest, EVERYONE)))


@lru_cache(maxsize=256)
def _search_for_what_happened(reader: Reader) -> sa.Executable:
    codes = [code for code, reason in REASONS.items() if reason.part in REMITS[reader.role].parts]
    finished = sa.and_(Interview.finished_at.is_not(None), reaches(reader, Interview))
    talks = sa.select(
        Interview.child_id,
        sa.literal("talk").label("kind"),
        Interview.held_at.label("at"),
        Interview.id.label("talk"),
        sa.literal("").label("code"),
        sa.false().label("biggest"),
    ).where(finished)
    absences = sa.select(
        Episode.child_id,
        sa.literal("absence"),
        Episode.missing_at,
        Episode.id,
        sa.literal(""),
        sa.false(),
    ).where(reaches(reader, Episode))
    reasons = (
        sa.select(
            Reason.child_id,
            sa.literal("reason"),
            Interview.held_at,
            Interview.id,
            Reason.code,
            Reason.biggest,
        )
        .join(Interview, Interview.id == Reason.interview_id)
        .outerjoin(Addendum, Addendum.id == Reason.addendum_id)
        .where(
            finished,
            Reason.code.in_(codes),
            is_for(reader.role, Reason),
            sa.or_(Reason.addendum_id.is_(None), BY_CHILD),
        )
    )
    return sa.union_all(talks, absences, reasons).order_by("at", "kind", "code", "biggest", "talk")


def _read_what_was_said(
    reader: Reader, of_child: dict[str, list[Any]], happened: dict[str, Happened]
) -> None:
    """The newest answer of each child to each of a few questions."""
    for row in db.session.execute(_search_for_what_was_said(reader)):
        known = of_child.get(row.child_id)
        if known is None:
            continue
        under = remember_key(row.child_id, known[0].wrapped_with, known[0].wrapped)
        answer = opened(row, under)
        if answer.skipped is None:
            happened[row.child_id].said[row.question] = to_london(row.held_at).date(), answer.value


@lru_cache(maxsize=256)
def _search_for_what_was_said(reader: Reader) -> sa.Select[Any]:
    return (
        sa.select(*Answer.__table__.c, Interview.child_id, Interview.held_at)
        .join(Interview, Interview.id == Answer.interview_id)
        .where(
            Interview.finished_at.is_not(None),
            reaches(reader, Interview),
            Answer.question.in_(ABOUT_HERE),
            is_for(reader.role, Answer),
            is_current(),
        )
        .order_by(Interview.held_at, Answer.id)
    )


def _next(rows: Sequence[Any], happened: Happened, asked: tuple[Asking, ...], now: datetime) -> NextReview:
    # The last row is of the home to which the child moved last.
    newest, reviews = rows[-1], {row.review: row for row in rows if row.review is not None}.values()
    held = [row.held_on for row in reviews if row.held_on]
    waiting = next((row for row in reviews if row.held_on is None), None)
    last = max(held, default=None)
    latest = latest_day(newest.looked_after_since, held, newest.nation, to_london(now).date())
    before = said_before(Record(given=tuple(happened.given)), asked, now)
    return NextReview(
        newest.child_id,
        child_name(newest),
        newest.home or "",
        newest.nation,
        waiting.review if waiting else None,
        waiting.due_on if waiting else latest,
        latest,
        waiting.early_asked_at if waiting else None,
        last,
        _since(happened.talks, last),
        _since((to_london(at).date() for at in happened.absences), last),
        _new_reasons(happened.given, last),
        tuple(map(as_before, before)),
        sum(one.is_overdue(to_london(now).date()) for one in asked),
        facts(_known(newest, happened, len(before), now), last),
    )


def _since(days: Iterable[date], last: date | None) -> int:
    return sum(last is None or day > last for day in days)


def _new_reasons(given: Sequence[Given], last: date | None) -> tuple[str, ...]:
    """The reasons that were not given before the last review; without one, nothing is new against it."""
    if last is None:
        return ()
    known = {one.reason.code for one in given if to_london(one.held_at).date() <= last} | NOT_FOUND_CODES
    return tuple(
        REASONS[one].term for one in dict.fromkeys(one.reason.code for one in given) if one not in known
    )


def _known(row: Any, happened: Happened, before: int, now: datetime) -> Known:
    return Known(
        _said_here(row, happened, "stay_or_move", "move"),
        _said_here(row, happened, "safe_here", "no"),
        sum(timedelta() <= now - at <= MONTH for at in happened.absences),
        before,
        row.lives_since,
    )


def _said_here(row: Any, happened: Happened, question: str, value: str) -> date | None:
    """When the child last said so, if it was said of the home where it lives now."""
    day, said = happened.said.get(question, (None, None))
    # What was said on the day of a move was said of the home before it.
    here = day is not None and (row.lives_since is None or day > row.lives_since)
    return day if here and said == value else None
