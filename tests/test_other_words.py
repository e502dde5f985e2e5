"""What comes again under its id with other words is kept as well; the same again is no news."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.access import Audience
from interview.answers import current
from interview.late import How, Why
from interview.versions import versions_of
from records.answers import answers_of
from records.concerns import words_of
from records.database import db
from records.late import content_of
from records.tables import Concern, Interview, Late, Operation
from tests.conftest import Visit
from tests.people import People, keeping
from tests.test_late import choose, count_of
from tests.test_sync import Tablets, form, how_many, kept_in, late_in, report_lost, written
from tests.test_sync import tablet as tablet
from tests.test_sync import talk as talk
from views.moments import now

FORMS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "language": ({"language": "cy"}, {"language": "ar"}),
    "urgent": ({"said": "He hits me."}, {"said": "She hits me."}),
    "finish": ({}, {"keep_back": "would_help"}),
    "put-off": ({"said": "no"}, {"said": "no", "why": "Ask Dean."}),
}


def fields_of(one: dict[str, Any], fields: dict[str, str]) -> dict[str, Any]:
    return one | {"fields": [[name, value] for name, value in fields.items()]}


def done(app: Flask, talk: str, one: dict[str, Any], fingerprint: bytes | None = None) -> None:
    """As if it had been done, with or without that by which its words are known."""
    with keeping(app):
        interview = db.session.get_one(Interview, talk)
        about = {"interview_id": talk, "author_id": interview.interviewer_id, "done_at": now()}
        db.session.add(Operation(op_id=one["op_id"], kind=one["kind"], fingerprint=fingerprint, **about))


def whats_late(app: Flask) -> list[dict[str, Any]]:
    with app.app_context():
        return [content_of(one) for one in db.session.scalars(sa.select(Late).order_by(Late.id))]


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_with_other_words_is_kept_for_a_person(
    app: Flask, people: People, tablet: Tablets, talk: str, kind: str
) -> None:
    ines, (_, second) = tablet(people.ines), FORMS[kind]
    one = fields_of(form(talk, kind), FORMS[kind][0])
    done(app, talk, one, b"of the first")
    other = fields_of(one, second)
    for _ in range(3):
        answer = ines.send(other).get_json()
        assert answer["accepted"] == [one["op_id"]]
        assert answer["late"] == [{"op_id": one["op_id"], "why": Why.AGAIN}]
    assert whats_late(app) == [other]


@pytest.mark.parametrize("kind", ["language", "urgent"])
def test_the_same_form_again_is_no_news_whatever_the_clock_says(
    app: Flask, people: People, tablet: Tablets, talk: str, kind: str
) -> None:
    ines, one = tablet(people.ines), fields_of(form(talk, kind), FORMS[kind][0])
    later = one | {"device_time": "2026-11-18T11:00:00+00:00", "after": []}
    for sent in (one, one, later):
        assert ines.send(sent).get_json()["late"] == []
    assert (how_many(app, Operation), how_many(app, Late)) == (1, 0)
    assert how_many(app, Concern) == (1 if kind == "urgent" else 0)


def test_what_was_done_before_its_words_were_known_counts_as_the_same(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    one = form(talk, "language", language="cy")
    done(app, talk, one)
    assert tablet(people.ines).send(one).get_json()["late"] == []
    assert late_in(app) == []


def test_a_second_danger_under_the_same_id_is_on_the_lists_at_once_and_only_once(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines, one = tablet(people.ines), form(talk, "urgent", dangers="sexual-abuse", said="He hurts me.")
    other = fields_of(one, {"dangers": "sexual-abuse", "said": "And she holds the door."})
    for _ in range(3):
        ines.send(one)
        ines.send(other)
    with app.app_context():
        said = sorted(words_of(one) for one in db.session.scalars(sa.select(Concern)))
    assert len(said) == 2
    assert "And she holds the door." in said[0] + said[1]
    assert whats_late(app) == [other]


def test_who_never_had_the_talk_opens_no_danger_under_an_id_that_is_taken(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    one = form(talk, "urgent", dangers="sexual-abuse", said="He hurts me.")
    tablet(people.ines).send(one)
    tablet(people.omar).send(fields_of(one, {"said": "All is well."}))
    assert how_many(app, Concern) == 1
    assert late_in(app) == [(one["op_id"], Why.AGAIN)]


def test_what_a_second_finish_keeps_from_the_home_is_kept_from_it_at_once(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines, one = tablet(people.ines), form(talk, "finish")
    ines.send(written(talk, "would_help", "A lock on my door.", audience=["home", "social-worker"]))
    done(app, talk, one, b"of the first")
    with keeping(app):
        db.session.get_one(Interview, talk).finished_at = now()
    ines.send(fields_of(one, {"keep_back": "would_help"}))
    with app.app_context():
        kept = current(answers_of(db.session.get_one(Interview, talk)))["would_help"]
    assert kept.audience == {Audience.SOCIAL_WORKER}
    assert late_in(app) == [(one["op_id"], Why.AGAIN)]


def test_nothing_is_kept_by_which_it_could_be_found_out_how_a_child_found_the_talk(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines, one = tablet(people.ines), form(talk, "found", face="4")
    ines.send(one)
    assert ines.send(fields_of(one, {"face": "1"})).get_json()["late"] == []
    with app.app_context():
        assert list(db.session.scalars(sa.select(Operation.fingerprint))) == [None]
    assert how_many(app, Late) == 0


def test_an_answer_with_other_words_is_kept_and_the_first_is_not_called_late(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines, one = tablet(people.ines), written(talk)
    other = one | {"value": "Quite other words."}
    answer = ines.send(one, other).get_json()
    assert answer["late"] == [{"op_id": one["op_id"], "why": Why.AGAIN}]
    assert kept_in(app, talk) == {"why": "It was too loud."}
    assert whats_late(app) == [other]


def test_put_to_the_talk_the_second_becomes_one_of_two_versions(
    app: Flask, visit: Visit, people: People, tablet: Tablets, talk: str
) -> None:
    ines, one = tablet(people.ines), written(talk)
    ines.send(one)
    ines.send(one | {"value": "Quite other words."})
    page = visit(people.ines).get(f"/interviews/{talk}/late").text
    assert "The tablet sent two different things as one" in page
    chosen = choose(app, How.TO_TALK)
    for _ in range(2):
        visit(people.ines).post(f"/interviews/{talk}/late", chosen)
    with app.app_context():
        versions = versions_of(answers_of(db.session.get_one(Interview, talk)))
        assert [version.value for version in versions["why"]] == ["It was too loud.", "Quite other words."]
    assert late_in(app) == []


def test_what_the_child_took_from_the_home_the_second_time_counts_when_the_talk_is_finished(
    app: Flask, visit: Visit, people: People, tablet: Tablets
) -> None:
    from tests.test_late_home import a_talk, finish

    talk = a_talk(app, people)
    ines, one = (
        tablet(people.ines),
        written(talk, "would_help", "A lamp.", audience=["home", "social-worker"]),
    )
    ines.send(one)
    ines.send(one | {"audience": ["social-worker"]})
    finish(visit, people.ines, talk)
    with app.app_context():
        kept = current(answers_of(db.session.get_one(Interview, talk)))["would_help"]
    assert kept.audience == {Audience.SOCIAL_WORKER}


def test_a_lost_tablet_hands_in_other_words_under_an_id_that_is_known(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines, one = tablet(people.ines), form(talk, "language", language="cy")
    ines.take(talk)
    ines.send(one)
    report_lost(app, ines.device, people.cora)
    other = fields_of(one, {"language": "ar"})
    ines.hand_in(one, other)
    assert whats_late(app) == [other]
    assert count_of(app, Operation) == 1


def test_of_two_that_waited_under_one_id_the_first_is_done_and_the_other_is_for_a_person(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines, said = tablet(people.ines), written(talk)
    one = form(talk, "language", [said["op_id"]], language="cy")
    later, other = one | {"device_time": "2026-11-18T11:00:00+00:00"}, fields_of(one, {"language": "ar"})
    for waits in (one, later, other):
        assert ines.send(waits).get_json()["late"] == [{"op_id": one["op_id"], "why": Why.WAITING}]
    ines.send(said)
    assert late_in(app) == [(one["op_id"], Why.AGAIN)]
    with app.app_context():
        assert db.session.get_one(Interview, talk).language == "cy"
        (left,) = db.session.scalars(sa.select(Late).where(Late.settled_at.is_(None)))
        assert content_of(left) == other


def test_what_was_written_over_the_first_was_not_written_over_the_second(
    app: Flask, visit: Visit, people: People, tablet: Tablets
) -> None:
    from tests.test_late_home import a_talk, finish

    talk = a_talk(app, people)
    ines, one = tablet(people.ines), written(talk, "would_help", "A lamp.")
    ines.send(one)
    ines.send(written(talk, "would_help", "Two lamps.", base_op=one["op_id"]))
    finish(visit, people.ines, talk)
    ines.send(one | {"value": "Quite other words."})
    page = visit(people.ines).get(f"/interviews/{talk}/late").text
    assert f'value="{How.ADDENDUM}"' in page
