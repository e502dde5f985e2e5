"""Answers are appended, each once, whatever arrives twice, late, in another order or all at once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.access import COUNCIL, EVERYONE, Audience
from interview.answers import SaidBy, Skip, current, heads
from records.answers import Incoming, Receipt, answers_of, keep
from records.database import db, writing
from records.log import broken_links
from records.tables import Answer, Interview, Reason
from tests.conftest import Visit
from tests.people import People, a_skip, an_interview, answer, keeping
from tests.visitor import Visitor
from views.moments import now

AT_ONCE = 8


@pytest.fixture
def talk(kept: None, people: People) -> Interview:
    """A talk that Ines holds."""
    return an_interview(people)


def keep_all(talk: Interview, *answers: Incoming) -> Receipt:
    return keep(talk, answers, talk.interviewer_id, now())


def rows_of(talk: Interview) -> int:
    search = sa.select(sa.func.count()).select_from(Answer).where(Answer.interview_id == talk.id)
    return db.session.scalar(search) or 0


def codes_of(talk: Interview) -> list[str]:
    return sorted(db.session.scalars(sa.select(Reason.code).where(Reason.interview_id == talk.id)))


def test_an_answer_comes_back_as_it_was_given(talk: Interview) -> None:
    given = answer(value="مرحبا — “Tôi” 🙂\n  two lines ", language="ar", said_by=SaidBy.INTERPRETER)
    keep_all(talk, given)
    (kept,) = answers_of(talk)
    assert (kept.value, kept.language, kept.said_by) == (given.value, "ar", SaidBy.INTERPRETER)


@pytest.mark.parametrize("value", ["", 0, [], ["talk"], {"chosen": ["A1"], "biggest": "A1"}])
def test_a_value_keeps_its_kind(talk: Interview, value: Any) -> None:
    questions = {str: "why", int: "felt_safe_away", list: "how_tell", dict: "reasons"}
    keep_all(talk, answer(questions[type(value)], value))
    assert answers_of(talk)[0].value == value


@pytest.mark.parametrize("skipped", Skip)
def test_a_skip_is_kept_as_what_it_is(talk: Interview, skipped: Skip) -> None:
    keep_all(talk, a_skip("why", skipped))
    assert (answers_of(talk)[0].value, answers_of(talk)[0].skipped) == (None, skipped)


@pytest.mark.parametrize("audience", [frozenset(), COUNCIL, EVERYONE, frozenset({Audience.HOME})])
def test_the_audience_is_kept_as_chosen(talk: Interview, audience: frozenset[Audience]) -> None:
    keep_all(talk, answer(audience=audience))
    assert answers_of(talk)[0].audience == audience


def test_the_same_answer_twice_is_one_row(talk: Interview) -> None:
    once = answer()
    receipts = [keep_all(talk, once), keep_all(talk, once), keep_all(talk, once, once)]
    assert [receipt.accepted for receipt in receipts] == [(once.op_id,)] * 2 + [(once.op_id,) * 2]
    assert rows_of(talk) == 1


def test_the_same_id_with_other_content_is_refused(talk: Interview) -> None:
    once = answer(value="This is what I said.")
    keep_all(talk, once)
    for other in ({"value": "This is not."}, {"audience": COUNCIL}, {"question": "trigger"}):
        (refused,) = keep_all(talk, answer(**({"value": once.value, "op_id": once.op_id} | other))).refused
        assert "with other content" in refused[1]
    assert answers_of(talk)[0].value == "This is what I said."


def test_the_same_id_for_another_talk_is_refused(talk: Interview, people: People) -> None:
    once = answer()
    keep_all(talk, once)
    assert keep_all(an_interview(people), once).refused


def test_one_bad_answer_does_not_hold_up_the_others(talk: Interview) -> None:
    good, bad = answer(), answer("safe_here", "perhaps")
    receipt = keep_all(talk, bad, good)
    assert receipt.accepted == (good.op_id,)
    assert [op_id for op_id, _ in receipt.refused] == [bad.op_id]


@pytest.mark.parametrize("op_id", ["", "x" * 65, "a b", "a/b", "é"])
def test_an_id_that_is_no_id_is_refused(talk: Interview, op_id: str) -> None:
    (refused,) = keep_all(talk, answer(op_id=op_id)).refused
    assert "no proper id" in refused[1]


def test_a_revision_counts_and_the_first_stays(talk: Interview) -> None:
    first = answer(value="I don't know")
    keep_all(talk, first)
    keep_all(talk, answer(value="Because of Sam", base_op=first.op_id))
    assert current(answers_of(talk))["why"].value == "Because of Sam"
    assert [kept.value for kept in answers_of(talk)] == ["I don't know", "Because of Sam"]


def test_a_revision_that_arrives_before_its_base_still_counts(talk: Interview) -> None:
    first = answer(value="first")
    keep_all(talk, answer(value="second", base_op=first.op_id))
    keep_all(talk, first)
    assert current(answers_of(talk))["why"].value == "second"


def test_two_tablets_on_one_base_are_a_branch_and_both_are_kept(talk: Interview) -> None:
    first = answer(value="first")
    keep_all(talk, first, answer(value="on one tablet", base_op=first.op_id))
    keep_all(talk, answer(value="on the other", base_op=first.op_id))
    assert [kept.value for kept in heads(answers_of(talk))["why"]] == ["on one tablet", "on the other"]


def test_the_reasons_are_those_of_the_current_answer(talk: Interview) -> None:
    first = answer("reasons", {"chosen": ["A1", "B1"]})
    keep_all(talk, first)
    assert codes_of(talk) == ["A1", "B1"]
    keep_all(talk, answer("reasons", {"chosen": ["B1", "C1"]}, base_op=first.op_id))
    assert codes_of(talk) == ["B1", "C1"]


def test_no_reason_is_left_when_the_child_takes_them_back(talk: Interview) -> None:
    first = answer("reasons", ["A1"])
    keep_all(talk, first)
    keep_all(talk, a_skip("reasons", Skip.LEFT_OUT, base_op=first.op_id))
    assert codes_of(talk) == []


def test_a_talk_is_held_from_the_first_thing_the_child_says(talk: Interview) -> None:
    keep_all(talk, answer("ready", "not-now"), answer("place", "A café"))
    assert talk.held_at is None
    keep_all(talk, answer("ready", "yes"))
    assert talk.held_at is not None


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """What is sent to the database in the meantime."""
    seen: list[str] = []

    def listen(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", listen)
    yield seen
    sa.event.remove(engine, "before_cursor_execute", listen)


# Through the app -----------------------------------------------------------------------------------


@pytest.fixture
def given(app: Flask, people: People) -> Interview:
    """A talk that Ines holds, to be visited."""
    with keeping(app):
        return an_interview(people)


@pytest.fixture
def ines(visit: Visit, people: People) -> Visitor:
    """Ines, signed in."""
    return visit(people.ines)


def as_sent(one: Incoming, **changes: Any) -> dict[str, Any]:
    """An answer as the tablet sends it (contract.md)."""
    return {
        "op_id": one.op_id,
        "question": one.question,
        "set": one.question_set,
        "value": one.value,
        "skipped": one.skipped,
        "said_by": one.said_by,
        "audience": sorted(one.audience),
        "base_op": one.base_op,
        "device_time": "2026-11-18T12:00:00+00:00",
    } | changes


def send(visitor: Visitor, talk: Interview, *answers: dict[str, Any]) -> Any:
    return visitor.post(f"/interviews/{talk.id}/answers", json={"answers": list(answers)})


def stored(app: Flask, talk: Interview) -> list[Any]:
    with app.app_context():
        return [kept.value for kept in answers_of(talk)]


def test_what_is_accepted_is_kept(app: Flask, ines: Visitor, given: Interview) -> None:
    one, two = answer(value="Nobody listens."), a_skip("trigger", Skip.LATER)
    response = send(ines, given, as_sent(one), as_sent(two))
    assert response.json["accepted"] == [one.op_id, two.op_id]
    assert response.json["refused"] == []
    assert stored(app, given) == ["Nobody listens.", None]


def test_sent_again_it_is_accepted_again_without_effect(app: Flask, ines: Visitor, given: Interview) -> None:
    once = as_sent(answer())
    receipts = [send(ines, given, once).json for _ in range(3)]
    assert [receipt["accepted"] for receipt in receipts] == [[once["op_id"]]] * 3
    assert len(stored(app, given)) == 1


@pytest.mark.parametrize("number", [1, 5, 20])
def test_a_save_is_six_statements_however_many_answers_it_brings(
    app: Flask, ines: Visitor, given: Interview, number: int
) -> None:
    first = [answer(value="Nobody") for _ in range(number)]
    send(ines, given, *map(as_sent, first))
    again = [as_sent(answer(value="Nobody listens."), base_op=before.op_id) for before in first]
    with statements(app) as seen:
        assert len(send(ines, given, *again).json["accepted"]) == number
    # On PostgreSQL one more asks for the access log's lock; a writer on SQLite has the gate.
    counted = [one.split()[0] for one in seen if "pg_advisory" not in one]
    session, talk, kept, newest_entry = ["SELECT"] * 4
    assert counted == [session, talk, kept, "INSERT", newest_entry, "INSERT"]


@pytest.mark.parametrize(
    "changes",
    [
        {"op_id": None},
        {"op_id": 7},
        {"question": ["why"]},
        {"question": "no such question"},
        {"set": "1999-01"},
        {"set": None},
        {"value": {"text": "Nobody"}},
        {"skipped": "perhaps"},
        {"said_by": "nobody"},
        {"audience": ["the press"]},
        {"audience": None},
        {"audience": [["home"]]},
        {"base_op": 5},
        {"device_time": "yesterday"},
        {"device_time": 5},
        {"language": "x" * 40},
        {"value": "half a letter \ud83d"},
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence_and_the_rest_is_kept(
    app: Flask, ines: Visitor, given: Interview, changes: dict[str, Any]
) -> None:
    good = answer(value="This is kept.")
    receipt = send(ines, given, as_sent(answer(), **changes), as_sent(good)).json
    assert receipt["accepted"] == [good.op_id]
    assert receipt["refused"][0]["why"].endswith(".")
    assert stored(app, given) == ["This is kept."]


@pytest.mark.parametrize("body", [None, [], {}, {"answers": None}, {"answers": {"a": 1}}, "words", 7])
def test_a_body_that_is_no_list_of_answers_is_a_bad_request(
    ines: Visitor, given: Interview, body: Any
) -> None:
    assert ines.post(f"/interviews/{given.id}/answers", json=body).status_code == 400


@pytest.mark.parametrize("item", [None, 7, "words", [], {}])
def test_an_item_that_is_no_answer_is_refused(ines: Visitor, given: Interview, item: Any) -> None:
    receipt = send(ines, given, item).json
    assert (receipt["accepted"], len(receipt["refused"])) == ([], 1)


def test_an_empty_batch_is_nothing_to_do(ines: Visitor, given: Interview) -> None:
    assert send(ines, given).json["accepted"] == []


def test_a_moment_without_a_zone_decides_nothing(app: Flask, ines: Visitor, given: Interview) -> None:
    one = as_sent(answer(), device_time="2026-11-18T12:00:00")
    assert send(ines, given, one).json["accepted"] == [one["op_id"]]


def test_nobody_else_can_answer(visit: Visit, people: People, given: Interview) -> None:
    for person, status in ((people.omar, 404), (people.mark, 404), (people.maya, 403), (people.ivan, 403)):
        assert send(visit(person), given, as_sent(answer())).status_code == status


def test_a_stranger_is_told_to_sign_in_and_loses_nothing(visit: Visit, given: Interview) -> None:
    stranger = visit()
    stranger.get("/sign-in")
    response = send(stranger, given, as_sent(answer()))
    assert response.status_code == 401
    assert "Sign in again" in response.json["why"]


def test_without_the_token_nothing_is_kept(app: Flask, ines: Visitor, given: Interview) -> None:
    ines.token = "made up"
    assert send(ines, given, as_sent(answer())).status_code == 400
    assert stored(app, given) == []


def test_a_fresh_token_is_to_be_had(app: Flask, ines: Visitor, given: Interview) -> None:
    ines.token = "made up"
    ines.get(f"/interviews/{given.id}/token")
    assert send(ines, given, as_sent(answer())).status_code == 200


def test_a_finished_talk_takes_no_more_answers(app: Flask, ines: Visitor, given: Interview) -> None:
    with keeping(app):
        db.session.get_one(Interview, given.id).finished_at = now()
    assert send(ines, given, as_sent(answer())).status_code == 409
    assert stored(app, given) == []


def test_no_answer_is_ever_changed_or_removed(app: Flask, ines: Visitor, given: Interview) -> None:
    with statements(app) as seen:
        first = answer("reasons", ["A1"])
        send(ines, given, as_sent(first), as_sent(answer()))
        send(ines, given, as_sent(answer("reasons", ["B1"], base_op=first.op_id)))
        ines.submit(f"/interviews/{given.id}/talk", why="Changed on the page.")
        ines.submit(f"/interviews/{given.id}/read-back")
        ines.submit(f"/interviews/{given.id}/record", place="A café")
    touched = [s for s in seen if s.startswith(("UPDATE answer", "DELETE FROM answer"))]
    assert touched == []
    assert sum(s.startswith("INSERT INTO answer") for s in seen) >= 4


def all_at_once(work: Callable[[int], Any]) -> list[Any]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(work, range(AT_ONCE)))


def test_eight_tablets_at_once_lose_nothing(
    app: Flask, visit: Visit, people: People, given: Interview
) -> None:
    tablets = [visit(people.ines) for _ in range(AT_ONCE)]
    batches = [[as_sent(answer(value=f"{n}.{i}")) for i in range(5)] for n in range(AT_ONCE)]

    def work(n: int) -> list[str]:
        return [send(tablets[n], given, one).json["accepted"][0] for one in batches[n]]

    accepted = [op_id for ids in all_at_once(work) for op_id in ids]
    assert sorted(accepted) == sorted(one["op_id"] for batch in batches for one in batch)
    assert len(stored(app, given)) == len(accepted)
    with app.app_context():
        assert broken_links() == []


def test_who_has_written_reads_on_and_keeps_nobody_from_writing(app: Flask) -> None:
    def write() -> bool:
        with app.app_context(), writing():
            return True

    with app.app_context(), ThreadPoolExecutor(1) as another:
        assert write()
        # The pool gives the connection that has just written.
        with db.engine.connect() as reading:
            reading.execute(sa.select(Interview.id)).all()
            assert another.submit(write).result(timeout=60)


def test_the_same_answer_from_eight_at_once_is_one_row(
    app: Flask, visit: Visit, people: People, given: Interview
) -> None:
    tablets = [visit(people.ines) for _ in range(AT_ONCE)]
    once = as_sent(answer())
    receipts = all_at_once(lambda n: send(tablets[n], given, once))
    assert [receipt.status_code for receipt in receipts] == [200] * AT_ONCE
    assert len(stored(app, given)) == 1


def test_reasons_from_eight_at_once_are_not_doubled(
    app: Flask, visit: Visit, people: People, given: Interview
) -> None:
    tablets = [visit(people.ines) for _ in range(AT_ONCE)]
    all_at_once(lambda n: send(tablets[n], given, as_sent(answer("reasons", ["A1", "B1"]))))
    with app.app_context():
        assert codes_of(given) == ["A1", "B1"]
