"""Who may see what, as a table: nobody gains a part or an act without a change here."""

from itertools import chain, combinations

import pytest

from interview.access import (
    EVERYONE,
    REMITS,
    Act,
    Audience,
    Part,
    Reach,
    Role,
    hears,
    may,
    reads,
)
from interview.answers import chosen_reasons
from interview.questions import QUESTIONS
from interview.reasons import REASONS, ForHome, home_by_rule

HOLDER, HOME, REVIEWER = Role.INTERVIEWER, Role.HOME_MANAGER, Role.REVIEWING_OFFICER
OFFICE = Role.COORDINATOR

# Written out, and not taken from the code: law-and-guidance 6.5.
READS: dict[Part, set[Role]] = {
    Part.LOGISTICS: {HOLDER, HOME, REVIEWER, OFFICE},
    Part.REASONS: {HOLDER, HOME, REVIEWER, OFFICE},
    Part.WORDS: {HOLDER, HOME, REVIEWER, OFFICE},
    Part.VIEWS: {HOLDER, REVIEWER, OFFICE},
    Part.FULL_RECORD: {HOLDER, OFFICE},
    Part.WHEREABOUTS: {HOLDER, OFFICE},
    Part.ALLEGATION: {HOLDER, OFFICE},
}
DOES: dict[Act, set[Role]] = {
    Act.RECORD_RETURNS: {OFFICE},
    Act.OFFER: {OFFICE},
    Act.ALLOCATE: {OFFICE},
    Act.HOLD_INTERVIEW: {HOLDER},
    Act.READ_CHILD_SUMMARY: {HOLDER, REVIEWER, OFFICE},
    Act.READ_HOME_SUMMARY: {HOME, OFFICE},
    Act.ANSWER_CONCERNS: {OFFICE},
    Act.PREPARE_REVIEWS: {REVIEWER},
    Act.CHECK_LANGUAGES: {OFFICE},
    Act.READ_HOW_IT_WAS: {OFFICE},
    Act.ANSWER_REQUESTS: {HOME, REVIEWER, OFFICE},
    Act.GUIDE_REQUESTS: {HOLDER, REVIEWER, OFFICE},
    Act.TELL_THE_CHILD: {HOLDER, REVIEWER, OFFICE},
    Act.READ_REPORTS: {HOME, OFFICE},
    Act.SHARE: {REVIEWER, OFFICE},
    Act.SEE_LINKS: {OFFICE},
    Act.TELL_POLICE: {OFFICE},
    Act.SETTLE_LATE: {HOLDER, OFFICE},
    Act.MIND_TABLETS: {HOLDER, OFFICE},
}
REACHES = {
    HOLDER: Reach.OWN_INTERVIEWS,
    HOME: Reach.OWN_HOMES,
    REVIEWER: Reach.OWN_CHILDREN,
    OFFICE: Reach.OWN_COUNCILS,
}
HEARS_AS = {
    HOLDER: None,
    HOME: Audience.HOME,
    REVIEWER: Audience.REVIEWING_OFFICER,
    OFFICE: Audience.SOCIAL_WORKER,
}
AUDIENCES = [
    frozenset(chosen)
    for chosen in chain.from_iterable(combinations(Audience, n) for n in range(len(Audience) + 1))
]
NEVER = [code for code, reason in REASONS.items() if reason.for_home is ForHome.NEVER]


def test_the_tables_have_a_row_for_every_member() -> None:
    assert set(READS) == set(Part)
    assert set(DOES) == set(Act)
    assert set(REACHES) == set(HEARS_AS) == set(REMITS) == set(Role)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("part", Part)
def test_a_role_reads_these_parts_and_no_others(role: Role, part: Part) -> None:
    assert reads(role, part) is (role in READS[part])


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", Act)
def test_a_role_does_these_things_and_no_others(role: Role, act: Act) -> None:
    assert may(role, act) is (role in DOES[act])


@pytest.mark.parametrize("role", Role)
def test_a_role_reaches_so_far(role: Role) -> None:
    assert REMITS[role].reach is REACHES[role]


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("role", Role)
def test_the_child_chooses_who_hears(role: Role, audience: frozenset[Audience]) -> None:
    expected = role is HOLDER or HEARS_AS[role] in audience
    assert hears(role, audience) is expected


def test_an_answer_goes_to_the_home_only_when_the_child_says_so() -> None:
    assert not any(Audience.HOME in question.audience() for question in QUESTIONS.values())


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_childs_audience_narrows_every_reason(audience: frozenset[Audience]) -> None:
    council = audience - {Audience.HOME}
    assert all(
        reason.audience - {Audience.HOME} == council for reason in chosen_reasons([*REASONS], audience)
    )


def test_a_reason_that_the_child_keeps_from_the_home_is_kept() -> None:
    kept = chosen_reasons({"chosen": [*REASONS], "home": []}, EVERYONE)
    assert not any(Audience.HOME in reason.audience for reason in kept)


@pytest.mark.parametrize("code", REASONS)
def test_the_home_hears_of_no_reason_before_the_child_was_asked(code: str) -> None:
    (unasked,) = chosen_reasons([code], EVERYONE)
    assert Audience.HOME not in unasked.audience


@pytest.mark.parametrize("code", REASONS)
def test_the_home_hears_a_reason_that_the_child_lets_it_unless_never(code: str) -> None:
    (ticked,) = chosen_reasons({"chosen": [code], "home": [code]}, EVERYONE)
    assert (Audience.HOME in ticked.audience) == (REASONS[code].for_home is not ForHome.NEVER)


@pytest.mark.parametrize("code", REASONS)
def test_in_made_up_talks_the_home_hears_what_names_nobody(code: str) -> None:
    assert home_by_rule([code]) == ([code] if REASONS[code].for_home is ForHome.YES else [])


@pytest.mark.parametrize("code", NEVER)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_never_goes_to_the_home_never_does(code: str, audience: frozenset[Audience]) -> None:
    for value in ([code], {"chosen": [code]}, {"chosen": [code], "home": [code], "biggest": code}):
        (reason,) = chosen_reasons(value, audience)
        assert not hears(HOME, reason.audience)


def test_harm_by_an_adult_never_goes_to_the_home() -> None:
    assert "A5" in NEVER
    assert all(REASONS[code].part is Part.ALLEGATION for code in NEVER)


def test_what_an_adult_is_said_to_have_done_is_an_allegation() -> None:
    named = {"adult_hurt", "adult_hurt_words", "staff_concern", "staff_concern_words"}
    assert named == {key for key, question in QUESTIONS.items() if question.part is Part.ALLEGATION}


def test_where_the_child_went_is_not_for_the_home() -> None:
    away = {"what_happened", "where_went", "who_saw", "how_travelled", "help_to_find"}
    assert all(QUESTIONS[key].part is Part.WHEREABOUTS for key in away)
