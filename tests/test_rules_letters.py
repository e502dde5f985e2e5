"""What a letter to a child says, what stands on paper, and why: rules without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from interview.access import COUNCIL, EVERYONE
from interview.account import Translation
from interview.letter_words import (
    WHERE,
    WHY,
    WORDINGS,
    Came,
    How,
    Where,
    Why,
    wording_for,
)
from interview.letters import (
    LINES_AROUND,
    LINES_ON_PAPER,
    Body,
    Item,
    Matter,
    answered_first,
    came_of,
    first_name,
    first_place,
    first_places,
    fits_on_a_page,
    lines_on_paper,
    matter_of,
    places,
    read_again,
    told_in,
    whys,
    written_down,
)
from interview.naming import parts_of
from interview.reasons import REASONS, ForHome
from interview.requests import Asking, Owner, State, Step, Stepped
from interview.strangers import answer_tells, tells_a_stranger

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
TODAY = NOW.date()
NAMES = parts_of(["Robin Achebe", "Maya Lindqvist", "Larch House", "May Ellis"])


def matter(**facts: Any) -> Matter:
    """A child wants a key, said it for the home, and has one since."""
    plain: dict[str, Any] = {
        "key": "a-request",
        "words": "I want a key.",
        "language": "en",
        "question": "would_help",
        "reason": None,
        "whom": Owner.HOME,
        "for_home": True,
        "state": State.DONE,
        "asked_at": NOW - timedelta(days=9),
        "answer": "You have one.",
        "answered_at": NOW - timedelta(days=4),
    }
    return Matter(**(plain | facts))


def asking(*steps: Stepped, state: State, **facts: Any) -> Asking:
    """The same as it is kept: with its steps."""
    more: dict[str, Any] = {"for_home": True, "audience": EVERYONE} | facts
    return Asking(
        "a-request", "a-talk", "a-child", "I want a key.", "en", "would_help", None, Owner.HOME,
        NOW - timedelta(days=9), None, state, steps, **more,
    )  # fmt: skip


def step(kind: Step, days: int, words: str = "", on_day: date | None = None) -> Stepped:
    return Stepped(kind, NOW - timedelta(days=days), "Maya", Owner.HOME, on_day=on_day, words=words)


# What there is to tell ------------------------------------------------------------------------------


def test_the_newest_answer_is_what_came_of_it() -> None:
    steps = (step(Step.WILL_DO, 6, "Soon.", TODAY), step(Step.DONE, 2, "It is here.", TODAY))
    found = matter_of(asking(*steps, state=State.DONE))
    assert (found.answer, found.on_day, found.answered_at) == ("It is here.", TODAY, steps[1].at)


@pytest.mark.parametrize("kind", [Step.PASSED_ON, Step.NOT_TRUE])
def test_what_went_on_or_was_not_true_has_no_answer(kind: Step) -> None:
    found = matter_of(asking(step(Step.DONE, 6, "Done."), step(kind, 2, "No."), state=State.OPEN))
    assert (found.answer, found.answered_at) == ("", None)
    assert not found.is_to_tell


def test_the_childs_words_in_english_come_along() -> None:
    translated = Translation("en", "I want a key.", "A. Translator", NOW)
    assert matter_of(asking(state=State.OPEN, translation=translated)).in_english == "I want a key."


def test_an_answer_is_told_once_and_a_newer_one_again() -> None:
    assert matter().is_to_tell
    assert not matter(told_at=NOW - timedelta(days=3)).is_to_tell
    assert matter(told_at=NOW - timedelta(days=5)).is_to_tell
    assert not matter(state=State.OPEN, answered_at=None).is_to_tell


@pytest.mark.parametrize(
    ("state", "on_day", "came"),
    [
        (State.DONE, TODAY, Came.DONE),
        (State.NOT_POSSIBLE, None, Came.NOT_POSSIBLE),
        (State.WILL_DO, None, Came.WILL_DO),
        (State.WILL_DO, TODAY, Came.WILL_DO),
        (State.WILL_DO, TODAY - timedelta(days=1), Came.DAY_OVER),
        (State.OPEN, None, Came.NOBODY_YET),
    ],
)
def test_a_promise_whose_day_is_over_is_not_told_as_a_promise(
    state: State, on_day: date | None, came: Came
) -> None:
    assert came_of(matter(state=state, on_day=on_day), TODAY) is came


# What stands on paper -------------------------------------------------------------------------------


def test_what_the_child_said_for_the_home_may_lie_in_the_home() -> None:
    assert first_place(matter(), NAMES) is Where.PAPER
    assert whys(matter(), NAMES) == ()


def test_what_was_kept_from_the_home_is_told_and_never_written() -> None:
    kept = matter(for_home=False)
    assert first_place(kept, NAMES) is Where.TOLD
    assert places(kept, NAMES) == (Where.TOLD, Where.OUT)
    assert whys(kept, NAMES) == (Why.NOT_FOR_HOME,)


def test_what_followed_from_the_childs_no_is_never_written_where_the_home_was_not_to_hear_it() -> None:
    steps = (step(Step.DONE, 6, "Done."), step(Step.NOT_TRUE, 4, "No."), step(Step.DONE, 1, "Now it is."))
    found = matter_of(asking(*steps, state=State.DONE))
    assert whys(found, NAMES) == (Why.DISPUTED,)
    assert Where.PAPER not in places(found, NAMES)
    open_to_all = (steps[0], replace(steps[1], for_home=True), steps[2])
    assert whys(matter_of(asking(*open_to_all, state=State.DONE)), NAMES) == ()


@pytest.mark.parametrize(
    "code", [code for code, one in REASONS.items() if one.danger or one.for_home is ForHome.NEVER]
)
def test_what_came_from_a_danger_or_an_allegation_is_never_written(code: str) -> None:
    assert Where.PAPER not in places(matter(reason=code), NAMES)


@pytest.mark.parametrize("question", ["where_went", "adult_hurt_words"])
def test_what_was_said_of_whereabouts_or_an_allegation_is_never_written(question: str) -> None:
    assert whys(matter(question=question), NAMES) == (Why.DANGER,)


@pytest.mark.parametrize(
    "words",
    [
        "Maya should knock",
        "i want maya to knock",
        "I want to leave Larch",
        "Do not tell the police.",
        "When I was missing",
        "Ring me on 07700 900123",
        "Dw i ddim isio'r heddlu",
        "لا أريد الشرطة",
    ],
)
def test_words_that_tell_who_where_or_what_it_is_about_are_never_written(words: str) -> None:
    assert tells_a_stranger(words, NAMES)
    assert first_place(matter(words=words), NAMES) is Where.TOLD


@pytest.mark.parametrize(
    "words",
    ["A key to the house", "You may have it.", "I miss my nan", "Staff will knock before they come in."],
)
def test_words_of_every_day_tell_nothing(words: str) -> None:
    assert not tells_a_stranger(words.replace("may", "can"), NAMES)
    assert not answer_tells(words, NAMES)


def test_an_adult_who_is_named_is_found_in_an_answer() -> None:
    assert answer_tells("Ask May for it.", NAMES)
    assert answer_tells("Robin can have it.", NAMES)


def test_beside_a_danger_the_writer_decides_what_goes_on_paper() -> None:
    beside = matter(words="Move me where he doesn't know.", beside_danger=True)
    assert first_place(beside, NAMES) is Where.TOLD
    assert whys(beside, NAMES) == (Why.BESIDE_DANGER,)
    assert places(beside, NAMES) == tuple(Where)


def test_what_was_needed_on_that_day_is_over_unless_somebody_has_answered() -> None:
    needed = matter(question="need_now", state=State.OPEN, answer="", answered_at=None)
    assert first_place(needed, NAMES) is Where.OUT
    assert whys(needed, NAMES) == (Why.OVER,)
    assert first_place(matter(question="need_now"), NAMES) is Where.PAPER


def test_what_is_answered_comes_first_and_the_newest_of_it() -> None:
    times = {"old": 9, "new": 2}
    asked = [matter(key=key, asked_at=NOW - timedelta(days=days)) for key, days in times.items()]
    waiting = matter(key="waits", state=State.OPEN, asked_at=NOW)
    assert [one.key for one in answered_first([waiting, *asked])] == ["new", "old", "waits"]


def test_what_is_no_news_stays_out_until_the_writer_wants_it() -> None:
    told = matter(told_at=NOW)
    assert first_place(told, NAMES) is Where.OUT
    assert Where.PAPER in places(told, NAMES)
    assert whys(told, NAMES) == (Why.NO_NEWS,)


def test_what_does_not_fit_on_paper_is_told_and_what_is_answered_comes_first() -> None:
    waiting = [matter(key=f"{n}", state=State.OPEN, answer="", answered_at=None) for n in range(9)]
    first = first_places([*waiting, matter(key="answered")], NAMES)
    assert first["answered"] is Where.PAPER
    assert set(first.values()) == {Where.PAPER, Where.TOLD}
    on_paper = sum(where is Where.PAPER for where in first.values())
    assert on_paper * (LINES_AROUND + 1) <= LINES_ON_PAPER


def test_everything_has_its_words() -> None:
    assert set(WHERE) == set(Where)
    assert set(WHY) == set(Why)
    for wording in WORDINGS.values():
        assert set(wording.came) == set(Came)
        assert all("%(day)s" in words for words in wording.by_day.values())


# The letter itself ----------------------------------------------------------------------------------

ITEMS = (
    Item("one", "A key", Came.DONE, "You have one.", TODAY, answered_at=NOW),
    Item("two", "No shouting", Came.NOT_POSSIBLE, "Why", where=Where.TOLD, whom=Owner.SOCIAL_WORKER),
    Item("three", "مفتاح", Came.NOBODY_YET, original="A key"),
)
BODY = Body(wording_for(9).version, ITEMS, "Robin", "0300 123", "Hana", (("childline", "0800 1111"),))


@pytest.mark.parametrize("version", list(WORDINGS))
def test_a_letter_begins_with_what_came_only_where_something_did(version: str) -> None:
    begins, waits = WORDINGS[version].begins, WORDINGS[version].waits
    assert replace(BODY, version=version).begins == begins
    assert replace(BODY, version=version, items=ITEMS[2:]).begins == waits
    # A letter without anything in it is about nothing that waits.
    assert replace(BODY, version=version, items=()).begins == begins


def test_a_letter_is_read_again_as_it_was_written() -> None:
    assert read_again(written_down(BODY)) == BODY


def test_a_letter_keeps_all_of_our_sentences_that_it_can_hold() -> None:
    kept = replace(BODY, sentences={words: words.upper() for words in BODY.ours})
    assert read_again(written_down(kept)) == kept
    assert {*BODY.wording.came.values(), BODY.wording.hello, "Call, free"} <= set(BODY.ours)


def test_paper_holds_what_stands_on_paper() -> None:
    assert [item.request for item in BODY.on_paper.items] == ["one", "three"]


def test_somebody_who_does_not_reach_a_request_reads_a_letter_without_it() -> None:
    assert BODY.read_by(["two", "four"]) == replace(BODY, items=(ITEMS[1],))


@pytest.mark.parametrize(
    ("how", "rest", "told"),
    [
        (How.PAPER, False, ["one", "three"]),
        (How.PAPER, True, ["one", "two", "three"]),
        (How.PHONE, False, ["one", "two", "three"]),
        (How.SHOWN, False, ["one", "two", "three"]),
    ],
)
def test_paper_alone_tells_only_what_stands_on_it(how: How, rest: bool, told: list[str]) -> None:
    assert [item.request for item in told_in(ITEMS, how, rest)] == told


def test_only_paper_takes_room() -> None:
    assert lines_on_paper(ITEMS[1:2]) == 0
    assert fits_on_a_page(ITEMS)
    assert not fits_on_a_page([replace(ITEMS[0], words="Yes.\n" * LINES_ON_PAPER)])


def test_the_words_are_simple_where_the_age_is_not_known() -> None:
    assert wording_for(None) is wording_for(9)
    assert wording_for(16) is not wording_for(9)


def test_a_first_name_is_the_first_of_the_names() -> None:
    assert [first_name(name) for name in ("Robin Achebe", "Cadi", "")] == ["Robin", "Cadi", ""]


def test_what_is_only_for_the_council_is_for_nobodys_home() -> None:
    assert not matter_of(asking(state=State.OPEN, for_home=False, audience=COUNCIL)).for_home
