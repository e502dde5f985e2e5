"""Requests as the office meets them: made at the end of a talk, answered, passed on, and brought back."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from interview.access import COUNCIL, EVERYONE, Audience
from interview.addenda import Addition
from interview.answers import SaidBy
from interview.requests import Asking, Owner, State, Step, Stepped
from records.addenda import add_addendum
from records.children import place_child
from records.database import db
from records.interviews import finish
from records.requests import Which, requests, requests_of_child, requests_of_home, take_step
from records.tables import Interview, Request
from tests.conftest import Visit
from tests.people import People, Someone, a_finished_talk, a_request, a_review, answer, keeping
from tests.visitor import Visitor, filled_in, page_of

# A Wednesday.
NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
LOCK = "A lock on my own door"
SISTER = "My sister. Nobody drives me."


@pytest.fixture(autouse=True)
def _on_a_wednesday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def talk(app: Flask, people: People) -> str:
    """A finished talk in which Robin wants a lock, for all to read, and to see a sister, not for the home."""
    with keeping(app):
        said = {"why": "It is loud.", "would_help": LOCK}
        held = a_finished_talk(people, said, [answer("want_to_see", SISTER, audience=COUNCIL)], held_at=NOW)
        return held.id


def of(app: Flask, people: People, who: str) -> dict[str, Asking]:
    """What one of the cast finds of Robin's requests, by question."""
    someone: Someone = getattr(people, who)
    with app.app_context():
        return {one.question: one for one in requests_of_child(someone.reader, people.robin.id)}


def test_a_finished_talk_asks_for_what_the_child_asked_for(app: Flask, people: People, talk: str) -> None:
    found = of(app, people, "cora")
    assert {key: (one.words, one.asked_of, one.due_on) for key, one in found.items()} == {
        "would_help": (LOCK, Owner.HOME, date(2026, 12, 2)),
        "want_to_see": (SISTER, Owner.SOCIAL_WORKER, date(2026, 12, 2)),
    }
    assert all(one.state is State.OPEN and one.talk == talk for one in found.values())


def test_finishing_twice_asks_once(app: Flask, people: People, talk: str) -> None:
    with keeping(app):
        finish(db.session.get_one(Interview, talk), NOW)
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Request)) == 2


def test_each_finds_what_the_child_lets_them_read(app: Flask, people: People, talk: str) -> None:
    assert set(of(app, people, "ines")) == set(of(app, people, "ivan")) == {"would_help", "want_to_see"}
    assert set(of(app, people, "maya")) == {"would_help"}
    assert of(app, people, "mark") == of(app, people, "iris") == of(app, people, "omar") == {}


def test_what_is_asked_for_later_is_asked_too(app: Flask, people: People, talk: str) -> None:
    with keeping(app):
        said = Addition(SaidBy.CHILD_TYPED, "And a key", "Robin rang.", chosen=EVERYONE, asks=True)
        add_addendum(db.session.get_one(Interview, talk), people.ines.id, NOW, said)
    with app.app_context():
        mine = requests(people.maya.reader, Which.MINE)
    assert {one.words for one in mine} == {LOCK, "And a key"}


def take(app: Flask, people: People, who: str, question: str, kind: Step, **facts: Any) -> None:
    """One of the cast takes a step with one of Robin's requests."""
    someone: Someone = getattr(people, who)
    asking = of(app, people, "cora")[question]
    with keeping(app):
        step = Stepped(kind, datetime.now(UTC), someone.name, asking.asked_of, **facts)
        take_step(db.session.get_one(Request, asking.key), step, someone.id, datetime.now(UTC))


def test_each_answer_stays_and_says_who(app: Flask, people: People, talk: str) -> None:
    take(app, people, "maya", "would_help", Step.WILL_DO, words="Ordered.", on_day=date(2026, 11, 27))
    take(app, people, "maya", "would_help", Step.DONE, words="It is on.", on_day=date(2026, 11, 18))
    found = of(app, people, "ivan")["would_help"]
    assert [(one.kind, one.by, one.words) for one in found.steps] == [
        (Step.WILL_DO, "Maya Lindqvist", "Ordered."),
        (Step.DONE, "Maya Lindqvist", "It is on."),
    ]
    assert found.state is State.DONE


def test_the_lists_of_each(app: Flask, people: People, talk: str) -> None:
    def listed(who: str, which: Which) -> list[str]:
        someone: Someone = getattr(people, who)
        return [one.question for one in requests(someone.reader, which)]

    with app.app_context():
        assert listed("maya", Which.MINE) == ["would_help"]
        assert listed("cora", Which.MINE) == ["want_to_see"]
        assert listed("cora", Which.OTHERS) == ["would_help"]
        assert sorted(listed("ivan", Which.OTHERS)) == ["want_to_see", "would_help"]
    take(app, people, "maya", "would_help", Step.PASSED_ON, words="Why.", passed_to=Owner.SOCIAL_WORKER)
    with app.app_context():
        assert listed("maya", Which.MINE) == listed("maya", Which.OTHERS) == []
        assert listed("maya", Which.ANSWERED) == ["would_help"]
        assert sorted(listed("cora", Which.MINE)) == ["want_to_see", "would_help"]
    take(app, people, "cora", "would_help", Step.DONE, words="Done.", on_day=date(2026, 11, 18))
    with app.app_context():
        assert listed("cora", Which.ANSWERED) == ["would_help"]
        [seen] = requests(people.maya.reader, Which.ANSWERED)
        assert [one.kind for one in seen.steps] == [Step.PASSED_ON]


def test_what_is_put_to_somebody_else_before_the_home_answered_was_never_asked_of_it(
    app: Flask, people: People, talk: str
) -> None:
    take(app, people, "cora", "would_help", Step.PUT_RIGHT, words="Ours.", passed_to=Owner.SERVICE)
    assert of(app, people, "maya") == {}


def test_the_summary_of_a_home_has_what_the_home_sees_whoever_reads_it(
    app: Flask, people: People, talk: str
) -> None:
    period = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
    with app.app_context():
        for who in (people.maya, people.cora):
            assert [one.words for one in requests_of_home(who.reader, people.larch.id, *period)] == [LOCK]
        assert requests_of_home(people.mark.reader, people.larch.id, *period) == ()


def test_what_only_the_home_may_read_is_asked_of_the_home(app: Flask, people: People) -> None:
    with keeping(app):
        a_finished_talk(people, {"would_help": LOCK}, audience=frozenset({Audience.HOME}))
    assert [one.words for one in of(app, people, "maya").values()] == [LOCK]
    assert of(app, people, "cora") == of(app, people, "ivan") == {}


# On the pages --------------------------------------------------------------------------------------


def page_for(app: Flask, people: People, question: str = "would_help") -> str:
    """The address of one of Robin's requests."""
    return f"/requests/{of(app, people, 'ines')[question].key}"


def test_maya_answers_and_everyone_sees_it(app: Flask, people: People, visit: Visit, talk: str) -> None:
    where = page_for(app, people)
    maya = visit(people.maya)
    assert LOCK in maya.get("/requests").text
    assert "Robin Achebe" in maya.get("/requests").text
    said = maya.submit(where, kind="will-do", words="The lock is ordered.", on_day="2026-11-27", answer="1")
    assert said.status_code == 302
    assert "Promised by 27 November 2026" in page_of(maya.get(where)).text
    for who in (people.ivan, people.cora):
        page = page_of(visit(who).get(where)).text
        assert "The lock is ordered." in page
        assert "Will be done by 27 November 2026" in page
        assert "Maya Lindqvist" in page


WRONG: dict[str, tuple[dict[str, str], str]] = {
    "nothing chosen": ({"words": "Well."}, "Choose what you answer."),
    "done tomorrow": ({"kind": "done", "words": "On.", "on_day": "2026-11-19"}, "This day is in the future."),
    "will do last week": ({"kind": "will-do", "words": "Soon.", "on_day": "2026-11-11"}, "This day is over."),
    "no day at all": ({"kind": "will-do", "words": "Soon.", "on_day": "soon"}, "Enter a day"),
    "not possible, without a word": ({"kind": "not-possible", "words": " "}, "Write why it is not possible"),
    "passed on to nobody": ({"kind": "passed-on", "words": "Theirs."}, "Choose who is asked now."),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_gets_a_sentence_and_nothing_is_lost(
    app: Flask, people: People, visit: Visit, talk: str, what: str
) -> None:
    typed, sentence = WRONG[what]
    answer = visit(people.maya).submit(page_for(app, people), **(typed | {"answer": "1"}))
    page = page_of(answer)
    assert sentence in page.text
    assert typed["words"].strip() in page.find("textarea")[0].text
    assert of(app, people, "cora")["would_help"].steps == ()


def test_cora_answers_for_others_and_says_who_said_it(
    app: Flask, people: People, visit: Visit, talk: str
) -> None:
    cora, where = visit(people.cora), page_for(app, people, "want_to_see")
    typed = {"kind": "will-do", "words": "A visit on Saturday.", "on_day": "2026-11-21", "answer": "1"}
    assert "Write who says so." in cora.submit(where, **typed).text
    cora.submit(where, **typed, for_whom="Ms Adeyemi, social worker")
    assert "who has it from Ms Adeyemi, social worker" in page_of(cora.get(where)).text


def filled(visitor: Visitor, where: str, **typed: str) -> dict[str, Any]:
    """What the form of a page sends with this typed into it."""
    [form] = [one for one in page_of(visitor.get(where)).find("form", method="post") if one.find("textarea")]
    return filled_in(form) | typed


def test_two_who_answer_at_once(app: Flask, people: People, visit: Visit, talk: str) -> None:
    where = page_for(app, people)
    first, second = visit(people.maya), visit(people.maya)
    typed = {"kind": "not-possible", "words": "The landlord said no.", "answer": "1"}
    before = filled(second, where, **typed)
    first.submit(where, kind="done", words="The lock is on.", on_day="2026-11-18", answer="1")
    late = second.post(where, before)
    assert "This changed while you were writing." in late.text
    assert "The lock is on." in late.text
    assert "The landlord said no." in page_of(late).find("textarea")[0].text
    assert len(of(app, people, "cora")["would_help"].steps) == 1


def test_a_button_that_is_pressed_twice_answers_once(
    app: Flask, people: People, visit: Visit, talk: str
) -> None:
    maya, where = visit(people.maya), page_for(app, people)
    typed = filled(maya, where, kind="done", words="On.", on_day="2026-11-18", answer="1")
    assert maya.post(where, typed).status_code == maya.post(where, typed).status_code == 302
    assert len(of(app, people, "cora")["would_help"].steps) == 1


@pytest.mark.parametrize("says", [(), (Step.NOT_TRUE,)])
def test_maya_cannot_find_out_by_a_new_promise_whether_the_child_denied_the_old_one(
    app: Flask, people: People, visit: Visit, talk: str, says: tuple[Step, ...]
) -> None:
    take(app, people, "maya", "would_help", Step.DONE, words="It is on.", on_day=date(2026, 11, 18))
    for kind in says:
        take(app, people, "ines", "would_help", kind, words="There is no lock.")
    maya, where = visit(people.maya), page_for(app, people)
    before = maya.get("/requests").text
    answered = maya.submit(where, kind="will-do", words="A better one.", on_day="2026-12-12")
    assert "You have answered this already." in page_of(answered).text
    assert "A better one." in answered.text
    assert maya.get("/requests").text == before


def test_what_is_not_for_the_home_is_not_there_for_it(
    app: Flask, people: People, visit: Visit, talk: str
) -> None:
    maya, where = visit(people.maya), page_for(app, people, "want_to_see")
    assert SISTER not in maya.get("/requests").text
    assert maya.get(where).status_code == maya.post(where, {"kind": "done"}).status_code == 404
    refused = visit(people.cora).submit(f"{where}/to", asked_of="home", words="Ask them.", save="1")
    assert "The home may not read these words" in refused.text
    passed = {
        "kind": "passed-on",
        "passed_to": "home",
        "words": "Ask them.",
        "for_whom": "Ms A",
        "answer": "1",
    }
    assert "The home may not read these words" in visit(people.cora).submit(where, **passed).text
    assert maya.get(where).status_code == 404


@pytest.mark.parametrize("to", ["reviewing-officer", "social-worker", "service"])
def test_the_home_does_not_learn_whom_the_child_kept_it_from(
    app: Flask, people: People, visit: Visit, to: str
) -> None:
    with keeping(app):
        a_finished_talk(people, {"would_help": LOCK}, audience=frozenset({Audience.HOME}))
    passed = {"kind": "passed-on", "passed_to": to, "words": "It is theirs.", "answer": "1"}
    refused = page_of(visit(people.maya).submit(page_for_home(app, people), **passed))
    assert "It cannot be passed on to them. Choose somebody else, or answer it." in refused.text
    assert "did not let" not in refused.text
    assert "It is theirs." in refused.find("textarea")[0].text


def page_for_home(app: Flask, people: People) -> str:
    """The address of the only request that Maya reads."""
    [asking] = of(app, people, "maya").values()
    return f"/requests/{asking.key}"


def test_what_is_asked_of_a_home_that_the_child_has_left_says_so_and_is_passed_on(
    app: Flask, people: People, visit: Visit, talk: str
) -> None:
    there = "Larch House, where the child no longer lives"
    where, cora = page_for(app, people), visit(people.cora)
    assert there not in page_of(cora.get(where)).text
    with keeping(app):
        review = a_review(people.robin).id
        place_child(people.robin.id, people.rowan.id, NOW)
    pack = f"/reviews/{review}"
    shown = [
        (cora, where),
        (cora, "/requests"),
        (visit(people.ivan), pack),
        (visit(people.ines), f"/interviews/{talk}"),
    ]
    assert [there in page_of(who.get(page)).text for who, page in shown] == [True] * len(shown)
    assert "no longer lives" not in visit(people.maya).get(where).text
    cora.submit(f"{where}/to", asked_of="service", words="Robin has moved.", save="1")
    assert of(app, people, "cora")["would_help"].asked_of is Owner.SERVICE
    assert there not in page_of(visit(people.ivan).get(pack)).text


def test_ines_puts_it_to_the_right_person_and_sets_a_day(
    app: Flask, people: People, visit: Visit, talk: str
) -> None:
    ines, where = visit(people.ines), page_for(app, people)
    shown = page_of(ines.get(f"/interviews/{talk}")).text
    assert LOCK in shown
    assert "Answer due by 2 December 2026" in shown
    ines.submit(f"{where}/to", asked_of="service", due_on="2026-11-25", words="We buy it.", save="1")
    found = of(app, people, "ines")["would_help"]
    assert (found.asked_of, found.due_on) == (Owner.SERVICE, date(2026, 11, 25))
    assert ines.get(where).status_code == 403
    assert visit(people.maya).get(where).status_code == 404


def test_a_day_is_moved_with_a_reason_and_not_into_the_past(
    app: Flask, people: People, visit: Visit, talk: str
) -> None:
    ivan, where = visit(people.ivan), page_for(app, people)
    assert "Write why." in ivan.submit(f"{where}/to", due_on="2026-11-20", words="", save="1").text
    over = ivan.submit(f"{where}/to", due_on="2026-11-10", words="Hurry.", save="1")
    assert "This day is over." in over.text
    same = ivan.submit(f"{where}/to", words="Hurry.", save="1")
    assert "Choose somebody else, or set another day." in same.text
    ivan.submit(f"{where}/to", due_on="2026-11-20", words="Before the review.", save="1")
    page = page_of(visit(people.maya).get(where)).text
    assert "2 days left" in page
    assert "Before the review." in page


def test_what_is_late_is_late_in_words_for_whoever_chases(
    app: Flask, people: People, visit: Visit, talk: str
) -> None:
    with time_machine.travel(datetime(2026, 12, 7, 10, tzinfo=UTC), tick=False):
        for who in (people.maya, people.cora, people.ivan):
            assert "Late by 5 days" in page_of(visit(who).get("/requests")).text
            assert "Late by 5 days" in page_of(visit(who).get("/")).text


def test_a_list_has_pages(app: Flask, people: People, visit: Visit, talk: str) -> None:
    with keeping(app):
        held = db.session.get_one(Interview, talk)
        for number in range(60):
            a_request(held, words=f"Wish {number}.")
    maya = visit(people.maya)
    assert "list=mine" in maya.get("/requests").text
    pages = [page_of(maya.get(f"/requests?list=mine&page={page}")).text for page in (0, 1, 2)]
    assert sum(page.count("Wish ") for page in pages) == 60
    assert "Nothing waits for your answer." in pages[2]


def test_ines_adds_what_the_child_asked_for_since(
    app: Flask, people: People, visit: Visit, talk: str
) -> None:
    added: dict[str, Any] = {
        "said_by": "word-for-word",
        "words": "And a key.",
        "why": "Robin rang.",
        "readers": ["home"],
    }
    visit(people.ines).submit(f"/interviews/{talk}/addenda", **added, asks="y", add="1")
    assert "And a key." in visit(people.maya).get("/requests").text


# Said before ---------------------------------------------------------------------------------------

TWICE = "Said before, and nothing done that is written down"


def said_twice(app: Flask, people: People, audience: frozenset[Audience] = COUNCIL) -> None:
    """Robin says in two talks that a sister is missed, and asks to see her."""
    for days in (40, 3):
        with keeping(app):
            cards = {"chosen": ["B2"], "biggest": "B2"}
            more = [
                answer("reasons", cards, audience=audience),
                answer("want_to_see", SISTER, audience=audience),
            ]
            a_finished_talk(people, {"why": "I miss her."}, more, held_at=NOW - timedelta(days=days))


def test_ivan_is_told_first_what_was_said_before(app: Flask, people: People, visit: Visit) -> None:
    said_twice(app, people)
    ivan = visit(people.ivan)
    top = page_of(ivan.get(f"/children/{people.robin.id}/summary")).text.split("What Robin Achebe wants")[0]
    assert TWICE in top
    assert "To be with brothers or sisters · in 2 talks: 9 October 2026, 15 November 2026" in top
    assert SISTER in top
    assert "Asked of: The social worker, on 9 October 2026. No answer yet." in top
    start = page_of(ivan.get("/")).text
    assert "To be with brothers or sisters: 9 October 2026, 15 November 2026" in start


def test_once_something_is_done_it_is_not_named(app: Flask, people: People, visit: Visit) -> None:
    said_twice(app, people)
    take(app, people, "cora", "want_to_see", Step.DONE, words="She came.", on_day=date(2026, 11, 17))
    ivan = visit(people.ivan)
    assert TWICE not in ivan.get(f"/children/{people.robin.id}/summary").text
    assert TWICE not in ivan.get("/").text


def test_what_the_reviewing_officer_may_not_read_was_not_said_before(
    app: Flask, people: People, visit: Visit
) -> None:
    said_twice(app, people, frozenset({Audience.SOCIAL_WORKER}))
    summary = f"/children/{people.robin.id}/summary"
    ivan = visit(people.ivan)
    assert TWICE not in ivan.get(summary).text
    assert TWICE not in ivan.get("/").text
    assert SISTER not in ivan.get("/requests").text
    assert TWICE in visit(people.cora).get(summary).text
