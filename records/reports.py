"""What reports are made from: absences with how in time their talks were, and what was asked of a home."""

from datetime import UTC, datetime, time
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from interview.home import HomeFacts
from interview.nations import NATIONS
from interview.offers import OUTCOMES
from interview.reports import Known, Report, Went, periods_of
from interview.small_numbers import Pool
from records.database import db
from records.home_facts import facts_of_home
from records.people import Reader
from records.reach import reaches
from records.requests import requests_of_home
from records.tables import Authority, Episode, Home, Interview, InterviewEpisode, Offer
from records.which_talks import THE_HOME

OFFERED = sorted(key for key, outcome in OUTCOMES.items() if outcome.offered)
DECLINED = "declined"


def homes_in_reach(reader: Reader) -> list[tuple[Home, str]]:
    """The homes within reach by name, each with its nation. One search."""
    search = (
        sa.select(Home, Authority.nation)
        .join(Authority, Authority.id == Home.authority_id)
        .where(reaches(reader, Home))
        .order_by(Home.name, Home.id)
    )
    return [(home, nation) for home, nation in db.session.execute(search)]


def known_of(reader: Reader, home: Home, report: Report, now: datetime) -> Known:
    """All that a report of this home is made from: three searches, however many talks."""
    facts: HomeFacts = facts_of_home(reader, home)
    periods = periods_of(report, facts, now.date())
    if not periods:
        return Known(facts, (), (), now, now.date())
    start, end = _moments(periods)
    rows = db.session.execute(_search(reader), {"home": home.id, "start": start, "end": end}).all()
    asked = requests_of_home(reader, home.id, start, end)
    whole = all(row.within for row in rows)
    return Known(facts, tuple(_went(row) for row in rows), asked, now, now.date(), whole)


def _moments(periods: tuple[Pool, ...]) -> tuple[datetime, datetime]:
    days = periods[-1].starts, periods[0].ends
    start, end = (datetime.combine(day, time.min, UTC) for day in days)
    return start, end


def _went(row: Any) -> Went:
    within = NATIONS[row.nation].hold_within
    return Went(row.child_id, row.returned_at, row.offered > 0, row.declined > 0, row.held_at, within)


@lru_cache(maxsize=256)
def _search(reader: Reader) -> sa.Select[Any]:
    """Every absence of a home in some months, whoever is responsible, and whether it is within reach."""
    within = sa.case((reaches(reader, Episode), sa.true()), else_=sa.false())
    return (
        sa.select(
            Episode.child_id,
            Episode.returned_at,
            Authority.nation,
            within.label("within"),
            _offers(OFFERED).label("offered"),
            _offers([DECLINED]).label("declined"),
            _held().label("held_at"),
        )
        .join(Home, Home.id == Episode.home_id)
        .join(Authority, Authority.id == Home.authority_id)
        .where(
            Episode.home_id == THE_HOME,
            Episode.returned_at >= sa.bindparam("start"),
            Episode.returned_at < sa.bindparam("end"),
        )
        .order_by(Episode.returned_at, Episode.id)
    )


def _offers(outcomes: list[str]) -> Any:
    count = sa.select(sa.func.count()).where(Offer.episode_id == Episode.id, Offer.outcome.in_(outcomes))
    return count.correlate(Episode).scalar_subquery()


def _held() -> Any:
    return (
        sa.select(sa.func.min(Interview.held_at))
        .join(InterviewEpisode, InterviewEpisode.interview_id == Interview.id)
        .where(InterviewEpisode.episode_id == Episode.id, Interview.finished_at.is_not(None))
        .correlate(Episode)
        .scalar_subquery()
    )
