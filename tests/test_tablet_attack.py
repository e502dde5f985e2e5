"""What somebody tries at the doors for tablets: a finder, a manager, one who has left, a broken tablet."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.access import Role
from records.database import db
from records.log import broken_links
from records.tables import Answer, Home, Interview, Late, Post
from tests.conftest import Visit
from tests.people import People, a_finished_talk, an_interview, end_posts, keeping
from tests.test_sync import OnTablet, Tablets, form, how_many, kept_in, report_lost, written
from tests.test_sync import tablet as tablet
from tests.test_sync import talk as talk
from views.moments import now, today


def test_who_finds_a_tablet_learns_nothing_from_its_id(
    app: Flask, visit: Visit, people: People, tablet: Tablets, talk: str
) -> None:
    ines = tablet(people.ines)
    ines.take(talk)
    found, unknown = OnTablet(visit(), ines.device), OnTablet(visit())
    found.slot = ines.slot
    for one in (found, unknown):
        said = one.contact(with_the_child=talk)
        assert said.status_code == 401
        assert set(said.get_json()) == {"why", "server_time", "key"}
        assert one.hand_in(written(talk)).status_code == 404
        assert one.visitor.client.post("/tablet/take", json={"interviews": [talk]}).status_code in {400, 401}
    assert how_many(app, Answer) == how_many(app, Late) == 0


def test_a_manager_of_two_homes_gets_no_further_at_a_tablet(
    app: Flask, people: People, tablet: Tablets
) -> None:
    with keeping(app):
        talk = a_finished_talk(people).id
        other = db.session.get_one(Home, people.rowan.id)
        post = Post(person_id=people.maya.id, role=Role.HOME_MANAGER, home_id=other.id, starts=today())
        db.session.add(post)
    maya = tablet(people.maya)
    contact = maya.contact(slot=None, with_the_child=talk).get_json()
    assert (contact["talks"], contact["handed_over"]) == ({}, None)
    assert maya.take(talk).status_code == maya.send(written(talk)).status_code == 403
    for path in ("/late", "/tablets", f"/interviews/{talk}/late", f"/tablets/{maya.slot}/lost"):
        assert maya.visitor.get(path).status_code in {403, 404}
    assert how_many(app, Late) == 0
    # Whatever a tablet's own page says shuts her pages, and opens none.
    assert maya.contact(with_the_child=talk).get_json()["talks"] == {}
    for path in ("/", f"/interviews/{talk}", f"/interviews/{talk}/talk"):
        assert maya.visitor.get(path).location == "/tablet"


def test_whose_post_ended_yesterday_hands_in_and_reads_nothing(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines = tablet(people.ines)
    ines.take(talk)
    with keeping(app):
        end_posts(people.ines, today() - timedelta(days=1))
    one = written(talk)
    said = ines.contact().get_json()
    assert (said.pop("why"), said.pop("slots"), set(said)) == ("left", [ines.slot], {"server_time", "tags"})
    assert ines.send(one).status_code in {401, 403, 410}
    assert ines.sign_in().status_code == 401
    assert ines.take(talk).status_code in {401, 403}
    assert ines.hand_in(one).get_json()["accepted"] == [one["op_id"]]
    assert kept_in(app, talk) == {}
    assert how_many(app, Late) == 1


def test_too_much_at_once_is_refused_whole_and_nothing_is_kept_by_half(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines = tablet(people.ines)
    one = ines.seal(written(talk))
    body = {"device": ines.device, "slot": ines.slot, "sealed": [one] * 1000}
    assert ines.visitor.post("/tablet/sync", json=body).status_code == 413
    assert how_many(app, Answer) == 0


def test_an_answer_of_five_megabytes_holds_up_nothing_else(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines, small = tablet(people.ines), written(talk, "being_back", "2")
    points = [n % 1000 for n in range(1_000_000)]
    line = {"colour": "blue", "width": 6, "points": points}
    huge = written(talk, "why_drawing", {"size": [1000, 750], "strokes": [line], "caption": ""})
    assert ines.send(huge).status_code in {200, 413}
    assert ines.send(small).get_json()["accepted"] == [small["op_id"]]
    assert kept_in(app, talk) == {"being_back": "2"}


def test_an_id_counts_in_one_talk_only(app: Flask, people: People, tablet: Tablets, talk: str) -> None:
    with keeping(app):
        other = an_interview(people).id
    ines, one = tablet(people.ines), written(talk)
    again = one | {"interview": other, "value": "Not the same."}
    ines.send(one)
    said = ines.send(again).get_json()
    assert said["accepted"] == [one["op_id"]]
    assert [late["op_id"] for late in said["late"]] == [one["op_id"]]
    assert kept_in(app, talk) == {"why": "It was too loud."}
    assert kept_in(app, other) == {}


@pytest.mark.parametrize("clock", ["1970-01-01T00:00:00+00:00", "2090-01-01T00:00:00+00:00"])
def test_a_clock_that_is_a_lifetime_off_dates_nothing(
    app: Flask, people: People, tablet: Tablets, talk: str, clock: str
) -> None:
    with app.app_context():
        given = db.session.get_one(Interview, talk).allocated_at
    ines = tablet(people.ines)
    ines.send(written(talk, device_time=clock), form(talk, "urgent", said="Danger.") | {"device_time": clock})
    with app.app_context():
        held = db.session.get_one(Interview, talk).held_at
    assert held is not None
    assert given <= held <= now()
    assert ines.visitor.get(f"/interviews/{talk}").status_code == 200


@pytest.mark.parametrize(
    "after", [None, "all", 5, {"a": 1}, [None], [{"a": 1}], [[]], ["x"] * 5001, ["\x00"], ["x" * 10_000]]
)
def test_a_forged_list_of_what_came_before_is_no_way_in(
    app: Flask, people: People, tablet: Tablets, talk: str, after: Any
) -> None:
    ines = tablet(people.ines)
    end = form(talk, "finish") | {"after": after}
    said = ines.send(end, written(talk)).get_json()
    assert len(said["accepted"]) == 2
    assert kept_in(app, talk) == {"why": "It was too loud."}
    with app.app_context():
        assert db.session.get_one(Interview, talk).finished_at is None
    assert ines.visitor.get(f"/interviews/{talk}/late").status_code == 200


def test_two_who_hand_in_at_once_hand_in_once(
    app: Flask, people: People, tablet: Tablets, visit: Visit, talk: str
) -> None:
    ines = tablet(people.ines)
    ines.take(talk)
    others = [OnTablet(visit(), ines.device) for _ in range(2)]
    for other in others:
        other.slot = ines.slot
    report_lost(app, ines.device, people.cora)
    some = [written(talk), form(talk, "urgent", said="Danger.")]
    with ThreadPoolExecutor(2) as pool:
        came = list(pool.map(lambda one: one.hand_in(*some).get_json()["accepted"], others))
    assert came == [[one["op_id"] for one in some]] * 2
    assert how_many(app, Late) == 2
    with app.app_context():
        assert len(db.session.scalars(sa.select(Late.op_id).distinct()).all()) == 2
        assert broken_links() == []
