"""Links between children: the coordinator finds them, and nobody else learns that there are any."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

import records.links
from interview.access import COUNCIL, EVERYONE, Audience
from records.answers import Incoming
from records.database import db
from records.tables import Episode, LinkNote, LogEntry
from tests.conftest import Visit
from tests.people import (
    Kid,
    People,
    a_child,
    a_finished_talk,
    an_episode,
    answer,
    by_worker,
    covered_by,
    keeping,
)
from tests.test_summaries_pages import searches
from tests.visitor import Element, page_of
from views.moments import now

A_DAY = timedelta(days=1)
SOCIAL_WORKER = frozenset({Audience.SOCIAL_WORKER})


@pytest.fixture(autouse=True)
def _by_day() -> Iterator[None]:
    """What two people read is compared here: no midnight comes between them."""
    with time_machine.travel(datetime(2026, 11, 18, 12, tzinfo=UTC), tick=True):
        yield


@pytest.fixture
def kit(app: Flask, people: People) -> Kid:
    """Another child of Larch House, for whom the same council is responsible."""
    with keeping(app):
        return a_child("Kit Morrow", people.larch, people.fenmoor)


def a_talk(
    people: People, kid: Kid, said: dict[str, Any], more: Sequence[Incoming] = (), ago: int = 5, **facts: Any
) -> None:
    """A finished talk about an absence so many days ago; no two of these are at the same time."""
    held = now() - ago * A_DAY
    talk = a_finished_talk(people, {"ready": "yes"} | said, more, kid=kid, held_at=held, **facts)
    episode = db.session.get_one(Episode, covered_by(talk))
    episode.missing_at, episode.returned_at = held - 3 * A_DAY, held - 2 * A_DAY


def both_say(
    app: Flask, people: People, kit: Kid, robins: str, kits: str, audience: frozenset[Audience] = EVERYONE
) -> None:
    """Robin and Kit each say where they went, weeks apart."""
    with keeping(app):
        a_talk(people, people.robin, {"where_went": robins}, ago=40, audience=audience)
        a_talk(people, kit, {"where_went": kits}, audience=audience)


def go_together(app: Flask, people: People, kit: Kid) -> None:
    """Robin and Kit leave within an hour of each other."""
    with keeping(app):
        back = now() - 3 * A_DAY
        an_episode(people, returned_at=back)
        an_episode(people, kit, returned_at=back + timedelta(hours=1))


def links_page(visit: Visit, people: People, more: str = "") -> Element:
    """What Cora finds."""
    shown = visit(people.cora).get(f"/links{more}")
    assert shown.status_code == 200
    return page_of(shown).find("main")[0]


def boxes(page: Element) -> list[str]:
    return [one.text for one in page.find("article")]


def way_aside(page: Element) -> str:
    """Where the first link is set aside."""
    return next(
        a.attributes["href"] for a in page.find("a") if "/links/aside" in a.attributes.get("href", "")
    )


def looks(app: Flask) -> list[str]:
    """Whose names were looked at among links."""
    with app.app_context():
        search = sa.select(LogEntry.record_id).where(LogEntry.act == "see-links").order_by(LogEntry.seq)
        return list(db.session.scalars(search))


# What is found --------------------------------------------------------------------------------------


def test_two_who_leave_together_are_before_cora_with_the_facts(
    app: Flask, people: People, visit: Visit, kit: Kid
) -> None:
    go_together(app, people, kit)
    page = links_page(visit, people)
    [box] = boxes(page)
    assert "Away from Larch House at the same time" in box
    assert "Robin Achebe : left on" in box
    assert "strategy discussion" in page.text
    for kid in (people.robin, kit):
        assert page.find("a", href=f"/children/{kid.id}/summary")
        assert page.find("a", href=f"/children/{kid.id}/police")


def test_a_place_named_by_two_stands_with_the_words_of_each(
    app: Flask, people: People, visit: Visit, kit: Kid
) -> None:
    both_say(app, people, kit, "The flat over the tyre place.", "tyre place again")
    [box] = boxes(links_page(visit, people))
    assert "“tyre place”" in box
    assert "The flat over the tyre place." in box
    assert "tyre place again" in box
    assert "Where did you go?" in box


def test_what_the_interviewer_noted_is_not_shown_as_the_childs_words(
    app: Flask, people: People, visit: Visit, kit: Kid
) -> None:
    with keeping(app):
        a_talk(people, people.robin, {"who_saw": "It was Dez again"}, ago=40)
        noted = [by_worker("exploitation_words", "She named one, Dez, and took it back.")]
        a_talk(people, kit, {}, noted)
    page = links_page(visit, people)
    assert "noted by the interviewer on" in boxes(page)[0]
    assert [quote.text.split(" Robin")[0] for quote in page.find("figure")] == ["It was Dez again"]


def test_one_reason_of_two_children_stands_with_its_sentence(
    app: Flask, people: People, visit: Visit, kit: Kid
) -> None:
    tied = {"chosen": ["A1"], "told": {"A1": {"question": "why", "words": "They wait for me."}}}
    with keeping(app):
        a_talk(people, people.robin, {"why": "They wait for me.", "reasons": tied}, ago=40)
        a_talk(people, kit, {"reasons": {"chosen": ["A1", "A9"]}})
    [box] = boxes(links_page(visit, people))
    assert "Larch House: Bullying by other children in the placement" in box
    assert "They wait for me." in box


def test_a_reason_that_is_no_danger_is_folded_away(
    app: Flask, people: People, visit: Visit, kit: Kid
) -> None:
    with keeping(app):
        for kid, ago in ((people.robin, 40), (kit, 5)):
            a_talk(people, kid, {"reasons": {"chosen": ["A9"]}}, ago=ago)
    page = links_page(visit, people)
    [folded] = page.find("details")
    assert "1 more reason, and no danger" in folded.text
    assert len(boxes(folded)) == len(boxes(page)) == 1


def test_nothing_is_found_where_nothing_is(people: People, visit: Visit) -> None:
    page = links_page(visit, people)
    assert boxes(page) == []
    assert page.text.count("None in this time.") == 3


def test_cora_looks_back_as_far_as_she_chooses(app: Flask, people: People, visit: Visit, kit: Kid) -> None:
    both_say(app, people, kit, "The flat over the tyre place.", "tyre place again")
    assert len(boxes(links_page(visit, people, "?months=3"))) == 1
    assert boxes(links_page(visit, people, "?months=1")) == []
    before = (now() - 90 * A_DAY).date()
    assert boxes(links_page(visit, people, f"?until={before}")) == []


@pytest.mark.parametrize("typed", ["until=yesterday", "until=", "months=7", "until=0001-01-01", "months=x"])
def test_a_time_that_cannot_be_is_said_in_its_place(people: People, visit: Visit, typed: str) -> None:
    page = links_page(visit, people, f"?{typed}")
    assert "There is a problem" in page.text
    assert boxes(page) == []


# Who learns of it -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ines", "omar", "maya", "mark", "ivan", "iris"])
def test_for_everyone_else_there_are_no_links(
    app: Flask, people: People, visit: Visit, kit: Kid, name: str
) -> None:
    go_together(app, people, kit)
    someone = visit(getattr(people, name))
    assert [someone.get(path).status_code for path in ("/links", "/links/aside?link=ab")] == [403, 403]
    assert someone.post("/links/aside?link=ab", {"note": "x"}).status_code == 403
    assert "/links" not in someone.get("/").text


def test_what_the_child_did_not_let_the_social_worker_read_links_nobody(
    app: Flask, people: People, visit: Visit, kit: Kid
) -> None:
    with keeping(app):
        for kid, ago, audience in ((people.robin, 40, EVERYONE), (kit, 5, frozenset[Audience]())):
            said = [answer("where_went", "The flat over the tyre place.", audience=audience)]
            a_talk(people, kid, {}, said, ago)
    assert boxes(links_page(visit, people)) == []


def test_what_is_for_the_social_worker_alone_is_read_as_the_social_worker(
    app: Flask, people: People, visit: Visit, kit: Kid
) -> None:
    both_say(app, people, kit, "The flat over the tyre place.", "tyre place again", SOCIAL_WORKER)
    assert len(boxes(links_page(visit, people))) == 1


def test_a_talk_that_is_not_finished_links_nobody(app: Flask, people: People, visit: Visit, kit: Kid) -> None:
    both_say(app, people, kit, "The flat over the tyre place.", "tyre place again")
    with keeping(app):
        db.session.execute(sa.text("UPDATE interview SET finished_at = NULL"))
    assert boxes(links_page(visit, people)) == []


def test_a_child_of_another_council_is_not_among_them(app: Flask, people: People, visit: Visit) -> None:
    both_say(app, people, people.sasha, "The flat over the tyre place.", "tyre place again")
    page = links_page(visit, people)
    assert boxes(page) == []
    assert "Sasha" not in page.text


def test_each_look_is_written_down_for_each_child(app: Flask, people: People, visit: Visit, kit: Kid) -> None:
    go_together(app, people, kit)
    links_page(visit, people)
    assert sorted(looks(app)) == sorted(["list", people.robin.id, kit.id])


def test_the_page_takes_six_searches_however_much_there_is(
    app: Flask, people: People, visit: Visit, kit: Kid
) -> None:
    with keeping(app):
        for kid in (people.robin, kit):
            for ago in (3, 33, 63):
                an_episode(people, kid, returned_at=now() - ago * A_DAY)
    both_say(app, people, kit, "The flat over the tyre place.", "tyre place again")
    cora = visit(people.cora)
    with searches(app) as found:
        assert cora.get("/links").status_code == 200
    assert len(found) <= 6


def test_more_than_can_be_compared_at_once_is_said(
    app: Flask, people: People, visit: Visit, kit: Kid, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_together(app, people, kit)
    monkeypatch.setattr(records.links, "MOST_ABSENCES", 1)
    records.links._absences.cache_clear()
    assert "There are more absences than can be compared at once" in links_page(visit, people).text
    records.links._absences.cache_clear()


# Set aside ------------------------------------------------------------------------------------------


def set_aside(visit: Visit, people: People, note: str = "Known: sisters, not hidden.") -> Any:
    """Cora sets the first link aside."""
    return visit(people.cora).submit(way_aside(links_page(visit, people)), note=note, save="1")


def test_a_link_that_is_set_aside_does_not_come_back_and_says_why(
    app: Flask, people: People, visit: Visit, kit: Kid
) -> None:
    go_together(app, people, kit)
    assert set_aside(visit, people).location.startswith("/links?")
    page = links_page(visit, people)
    assert boxes(page) == []
    assert "Known: sisters, not hidden." in page.text
    assert "Cora Mensah" in page.text


def test_without_a_reason_nothing_is_set_aside(app: Flask, people: People, visit: Visit, kit: Kid) -> None:
    go_together(app, people, kit)
    assert "Write why, so that others need not look again." in set_aside(visit, people, " ").text
    assert len(boxes(links_page(visit, people))) == 1


def test_another_absence_together_brings_it_back(app: Flask, people: People, visit: Visit, kit: Kid) -> None:
    go_together(app, people, kit)
    set_aside(visit, people)
    with keeping(app):
        for kid in (people.robin, kit):
            an_episode(people, kid, returned_at=now() - A_DAY)
    assert len(boxes(links_page(visit, people))) == 1


def test_cora_can_bring_it_back_and_what_was_noted_stays(
    app: Flask, people: People, visit: Visit, kit: Kid
) -> None:
    go_together(app, people, kit)
    set_aside(visit, people)
    page = links_page(visit, people)
    [form] = page.find("form", method="post")
    visit(people.cora).post(form.attributes["action"], {"back": "1"})
    assert len(boxes(links_page(visit, people))) == 1
    with app.app_context():
        assert [note.aside for note in db.session.scalars(sa.select(LinkNote).order_by(LinkNote.at))] == [
            True,
            False,
        ]


def test_two_who_set_it_aside_at_once_see_the_first_reason(
    app: Flask, people: People, visit: Visit, kit: Kid
) -> None:
    go_together(app, people, kit)
    cora = visit(people.cora)
    where = way_aside(links_page(visit, people))
    cora.submit(where, note="Known: sisters.", save="1")
    second = cora.post(where, {"note": "What I typed", "save": "1"}).text
    assert "Known: sisters." in second
    assert "What I typed" in second
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(LinkNote)) == 1


def test_a_link_that_is_gone_is_said_to_be_gone(people: People, visit: Visit) -> None:
    cora = visit(people.cora)
    for where in ("/links/aside?link=abc", "/links/aside", "/links/aside?until=nonsense"):
        assert "This link is not there any more" in cora.get(where).text


def test_the_note_is_sealed(app: Flask, people: People, visit: Visit, kit: Kid) -> None:
    go_together(app, people, kit)
    set_aside(visit, people)
    with app.app_context():
        row = db.session.execute(sa.select(LinkNote.__table__)).one()
        assert b"sisters" not in row.note_sealed
        assert row.child_id in {people.robin.id, kit.id}


def test_the_homes_manager_and_the_reviewing_officer_see_no_trace(
    app: Flask, people: People, visit: Visit, kit: Kid
) -> None:
    both_say(app, people, kit, "The flat over the tyre place.", "tyre place again", COUNCIL)
    before = pages_of(visit, people)
    set_aside(visit, people)
    assert pages_of(visit, people) == before
    assert not any("set aside" in page or "tyre" in page for page in before)


def pages_of(visit: Visit, people: People) -> list[str]:
    """What Maya and Ivan read where links could show."""
    ours = (
        (people.maya, f"/homes/{people.larch.id}/summary"),
        (people.ivan, f"/children/{people.robin.id}/summary"),
    )
    return [page_of(visit(one).get(path)).find("main")[0].text for one, page in ours for path in ("/", page)]
