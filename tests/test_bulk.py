"""Made-up talks in bulk: as many as asked for, and as much for each reader however many there are."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.access import Role
from interview.answers import current, missing_to_finish
from interview.questions import NEWEST_SET
from interview.summary import summary
from records.answers import answers_of
from records.database import db
from records.people import Reader
from records.samples.bulk import ACCOUNTS, BulkError, bulk
from records.summaries import child_record
from records.tables import Answer, Child, Home, Interview, Person, Reason
from tests.conftest import BOTH
from tests.houses import Model, close
from tests.people import reader_on
from views.moments import now

TALKS = 130


@pytest.fixture(scope="module", params=BOTH)
def crowd(
    request: pytest.FixtureRequest, models: Callable[..., Model], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """An app with a hundred and thirty made-up talks, made once and only read."""
    house = models(request.param, empty=True).copy(tmp_path_factory.mktemp("bulk") / "instance")
    app = house.open()
    with app.app_context():
        bulk(TALKS, 7, "a made-up password", now())
    yield app
    close(app)
    house.remove()


@pytest.fixture
def opened(crowd: Flask) -> Iterator[None]:
    """The crowd, open for reading."""
    with crowd.app_context():
        yield


def counted(column: sa.ColumnElement[str]) -> list[int]:
    """How many talks fall on each value of this column, the most first."""
    talks = sa.select(sa.func.count()).select_from(Interview).group_by(column)
    return sorted(db.session.scalars(talks), reverse=True)


def account(role: Role) -> Reader:
    """The one of this role who can sign in."""
    person = db.session.scalars(sa.select(Person).where(Person.sign_in_name == ACCOUNTS[role])).one()
    return reader_on(person.id, now().date())


@pytest.mark.usefixtures("opened")
def test_as_many_talks_as_asked_for() -> None:
    assert sum(counted(Interview.id.expression)) == TALKS
    assert counted(Interview.home_id.expression) == [40, 40, 40, 10]
    assert set(counted(Interview.child_id.expression)) == {5}


@pytest.mark.usefixtures("opened")
def test_a_made_up_talk_is_a_whole_talk() -> None:
    finished = db.session.scalars(sa.select(Interview).where(Interview.finished_at.is_not(None))).all()
    assert all(missing_to_finish(current(answers_of(talk)), NEWEST_SET) == () for talk in finished[:5])
    per_talk = sa.select(sa.func.count()).select_from(Answer).group_by(Answer.interview_id)
    assert set(db.session.scalars(per_talk)) == {13}


@pytest.mark.usefixtures("opened")
def test_a_made_up_child_has_a_summary() -> None:
    child = db.session.scalars(
        sa.select(Child).join(Reason, Reason.child_id == Child.id).order_by(Child.id).limit(1)
    ).one()
    reader = Reader("someone", Role.REVIEWING_OFFICER, children=frozenset({child.id}))
    blocks = {block.key for block in summary(child_record(reader, child, now()), reader.role).blocks}
    assert {"wishes", "reasons", "in-words", "adults"} <= blocks


@pytest.mark.usefixtures("opened")
def test_the_accounts_reach_as_much_as_an_ordinary_reader() -> None:
    homes = account(Role.HOME_MANAGER).homes
    assert db.session.scalars(sa.select(Home.name).where(Home.id.in_(homes))).all() == ["Home 1"]
    assert len(account(Role.REVIEWING_OFFICER).children) == 20


@pytest.mark.usefixtures("opened")
def test_bulk_goes_into_a_database_once() -> None:
    with pytest.raises(BulkError, match="already"):
        bulk(TALKS, 7, "a made-up password", now())
