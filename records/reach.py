"""The one place where reach becomes a search. Every page, list, count and export starts here."""

from collections.abc import Callable
from typing import Any, TypeVar

import sqlalchemy as sa

from interview.access import Reach, Role
from records.base import Base
from records.people import Reader
from records.tables import (
    Authority,
    Child,
    Concern,
    Episode,
    Home,
    Interview,
    InterviewEpisode,
    Late,
    Letter,
    Paper,
    Person,
    Placement,
    Post,
    Request,
    Review,
    Tablet,
    Taken,
)

Row = TypeVar("Row", bound=Base)
Condition = sa.ColumnElement[bool]


def _mine(reader: Reader) -> Condition:
    return Interview.interviewer_id == reader.person


def _there_is(search: sa.Select[Any], about: type[Base]) -> Condition:
    # Only the row in question comes from outside: what else a page searches must not get in here.
    return search.correlate(about).exists()


def _episode_of_my_interview(reader: Reader) -> Condition:
    return _there_is(
        sa.select(InterviewEpisode)
        .join(Interview, Interview.id == InterviewEpisode.interview_id)
        .where(InterviewEpisode.episode_id == Episode.id, _mine(reader)),
        Episode,
    )


def _child_of_my_interview(reader: Reader) -> Condition:
    return _there_is(sa.select(Interview).where(Interview.child_id == Child.id, _mine(reader)), Child)


def _home_of_my_interview(reader: Reader) -> Condition:
    return _there_is(sa.select(Interview).where(Interview.home_id == Home.id, _mine(reader)), Home)


def _child_of_my_home(reader: Reader) -> Condition:
    return _there_is(
        sa.select(Placement).where(
            Placement.child_id == Child.id,
            Placement.home_id.in_(reader.homes),
            Placement.ends.is_(None),
        ),
        Child,
    )


def _home_of_my_child(reader: Reader) -> Condition:
    return _there_is(
        sa.select(Placement).where(Placement.home_id == Home.id, Placement.child_id.in_(reader.children)),
        Home,
    )


def _home_of_my_council(reader: Reader) -> Condition:
    used = sa.select(Episode).where(Episode.home_id == Home.id, Episode.authority_id.in_(reader.authorities))
    return sa.or_(Home.authority_id.in_(reader.authorities), _there_is(used, Home))


def _request_of_my_interview(reader: Reader) -> Condition:
    return _there_is(sa.select(Interview).where(Interview.id == Request.interview_id, _mine(reader)), Request)


def _request_to_my_home(reader: Reader) -> Condition:
    # What was not for the home, or never asked of it, is as if it were not there.
    return sa.and_(Request.home_id.in_(reader.homes), Request.asked_home, Request.for_home)


def _to_a_child_of_my_interview(reader: Reader) -> Condition:
    return _there_is(sa.select(Interview).where(Interview.child_id == Letter.child_id, _mine(reader)), Letter)


def _to_a_child_of_my_council(table: type[Letter | Review]) -> Callable[[Reader], Condition]:
    def condition(reader: Reader) -> Condition:
        theirs = sa.select(Child).where(
            Child.id == table.child_id, Child.authority_id.in_(reader.authorities)
        )
        return _there_is(theirs, table)

    return condition


def _sent_or_given_to(person: Any) -> Condition:
    return sa.or_(Late.author_id == person, Late.given_to == person)


def _late_of_my_interview(reader: Reader) -> Condition:
    mine = sa.select(Interview).where(Interview.id == Late.interview_id, _mine(reader))
    return sa.and_(_sent_or_given_to(reader.person), _there_is(mine, Late))


def nobody_else_settles() -> Condition:
    """What came late and is the coordinator's: whoever wrote it does not hold that talk any more.

    Nobody else sees it then; and what the interviewer can settle, the coordinator does not see.
    """
    today = sa.func.current_date()
    works = sa.select(Post.id).where(
        Post.person_id == Interview.interviewer_id,
        Post.role == Role.INTERVIEWER,
        Post.starts <= today,
        sa.or_(Post.ends.is_(None), Post.ends >= today),
    )
    holder = (
        sa.select(Interview.id)
        .join(Person, Person.id == Interview.interviewer_id)
        .where(
            Interview.id == Late.interview_id,
            _sent_or_given_to(Interview.interviewer_id),
            Person.disabled_at.is_(None),
            works.correlate(Interview).exists(),
        )
    )
    return ~holder.correlate(Late).exists()


def _late_of_my_council(reader: Reader) -> Condition:
    theirs = sa.select(Interview).where(
        Interview.id == Late.interview_id, Interview.authority_id.in_(reader.authorities)
    )
    return sa.and_(_there_is(theirs, Late), nobody_else_settles())


def _with_a_talk_of_my_council(reader: Reader) -> Condition:
    theirs = (
        sa.select(Taken.id)
        .join(Interview, Interview.id == Taken.interview_id)
        .where(Taken.tablet_id == Tablet.id, Interview.authority_id.in_(reader.authorities))
    )
    return _there_is(theirs, Tablet)


def _nothing(_reader: Reader) -> Condition:
    return sa.false()


WITHIN_REACH: dict[type[Base], dict[Reach, Callable[[Reader], Condition]]] = {
    Child: {
        Reach.OWN_INTERVIEWS: _child_of_my_interview,
        Reach.OWN_HOMES: _child_of_my_home,
        Reach.OWN_CHILDREN: lambda reader: Child.id.in_(reader.children),
        Reach.OWN_COUNCILS: lambda reader: Child.authority_id.in_(reader.authorities),
    },
    Episode: {
        Reach.OWN_INTERVIEWS: _episode_of_my_interview,
        Reach.OWN_HOMES: lambda reader: Episode.home_id.in_(reader.homes),
        Reach.OWN_CHILDREN: lambda reader: Episode.child_id.in_(reader.children),
        Reach.OWN_COUNCILS: lambda reader: Episode.authority_id.in_(reader.authorities),
    },
    Interview: {
        Reach.OWN_INTERVIEWS: _mine,
        Reach.OWN_HOMES: lambda reader: Interview.home_id.in_(reader.homes),
        Reach.OWN_CHILDREN: lambda reader: Interview.child_id.in_(reader.children),
        Reach.OWN_COUNCILS: lambda reader: Interview.authority_id.in_(reader.authorities),
    },
    Home: {
        Reach.OWN_INTERVIEWS: _home_of_my_interview,
        Reach.OWN_HOMES: lambda reader: Home.id.in_(reader.homes),
        Reach.OWN_CHILDREN: _home_of_my_child,
        Reach.OWN_COUNCILS: _home_of_my_council,
    },
    # A home's manager and the reviewing officer do not reach a concern: they hear of it from the council.
    Concern: {
        Reach.OWN_INTERVIEWS: lambda reader: Concern.raised_by == reader.person,
        Reach.OWN_HOMES: _nothing,
        Reach.OWN_CHILDREN: _nothing,
        Reach.OWN_COUNCILS: lambda reader: Concern.authority_id.in_(reader.authorities),
    },
    # A request is within reach of those for whom its words are.
    Request: {
        Reach.OWN_INTERVIEWS: _request_of_my_interview,
        Reach.OWN_HOMES: _request_to_my_home,
        Reach.OWN_CHILDREN: lambda reader: sa.and_(
            Request.child_id.in_(reader.children), Request.for_reviewing_officer
        ),
        Reach.OWN_COUNCILS: lambda reader: sa.and_(
            Request.authority_id.in_(reader.authorities), Request.for_social_worker
        ),
    },
    Letter: {
        Reach.OWN_INTERVIEWS: _to_a_child_of_my_interview,
        Reach.OWN_HOMES: _nothing,
        Reach.OWN_CHILDREN: lambda reader: Letter.child_id.in_(reader.children),
        Reach.OWN_COUNCILS: _to_a_child_of_my_council(Letter),
    },
    Review: {
        Reach.OWN_INTERVIEWS: _nothing,
        Reach.OWN_HOMES: _nothing,
        Reach.OWN_CHILDREN: lambda reader: Review.child_id.in_(reader.children),
        Reach.OWN_COUNCILS: _to_a_child_of_my_council(Review),
    },
    # A file is there for whoever asked for it; whether they still may have it, its child or home tells.
    Paper: dict.fromkeys(Reach, lambda reader: Paper.asked_by == reader.person),
    # What came late is seen by the one who can settle it, and by nobody else.
    Late: {
        Reach.OWN_INTERVIEWS: _late_of_my_interview,
        Reach.OWN_HOMES: _nothing,
        Reach.OWN_CHILDREN: _nothing,
        Reach.OWN_COUNCILS: _late_of_my_council,
    },
    Tablet: {
        Reach.OWN_INTERVIEWS: lambda reader: Tablet.person_id == reader.person,
        Reach.OWN_HOMES: _nothing,
        Reach.OWN_CHILDREN: _nothing,
        Reach.OWN_COUNCILS: _with_a_talk_of_my_council,
    },
    Authority: {
        Reach.OWN_INTERVIEWS: _nothing,
        Reach.OWN_HOMES: _nothing,
        Reach.OWN_CHILDREN: _nothing,
        Reach.OWN_COUNCILS: lambda reader: Authority.id.in_(reader.authorities),
    },
}


def reaches(reader: Reader, table: type[Base]) -> Condition:
    """The condition that a row of this table is within the reader's reach."""
    return WITHIN_REACH[table][reader.reach](reader)


def within_reach(reader: Reader, table: type[Row]) -> sa.Select[Any]:
    """A search over the rows of this table that the reader can reach."""
    return sa.select(table).where(reaches(reader, table))
