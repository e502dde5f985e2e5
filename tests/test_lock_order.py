"""Two tablets and the one who settles come at one moment: nobody waits for the other, each has one effect.

Only PostgreSQL can lock rows crosswise; on SQLite one writes after the other.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from time import monotonic, sleep
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.late import How
from records.answers import keep
from records.database import db
from records.interviews import finish
from records.log import broken_links
from records.raised import raise_concerns
from records.tables import Answer, Child, Concern, Episode, Interview, Late
from tests.conftest import Visit
from tests.people import People, an_episode, an_interview, answer, keeping
from tests.test_late import choose
from tests.test_replays import urgent
from tests.test_sync import OnTablet, report_lost, written
from views.moments import now

pytestmark = pytest.mark.parametrize(
    "database", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
ROUNDS = 6
TALKS = 4


def test_two_tablets_and_who_settles_never_wait_for_each_other(
    app: Flask, people: People, visit: Visit
) -> None:
    with keeping(app):
        talks = [an_interview(people).id for _ in range(TALKS)]
    one, other = OnTablet(visit(people.ines)), OnTablet(visit(people.ines))
    lost = OnTablet(visit(people.ines))
    for tablet in (one, other, lost):
        for talk in talks:
            assert tablet.take(talk).status_code == 200
    report_lost(app, lost.device, people.cora)
    settler = visit(people.ines)
    sent: set[str] = set()
    for number in range(ROUNDS):
        late = written(talks[0], "why", f"From the lost tablet, {number}.")
        assert lost.hand_in(late, last=False).get_json()["accepted"] == [late["op_id"]]
        settled = choose(app, How.TO_TALK) | {"why": ""}
        settler.get(f"/interviews/{talks[0]}/late")
        forth = [written(talk, value=f"Forth, {number}.") for talk in talks]
        back = [written(talk, "being_back", "2") for talk in reversed(talks)]
        dangers = [urgent(talk) for talk in (talks[0], talks[-1])]
        at_once(
            partial(one.send, *forth, dangers[0]),
            partial(other.send, *back, dangers[1]),
            partial(settler.post, f"/interviews/{talks[0]}/late", settled),
        )
        sent |= {each["op_id"] for each in (*forth, *back, late)}
    with app.app_context():
        assert set(db.session.scalars(sa.select(Answer.op_id))) == sent
        assert db.session.scalars(sa.select(Late).where(Late.settled_at.is_(None))).all() == []
        assert len(db.session.scalars(sa.select(Late)).all()) == ROUNDS
        assert len(db.session.scalars(sa.select(Concern)).all()) == 2 * ROUNDS
        assert broken_links() == []


def at_once(*doing: Callable[[], object]) -> None:
    """All of it at one moment; whoever was stopped because two waited for each other fails here."""
    ready = Barrier(len(doing))

    def start(do: Callable[[], object]) -> int:
        ready.wait(60)
        return int(getattr(do(), "status_code", 0))

    with ThreadPoolExecutor(len(doing)) as pool:
        assert {status // 100 for status in pool.map(start, doing)} <= {2, 3}


def test_what_is_settled_twice_at_one_moment_counts_once(app: Flask, people: People, visit: Visit) -> None:
    with keeping(app):
        talk = an_interview(people).id
    lost = OnTablet(visit(people.ines))
    lost.take(talk)
    report_lost(app, lost.device, people.cora)
    late = written(talk)
    lost.hand_in(late)
    settlers = [visit(people.ines), visit(people.ines)]
    settled = choose(app, How.TO_TALK) | {"why": ""}
    for settler in settlers:
        settler.get(f"/interviews/{talk}/late")
    at_once(*(partial(who.post, f"/interviews/{talk}/late", settled) for who in settlers))
    with app.app_context():
        assert list(db.session.scalars(sa.select(Answer.op_id))) == [late["op_id"]]
        assert [one.settled_how for one in db.session.scalars(sa.select(Late))] == [How.TO_TALK]


WAITING = sa.text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def while_a_tablet_writes(
    app: Flask, talk: str, do: Callable[[], object], free: Iterable[sa.Select[Any]]
) -> None:
    """Who comes while a tablet writes to a talk waits for the talk, and holds none of these meanwhile."""
    with app.app_context(), ThreadPoolExecutor(1) as pool, db.engine.connect() as on_tablet:
        on_tablet.execute(sa.select(Interview.id).where(Interview.id == talk).with_for_update())
        doing = pool.submit(do)
        try:
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watching:
                until = monotonic() + 60
                while not watching.scalar(WAITING) and not doing.done():
                    assert monotonic() < until
                    sleep(0.05)
            assert not doing.done()
            for one in free:
                on_tablet.execute(one.with_for_update(nowait=True))
        finally:
            on_tablet.rollback()
        assert getattr(doing.result(60), "status_code", 0) // 100 in {2, 3}


def test_who_lets_the_home_read_on_waits_for_the_talk_before_the_danger(
    app: Flask, people: People, visit: Visit
) -> None:
    with keeping(app):
        talk = an_interview(people)
        told = (answer("would_help", "A key."), answer("adult_hurt", "yes"))
        keep(talk, told, people.ines.id, now())
        raise_concerns(talk, [one.question for one in told], people.ines.id, now())
        finish(talk, now())
        about = talk.id
    with app.app_context():
        danger = db.session.scalars(sa.select(Concern.id)).one()
    page, cora = f"/concerns/{danger}/home", visit(people.cora)
    let = partial(cora.submit, page, keys=["would_help"], why="Agreed.", save="1")
    while_a_tablet_writes(app, about, let, [sa.select(Concern.id)])


@pytest.mark.parametrize("form", ["allocation", "facts"])
def test_who_gives_a_talk_to_another_waits_for_it_before_the_return_and_the_child(
    app: Flask, people: People, visit: Visit, form: str
) -> None:
    with keeping(app):
        back = an_episode(people)
        talk, path = an_interview(people, back).id, f"/episodes/{back.id}/{form}"
    cora = visit(people.cora)
    typed = {"interviewer": people.ines.id} if form == "allocation" else {}
    do = partial(cora.submit, path, save="1", **typed)
    while_a_tablet_writes(app, talk, do, [sa.select(Episode.id), sa.select(Child.id)])
