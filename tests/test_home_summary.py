"""A home's summary: what children say about living there, in words; nobody is named, dated or counted out."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from interview.access import COUNCIL, EVERYONE
from interview.home import when_left
from records.answers import answers_of, keep
from records.database import db
from records.tables import Interview, Request
from records.translations import Translator, add_translation
from tests.conftest import Visit
from tests.people import Kid, People, a_child, an_episode, answer, keeping
from tests.test_summaries_pages import home_page, main_of, talk
from tests.visitor import Element
from views.moments import now

A_DAY = timedelta(days=1)
TODAY = datetime(2026, 11, 18, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _some_day() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


def on(month: int, day: int = 4, year: int = 2026) -> datetime:
    """Noon of a day."""
    return datetime(year, month, day, 12, tzinfo=UTC)


def children(app: Flask, people: People, number: int) -> list[Kid]:
    """So many children who live at Larch House. Their names stand in no other word."""
    with keeping(app):
        return [a_child(f"Qo{'x' * (n + 1)}", people.larch, people.fenmoor) for n in range(number)]


def reasons(*codes: str) -> dict[str, Any]:
    """These reasons, and the home may know."""
    return {"reasons": {"chosen": list(codes), "home": list(codes)}}


def row_of(page: Element, words: str) -> str:
    """The first row of a table in which these words stand."""
    return next(row.text for row in page.find("tr") if words in row.text)


def test_the_home_reads_what_was_said_for_it_without_a_date(app: Flask, people: People, visit: Visit) -> None:
    held = on(8)
    said = {
        "why": "Nothing to do here",
        "reasons": {"chosen": ["A9"], "home": ["A9"]},
    }
    talk(app, people, said, held_at=held)
    text = main_of(visit, people.maya, home_page(people)).text
    assert all(words in text for words in ("Nothing to do here", "Boredom, nothing to do"))
    assert "From July 2026 until today" in text
    assert "August" not in text
    assert "Robin" not in text


def test_the_home_reads_nobodys_name(app: Flask, people: People, visit: Visit) -> None:
    with keeping(app):
        a_child("Kyle Ashworth", people.larch, people.fenmoor)
    talk(app, people, {"why": "Kyle hits me", "trigger": "it's robins turn", "away_from": "The noise"})
    text = main_of(visit, people.maya, home_page(people)).text
    assert "The noise" in text
    assert not any(name in text for name in ("Kyle", "hits me", "robins"))


def test_a_child_who_went_missing_from_here_is_not_named_either(
    app: Flask, people: People, visit: Visit
) -> None:
    with keeping(app):
        an_episode(people, people.sasha, home_id=people.larch.id)
    talk(app, people, {"why": "Sasha told me to", "trigger": "The noise"})
    text = main_of(visit, people.maya, home_page(people)).text
    assert "The noise" in text
    assert "told me to" not in text


def test_what_was_kept_from_the_home_leaves_no_trace(app: Flask, people: People, visit: Visit) -> None:
    held = talk(app, people, {"why": "Bored"})
    before = main_of(visit, people.maya, home_page(people)).text
    with keeping(app):
        kept = [
            answer("trigger", "A secret", audience=COUNCIL),
            answer("adult_hurt", "yes", audience=EVERYONE),
        ]
        kept += [answer("reasons", {"chosen": ["A5", "A2"]}, audience=COUNCIL)]
        keep(db.session.get_one(Interview, held.id), kept, people.ines.id, now())
    assert main_of(visit, people.maya, home_page(people)).text == before


def test_the_coordinator_reads_the_page_that_the_home_reads(app: Flask, people: People, visit: Visit) -> None:
    talk(
        app,
        people,
        {"why": "Open", "reasons": {"chosen": ["A5", "A9"]}},
        [answer("trigger", "Kept", audience=COUNCIL)],
    )
    pages = [main_of(visit, someone, home_page(people)).text for someone in (people.maya, people.cora)]
    assert pages[0] == pages[1]


def test_another_homes_talks_are_not_counted(app: Flask, people: People, visit: Visit) -> None:
    sasha = Kid(people.sasha.id, people.sasha.name, people.rowan, people.carrow)
    talk(app, people, {"why": "Elsewhere", "reasons": {"chosen": ["A9"]}}, kid=sasha)
    assert "No talk was held in this time." in main_of(visit, people.maya, home_page(people)).text


def test_where_no_talk_was_held_nobody_reads_that_too_few_talked(
    app: Flask, people: People, visit: Visit
) -> None:
    before = main_of(visit, people.maya, home_page(people)).text
    assert "No talk was held in this time." in before
    assert "Too few children talked" not in before
    talk(app, people, {}, [answer("why", "Kept", audience=COUNCIL)])
    after = main_of(visit, people.maya, home_page(people)).text
    assert "Nothing was said for the home in these months." in after
    assert "Too few children talked" in after
    assert "No talk was held" not in after


LOCK = "قفل لبابي"


@pytest.mark.parametrize(("translated", "shown"), [("A lock for my door", True), ("Qox has a lock", False)])
def test_what_is_asked_of_the_home_stands_there_in_english_too(
    app: Flask, people: People, visit: Visit, translated: str, shown: bool
) -> None:
    children(app, people, 1)
    held = talk(app, people, {"would_help": LOCK})
    with keeping(app):
        asked = db.session.scalars(sa.select(Request)).one()
        said = next(one for one in answers_of(held) if one.op_id == asked.op_id)
        add_translation(held, said, translated, Translator("A. Translator"), now())
    text = main_of(visit, people.maya, home_page(people)).text
    assert (LOCK in text, f"In English: {translated}" in text) == (shown, shown)
    assert "A. Translator" not in text


# Over which months ------------------------------------------------------------------------------------


def test_the_months_cannot_be_chosen_freely(app: Flask, people: People, visit: Visit) -> None:
    for held, words in ((on(8, year=2025), "Last summer"), (on(2), "In winter"), (on(11), "Just now")):
        talk(app, people, {"why": words}, held_at=held)
    newest = main_of(visit, people.maya, home_page(people))
    assert [option.attributes["value"] for option in newest.find("option")] == ["", "2025-07"]
    assert [w in newest.text for w in ("Last summer", "In winter", "Just now")] == [False, True, True]
    older = main_of(visit, people.maya, home_page(people, months="2025-07"))
    assert "July 2025 to December 2025" in older.text
    assert [w in older.text for w in ("Last summer", "In winter", "Just now")] == [True, False, False]


@pytest.mark.parametrize("wanted", ["2026-02", "2026-01", "2026-11", "x", "-1", "2025-07-01"])
def test_other_months_are_refused_with_a_sentence(
    app: Flask, people: People, visit: Visit, wanted: str
) -> None:
    for held in (on(8, year=2025), on(2), on(8)):
        talk(app, people, {"why": f"Said in {held.month} of {held.year}"}, held_at=held)
    page = main_of(visit, people.maya, home_page(people, months=wanted))
    assert "These months cannot be shown by themselves. Choose from the list." in page.text
    assert "Said in 8 of 2026" in page.text


def test_a_home_of_four_reads_themes_and_words_and_no_number(
    app: Flask, people: People, visit: Visit
) -> None:
    four = children(app, people, 4)
    for number, kid in enumerate(four):
        talk(app, people, {"why": "Loud at night"} | reasons("A9", "A1"), kid=kid, held_at=on(7, 1 + number))
    talk(app, people, reasons("A3"), kid=four[0], held_at=on(7, 9))
    page = main_of(visit, people.maya, home_page(people))
    [table] = page.find("table", **{"class": "reasons"})
    assert not any(sign.isdigit() for sign in table.text)
    order = [table.text.index(words) for words in ("Bullying by other", "Not listened to", "Boredom")]
    assert order == sorted(order)
    assert page.text.count("Loud at night") == 1
    assert not table.find("svg")


# How many ---------------------------------------------------------------------------------------------


def ask_all(app: Flask, people: People, kids: list[Kid], month: int, **said: int) -> None:
    """A talk with each; of a reason, as many children give it as is said."""
    for number, kid in enumerate(kids):
        codes = [code for code, times in said.items() if number < times]
        talk(app, people, reasons(*codes), kid=kid, held_at=on(month, 1 + number))


def test_children_are_counted_where_there_are_enough(app: Flask, people: People, visit: Visit) -> None:
    ask_all(app, people, children(app, people, 12), 8, A9=6, A1=4, B1=11)
    page = main_of(visit, people.maya, home_page(people))
    assert "6" in row_of(page, "Boredom")
    assert "fewer than 5" in row_of(page, "Bullying by other children")
    assert "all, or all but fewer than 5" in row_of(page, "To be with parents")
    assert len(page.find("table", **{"class": "reasons"})[0].find("svg")) == 1
    assert "counted: July 2026 to September 2026" in page.text


def test_what_has_changed_is_told_where_both_can_be_counted(app: Flask, people: People, visit: Visit) -> None:
    kids = children(app, people, 14)
    ask_all(app, people, kids, 5, A9=9, B1=9, A8=2, D1=3)
    ask_all(app, people, kids, 8, A9=5, B1=9, A8=3, C1=2)
    page = main_of(visit, people.maya, home_page(people))
    assert "Fewer children than in the months before" in row_of(page, "Boredom")
    assert "About as many children" in row_of(page, "To be with parents")
    assert "Said in the months before too" in row_of(page, "Lonely or does not")
    assert "New: nobody said it" in row_of(page, "Moves between placements")
    assert "Said in the months before, and not in these: Stress" in page.text


# When children left, and what is asked ----------------------------------------------------------------


def test_the_home_sees_when_children_left(app: Flask, people: People, visit: Visit) -> None:
    talk(app, people, {"why": "Bored"}, held_at=on(8))
    with keeping(app):
        for day in (1, 8, 15):
            an_episode(people, missing_at=datetime(2026, 8, day, 20, tzinfo=UTC), returned_at=on(8, 20))
    page = main_of(visit, people.maya, home_page(people))
    assert row_of(page, "Saturday").split()[-1] == "3"
    assert row_of(page, "Late evening").split()[-1] == "3"


def test_a_time_of_day_is_the_time_of_people_here() -> None:
    left = when_left([datetime(2026, 7, 1, 23, 30, tzinfo=UTC), datetime(2026, 1, 1, 23, 30, tzinfo=UTC)])
    assert [count for _words, count in left.by_part] == [0, 0, 0, 1, 1]
    assert [words for words, count in left.by_day if count] == ["Thursday"]


def a_request(people: People, held: Interview, words: str, **facts: Any) -> None:
    """Something that Robin asked of the home."""
    known = {"question": "would_help", "asked_of": "home", "asked_home": True, "asked_at": now()}
    known |= {"home_id": held.home_id, "authority_id": held.authority_id, "interview_id": held.id}
    known |= {"for_social_worker": True, "for_reviewing_officer": True, "for_home": True}
    row = Request(child_id=held.child_id, **(known | facts))
    db.session.add(row)
    row.words = words


def test_what_is_asked_of_the_home_stands_first_with_its_day(
    app: Flask, people: People, visit: Visit
) -> None:
    held = talk(app, people, {"why": "Bored"} | reasons("A9"))
    with keeping(app):
        a_request(people, held, "A lock", due_on=(now() + 3 * A_DAY).date())
        a_request(people, held, "Football", due_on=(now() - A_DAY).date(), state="will-do")
        a_request(people, held, "Robin wants a fan", due_on=None)
        a_request(people, held, "Kept from you", for_home=False)
        a_request(people, held, "Of the social worker", asked_home=False, asked_of="social-worker")
        a_request(people, held, "Done long ago", state="done")
    page = main_of(visit, people.maya, home_page(people))
    items = [item.text for item in page.find("ul", **{"class": "needs"})[0].find("li")]
    assert ["Football" in items[0], "A lock" in items[1], "somebody is named" in items[2]] == [True] * 3
    assert "Was due on 17 November 2026" in items[0]
    assert "Due by 21 November 2026" in items[1]
    assert page.text.index("Football") < page.text.index("Boredom")
    for words in ("Kept from you", "Of the social worker", "Done long ago", "Robin"):
        assert words not in page.text


def test_a_child_of_another_council_is_read_by_the_home_and_not_by_this_coordinator(
    app: Flask, people: People, visit: Visit
) -> None:
    with keeping(app):
        other = a_child("Zo Ventnor", people.larch, people.carrow)
    talk(app, people, {"why": "Too loud"}, kid=other, held_at=on(8))
    talk(app, people, {"why": "Too far"}, held_at=on(8))
    seen = [main_of(visit, someone, home_page(people)).text for someone in (people.maya, people.cora)]
    assert ["Too loud" in text for text in seen] == [True, False]
    # Beside the home's own page, a print of this one would tell whose words are not on it.
    assert ["Do not give it to the home" in text for text in seen] == [False, True]
