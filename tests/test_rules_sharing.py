"""What sharing asks for: a basis that can hold, and whether the child was told. No page and no database."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from interview.access import COUNCIL, EVERYONE, Audience, Part, Role, reads
from interview.account import Given, Record, Told
from interview.answers import Answer, ChosenReason, SaidBy
from interview.pack import Pack
from interview.police import faults_of_sheet, items
from interview.published import plain, schema_of
from interview.questions import NEWEST_SET
from interview.sharing import (
    BASES,
    WITH,
    Share,
    Shared,
    faults_of_share,
    parts_for,
    parts_of,
    readable_shared,
)
from interview.summary import Summary, summary
from tests.schemas import written

AT = datetime(2026, 11, 3, 14, tzinfo=UTC)
SHARE = Share("pdf", "summary", "health", "Dr Vane, CAMHS", "To plan her care", "public-task")


def an_answer(question: str, value: Any, audience: frozenset[Audience] = COUNCIL, **more: Any) -> Answer:
    """An answer as it was kept."""
    return Answer(
        **{
            "question": question,
            "question_set": NEWEST_SET,
            "value": value,
            "skipped": None,
            "said_by": SaidBy.WORD_FOR_WORD,
            "audience": audience,
            "op_id": f"op-{question}",
            "base_op": None,
            "language": "en",
        }
        | more
    )


def kept(*answers: Answer) -> dict[str, Answer]:
    return {answer.question: answer for answer in answers}


# What has to be said ---------------------------------------------------------------


def test_a_share_with_a_basis_and_a_child_who_was_told_is_right() -> None:
    assert faults_of_share(SHARE) == {}


def test_whoever_did_not_tell_the_child_says_why() -> None:
    silent = replace(SHARE, child_told=False)
    assert set(faults_of_share(silent)) == {"not_told_why"}
    assert faults_of_share(replace(silent, not_told_why="It would put her in danger")) == {}


def test_a_child_who_was_not_told_has_not_agreed() -> None:
    share = replace(SHARE, basis="agreement", child_told=False, not_told_why="She is away")
    assert set(faults_of_share(share)) == {"basis"}


@pytest.mark.parametrize("with_role", WITH)
def test_their_own_record_is_only_for_the_child(with_role: str) -> None:
    faults = faults_of_share(replace(SHARE, basis="own-record", with_role=with_role))
    assert bool(faults) == (with_role not in {"child", "advocate", "guardian"})


def test_the_home_is_not_among_those_with_whom_a_childs_summary_is_shared() -> None:
    assert "home" not in WITH


def test_every_basis_says_where_it_stands() -> None:
    assert all(basis.source for basis in BASES.values())


# What goes when a talk is finished ---------------------------------------------------------------


def test_the_home_gets_only_what_the_child_lets_it_have() -> None:
    said = kept(an_answer("why", "Bored", EVERYONE), an_answer("would_help", "A lock", COUNCIL))
    assert parts_for(said, Role.HOME_MANAGER) == (Part.WORDS,)
    assert parts_for(kept(an_answer("why", "Bored")), Role.HOME_MANAGER) == ()


def test_a_reason_goes_to_those_who_hear_of_it() -> None:
    card = an_answer("reasons", {"chosen": ["A9", "A5"], "home": ["A9"]})
    assert Part.REASONS in parts_for(kept(card), Role.REVIEWING_OFFICER)
    assert Part.ALLEGATION not in parts_for(kept(card), Role.REVIEWING_OFFICER)
    assert Part.ALLEGATION in parts_for(kept(card), Role.COORDINATOR)
    assert parts_for(kept(card), Role.HOME_MANAGER) == (Part.REASONS,)


def test_that_nobody_was_hurt_is_no_allegation() -> None:
    assert parts_for(kept(an_answer("adult_hurt", "no")), Role.COORDINATOR) == ()
    assert parts_for(kept(an_answer("adult_hurt", "yes")), Role.COORDINATOR) == (Part.ALLEGATION,)


def a_summary(*told: Answer) -> Summary:
    """The coordinator's summary of one talk."""
    return summary(Record(told=tuple(Told("t", AT, one) for one in told)), Role.COORDINATOR)


def test_a_summary_says_of_which_parts_it_holds_something() -> None:
    assert parts_of(a_summary(an_answer("why", "Bored"))) == (Part.WORDS,)
    assert parts_of(a_summary(an_answer("adult_hurt", "no"))) == (Part.WORDS,)
    assert parts_of(a_summary(an_answer("adult_hurt", "yes"))) == (Part.ALLEGATION,)


# The list ---------------------------------------------------------------


def a_line(*parts: Part, **more: Any) -> Shared:
    """One line of the list."""
    line = Shared(
        AT, "finish", "talk", parts, "Ines", "social-worker", "", ("finished",), "public-task", True
    )
    return replace(line, **more)


def test_what_one_may_not_read_does_not_stand_in_the_list() -> None:
    line = a_line(Part.WORDS, Part.ALLEGATION, Part.FULL_RECORD)
    (seen,) = readable_shared([line], Role.REVIEWING_OFFICER)
    assert seen.parts == (Part.WORDS,)
    (whole,) = readable_shared([line], Role.COORDINATOR)
    assert whole.parts == line.parts


def test_of_what_is_all_unreadable_there_is_no_line() -> None:
    line = a_line(Part.WHEREABOUTS, what="police", with_role="police")
    assert readable_shared([line], Role.REVIEWING_OFFICER) == ()


@given(st.lists(st.sampled_from(list(Part))), st.sampled_from(list(Role)))
def test_nobody_reads_of_a_part_that_is_not_theirs(parts: list[Part], role: Role) -> None:
    for line in readable_shared([a_line(*parts)], role):
        assert all(reads(role, Part(part)) for part in line.parts)


def test_the_same_again_on_the_same_day_is_one_line() -> None:
    again = replace(a_line(Part.WORDS), at=AT.replace(hour=16))
    (line,) = readable_shared([a_line(Part.WORDS), again], Role.COORDINATOR)
    assert line.times == 2
    other_day = replace(again, at=AT.replace(day=4))
    assert len(readable_shared([a_line(Part.WORDS), other_day], Role.COORDINATOR)) == 2


# For the police ---------------------------------------------------------------


def test_the_police_hear_of_places_people_and_dangers_and_of_no_reason() -> None:
    told = [
        Told("t", AT, an_answer("where_went", "The flat over the shop")),
        Told("t", AT, an_answer("why", "They shout at me here")),
        Told("t", AT, an_answer("safe_here", 2)),
        Told("t", AT, an_answer("hurt_away", "no")),
    ]
    reasons = [Given("t", AT, ChosenReason(code, False, COUNCIL)) for code in ("A1", "A9", "G2", "A5")]
    found = items(told, reasons)
    assert [one.key for one in found] == ["op-where_went", "danger-G2"]


def test_an_allegation_goes_to_the_police_only_with_a_reason() -> None:
    (item,) = items([Told("t", AT, an_answer("adult_hurt_words", "He hit me"))], [])
    assert item.is_allegation
    assert set(faults_of_sheet([item], "")) == {"allegation_why"}
    assert faults_of_sheet([item], "Agreed at the strategy discussion") == {}


# As data ---------------------------------------------------------------


@pytest.mark.parametrize("kind", [Summary, Pack])
def test_a_schema_is_a_schema(kind: type) -> None:
    Draft202012Validator.check_schema(schema_of(kind, "x"))


def test_what_is_empty_holds_to_its_schema() -> None:
    for value, kind in ((Summary(()), Summary), (Pack(), Pack)):
        Draft202012Validator(schema_of(kind, "x")).validate(plain(value))


def test_a_schema_refuses_what_it_does_not_know() -> None:
    check = Draft202012Validator(schema_of(Summary, "x"))
    assert not check.is_valid(plain(Summary(())) | {"score": 7})
    assert not check.is_valid({})


def test_the_published_schemas_are_those_of_the_values() -> None:
    for path, text in written().items():
        assert path.read_text(encoding="utf-8") == text, "python -m tests.schemas"


def test_what_has_no_place_in_data_is_said_so() -> None:
    with pytest.raises(TypeError):
        schema_of(complex, "x")
