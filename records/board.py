"""The board: every open return by what is due first, and those that need the coordinator now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from interview.clock import Standing, due_by, standing
from interview.london import to_london
from interview.nations import NATIONS
from interview.next_step import SOON, Progress, Step, Urgency, next_step, urgency
from interview.offers import OUTCOMES, OfferState, state_of
from records.base import Instant, SealedKey
from records.database import db
from records.episodes import PAGE, child_name, person_name
from records.people import Reader
from records.reach import reaches
from records.tables import (
    Authority,
    Child,
    Episode,
    Home,
    Interview,
    InterviewEpisode,
    Offer,
    Person,
)

DECLINED = [key for key, outcome in OUTCOMES.items() if outcome.leads_to is OfferState.DECLINED]


@dataclass(frozen=True)
class BoardLine:
    """One open return, with where its clock and its offers stand, and what comes next."""

    episode: str
    child: str
    home: str
    council: str
    kind: str
    missing_at: datetime
    returned_at: datetime | None
    latest_offer_at: datetime | None
    interviewer: str
    interview: str | None
    progress: Progress
    step: Step
    urgency: Urgency

    @property
    def due_at(self) -> datetime | None:
        """The last moment at which the talk is in time."""
        return self.progress.due_at

    @property
    def standing(self) -> Standing:
        """Where the clock stands."""
        return self.progress.standing

    @property
    def offers(self) -> OfferState:
        """Where the offers stand."""
        return self.progress.offers


class later(GenericFunction[Any]):  # noqa: N801 - the name of a function in SQL
    """A moment and so many hours; the two databases say it in different ways."""

    type = Instant()
    inherit_cache = True


@compiles(later, "sqlite")
def _later_in_sqlite(element: Any, compiler: Any, **how: Any) -> str:
    moment, hours = (compiler.process(clause, **how) for clause in element.clauses)
    return f"strftime('%Y-%m-%d %H:%M:%f000', {moment}, '+' || {hours} || ' hours')"


@compiles(later, "postgresql")
def _later_in_postgresql(element: Any, compiler: Any, **how: Any) -> str:
    moment, hours = (compiler.process(clause, **how) for clause in element.clauses)
    return f"({moment} + make_interval(hours => {hours}))"


def board(reader: Reader, now: datetime, page: int = 0) -> Sequence[BoardLine]:
    """The open returns within reach by what is due first; then those that wait, those not back yet last.

    One search, however many lines: a page of 50, and one more line when there are more.
    """
    rows = db.session.execute(_open_returns(reader, now).limit(PAGE + 1).offset(page * PAGE))
    return [_board_line(row, now) for row in rows]


def needs_now(reader: Reader, now: datetime, at_most: int = PAGE) -> Sequence[BoardLine]:
    """The open returns that need the coordinator now, by what is due first, and one more when there are
    more. One search."""
    rows = db.session.execute(_open_returns(reader, now).where(_is_urgent(now)).limit(at_most + 1))
    return [_board_line(row, now) for row in rows]


def _open_returns(reader: Reader, now: datetime) -> Any:
    newest = (
        sa.select(Offer.id)
        .where(Offer.episode_id == Episode.id)
        .order_by(Offer.at.desc(), Offer.recorded_at.desc(), Offer.id.desc())
        .limit(1)
        .correlate(Episode)
        .scalar_subquery()
    )
    return (
        _columns()
        .select_from(Episode)
        .join(Child, Child.id == Episode.child_id)
        .join(SealedKey, SealedKey.owner == Child.id)
        .join(Home, Home.id == Episode.home_id)
        .join(Authority, Authority.id == Episode.authority_id)
        .outerjoin(Offer, Offer.id == newest)
        .outerjoin(InterviewEpisode, InterviewEpisode.episode_id == Episode.id)
        .outerjoin(Interview, Interview.id == InterviewEpisode.interview_id)
        .outerjoin(Person, Person.id == Interview.interviewer_id)
        .where(reaches(reader, Episode), Episode.closed_at.is_(None))
        .order_by(_rank(now), _due().is_(None), _due(), Episode.missing_at, Episode.id)
    )


def _columns() -> Any:
    return sa.select(
        Episode.id,
        Episode.kind,
        Episode.missing_at,
        Episode.returned_at,
        Child.id.label("child_id"),
        Child.name_sealed,
        Home.name.label("home"),
        Authority.name.label("council"),
        Authority.nation,
        SealedKey.wrapped_with,
        SealedKey.wrapped,
        Offer.at.label("offered_at"),
        Offer.outcome,
        Offer.ask_again_on,
        Interview.id.label("interview_id"),
        Interview.held_at,
        Person.id.label("person_id"),
        Person.name_sealed.label("person_sealed"),
    )


def _due() -> sa.Case[Any]:
    hours = (
        (Authority.nation == nation.code, later(Episode.returned_at, _hours(nation.hold_within)))
        for nation in NATIONS.values()
        if nation.hold_within is not None
    )
    return sa.case(*hours, else_=None)


def _hours(within: timedelta) -> sa.ColumnElement[Any]:
    return sa.literal_column(str(within // timedelta(hours=1)))


def _asked_again_by(today: date) -> sa.ColumnElement[bool]:
    return sa.func.coalesce(Offer.ask_again_on <= today, sa.false())


def _declined() -> sa.ColumnElement[bool]:
    return sa.func.coalesce(Offer.outcome.in_(DECLINED), sa.false())


def _rank(now: datetime) -> sa.Case[Any]:
    asleep = sa.and_(_declined(), ~_asked_again_by(to_london(now).date()))
    return sa.case(
        (Episode.returned_at.is_(None), 3),
        (Interview.held_at.is_not(None), 2),
        (asleep, 1),
        else_=0,
    )


def _is_urgent(now: datetime) -> sa.ColumnElement[bool]:
    running = sa.and_(~_declined(), sa.or_(Offer.id.is_(None), _due() <= now + SOON))
    return sa.and_(
        Episode.returned_at.is_not(None),
        Interview.held_at.is_(None),
        sa.or_(running, _asked_again_by(to_london(now).date())),
    )


def _board_line(row: Any, now: datetime) -> BoardLine:
    within = NATIONS[row.nation].hold_within
    progress = Progress(
        standing(row.returned_at, row.held_at, now, within),
        due_by(row.returned_at, within),
        state_of([row.outcome] if row.outcome else []),
        row.ask_again_on,
        allocated=row.interview_id is not None,
        held=row.held_at is not None,
    )
    return BoardLine(
        episode=row.id,
        child=child_name(row),
        home=row.home,
        council=row.council,
        kind=row.kind,
        missing_at=row.missing_at,
        returned_at=row.returned_at,
        latest_offer_at=row.offered_at,
        interviewer=person_name(row.person_id, row.person_sealed),
        interview=row.interview_id,
        progress=progress,
        step=next_step(progress),
        urgency=urgency(progress, now, to_london(now).date()),
    )
