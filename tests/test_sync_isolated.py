"""What cannot be kept stays alone on the tablet: nothing else has to wait for it."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.access import Audience
from interview.answers import current
from interview.concerns import Telling
from interview.late import Why
from records.answers import answers_of
from records.concerns import tell
from records.database import db
from records.late import content_of
from records.tables import Concern, Interview, Late, Operation
from tests.people import People, an_interview, keeping
from tests.test_sync import Tablets, form, how_many, kept_in, late_in, written
from tests.test_sync import tablet as tablet
from tests.test_sync import talk as talk
from views.moments import now

HALF = "I cried \ud83d and left."


def danger(talk: str, **more: Any) -> dict[str, Any]:
    return form(talk, "urgent", dangers="sexual-abuse", said="He hurts me.") | more


def test_half_a_character_becomes_a_mark_and_the_rest_of_the_words_stay(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    one, odd = written(talk, value=HALF), written(talk, "no-such-question", value=HALF)
    answer = tablet(people.ines).send(one, odd).get_json()
    assert set(answer["accepted"]) == {one["op_id"], odd["op_id"]}
    assert kept_in(app, talk) == {"why": "I cried \ufffd and left."}
    with app.app_context():
        assert content_of(db.session.scalars(sa.select(Late)).one())["value"] == "I cried \ufffd and left."


def test_a_moment_that_is_none_in_utc_is_no_reason_to_refuse(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    one = written(talk, device_time="0001-01-01T00:00:00+23:59")
    assert tablet(people.ines).send(one).get_json()["accepted"] == [one["op_id"]]
    assert kept_in(app, talk) == {"why": "It was too loud."}


@pytest.mark.parametrize(
    "odd",
    [
        {"after": [f"no-such-{n}" for n in range(6000)]},
        {"kind": "no such\x00kind"},
        {"interview": "no such\x00talk"},
        {"op_id": "odd\x00id"},
        {"fields": {"a": 1}},
    ],
    ids=["after", "kind", "interview", "id", "fields"],
)
def test_what_is_odd_holds_nothing_else_up(
    app: Flask, people: People, tablet: Tablets, talk: str, odd: dict[str, Any]
) -> None:
    one, strange = written(talk), form(talk, "language", language="cy") | odd
    answer = tablet(people.ines).send(strange, one)
    assert answer.status_code == 200
    assert one["op_id"] in answer.get_json()["accepted"]
    assert kept_in(app, talk) == {"why": "It was too loud."}


def test_what_raises_stays_on_the_tablet_and_leaves_no_trace(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    # Its id is that of a danger in another talk.
    one, bad = written(talk), danger(talk, device_time="2026-11-18T10:00:00+00:00")
    with keeping(app):
        db.session.add(Concern(**_of_another_talk(people, talk, bad["op_id"])))
    answer = tablet(people.ines).send(bad, one).get_json()
    assert answer["accepted"] == [one["op_id"]]
    assert [refused["op_id"] for refused in answer["refused"]] == [bad["op_id"]]
    assert how_many(app, Operation) == 0
    assert kept_in(app, talk) == {"why": "It was too loud."}


def _of_another_talk(people: People, talk: str, concern: str) -> dict[str, Any]:
    other = an_interview(people, kid=people.sasha, interviewer=people.omar)
    about = {"child_id": other.child_id, "interview_id": other.id, "authority_id": other.authority_id}
    return about | {"id": concern, "kind": "danger", "raised_at": now(), "raised_by": people.omar.id}


def test_a_danger_waits_for_no_answer(app: Flask, people: People, tablet: Tablets, talk: str) -> None:
    one = danger(talk, after=["still-on-the-tablet"])
    assert tablet(people.ines).send(one).get_json()["late"] == []
    assert (how_many(app, Concern), late_in(app)) == (1, [])


def test_how_the_talk_was_is_never_kept_with_a_name(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    with keeping(app):
        db.session.get_one(Interview, talk).interviewer_id = people.omar.id
    one = form(talk, "found", face="4")
    answer = tablet(people.ines).send(one).get_json()
    assert (answer["accepted"], answer["late"]) == ([one["op_id"]], [])
    assert how_many(app, Late) == 0


def test_what_somebody_finished_before_it_was_given_on_does_nothing_by_itself(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines, one = tablet(people.ines), written(talk)
    later = form(talk, "language", [one["op_id"]], language="cy")
    ines.send(later)
    assert late_in(app) == [(later["op_id"], Why.WAITING)]
    with keeping(app):
        db.session.get_one(Interview, talk).interviewer_id = people.omar.id
    ines.send(one)
    with app.app_context():
        assert db.session.get_one(Interview, talk).language != "cy"


def test_a_known_id_with_other_words_is_kept_and_not_called_known(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines, one = tablet(people.ines), written(talk)
    ines.send(one)
    with keeping(app):
        db.session.get_one(Interview, talk).interviewer_id = people.omar.id
    assert ines.send(one).get_json()["late"] == []
    other = one | {"value": "Quite other words."}
    assert ines.send(other).get_json()["late"] == [{"op_id": one["op_id"], "why": Why.NOT_YOURS}]
    with app.app_context():
        assert content_of(db.session.scalars(sa.select(Late)).one())["value"] == "Quite other words."


def test_a_known_id_of_another_form_is_kept_for_a_person(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines, one = tablet(people.ines), form(talk, "language", language="cy")
    assert ines.send(one).get_json()["late"] == []
    other = one | {"kind": "put-off"}
    assert ines.send(other).get_json()["late"] == [{"op_id": one["op_id"], "why": Why.AGAIN}]
    assert ines.send(one).get_json()["late"] == []


def test_saving_the_same_question_again_after_the_end_is_one_danger(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines = tablet(people.ines)
    with keeping(app):
        db.session.get_one(Interview, talk).finished_at = now()
    first = written(talk, "adult_hurt_words", "He hit me.")
    ines.send(written(talk, "adult_hurt", "yes"))
    assert how_many(app, Concern) == 1
    ines.send(written(talk, "adult_hurt", "yes"), written(talk, "adult_hurt", "yes"), first)
    with app.app_context():
        of_yes = [concern.id for concern in db.session.scalars(sa.select(Concern))]
    assert len(of_yes) == 1


def test_what_comes_after_somebody_was_told_opens_another(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines = tablet(people.ines)
    with keeping(app):
        db.session.get_one(Interview, talk).finished_at = now()
    ines.send(cards(talk, "D4"))
    with keeping(app):
        told = Telling("police", now(), "Ines Okafor")
        tell(db.session.scalars(sa.select(Concern)).one(), [told])
    ines.send(cards(talk, "D4"))
    assert how_many(app, Concern) == 1
    for _ in range(2):
        ines.send(cards(talk, "D4", "G1"))
        assert how_many(app, Concern) == 2


def cards(talk: str, *codes: str) -> dict[str, Any]:
    value: dict[str, Any] = {"chosen": list(codes), "biggest": None, "home": [], "told": {}}
    return written(talk, "reasons", value)


def test_who_never_had_the_talk_opens_no_danger_in_it(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    one = written(talk, "adult_hurt", "yes")
    assert tablet(people.omar).send(one).get_json()["late"][0]["why"] == Why.NOT_YOURS
    assert how_many(app, Concern) == 0


def test_what_is_kept_from_the_home_is_kept_from_it_after_the_end_as_well(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines = tablet(people.ines)
    ines.send(written(talk, "would_help", "A lock on my door.", audience=["home", "social-worker"]))
    with keeping(app):
        db.session.get_one(Interview, talk).finished_at = now()
    ines.send(form(talk, "finish", keep_back="would_help"))
    with app.app_context():
        kept = current(answers_of(db.session.get_one(Interview, talk)))["would_help"]
    assert kept.audience == {Audience.SOCIAL_WORKER}
    assert late_in(app) == []
