"""Reasons and words that come after a talk: kept apart, dated, and read by whom the child says."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.access import COUNCIL, EVERYONE, Audience, Role
from interview.account import Added, Record, readable_added
from interview.addenda import Addition
from interview.answers import SAID_BY, ChosenReason, SaidBy
from interview.summary import summary
from records.addenda import add_addendum, addenda_of
from records.answers import answers_of
from records.database import db
from records.summaries import Period, child_record, home_record
from records.tables import Child, Concern, Home, Interview, Reason
from tests.conftest import Visit
from tests.people import People, Someone, a_finished_talk, keeping
from tests.visitor import Visitor, page_of
from views.moments import now

LATER = "It was the lock on my door."
WHY = "Robin rang me."
ADDED: dict[str, Any] = {"said_by": "word-for-word", "words": LATER, "why": WHY}


@pytest.fixture
def talk(app: Flask, people: People) -> str:
    """Robin's finished talk of last week, in which A1 and B1 were given."""
    with keeping(app):
        return a_finished_talk(people, held_at=now() - timedelta(days=7)).id


@pytest.fixture
def ines(visit: Visit, people: People) -> Visitor:
    """Ines, signed in."""
    return visit(people.ines)


def add(visitor: Visitor, talk: str, **typed: Any) -> str:
    """Add to a talk; gives what is shown then."""
    return visitor.follow(visitor.submit(f"/interviews/{talk}/addenda", **ADDED | typed)).text


def record_for(app: Flask, people: People, someone: Someone) -> Record:
    """What is found for someone of Robin or, for the home's manager, of Robin's home."""
    with app.app_context():
        if someone.role is Role.HOME_MANAGER:
            month = Period(now() - timedelta(days=60), now())
            return home_record(someone.reader, db.session.get_one(Home, people.larch.id), month)
        return child_record(someone.reader, db.session.get_one(Child, people.robin.id), now())


def codes(record: Record) -> set[str]:
    """The reasons in a record."""
    return {one.reason.code for one in record.given}


def words(record: Record) -> list[str]:
    """What was added, in a record."""
    return [one.words for one in record.added]


def summary_of(visitor: Visitor, people: People) -> str:
    """What somebody reads of Robin."""
    return page_of(visitor.get(f"/children/{people.robin.id}/summary")).find("main")[0].text


# ---- the rules


def added(said_by: SaidBy = SaidBy.WORD_FOR_WORD, *codes: str, **facts: Any) -> Added:
    """An addendum of one talk."""
    said = Addition(said_by, LATER, WHY, codes, facts.pop("home", ()), facts.pop("chosen", COUNCIL))
    return Added("1", "one", now(), now(), said_by, said.words, said.why, said.audience, said.reasons)


def readers(one: Added) -> set[Role]:
    """Who reads what was added."""
    return {role for role in Role if readable_added(one, role)}


OFFICE = {Role.INTERVIEWER, Role.COORDINATOR, Role.REVIEWING_OFFICER}


@pytest.mark.parametrize("said_by", SAID_BY)
def test_without_the_childs_word_the_home_reads_nothing_that_was_added(said_by: SaidBy) -> None:
    assert readers(added(said_by)) == OFFICE


def test_the_child_chooses_who_reads_what_is_added() -> None:
    assert readers(added(chosen=EVERYONE)) == set(Role)
    assert readers(added(chosen=frozenset({Audience.REVIEWING_OFFICER}))) == OFFICE - {Role.COORDINATOR}
    assert readers(added(chosen=frozenset())) == {Role.INTERVIEWER}


@pytest.mark.parametrize("said_by", [SaidBy.WORKER, SaidBy.CARER])
def test_what_an_adult_says_is_for_no_home_whatever_is_ticked(said_by: SaidBy) -> None:
    one = added(said_by, "B1", home=("B1",), chosen=EVERYONE)
    assert readers(one) == OFFICE
    assert all(Audience.HOME not in reason.audience for reason in one.reasons)


def test_words_in_which_a_reason_was_told_go_no_further_than_the_reason() -> None:
    assert Role.HOME_MANAGER not in readers(added(SaidBy.WORD_FOR_WORD, "B1", chosen=EVERYONE))
    assert Role.HOME_MANAGER in readers(added(SaidBy.WORD_FOR_WORD, "B1", home=("B1",), chosen=EVERYONE))


def test_with_an_allegation_they_are_the_allegation() -> None:
    one = added(SaidBy.WORD_FOR_WORD, "A5", "B1", home=("A5", "B1"), chosen=EVERYONE)
    assert readers(one) == {Role.INTERVIEWER, Role.COORDINATOR}


def test_the_home_gets_the_words_without_a_day_and_without_a_reason_why() -> None:
    one = added(chosen=EVERYONE)
    shown = summary(Record(added=(one,), talks=1), Role.HOME_MANAGER)
    block = shown.block("in-words")
    assert block is not None
    assert [quote.words for line in block.lines for quote in line.quotes] == [LATER]
    assert shown.added == ()
    named = summary(Record(added=(one,), names=frozenset({"lock"})), Role.HOME_MANAGER)
    assert named.blocks == ()


# ---- the page


def test_reasons_are_added_beside_the_first_account(
    app: Flask, people: People, ines: Visitor, talk: str
) -> None:
    before = record_for(app, people, people.ines)
    shown = add(ines, talk, reasons=["C1"])
    assert LATER in shown
    after = record_for(app, people, people.ines)
    assert codes(after) == codes(before) | {"C1"}
    assert after.told == before.told
    assert [one.added_at is not None for one in after.given] == [
        one.reason.code == "C1" for one in after.given
    ]
    with app.app_context():
        assert len(answers_of(db.session.get_one(Interview, talk))) == 4


def test_the_summary_says_that_it_was_added_later_and_counts_it(
    people: People, ines: Visitor, visit: Visit, talk: str
) -> None:
    add(ines, talk, reasons=["C1", "B1"])
    text = summary_of(visit(people.ivan), people)
    assert "added later, on" in text
    assert text.count("1 of 1") == 3
    assert WHY in text


def test_the_home_may_know_only_where_it_was_ticked(
    app: Flask, people: People, ines: Visitor, talk: str
) -> None:
    add(ines, talk, reasons=["C1"], home=["E1"], readers=["social-worker", "reviewing-officer", "home"])
    hidden = record_for(app, people, people.maya)
    assert not codes(hidden) & {"C1", "E1"}
    assert words(hidden) == []
    add(ines, talk, reasons=["C1"], home=["C1"], readers=["social-worker", "home"])
    told = record_for(app, people, people.maya)
    assert "C1" in codes(told)
    assert words(told) == [LATER]
    assert words(record_for(app, people, people.ivan)) == [LATER]
    assert words(record_for(app, people, people.cora)) == [LATER, LATER]


def test_an_adults_view_of_the_reasons_is_not_counted_as_the_childs(
    app: Flask, people: People, ines: Visitor, visit: Visit, talk: str
) -> None:
    add(ines, talk, said_by="carer", reasons=["C1"], home=["C1"])
    for someone in (people.ines, people.ivan, people.cora, people.maya):
        assert "C1" not in codes(record_for(app, people, someone))
    assert "from the carer" in summary_of(visit(people.ivan), people)


def test_an_allegation_that_is_added_goes_to_the_council_at_once(
    app: Flask, people: People, ines: Visitor, talk: str
) -> None:
    add(ines, talk, reasons=["A5"], words="He pushed me down the stairs.")
    with app.app_context():
        found = db.session.scalars(sa.select(Concern).where(Concern.kind == "allegation")).one()
        assert "He pushed me down the stairs." in found.words
    assert words(record_for(app, people, people.cora)) == ["He pushed me down the stairs."]
    for someone in (people.ivan, people.maya):
        seen = record_for(app, people, someone)
        assert words(seen) == []
        assert "A5" not in codes(seen)


def test_a_danger_that_is_added_joins_what_the_talk_raised(
    app: Flask, people: People, ines: Visitor, talk: str
) -> None:
    add(ines, talk, reasons=["G1"], words="They make me do it.")
    with app.app_context():
        found = db.session.scalars(sa.select(Concern).where(Concern.kind == "danger")).all()
        said = "\n".join(one.words for one in found)
    assert "They make me do it." in said


def test_a_reason_alone_is_enough_and_nothing_at_all_is_not(
    app: Flask, people: People, ines: Visitor, talk: str
) -> None:
    empty = ines.submit(f"/interviews/{talk}/addenda", **ADDED | {"words": ""})
    assert "Write what is added or corrected, or choose a reason." in empty.text
    add(ines, talk, words="", reasons=["C1"])
    assert "C1" in codes(record_for(app, people, people.ines))


def test_a_choice_that_there_is_not_is_no_choice(
    app: Flask, people: People, ines: Visitor, talk: str
) -> None:
    add(ines, talk, reasons=["Z9", "C1", "C1"], home=["A5"], readers=["everybody"])
    with app.app_context():
        rows = db.session.scalars(sa.select(Reason).where(Reason.addendum_id.is_not(None))).all()
        assert [(row.code, row.for_home, row.for_social_worker) for row in rows] == [("C1", False, False)]


def test_each_addendum_has_its_own_reasons(app: Flask, people: People, talk: str) -> None:
    with keeping(app):
        interview = db.session.get_one(Interview, talk)
        for number, code in enumerate(("C1", "E1")):
            said = Addition(SaidBy.CHILD_TYPED, f"{number}", WHY, (code,))
            add_addendum(interview, people.ines.id, now() + timedelta(hours=number), said)
        db.session.flush()
        found = [(one.words, [reason.code for reason in one.reasons]) for one in addenda_of(interview)]
    assert found == [("0", ["C1"]), ("1", ["E1"])]
    assert ChosenReason("C1", False, COUNCIL) in Addition(SaidBy.CHILD_TYPED, codes=("C1",)).reasons
