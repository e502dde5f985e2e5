"""The two summaries as pages and on paper: who gets them, what stands on them, and what does not."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.access import COUNCIL
from interview.addenda import Addition
from interview.answers import SaidBy
from records.addenda import add_addendum
from records.allocation import Candidate, allocate
from records.answers import Incoming
from records.database import db
from records.interviews import finish
from records.tables import Interview, Translation
from tests.conftest import Visit
from tests.people import (
    People,
    a_finished_talk,
    an_episode,
    an_offer,
    answer,
    by_worker,
    keeping,
)
from tests.visitor import Element, page_of
from views.moments import now

A_DAY = timedelta(days=1)
LOCKS = ("pg_advisory",)


def child_page(people: People) -> str:
    """Robin's summary."""
    return f"/children/{people.robin.id}/summary"


def home_page(people: People, **period: str) -> str:
    """The summary of Robin's home."""
    return f"/homes/{people.larch.id}/summary" + (f"?{urlencode(period)}" if period else "")


def main_of(visit: Visit, person: Any, path: str) -> Element:
    """What a person reads there."""
    shown = visit(person).get(path)
    assert shown.status_code == 200
    return page_of(shown).find("main")[0]


def talk(
    app: Flask, people: People, said: dict[str, Any], more: Sequence[Incoming] = (), **facts: Any
) -> Interview:
    """One more finished talk."""
    with keeping(app):
        return a_finished_talk(people, {"ready": "yes"} | said, more, **facts)


@contextmanager
def searches(app: Flask) -> Iterator[list[tuple[str, Any]]]:
    """What is searched in the meantime, and for what. A lock is no search."""
    found: list[tuple[str, Any]] = []

    def listen(_c: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if statement.lstrip().upper().startswith("SELECT") and not any(lock in statement for lock in LOCKS):
            found.append((statement, values))

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", listen)
    yield found
    sa.event.remove(engine, "before_cursor_execute", listen)


# Who gets them ----------------------------------------------------------------------------------------


ANSWERS = {
    "ines": (200, 403),
    "ivan": (200, 403),
    "cora": (200, 200),
    "maya": (403, 200),
    "mark": (404, 404),
    "iris": (404, 404),
    "omar": (404, 404),
}


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("ending", ["", ".pdf"])
def test_who_gets_a_summary(app: Flask, people: People, visit: Visit, name: str, ending: str) -> None:
    talk(app, people, {"why": "Bored"})
    someone = visit(getattr(people, name))
    answers = (someone.get(page(people) + ending).status_code for page in (child_page, home_page))
    assert tuple(answers) == ANSWERS[name]


def test_an_interviewer_reads_of_the_talks_that_were_theirs(app: Flask, people: People, visit: Visit) -> None:
    talk(app, people, {"why": "Said to Ines"})
    talk(app, people, {"why": "Said to Omar"}, interviewer=people.omar)
    assert "Said to Omar" not in main_of(visit, people.ines, child_page(people)).text


@pytest.mark.parametrize("talks", [0, 1, 12])
@pytest.mark.parametrize(("name", "path"), [("ivan", child_page), ("maya", home_page), ("cora", home_page)])
def test_a_summary_takes_few_searches_whatever_its_length(
    app: Flask, people: People, visit: Visit, talks: int, name: str, path: Any
) -> None:
    for number in range(talks):
        said = {
            "why": "Bored",
            "reasons": {"chosen": ["A9"], "told": {"A9": {"question": "why", "words": "Bored"}}},
        }
        talk(app, people, said, held_at=now() - number * A_DAY - A_DAY)
    someone = visit(getattr(people, name))
    # The first page of a process opens the house's own key, once.
    someone.get("/")
    with searches(app) as found:
        someone.get(path(people))
    assert len(found) <= 6


@pytest.mark.parametrize("database", ["sqlite"])
def test_no_search_of_a_summary_reads_through_a_table(app: Flask, people: People, visit: Visit) -> None:
    talk(app, people, {"why": "Bored", "reasons": {"chosen": ["A9"]}})
    ivan, maya = visit(people.ivan), visit(people.maya)
    with searches(app) as found:
        ivan.get(child_page(people))
        maya.get(home_page(people))
    with app.app_context():
        explain = db.session.connection().exec_driver_sql
        steps = [
            step[3] for search, values in found for step in explain(f"EXPLAIN QUERY PLAN {search}", values)
        ]
    # Only what it has found itself and the end of the log are read from one end to the other.
    scanned = {step.split()[1] for step in steps if step.startswith("SCAN")}
    own = {one for one in scanned if one.startswith(("anon_", "(subquery"))}
    assert scanned - own <= {"access_log", "CONSTANT"}


# The child's ------------------------------------------------------------------------------------------


def test_the_childs_wish_stands_before_everything_else(app: Flask, people: People, visit: Visit) -> None:
    talk(app, people, {"why": "Bored", "would_help": "A lock on my door", "reasons": {"chosen": ["A9"]}})
    text = main_of(visit, people.ivan, child_page(people)).text
    assert text.index("Robin Achebe") < text.index("A lock on my door") < text.index("Boredom, nothing to do")


def test_a_disagreement_stands_on_the_front(app: Flask, people: People, visit: Visit) -> None:
    talk(app, people, {"why": "Bored", "agrees": "no", "agrees_why": "I never said bored"})
    text = main_of(visit, people.ivan, child_page(people)).text
    assert "Robin Achebe does not agree with the record of" in text
    assert text.index("I never said bored") < text.index("Why Robin Achebe left")


def test_a_reason_tells_in_how_many_talks_and_which_was_the_biggest(
    app: Flask, people: People, visit: Visit
) -> None:
    talk(app, people, {"reasons": {"chosen": ["A9", "B1"], "biggest": "A9"}}, held_at=now() - 40 * A_DAY)
    talk(app, people, {"reasons": {"chosen": ["A9"]}}, held_at=now() - A_DAY)
    rows = main_of(visit, people.ivan, child_page(people)).find("table")[0].find("tr")
    assert "Boredom, nothing to do" in rows[1].text
    assert "2 of 2 the biggest one , " in rows[1].text
    assert "1 of 2" in rows[2].text


def test_nothing_is_a_percentage(app: Flask, people: People, visit: Visit) -> None:
    talk(app, people, {"why": "Bored", "reasons": {"chosen": ["A9", "B1"]}, "felt_safe_away": 3})
    for someone, path in ((people.ivan, child_page(people)), (people.maya, home_page(people))):
        assert "%" not in main_of(visit, someone, path).text


def test_words_stand_in_their_language_beside_the_translation(
    app: Flask, people: People, visit: Visit
) -> None:
    said = answer("would_help", "مدرسة", said_by=SaidBy.INTERPRETER, language="ar")
    with keeping(app):
        held = a_finished_talk(people, {"ready": "yes"}, [said])
        facts = {"child_id": held.child_id, "interview_id": held.id, "op_id": said.op_id, "language": "en"}
        db.session.add(Translation(**facts, made_at=now(), words="A school", translator="Hana Idris"))
    page = main_of(visit, people.ivan, child_page(people))
    assert page.find("blockquote", lang="ar")[0].text == "مدرسة"
    assert page.find("figure", dir="rtl")
    assert "A school translated by Hana Idris" in page.text
    assert "through an interpreter" in page.text


def test_what_the_home_may_know_is_marked_and_nothing_else(app: Flask, people: People, visit: Visit) -> None:
    talk(app, people, {"why": "Open"}, [answer("trigger", "Closed", audience=COUNCIL)])
    quotes = main_of(visit, people.ivan, child_page(people)).find("figure")
    assert {quote.text.split()[0]: "the home may know" in quote.text for quote in quotes} == {
        "Open": True,
        "Closed": False,
    }


def test_adults_views_are_kept_apart(app: Flask, people: People, visit: Visit) -> None:
    view = by_worker("worker_view", "Lonely, I think")
    with keeping(app):
        episode = an_episode(people, guess="argument")
        an_offer(people, episode)
        a_finished_talk(people, {"ready": "yes", "why": "Bored"}, [view])
    adults = main_of(visit, people.ivan, child_page(people)).find("section")[-1]
    assert "nothing here was said by the child" in adults.text
    assert "Lonely, I think" in adults.text
    assert "Argument or family conflict" in adults.text


def test_what_was_added_later_stands_beside_the_first_account(
    app: Flask, people: People, visit: Visit
) -> None:
    with keeping(app):
        held = a_finished_talk(people, {"ready": "yes", "why": "Bored"})
        said = Addition(SaidBy.WORD_FOR_WORD, "It was not boredom.", "Robin rang me.")
        add_addendum(held, people.ines.id, now(), said)
    text = main_of(visit, people.ivan, child_page(people)).text
    assert "Bored" in text
    assert "It was not boredom." in text
    assert "It was not boredom." not in main_of(visit, people.maya, home_page(people)).text


def test_each_return_says_in_words_whether_its_talk_was_in_time(
    app: Flask, people: People, visit: Visit
) -> None:
    back = datetime(2026, 5, 4, 12, tzinfo=UTC)
    with keeping(app):
        for number, (outcome, why) in enumerate((("declined", "I talk to staff."), ("message-left", ""))):
            episode = an_episode(people, returned_at=back - number * 10 * A_DAY)
            an_offer(people, episode, outcome=outcome, why=why)
            episode.closed_at = back
        for late in (0, 1, 50):
            episode = an_episode(people, returned_at=back + (late + 1) * 10 * A_DAY)
            an_offer(people, episode)
            a_talk_about(people, episode, back + (late + 1) * 10 * A_DAY + timedelta(hours=72 + late))
    rows = returns_on(main_of(visit, people.ivan, child_page(people)))
    ends = ["Held late, by 2 days", "Held late, by 1 hour", "Held in time", "No talk: the child said no"]
    ends += ["No talk was held"]
    assert [row[-len(end) :] for row, end in zip(rows[1:], ends, strict=True)] == ends
    assert "I talk to staff." in rows[4]


def test_a_refusal_stays_in_the_summary_when_the_child_says_yes_later(
    app: Flask, people: People, visit: Visit
) -> None:
    back = datetime(2026, 5, 4, 12, tzinfo=UTC)
    with keeping(app):
        episode = an_episode(people, returned_at=back)
        an_offer(people, episode, at=back + timedelta(hours=2), outcome="declined", why="I want to sleep.")
        an_offer(people, episode, at=back + timedelta(hours=30), outcome="accepted")
    [_, row] = returns_on(main_of(visit, people.ivan, child_page(people)))
    assert "4 May 2026: Offered, and the child said no I want to sleep. 5 May 2026: " in row


def a_talk_about(people: People, episode: Any, held_at: datetime) -> None:
    """A finished talk about this absence."""
    interview = allocate([episode], Candidate(people.ines.id, "Ines", ()), people.cora.id, held_at)
    interview.held_at = held_at
    finish(interview, held_at)


def test_forty_eight_returns_are_folded_into_a_count(app: Flask, people: People, visit: Visit) -> None:
    with keeping(app):
        for number in range(48):
            an_episode(people, returned_at=now() - (number + 1) * A_DAY)
    page = main_of(visit, people.ivan, child_page(people))
    assert "42 earlier returns" in page.text
    assert len(page.find("details")[-1].find("tr")) == 43


def returns_on(page: Element) -> list[str]:
    """The rows of the table of returns; the one beside the picture comes before it."""
    _beside, returns = page.find("table")
    return [row.text for row in returns.find("tr")]


def test_homes_and_absences_are_a_picture_and_a_table(app: Flask, people: People, visit: Visit) -> None:
    with keeping(app):
        an_episode(people, returned_at=now() - A_DAY)
    page = main_of(visit, people.ivan, child_page(people))
    names = [one.attributes["aria-label"] for one in page.find("svg") if one.attributes.get("role") == "img"]
    # One for wide pages and one for telephones: only one of them is there to be seen or heard.
    assert len(names) == 2
    assert len(set(names)) == 1
    assert "Robin Achebe from" in names[0]
    assert "1 home, 1 absence" in names[0]
    assert "Larch House" in page.find("table")[0].text


def test_a_child_with_no_account_has_no_reason(people: People, visit: Visit) -> None:
    assert "No reason is known from the child yet." in main_of(visit, people.ivan, child_page(people)).text
