"""What a tablet wrote without a network arrives once, whole, and where it belongs."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from interview.answers import current
from interview.late import Why
from interview.questions import NEWEST_SET
from records.answers import answers_of
from records.base import new_id
from records.database import db, keys
from records.envelopes import public_key, seal_envelope
from records.interviews import covered_by
from records.late import content_of
from records.tables import Answer, Concern, Interview, Late, Person, SignInAttempt, Tablet, Taken
from tests.conftest import Visit
from tests.people import People, Someone, disable, end_posts, keeping
from tests.people import a_finished_talk as finished_talk
from tests.people import an_interview as a_talk
from tests.visitor import Visitor
from views.moments import now, today


class OnTablet:
    """Somebody at a tablet: what is written on it is sealed at once, and sent when it is told to."""

    def __init__(self, visitor: Visitor, device: str | None = None) -> None:
        self.visitor, self.device, self.slot = visitor, device or new_id(), new_id()
        self.key: dict[str, str] = self.contact().get_json()["key"]

    def contact(self, **more: Any) -> Any:
        answer = self.visitor.client.post(
            "/tablet/contact", json={"device": self.device, "slot": self.slot} | more
        )
        if answer.status_code == 200:
            self.visitor.token = answer.get_json()["token"]
        return answer

    def sign_in(self, name: str = "ines", **more: Any) -> Any:
        proof = {"name": name, "password": "a made-up password"} | more
        answer = self.visitor.client.post("/tablet/sign-in", json=proof)
        self.visitor.token = (answer.get_json() or {}).get("token", "")
        return answer

    def take(self, talk: str) -> Any:
        body = {"interviews": [talk], "device": self.device, "slot": self.slot}
        return self.visitor.post("/tablet/take", json=body)

    def seal(self, content: Mapping[str, Any]) -> dict[str, Any]:
        op_id = content["op_id"]
        return {"op_id": op_id, "slot": self.slot, "envelope": seal_envelope(self.key, op_id, dict(content))}

    def send(self, *contents: Mapping[str, Any]) -> Any:
        sealed = [self.seal(one) for one in contents]
        return self.visitor.post(
            "/tablet/sync", json={"device": self.device, "slot": self.slot, "sealed": sealed}
        )

    def hand_in(self, *contents: Mapping[str, Any], last: bool = True) -> Any:
        sealed = [self.seal(one) for one in contents]
        body = {"device": self.device, "sealed": sealed, "last": last}
        return self.visitor.client.post("/tablet/hand-in", json=body)


def written(talk: str, question: str = "why", value: Any = "It was too loud.", **more: Any) -> dict[str, Any]:
    """An answer as a tablet keeps it."""
    return {
        "kind": "answer",
        "interview": talk,
        "op_id": str(uuid4()),
        "question": question,
        "set": NEWEST_SET,
        "value": value,
        "skipped": None,
        "said_by": "child-typed",
        "audience": ["social-worker"],
        "base_op": None,
        "language": "en",
        "device_time": "2026-11-18T09:00:00+00:00",
    } | more


def form(talk: str, kind: str, after: list[str] | None = None, **fields: str) -> dict[str, Any]:
    """A form as a tablet keeps it."""
    return {
        "kind": kind,
        "interview": talk,
        "op_id": str(uuid4()),
        "fields": [[name, value] for name, value in fields.items()],
        "after": after or [],
        "device_time": "2026-11-18T10:00:00+00:00",
    }


Tablets = Callable[..., OnTablet]


@pytest.fixture
def tablet(visit: Visit) -> Tablets:
    """Somebody signed in at a tablet."""
    return lambda person, device=None: OnTablet(visit(person), device)


@pytest.fixture
def talk(app: Flask, people: People) -> str:
    """The id of a talk that Ines holds."""
    with keeping(app):
        return a_talk(people).id


def kept_in(app: Flask, talk: str) -> dict[str, Any]:
    """What counts in a talk, by question."""
    with app.app_context():
        interview = db.session.get_one(Interview, talk)
        return {key: answer.value for key, answer in current(answers_of(interview)).items()}


def late_in(app: Flask) -> list[tuple[str, str]]:
    """What came late and waits: the ids and why."""
    with app.app_context():
        search = sa.select(Late).where(Late.settled_at.is_(None)).order_by(Late.received_at, Late.op_id)
        return [(late.op_id, late.why) for late in db.session.scalars(search)]


def how_many(app: Flask, table: Any) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_what_was_written_arrives(app: Flask, people: People, tablet: Tablets, talk: str) -> None:
    one, two = written(talk), written(talk, "being_back", "2")
    answer = tablet(people.ines).send(one, two).get_json()
    assert set(answer["accepted"]) == {one["op_id"], two["op_id"]}
    assert (answer["late"], answer["refused"]) == ([], [])
    assert kept_in(app, talk) == {"why": "It was too loud.", "being_back": "2"}


def test_ten_times_is_once(app: Flask, people: People, tablet: Tablets, talk: str) -> None:
    ines, one = tablet(people.ines), written(talk)
    for _ in range(10):
        assert ines.send(one, one).get_json()["accepted"] == [one["op_id"]] * 2
    assert how_many(app, Answer) == 1


def test_what_builds_upon_another_may_come_before_it(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines, first = tablet(people.ines), written(talk)
    second = written(talk, value="It was far too loud.", base_op=first["op_id"])
    assert ines.send(second).get_json()["accepted"] == [second["op_id"]]
    assert ines.send(first).get_json()["accepted"] == [first["op_id"]]
    assert kept_in(app, talk) == {"why": "It was far too loud."}


def test_what_does_not_open_stays_on_the_tablet(people: People, tablet: Tablets, talk: str) -> None:
    ines, one = tablet(people.ines), written(talk)
    sealed = ines.seal(one)
    for changed in (
        sealed | {"op_id": "another"},
        sealed | {"envelope": sealed["envelope"] | {"k": "99"}},
        sealed | {"envelope": sealed["envelope"] | {"c": "AAAA"}},
        sealed | {"envelope": None},
        {"op_id": "nothing"},
        "nothing at all",
    ):
        body = {"device": ines.device, "slot": ines.slot, "sealed": [changed]}
        answer = ines.visitor.post("/tablet/sync", json=body).get_json()
        assert answer["accepted"] == []
        assert len(answer["refused"]) == 1
    assert ines.send(written("there-is-no-such-talk")).get_json()["refused"][0]["why"]


def test_what_comes_after_the_talk_was_finished_is_kept_whole(
    app: Flask, people: People, tablet: Tablets
) -> None:
    with keeping(app):
        talk = finished_talk(people).id
    one = written(talk, value="And one more thing.")
    ines = tablet(people.ines)
    for _ in range(3):
        answer = ines.send(one).get_json()
        assert answer["accepted"] == [one["op_id"]]
        assert answer["late"] == [{"op_id": one["op_id"], "why": "finished"}]
    assert how_many(app, Late) == 1
    with app.app_context():
        late = db.session.scalars(sa.select(Late)).one()
        assert content_of(late)["value"] == "And one more thing."
        assert b"one more" not in (late.content_sealed or b"")


def test_an_answer_that_was_kept_before_is_no_news_after_the_end(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines, one = tablet(people.ines), written(talk)
    ines.send(one)
    with keeping(app):
        db.session.get_one(Interview, talk).finished_at = now()
    answer = ines.send(one).get_json()
    assert (answer["accepted"], answer["late"]) == ([one["op_id"]], [])


def test_what_does_not_fit_is_kept_for_a_person(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    wrong = [
        written(talk, "being_back", "no such face"),
        written(talk, "no-such-question"),
        written(talk, set="2031-01"),
        written(talk, said_by="nobody"),
        written(talk, kind="no such kind"),
    ]
    answer = tablet(people.ines).send(*wrong).get_json()
    assert set(answer["accepted"]) == {one["op_id"] for one in wrong}
    assert {why for _, why in late_in(app)} == {Why.REFUSED}
    assert len(late_in(app)) == len(wrong)


def test_a_talk_that_was_given_to_somebody_else_gets_nothing_unseen(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines, one = tablet(people.ines), written(talk)
    with keeping(app):
        db.session.get_one(Interview, talk).interviewer_id = people.omar.id
    assert ines.send(one).get_json()["late"] == [{"op_id": one["op_id"], "why": "not-yours"}]
    assert kept_in(app, talk) == {}
    assert ines.contact().get_json()["talks"] == {}


def test_what_two_connections_bring_at_once_is_kept_once(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines, some = tablet(people.ines), [written(talk), written(talk, "being_back", "2")]
    others = [tablet(people.ines, ines.device) for _ in range(3)]
    for other in others:
        other.slot = ines.slot
    with ThreadPoolExecutor(4) as pool:
        came = list(pool.map(lambda one: one.send(*some).get_json(), [ines, *others]))
    assert all(set(one["accepted"]) == {each["op_id"] for each in some} for one in came)
    assert how_many(app, Answer) == 2
    assert how_many(app, Late) == 0


def test_whatever_is_lost_on_the_way_arrives_once_in_the_end(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    """Three in ten are lost on the way there, and three in ten of the replies on the way back."""
    ines, chance = tablet(people.ines), Random(5)
    wrote = [written(talk, value=f"The {n}th time.") for n in range(20)]
    for before, after in pairwise(wrote):
        after["base_op"] = before["op_id"]
    outbox = list(wrote)
    while outbox:
        sent = outbox[: chance.randint(1, 5)]
        if chance.random() < 0.3:
            continue
        accepted = ines.send(*sent).get_json()["accepted"]
        if chance.random() >= 0.3:
            outbox = [one for one in outbox if one["op_id"] not in accepted]
    assert how_many(app, Answer) == len(wrote)
    assert kept_in(app, talk) == {"why": "The 19th time."}


# Contact -------------------------------------------------------------------------------------------


def test_a_stranger_is_told_to_sign_in_and_nothing_else(visit: Visit) -> None:
    body = {"device": new_id(), "slot": new_id()}
    answer = visit().client.post("/tablet/contact", json=body)
    assert answer.status_code == 401
    assert set(answer.get_json()) == {"why", "server_time", "key"}


def test_each_person_has_another_mark(people: People, tablet: Tablets) -> None:
    ines, omar = tablet(people.ines), tablet(people.omar)
    tags = [one.contact().get_json()["tag"] for one in (ines, ines, omar)]
    assert tags[0] == tags[1] != tags[2]
    assert people.ines.id not in tags[0]


def test_what_a_page_does_by_itself_keeps_no_session_alive(
    people: People, tablet: Tablets, talk: str, clock: time_machine.Traveller
) -> None:
    ines = tablet(people.ines)
    for _ in range(4):
        clock.shift(timedelta(minutes=9))
        last = ines.contact().status_code
    assert last == 401
    right = {"name": "ines", "password": "a made-up password"}
    ines.visitor.token = ines.visitor.client.post("/tablet/sign-in", json=right).get_json()["token"]
    for _ in range(4):
        clock.shift(timedelta(minutes=9))
        assert ines.send(written(talk)).status_code == 200


def test_a_place_on_a_tablet_is_one_persons(app: Flask, people: People, tablet: Tablets, talk: str) -> None:
    ines, omar = tablet(people.ines), tablet(people.omar)
    omar.device, omar.slot = ines.device, ines.slot
    assert omar.send(written(talk)).status_code == 409
    assert omar.contact().get_json()["talks"] == {}
    assert how_many(app, Late) == 0


def test_with_the_child_the_worker_s_own_words_are_not_held_up(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines = tablet(people.ines)
    one = written(talk, "worker_view", "Tired.", said_by="worker")
    assert ines.contact(with_the_child=talk).get_json()["handed_over"] == talk
    assert ines.visitor.client.get("/interviews").status_code == 302
    assert ines.send(one).get_json()["accepted"] == [one["op_id"]]
    assert ines.contact(with_the_child=None).get_json()["handed_over"] == talk


def test_the_password_takes_the_tablet_back_without_leaving_the_page(
    people: People, tablet: Tablets, talk: str
) -> None:
    ines = tablet(people.ines)
    ines.contact(with_the_child=talk)
    wrong = ines.visitor.client.post("/tablet/sign-in", json={"name": "ines", "password": "wrong"})
    assert wrong.status_code == 401
    right = {"name": "ines", "password": "a made-up password"}
    assert ines.visitor.client.post("/tablet/sign-in", json=right).status_code == 200
    assert ines.contact().get_json()["handed_over"] is None
    assert ines.visitor.client.get("/interviews").status_code == 200


def test_somebody_else_s_talk_is_handed_to_nobody(people: People, tablet: Tablets, talk: str) -> None:
    assert tablet(people.omar).contact(slot=None, with_the_child=talk).get_json()["handed_over"] is None


def test_whoever_has_signed_out_keeps_what_is_written(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines, one = tablet(people.ines), written(talk)
    ines.visitor.sign_out()
    assert ines.contact().status_code == 401
    assert ines.visitor.client.post("/tablet/sync", json={}).status_code == 401
    assert how_many(app, Answer) == 0
    right = {"name": "ines", "password": "a made-up password"}
    ines.visitor.token = ines.visitor.client.post("/tablet/sign-in", json=right).get_json()["token"]
    assert ines.send(one).get_json()["accepted"] == [one["op_id"]]


def test_a_talk_is_taken_along(app: Flask, people: People, tablet: Tablets, talk: str) -> None:
    ines = tablet(people.ines)
    body = {"interviews": [talk], "device": ines.device, "slot": ines.slot}
    [draft] = ines.visitor.post("/tablet/take", json=body).get_json()["drafts"]
    assert (draft["interview"], draft["title"]) == (talk, people.robin.name)
    assert ines.contact().get_json()["talks"] == {talk: "open"}
    assert (how_many(app, Tablet), how_many(app, Taken)) == (1, 1)


# Lost, and left ------------------------------------------------------------------------------------


def report_lost(app: Flask, device: str, by: Someone) -> None:
    with keeping(app):
        for tablet in db.session.scalars(sa.select(Tablet).where(Tablet.device == device)):
            tablet.revoked_at, tablet.revoked_by = now(), by.id


def test_a_lost_tablet_hands_in_and_forgets(app: Flask, people: People, tablet: Tablets, talk: str) -> None:
    ines, one = tablet(people.ines), written(talk)
    report_lost(app, ines.device, people.ines)
    ines.visitor.sign_out()
    assert ines.contact().status_code == 410
    answer = ines.hand_in(one)
    assert answer.get_json()["accepted"] == [one["op_id"]]
    assert answer.get_json()["wipe"] == "all"
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert late_in(app) == [(one["op_id"], Why.LOST)]
    assert kept_in(app, talk) == {}


def test_what_has_no_place_on_a_lost_tablet_is_of_whoever_has_the_talk(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines = tablet(people.ines)
    omar = tablet(people.omar, ines.device)
    report_lost(app, ines.device, people.ines)
    omar.slot = ""
    omar.hand_in(written(talk))
    with app.app_context():
        assert db.session.scalars(sa.select(Late.author_id)).all() == [people.ines.id]


def test_what_was_typed_online_on_a_lost_tablet_is_kept_though_the_talk_is_anothers_by_now(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    """Ines typed in her browser, and took the talk along nowhere; Omar has it since."""
    ines = tablet(people.ines)
    with keeping(app):
        other = a_talk(people, kid=people.sasha, interviewer=people.omar).id
    assert ines.visitor.get(f"/interviews/{talk}/talk").status_code == 200
    with keeping(app):
        db.session.get_one(Interview, talk).interviewer_id = people.omar.id
    report_lost(app, ines.device, people.ines)
    typed, place = written(talk), ines.slot
    ines.slot = ""
    said = ines.hand_in(typed, written(other)).get_json()
    assert said["accepted"] == [typed["op_id"]]
    assert len(said["refused"]) == 1
    with app.app_context():
        late = db.session.scalars(sa.select(Late)).one()
        assert (late.author_id, late.tablet_id, late.why) == (people.ines.id, place, Why.LOST)


def test_a_lost_tablet_sends_nothing_even_where_somebody_is_signed_in(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines, one = tablet(people.ines), written(talk)
    report_lost(app, ines.device, people.ines)
    assert ines.send(one).status_code == 410
    assert (how_many(app, Answer), how_many(app, Late)) == (0, 0)


def test_a_tablet_that_is_not_lost_hands_in_nothing(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    assert tablet(people.ines).hand_in(written(talk)).status_code == 404
    assert how_many(app, Late) == 0


@pytest.mark.parametrize("how", ["disabled", "post ended"])
def test_what_somebody_left_on_a_tablet_is_handed_in_and_no_one_else_s(
    app: Flask, people: People, tablet: Tablets, talk: str, how: str
) -> None:
    ines = tablet(people.ines)
    omar = tablet(people.omar, ines.device)
    with keeping(app):
        if how == "disabled":
            disable(people.ines)
        else:
            end_posts(people.ines, today().replace(year=2021))
    told = omar.contact()
    assert (told.status_code, told.get_json()["slots"]) == (410, [ines.slot])
    mine, his = written(talk), written(talk)
    assert ines.hand_in(mine).get_json()["accepted"] == [mine["op_id"]]
    assert omar.contact().status_code == 200
    assert omar.hand_in(his).status_code == 404
    assert late_in(app) == [(mine["op_id"], Why.LEFT)]


def test_what_somebody_typed_online_is_handed_in_by_its_mark_once_they_have_left(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines = tablet(people.ines)
    omar = tablet(people.omar, ines.device)
    mark, his_mark = (one.contact().get_json()["tag"] for one in (ines, omar))
    with keeping(app):
        end_posts(people.ines, today().replace(year=2021))
    assert omar.contact().get_json()["tags"] == [mark]
    hers, his = written(talk), written(talk)
    marked = [(hers, mark), (his, his_mark)]
    sealed = [ines.seal(one) | {"slot": None, "tag": tag} for one, tag in marked]
    body = {"device": ines.device, "sealed": sealed, "last": False}
    assert omar.visitor.client.post("/tablet/hand-in", json=body).get_json()["accepted"] == [hers["op_id"]]
    with app.app_context():
        late = db.session.scalars(sa.select(Late)).one()
        assert (late.author_id, late.tablet_id, late.why) == (people.ines.id, ines.slot, Why.LEFT)


def test_what_was_sent_to_a_talk_does_not_say_that_whoever_sent_it_had_it_open(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    """Omar never had this talk; what his tablet sent to it lets nobody forge an answer in it later."""
    omar = tablet(people.omar)
    with keeping(app):
        a_talk(people, kid=people.sasha, interviewer=people.omar)
    omar.send(form(talk, "found", face="4"), written(talk))
    report_lost(app, omar.device, people.cora)
    forged = written(talk, value="Nothing happened.")
    assert [one["op_id"] for one in omar.hand_in(forged).get_json()["refused"]] == [forged["op_id"]]


def test_nobody_is_signed_in_on_a_tablet_that_was_reported_lost(
    people: People, tablet: Tablets, visit: Visit, talk: str
) -> None:
    lost, omar, reporter = tablet(people.ines), tablet(people.omar), visit(people.ines)
    lost.take(talk)
    reporter.submit(f"/tablets/{lost.slot}/lost")
    assert "Reported lost" in reporter.get("/tablets").text
    assert lost.visitor.client.get("/interviews").status_code == 302
    assert omar.visitor.client.get("/interviews").status_code == 200


@pytest.mark.parametrize("how", ["contact", "send", "take"])
def test_whoever_signs_in_on_a_lost_tablet_is_signed_out_and_gets_no_talk(
    app: Flask, people: People, tablet: Tablets, talk: str, how: str
) -> None:
    lost = tablet(people.ines)
    report_lost(app, lost.device, people.cora)
    assert lost.visitor.client.get("/interviews").status_code == 200
    did = lost.take(talk) if how == "take" else lost.send() if how == "send" else lost.contact()
    assert (did.status_code, did.get_json()["why"]) == (410, "lost")
    assert lost.visitor.client.get("/interviews").status_code == 302
    assert how_many(app, Taken) == 0


@pytest.mark.parametrize("left_out", ["device", "slot"])
def test_a_talk_is_taken_onto_a_known_place_only(
    app: Flask, people: People, tablet: Tablets, talk: str, left_out: str
) -> None:
    ines = tablet(people.ines)
    body = {"interviews": [talk], "device": ines.device, "slot": ines.slot} | {left_out: None}
    assert ines.visitor.post("/tablet/take", json=body).status_code == 400
    assert how_many(app, Taken) == 0


def test_the_key_opens_what_it_sealed(app: Flask) -> None:
    with app.app_context():
        assert len(public_key(keys())["raw"]) == 87


def test_who_signs_in_again_beside_the_child_gets_a_tablet_that_is_with_the_child(
    people: People, tablet: Tablets, talk: str
) -> None:
    ines = tablet(people.ines)
    ines.visitor.sign_out()
    answer = ines.sign_in(with_the_child=talk)
    assert answer.get_json()["handed_over"] == talk
    assert ines.visitor.client.get("/interviews").status_code == 302
    assert ines.send(written(talk)).status_code == 200
    # The one that was with the child already is handed over anew.
    assert ines.sign_in(with_the_child=talk).get_json()["handed_over"] == talk
    assert ines.visitor.client.get("/interviews").status_code == 302
    assert ines.sign_in().get_json()["handed_over"] is None
    assert ines.visitor.client.get("/interviews").status_code == 200


def test_who_signs_in_again_is_handed_nobody_else_s_talk(people: People, tablet: Tablets, talk: str) -> None:
    omar = tablet(people.omar)
    omar.sign_in("omar", with_the_child=talk)
    # The child has the tablet all the same: nothing opens, neither the talk nor a page of Omar's.
    for page in (f"/interviews/{talk}/talk", "/interviews"):
        assert omar.visitor.get(page).headers["Location"].startswith("/tablet")
    assert omar.sign_in("omar", with_the_child="\ud800").status_code == 200


@pytest.mark.parametrize("wrong", ["\ud800", "half a character \udfff in it", "\0"])
@pytest.mark.parametrize("field", ["name", "password"])
def test_half_a_character_is_a_wrong_try_like_any_other(
    app: Flask, people: People, tablet: Tablets, field: str, wrong: str
) -> None:
    ines = tablet(people.ines)
    before = how_many(app, SignInAttempt)
    assert ines.sign_in(**{field: wrong}).status_code == 401
    assert how_many(app, SignInAttempt) > before


def test_what_a_tablet_is_told_is_said_in_the_workers_language(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines = tablet(people.ines)
    with keeping(app):
        db.session.get_one(Person, people.ines.id).language = "cy"
    unknown = ines.send(written("there-is-no-such-talk")).get_json()["refused"][0]["why"]
    assert "coordinator" not in unknown
    assert "gydlynydd" in unknown
    # Signed out, nobody knows who it is: it is said in the language of the page.
    wrong = {"name": "ines", "password": "not this one"}
    said = [
        app.test_client().post("/tablet/sign-in", json=wrong | page).get_json()["why"]
        for page in ({}, {"in": "cy"}, {"in": "klingon"}, {"in": ["cy"]})
    ]
    english, welsh, *others = said
    assert welsh != english
    assert others == [english, english]


def test_half_a_character_is_no_pin(people: People, tablet: Tablets, talk: str) -> None:
    ines = tablet(people.ines)
    ines.contact(with_the_child=talk)
    assert ines.visitor.client.post("/tablet/sign-in", json={"pin": "\ud800"}).status_code == 401


# What a stranger may do with a tablet that they found -------------------------------------------------


def fields_of(one: Mapping[str, Any], *more: tuple[str, str]) -> dict[str, Any]:
    return {**one, "fields": [list(pair) for pair in more]}


def test_a_danger_from_a_lost_tablet_is_new_and_nobody_counts_as_told(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines = tablet(people.ines)
    ines.take(talk)
    real = fields_of(form(talk, "urgent"), ("dangers", "sexual-abuse"), ("said", "It was him."))
    ines.send(real)
    report_lost(app, ines.device, people.cora)
    told = (("about", real["op_id"]), ("whom", "police"), ("name", "PC 49"), ("child_knows", "y"))
    forged = fields_of(form(talk, "urgent"), *told, ("said", "All is well."))
    forged["after"] = ["what-never-comes-from-here"]
    for _ in range(2):
        assert ines.hand_in(forged).get_json()["accepted"] == [forged["op_id"]]
    with app.app_context():
        concerns = {one.id: one for one in db.session.scalars(sa.select(Concern))}
        assert set(concerns) == {real["op_id"], forged["op_id"]}
        assert [one.told_at for one in concerns.values()] == [None, None]
        late = db.session.scalars(sa.select(Late)).one()
        assert content_of(late)["fields"] == forged["fields"]


def test_a_lost_tablet_hands_in_of_its_own_talks_only(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    with keeping(app):
        other = a_talk(people, kid=people.sasha, interviewer=people.omar).id
    ines = tablet(people.ines)
    ines.take(talk)
    with keeping(app):
        # It was on the tablet, whoever has it now.
        db.session.get_one(Interview, talk).interviewer_id = people.omar.id
    report_lost(app, ines.device, people.cora)
    mine, his = written(talk), written(other)
    said = ines.hand_in(mine, his).get_json()
    assert said["accepted"] == [mine["op_id"]]
    assert [one["op_id"] for one in said["refused"]] == [his["op_id"]]
    assert late_in(app) == [(mine["op_id"], Why.LOST)]


def test_no_lost_tablet_hands_in_without_end(
    app: Flask, people: People, tablet: Tablets, talk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("views.sync.MOST_LATE", 3)
    ines = tablet(people.ines)
    report_lost(app, ines.device, people.cora)
    # Also what names no place on it counts.
    slot, ines.slot = ines.slot, "none"
    assert ines.hand_in(*(written(talk) for _ in range(3)), last=False).status_code == 200
    ines.slot = slot
    assert ines.hand_in(written(talk), last=False).status_code == 429
    assert how_many(app, Late) == 3


def test_a_stranger_keeps_nobody_waiting(app: Flask, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    did: list[str] = []
    monkeypatch.setattr("views.sync.begin_writing", lambda: did.append("began to write"))
    monkeypatch.setattr("views.sync.open_envelope", lambda *_: did.append("opened an envelope"))
    body = {"device": new_id(), "sealed": [{"op_id": "one", "envelope": {}}], "last": True}
    assert visit().client.post("/tablet/hand-in", json=body).status_code == 404
    assert did == []


def test_what_is_handed_in_first_under_an_id_silences_nothing(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines = tablet(people.ines)
    ines.take(talk)
    report_lost(app, ines.device, people.cora)
    real = fields_of(form(talk, "urgent"), ("dangers", "sexual-abuse"), ("said", "It was him."))
    said = written(talk)
    for _ in range(2):
        ines.hand_in(fields_of(real, ("said", "All is well.")), said | {"value": "All is well."}, last=False)
        ines.hand_in(real, said, last=False)
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Concern)) == 2
        kept = [content_of(one) for one in db.session.scalars(sa.select(Late))]
    assert len(kept) == 4
    assert real in kept
    assert said in kept


def lies_on(app: Flask, tablet: OnTablet) -> int:
    """How many talks lie on a tablet, as far as the office knows."""
    with app.app_context():
        on_it = (Taken.tablet_id == tablet.slot, Taken.brought_back_at.is_(None))
        return db.session.scalar(sa.select(sa.func.count()).select_from(Taken).where(*on_it)) or 0


def test_the_tablet_itself_says_what_lies_on_it(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    mine = tablet(people.ines)
    mine.take(talk)
    with keeping(app):
        db.session.get_one(Interview, talk).interviewer_id = people.omar.id
    assert mine.send(written(talk)).get_json()["talks"] == {talk: "not-yours"}
    assert lies_on(app, mine) == 0
    # It is in the middle of it, and has not taken it away.
    mine.contact(holds=[talk, "another", 7, None])
    assert lies_on(app, mine) == 1
    mine.contact(holds="all of them")
    mine.contact()
    assert lies_on(app, mine) == 1
    assert mine.contact(holds=[]).get_json()["talks"] == {talk: "not-yours"}
    assert lies_on(app, mine) == 0


def test_who_gives_a_talk_to_another_learns_that_it_lies_on_a_tablet(
    app: Flask, people: People, tablet: Tablets, visit: Visit, talk: str
) -> None:
    mine = tablet(people.ines)
    with app.app_context():
        page = f"/episodes/{covered_by(db.session.get_one(Interview, talk))[0].id}/allocation"
    assert "on their tablet" not in visit(people.cora).get(page).text
    mine.take(talk)
    assert "on their tablet since" in visit(people.cora).get(page).text
    mine.contact(holds=[])
    assert "on their tablet" not in visit(people.cora).get(page).text


@pytest.mark.parametrize("page", ["", "/finish"])
def test_at_the_desk_a_talk_says_since_when_it_is_on_a_tablet(
    people: People, tablet: Tablets, visit: Visit, talk: str, page: str
) -> None:
    mine, desk = tablet(people.ines), visit(people.ines)
    said = "What was written there and has not been sent is not here yet"
    assert said not in desk.get(f"/interviews/{talk}{page}").text
    mine.take(talk)
    assert said in desk.get(f"/interviews/{talk}{page}").text
    mine.contact(holds=[])
    assert said not in desk.get(f"/interviews/{talk}{page}").text


def test_whoever_begins_anew_on_a_tablet_has_left_the_place_before(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    before = tablet(people.ines)
    before.take(talk)
    anew = tablet(people.ines, before.device)
    assert anew.slot != before.slot
    assert lies_on(app, before) == 0
