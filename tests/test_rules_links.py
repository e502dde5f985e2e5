"""Links between children, as a coordinator would find them with all the papers on one table."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.links import (
    Away,
    Felt,
    Kind,
    Link,
    found_at,
    is_urgent,
    named,
    not_shown_yet,
    same_reason,
    together,
)
from interview.mentions import Said
from interview.naming import parts_of
from records.children import marks_of

FRIDAY = datetime(2026, 11, 13, 18, tzinfo=UTC)
NAMES = {"robin": parts_of(["Robin Achebe"]), "kit": parts_of(["Kit Morrow"]), "lou": parts_of(["Lou Ede"])}


def hour(hours: float) -> datetime:
    return FRIDAY + timedelta(hours=hours)


def away(child: str, left: float = 0, back: float | None = 10, home: str = "larch", found: str = "") -> Away:
    """Left so many hours after Friday evening, and back so many."""
    ends = None if back is None else hour(back)
    return Away(f"{child}-{left}", child, home, hour(left), ends, ends if found else None, found)


def says(child: str, words: str, question: str = "who_saw", at: float = 30) -> Said:
    return Said(child, hour(at), question, words)


def sounds(form: str) -> frozenset[str]:
    return frozenset(marks_of(form) - {form}) or frozenset({form})


def names_of(links: list[Link]) -> list[tuple[str, tuple[str, ...]]]:
    return [(link.what, link.children) for link in links]


# Away together --------------------------------------------------------------------------------------


def test_two_who_leave_one_home_within_two_hours_are_a_link() -> None:
    [link] = together([away("robin"), away("kit", left=1.5)], (), NAMES)
    assert set(link.children) == {"robin", "kit"}
    assert [(fact.child, fact.source) for fact in link.facts] == [("robin", "left"), ("kit", "left")]


@pytest.mark.parametrize(
    ("why", "other"),
    [
        ("three hours later", away("kit", left=3)),
        ("from another home", away("kit", home="rowan")),
        ("when the first was back", away("kit", left=10, back=20)),
        ("the same child again", away("robin", left=1)),
    ],
)
def test_what_is_no_company(why: str, other: Away) -> None:
    assert together([away("robin"), other], (), NAMES) == [], why


def test_two_homes_and_one_place_at_one_time_are_a_link() -> None:
    one, other = (
        away("robin", found="The Arcade, Wharf Row."),
        away("kit", 5, 12, "rowan", "the arcade wharf row"),
    )
    [link] = together([one, other], (), NAMES)
    assert link.home == ""
    assert together([one, away("kit", 5, 12, "rowan", "Bus station")], (), NAMES) == []


def test_who_says_that_the_other_was_there_is_believed_to_have_said_so() -> None:
    absences = [away("robin"), away("kit", left=6, back=20)]
    [link] = together(absences, [says("kit", "just ROBIN's mates and me")], NAMES)
    assert link.facts[-1].words == "just ROBIN's mates and me"
    assert together(absences, [says("kit", "just my mates")], NAMES) == []
    long_after = says("kit", "Robin was there", at=24 * 90)
    assert together(absences, [long_after], NAMES) == []


def test_an_address_or_a_number_names_no_child() -> None:
    absences = [away("robin"), away("kit", left=6, back=20)]
    for words in ("We were at 12 Wharf Street", "Ring 07700 900123", "AM1 2AB"):
        assert together(absences, [says("kit", words)], NAMES) == []


@given(st.permutations(range(6)))
def test_the_order_of_the_records_makes_no_difference(order: list[int]) -> None:
    absences = [away(child, at * 50, at * 50 + 10) for at in range(2) for child in ("robin", "kit", "lou")]
    shuffled = [absences[at] for at in order]
    assert {link.key for link in together(shuffled, (), NAMES)} == {
        link.key for link in together(absences, (), NAMES)
    }


@given(st.lists(st.tuples(st.sampled_from(("robin", "kit")), st.text(max_size=40)), max_size=6))
def test_a_link_is_of_several_children_and_stands_on_a_word_of_each(told: list[tuple[str, str]]) -> None:
    for link in named([says(child, words, "where_went") for child, words in told], sounds):
        assert len(link.children) > 1
        assert {fact.child for fact in link.facts} == set(link.children)


def test_four_who_leave_together_are_one_link_and_so_is_each_time() -> None:
    four = [away(child, left=at / 10) for at, child in enumerate(("robin", "kit", "lou", "ash"))]
    again = [
        away(child, left=100 + at / 10, back=110) for at, child in enumerate(("robin", "kit", "lou", "ash"))
    ]
    [link] = together([*four, *again], (), NAMES)
    assert len(link.children) == 4
    assert len(link.facts) == 8


def test_another_absence_makes_it_a_new_link() -> None:
    once = together([away("robin"), away("kit")], (), NAMES)
    twice = together([away("robin"), away("kit"), away("robin", 50, 60), away("kit", 50, 60)], (), NAMES)
    assert once[0].key != twice[0].key


# Named by several -----------------------------------------------------------------------------------


def test_one_name_in_two_records_is_a_link_however_it_is_written() -> None:
    [link] = named([says("robin", "I saw Dezső again"), says("kit", "dezso's car")], sounds)
    assert set(link.children) == {"robin", "kit"}
    assert link.what == "Dezső"


def test_a_name_that_only_sounds_the_same_is_shown_in_both_ways() -> None:
    [link] = named([says("robin", "It was Des"), says("kit", "I went to Dez")], sounds)
    assert link.what == "Des / Dez"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("My mum and I", "With Mum"),
        ("We went. Then we slept", "Then I slept"),
        ("I will tell", "I saw Will"),
        ("On Friday", "Since Friday"),
        ("He has Snapchat", "On Snapchat"),
    ],
)
def test_what_everybody_says_names_nobody(one: str, other: str) -> None:
    assert named([says("robin", one), says("kit", other)], sounds) == []


def test_one_child_who_says_a_name_often_is_no_link() -> None:
    assert named([says("robin", "It was Dez"), says("robin", "Again Dez", at=60)], sounds) == []


def test_a_place_is_found_in_what_was_said_and_where_a_child_was_found() -> None:
    said = [says("robin", "the flat over the tyre place", "where_went")]
    links = named([*said, *found_at([away("kit", found="Behind the Tyre Place")])], sounds)
    assert names_of(links) == [("Tyre Place", ("kit", "robin"))]


@pytest.mark.parametrize(
    "place", ["A friend's house", "The bus station", "Her mum's flat", "At the road side"]
)
def test_what_is_in_every_town_is_no_place(place: str) -> None:
    links = named(
        found_at([away("robin", found=place), away("kit", left=300, back=400, found=place)]), sounds
    )
    assert names_of(links) in ([], [("road side", ("kit", "robin"))])


def test_a_place_and_its_parts_are_one_link() -> None:
    links = named(
        [
            says("robin", "We went to Wharf Row Arcade", "where_went"),
            says("kit", "I was at Wharf Row Arcade", "where_went"),
        ],
        sounds,
    )
    assert len(links) == 1


def test_the_name_of_a_home_is_no_link() -> None:
    said = [says("robin", "near Larch House", "where_went"), says("kit", "at Larch House", "where_went")]
    assert named(said, sounds, parts_of(["Larch House"])) == []


def test_where_two_were_found_together_is_said_once() -> None:
    absences = [away("robin", found="Skate park"), away("kit", found="Skate park")]
    companies = together(absences, (), NAMES)
    assert named(found_at(absences), sounds) != []
    assert not_shown_yet(named(found_at(absences), sounds), companies) == []


# One reason -----------------------------------------------------------------------------------------


def test_several_children_of_one_home_with_one_reason_and_dangers_first() -> None:
    felt = [Felt(child, "larch", code, FRIDAY) for code in ("A9", "A1") for child in ("robin", "kit")]
    links = same_reason([*felt, Felt("lou", "larch", "A9", FRIDAY), Felt("lou", "rowan", "A6", FRIDAY)])
    assert [(link.kind, link.what, len(link.children)) for link in links] == [
        (Kind.REASON, "A1", 2),
        (Kind.REASON, "A9", 3),
    ]
    assert [is_urgent(link) for link in links] == [True, False]


def test_one_child_twice_or_two_homes_are_no_link() -> None:
    twice = [Felt("robin", "larch", "A1", FRIDAY), Felt("robin", "larch", "A1", hour(50))]
    assert same_reason([*twice, Felt("kit", "rowan", "A1", FRIDAY)]) == []


def test_two_who_would_rather_not_say_have_said_nothing_alike() -> None:
    assert same_reason([Felt("robin", "larch", "K2", FRIDAY), Felt("kit", "larch", "K2", FRIDAY)]) == []


def test_nothing_links_nobody() -> None:
    assert (together((), (), {}), named((), sounds), same_reason(())) == ([], [], [])
