"""A talk that was finished or put off on a tablet and came late: done by a person where it still fits."""

from typing import Any

import sqlalchemy as sa
import time_machine
from flask import Flask

from interview.access import Audience
from interview.answers import current
from interview.late import How
from records.answers import answers_of
from records.database import db
from records.interviews import finish as date_as_finished
from records.tables import Interview, Late, Offer
from tests.conftest import NOON, Visit
from tests.people import People, keeping
from tests.test_late import choose, give_to_omar
from tests.test_replays import HOUR, all_that_is_needed, finished, form, take
from tests.test_replays import ines as ines
from tests.test_replays import talk as talk
from tests.test_sync import OnTablet, late_in, report_lost, written
from views.moments import now

DO_IT = "Do it now, as it was filled in on the tablet"
NOT_NOW = (
    ("said", "not-now"),
    ("why", "Tired."),
    ("at", "2026-11-18T13:00"),
    ("ask_again_on", "2026-11-19"),
    ("channel", "in-person"),
)


def settle(app: Flask, visit: Visit, who: Any, talk: str, how: How) -> str:
    """What is said after all that came late was settled in one way."""
    visit(who).submit(f"/interviews/{talk}/late", **choose(app, how))
    return page_of(visit, who, talk)


def page_of(visit: Visit, who: Any, talk: str) -> str:
    return visit(who).get(f"/interviews/{talk}/late").text


def is_finished(app: Flask, talk: str) -> bool:
    with app.app_context():
        return db.session.get_one(Interview, talk).finished_at is not None


def waits_for_ever(talk: str, *fields: tuple[str, str]) -> dict[str, Any]:
    """A talk that was finished after an answer that never came."""
    return finished(talk, *fields) | {"after": ["an-answer-that-never-came"]}


def test_a_talk_is_finished_without_waiting_for_what_never_comes(
    app: Flask, visit: Visit, people: People, ines: OnTablet, talk: str
) -> None:
    ines.send(*all_that_is_needed(take(ines, talk)), waits_for_ever(talk))
    assert not is_finished(app, talk)
    assert "Done as it was filled in" in settle(app, visit, people.ines, talk, How.APPLY)
    assert is_finished(app, talk)
    assert late_in(app) == []


def test_what_a_person_puts_to_the_talk_is_in_it_before_it_is_finished(
    app: Flask, visit: Visit, people: People, ines: OnTablet, talk: str
) -> None:
    ines.send(*all_that_is_needed(take(ines, talk)), waits_for_ever(talk))
    report_lost(app, ines.device, people.cora)
    ines.hand_in(written(talk, "worker_view", "It was calm.", said_by="worker"))
    page = page_of(visit, people.ines, talk)
    assert DO_IT in page
    with app.app_context():
        kinds = {late.id: late.kind for late in db.session.scalars(sa.select(Late))}
    hows = {f"how-{one}": How.APPLY if kind == "finish" else How.TO_TALK for one, kind in kinds.items()}
    visit(people.ines).submit(f"/interviews/{talk}/late", **hows)
    assert is_finished(app, talk)
    assert late_in(app) == []


def test_what_nobody_has_looked_at_goes_to_no_home_this_way(
    app: Flask, visit: Visit, people: People, ines: OnTablet, talk: str
) -> None:
    told = written(talk, "would_help", "A lock on my door.", audience=["home", "social-worker"])
    needed = [one for one in all_that_is_needed(take(ines, talk)) if one["question"] != "would_help"]
    ines.send(*needed, told, waits_for_ever(talk))
    page = page_of(visit, people.ines, talk)
    assert DO_IT not in page
    assert "Finish the talk on its own page." in page
    assert not is_finished(app, talk)


def test_who_found_a_tablet_cannot_say_that_the_worker_has_looked_at_it(
    app: Flask, visit: Visit, people: People, ines: OnTablet, talk: str
) -> None:
    told = written(talk, "would_help", "Lock out Dean next door.", audience=["home", "social-worker"])
    needed = [one for one in all_that_is_needed(take(ines, talk)) if one["question"] != "would_help"]
    ines.send(*needed, told)
    report_lost(app, ines.device, people.cora)
    ines.hand_in(
        finished(talk, ("shown", "would_help")), finished(talk, ("shown", f"would_help:{told['op_id']}"))
    )
    page = page_of(visit, people.ines, talk)
    assert DO_IT not in page
    assert page.count("nobody can say who filled it in") == 2
    settle(app, visit, people.ines, talk, How.APPLY)
    assert not is_finished(app, talk)


def test_a_question_without_its_answer_is_nothing_that_she_looked_at(
    app: Flask, people: People, ines: OnTablet, talk: str
) -> None:
    told = written(talk, "would_help", "A lock on my door.", audience=["home", "social-worker"])
    needed = [one for one in all_that_is_needed(take(ines, talk)) if one["question"] != "would_help"]
    ines.send(*needed, told, finished(talk, ("shown", "would_help")))
    assert not is_finished(app, talk)
    ines.send(finished(talk, ("shown", f"would_help:{told['op_id']}")))
    assert is_finished(app, talk)


def test_what_a_page_wrote_for_itself_is_not_shown_as_what_she_filled_in(
    app: Flask, visit: Visit, people: People, ines: OnTablet, talk: str
) -> None:
    report_lost(app, ines.device, people.cora)
    ines.hand_in(form(talk, "urgent", ("said", "He hit me."), ("in_words", "He hit me · Police")))
    page = page_of(visit, people.ines, talk)
    assert "He hit me." in page
    assert "in_words" not in page


def test_a_no_from_a_lost_tablet_is_logged_with_its_own_time(
    app: Flask, visit: Visit, people: People, ines: OnTablet, talk: str, clock: time_machine.Traveller
) -> None:
    report_lost(app, ines.device, people.cora)
    # The day to ask again is over when it comes; it was to come when it was written.
    clock.move_to(NOON + 48 * HOUR)
    ines.hand_in(form(talk, "put-off", *NOT_NOW))
    page = page_of(visit, people.ines, talk)
    assert "Why, in the child's words" in page or "Why, in the child&#39;s words" in page
    assert "Not now, another time" in page
    settle(app, visit, people.ines, talk, How.APPLY)
    with app.app_context():
        assert [(one.why, one.by_whom) for one in db.session.scalars(sa.select(Offer))] == [
            ("Tired.", "Ines Okafor")
        ]


def test_it_says_why_it_cannot_be_done(
    app: Flask, visit: Visit, people: People, ines: OnTablet, talk: str, clock: time_machine.Traveller
) -> None:
    report_lost(app, ines.device, people.cora)
    clock.move_to(NOON + 4 * HOUR)
    ines.hand_in(form(talk, "put-off", *NOT_NOW), form(talk, "put-off", ("said", "no"), ("at", "yesterday")))
    assert page_of(visit, people.ines, talk).count("Log it by hand.") == 1
    with keeping(app):
        db.session.get_one(Interview, talk).held_at = NOON
    assert page_of(visit, people.ines, talk).count("the talk has begun since") == 2
    give_to_omar(app, people, talk)
    assert page_of(visit, people.cora, talk).count("somebody else has the talk now") == 2
    with keeping(app):
        interview = db.session.get_one(Interview, talk)
        interview.interviewer_id, interview.finished_at = people.ines.id, NOON
    page = page_of(visit, people.ines, talk)
    assert page.count("the talk is finished.") >= 2
    assert DO_IT not in page
    assert "Tired." in page


def test_nobody_does_it_twice(
    app: Flask, visit: Visit, people: People, ines: OnTablet, talk: str, clock: time_machine.Traveller
) -> None:
    report_lost(app, ines.device, people.cora)
    clock.move_to(NOON + 4 * HOUR)
    ines.hand_in(form(talk, "put-off", *NOT_NOW))
    one, other = visit(people.ines), visit(people.ines)
    chosen = choose(app, How.APPLY)
    one.get(f"/interviews/{talk}/late")
    other.get(f"/interviews/{talk}/late")
    one.submit(f"/interviews/{talk}/late", **chosen)
    other.post(f"/interviews/{talk}/late", chosen)
    with app.app_context():
        assert len(db.session.scalars(sa.select(Offer)).all()) == 1


def finishes_online(app: Flask, talk: str) -> None:
    """Ines has finished it on its own page."""
    with keeping(app):
        interview = db.session.get_one(Interview, talk)
        date_as_finished(interview, now())


def wish(talk: str) -> dict[str, Any]:
    return written(talk, "would_help", "Lock out Dean next door.", audience=["home", "social-worker"])


def home_reads(app: Flask, talk: str) -> bool:
    with app.app_context():
        return (
            Audience.HOME in current(answers_of(db.session.get_one(Interview, talk)))["would_help"].audience
        )


def test_a_finish_that_waits_says_that_the_talk_was_finished_since_and_is_set_aside_at_one_touch(
    app: Flask, visit: Visit, people: People, ines: OnTablet, talk: str
) -> None:
    told = wish(talk)
    end = waits_for_ever(talk, ("shown", f"would_help:{told['op_id']}"), ("keep_back", "would_help"))
    ines.send(*all_that_is_needed(take(ines, talk)), told, end)
    visit(people.ines).submit(f"/interviews/{talk}/finish")
    page = page_of(visit, people.ines, talk)
    assert "The talk has been finished since: 18 November 2026, 12:00, by Ines Okafor." in page
    assert "may still be on the tablet, and stands here when it comes" in page
    assert "To be kept from the home" in page
    assert "The home does not read what this was to keep from it." in page
    assert not home_reads(app, talk)
    assert "It cannot be done any more" not in page
    assert "Nothing is left to be done" in page
    page = settle(app, visit, people.ines, talk, How.ASIDE)
    assert "Set aside" in page
    assert "To be kept from the home" in page
    assert late_in(app) == []
    assert not home_reads(app, talk)


def test_what_a_lost_tablet_was_to_keep_from_the_home_is_decided_by_a_person(
    app: Flask, visit: Visit, people: People, ines: OnTablet, talk: str
) -> None:
    ines.send(wish(talk))
    finishes_online(app, talk)
    report_lost(app, ines.device, people.cora)
    ines.hand_in(finished(talk, ("keep_back", "would_help")))
    page = page_of(visit, people.ines, talk)
    assert "The home can read what this was to keep from it. Decide about that now." in page
    assert "Nothing is left to be done" not in page
    assert home_reads(app, talk)
    page = settle(app, visit, people.ines, talk, How.KEEP_BACK)
    assert "Kept from the home, as it was ticked" in page
    assert not home_reads(app, talk)
    assert late_in(app) == []


def test_other_things_are_still_set_aside_with_a_reason_only(
    app: Flask, visit: Visit, people: People, ines: OnTablet, talk: str
) -> None:
    finishes_online(app, talk)
    ines.send(waits_for_ever(talk), written(talk, "why", "And one more thing."))
    settle(app, visit, people.ines, talk, How.ASIDE)
    assert len(late_in(app)) == 2


def test_what_is_left_for_now_is_said_to_stay(
    app: Flask, visit: Visit, people: People, ines: OnTablet, talk: str
) -> None:
    finishes_online(app, talk)
    ines.send(written(talk, "why", "One thing."), written(talk, "why", "And one more."))
    visitor, page = visit(people.ines), f"/interviews/{talk}/late"
    visitor.submit(page, **choose(app, ""))
    assert "Nothing was changed. All of it stays here" in visitor.get(page).text
    first = dict(list(choose(app, How.ASIDE).items())[:1])
    visitor.submit(page, **choose(app, "") | first, why="Said twice.")
    assert "What you left for now stays here" in visitor.get(page).text
    assert len(late_in(app)) == 1
    visitor.submit(page, **choose(app, How.ASIDE), why="Said twice.")
    assert "Saved. Nothing of it was thrown away." in visitor.get(page).text
    assert late_in(app) == []


def test_what_somebody_else_has_settled_meanwhile_is_not_said_to_stay(
    app: Flask, visit: Visit, people: People, ines: OnTablet, talk: str
) -> None:
    finishes_online(app, talk)
    ines.send(written(talk, "why", "One thing."))
    one, other, page = visit(people.ines), visit(people.ines), f"/interviews/{talk}/late"
    one.get(page)
    other.get(page)
    chosen = choose(app, How.ASIDE, why="Said twice.")
    other.post(page, chosen)
    one.post(page, chosen)
    assert "somebody has settled it meanwhile" in one.get(page).text


def test_a_danger_and_a_language_are_read_in_words(
    app: Flask, visit: Visit, people: People, ines: OnTablet, talk: str
) -> None:
    report_lost(app, ines.device, people.cora)
    told = [
        ("about", "an-earlier-one"),
        ("dangers", "sexual-abuse"),
        ("said", "He hit me."),
        ("child_knows", "y"),
    ]
    ines.hand_in(form(talk, "urgent", *told), form(talk, "language", ("language", "cy")))
    page = page_of(visit, people.ines, talk)
    for words in ("What kind of danger?", "Sexual abuse", "What was said, word for word", "He hit me."):
        assert words in page
    assert "The child knows that they were told" in page
    assert "Welsh" in page
    for code in ("an-earlier-one", "sexual-abuse", ">cy<", ">y<"):
        assert code not in page
