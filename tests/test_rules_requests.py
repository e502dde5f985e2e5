"""The rules of requests: who is asked, what each answer leaves behind, and what the home sees of it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest

from interview.access import COUNCIL, EVERYONE, REMITS, Audience, Role
from interview.account import Given, Record
from interview.addenda import Addition
from interview.answers import Answer, ChosenReason, SaidBy, Skip
from interview.asked_for import ASKED_ABOUT, AskedFor, asked_in, asked_later
from interview.questions import QUESTIONS
from interview.reasons import GROUPS
from interview.requests import (
    ANSWERS,
    FROM_THE_CHILD,
    GUIDES,
    LEAVES,
    NO_WORDS,
    OWNERS,
    STEPS,
    Asking,
    Owner,
    State,
    Step,
    Stepped,
    as_home_sees,
    fault_of_owner,
    faults_of_step,
    may_answer,
    moved,
)
from interview.said_before import is_the_same, said_before
from interview.working_days import working_days_after

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
TODAY = NOW.date()
IN_ENGLAND = partial(working_days_after, nation="england")
FOR_ALL = {"audience": EVERYONE, "for_home": True}


def said(question: str, value: Any, audience: frozenset[Audience] = EVERYONE, **more: Any) -> Answer:
    return Answer(question, question, value, None, SaidBy.WORD_FOR_WORD, audience, **more)


def cards(*codes: str, told: dict[str, str] | None = None, home: tuple[str, ...] = ()) -> Answer:
    ties = {code: {"question": question, "words": ""} for code, question in (told or {}).items()}
    value = {"chosen": list(codes), "biggest": codes[0], "told": ties, "home": list(home)}
    return said("reasons", value)


def asked(*answers: Answer, lives_here: bool = True) -> tuple[AskedFor, ...]:
    return asked_in({one.question: one for one in answers}, lives_here=lives_here)


def asking(**facts: Any) -> Asking:
    """A lock on the door, asked of the home ten days ago."""
    at = datetime(2026, 11, 6, 10, tzinfo=UTC)
    about = Asking("key", "talk", "child", "A lock on my own door", "en", "would_help", None, Owner.HOME, at,
                   date(2026, 11, 20), State.OPEN, **FOR_ALL)  # type: ignore[arg-type]  # fmt: skip
    return replace(about, **facts)


def step(kind: Step, **facts: Any) -> Stepped:
    defaults: dict[str, Any] = {"at": NOW, "by": "Maya", "asked_of": Owner.HOME, "words": "It is on."}
    return Stepped(kind, **(defaults | facts))


# What a talk asks for ------------------------------------------------------------------------------


def test_every_question_that_asks_says_whom() -> None:
    for key, question in QUESTIONS.items():
        assert bool(question.asks) is question.asked, key


def test_the_groups_of_reasons_that_decide_who_is_asked_are_there() -> None:
    assert set(ASKED_ABOUT) <= {group.letter for group in GROUPS}


def test_a_wish_becomes_a_request_in_the_words_in_which_it_was_said() -> None:
    [one] = asked(said("would_help", "قفل على بابي", language="ar"), said("why", "Nobody listens."))
    assert (one.words, one.language, one.question) == ("قفل على بابي", "ar", "would_help")


@pytest.mark.parametrize("value", ["", "   "])
def test_what_was_left_blank_asks_for_nothing(value: str) -> None:
    assert asked(said("would_help", value)) == ()


def test_what_was_skipped_asks_for_nothing() -> None:
    skipped = replace(said("would_help", None), skipped=Skip.RATHER_NOT_SAY)
    assert asked(skipped) == ()


def test_a_drawing_asks_in_the_words_for_it() -> None:
    drawn = {"size": [1000, 750], "strokes": [], "caption": "My own room"}
    [one] = asked(said("help_drawing", drawn))
    assert one.words == "My own room"


WHO: dict[str, tuple[tuple[Answer, ...], Owner]] = {
    "what would help here, for the home": ((said("would_help", "A lock"),), Owner.HOME),
    "what would help here, kept from the home": (
        (said("would_help", "A lock", COUNCIL),),
        Owner.SOCIAL_WORKER,
    ),
    "a rule": ((said("rules_tried", "My phone at night"),), Owner.HOME),
    "somebody to see": ((said("want_to_see", "My sister"),), Owner.SOCIAL_WORKER),
    "help from somebody": ((said("support_wanted", "An advocate"),), Owner.SOCIAL_WORKER),
    "what is needed now": ((said("need_now", "Sleep"),), Owner.HOME),
    "about school": (
        (said("would_help", "Another class"), cards("E2", told={"E2": "would_help"}, home=("E2",))),
        Owner.SCHOOL,
    ),
    "about decisions": (
        (said("would_help", "Ask me first"), cards("C2", told={"C2": "would_help"}, home=("C2",))),
        Owner.REVIEWING_OFFICER,
    ),
    "a wish to move": (
        (said("would_help", "Live near Leeds"), cards("A7", told={"A7": "would_help"}, home=("A7",))),
        Owner.SOCIAL_WORKER,
    ),
    "only the reviewing officer may read it": (
        (said("want_to_see", "My dad", frozenset({Audience.REVIEWING_OFFICER})),),
        Owner.REVIEWING_OFFICER,
    ),
}


@pytest.mark.parametrize("about", WHO)
def test_who_is_asked(about: str) -> None:
    answers, owner = WHO[about]
    assert [one.owner for one in asked(*answers)] == [owner]


def test_what_nobody_may_read_is_asked_of_nobody() -> None:
    assert asked(said("would_help", "A lock", frozenset())) == ()


def test_what_is_needed_now_is_due_on_the_next_working_day() -> None:
    assert [one.within for one in asked(said("need_now", "Sleep"))] == [1]


def test_words_of_a_reason_that_is_not_for_the_home_are_not_asked_of_it() -> None:
    [one] = asked(said("would_help", "Get Jo away from me"), cards("A1", told={"A1": "would_help"}))
    assert one.owner is Owner.SOCIAL_WORKER
    assert Audience.HOME not in one.audience


def test_words_of_an_allegation_go_to_the_social_worker_alone() -> None:
    [one] = asked(said("would_help", "Not him at night"), cards("A5", told={"A5": "would_help"}))
    assert (one.audience, one.owner, one.reason) == (
        frozenset({Audience.SOCIAL_WORKER}),
        Owner.SOCIAL_WORKER,
        "A5",
    )


def test_a_reason_that_fewer_may_know_does_not_stand_beside_the_words() -> None:
    narrow = replace(cards("B2", told={"B2": "would_help"}), audience=frozenset({Audience.SOCIAL_WORKER}))
    [one] = asked(said("would_help", "See my sister", COUNCIL), narrow)
    assert one.reason is None


def test_a_home_in_which_the_child_no_longer_lives_is_asked_for_nothing() -> None:
    [one] = asked(said("would_help", "A lock"), lives_here=False)
    assert one.owner is Owner.SOCIAL_WORKER
    assert Audience.HOME not in one.audience


def test_what_is_asked_for_later_is_a_request_too_and_only_the_childs_is() -> None:
    words = Addition(SaidBy.WORD_FOR_WORD, "My own key", "Rang", chosen=EVERYONE, asks=True)
    one = asked_later(words, lives_here=True)
    assert one is not None
    assert (one.words, one.owner) == ("My own key", Owner.HOME)
    assert asked_later(replace(words, asks=False), lives_here=True) is None
    assert asked_later(replace(words, said_by=SaidBy.CARER), lives_here=True) is None


# What a step leaves behind -------------------------------------------------------------------------

LEFT: dict[Step, tuple[State, bool]] = {
    Step.DONE: (State.DONE, False),
    Step.WILL_DO: (State.WILL_DO, True),
    Step.NOT_POSSIBLE: (State.NOT_POSSIBLE, False),
    Step.PASSED_ON: (State.OPEN, True),
    Step.PUT_RIGHT: (State.OPEN, True),
    Step.DAY_SET: (State.OPEN, True),
    Step.TOLD: (State.OPEN, True),
    Step.NOT_TRUE: (State.OPEN, True),
    Step.HELPED: (State.OPEN, True),
}


@pytest.mark.parametrize("kind", Step)
def test_where_a_step_leaves_it(kind: Step) -> None:
    then = moved(asking(), step(kind, on_day=date(2026, 12, 1)), TODAY, IN_ENGLAND)
    assert (then.state, then.waits) == LEFT[kind]
    assert [one.kind for one in then.steps] == [kind]


def test_tables_have_a_row_for_every_member() -> None:
    assert set(STEPS) == set(Step) == {*ANSWERS, *GUIDES, *FROM_THE_CHILD}
    assert set(NO_WORDS) == set(ANSWERS)
    assert set(OWNERS) == set(Owner)
    assert set(LEAVES.values()) == set(State)


def test_an_answer_that_came_later_stands_for_it_and_the_earlier_one_stays() -> None:
    first = moved(asking(), step(Step.NOT_POSSIBLE, words="Too dear."), TODAY, IN_ENGLAND)
    then = moved(first, step(Step.DONE), TODAY, IN_ENGLAND)
    assert then.newest is not None
    assert then.newest.words == "It is on."
    assert [one.words for one in then.steps] == ["Too dear.", "It is on."]


def test_what_will_be_done_is_late_when_its_day_is_over() -> None:
    then = moved(asking(), step(Step.WILL_DO, on_day=date(2026, 12, 1)), TODAY, IN_ENGLAND)
    assert not then.is_overdue(date(2026, 12, 1))
    assert then.is_overdue(date(2026, 12, 2))


def test_what_is_done_or_not_possible_is_never_late() -> None:
    for kind in (Step.DONE, Step.NOT_POSSIBLE):
        assert not moved(asking(), step(kind), TODAY, IN_ENGLAND).is_overdue(date(2030, 1, 1))


def test_whoever_is_asked_anew_has_a_working_week() -> None:
    late = asking(due_on=date(2026, 11, 2))
    then = moved(late, step(Step.PASSED_ON, passed_to=Owner.SOCIAL_WORKER), TODAY, IN_ENGLAND)
    assert (then.asked_of, then.due_on) == (Owner.SOCIAL_WORKER, date(2026, 11, 25))


def test_passing_on_takes_no_day_away() -> None:
    then = moved(
        asking(due_on=date(2026, 12, 4)), step(Step.PASSED_ON, passed_to=Owner.SCHOOL), TODAY, IN_ENGLAND
    )
    assert then.due_on == date(2026, 12, 4)


def test_what_the_child_says_is_not_so_is_open_again_and_not_with_the_home() -> None:
    done = moved(asking(), step(Step.DONE), TODAY, IN_ENGLAND)
    then = moved(done, step(Step.NOT_TRUE, words="There is no lock."), TODAY, IN_ENGLAND)
    assert (then.state, then.asked_of) == (State.OPEN, Owner.SOCIAL_WORKER)
    shared = moved(done, step(Step.NOT_TRUE, words="There is no lock.", for_home=True), TODAY, IN_ENGLAND)
    assert (shared.state, shared.asked_of) == (State.OPEN, Owner.HOME)


def test_the_home_does_not_hear_of_it_where_nobody_else_may_read_the_request() -> None:
    done = moved(asking(audience=frozenset({Audience.HOME})), step(Step.DONE), TODAY, IN_ENGLAND)
    then = moved(done, step(Step.NOT_TRUE, words="There is no lock."), TODAY, IN_ENGLAND)
    assert (then.state, then.asked_of) == (State.OPEN, Owner.SERVICE)


def test_that_it_is_not_so_is_no_news_while_it_waits_to_be_done() -> None:
    promised = moved(asking(), step(Step.WILL_DO, on_day=date(2026, 12, 1)), TODAY, IN_ENGLAND)
    then = moved(promised, step(Step.NOT_TRUE), TODAY, IN_ENGLAND)
    assert (then.state, then.asked_of, then.due_on) == (State.WILL_DO, Owner.HOME, date(2026, 12, 1))


def test_what_the_home_says_again_does_not_settle_what_others_look_into() -> None:
    done = moved(asking(), step(Step.DONE), TODAY, IN_ENGLAND)
    open_again = moved(done, step(Step.NOT_TRUE), TODAY, IN_ENGLAND)
    then = moved(open_again, step(Step.DONE, words="It is there!"), TODAY, IN_ENGLAND)
    assert (then.state, then.asked_of) == (State.OPEN, Owner.SOCIAL_WORKER)
    assert then.steps[-1].words == "It is there!"


# What is wrong -------------------------------------------------------------------------------------

WRONG: dict[str, tuple[Stepped, str]] = {
    "done tomorrow": (step(Step.DONE, on_day=date(2026, 11, 19)), "on_day"),
    "done before it was asked": (step(Step.DONE, on_day=date(2026, 11, 5)), "on_day"),
    "done, but when": (step(Step.DONE), "on_day"),
    "will do yesterday": (step(Step.WILL_DO, on_day=date(2026, 11, 17)), "on_day"),
    "will do, but when": (step(Step.WILL_DO), "on_day"),
    "not possible, but why": (step(Step.NOT_POSSIBLE, words=" "), "words"),
    "passed on to nobody": (step(Step.PASSED_ON), "passed_to"),
    "passed on to whoever has it": (step(Step.PASSED_ON, passed_to=Owner.HOME), "passed_to"),
    "a day without a reason": (step(Step.DAY_SET, on_day=date(2026, 12, 1), words=""), "words"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_is_said_in_its_place(what: str) -> None:
    wrong, field = WRONG[what]
    faults = faults_of_step(asking(), wrong, TODAY)
    assert set(faults) == {field}
    assert faults[field].endswith(".")


RIGHT = (
    step(Step.DONE, on_day=TODAY),
    step(Step.DONE, on_day=date(2026, 11, 6)),
    step(Step.WILL_DO, on_day=TODAY),
    step(Step.NOT_POSSIBLE),
    step(Step.PASSED_ON, passed_to=Owner.SCHOOL),
    step(Step.DAY_SET, on_day=date(2026, 12, 1)),
)


@pytest.mark.parametrize("right", RIGHT, ids=lambda one: one.kind)
def test_what_is_possible_is_not_refused(right: Stepped) -> None:
    assert faults_of_step(asking(), right, TODAY) == {}


def test_what_is_not_for_the_home_never_becomes_the_homes() -> None:
    private = asking(asked_of=Owner.SOCIAL_WORKER, audience=COUNCIL, for_home=False)
    assert "home may not read" in (fault_of_owner(private, Owner.HOME) or "")
    only_social_worker = replace(private, audience=frozenset({Audience.SOCIAL_WORKER}))
    assert "reviewing officer" in (fault_of_owner(only_social_worker, Owner.REVIEWING_OFFICER) or "")
    assert fault_of_owner(private, Owner.SCHOOL) is None


def test_who_answers_for_whom() -> None:
    answering = {
        owner: [role for role in REMITS if may_answer(role, asking(asked_of=owner))] for owner in Owner
    }
    assert answering[Owner.HOME] == [Role.HOME_MANAGER]
    assert answering[Owner.REVIEWING_OFFICER] == [Role.REVIEWING_OFFICER]
    assert all(
        answering[owner] == [Role.COORDINATOR] for owner in set(Owner) - {Owner.HOME, Owner.REVIEWING_OFFICER}
    )


# What the home sees --------------------------------------------------------------------------------


def test_the_home_sees_nothing_of_what_was_not_for_it_or_never_asked_of_it() -> None:
    assert as_home_sees(asking(for_home=False)) is None
    assert as_home_sees(asking(asked_of=Owner.SCHOOL)) is None
    done = moved(asking(asked_of=Owner.SCHOOL), step(Step.DONE, asked_of=Owner.SCHOOL), TODAY, IN_ENGLAND)
    assert as_home_sees(done) is None


def test_what_others_do_after_the_home_changes_nothing_for_the_home() -> None:
    passed = moved(asking(), step(Step.PASSED_ON, passed_to=Owner.SOCIAL_WORKER), TODAY, IN_ENGLAND)
    seen = as_home_sees(passed)
    for kind in (
        Step.DONE,
        Step.NOT_POSSIBLE,
        Step.WILL_DO,
        Step.DAY_SET,
        Step.TOLD,
        Step.HELPED,
        Step.NOT_TRUE,
    ):
        passed = moved(
            passed, step(kind, asked_of=Owner.SOCIAL_WORKER, on_day=date(2026, 12, 9)), TODAY, IN_ENGLAND
        )
        assert as_home_sees(passed) == seen


def test_that_the_child_says_it_is_not_so_is_kept_from_the_home() -> None:
    done = moved(asking(), step(Step.DONE), TODAY, IN_ENGLAND)
    told = moved(done, step(Step.TOLD), TODAY, IN_ENGLAND)
    then = as_home_sees(moved(told, step(Step.NOT_TRUE, words="There is none."), TODAY, IN_ENGLAND))
    assert then is not None
    assert [one.kind for one in then.steps] == [Step.DONE]
    assert then.state is State.DONE
    assert then.told_child_at is None


# Said before ---------------------------------------------------------------------------------------


def given(talk: str, code: str, day: int, *, biggest: bool = False) -> Given:
    return Given(talk, datetime(2026, 9, day, tzinfo=UTC), ChosenReason(code, biggest, COUNCIL))


def test_a_reason_in_two_talks_with_nothing_done_is_named() -> None:
    record = Record(given=(given("one", "B2", 1), given("two", "B2", 20), given("two", "A9", 20)))
    [one] = said_before(record, (), NOW)
    assert (one.key, [at.day for at in one.dates]) == ("B2", [1, 20])


def test_a_reason_that_something_was_done_about_is_not() -> None:
    record = Record(given=(given("one", "B2", 1), given("two", "B2", 20)))
    done = asking(talk="one", reason="B2", state=State.DONE)
    assert said_before(record, (done,), NOW) == ()
    waits = replace(done, state=State.WILL_DO, due_on=date(2026, 10, 1))
    [one] = said_before(record, (waits,), NOW)
    assert one.requests == (waits,)
    assert one.late


def test_what_would_help_is_about_the_biggest_reason_of_its_talk() -> None:
    record = Record(
        given=(
            given("one", "A6", 1, biggest=True),
            given("two", "A6", 20),
            given("one", "B2", 1),
            given("two", "B2", 20),
        )
    )
    done = asking(talk="one", state=State.DONE)
    assert [one.key for one in said_before(record, (done,), NOW)] == ["B2"]


def test_neither_fun_nor_being_late_nor_not_saying_asks_anything_of_anybody() -> None:
    codes = ("I1", "J1", "K1", "K2")
    record = Record(
        given=tuple(given(talk, code, day) for code in codes for talk, day in (("a", 1), ("b", 9)))
    )
    assert said_before(record, (), NOW) == ()


def test_the_same_request_in_two_talks_is_named_and_another_is_not() -> None:
    first = asking(key="1", talk="one", words="I want a lock on my bedroom door")
    again = asking(key="2", talk="two", words="A lock. On my bedroom door.", asked_at=NOW)
    other = asking(key="3", talk="three", words="A later bedtime at the weekend")
    [one] = said_before(Record(), (other, again, first), NOW)
    assert [request.key for request in one.requests] == ["1", "2"]
    assert said_before(Record(), (first, replace(again, state=State.DONE)), NOW) == ()


def test_the_same_is_the_same_in_any_writing() -> None:
    one = asking(words="أريد أن أتصل بأمي كل يوم")
    assert is_the_same(one, asking(words="أتصل بأمي"))
    assert not is_the_same(one, asking(words="دراجة جديدة"))
