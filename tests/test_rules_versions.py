"""Two versions of one answer: both are listed, both are read, and nobody's words vanish."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any

import pytest

from interview.access import COUNCIL, EVERYONE, Audience
from interview.answers import Answer, SaidBy, Skip, current, fault_of, heads, missing_to_finish
from interview.asked_for import asked_in
from interview.for_home import for_the_home
from interview.questions import NEWEST_SET, QUESTIONS
from interview.raised import raised
from interview.versions import standing, together, versions_of

WHY = "why"
HOME_TOO = frozenset(EVERYONE)


def said(op_id: str, base_op: str | None = None, question: str = WHY, **facts: Any) -> Answer:
    defaults: dict[str, Any] = {
        "value": f"words of {op_id}",
        "skipped": None,
        "said_by": SaidBy.WORD_FOR_WORD,
        "audience": COUNCIL,
    }
    settles = frozenset(facts.pop("settles", ()))
    return Answer(op_id=op_id, question=question, base_op=base_op, settles=settles, **(defaults | facts))


def listed(answers: Iterable[Answer]) -> list[str]:
    return [answer.op_id for answer in versions_of(answers).get(WHY, ())]


# What is a question, and what settles it ----------------------------------------------------------------


def test_what_was_written_over_the_same_answer_twice_is_a_question() -> None:
    assert listed([said("a"), said("b", "a"), said("c", "a")]) == ["b", "c"]


def test_two_first_answers_are_a_question() -> None:
    assert listed([said("a"), said("b")]) == ["a", "b"]


def test_one_answer_after_another_is_none() -> None:
    assert versions_of([said("a"), said("b", "a"), said("c", "b")]) == {}


def test_the_same_said_twice_for_the_same_readers_is_none() -> None:
    twice = [said("a", value="Because of Sam"), said("b", value="Because of Sam")]
    assert versions_of(twice) == {}
    assert standing(twice) == {WHY: twice[1]}


def test_the_same_words_for_other_readers_are_a_question() -> None:
    assert listed([said("a", value="x", audience=HOME_TOO), said("b", value="x")]) == ["a", "b"]


def test_a_blank_of_a_page_that_knew_no_words_takes_none_away() -> None:
    answers = [said("a"), said("b", value=None)]
    assert versions_of(answers) == {}
    assert current(answers)[WHY].op_id == "a"


def test_a_blank_over_words_is_a_version_beside_more_words() -> None:
    assert listed([said("a"), said("b", "a"), said("c", "a", value=None)]) == ["b", "c"]


def test_what_is_chosen_settles_the_others() -> None:
    answers = [said("a"), said("b"), said("c"), said("d", "a", settles={"b", "c"})]
    assert versions_of(answers) == {}
    assert current(answers)[WHY].op_id == "d"


def test_a_version_that_comes_after_the_choice_is_a_question_again() -> None:
    assert listed([said("a"), said("b"), said("d", "a", settles={"b"}), said("e", "b")]) == ["d", "e"]


def test_two_people_who_settle_it_differently_ask_again() -> None:
    both = [said("a"), said("b"), said("one", "a", settles={"b"}), said("other", "b", settles={"a"})]
    assert listed(both) == ["one", "other"]


def test_two_people_who_settle_it_alike_do_not() -> None:
    one = said("one", "a", value="both", settles={"b"})
    other = said("other", "b", value="both", settles={"a"})
    assert versions_of([said("a"), said("b"), one, other]) == {}


def test_a_choice_counts_in_whatever_order_it_arrives_and_how_often() -> None:
    kept = [said("a"), said("b"), said("c", "a"), said("d", "c", settles={"b"})]
    for order in permutations([*kept, kept[3], kept[1]]):
        assert heads(order)[WHY] == [kept[3]]


def test_answers_that_lead_only_to_each_other_do_not_hide_each_other() -> None:
    assert listed([said("a", "b"), said("b", "a")]) == ["a", "b"]
    assert listed([said("a", settles={"b"}), said("b", settles={"a"}), said("c")]) == ["a", "b", "c"]
    assert versions_of([said("a", "a", settles={"a"})]) == {}


def test_the_answer_of_another_question_settles_nothing() -> None:
    answers = [said("a"), said("b"), said("c", "a", "trigger", settles={"b"})]
    assert listed(answers) == ["a", "b"]


# What others read until it is settled -------------------------------------------------------------------


def home_reads(*answers: Answer) -> list[tuple[str, Any]]:
    return [(one.key, one.value) for one in for_the_home(standing(answers))]


def test_all_versions_count_the_newest_under_its_question() -> None:
    answers = [said("a"), said("b"), said("c", question="trigger")]
    assert standing(answers) == {"a": answers[0], WHY: answers[1], "trigger": answers[2]}


def test_the_home_reads_both_versions_where_both_are_for_it() -> None:
    answers = said("a", audience=HOME_TOO), said("b", audience=HOME_TOO)
    assert sorted(home_reads(*answers)) == [(WHY, "words of a"), (WHY, "words of b")]


@pytest.mark.parametrize(
    "other",
    [
        said("b"),
        said("b", value=None, skipped=Skip.RATHER_NOT_SAY, audience=HOME_TOO),
        said("b", value=None, audience=HOME_TOO),
    ],
)
def test_the_home_reads_neither_where_one_is_not_for_it(other: Answer) -> None:
    assert home_reads(said("a", audience=HOME_TOO), other) == []
    assert home_reads(other, said("a", audience=HOME_TOO)) == []


def test_others_read_each_version_as_the_child_chose_for_it() -> None:
    only = frozenset({Audience.SOCIAL_WORKER})
    counts = standing([said("a", audience=HOME_TOO), said("b", audience=only)])
    assert {answer.op_id: answer.audience for answer in counts.values()} == {"a": COUNCIL, "b": only}


def cards(op_id: str, codes: list[str], home: list[str] | None = None, **more: Any) -> Answer:
    value = {"chosen": codes, "biggest": None} | ({} if home is None else {"home": home}) | more
    return said(op_id, question="reasons", value=value)


def test_the_home_hears_of_a_reason_only_where_every_version_lets_it() -> None:
    one, other = cards("a", ["C1", "A2"], ["C1", "A2"]), cards("b", ["C1", "A2"], ["C1"])
    assert [key for key, _ in home_reads(one, other)] == ["C1"]
    assert home_reads(cards("a", ["C1"], ["C1"]), cards("b", ["C1"])) == []


def test_an_allegation_in_either_version_is_raised_with_the_words_of_both() -> None:
    yes, no = said("a", question="adult_hurt", value="yes"), said("b", question="adult_hurt", value="no")
    words = [said(op, question="adult_hurt_words", value=op) for op in ("He hit me", "It was Tom")]
    for order in permutations([yes, no, *words]):
        (told,) = raised(standing(order)).values()
        assert {one.words for one in told} == {"He hit me", "It was Tom"}


def test_a_danger_in_either_version_of_the_cards_is_raised_once() -> None:
    one = cards("a", ["G1"], told={"G1": {"question": "why", "words": "the man with the car"}})
    for order in permutations([one, cards("b", ["C1"])]):
        (told,) = raised(standing(order)).values()
        assert len(told) == 1
        assert "the man with the car" in told[0].words


def test_what_was_asked_for_in_either_version_is_asked_once() -> None:
    answers = [said(op, question="would_help", value=op) for op in ("my own key", "a dog")]
    asked = asked_in(standing(answers), lives_here=True)
    assert sorted(one.words for one in asked) == ["a dog", "my own key"]
    twice = [said(op, question="would_help", value="a dog", audience=who) for op, who in READ_BY]
    assert [one.words for one in asked_in(standing(twice), lives_here=True)] == ["a dog"]


READ_BY = (("a", COUNCIL), ("b", frozenset({Audience.SOCIAL_WORKER})))


def test_an_answer_in_either_version_is_enough_to_finish() -> None:
    keys = {one.key for one in missing_to_finish({}, NEWEST_SET)}
    needed = next(key for key in keys if QUESTIONS[key].kind == "words")
    kept = standing([said("a", question=needed), said("b", question=needed, value=None, skipped=Skip.LATER)])
    assert needed not in {one.key for one in missing_to_finish(kept, NEWEST_SET)}


# Both together ------------------------------------------------------------------------------------------


def test_words_of_two_versions_stand_in_order_as_one_text() -> None:
    both = together(QUESTIONS[WHY], [said("a", value="It was loud."), said("b", value="I was scared.\n")])
    assert both is not None
    assert both.value == "It was loud.\n\nI was scared."


def test_words_that_stand_whole_in_the_other_version_stand_once() -> None:
    both = together(QUESTIONS[WHY], [said("a", value="It was loud"), said("b", value="It was loud. So loud")])
    assert both is not None
    assert both.value == "It was loud. So loud"


def test_both_are_said_by_whom_is_further_from_the_childs_hand_and_read_by_whom_both_are_for() -> None:
    one = said("a", said_by=SaidBy.CHILD_TYPED, audience=HOME_TOO)
    other = said("b", said_by=SaidBy.PARAPHRASE, audience=COUNCIL)
    both = together(QUESTIONS[WHY], [one, other])
    assert both is not None
    assert (both.said_by, both.audience) == (SaidBy.PARAPHRASE, COUNCIL)


def test_cards_of_two_versions_are_all_chosen_with_their_words() -> None:
    one = cards("a", ["C1", "G1"], ["C1"], told={"C1": {"question": "why", "words": "far away"}})
    other = cards("b", ["A2", "C1"], [], told={"C1": {"question": "why", "words": "my nan"}})
    both = together(QUESTIONS["reasons"], [one, other])
    assert both is not None
    assert both.value["chosen"] == ["C1", "G1", "A2"]
    assert both.value["told"]["C1"] == {"question": "why", "words": "far away\nmy nan"}
    assert both.value["home"] == []
    assert fault_of("reasons", NEWEST_SET, both.value, None) is None


def test_the_biggest_reason_stays_where_the_versions_agree() -> None:
    same = [cards("a", ["C1"], biggest="C1"), cards("b", ["C1", "A2"], biggest=None)]
    other = [cards("a", ["C1"], biggest="C1"), cards("b", ["A2"], biggest="A2")]
    for versions, biggest in ((same, "C1"), (other, None)):
        both = together(QUESTIONS["reasons"], versions)
        assert both is not None
        assert both.value["biggest"] == biggest


def test_one_choice_of_two_cannot_be_both() -> None:
    versions = [said(op, question="adult_hurt", value=op) for op in ("yes", "no")]
    assert together(QUESTIONS["adult_hurt"], versions) is None


# 1,000 random schedules ---------------------------------------------------------------------------------


@dataclass
class Device:
    """A tablet or a tab: what it knows, and what it wrote and has not handed in."""

    knows: set[str] = field(default_factory=set)
    shows: str | None = None
    outbox: list[Answer] = field(default_factory=list)


@dataclass
class Server:
    kept: list[Answer] = field(default_factory=list)

    def deliver(self, answers: Iterable[Answer]) -> None:
        known = {answer.op_id for answer in self.kept}
        for answer in answers:
            if answer.op_id not in known:
                self.kept.append(answer)
                known.add(answer.op_id)


def write(device: Device, count: int, past: dict[str, frozenset[str]], chance: random.Random) -> None:
    over = {device.shows} if device.shows else set[str]()
    answer = said(f"op{count}", device.shows, value=chance.choice([f"words {count}", f"more {count}"]))
    past[answer.op_id] = frozenset(over).union(*(past[one] for one in over))
    device.outbox.append(answer)
    device.shows = answer.op_id


def settle(device: Device, server: Server, count: int, past: dict[str, frozenset[str]]) -> None:
    """Somebody looks at the versions, and chooses the first."""
    versions = versions_of(server.kept).get(WHY, ())
    if versions:
        others = {answer.op_id for answer in versions[1:]}
        chosen = said(f"op{count}", versions[0].op_id, value=f"settled {count}", settles=others)
        both = {answer.op_id for answer in versions}
        past[chosen.op_id] = frozenset(both).union(*(past[one] for one in both))
        device.outbox.append(chosen)


def look(device: Device, server: Server) -> None:
    if not device.outbox and server.kept:
        device.shows = current(server.kept)[WHY].op_id


def one_schedule(chance: random.Random) -> tuple[Server, dict[str, frozenset[str]]]:
    """Two devices write, look, settle and hand in: 1 to 10 times, late, and in any order."""
    server, past = Server(), dict[str, frozenset[str]]()
    devices, on_the_way = (Device(), Device()), list[Answer]()
    for count in range(chance.randint(4, 14)):
        device = chance.choice(devices)
        step = chance.random()
        if step < 0.5:
            write(device, count, past, chance)
        elif step < 0.6:
            settle(device, server, count, past)
        elif step < 0.75:
            look(device, server)
        else:
            on_the_way += [one for one in device.outbox for _ in range(chance.randint(1, 10))]
            device.outbox = []
            chance.shuffle(on_the_way)
            arrived = chance.randint(0, len(on_the_way))
            server.deliver(on_the_way[:arrived])
            on_the_way = on_the_way[arrived:]
    rest = [*on_the_way, *(one for device in devices for one in device.outbox)]
    chance.shuffle(rest)
    server.deliver(rest)
    return server, past


def never_seen_by_another(kept: Sequence[Answer], past: dict[str, frozenset[str]]) -> set[str]:
    """The answers that nobody wrote over and nobody settled: what must be there for a reader."""
    return {one.op_id for one in kept if not any(one.op_id in past[other.op_id] for other in kept)}


def test_in_a_thousand_random_schedules_every_conflict_is_listed_and_no_words_vanish() -> None:
    conflicts = 0
    for seed in range(1000):
        server, past = one_schedule(random.Random(seed))
        if not server.kept:
            continue
        wanted = never_seen_by_another(server.kept, past)
        shown = {answer.op_id for answer in standing(server.kept).values()}
        assert shown == wanted, f"schedule {seed}"
        assert set(listed(server.kept)) == (wanted if len(wanted) > 1 else set()), f"schedule {seed}"
        conflicts += len(wanted) > 1
    assert conflicts > 200
