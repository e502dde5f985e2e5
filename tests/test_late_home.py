"""What comes late takes from the home at once, and from nobody else; what was said later is not hidden."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.access import EVERYONE
from interview.late import How
from records.answers import keep
from records.base import new_id
from records.database import db
from records.tables import Concern, Interview, Late, Request, Tablet
from tests.conftest import Visit
from tests.people import LONG_AGO, People, an_interview, answer, keeping
from tests.test_late import (
    COUNCIL,
    LEFT_OUT,
    NOBODY,
    choose,
    count_of,
    finished_talk,
    give_to_omar,
    taken_by,
    who_reads,
)
from tests.test_replays import all_that_is_needed, finished, take
from tests.test_sync import Tablets, form, late_in, report_lost, written
from tests.test_sync import tablet as tablet
from tests.test_sync import talk as talk
from tests.test_versions import ready_to_finish
from views.moments import now

COUNTS = "This counts already"
DO_SO = "Do as the child said"
WISH = "A quiet room."


def a_talk(app: Flask, people: People, wish: str | None = None) -> str:
    """A talk of Ines that can be finished; with what the child wished for, if it is said here."""
    with keeping(app):
        interview = an_interview(people, held_at=now())
        ready_to_finish(interview, people)
        if wish:
            keep(interview, [answer("would_help", wish)], people.ines.id, now())
        return interview.id


def finish(visit: Visit, who: Any, talk: str) -> None:
    visit(who).submit(f"/interviews/{talk}/finish")


def page_of(visit: Visit, who: Any, talk: str) -> str:
    return visit(who).get(f"/interviews/{talk}/late").text


def offers_nothing_of_it(visit: Visit, people: People, talk: str) -> None:
    """The page says of nothing that it counts, nor that somebody should do it."""
    page = page_of(visit, people.ines, talk)
    assert COUNTS not in page
    assert DO_SO not in page


def test_what_the_child_said_to_omar_is_not_hidden_by_what_it_left_out_before(
    app: Flask, visit: Visit, people: People, tablet: Tablets
) -> None:
    talk = a_talk(app, people)
    ines = taken_by(tablet, people.ines, talk)
    clear = written(talk, "would_help", **LEFT_OUT)
    give_to_omar(app, people, talk)
    with keeping(app):
        interview = db.session.get_one(Interview, talk)
        keep(interview, [answer("would_help", "My uncle must never visit.")], people.omar.id, now())
    finish(visit, people.omar, talk)
    ines.send(clear)
    assert who_reads(app, talk, "would_help") == [COUNCIL]
    visit(people.cora).submit(f"/interviews/{talk}/late", **choose(app, How.ASIDE, why="Older."))
    assert who_reads(app, talk, "would_help") == [COUNCIL]


def test_a_clear_that_comes_after_what_was_written_over_it_takes_nothing(
    app: Flask, visit: Visit, people: People, tablet: Tablets
) -> None:
    talk = a_talk(app, people)
    ines = taken_by(tablet, people.ines, talk)
    clear = written(talk, "would_help", None, base_op="what-stood-here")
    ines.send(written(talk, "would_help", WISH, base_op=clear["op_id"], audience=list(EVERYONE)))
    finish(visit, people.ines, talk)
    ines.send(clear)
    assert who_reads(app, talk, "would_help") == [EVERYONE]
    offers_nothing_of_it(visit, people, talk)


def test_what_the_child_wrote_in_two_batches_stays_with_the_council(
    app: Flask, visit: Visit, people: People, tablet: Tablets
) -> None:
    talk = finished_talk(app, people, {"would_help": WISH})
    clear = written(talk, "would_help", None, base_op="what-stood-here")
    ines = tablet(people.ines)
    ines.send(clear)
    assert COUNTS in page_of(visit, people.ines, talk)
    ines.send(written(talk, "would_help", WISH, audience=list(EVERYONE), base_op=clear["op_id"]))
    assert who_reads(app, talk, "would_help") == [COUNCIL]
    # It is the later one now that somebody settles; the older is only set aside.
    offers_nothing_of_it(visit, people, talk)


def test_nobody_does_what_the_child_has_written_over(
    app: Flask, visit: Visit, people: People, tablet: Tablets
) -> None:
    talk = finished_talk(app, people, {"would_help": WISH})
    first = written(talk, "would_help", **LEFT_OUT)
    again = written(talk, "would_help", "A lamp.", audience=list(EVERYONE), base_op=first["op_id"])
    tablet(people.ines).send(first, again)
    offers_nothing_of_it(visit, people, talk)
    visit(people.ines).post(f"/interviews/{talk}/late", choose(app, How.NARROW))
    assert who_reads(app, talk, "would_help") == [EVERYONE]


def test_what_only_the_council_loses_waits_and_the_page_does_not_say_that_it_counts(
    app: Flask, visit: Visit, people: People, tablet: Tablets
) -> None:
    talk = finished_talk(app, people, {"would_help": WISH})
    tablet(people.ines).send(written(talk, "would_help", WISH, audience=["home"]))
    page = page_of(visit, people.ines, talk)
    assert COUNTS not in page
    assert DO_SO in page
    assert who_reads(app, talk, "would_help") == [EVERYONE]


def test_what_ines_typed_online_counts_after_the_talk_was_given_on(
    app: Flask, visit: Visit, people: People, tablet: Tablets
) -> None:
    talk = a_talk(app, people, WISH)
    ines = tablet(people.ines)
    out, hurt = written(talk, "would_help", **LEFT_OUT), written(talk, "adult_hurt", "yes")
    urgent = form(talk, "urgent", dangers="sexual-abuse", said="He hurts me.")
    give_to_omar(app, people, talk)
    finish(visit, people.omar, talk)
    ines.send(out, hurt, urgent)
    assert who_reads(app, talk, "would_help") == [COUNCIL]
    assert count_of(app, Concern) == 2
    assert COUNTS in page_of(visit, people.cora, talk)


def test_the_page_does_not_say_that_it_counts_when_a_stranger_to_the_talk_sent_it(
    app: Flask, visit: Visit, people: People, tablet: Tablets
) -> None:
    talk = finished_talk(app, people, {"would_help": WISH})
    tablet(people.omar).send(written(talk, "would_help", **LEFT_OUT))
    assert who_reads(app, talk, "would_help") == [EVERYONE]
    page = page_of(visit, people.cora, talk)
    assert COUNTS not in page
    assert "Set it aside" in page


def test_a_danger_that_ines_typed_online_is_listed_from_her_lost_tablet(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    with keeping(app):
        other = an_interview(people, kid=people.sasha, interviewer=people.ines).id
        keep(db.session.get_one(Interview, talk), [answer("why", "It is loud.")], people.ines.id, now())
    lost = taken_by(tablet, people.ines, other)
    give_to_omar(app, people, talk)
    report_lost(app, lost.device, people.cora)
    lost.hand_in(form(talk, "urgent", dangers="sexual-abuse", said="He hurts me."))
    assert count_of(app, Concern) == 1


def test_a_blank_over_nothing_takes_nothing_from_anybody(
    app: Flask, visit: Visit, people: People, tablet: Tablets
) -> None:
    talk = finished_talk(app, people, {"would_help": WISH})
    tablet(people.ines).send(written(talk, "would_help", None, audience=[]))
    assert who_reads(app, talk, "would_help") == [EVERYONE]
    assert count_of(app, Request, Request.for_home) == 1
    assert COUNTS not in page_of(visit, people.ines, talk)


def test_what_the_child_took_back_counts_although_it_was_set_aside_before_the_end(
    app: Flask, visit: Visit, people: People, tablet: Tablets
) -> None:
    talk = a_talk(app, people, WISH)
    ines = taken_by(tablet, people.ines, talk)
    give_to_omar(app, people, talk)
    ines.send(written(talk, "would_help", **LEFT_OUT))
    visit(people.cora).submit(f"/interviews/{talk}/late", **choose(app, How.ASIDE, why="Omar goes on."))
    assert who_reads(app, talk, "would_help") == [EVERYONE]
    finish(visit, people.omar, talk)
    assert who_reads(app, talk, "would_help") == [COUNCIL]
    assert count_of(app, Request, Request.for_home) == 0


def test_what_was_kept_from_the_home_on_the_tablet_is_kept_when_the_talk_is_finished_online(
    app: Flask, visit: Visit, people: People, tablet: Tablets
) -> None:
    with keeping(app):
        talk = an_interview(people).id
    ines = tablet(people.ines)
    needed = [one for one in all_that_is_needed(take(ines, talk)) if one["question"] != "would_help"]
    told = written(talk, "would_help", "Lock out Dean next door.", audience=list(EVERYONE))
    back = finished(talk, ("shown", f"would_help:{told['op_id']}"), ("keep_back", "would_help"))
    ines.send(*needed, told, back | {"after": ["an-answer-that-never-came"]})
    finish(visit, people.ines, talk)
    assert who_reads(app, talk, "would_help") == [COUNCIL]
    assert count_of(app, Request, Request.for_home) == 0


def test_what_was_kept_from_the_home_on_the_tablet_waits_for_nothing_in_a_finished_talk(
    app: Flask, visit: Visit, people: People, tablet: Tablets
) -> None:
    talk = finished_talk(app, people, {"would_help": WISH})
    back = finished(talk, ("keep_back", "would_help")) | {"after": ["an-answer-that-never-came"]}
    assert tablet(people.ines).send(back).get_json()["late"] == [{"op_id": back["op_id"], "why": "waiting"}]
    assert who_reads(app, talk, "would_help") == [COUNCIL]
    assert count_of(app, Request, Request.for_home) == 0


def test_what_came_from_a_shared_lost_tablet_is_of_the_one_who_took_the_talk_along(
    app: Flask, people: People, tablet: Tablets, talk: str
) -> None:
    device = new_id()
    ines, omar = tablet(people.ines, device), tablet(people.omar, device)
    with keeping(app):
        other = an_interview(people, kid=people.sasha, interviewer=people.omar).id
    ines.take(talk)
    omar.take(other)
    with keeping(app):
        # Omar was at it last.
        mine = sa.update(Tablet).where(Tablet.person_id == people.ines.id)
        db.session.execute(mine.values(seen_at=now().replace(year=LONG_AGO.year)))
        db.session.get_one(Interview, talk).interviewer_id = people.cora.id
    report_lost(app, device, people.cora)
    urgent = form(talk, "urgent", dangers="sexual-abuse", said="He hurts me.")
    sealed = [ines.seal(one) | {"slot": None} for one in (urgent, written(talk, "adult_hurt", "yes"))]
    ines.visitor.client.post("/tablet/hand-in", json={"device": device, "sealed": sealed})
    with app.app_context():
        assert {late.author_id for late in db.session.scalars(sa.select(Late))} == {people.ines.id}
    assert count_of(app, Concern) == 2
    assert late_in(app)


def test_a_person_still_does_all_that_the_child_said(
    app: Flask, visit: Visit, people: People, tablet: Tablets
) -> None:
    talk = finished_talk(app, people, {"would_help": WISH})
    tablet(people.ines).send(written(talk, "would_help", **LEFT_OUT))
    assert COUNTS in page_of(visit, people.ines, talk)
    assert who_reads(app, talk, "would_help") == [COUNCIL]
    visit(people.ines).submit(f"/interviews/{talk}/late", **choose(app, How.NARROW))
    assert who_reads(app, talk, "would_help") == [NOBODY]


def damage(app: Flask, op_id: str) -> None:
    """What came under this id does not open any more."""
    with keeping(app):
        db.session.execute(sa.update(Late).where(Late.op_id == op_id).values(content_sealed=b"\x01 damaged"))


@pytest.mark.parametrize("kind", ["answer", "finish"])
def test_what_cannot_be_read_stops_neither_the_end_of_the_talk_nor_what_else_came_late(
    app: Flask, visit: Visit, people: People, tablet: Tablets, kind: str
) -> None:
    talk = a_talk(app, people, WISH)
    ines = taken_by(tablet, people.ines, talk)
    give_to_omar(app, people, talk)
    fields = [["said", "no"]]
    bad = written(talk, "trigger", "A word.") | ({} if kind == "answer" else {"kind": kind, "fields": fields})
    ines.send(bad, written(talk, "would_help", **LEFT_OUT))
    damage(app, bad["op_id"])
    with keeping(app):
        # A finish counts of whoever has the talk, and as it waits.
        db.session.get_one(Interview, talk).interviewer_id = people.ines.id
        waits = sa.update(Late).where(Late.op_id == bad["op_id"]).values(why="waiting")
        db.session.execute(waits)
    visit(people.ines).submit(f"/interviews/{talk}/finish")
    with app.app_context():
        assert db.session.get_one(Interview, talk).finished_at is not None
    assert who_reads(app, talk, "would_help") == [COUNCIL]
    ines.send(written(talk, "why", "And more."))
    page = page_of(visit, people.ines, talk)
    assert "This cannot be opened any more." in page
    assert "a backup may still have it whole" in page
    assert "And more." in page
    visit(people.ines).submit(f"/interviews/{talk}/late", **choose(app, How.ASIDE, why="Damaged."))
    assert late_in(app) == []
    assert "This cannot be opened any more." in page_of(visit, people.ines, talk)
