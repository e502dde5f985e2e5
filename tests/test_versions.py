"""Two versions of one answer: side by side for their author, read until then, and nothing is lost."""

import random
from collections.abc import Iterable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.access import COUNCIL, EVERYONE, Audience, Role
from interview.answers import SaidBy, current, heads, missing_to_finish
from interview.questions import NEWEST_SET, Kind
from interview.reasons import REASONS
from interview.summary import summary
from interview.versions import standing, versions_of
from records.answers import Incoming, answers_of, keep
from records.database import db
from records.heads import is_branched, is_current
from records.interviews import finish
from records.raised import raise_concerns
from records.summaries import child_record
from records.tables import Answer, Child, Concern, Interview, Reason, Request
from records.translations import Translator, add_translation
from tests.conftest import Visit
from tests.people import (
    People,
    a_child,
    a_skip,
    an_episode,
    an_interview,
    answer,
    by_worker,
    keeping,
    reader_on,
)
from tests.test_rules_versions import one_schedule
from tests.visitor import Visitor, page_of
from views.moments import now, today

ONE, OTHER = "They shout at night.", "Nobody asks me what I think."


@pytest.fixture
def ines(visit: Visit, people: People) -> Visitor:
    """Ines, signed in."""
    return visit(people.ines)


def two_tablets(app: Flask, people: People, *answers: Incoming, finished: bool = False, **facts: Any) -> str:
    """A talk with these answers, kept as they came; gives its id."""
    with keeping(app):
        talk = an_interview(people, **facts)
        keep(talk, answers, people.ines.id, now())
        raise_concerns(talk, [one.question for one in answers], people.ines.id, now())
        if finished:
            # As a tablet does that knew of one version only.
            finish(talk, now())
    return talk.id


def two(question: str = "why", one: Any = ONE, other: Any = OTHER, **facts: Any) -> list[Incoming]:
    return [answer(question, said, op_id=op, **facts) for op, said in (("one", one), ("other", other))]


def choose(ines: Visitor, talk: str, choice: str, question: str = "why", **more: str) -> str:
    """Let a version count; gives what is shown after it."""
    page = f"/interviews/{talk}/versions"
    fields = {f"{question}-choice": choice} | {f"{question}-{name}": said for name, said in more.items()}
    sent = ines.submit(page, **fields)
    return ines.follow(sent).text if sent.location else sent.text


def kept_in(app: Flask, talk: str) -> list[Any]:
    with app.app_context():
        return answers_of(db.session.get_one(Interview, talk))


# The page --------------------------------------------------------------------------------------------------


def test_both_stand_side_by_side_with_when_by_whom_and_for_whom(
    app: Flask, people: People, ines: Visitor
) -> None:
    council = answer("why", OTHER, op_id="other", audience=COUNCIL, said_by=SaidBy.PARAPHRASE)
    at = answer("why", ONE, op_id="one", device_time=now(), audience=EVERYONE)
    shown = page_of(ines.get(f"/interviews/{two_tablets(app, people, at, council)}/versions"))
    one, other = shown.find("div", **{"class": "sheet"})
    assert "The first version" in one.text
    assert ONE in one.text
    assert "By the clock of the tablet" in one.text
    assert "The social worker, The reviewing officer, The adults at the home" in one.text
    assert "The second version" in other.text
    assert OTHER in other.text
    assert "By the clock of the tablet" not in other.text
    assert "in the interviewer's words" in other.text
    assert "Ines" in other.text


@pytest.mark.parametrize(("choice", "value"), [("one", ONE), ("other", OTHER), ("both", f"{ONE}\n\n{OTHER}")])
def test_what_is_chosen_counts_and_nothing_is_lost(
    app: Flask, people: People, ines: Visitor, choice: str, value: str
) -> None:
    talk = two_tablets(app, people, *two())
    assert "The other versions are kept" in choose(ines, talk, choice)
    answers = kept_in(app, talk)
    assert versions_of(answers) == {}
    assert current(answers)["why"].value == value
    assert {ONE, OTHER} <= {kept.value for kept in answers}


def test_it_can_be_written_anew(app: Flask, people: People, ines: Visitor) -> None:
    talk = two_tablets(app, people, *two())
    assert "Write how it should stand." in choose(ines, talk, "anew", words="  ")
    choose(ines, talk, "anew", words="They shout, and nobody asks me.")
    assert current(kept_in(app, talk))["why"].value == "They shout, and nobody asks me."


def test_nothing_is_chosen_for_anybody(app: Flask, people: People, ines: Visitor) -> None:
    talk = two_tablets(app, people, *two())
    page = ines.get(f"/interviews/{talk}/versions")
    assert not [one for one in page_of(page).find("input", type="radio") if "checked" in one.attributes]
    assert "Choose which version counts." in ines.submit(f"/interviews/{talk}/versions").text
    assert len(versions_of(kept_in(app, talk))["why"]) == 2


def test_the_same_choice_sent_twice_counts_once(app: Flask, people: People, ines: Visitor) -> None:
    talk = two_tablets(app, people, *two())
    page = ines.get(f"/interviews/{talk}/versions")
    assert "counts now" in ines.follow(ines.send(page, **{"why-choice": "one"})).text
    assert "settled already" in ines.follow(ines.send(page, **{"why-choice": "one"})).text
    assert len(kept_in(app, talk)) == 3


def test_a_version_that_came_meanwhile_is_never_settled_unseen(
    app: Flask, people: People, ines: Visitor
) -> None:
    talk = two_tablets(app, people, *two())
    page = ines.get(f"/interviews/{talk}/versions")
    with keeping(app):
        late = answer("why", "A third thing.", op_id="third")
        keep(db.session.get_one(Interview, talk), [late], people.ines.id, now())
    assert "another version has come" in ines.follow(ines.send(page, **{"why-choice": "one"})).text
    assert len(versions_of(kept_in(app, talk))["why"]) == 3


def test_two_questions_are_settled_one_by_one(app: Flask, people: People, ines: Visitor) -> None:
    third = [answer("trigger", said, op_id=said) for said in ("phone", "dinner")]
    talk = two_tablets(app, people, *two(), *third)
    page = ines.get(f"/interviews/{talk}/versions")
    ines.send(page, "of=trigger", **{"trigger-choice": "dinner"})
    assert set(versions_of(kept_in(app, talk))) == {"why"}
    ines.send(page, "of=why", **{"why-choice": "one"})
    assert versions_of(kept_in(app, talk)) == {}


VALUES: dict[str, tuple[Any, Any, str]] = {
    "reasons": (
        {"chosen": ["C1"], "biggest": "C1", "told": {"C1": {"question": "why", "words": "my nan"}}},
        {"chosen": ["A2"], "biggest": "A2"},
        "my nan",
    ),
    "how_tell": (["talk"], ["draw"], ""),
    "felt_safe_away": (3, 7, "7"),
    "adult_hurt": ("yes", "no", "Yes"),
    "why_drawing": (
        {"size": [1000, 750], "strokes": [], "caption": "the stairs"},
        {
            "size": [1000, 750],
            "strokes": [{"colour": "red", "width": 6, "points": [1, 2]}],
            "caption": "my room",
        },
        "my room",
    ),
}


@pytest.mark.parametrize("question", VALUES)
def test_every_kind_of_answer_stands_there_and_can_be_chosen(
    app: Flask, people: People, ines: Visitor, question: str
) -> None:
    one, other, seen = VALUES[question]
    talk = two_tablets(app, people, *two(question, one, other))
    page = ines.get(f"/interviews/{talk}/versions")
    assert seen in page.text
    sides = page_of(page).find("div", **{"class": "sheet"})
    assert any(side.find("svg") for side in sides) == (question == "why_drawing")
    choose(ines, talk, "one", question)
    assert current(kept_in(app, talk))[question].value == one


def test_cards_of_both_can_be_kept(app: Flask, people: People, ines: Visitor) -> None:
    one, other, _seen = VALUES["reasons"]
    talk = two_tablets(app, people, *two("reasons", one, other))
    choose(ines, talk, "both", "reasons")
    with app.app_context():
        codes = db.session.scalars(sa.select(Reason.code).where(Reason.interview_id == talk))
        assert sorted(codes) == ["A2", "C1"]


def test_only_whose_talk_it_is_sees_it(app: Flask, people: People, visit: Visit) -> None:
    talk = two_tablets(app, people, *two())
    statuses = [visit(one).get(f"/interviews/{talk}/versions").status_code for one in others(people)]
    assert set(statuses) <= {403, 404}


def others(people: People) -> Iterable[Any]:
    return people.omar, people.maya, people.ivan, people.cora


# Where it is told -------------------------------------------------------------------------------------------


def test_it_stands_on_the_start_page_and_with_the_talk_until_it_is_settled(
    app: Flask, people: People, ines: Visitor
) -> None:
    talk = two_tablets(app, people, *two())
    assert "1 answer was written on two tablets or pages" in ines.get("/").text
    assert "1 answer stands in several versions" in ines.get(f"/interviews/{talk}").text
    choose(ines, talk, "one")
    assert "on two tablets" not in ines.get("/").text
    assert "several versions" not in ines.get(f"/interviews/{talk}").text


def test_the_same_said_twice_asks_nobody(app: Flask, people: People, ines: Visitor) -> None:
    talk = two_tablets(app, people, *two("why", ONE, ONE))
    assert "on two tablets" not in ines.get("/").text
    assert (
        "No answer of this talk stands in several versions" in ines.get(f"/interviews/{talk}/versions").text
    )


def test_the_child_sees_both_and_no_fault(app: Flask, people: People, ines: Visitor) -> None:
    talk = two_tablets(app, people, *two())
    page = page_of(ines.get(f"/interviews/{talk}/read-back"))
    assert ONE in page.text
    assert OTHER in page.text
    assert "This is written down in two ways. Both are kept." in page.text
    assert not page.find("p", **{"class": "fault"})


def test_the_child_sees_the_cards_of_both_and_what_was_skipped_on_one(
    app: Flask, people: People, ines: Visitor
) -> None:
    one, other, _seen = VALUES["reasons"]
    skipped = a_skip("trigger", op_id="skipped")
    said = answer("trigger", "My phone was taken.", op_id="said")
    talk = two_tablets(app, people, *two("reasons", one, other), said, skipped)
    page = page_of(ines.get(f"/interviews/{talk}/read-back")).text
    assert page.count("This is written down in two ways.") == 2
    assert REASONS["C1"].child in page
    assert REASONS["A2"].child in page
    assert "My phone was taken." in page


def test_what_the_child_leaves_out_is_left_out_of_both(app: Flask, people: People, ines: Visitor) -> None:
    talk = two_tablets(app, people, *two())
    ines.submit(f"/interviews/{talk}/read-back", why__check="leave-out")
    answers = kept_in(app, talk)
    assert versions_of(answers) == {}
    assert current(answers)["why"].value is None
    assert {ONE, OTHER} <= {kept.value for kept in answers}


def test_who_finishes_is_told_and_nothing_is_chosen_silently(
    app: Flask, people: People, ines: Visitor
) -> None:
    with keeping(app):
        talk = an_interview(people)
        ready_to_finish(talk, people)
        keep(talk, two("trigger"), people.ines.id, now())
        path = f"/interviews/{talk.id}/finish"
    assert "Some answers stand in several versions" in ines.get(path).text
    assert "or tick that you finish" in ines.submit(path).text
    assert ines.submit(path, as_they_are="y").location
    with app.app_context():
        assert db.session.get_one(Interview, path.split("/")[2]).finished_at
    assert "1 answer was written on two tablets" in ines.get("/").text


def ready_to_finish(talk: Interview, people: People) -> None:
    for question in missing_to_finish({}, NEWEST_SET):
        value: Any = question.options[0].key if question.options else "Something."
        value = [value] if question.kind in {Kind.MANY, Kind.CARDS} else value
        value = now().isoformat() if question.kind is Kind.MOMENT else value
        value = 5 if question.kind in {Kind.NUMBER, Kind.SCALE} else value
        value = {"chosen": ["C1"], "biggest": None} if question.kind is Kind.REASONS else value
        keep(talk, [answer(question.key, value)], people.ines.id, now())


def test_a_finished_talk_is_settled_without_new_words(app: Flask, people: People, ines: Visitor) -> None:
    talk = two_tablets(app, people, *two(), finished=True)
    assert "I write it anew" not in ines.get(f"/interviews/{talk}/versions").text
    choose(ines, talk, "both")
    assert current(kept_in(app, talk))["why"].value == f"{ONE}\n\n{OTHER}"


@pytest.mark.parametrize("seed", range(12))
def test_a_search_finds_the_same_answers_as_the_rule(app: Flask, people: People, seed: int) -> None:
    server, _past = one_schedule(random.Random(seed))
    with keeping(app):
        talk = an_interview(people)
        for one in server.kept:
            arrived = answer("why", one.value, op_id=one.op_id, base_op=one.base_op, settles=one.settles)
            for _time in range(2):
                keep(talk, [arrived], people.ines.id, now())
        wanted = {one.op_id for one in heads(answers_of(talk)).get("why", ())}
        counts = sa.select(Answer.op_id).where(Answer.interview_id == talk.id, is_current())
        assert set(db.session.scalars(counts)) == wanted
        several = sa.select(Answer.op_id).where(Answer.interview_id == talk.id, is_branched())
        assert set(db.session.scalars(several)) == (wanted if len(wanted) > 1 else set())


# What others read -------------------------------------------------------------------------------------------


def quotes(app: Flask, people: People, role: Role, question: str = "why") -> list[tuple[str, bool]]:
    who = {Role.REVIEWING_OFFICER: people.ivan, Role.COORDINATOR: people.cora}[role]
    with app.app_context():
        child = db.session.get_one(Child, people.robin.id)
        found = summary(child_record(reader_on(who.id, today()), child, now()), role)
        lines = [line for block in found.blocks for line in block.lines if line.key == question]
        return [(quote.words, quote.unsettled) for quote in lines[0].quotes] if lines else []


def test_readers_see_both_marked_until_it_is_settled(
    app: Flask, people: People, ines: Visitor, visit: Visit
) -> None:
    talk = two_tablets(app, people, *two(audience=COUNCIL), finished=True)
    both = quotes(app, people, Role.REVIEWING_OFFICER)
    assert sorted(both) == [(OTHER, True), (ONE, True)]
    page = visit(people.ivan).get(f"/children/{people.robin.id}/summary").text
    assert page.count("one of several versions, not settled yet") >= 2
    choose(ines, talk, "other")
    assert quotes(app, people, Role.REVIEWING_OFFICER) == [(OTHER, False)]


@pytest.mark.parametrize("turned", [False, True])
def test_the_home_reads_nothing_of_what_one_version_keeps_from_it(
    app: Flask, people: People, visit: Visit, turned: bool
) -> None:
    open_too = answer("being_back_words", ONE, op_id="one", audience=EVERYONE)
    closed = answer("being_back_words", OTHER, op_id="other", audience=COUNCIL)
    answers = [closed, open_too] if turned else [open_too, closed]
    two_tablets(app, people, *answers, finished=True)
    page = visit(people.maya).get(f"/homes/{people.larch.id}/summary").text
    assert ONE not in page
    assert OTHER not in page
    assert "several versions" not in page


def test_a_danger_in_the_older_version_is_raised(app: Flask, people: People) -> None:
    talk = two_tablets(app, people, *two("adult_hurt", "yes", "no"))
    with app.app_context():
        kinds = db.session.scalars(sa.select(Concern.kind).where(Concern.interview_id == talk)).all()
    assert kinds == ["allegation"]


def test_the_reasons_of_both_versions_are_there_and_the_home_knows_what_both_let_it(
    app: Flask, people: People
) -> None:
    one = {"chosen": ["C1", "A2"], "biggest": None, "home": ["C1", "A2"]}
    other = {"chosen": ["C1", "G1"], "biggest": None, "home": ["C1"]}
    talk = two_tablets(app, people, *two("reasons", one, other))
    with app.app_context():
        rows = db.session.execute(sa.select(Reason.code, Reason.for_home).where(Reason.interview_id == talk))
        assert sorted((row.code, row.for_home) for row in rows) == [
            ("A2", False),
            ("C1", True),
            ("G1", False),
        ]


def test_what_either_version_asks_for_is_asked_once(app: Flask, people: People, ines: Visitor) -> None:
    talk = two_tablets(app, people, *two("would_help", "A key", "A dog", audience=COUNCIL), finished=True)

    def asked() -> list[str]:
        with app.app_context():
            return list(db.session.scalars(sa.select(Request.op_id).where(Request.interview_id == talk)))

    assert sorted(asked()) == ["one", "other"]
    choose(ines, talk, "one", "would_help")
    assert len(asked()) == 2
    assert "one" not in asked()


def test_a_translation_goes_with_the_version_that_counts(app: Flask, people: People, ines: Visitor) -> None:
    talk = two_tablets(app, people, *two(one="لا أحد", other="لا أحد يسمعني", language="ar"))
    page = ines.get(f"/interviews/{talk}/translations")
    assert len(page_of(page).find("blockquote")) == 2
    with keeping(app):
        kept = db.session.get_one(Interview, talk)
        said = next(one for one in answers_of(kept) if one.op_id == "one")
        add_translation(kept, said, "Nobody", Translator("Hana"), now())
    choose(ines, talk, "one")
    assert "Nobody" in ines.get(f"/interviews/{talk}/translations").text


def test_a_worker_settles_the_workers_own(app: Flask, people: People, ines: Visitor) -> None:
    notes = [by_worker("place_note", said, op_id=said) for said in ("A-cafe", "By-the-river")]
    talk = two_tablets(app, people, *notes)
    choose(ines, talk, "A-cafe", "place_note")
    assert standing(kept_in(app, talk))["place_note"].value == "A-cafe"


def test_another_childs_talk_is_never_in_the_list(app: Flask, people: People, ines: Visitor) -> None:
    two_tablets(app, people, *two())
    with keeping(app):
        kid = a_child("Sam Other", people.larch, people.fenmoor)
        an_interview(people, an_episode(people, kid), kid=kid)
    needs = page_of(ines.get("/")).find("section")[0].text
    assert "Robin" in needs
    assert "Sam Other" not in needs


def test_the_audience_of_both_together_is_the_narrower(app: Flask, people: People, ines: Visitor) -> None:
    only = frozenset({Audience.SOCIAL_WORKER})
    both = [answer("why", ONE, op_id="one", audience=COUNCIL), answer("why", OTHER, op_id="b", audience=only)]
    talk = two_tablets(app, people, *both)
    choose(ines, talk, "both")
    assert current(kept_in(app, talk))["why"].audience == only
