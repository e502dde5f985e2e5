"""The one place where reach becomes a search."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from interview.access import Role
from records.base import Base
from records.database import db
from records.people import Reader
from records.reach import WITHIN_REACH, reaches, within_reach
from records.tables import Child, Concern, Episode, Home, Interview, InterviewEpisode, Placement
from tests.people import People, a_child, a_concern, an_episode, an_interview, end_posts, reader_on
from views.moments import today

NAMES = ("ines", "omar", "maya", "mark", "ivan", "iris", "cora")
ABOUT_ROBIN = {"ines", "maya", "ivan", "cora"}


def reached(reader: Reader, table: type[Base]) -> int:
    return len(db.session.scalars(within_reach(reader, table)).all())


@pytest.fixture
def _both(kept: None, people: People) -> None:
    talk = an_interview(people)
    a_concern(talk, people.ines)
    other = an_interview(people, kid=people.sasha, interviewer=people.omar)
    a_concern(other, people.omar)


@pytest.mark.usefixtures("_both")
@pytest.mark.parametrize("name", NAMES)
def test_everyone_reaches_one_of_two(people: People, name: str) -> None:
    mine = people.robin if name in ABOUT_ROBIN else people.sasha
    for table, column, expected in (
        (Child, Child.id, mine.id),
        (Home, Home.id, mine.home.id),
        (Episode, Episode.child_id, mine.id),
        (Interview, Interview.child_id, mine.id),
    ):
        found = sa.select(column).where(reaches(getattr(people, name).reader, table))
        assert db.session.scalars(found).all() == [expected], table


@pytest.mark.usefixtures("_both")
@pytest.mark.parametrize("name", NAMES)
def test_a_concern_is_for_whoever_raised_it_and_the_council(people: People, name: str) -> None:
    assert reached(getattr(people, name).reader, Concern) == (1 if name in {"ines", "omar", "cora"} else 0)


@pytest.mark.usefixtures("_both")
@pytest.mark.parametrize("role", Role)
def test_nobody_without_a_post_reaches_anything(role: Role) -> None:
    assert [table for table in WITHIN_REACH if reached(Reader("somebody-else", role), table)] == []


@pytest.mark.usefixtures("_both")
@pytest.mark.parametrize("name", NAMES)
def test_what_else_a_page_searches_changes_no_reach(people: People, name: str) -> None:
    reader: Reader = getattr(people, name).reader
    for table in WITHIN_REACH:
        alone = beside = sa.select(table.id).where(reaches(reader, table))  # type: ignore[attr-defined]
        for other in (Child, Episode, Interview, InterviewEpisode, Home, Placement):
            if other is not table:
                beside = beside.outerjoin(other, sa.true())
        assert set(db.session.scalars(beside)) == set(db.session.scalars(alone)), table


def test_a_child_who_moved_away_is_reached_no_more_but_what_was_said_here_is(
    kept: None, people: People
) -> None:
    talk = an_interview(people)
    placement = db.session.scalars(sa.select(Placement).where(Placement.child_id == people.robin.id)).one()
    placement.ends = today() - timedelta(days=1)
    db.session.flush()
    maya = people.maya.reader
    assert reached(maya, Child) == 0
    assert [row.id for row in db.session.scalars(within_reach(maya, Interview))] == [talk.id]


def test_a_new_manager_reaches_the_home_and_the_old_one_does_not(kept: None, people: People) -> None:
    an_episode(people)
    end_posts(people.maya, today() - timedelta(days=1))
    db.session.flush()
    with pytest.raises(LookupError):
        reader_on(people.maya.id, today())


def test_a_council_reaches_its_children_wherever_they_live(kept: None, people: People) -> None:
    far_away = a_child("Far Away", people.rowan, people.fenmoor)
    an_episode(people, far_away)
    homes = {home.id for home in db.session.scalars(within_reach(people.cora.reader, Home))}
    children = {child.id for child in db.session.scalars(within_reach(people.cora.reader, Child))}
    assert homes == {people.larch.id, people.rowan.id}
    assert children == {people.robin.id, far_away.id}
