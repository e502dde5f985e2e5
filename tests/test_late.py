"""What came late is seen by the one who can settle it and by nobody else, and none of it is lost."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.access import EVERYONE, Audience
from interview.answers import Answer as Said
from interview.answers import SaidBy, Skip, heads
from interview.late import How, Why, as_addition, ways, words_of
from records.addenda import addenda_of
from records.answers import answers_of, keep
from records.base import new_id
from records.database import db
from records.guarded import kept_from_home
from records.log import broken_links
from records.raised import raise_concerns
from records.tables import (
    Addendum,
    Answer,
    Concern,
    Interview,
    Late,
    LogEntry,
    Reason,
    Request,
    Tablet,
    Taken,
)
from tests.conftest import Visit
from tests.people import People, Someone, a_finished_talk, an_interview, answer, disable, keeping
from tests.test_sync import OnTablet, Tablets, form, kept_in, late_in, report_lost, written
from tests.test_sync import tablet as tablet
from tests.test_sync import talk as talk
from tests.test_versions import ready_to_finish
from views.moments import now

LATE = "And I never said this before."


@pytest.fixture
def after(app: Flask, people: People, tablet: Tablets) -> tuple[str, dict[str, Any]]:
    """A talk that is finished, and an answer that came after it."""
    with keeping(app):
        talk = a_finished_talk(people).id
    one = written(talk, value=LATE)
    tablet(people.ines).send(one)
    return talk, one


def ids_of_late(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(sa.select(Late.id).order_by(Late.received_at, Late.id)))


def choose(app: Flask, how: str, **more: str) -> dict[str, str]:
    """What is sent when all of it is settled in one way."""
    return {f"how-{one}": how for one in ids_of_late(app)} | more


def give_to_omar(app: Flask, people: People, talk: str) -> None:
    with keeping(app):
        db.session.get_one(Interview, talk).interviewer_id = people.omar.id


# Who sees it ----------------------------------------------------------------------------------------


def who_sees(visit: Visit, people: People, talk: str) -> set[str]:
    """Who is shown the words that came late."""
    found = set()
    for one in people.all():
        page = visit(one).get(f"/interviews/{talk}/late")
        if page.status_code == 200 and "to settle" not in page.text and "how-" in page.text:
            found.add(one.sign_in_name)
    return found


def who_is_reminded(visit: Visit, people: People) -> set[str]:
    return {one.sign_in_name for one in people.all() if "Came late from a tablet" in visit(one).get("/").text}


def test_what_came_after_the_end_goes_to_whoever_wrote_it(
    visit: Visit, people: People, after: tuple[str, dict[str, Any]]
) -> None:
    assert who_sees(visit, people, after[0]) == {"ines"}
    assert who_is_reminded(visit, people) == {"ines"}
    assert LATE in visit(people.ines).get(f"/interviews/{after[0]}/late").text


def test_what_came_for_somebody_else_s_talk_goes_to_the_coordinator(
    app: Flask, visit: Visit, people: People, tablet: Tablets, talk: str
) -> None:
    ines = tablet(people.ines)
    give_to_omar(app, people, talk)
    ines.send(written(talk, value=LATE))
    assert who_sees(visit, people, talk) == {"cora"}
    assert who_is_reminded(visit, people) == {"cora"}


@pytest.mark.parametrize("how", ["reassigned", "disabled", "post ended"])
def test_when_whoever_wrote_it_is_gone_it_goes_to_the_coordinator(
    app: Flask, visit: Visit, people: People, after: tuple[str, dict[str, Any]], how: str
) -> None:
    from tests.people import LONG_AGO, end_posts

    if how == "reassigned":
        give_to_omar(app, people, after[0])
    else:
        with keeping(app):
            disable(people.ines) if how == "disabled" else end_posts(people.ines, LONG_AGO)
    others = [one for one in people.all() if how == "reassigned" or one is not people.ines]
    page = f"/interviews/{after[0]}/late"
    assert [one.sign_in_name for one in others if "how-" in visit(one).get(page).text] == ["cora"]


def test_the_home_and_the_reviewing_officer_find_no_such_page(
    visit: Visit, people: People, after: tuple[str, dict[str, Any]]
) -> None:
    for one in (people.maya, people.ivan):
        visitor = visit(one)
        assert visitor.get("/late").status_code == 403
        assert visitor.get("/tablets").status_code == 403
        assert visitor.get(f"/interviews/{after[0]}/late").status_code == 403


def test_the_coordinator_reads_no_words_that_the_child_kept_from_the_council(
    app: Flask, visit: Visit, people: People, tablet: Tablets, talk: str
) -> None:
    ines = tablet(people.ines)
    give_to_omar(app, people, talk)
    ines.send(written(talk, value=LATE, audience=[]))
    page = visit(people.cora).get(f"/interviews/{talk}/late").text
    assert LATE not in page
    assert "These words are not for you" in page


# What is done about it ------------------------------------------------------------------------------


def test_it_is_added_to_the_finished_talk(
    app: Flask, visit: Visit, people: People, after: tuple[str, dict[str, Any]]
) -> None:
    talk, one = after
    visit(people.ines).submit(f"/interviews/{talk}/late", **choose(app, How.ADDENDUM))
    with app.app_context():
        [added] = addenda_of(db.session.get_one(Interview, talk))
        assert (added.words, added.audience) == (LATE, frozenset({Audience.SOCIAL_WORKER}))
        assert "came after the talk was finished" in added.why
    assert late_in(app) == []
    assert kept_in(app, talk)["why"] == "Nobody listens to me here."
    assert "Added to the finished talk" in visit(people.ines).get(f"/interviews/{talk}/late").text
    assert one["op_id"]


def test_it_is_set_aside_with_a_reason_and_stays(
    app: Flask, visit: Visit, people: People, after: tuple[str, dict[str, Any]]
) -> None:
    talk, _one = after
    ines = visit(people.ines)
    refused = ines.submit(f"/interviews/{talk}/late", **choose(app, How.ASIDE))
    assert "Write why it is set aside." in refused.text
    assert len(late_in(app)) == 1
    ines.submit(f"/interviews/{talk}/late", **choose(app, How.ASIDE, why="Said and kept already."))
    assert late_in(app) == []
    shown = ines.get(f"/interviews/{talk}/late").text
    assert LATE in shown
    assert "Said and kept already." in shown
    assert kept_in(app, talk)["why"] == "Nobody listens to me here."


def test_the_coordinator_puts_it_to_the_talk_as_said_by_whoever_wrote_it(
    app: Flask, visit: Visit, people: People, tablet: Tablets, talk: str
) -> None:
    ines, one = tablet(people.ines), written(talk, value=LATE)
    give_to_omar(app, people, talk)
    ines.send(one)
    visit(people.cora).submit(f"/interviews/{talk}/late", **choose(app, How.TO_TALK))
    assert kept_in(app, talk) == {"why": LATE}
    with app.app_context():
        answer = db.session.scalars(sa.select(Answer)).one()
        assert (answer.op_id, answer.author_id) == (one["op_id"], people.ines.id)


def test_the_coordinator_gives_it_to_whoever_has_the_talk_now(
    app: Flask, visit: Visit, people: People, tablet: Tablets, talk: str
) -> None:
    ines = tablet(people.ines)
    give_to_omar(app, people, talk)
    ines.send(written(talk, value=LATE))
    visit(people.cora).submit(f"/interviews/{talk}/late", **choose(app, How.GIVEN))
    assert who_sees(visit, people, talk) == {"omar"}
    visit(people.omar).submit(f"/interviews/{talk}/late", **choose(app, How.TO_TALK))
    assert kept_in(app, talk) == {"why": LATE}
    assert late_in(app) == []


def test_nobody_settles_what_is_not_theirs(
    app: Flask, visit: Visit, people: People, after: tuple[str, dict[str, Any]]
) -> None:
    talk, _one = after
    visit(people.cora).post(f"/interviews/{talk}/late", choose(app, How.ASIDE, why="Away with it."))
    visit(people.omar).post(f"/interviews/{talk}/late", choose(app, How.ASIDE, why="Away with it."))
    assert len(late_in(app)) == 1


def test_what_does_not_fit_is_only_set_aside() -> None:
    answer = Said("1", "why", "words", None, SaidBy.CHILD_TYPED, EVERYONE)
    assert ways(answer, Why.REFUSED, finished=False, for_another=False) == (How.ASIDE,)
    assert ways(None, Why.FINISHED, finished=True, for_another=False) == (How.ASIDE,)
    assert ways(answer, Why.LOST, finished=False, for_another=False) == (How.TO_TALK, How.ASIDE)


# What the home gets of it ---------------------------------------------------------------------------

NOT_FOR_HOME = {
    "an allegation": ("adult_hurt_words", "One of the adults."),
    "where the child was": ("where_stayed", "With somebody."),
}


@pytest.mark.parametrize("question", ["adult_hurt_words", "staff_concern_words", "why", "worker_view"])
def test_what_is_added_goes_to_nobody_to_whom_it_would_not_have_gone(question: str) -> None:
    from interview.access import REMITS
    from interview.questions import QUESTIONS

    said = Said("1", question, LATE, None, SaidBy.WORD_FOR_WORD, EVERYONE)
    readers = {r.reads_as for r in REMITS.values() if QUESTIONS[question].part in r.parts}
    assert as_addition(said, "").audience <= readers
    by_worker = Said("1", question, LATE, None, SaidBy.WORKER, EVERYONE)
    assert Audience.HOME not in as_addition(by_worker, "").audience
    assert as_addition(by_worker, "").audience <= readers


def test_a_late_allegation_stands_among_the_concerns_at_once(
    app: Flask, visit: Visit, people: People, tablet: Tablets
) -> None:
    with keeping(app):
        talk = a_finished_talk(people).id
    ines = tablet(people.ines)
    for _ in range(3):
        ines.send(written(talk, "adult_hurt", "yes", op_id="once-and-for-all", audience=["home"]))
    with app.app_context():
        [concern] = db.session.scalars(sa.select(Concern)).all()
        assert concern.kind == "allegation"
    assert "Harm or mistreatment by staff or carer" in visit(people.cora).get("/concerns").text


# What the child left out, or let fewer people read ----------------------------------------------------

NOBODY: frozenset[Audience] = frozenset()
COUNCIL = EVERYONE - {Audience.HOME}
LEFT_OUT = {"value": None, "skipped": Skip.LEFT_OUT}


def who_reads(app: Flask, talk: str, question: str) -> list[frozenset[Audience]]:
    """Who may read each answer that stands to this question."""
    with app.app_context():
        kept = heads(answers_of(db.session.get_one(Interview, talk)))
        return [one.audience for one in kept[question]]


def finished_talk(app: Flask, people: People, said: dict[str, Any]) -> str:
    with keeping(app):
        return a_finished_talk(people, said).id


def count_of(app: Flask, *of: Any) -> int:
    with app.app_context():
        return len(db.session.scalars(sa.select(of[0]).where(*of[1:])).all())


@pytest.mark.parametrize(
    ("late", "then"),
    [
        (LEFT_OUT, NOBODY),
        ({"value": None, "base_op": "what-stood-here"}, NOBODY),
        ({"value": "A quiet room.", "audience": ["social-worker"]}, {Audience.SOCIAL_WORKER}),
    ],
)
def test_what_only_narrows_is_done_as_the_child_said(
    app: Flask, visit: Visit, people: People, tablet: Tablets, late: dict[str, Any], then: frozenset[Audience]
) -> None:
    talk = finished_talk(app, people, {"would_help": "A quiet room."})
    assert count_of(app, Request, Request.for_home) == 1
    tablet(people.ines).send(written(talk, "would_help", **late))
    page = visit(people.ines).get(f"/interviews/{talk}/late").text
    assert "Do as the child said" in page
    assert "Add it to the finished talk" not in page
    visit(people.ines).submit(f"/interviews/{talk}/late", **choose(app, How.NARROW))
    assert who_reads(app, talk, "would_help") == [then]
    assert kept_in(app, talk)["would_help"] == "A quiet room."
    assert count_of(app, Request, Request.for_home) == 0
    assert count_of(app, Addendum) == 0
    assert late_in(app) == []
    assert "Done as the child said" in visit(people.ines).get(f"/interviews/{talk}/late").text


@pytest.mark.parametrize(
    "late",
    [
        LEFT_OUT,
        {"value": "A quiet room.", "audience": ["social-worker"]},
        {"value": "A lamp.", "audience": ["social-worker"]},
    ],
)
def test_what_the_child_takes_from_the_home_is_taken_when_it_comes_and_stays(
    app: Flask, visit: Visit, people: People, tablet: Tablets, late: dict[str, Any]
) -> None:
    talk = finished_talk(app, people, {"would_help": "A quiet room."})
    tablet(people.ines).send(written(talk, "would_help", **late))
    # What it takes from the council waits for a person.
    assert who_reads(app, talk, "would_help") == [COUNCIL]
    assert count_of(app, Request, Request.for_home) == 0
    says_so = "This counts already" in visit(people.ines).get(f"/interviews/{talk}/late").text
    assert says_so is (late.get("value") != "A lamp.")
    # A person decides where the words belong; what was taken comes back with no decision.
    assert len(late_in(app)) == 1
    visit(people.ines).submit(f"/interviews/{talk}/late", **choose(app, How.ASIDE, why="By mistake."))
    assert who_reads(app, talk, "would_help") == [COUNCIL]


def test_nobody_reads_more_by_itself(app: Flask, people: People, tablet: Tablets) -> None:
    only_her = frozenset({Audience.SOCIAL_WORKER})
    with keeping(app):
        talk = a_finished_talk(people, {"would_help": "A quiet room."}, audience=only_her).id
    late = written(talk, "would_help", "A quiet room.", audience=list(EVERYONE))
    tablet(people.ines).send(late)
    assert who_reads(app, talk, "would_help") == [only_her]


def test_what_the_child_said_last_on_the_tablet_is_what_counts(
    app: Flask, people: People, tablet: Tablets
) -> None:
    talk = finished_talk(app, people, {"would_help": "A quiet room."})
    first = written(talk, "would_help", **LEFT_OUT)
    again = written(talk, "would_help", "A lamp.", audience=list(EVERYONE), base_op=first["op_id"])
    tablet(people.ines).send(first, again)
    assert who_reads(app, talk, "would_help") == [EVERYONE]


def test_a_lost_tablet_takes_nothing_from_anybody(app: Flask, people: People, tablet: Tablets) -> None:
    talk = finished_talk(app, people, {"would_help": "A quiet room."})
    lost = tablet(people.ines)
    report_lost(app, lost.device, people.cora)
    assert lost.hand_in(written(talk, "would_help", **LEFT_OUT)).status_code == 200
    assert who_reads(app, talk, "would_help") == [EVERYONE]


def test_what_the_child_took_back_before_the_talk_was_given_on_counts_when_it_is_finished(
    app: Flask, visit: Visit, people: People, tablet: Tablets
) -> None:
    with keeping(app):
        interview = an_interview(people, held_at=now())
        ready_to_finish(interview, people)
        keep(interview, [answer("would_help", "A quiet room.")], people.ines.id, now())
        talk = interview.id
    had = taken_by(tablet, people.ines, talk)
    give_to_omar(app, people, talk)
    took_back = written(talk, "would_help", "A quiet room.", audience=["social-worker"])
    assert had.send(took_back).get_json()["late"] == [{"op_id": took_back["op_id"], "why": "not-yours"}]
    # While the talk is held nobody reads it, and whoever holds it goes on with what stands there.
    assert who_reads(app, talk, "would_help") == [EVERYONE]
    visit(people.omar).submit(f"/interviews/{talk}/finish")
    assert who_reads(app, talk, "would_help") == [COUNCIL]
    assert count_of(app, Request, Request.for_home) == 0


def test_nobody_lets_the_home_read_what_the_child_took_from_it(
    app: Flask, visit: Visit, people: People, tablet: Tablets
) -> None:
    talk = finished_talk(app, people, {"why": "Nobody listens.", "adult_hurt": "yes"})
    with keeping(app):
        raise_concerns(db.session.get_one(Interview, talk), ["adult_hurt"], people.ines.id, now())
    assert kept_for_a_concern(app) == ["why"]
    tablet(people.ines).send(written(talk, "why", "Nobody listens.", audience=["social-worker"]))
    visit(people.ines).submit(f"/interviews/{talk}/late", **choose(app, How.NARROW))
    assert kept_for_a_concern(app) == []


def kept_for_a_concern(app: Flask) -> list[str]:
    with app.app_context():
        [concern] = db.session.scalars(sa.select(Concern))
        return [
            one.key for one in kept_from_home(concern, db.session.get_one(Interview, concern.interview_id))
        ]


def test_the_home_hears_of_no_reason_that_the_child_took_back(
    app: Flask, visit: Visit, people: People, tablet: Tablets
) -> None:
    cards = {"chosen": ["A1", "A2"], "biggest": None, "home": ["A1", "A2"]}
    talk = finished_talk(app, people, {"reasons": cards})
    assert count_of(app, Reason, Reason.for_home) == 2
    tablet(people.ines).send(written(talk, "reasons", cards | {"home": ["A2"]}))
    visit(people.ines).submit(f"/interviews/{talk}/late", **choose(app, How.NARROW))
    with app.app_context():
        assert db.session.scalars(sa.select(Reason.code).where(Reason.for_home)).all() == ["A2"]


def test_what_is_added_narrows_the_first_account_as_well(
    app: Flask, visit: Visit, people: People, after: tuple[str, dict[str, Any]]
) -> None:
    visit(people.ines).submit(f"/interviews/{after[0]}/late", **choose(app, How.ADDENDUM))
    assert who_reads(app, after[0], "why") == [{Audience.SOCIAL_WORKER}]


def test_what_was_left_out_afterwards_is_not_added(
    app: Flask, visit: Visit, people: People, tablet: Tablets
) -> None:
    talk = finished_talk(app, people, {"why": "Nobody listens."})
    first = written(talk, "would_help", LATE)
    tablet(people.ines).send(first, written(talk, "would_help", base_op=first["op_id"], **LEFT_OUT))
    page = visit(people.ines).get(f"/interviews/{talk}/late").text
    assert page.count("Set it aside, and say why") == 2
    assert "Add it to the finished talk" not in page


# What cannot be added, and what does not fit -----------------------------------------------------------


def a_late_answer(question: str, value: Any) -> Said:
    return Said("1", question, value, None, SaidBy.CHILD_TYPED, EVERYONE)


def test_what_was_taken_away_has_no_words_and_is_not_added() -> None:
    cleared = a_late_answer("why", None)
    assert words_of(cleared) == ""
    assert ways(cleared, Why.FINISHED, finished=True, for_another=False) == (How.ASIDE,)


def test_a_drawing_is_not_added_without_what_was_drawn() -> None:
    line = {"colour": "blue", "width": 6, "points": [1, 1, 20, 20]}
    drawn = {"size": [1000, 750], "strokes": [line], "caption": "My room"}
    for strokes, then in (([line], (How.ASIDE,)), ([], (How.ADDENDUM, How.ASIDE))):
        late = a_late_answer("why_drawing", drawn | {"strokes": strokes})
        assert ways(late, Why.FINISHED, finished=True, for_another=False) == then


@pytest.mark.parametrize(
    ("question", "value", "shown"),
    [
        ("reasons", {"chosen": ["ZZ9"]}, "ZZ9"),
        ("reasons", {"chosen": 5}, "chosen"),
        ("being_back", ["no", {"such": "answer"}], "such"),
    ],
)
def test_what_does_not_fit_is_shown_as_it_came(
    app: Flask, visit: Visit, people: People, tablet: Tablets, question: str, value: Any, shown: str
) -> None:
    talk = finished_talk(app, people, {"why": "Nobody listens."})
    tablet(people.ines).send(written(talk, question, value))
    page = visit(people.ines).get(f"/interviews/{talk}/late")
    assert page.status_code == 200
    assert shown in page.text
    assert "Add it to the finished talk" not in page.text
    assert "Set it aside" in page.text


def test_a_form_of_any_shape_leaves_the_page_whole(
    app: Flask, visit: Visit, people: People, tablet: Tablets, talk: str
) -> None:
    tablet(people.ines).send(form(talk, "dance") | {"fields": [5, "ab", ["what", "a waltz"], ["what"], None]})
    page = visit(people.ines).get(f"/interviews/{talk}/late")
    assert page.status_code == 200
    assert "a waltz" in page.text


def test_late_cards_are_shown_with_their_sentences(
    app: Flask, visit: Visit, people: People, tablet: Tablets
) -> None:
    talk = finished_talk(app, people, {"why": "Nobody listens."})
    told = {"A1": {"question": "why", "words": "It is so loud at night."}}
    cards = {"chosen": ["A1"], "biggest": "A1", "told": told, "home": ["A1"]}
    tablet(people.ines).send(written(talk, "reasons", cards))
    page = visit(people.ines).get(f"/interviews/{talk}/late").text
    for words in ("It is so loud at night.", "the biggest one", "the home may know"):
        assert words in page


def test_what_was_given_on_can_be_given_on_again(
    app: Flask, visit: Visit, people: People, tablet: Tablets, talk: str
) -> None:
    ines = tablet(people.ines)
    give_to_omar(app, people, talk)
    ines.send(written(talk, value=LATE))
    with keeping(app):
        [late] = db.session.scalars(sa.select(Late))
        # Whoever had the talk between them.
        late.given_to = people.ivan.id
    visit(people.cora).submit(f"/interviews/{talk}/late", **choose(app, How.GIVEN))
    assert who_sees(visit, people, talk) == {"omar"}


# What waits for the rest ----------------------------------------------------------------------------


def test_a_form_of_no_known_kind_is_kept(
    app: Flask, visit: Visit, people: People, tablet: Tablets, talk: str
) -> None:
    tablet(people.ines).send(form(talk, "dance", what="a waltz"))
    assert [why for _, why in late_in(app)] == [Why.REFUSED]
    assert "a waltz" in visit(people.ines).get(f"/interviews/{talk}/late").text


def test_a_form_waits_for_what_was_written_before_it(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    ines = tablet(people.ines)
    one, two = written(talk), written(talk, "being_back", "2")
    later = form(talk, "language", [one["op_id"], two["op_id"]], language="cy")
    assert ines.send(later).get_json()["late"] == [{"op_id": later["op_id"], "why": "waiting"}]
    ines.send(two)
    assert [why for _, why in late_in(app)] == [Why.WAITING]
    ines.send(one)
    assert late_in(app) == []
    with app.app_context():
        assert db.session.get_one(Interview, talk).language == "cy"
        assert [late.settled_how for late in db.session.scalars(sa.select(Late))] == [How.DONE]
    assert ines.send(later).get_json()["late"] == []


# Tablets --------------------------------------------------------------------------------------------


def taken_by(tablet: Tablets, person: Someone, talk: str) -> OnTablet:
    one = tablet(person)
    one.visitor.post("/tablet/take", json={"interviews": [talk], "device": one.device, "slot": one.slot})
    return one


@pytest.mark.parametrize("name", ["ines", "cora"])
def test_a_lost_tablet_is_reported_by_its_person_or_the_coordinator(
    app: Flask, visit: Visit, people: People, tablet: Tablets, talk: str, name: str
) -> None:
    lost = taken_by(tablet, people.ines, talk)
    reporter = visit(getattr(people, name))
    assert "1 talk is on it." in reporter.get("/tablets").text
    reporter.submit(f"/tablets/{lost.slot}/lost")
    assert "Reported lost" in reporter.get("/tablets").text
    assert lost.contact().status_code == 410
    one = written(talk, value=LATE)
    assert lost.hand_in(one).get_json()["accepted"] == [one["op_id"]]
    assert who_sees(visit, people, talk) == {"ines"}
    visit(people.ines).submit(f"/interviews/{talk}/late", **choose(app, How.TO_TALK))
    assert kept_in(app, talk) == {"why": LATE}


def test_a_finished_talk_is_off_the_tablet(
    app: Flask, visit: Visit, people: People, tablet: Tablets, talk: str
) -> None:
    ines = taken_by(tablet, people.ines, talk)
    with keeping(app):
        db.session.get_one(Interview, talk).finished_at = now()
    assert ines.send().get_json()["talks"] == {talk: "finished"}
    page = visit(people.ines).get("/tablets").text
    assert "0 talks are on it." in page
    # What was written in it on this tablet may come in another batch.
    assert "Of 1 talk that was on it something may still wait there" in page
    assert "Nothing new is written there after" in page
    with keeping(app):
        db.session.execute(sa.update(Taken).values(expires_at=now()))
    assert "may still wait" not in visit(people.ines).get("/tablets").text


@pytest.mark.parametrize("why", ["lost", "left"])
def test_nothing_is_said_to_be_on_a_tablet_that_has_handed_in_and_forgotten(
    app: Flask, visit: Visit, people: People, tablet: Tablets, talk: str, why: str
) -> None:
    from tests.people import LONG_AGO, end_posts

    gone = taken_by(tablet, people.ines, talk)
    if why == "lost":
        report_lost(app, gone.device, people.cora)
        page = visit(people.cora).get("/tablets").text
        assert "1 talk is on it." in page
        assert "comes here at its next contact" in page
        assert "its person signs in" not in page
    else:
        with keeping(app):
            end_posts(people.ines, LONG_AGO)
        page = visit(people.cora).get("/tablets").text
        assert "Ines Okafor holds no talks here any more." in page
        assert "Get the tablet back" in page
        assert "its person signs in" not in page
    assert gone.hand_in(written(talk)).status_code == 200
    for _ in range(2):
        page = visit(people.cora).get("/tablets").text
        assert ("nothing of a talk is on it" if why == "lost" else "What was on it came here on") in page
        assert "Get the tablet back" not in page
        assert "No talk opens on it now." in page
        assert "may still wait" not in page
        assert "comes here at its next contact" not in page
        with keeping(app):
            db.session.execute(sa.update(Taken).values(expires_at=now()))


def test_what_was_taken_along_and_never_came_back_may_still_wait_there(
    app: Flask, visit: Visit, people: People, tablet: Tablets, talk: str
) -> None:
    taken_by(tablet, people.ines, talk)
    assert "may still wait" not in visit(people.ines).get("/tablets").text
    with keeping(app):
        db.session.execute(sa.update(Taken).values(expires_at=now()))
    page = visit(people.ines).get("/tablets").text
    assert "No talk opens on it now." in page
    assert "Of 1 talk that was on it something may still wait there" in page
    assert "Nothing new is written there after" not in page


def test_a_tablet_of_which_nothing_was_heard_for_a_week_is_asked_for(
    app: Flask, visit: Visit, people: People, tablet: Tablets, talk: str
) -> None:
    taken_by(tablet, people.ines, talk)
    assert "Nothing was heard of it" not in visit(people.cora).get("/tablets").text
    with keeping(app):
        week = timedelta(days=7)
        db.session.execute(sa.update(Taken).values(expires_at=now() - week))
        db.session.execute(sa.update(Tablet).values(seen_at=now() - week))
    assert "Ask Ines Okafor to open Heard on it" in visit(people.cora).get("/tablets").text
    page = visit(people.ines).get("/tablets").text
    assert "Nothing was heard of it for a week. Open Heard on it" in page
    # What is off it is not asked for.
    with keeping(app):
        db.session.execute(sa.update(Taken).values(brought_back_at=now() - week))
    assert "Nothing was heard of it" not in visit(people.cora).get("/tablets").text


def test_nothing_is_asked_of_a_tablet_whose_person_left_with_nothing_on_it(
    app: Flask, visit: Visit, people: People, tablet: Tablets, talk: str
) -> None:
    taken_by(tablet, people.ines, talk)
    with keeping(app):
        db.session.execute(sa.update(Taken).values(brought_back_at=now(), expires_at=now()))
        disable(people.ines)
    page = visit(people.cora).get("/tablets").text
    assert "Nothing of theirs is waited for." in page
    assert "Get the tablet back" not in page


def test_a_coordinator_sees_no_tablet_without_a_talk_of_theirs(
    app: Flask, visit: Visit, people: People, tablet: Tablets
) -> None:
    with keeping(app):
        sashas = an_interview(people, kid=people.sasha, interviewer=people.omar).id
    omar = taken_by(tablet, people.omar, sashas)
    assert "No talk was taken" in visit(people.cora).get("/tablets").text
    assert visit(people.cora).get(f"/tablets/{omar.slot}/lost").status_code == 404


def test_all_of_it_is_written_down(app: Flask, people: People, after: tuple[str, dict[str, Any]]) -> None:
    with app.app_context():
        seen = {(entry.record, entry.person_id) for entry in db.session.scalars(sa.select(LogEntry))}
        assert {("late", people.ines.id), ("interview", people.ines.id)} <= seen
        assert broken_links() == []


def test_a_tablet_that_was_wiped_begins_anew(
    app: Flask, visit: Visit, people: People, tablet: Tablets
) -> None:
    ines = tablet(people.ines)
    visit(people.ines).submit(f"/tablets/{ines.slot}/lost")
    assert ines.contact().status_code == 410
    ines.device, ines.slot = new_id(), new_id()
    assert ines.contact().status_code == 401
    ines.sign_in()
    assert ines.contact().status_code == 200
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Tablet)) == 2
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Addendum)) == 0
        assert now() is not None
