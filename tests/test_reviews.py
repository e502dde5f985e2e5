"""Reviews as a reviewing officer works with them: the next ones, the pack, and what is kept of each."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from interview.access import EVERYONE, Audience
from interview.answers import Skip
from interview.pack import Pack
from records.answers import keep
from records.base import fetch_keys
from records.database import db
from records.reviewers import give_reviews
from records.reviews import considered
from records.tables import Child, Interview, Placement, Review
from tests.conftest import Visit
from tests.people import (
    People,
    a_child,
    a_finished_talk,
    a_review,
    an_episode,
    answer,
    appoint_reviewer,
    keeping,
)
from tests.test_start_pages import searches as searches
from tests.visitor import Visitor, filled_in, page_of

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
DAY = timedelta(days=1)
TODAY = NOW.date()
FIELDS = (
    "due_on",
    "held_on",
    "notes",
    "questions",
    "decided",
    "early_why",
    "early_asked_by",
    "considered",
)
COUNCIL_ONLY = frozenset({Audience.SOCIAL_WORKER})


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def review(app: Flask, people: People) -> str:
    """Robin's next review, due in three weeks; the last was held in May."""
    with keeping(app):
        a_review(people.robin, due_on=date(2026, 5, 11), held_on=date(2026, 5, 11))
        return a_review(people.robin).id


@pytest.fixture
def ivan(visit: Visit, people: People) -> Visitor:
    """Ivan, signed in."""
    return visit(people.ivan)


def kept(app: Flask, review_id: str) -> dict[str, Any]:
    """What is kept of a review."""
    with app.app_context():
        row = db.session.get_one(Review, review_id)
        fetch_keys([row.child_id])
        names = (
            "due_on",
            "held_on",
            "notes",
            "questions",
            "decided",
            "early_why",
            "early_asked_by",
            "considered",
        )
        return {name: getattr(row, name) for name in names}


def pack_kept(app: Flask, review_id: str) -> Pack:
    """The pack that was considered."""
    with app.app_context():
        row = db.session.get_one(Review, review_id)
        fetch_keys([row.child_id])
        found = considered(row)
    assert found is not None
    return found


def form_to(visitor: Visitor, path: str, target: str) -> dict[str, Any]:
    """What a form of a page would send as it stands."""
    forms = page_of(visitor.get(path)).find("form", method="post")
    form = next(one for one in forms if one.attributes.get("action", "").endswith(target))
    return dict(filled_in(form))


# The list ---------------------------------------------------------------------------------------------


def test_ivan_sees_his_children_by_their_next_review(app: Flask, people: People, ivan: Visitor) -> None:
    with keeping(app):
        a_review(people.robin, due_on=TODAY + 9 * DAY)
        late = a_child("Late Larsen", people.larch, people.fenmoor)
        appoint_reviewer(people.ivan, late)
        a_review(late, due_on=TODAY - 3 * DAY)
        a_review(people.sasha, due_on=TODAY)
    text = page_of(ivan.get("/reviews")).find("main")[0].text
    assert text.index("Late Larsen") < text.index("Robin Achebe")
    assert "Late by 3 days" in text
    assert "9 days left" in text
    assert "Sasha" not in text


def test_a_first_review_is_due_twenty_working_days_after_coming(
    app: Flask, people: People, ivan: Visitor
) -> None:
    with keeping(app):
        db.session.get_one(Child, people.robin.id).looked_after_since = date(2026, 11, 2)
    assert "30 November 2026" in ivan.get("/reviews").text
    ivan.submit("/reviews")
    with app.app_context():
        (row,) = db.session.query(Review).all()
        assert row.due_on == date(2026, 11, 30)


def test_preparing_twice_is_preparing_once(app: Flask, people: People, ivan: Visitor) -> None:
    with keeping(app):
        db.session.get_one(Child, people.robin.id).looked_after_since = date(2026, 11, 2)
    ivan.get("/reviews")
    first = ivan.post(f"/children/{people.robin.id}/review")
    assert ivan.post(f"/children/{people.robin.id}/review").location == first.location


def test_what_is_new_is_counted_from_the_last_review(
    app: Flask, people: People, ivan: Visitor, review: str
) -> None:
    with keeping(app):
        an_episode(people, missing_at=NOW - 301 * DAY, returned_at=NOW - 300 * DAY)
        for ago, code in ((300, "A9"), (40, "A1")):
            # Each talk is about an absence of today, too.
            a_finished_talk(people, {"ready": "yes", "reasons": {"chosen": [code]}}, held_at=NOW - ago * DAY)
    text = ivan.get("/reviews").text
    assert "1 talk, 2 absences" in text
    assert "Bullying by other children in the placement" in text
    assert "Boredom" not in text


def test_three_absences_and_a_wish_to_move_are_facts_and_ask_a_question(
    app: Flask, people: People, ivan: Visitor, review: str
) -> None:
    with keeping(app):
        for ago in (2, 9, 16):
            an_episode(people, missing_at=NOW - ago * DAY, returned_at=NOW - ago * DAY + DAY / 4)
        a_finished_talk(
            people, {"ready": "yes", "stay_or_move": "move", "safe_here": "no"}, held_at=NOW - DAY
        )
    text = page_of(ivan.get("/reviews")).find("main")[0].text
    assert "Wants to move from here: said on 17 November 2026" in text
    assert "Does not feel safe here: said on 17 November 2026" in text
    assert "absences in 30 days" in text
    assert "Ask for an early review?" in text


def test_a_review_that_is_late_is_not_asked_for_early(app: Flask, people: People, ivan: Visitor) -> None:
    with keeping(app):
        a_review(people.robin, due_on=TODAY - DAY)
        a_finished_talk(people, {"ready": "yes", "safe_here": "no"}, held_at=NOW - DAY)
    text = ivan.get("/reviews").text
    assert "Does not feel safe here" in text
    assert "Ask for an early review?" not in text


def test_what_was_said_of_another_home_is_no_fact_about_this_one(
    app: Flask, people: People, ivan: Visitor, review: str
) -> None:
    with keeping(app):
        a_finished_talk(people, {"ready": "yes", "stay_or_move": "move"}, held_at=NOW - 9 * DAY)
        row = db.session.query(Placement).filter_by(child_id=people.robin.id).one()
        row.ends = TODAY - 5 * DAY
        db.session.add(Placement(child_id=people.robin.id, home_id=people.rowan.id, starts=TODAY - 5 * DAY))
    assert "Wants to move" not in ivan.get("/reviews").text
    assert "Said of Larch House" in ivan.get(f"/reviews/{review}").text


def test_the_list_takes_as_many_searches_for_twenty_children(
    app: Flask, people: People, ivan: Visitor, searches: Callable[[], int]
) -> None:
    with keeping(app):
        for number in range(20):
            kid = a_child(f"Kid {number}", people.larch, people.fenmoor)
            appoint_reviewer(people.ivan, kid)
            a_review(kid)
            a_finished_talk(people, {"ready": "yes", "stay_or_move": "move"}, kid=kid)
    searches()
    ivan.get("/reviews")
    assert searches() <= 6
    ivan.get("/")
    assert searches() <= 6


# The pack ---------------------------------------------------------------------------------------------


def test_the_pack_begins_with_what_the_child_wants(
    app: Flask, people: People, ivan: Visitor, review: str, searches: Callable[[], int]
) -> None:
    said = {
        "ready": "yes",
        "would_help": "My own key",
        "stay_or_move": "stay",
        "why": "They pick on me.",
        "reasons": {
            "chosen": ["A1"],
            "biggest": "A1",
            "told": {"A1": {"question": "why", "words": "They pick on me."}},
        },
        "agrees": "yes",
    }
    with keeping(app):
        a_finished_talk(people, said, held_at=NOW - DAY)
    searches()
    text = page_of(ivan.get(f"/reviews/{review}")).find("main")[0].text
    assert searches() <= 8
    order = ("My own key", "Stay here", "agrees with the record", "Why Robin Achebe left", "They pick on me.")
    places = [text.index(words) for words in ("What Robin Achebe wants", *order)]
    assert text.index("Why Robin Achebe left") < text.index("Under the headings of the review")
    assert places[0] == min(places)


def test_what_the_child_kept_from_ivan_leaves_no_trace(
    app: Flask, people: People, ivan: Visitor, review: str
) -> None:
    with keeping(app):
        talk = a_finished_talk(people, {"ready": "yes", "why": "I was bored"}, held_at=NOW - DAY)
    before = ivan.get(f"/reviews/{review}").text
    kept_back = (
        answer("would_help", "To live with Sam", audience=COUNCIL_ONLY),
        answer("stay_or_move", "move", audience=COUNCIL_ONLY),
        answer("safe_here", None, skipped=Skip.RATHER_NOT_SAY, audience=COUNCIL_ONLY),
        answer("adult_hurt", "yes", audience=EVERYONE),
    )
    with keeping(app):
        assert not keep(db.session.get_one(Interview, talk.id), kept_back, people.ines.id, NOW).refused
    assert without_token(ivan.get(f"/reviews/{review}").text) == without_token(before)


def without_token(text: str) -> str:
    """A page without its token, which is another one each time."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", text)


def test_what_could_not_be_found_out_is_said(app: Flask, people: People, ivan: Visitor, review: str) -> None:
    with keeping(app):
        passed = answer("stay_or_move", None, skipped=Skip.NOT_SURE)
        a_finished_talk(people, {"ready": "yes"}, [passed], held_at=NOW - DAY)
    text = page_of(ivan.get(f"/reviews/{review}")).find("main")[0].text
    assert "What could not be found out" in text
    assert "Not sure" in text


# For the meeting --------------------------------------------------------------------------------------


def test_what_is_written_is_there_again(app: Flask, ivan: Visitor, review: str) -> None:
    path = f"/reviews/{review}"
    sent = form_to(ivan, path, review) | {"notes": "Ask her nan.", "questions": "Who drives?"}
    assert ivan.post(path, sent).status_code == 302
    assert (kept(app, review)["notes"], kept(app, review)["questions"]) == ("Ask her nan.", "Who drives?")
    assert "Ask her nan." in ivan.get(path).text


def test_two_tabs_at_once_lose_nothing(app: Flask, ivan: Visitor, review: str) -> None:
    path = f"/reviews/{review}"
    one, other = (form_to(ivan, path, review) for _ in range(2))
    ivan.post(path, one | {"notes": "From one tab", "decided": "A key"})
    # The other tab has written elsewhere: both are kept.
    assert ivan.post(path, other | {"questions": "From the other"}).status_code == 302
    assert [kept(app, review)[name] for name in ("notes", "decided", "questions")] == [
        "From one tab",
        "A key",
        "From the other",
    ]
    # And where both wrote in one place, both stand there to be put together.
    answered = ivan.post(path, other | {"questions": "From the other", "notes": "Also here"})
    assert answered.status_code == 409
    assert "From one tab" in answered.text
    assert "Also here" in answered.text
    assert kept(app, review)["notes"] == "From one tab"
    again = dict(
        filled_in(
            next(
                form
                for form in page_of(answered).find("form", method="post")
                if form.attributes.get("action", "").endswith(review)
            )
        )
    )
    assert ivan.post(path, again | {"notes": "From one tab, also here"}).status_code == 302
    assert kept(app, review)["notes"] == "From one tab, also here"


def test_what_is_written_is_sealed(app: Flask, ivan: Visitor, review: str) -> None:
    path = f"/reviews/{review}"
    ivan.post(path, form_to(ivan, path, review) | {"decided": "A lock on the door"})
    with app.app_context():
        row = db.session.get_one(Review, review)
        assert row.decided_sealed is not None
        assert b"lock" not in row.decided_sealed


# The day ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("", "Enter the day of the review."),
        ("nonsense", "Enter a day, for example"),
        ("2026-11-17", "This day is over."),
        ("2028-01-01", "This is more than a year away."),
    ],
)
def test_a_wrong_day_gets_a_sentence_and_is_not_set(
    app: Flask, ivan: Visitor, review: str, day: str, sentence: str
) -> None:
    path = f"/reviews/{review}"
    due = kept(app, review)["due_on"]
    answered = ivan.post(f"{path}/day", form_to(ivan, path, "/day") | {"due_on": day})
    assert sentence in answered.text
    assert kept(app, review)["due_on"] == due


def test_the_day_can_be_moved(app: Flask, ivan: Visitor, review: str) -> None:
    path = f"/reviews/{review}"
    ivan.post(f"{path}/day", form_to(ivan, path, "/day") | {"due_on": "2026-11-20"})
    assert kept(app, review)["due_on"] == date(2026, 11, 20)


def test_a_day_that_was_moved_meanwhile_is_not_moved_unseen(app: Flask, ivan: Visitor, review: str) -> None:
    path = f"/reviews/{review}"
    one, other = (form_to(ivan, path, "/day") for _ in range(2))
    ivan.post(f"{path}/day", one | {"due_on": "2026-11-20"})
    answered = ivan.post(f"{path}/day", other | {"due_on": "2026-12-01"})
    assert "The day was moved since you opened this page" in answered.text
    assert "It is set for 20 November 2026" in answered.text
    assert 'value="2026-12-01"' in answered.text
    assert kept(app, review)["due_on"] == date(2026, 11, 20)


def test_a_day_after_the_last_by_the_regulations_is_said(app: Flask, ivan: Visitor, review: str) -> None:
    path = f"/reviews/{review}"
    ivan.post(f"{path}/day", form_to(ivan, path, "/day") | {"due_on": "2027-05-20"})
    assert "This is after 11 August 2026" in ivan.get("/reviews").text


# Early ------------------------------------------------------------------------------------------------


def test_asking_for_an_early_review_is_written_down_and_nothing_is_decided(
    app: Flask, people: People, ivan: Visitor, review: str
) -> None:
    path = f"/reviews/{review}"
    due = kept(app, review)["due_on"]
    assert "Write why you ask for it" in ivan.post(f"{path}/early", form_to(ivan, path, "/early")).text
    sent = form_to(ivan, path, "/early") | {"early_why": "She wants to move."}
    ivan.post(f"{path}/early", sent)
    found = kept(app, review)
    assert (found["early_why"], found["early_asked_by"]) == ("She wants to move.", people.ivan.id)
    assert (found["due_on"], found["held_on"]) == (due, None)
    assert "Early review asked for on 18 November 2026" in ivan.get("/reviews").text
    # Twice is once: what was typed the second time is still there.
    again = ivan.post(f"{path}/early", sent | {"early_why": "And again."})
    assert again.status_code == 409
    assert kept(app, review)["early_why"] == "She wants to move."


# Considered -------------------------------------------------------------------------------------------


def hold(ivan: Visitor, review: str, day: str = "2026-11-18", button: str = "considered") -> Any:
    """Ivan says on which day the review was held, with this pack or without."""
    path = f"/reviews/{review}"
    sent = form_to(ivan, path, "/held")
    for name in ("considered", "held"):
        sent.pop(name, None)
    return ivan.post(f"{path}/held", sent | {"held_on": day, button: "1"})


def test_what_was_considered_stays_and_what_comes_later_stands_beside_it(
    app: Flask, people: People, ivan: Visitor, review: str
) -> None:
    with keeping(app):
        a_finished_talk(people, {"ready": "yes", "would_help": "My own key"}, held_at=NOW - 9 * DAY)
    assert hold(ivan, review).status_code == 302
    seen = pack_kept(app, review)
    with keeping(app):
        a_finished_talk(people, {"ready": "yes", "would_help": "To stay at my school"}, held_at=NOW)
    main = page_of(ivan.get(f"/reviews/{review}")).find("main")[0].text
    assert pack_kept(app, review) == seen
    order = ("Since then", "To stay at my school", "What Robin Achebe wants")
    assert sorted(order, key=main.index) == list(order)
    assert main.index("What Robin Achebe wants") < main.rindex("My own key")


def test_the_next_review_is_set_down_by_the_rule(
    app: Flask, people: People, ivan: Visitor, review: str
) -> None:
    hold(ivan, review)
    with app.app_context():
        waiting = db.session.query(Review).filter_by(child_id=people.robin.id, held_on=None).one()
        assert waiting.due_on == date(2027, 5, 18)


def test_what_was_kept_is_never_kept_anew(app: Flask, people: People, ivan: Visitor, review: str) -> None:
    sent = form_to(ivan, f"/reviews/{review}", "/held") | {"held_on": "2026-11-18"}
    hold(ivan, review)
    seen = kept(app, review)["considered"]
    with keeping(app):
        a_finished_talk(people, {"ready": "yes", "would_help": "A dog"})
    sent.pop("held", None)
    again = ivan.post(f"/reviews/{review}/held", sent | {"considered": "1"})
    assert again.status_code == 302
    assert kept(app, review)["considered"] == seen
    for path in ("day", "early"):
        ivan.post(f"/reviews/{review}/{path}", {"due_on": "2026-12-01", "early_why": "x"})
    assert kept(app, review)["early_why"] == ""


def test_nobody_keeps_what_they_have_not_seen(app: Flask, people: People, ivan: Visitor, review: str) -> None:
    sent = form_to(ivan, f"/reviews/{review}", "/held") | {"held_on": "2026-11-18", "considered": "1"}
    sent.pop("held", None)
    with keeping(app):
        a_finished_talk(people, {"ready": "yes", "would_help": "A dog"})
    answered = ivan.post(f"/reviews/{review}/held", sent)
    assert answered.status_code == 409
    assert "Something has changed since you opened this page" in answered.text
    assert "A dog" in answered.text
    assert kept(app, review)["held_on"] is None


def test_a_review_can_have_been_held_without_the_pack(app: Flask, ivan: Visitor, review: str) -> None:
    hold(ivan, review, "2026-11-02", "held")
    assert (kept(app, review)["held_on"], kept(app, review)["considered"]) == (date(2026, 11, 2), "")
    assert ivan.get(f"/reviews/{review}").status_code == 200


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-11-19", "This day is still to come."),
        ("2026-05-11", "A review was held on this day or later already."),
        ("", "Enter the day on which it was held."),
    ],
)
def test_a_review_was_not_held_on_a_day_that_cannot_be(
    app: Flask, ivan: Visitor, review: str, day: str, sentence: str
) -> None:
    assert sentence in hold(ivan, review, day).text
    assert kept(app, review)["held_on"] is None


# Whose it is ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "status"),
    [("iris", 404), ("maya", 404), ("ines", 404), ("omar", 404), ("cora", 403)],
)
def test_a_pack_is_for_the_child_s_own_reviewing_officer(
    visit: Visit, people: People, review: str, name: str, status: int
) -> None:
    person = visit(getattr(people, name))
    assert person.get(f"/reviews/{review}").status_code == status
    for path in ("", "/day", "/early", "/held"):
        assert person.post(f"/reviews/{review}{path}").status_code == status


def test_a_reviewing_officer_who_is_no_longer_this_child_s_finds_nothing(
    app: Flask, visit: Visit, people: People, review: str
) -> None:
    with keeping(app):
        give_reviews(people.robin.id, people.iris.id, TODAY)
    assert visit(people.ivan).get(f"/reviews/{review}").status_code == 404
    assert visit(people.iris).get(f"/reviews/{review}").status_code == 200
