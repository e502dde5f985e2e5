"""The worker's record: it asks nothing that Heard knows, and no adult's view becomes the child's."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.answers import current, missing_to_finish
from interview.questions import NEWEST_SET
from records.answers import answers_of, keep
from records.database import db
from records.tables import Concern, Interview, Reason
from tests.conftest import Visit
from tests.people import People, a_finished_talk, a_skip, an_episode, an_interview, answer, by_worker, keeping
from tests.visitor import Visitor, filled_in, page_of
from views.moments import now

BY_SEA = "At the sea, with the wind."


@pytest.fixture
def ines(visit: Visit, people: People) -> Visitor:
    """Ines, signed in."""
    return visit(people.ines)


def a_record(app: Flask, people: People, *said: object, **facts: object) -> str:
    """The address of the record of a talk in which this was said."""
    with keeping(app):
        talk = an_interview(people, **facts)  # type: ignore[arg-type]
        keep(talk, said, people.ines.id, now())  # type: ignore[arg-type]
        return f"/interviews/{talk.id}/record"


def shown(ines: Visitor, path: str) -> str:
    """The words of the page."""
    return page_of(ines.get(path)).find("main")[0].text


def test_the_record_knows_when_the_talk_began(app: Flask, people: People, ines: Visitor) -> None:
    path = a_record(app, people, answer("why", BY_SEA))
    with app.app_context():
        held = db.session.scalars(sa.select(Interview.held_at)).one()
    assert held is not None
    given = filled_in(page_of(ines.get(path)).find("form", id="record")[0])["held_at"]
    assert given[0].endswith(held.strftime(":%M"))


def test_the_childs_words_stand_beside_the_question(app: Flask, people: People, ines: Visitor) -> None:
    said = [answer("hurt_away", "yes"), answer("hurt_away_words", "A man on the pier.")]
    words = shown(ines, a_record(app, people, *said))
    assert "What the child said" in words
    assert "A man on the pier." in words


def test_what_a_child_would_rather_not_say_does_not(app: Flask, people: People, ines: Visitor) -> None:
    said = answer("why", BY_SEA, op_id="first")
    path = a_record(app, people, said, a_skip("why", base_op="first"), answer("need_now", "Sleep."))
    words = shown(ines, path)
    assert "Sleep." in words
    assert BY_SEA not in words


def test_chosen_cards_stand_beside_in_professional_terms(app: Flask, people: People, ines: Visitor) -> None:
    path = a_record(app, people, answer("reasons", {"chosen": ["A9", "B1"], "biggest": "B1"}))
    assert "Boredom, nothing to do, To be with parents or family (the biggest one)" in shown(ines, path)


@pytest.mark.parametrize(("hours", "asked"), [(20, False), (80, True)])
def test_why_it_is_late_is_asked_only_of_a_late_talk(
    app: Flask, people: People, ines: Visitor, hours: int, asked: bool
) -> None:
    with keeping(app):
        episode = an_episode(people, returned_at=now() - timedelta(hours=hours))
        talk = an_interview(people, episode)
        path = f"/interviews/{talk.id}/record"
    assert ("held after its time" in shown(ines, path)) is asked


def test_a_talk_written_up_later_is_not_late(app: Flask, people: People, ines: Visitor) -> None:
    in_time = (now() - timedelta(hours=70)).isoformat()
    with keeping(app):
        talk = an_interview(people, an_episode(people, returned_at=now() - timedelta(hours=80)))
        keep(talk, [by_worker("held_at", in_time)], people.ines.id, now())
        path = f"/interviews/{talk.id}/record"
    assert "held after its time" not in shown(ines, path)


def test_three_absences_in_a_month_call_for_a_strategy_meeting(
    app: Flask, people: People, ines: Visitor
) -> None:
    with keeping(app):
        episodes = [an_episode(people, returned_at=now() - timedelta(days=days)) for days in (20, 10, 1)]
        path = f"/interviews/{an_interview(people, episodes[2]).id}/record"
    words = shown(ines, path)
    assert "3 absences in the last 30 days." in words
    assert "ask for a strategy meeting" in words


def test_one_absence_calls_for_none(app: Flask, people: People, ines: Visitor) -> None:
    words = shown(ines, a_record(app, people))
    assert "1 absence in the last 30 days." in words
    assert "Three or more absences" not in words


# ---- whose reason it is

VIEWS: dict[str, Any] = {"worker_reasons": ["G1", "D3"], "worker_biggest": "G1", "carer_reasons": ["I1"]}


def a_viewed_talk(people: People) -> Interview:
    """A finished talk in which the child, the worker and the carer see different reasons."""
    views = [by_worker(key, value) for key, value in VIEWS.items()]
    return a_finished_talk(people, {"why": BY_SEA, "reasons": {"chosen": ["A9"], "home": ["A9"]}}, views)


def test_only_what_the_child_chose_is_kept_as_a_reason(app: Flask, people: People) -> None:
    with keeping(app):
        a_viewed_talk(people)
    with app.app_context():
        assert list(db.session.scalars(sa.select(Reason.code))) == ["A9"]


def test_a_view_opens_no_concern_in_the_childs_name(app: Flask, people: People, ines: Visitor) -> None:
    path = a_record(app, people)
    ines.submit(path, worker_reasons=["G1", "D4"], carer_reasons=["F2"])
    with app.app_context():
        assert not list(db.session.scalars(sa.select(Concern.id)))


def test_the_review_reads_views_apart(app: Flask, people: People, visit: Visit) -> None:
    with keeping(app):
        a_viewed_talk(people)
    page = page_of(visit(people.ivan).get(f"/children/{people.robin.id}/summary"))
    table = page.find("table", **{"class": "reasons"})[0].text
    adults = page.find("section", **{"class": "adults"})[0].text
    assert "Boredom" in table
    assert "exploitation" not in table
    assert "Fun" not in table
    assert "The reasons, as the interviewer sees them" in adults
    assert "Sexual exploitation or grooming, online too" in adults
    assert "Fun, excitement, adventure" in adults
    assert "Boredom" not in adults


def test_the_home_reads_no_view(app: Flask, people: People, visit: Visit) -> None:
    with keeping(app):
        a_viewed_talk(people)
    home = page_of(visit(people.maya).get(f"/homes/{people.larch.id}/summary")).find("main")[0].text
    assert "Boredom" in home
    assert not [seen for seen in ("exploitation", "Fun, excitement", "Low mood") if seen in home]


def test_a_view_is_on_no_page_of_the_child(app: Flask, people: People, ines: Visitor) -> None:
    path = a_record(app, people, answer("why", BY_SEA), *(by_worker(k, v) for k, v in VIEWS.items()))
    for page in ("talk", "read-back"):
        html = ines.get(path.replace("record", page)).text
        assert "worker_reasons" not in html
        assert "G1__told" not in html
        chosen = filled_in(page_of(ines.get(path.replace("record", "talk"))).find("form", id="talk")[0])
        assert not chosen.get("reasons")


def test_the_views_stand_in_the_record_again(app: Flask, people: People, ines: Visitor) -> None:
    path = a_record(app, people)
    ines.submit(path, **VIEWS, go="stay")
    form = filled_in(page_of(ines.get(path)).find("form", id="record")[0])
    assert form["worker_reasons"] == ["D3", "G1"] or form["worker_reasons"] == ["G1", "D3"]
    assert form["worker_biggest"] == ["G1"]
    assert form["carer_reasons"] == ["I1"]


# ---- could not be found out yet


def test_the_child_cannot_be_made_to_say_that_it_could_not_be_found_out(app: Flask, people: People) -> None:
    with keeping(app):
        receipt = keep(an_interview(people), [answer("reasons", ["K4"])], people.ines.id, now())
    assert receipt.refused


def test_not_found_out_yet_is_no_reason_and_is_not_waited_for(app: Flask, people: People) -> None:
    with keeping(app):
        talk = an_interview(people)
        keep(talk, [by_worker("worker_reasons", ["K4"])], people.ines.id, now())
        missing = missing_to_finish(current(answers_of(talk)), NEWEST_SET)
    assert not {"why", "reasons"} & {question.key for question in missing}
    assert "safe_here" in {question.key for question in missing}
    with app.app_context():
        assert not list(db.session.scalars(sa.select(Reason.code)))
