"""What leaves is written down: with whom it was shared, why, on what basis, and was the child told."""

import json
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from jsonschema import Draft202012Validator

import views.files
from interview.access import COUNCIL, EVERYONE
from interview.answers import current
from interview.exports import schemas
from interview.sharing import Share
from records.answers import answers_of
from records.database import db
from records.disclosures import share, share_finished
from records.tables import Disclosure, LogEntry
from tests.conftest import Visit
from tests.people import (
    People,
    a_concern,
    a_finished_talk,
    a_review,
    an_interview,
    answer,
    by_worker,
    keeping,
)
from tests.visitor import Visitor, page_of
from views.moments import now
from views.paper import FileKind, PaperError

HIT = "He hit me with a key ring"
FLAT = "The flat over the tyre place"


@pytest.fixture(autouse=True)
def _quick_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    # What is on the paper is tested with the paper.
    monkeypatch.setattr("views.paper.made", lambda kind, html: f"%{kind}\n{html}".encode())


@pytest.fixture
def told(app: Flask, people: People) -> None:
    """Robin has said why, where it was, and what an adult did."""
    with keeping(app):
        a_finished_talk(
            people,
            {"ready": "yes", "why": "Bored", "reasons": {"chosen": ["A9", "G2"]}},
            [
                answer("where_went", FLAT, audience=COUNCIL),
                answer("adult_hurt", "yes", audience=COUNCIL),
                answer("adult_hurt_words", HIT, audience=COUNCIL),
                by_worker("likely_places", "The tyre place"),
            ],
        )


def rows(app: Flask) -> list[Disclosure]:
    """All that was written down, in its order."""
    with app.app_context():
        return list(db.session.scalars(sa.select(Disclosure).order_by(Disclosure.at, Disclosure.with_role)))


def at(people: People, ending: str) -> str:
    """A page about Robin."""
    return f"/children/{people.robin.id}/{ending}"


def filled(**typed: Any) -> dict[str, Any]:
    """The form as it is usually filled in."""
    usual = {
        "with_role": "health",
        "with_whom": "Dr Vane, CAMHS",
        "why": "To plan her care",
        "basis": "public-task",
        "told": "yes",
        "how": "pdf",
    }
    return usual | typed


def listed_for(visit: Visit, person: Any, people: People) -> str:
    """The list of what was shared, as somebody reads it."""
    shown = visit(person).get(at(people, "shared"))
    assert shown.status_code == 200
    return page_of(shown).find("main")[0].text


# An export without a row does not exist ---------------------------------------------------------------


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("ending", ["pdf", "docx", "json"])
@pytest.mark.parametrize(("name", "why"), [("ivan", "review"), ("cora", "own-work"), ("ines", "own-work")])
def test_a_file_for_ones_own_work_is_written_down_by_itself(
    app: Flask, people: People, visit: Visit, ending: str, name: str, why: str
) -> None:
    person = getattr(people, name)
    assert visit(person).get(at(people, f"summary.{ending}")).status_code == 200
    (row,) = rows(app)
    with app.app_context():
        assert (row.kind, row.with_role, row.with_whom, row.why) == (ending, person.role, person.name, why)
    assert (row.shared_by, row.basis, row.child_told) == (person.id, "public-task", True)


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("how", ["pdf", "docx", "json", "print"])
def test_what_is_shared_comes_in_answer_to_why(app: Flask, people: People, visit: Visit, how: str) -> None:
    given = visit(people.ivan).submit(at(people, "share"), **filled(how=how))
    assert given.status_code == 200
    assert "Bored" in given.text
    (row,) = rows(app)
    with app.app_context():
        assert (row.kind, row.with_role, row.with_whom) == (how, "health", "Dr Vane, CAMHS")
        assert (row.why, row.basis, row.child_told) == ("To plan her care", "public-task", True)


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"with_role": ""}, "Choose with whom you share it."),
        ({"with_whom": ""}, "Enter who gets it"),
        ({"why": " "}, "Write why they need it."),
        ({"basis": ""}, "Choose the basis."),
        ({"told": ""}, "Choose whether the child was told."),
        ({"told": "no"}, "Write why the child was not told"),
        ({"told": "no", "not_told_why": "Away", "basis": "agreement"}, "cannot have agreed"),
        ({"how": "fax"}, "Choose one of these."),
    ],
)
def test_nothing_leaves_before_it_is_said_why(
    app: Flask, people: People, visit: Visit, wrong: dict[str, str], sentence: str
) -> None:
    shown = visit(people.ivan).submit(at(people, "share"), **filled(**wrong))
    assert shown.mimetype == "text/html"
    assert sentence in shown.text
    assert "Bored" not in shown.text
    assert rows(app) == []
    # What was typed is still there.
    assert wrong.get("why") == " " or "To plan her care" in shown.text


@pytest.mark.usefixtures("told")
def test_where_it_cannot_be_written_down_nothing_leaves(
    app: Flask, people: People, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError("The disk is full")

    ivan = visit(people.ivan)
    monkeypatch.setattr(views.files, "put_down", full)
    for path in ("summary.pdf", "summary.docx", "summary.json"):
        with pytest.raises(OSError, match="full"):
            ivan.get(at(people, path))


@pytest.mark.usefixtures("told")
def test_a_paper_that_could_not_be_made_is_written_down_all_the_same(
    app: Flask, people: People, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_kind: FileKind, _html: str) -> bytes:
        raise PaperError

    monkeypatch.setattr("views.paper.made", broken)
    # The page that comes instead shows the same, to be printed.
    assert visit(people.ivan).get(at(people, "summary.pdf")).status_code == 503
    assert len(rows(app)) == 1


@pytest.mark.usefixtures("told")
def test_a_form_that_is_sent_twice_is_one_share(app: Flask, people: People, visit: Visit) -> None:
    ivan = visit(people.ivan)
    page = ivan.get(at(people, "share"))
    for _ in range(2):
        assert ivan.send(page, **filled()).mimetype == "application/pdf"
    assert len(rows(app)) == 1
    ivan.submit(at(people, "share"), **filled())
    assert len(rows(app)) == 2


@pytest.mark.usefixtures("told")
def test_a_share_is_in_the_access_log_too(app: Flask, people: People, visit: Visit) -> None:
    visit(people.ivan).submit(at(people, "share"), **filled())
    with app.app_context():
        his = sa.select(LogEntry.act).where(LogEntry.person_id == people.ivan.id)
        acts = list(db.session.scalars(his))
    assert {"share", "read-child-summary"} <= set(acts)


# Who may ---------------------------------------------------------------

ENDINGS = ("share", "shared", "police", "summary.pdf", "summary.docx", "summary.json")
ANSWERS = {
    "ivan": (200, 200, 403, 200, 200, 200),
    "cora": (200, 200, 200, 200, 200, 200),
    "ines": (403, 200, 403, 200, 200, 200),
    "maya": (403, 403, 403, 403, 403, 403),
    "mark": (404, 404, 404, 404, 404, 404),
    "iris": (404, 404, 404, 404, 404, 404),
    "omar": (404, 404, 404, 404, 404, 404),
}


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("name", ANSWERS)
def test_who_shares_and_who_reads_what_was_shared(
    app: Flask, people: People, visit: Visit, name: str
) -> None:
    someone = visit(getattr(people, name))
    assert tuple(someone.get(at(people, ending)).status_code for ending in ENDINGS) == ANSWERS[name]
    if name in {"maya", "mark", "iris", "omar"}:
        assert rows(app) == []


@pytest.mark.usefixtures("told")
def test_the_list_says_it_in_words(people: People, visit: Visit) -> None:
    visit(people.ivan).submit(at(people, "share"), **filled(told="no", not_told_why="She is in hospital"))
    text = listed_for(visit, people.cora, people)
    for words in (
        "As a PDF",
        "The child's summary",
        "Health or CAMHS",
        "Dr Vane, CAMHS",
        "To plan her care",
        "The council's public task",
        "She is in hospital",
        "by Ivan Petrov",
    ):
        assert words in text


@pytest.mark.usefixtures("told")
def test_nothing_was_shared_of_a_child_of_whom_nothing_was(people: People, visit: Visit) -> None:
    assert "Nothing has been shared yet." in listed_for(visit, people.ivan, people)


def test_a_telling_of_a_concern_stands_in_the_list_of_those_who_reach_it(
    app: Flask, people: People, visit: Visit
) -> None:
    with keeping(app):
        concern_id = a_concern(an_interview(people), people.ines, words=HIT).id
    visit(people.cora).submit(
        f"/concerns/{concern_id}", whom=["police"], name="DS Okonjo", at="2026-11-03T10:00", child_knows="y"
    )
    for person in (people.cora, people.ines):
        text = listed_for(visit, person, people)
        assert "Police" in text
        assert "DS Okonjo" in text
        assert HIT in text
    # The reviewing officer hears of a concern from the council.
    assert HIT not in listed_for(visit, people.ivan, people)
    assert "DS Okonjo" not in listed_for(visit, people.ivan, people)


# Finishing ---------------------------------------------------------------


def test_a_finished_talk_is_shared_with_those_for_whom_something_of_it_is(
    app: Flask, people: People, visit: Visit
) -> None:
    with keeping(app):
        talk = a_finished_talk(
            people,
            {"why": "Bored"},
            [
                answer("would_help", "A lock", audience=COUNCIL),
                answer("adult_hurt", "yes", audience=COUNCIL),
                by_worker("told_sharing", "yes"),
            ],
            audience=EVERYONE,
        )
        share_finished(talk, current(answers_of(talk)), people.ines.id, now())
    found = {row.with_role: (row.parts, row.child_told) for row in rows(app)}
    assert found == {
        "home": ("talk words", True),
        "reviewing-officer": ("talk words", True),
        "social-worker": ("talk words full-record allegation", True),
    }
    assert "an adult who works with children" not in listed_for(visit, people.ivan, people)
    assert "an adult who works with children" in listed_for(visit, people.cora, people)


def test_a_talk_of_which_nothing_is_for_the_home_is_not_shared_with_it(app: Flask, people: People) -> None:
    with keeping(app):
        talk = a_finished_talk(people, {"why": "Bored"}, audience=COUNCIL)
        share_finished(talk, current(answers_of(talk)), people.ines.id, now())
    assert {row.with_role for row in rows(app)} == {"reviewing-officer", "social-worker"}
    assert not any(row.child_told for row in rows(app))


# For the police ---------------------------------------------------------------


def police_form(cora: Visitor, people: People, *chosen: str, **typed: Any) -> Any:
    """The sheet for the police, with what was chosen by its words."""
    page = cora.get(at(people, "police"))
    boxes = {
        label.text: label.attributes["for"]
        for label in page_of(page).find("label")
        if label.attributes.get("for", "").startswith("chosen")
    }
    values = {e.attributes["id"]: e.attributes["value"] for e in page_of(page).find("input", name="chosen")}
    ticked = [values[box] for words, box in boxes.items() if any(one in words for one in chosen)]
    return cora.send(page, **(filled(with_whom="DS Okonjo") | {"chosen": ticked} | typed))


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("how", ["pdf", "docx", "print"])
def test_the_police_get_what_was_chosen_and_nothing_else(
    app: Flask, people: People, visit: Visit, how: str
) -> None:
    given = police_form(visit(people.cora), people, FLAT, how=how, what_to_do="Ring the duty team")
    assert FLAT in given.text
    assert "Robin Achebe" in given.text
    assert "Ring the duty team" in given.text
    for never in ("Bored", HIT, "Criminal exploitation", "The tyre place", people.larch.name):
        assert never not in given.text
    (row,) = rows(app)
    with app.app_context():
        assert (row.with_role, row.parts, row.with_whom) == ("police", "police whereabouts", "DS Okonjo")


@pytest.mark.usefixtures("told")
def test_an_allegation_goes_to_the_police_only_with_a_reason(
    app: Flask, people: People, visit: Visit
) -> None:
    cora = visit(people.cora)
    refused = police_form(cora, people, HIT)
    assert "Write why this goes to the police from you" in refused.text
    assert rows(app) == []
    given = police_form(cora, people, HIT, allegation_why="Agreed at the strategy discussion")
    assert HIT in given.text
    (row,) = rows(app)
    with app.app_context():
        assert "Agreed at the strategy discussion" in row.why


@pytest.mark.usefixtures("told")
def test_the_sheet_is_not_made_of_nothing(app: Flask, people: People, visit: Visit) -> None:
    assert "Choose what goes to the police." in police_form(visit(people.cora), people).text
    assert rows(app) == []


# As data ---------------------------------------------------------------


@pytest.mark.usefixtures("told")
def test_the_data_holds_to_its_published_schema(people: People, visit: Visit) -> None:
    given = visit(people.cora).get(at(people, "summary.json"))
    assert given.headers["Content-Disposition"] == 'attachment; filename="summary.json"'
    data = json.loads(given.text)
    Draft202012Validator(schemas()["child-summary"]).validate(data)
    assert data["child"] == "Robin Achebe"
    assert HIT in given.text
    # The reviewing officer's holds what the reviewing officer reads.
    assert HIT not in visit(people.ivan).get(at(people, "summary.json")).text


def test_a_share_of_another_childs_page_is_not_taken_for_this_one(app: Flask, people: People) -> None:
    with keeping(app):
        for kid in (people.robin, people.sasha):
            share(kid.id, Share("pdf", "summary", "child", "x", "x", once="a" * 22), people.ivan.id, now())
    assert len(rows(app)) == 2


# The pack of a review ---------------------------------------------------------------


@pytest.fixture
def review(app: Flask, people: People, told: None) -> str:
    """Robin's next review."""
    with keeping(app):
        return a_review(people.robin).id


@pytest.mark.parametrize("ending", ["pdf", "docx", "json"])
def test_a_pack_for_the_review_is_written_down_by_itself(
    app: Flask, people: People, visit: Visit, review: str, ending: str
) -> None:
    given = visit(people.ivan).get(f"/reviews/{review}.{ending}")
    assert given.status_code == 200
    assert given.headers["Content-Disposition"].endswith(f'filename="review.{ending}"')
    assert "Bored" in given.text
    assert HIT not in given.text
    (row,) = rows(app)
    with app.app_context():
        assert (row.kind, row.with_role, row.why) == (ending, "reviewing-officer", "review")
        assert row.parts.startswith("review ")


@pytest.mark.parametrize("how", ["pdf", "docx", "json", "print"])
def test_a_pack_is_shared_by_the_same_form(
    app: Flask, people: People, visit: Visit, review: str, how: str
) -> None:
    given = visit(people.ivan).submit(f"/reviews/{review}/share", **filled(how=how, with_role="review"))
    assert "Bored" in given.text
    assert [row.with_role for row in rows(app)] == ["review"]


def test_the_packs_data_holds_to_its_published_schema(people: People, visit: Visit, review: str) -> None:
    given = visit(people.ivan).get(f"/reviews/{review}.json")
    Draft202012Validator(schemas()["review-pack"]).validate(json.loads(given.text))


@pytest.mark.parametrize(("name", "status"), [("cora", 403), ("maya", 404), ("ines", 404), ("iris", 404)])
def test_a_pack_is_the_reviewing_officers(
    app: Flask, people: People, visit: Visit, review: str, name: str, status: int
) -> None:
    someone = visit(getattr(people, name))
    for ending in (".pdf", ".docx", ".json", "/share"):
        assert someone.get(f"/reviews/{review}{ending}").status_code == status
    assert rows(app) == []
