"""Before the first question and after the last: yes, not now and no; numbers to keep; how it was."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from interview.answers import Skip
from interview.helplines import NONE_WANTED
from interview.small_numbers import FEWEST
from interview.welcome import ASKED_FOR, OLDER, YOUNGER
from records.database import db
from records.tables import Authority, Child, Interview, Offer, TalkFound
from tests.conftest import Visit
from tests.people import People, an_episode, an_interview, an_offer, keeping
from tests.test_talk_pages import SAID, Talk
from tests.visitor import Element, Visitor, page_of
from views.moments import now, today

TOMORROW = today() + timedelta(days=1)


@pytest.fixture
def talk(app: Flask, people: People) -> Talk:
    """A talk that Ines is to hold with Robin."""
    return Talk(app, people)


@pytest.fixture
def ines(visit: Visit, people: People) -> Visitor:
    """Ines, signed in."""
    return visit(people.ines)


def kept(talk: Talk) -> Interview:
    """The talk as it is kept."""
    with talk.app.app_context():
        return db.session.get_one(Interview, talk.id)


def main_of(ines: Visitor, path: str) -> str:
    """What stands on a page."""
    return page_of(ines.get(path)).find("main")[0].text


# Before the first question


def test_a_child_is_told_and_says_yes_and_what_was_told_is_kept(ines: Visitor, talk: Talk) -> None:
    page = main_of(ines, f"{talk.page}/welcome")
    assert "I have to tell people who can help" in page
    assert kept(talk).welcomed_at is None
    assert ines.post(f"{talk.page}/welcome", {"ready": "yes"}).location == f"{talk.page}/talk?parts=first"
    interview = kept(talk)
    assert (interview.welcome_version, interview.welcome_language) == (OLDER, "en")
    assert interview.welcomed_at is not None
    assert interview.held_at is not None
    assert talk["ready"].value == "yes"


def test_a_younger_child_reads_simpler_words(app: Flask, ines: Visitor, people: People, talk: Talk) -> None:
    with keeping(app):
        db.session.get_one(Child, people.robin.id).born = today() - timedelta(days=9 * 366)
    ines.post(f"{talk.page}/welcome", {"ready": "yes"})
    assert kept(talk).welcome_version == YOUNGER


@pytest.mark.parametrize(("age", "version"), [(9, YOUNGER), (15, OLDER)])
def test_a_child_who_asked_for_somebody_of_the_home_is_told_no_untruth(
    app: Flask, ines: Visitor, people: People, talk: Talk, age: int, version: str
) -> None:
    assert "work for your home" in main_of(ines, f"{talk.page}/welcome")
    with keeping(app):
        db.session.get_one(Child, people.robin.id).born = today() - timedelta(days=age * 366)
        db.session.get_one(Interview, talk.id).child_asked = True
    page = main_of(ines, f"{talk.page}/welcome")
    assert "You asked to talk with me." in page
    assert "work for your home" not in page
    assert "work for your home" not in main_of(ines, f"{talk.page}/talk")
    ines.post(f"{talk.page}/welcome", {"ready": "yes"})
    assert kept(talk).welcome_version == version + ASKED_FOR


def test_what_was_told_is_kept_from_the_talk_as_well(ines: Visitor, talk: Talk) -> None:
    ines.submit(f"{talk.page}/talk", why="Nobody listens.", go="stay")
    first = kept(talk)
    assert first.welcome_version == OLDER
    ines.submit(f"{talk.page}/talk", why="Nobody listens to me.", go="stay")
    assert kept(talk).welcomed_at == first.welcomed_at


def test_the_record_alone_tells_the_child_nothing(ines: Visitor, talk: Talk) -> None:
    ines.submit(f"{talk.page}/record", place="A café", go="stay")
    assert kept(talk).welcomed_at is None


def test_a_child_chooses_the_language_before_the_talk(ines: Visitor, talk: Talk) -> None:
    ines.post(f"{talk.page}/welcome", {"language": "ti"})  # not complete, and so not offered
    assert kept(talk).language == "en"


def test_what_was_typed_stays_when_the_language_changes(ines: Visitor, talk: Talk) -> None:
    led_to = ines.submit(f"{talk.page}/talk", why="Nobody listens.", go="in-en")
    assert led_to.location == f"{talk.page}/talk"
    assert talk["why"].value == "Nobody listens."


@pytest.mark.parametrize("said", ["no", "not-now"])
def test_no_and_not_now_begin_no_talk(ines: Visitor, talk: Talk, said: str) -> None:
    led_to = ines.post(f"{talk.page}/welcome", {"ready": said})
    assert led_to.location == f"{talk.page}/until-then"
    page = ines.follow(led_to).text
    assert "116 000" in page
    assert "Robin" not in page
    assert kept(talk).held_at is None
    assert talk["ready"].value == said


def test_a_child_who_says_no_is_asked_again(ines: Visitor, visit: Visit, people: People, talk: Talk) -> None:
    ines.post(f"{talk.page}/welcome", {"ready": "no"})
    said: dict[str, Any] = {"why": "I am tired.", "carer_says": "She rang her mum.", "ask_again_on": TOMORROW}
    shown = ines.follow(ines.submit(f"{talk.page}/put-off", **said)).text
    assert "The child said no" in shown
    assert "Nothing is to be finished" in shown
    with talk.app.app_context():
        offer = db.session.scalars(sa.select(Offer)).one()
        assert (offer.outcome, offer.why, offer.carer_says) == (
            "declined",
            "I am tired.",
            "She rang her mum.",
        )
        assert (offer.ask_again_on, offer.channel) == (TOMORROW, "in-person")
    assert "The child said no for now" in main_of(ines, "/interviews")
    assert "Robin" not in main_of(ines, "/")
    board = main_of(visit(people.cora), "/episodes")
    assert "Robin Achebe" in board
    assert "The child said no" in board


def test_a_no_needs_no_reason_and_finishes_nothing(ines: Visitor, talk: Talk) -> None:
    ines.post(f"{talk.page}/welcome", {"ready": "no"})
    assert ines.submit(f"{talk.page}/put-off", ask_again_on="").location == talk.page
    assert ines.get(f"{talk.page}/finish").location == f"{talk.page}/put-off"
    assert kept(talk).finished_at is None


def test_a_child_can_come_back_after_a_no(ines: Visitor, talk: Talk) -> None:
    ines.post(f"{talk.page}/welcome", {"ready": "no"})
    ines.submit(f"{talk.page}/put-off", ask_again_on=TOMORROW)
    assert ines.post(f"{talk.page}/welcome", {"ready": "yes"}).location == f"{talk.page}/talk?parts=first"
    assert talk["ready"].value == "yes"
    assert "The child said no for now" not in main_of(ines, "/interviews")
    assert "Robin" in main_of(ines, "/")


def test_not_now_has_a_day_and_stays_on_the_list(app: Flask, ines: Visitor, people: People) -> None:
    with keeping(app):
        episode = an_episode(people)
        an_offer(people, episode)
        talk_id = an_interview(people, episode).id
    page = f"/interviews/{talk_id}"
    ines.post(f"{page}/welcome", {"ready": "not-now"})
    assert "Enter the day on which to ask again" in ines.submit(f"{page}/put-off").text
    ines.submit(f"{page}/put-off", ask_again_on=TOMORROW, wanted="After school")
    with app.app_context():
        newest = db.session.scalars(sa.select(Offer).order_by(Offer.recorded_at.desc())).first()
        assert newest is not None
        # Who had said yes, and then not now, is counted apart.
        assert (newest.outcome, newest.wanted) == ("accepted-not-held", "After school")
        assert db.session.get_one(Interview, talk_id).held_at is None
    assert "Robin" in main_of(ines, "/")


def test_a_no_is_logged_on_every_return_that_the_talk_is_about(
    app: Flask, ines: Visitor, people: People
) -> None:
    with keeping(app):
        first = an_episode(people, returned_at=now() - timedelta(days=3))
        second = an_episode(people)
        talk_id = an_interview(people, first, second).id
        both = {first.id, second.id}
    shown = ines.get(f"/interviews/{talk_id}/put-off")
    ines.send(shown, said="no", ask_again_on=TOMORROW)
    ines.send(shown, said="no", ask_again_on=TOMORROW)  # the Back button, and once more
    with app.app_context():
        logged = db.session.scalars(sa.select(Offer)).all()
        assert sorted(offer.episode_id for offer in logged) == sorted(both)


@pytest.mark.parametrize(
    "typed",
    [
        {"said": ""},
        {"ask_again_on": today() - timedelta(days=1)},
        {"at": "2126-01-01T10:00"},
        {"at": "2019-01-01T10:00"},
    ],
)
def test_a_put_off_that_cannot_be_comes_back_with_a_sentence(
    ines: Visitor, talk: Talk, typed: dict[str, Any]
) -> None:
    ines.post(f"{talk.page}/welcome", {"ready": "no"})
    shown = ines.submit(f"{talk.page}/put-off", **typed)
    assert shown.status_code == 200
    assert "There is a problem" in shown.text


def test_a_talk_that_has_begun_is_not_put_off(ines: Visitor, talk: Talk) -> None:
    ines.submit(f"{talk.page}/talk", why="Nobody listens.", go="stay")
    assert ines.get(f"{talk.page}/put-off").location == talk.page
    assert ines.get(f"{talk.page}/until-then").location == talk.page


# Numbers to keep


def test_what_the_child_takes_is_in_the_record(ines: Visitor, talk: Talk) -> None:
    ines.submit(f"{talk.page}/numbers", keep=["childline", "interviewer"], go="keep")
    assert talk["helplines_given"].value == ["childline", "interviewer"]
    ticked = page_of(ines.get(f"{talk.page}/record")).find("input", name="helplines_given", checked="")
    assert [box.attributes["value"] for box in ticked] == ["childline", "interviewer"]
    ines.submit(f"{talk.page}/numbers", go="none")
    assert talk["helplines_given"].value == [NONE_WANTED]


def test_the_slip_says_nothing_of_what_it_is_about(ines: Visitor, talk: Talk) -> None:
    slip = main_of(ines, f"{talk.page}/slip")
    assert "116 000" in slip
    assert "0800 1111" in slip
    telling = ("runaway", "childline", "talk", "away", "care", "interview", "home", "robin")
    assert not [word for word in telling if word in slip.lower()]
    ines.submit(f"{talk.page}/numbers", keep=["childline"], go="keep")
    assert "116 000" not in main_of(ines, f"{talk.page}/slip")


def test_a_child_in_wales_gets_the_number_for_wales(
    app: Flask, ines: Visitor, people: People, talk: Talk
) -> None:
    assert "080880 23456" not in main_of(ines, f"{talk.page}/numbers")
    with keeping(app):
        db.session.get_one(Authority, people.fenmoor.id).nation = "wales"
    assert "080880 23456" in main_of(ines, f"{talk.page}/numbers")


# How was it


def found(app: Flask) -> dict[tuple[str, str], int]:
    """The counts."""
    with app.app_context():
        return {(row.question, row.answer): row.times for row in db.session.scalars(sa.select(TalkFound))}


def test_how_it_was_is_counted_once_and_belongs_to_nobody(ines: Visitor, talk: Talk) -> None:
    two_touches = {"face": "4", "listened": "yes"}
    ines.post(f"{talk.page}/how-was-it", two_touches)
    ines.post(f"{talk.page}/how-was-it", two_touches | {"face": "1"})
    assert found(talk.app) == {("face", "4"): 1, ("listened", "yes"): 1}
    assert "How was this talk?" not in main_of(ines, f"{talk.page}/thanks")
    with talk.app.app_context():
        names = set(TalkFound.__table__.columns.keys())
    assert names == {"authority_id", "month", "question", "answer", "times"}


def test_what_is_no_answer_is_not_counted(ines: Visitor, talk: Talk) -> None:
    ines.post(f"{talk.page}/how-was-it", {"face": "9", "listened": "yes"})
    ines.post(f"{talk.page}/how-was-it", {})
    assert found(talk.app) == {}
    assert not kept(talk).asked_after


def test_the_counts_are_for_the_coordinator_and_small_ones_for_nobody(
    app: Flask, ines: Visitor, visit: Visit, people: People
) -> None:
    for number in range(FEWEST):
        with keeping(app):
            talk_id = an_interview(people).id
        ines.post(f"/interviews/{talk_id}/how-was-it", {"face": "5", "listened": "no" if number else "yes"})
    # Not before the three months are over: a count that grows after a talk tells what was said in it.
    assert "Very good" not in main_of(visit(people.cora), "/reports/talks")
    with time_machine.travel(now() + timedelta(days=100), tick=False):
        page = main_of(visit(people.cora), "/reports/talks")
    assert "Very good 5" in page
    assert "Yes fewer than 5" in page
    assert "No fewer than 5" in page
    for nobody in (people.ines, people.maya, people.ivan):
        assert visit(nobody).get("/reports/talks").status_code == 403


def test_another_council_sees_none_of_it(app: Flask, ines: Visitor, visit: Visit, people: People) -> None:
    with keeping(app):
        row = TalkFound(
            authority_id=people.carrow.id, month=today().replace(day=1), question="face", answer="5", times=9
        )
        db.session.add(row)
    assert "Carrow" not in main_of(visit(people.cora), "/reports/talks")


# Is it right?


def read_back_of(ines: Visitor, talk: Talk) -> Element:
    """The read-back as it is shown."""
    return page_of(ines.get(f"{talk.page}/read-back"))


def test_nothing_is_called_right_before_the_child_says_so(ines: Visitor, talk: Talk) -> None:
    ines.submit(f"{talk.page}/talk", **SAID, go="stay")
    shown = read_back_of(ines, talk)
    checks = [box for box in shown.find("input", type="radio") if box.attributes["name"].endswith("__check")]
    assert checks
    assert not [box for box in checks if "checked" in box.attributes]
    ines.submit(f"{talk.page}/read-back", go="on")  # nothing said is nothing changed
    assert [len(talk.rows(key)) for key in ("why", "would_help", "read_right")] == [1, 1, 0]


def test_one_touch_says_that_all_of_a_part_is_right(ines: Visitor, talk: Talk) -> None:
    ines.submit(f"{talk.page}/talk", **SAID, go="stay")
    ines.submit(f"{talk.page}/read-back", read_right=["why", "cards"], go="stay")
    assert talk["read_right"].value == ["why", "cards"]
    ticked = read_back_of(ines, talk).find("input", name="read_right", checked="")
    assert [box.attributes["value"] for box in ticked] == ["why", "cards"]


def test_what_is_left_out_is_kept_locked_and_the_child_is_told(ines: Visitor, talk: Talk) -> None:
    ines.submit(f"{talk.page}/talk", **SAID, go="stay")
    assert "I keep a locked copy" in read_back_of(ines, talk).text
    ines.submit(f"{talk.page}/read-back", why__check="leave-out", go="on")
    first, second = talk.rows("why")
    assert (first.value, second.value, second.skipped) == (SAID["why"], None, Skip.LEFT_OUT)


def test_a_read_back_leads_to_the_numbers_and_to_thanks(ines: Visitor, talk: Talk) -> None:
    ines.submit(f"{talk.page}/talk", **SAID, go="stay")
    numbers = ines.submit(f"{talk.page}/read-back", agrees="yes", go="on")
    assert numbers.location == f"{talk.page}/numbers"
    assert ines.submit(f"{talk.page}/numbers", go="keep").location == f"{talk.page}/thanks"


def test_why_it_could_not_be_read_back_is_in_front_of_the_summary(
    ines: Visitor, visit: Visit, people: People, talk: Talk
) -> None:
    ines.submit(f"{talk.page}/talk", **SAID, go="stay")
    record: dict[str, Any] = {"harm": "no", "options_talked": "yes", "helplines_given": "childline"}
    ines.submit(f"{talk.page}/record", **record, go="stay")
    assert "If it could not be read back, say why" in ines.get(f"{talk.page}/finish").text
    ines.submit(f"{talk.page}/record", not_read_back="left", go="stay")
    assert "If it could not be read back, say why" not in ines.get(f"{talk.page}/finish").text
    ines.submit(f"{talk.page}/finish")
    summary = f"/children/{people.robin.id}/summary"
    for reader in (people.ivan, people.cora, people.ines):
        page = main_of(visit(reader), summary)
        assert "was not read back to Robin Achebe: The child left" in page
        assert f"in English, version {OLDER}" in page
    home = main_of(visit(people.maya), f"/homes/{people.larch.id}/summary")
    assert not [trace for trace in ("read back", OLDER) if trace in home]


def test_the_record_says_what_the_child_was_told(ines: Visitor, talk: Talk) -> None:
    assert OLDER not in ines.get(f"{talk.page}/record").text
    ines.post(f"{talk.page}/welcome", {"ready": "yes"})
    assert f"in English, version {OLDER}" in ines.get(f"{talk.page}/record").text


def test_a_no_on_the_tablet_waits_to_be_written_down(ines: Visitor, talk: Talk) -> None:
    to_do = "Write down what they said, and when to ask again"
    ines.post(f"{talk.page}/welcome", {"ready": "no"})
    assert to_do in main_of(ines, talk.page)
    ines.submit(f"{talk.page}/put-off", ask_again_on=TOMORROW)
    assert to_do not in main_of(ines, talk.page)
    assert "Log that you asked again" in main_of(ines, talk.page)


def test_a_child_who_stops_early_finds_the_numbers_all_the_same(ines: Visitor, talk: Talk) -> None:
    ines.submit(f"{talk.page}/talk", **SAID, go="stay")
    to_keep = page_of(ines.get(f"{talk.page}/thanks")).find("a", href=f"{talk.page}/numbers")
    assert [link.text for link in to_keep] == ["Numbers to keep"]
