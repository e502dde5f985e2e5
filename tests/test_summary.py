"""What a summary shows of a record: each reader's cut, the order of things, and what leaves no trace."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview.access import COUNCIL, EVERYONE, Audience, Part, Role, reads
from interview.account import NO_DAY, Attempt, Given, Record, Return, Told, Translation
from interview.answers import Answer, ChosenReason, SaidBy, Skip
from interview.clock import Standing
from interview.naming import parts_of, tells_who_or_where
from interview.offers import OfferState
from interview.questions import QUESTIONS, Kind
from interview.reasons import HEADINGS, REASONS, Heading
from interview.summary import OUTLINES, UNDER, Summary, questions_for, summary

NOON = datetime(2026, 5, 20, 12, tzinfo=UTC)
IVAN = Role.REVIEWING_OFFICER
MAYA = Role.HOME_MANAGER


def told(question: str, value: Any, *, talk: str = "one", days: int = 0, **facts: Any) -> Told:
    """What Robin said, so many days after the first talk; everyone may read it."""
    translation = facts.pop("translation", None)
    defaults: dict[str, Any] = {"skipped": None, "said_by": SaidBy.WORD_FOR_WORD, "audience": EVERYONE}
    answer = Answer(f"{talk}-{question}", question, value, **(defaults | facts))
    return Told(talk, NOON + timedelta(days=days), answer, translation)


def gave(code: str, *, talk: str = "one", days: int = 0, biggest: bool = False, **facts: Any) -> Given:
    """A reason that Robin gave."""
    audience = facts.pop("audience", EVERYONE)
    return Given(talk, NOON + timedelta(days=days), ChosenReason(code, biggest, audience, **facts))


def a_return(**facts: Any) -> Return:
    """A return after which a talk was offered and held in time."""
    held = (Attempt(NOON, "accepted"),)
    return replace(Return("e", "Larch House", NOON, NOON, held, NOON, Standing.HELD_IN_TIME), **facts)


def words_in(shown: Summary, key: str) -> list[str]:
    """The words quoted in a block, in their order."""
    block = shown.block(key)
    return [quote.words for line in block.lines for quote in line.quotes] if block else []


def keys_in(shown: Summary, key: str) -> list[str]:
    """The lines of a block."""
    block = shown.block(key)
    return [line.key for line in block.lines] if block else []


# The outlines -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_every_role_has_an_outline(role: Role) -> None:
    assert OUTLINES[role]


def test_every_heading_of_a_review_has_its_questions_and_its_words() -> None:
    assert set(UNDER) == set(HEADINGS) == set(Heading)


@pytest.mark.parametrize("role", Role)
def test_a_block_is_named_once(role: Role) -> None:
    keys = [piece.key for piece in OUTLINES[role]]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("role", Role)
def test_no_question_stands_in_two_blocks_of_one_outline(role: Role) -> None:
    shown = [key for key, question in QUESTIONS.items() for piece in OUTLINES[role] if piece.wanted(question)]
    assert len(shown) == len(set(shown))


@pytest.mark.parametrize("role", Role)
def test_what_a_reason_can_be_tied_to_is_searched_for(role: Role) -> None:
    assert {
        key for key, q in QUESTIONS.items() if q.kind is Kind.WORDS and q.who == "child"
    } <= questions_for(role)


def test_an_empty_record_shows_nothing() -> None:
    assert summary(Record(), IVAN) == Summary(())


# The child's page -------------------------------------------------------------------------------------


def test_wishes_come_first_and_the_newest_of_them_on_top() -> None:
    record = Record((told("would_help", "My own key"), told("would_help", "A lock", talk="two", days=9)))
    shown = summary(record, IVAN)
    assert shown.blocks[0].key == "wishes"
    assert words_in(shown, "wishes") == ["A lock", "My own key"]


def test_what_was_passed_over_is_no_answer() -> None:
    record = Record((told("would_help", None, skipped=Skip.NOT_SURE), told("why", "")))
    assert summary(record, IVAN).blocks == ()


def test_a_disagreement_stays_in_front_however_old() -> None:
    record = Record(
        (
            told("agrees", "no"),
            told("agrees_why", "I never said that"),
            told("agrees", "yes", talk="two", days=9),
            told("agrees", "yes", talk="three", days=19),
        )
    )
    front = summary(record, IVAN).in_front()
    assert [(one.key, one.why.words if one.why else "") for one in front] == [
        ("yes", ""),
        ("no", "I never said that"),
    ]


def test_a_reason_is_counted_by_talks_and_the_most_frequent_comes_first() -> None:
    record = Record(
        given=(gave("B1", biggest=True), gave("A1"), gave("A1", talk="two", days=9, biggest=True))
    )
    block = summary(record, IVAN).block("reasons")
    assert block is not None
    assert [(line.key, line.talks, line.biggest) for line in block.lines] == [("A1", 2, 1), ("B1", 1, 1)]


def test_a_repeated_reason_tells_when_first_when_last_and_when_it_was_the_biggest() -> None:
    record = Record(given=(gave("A1", biggest=True), gave("A1", talk="two", days=9)))
    block = summary(record, IVAN).block("reasons")
    assert block is not None
    line = block.lines[0]
    assert (line.first, line.latest, line.biggest_at) == (NOON, NOON + timedelta(days=9), NOON)


def test_beside_a_reason_stands_the_sentence_that_it_was_tied_to() -> None:
    record = Record(
        (told("why", "I hate the bus. They laugh at me."),),
        (gave("A1", told_in="why", told_words="They laugh at me."),),
    )
    assert words_in(summary(record, IVAN), "reasons") == ["They laugh at me."]


def test_a_sentence_that_was_changed_since_gives_way_to_the_whole_answer() -> None:
    record = Record((told("why", "They stare."),), (gave("A1", told_in="why", told_words="They laugh."),))
    assert words_in(summary(record, IVAN), "reasons") == ["They stare."]


def test_a_translated_answer_stands_whole_beside_its_translation() -> None:
    english = Translation("en", "They laugh. I cry.", "Hana Idris", NOON)
    record = Record(
        (told("why", "يضحكون. أبكي.", language="ar", translation=english),),
        (gave("A1", told_in="why", told_words="يضحكون."),),
    )
    assert words_in(summary(record, IVAN), "reasons") == ["يضحكون. أبكي."]


def test_each_reason_stands_under_its_heading_of_the_review() -> None:
    record = Record(given=tuple(gave(code) for code in REASONS if code != "A5"))
    under = {line.key: block.key for block in summary(record, IVAN).headings() for line in block.lines}
    assert under == {code: f"review-{REASONS[code].heading}" for code in REASONS if code != "A5"}


def test_what_adults_think_and_guess_is_a_block_of_its_own() -> None:
    record = Record(
        (told("worker_view", "Lonely", said_by=SaidBy.WORKER),), returns=(a_return(guess="argument"),)
    )
    assert keys_in(summary(record, IVAN), "adults") == ["guess", "worker_view"]


def test_an_offer_that_was_none_is_not_the_first_offer() -> None:
    attempts = (Attempt(NOON, "not-offered-missing-again"), Attempt(NOON + timedelta(hours=2), "declined"))
    one = a_return(attempts=attempts)
    assert (one.offered_at, one.offers) == (NOON + timedelta(hours=2), OfferState.DECLINED)


# Who reads what ---------------------------------------------------------------------------------------


def test_the_officer_reads_no_allegation_and_no_whereabouts() -> None:
    record = Record((told("adult_hurt", "yes"), told("where_went", "Leeds")), (gave("A5"),))
    assert summary(record, IVAN).blocks == ()


def test_the_interviewer_to_whom_it_was_said_reads_it_all() -> None:
    record = Record((told("adult_hurt", "yes", audience=frozenset()),), (gave("A5", audience=COUNCIL),))
    assert keys_in(summary(record, Role.INTERVIEWER), "reasons") == ["A5"]


def test_what_the_child_kept_from_the_officer_is_absent() -> None:
    kept = frozenset({Audience.SOCIAL_WORKER})
    record = Record((told("why", "Mine", audience=kept),), (gave("A2", audience=kept),))
    assert summary(record, IVAN).blocks == ()


@pytest.mark.parametrize("role", [role for role in Role if not reads(role, Part.VIEWS)])
def test_a_guess_is_shown_to_nobody_who_does_not_read_views(role: Role) -> None:
    assert "argument" not in str(summary(Record(returns=(a_return(guess="argument"),)), role))


# The home's page --------------------------------------------------------------------------------------


def test_the_home_gets_no_day_no_return_and_no_agreement() -> None:
    record = Record((told("why", "Bored"), told("agrees", "no")), returns=(a_return(),))
    shown = summary(record, MAYA)
    assert (shown.returns, shown.agreements) == ((), ())
    assert {quote.held_at for b in shown.blocks for line in b.lines for quote in line.quotes} == {NO_DAY}


@given(st.permutations(["A9", "A9", "A9", "B1", "A1"]))
def test_the_home_reads_reasons_in_the_order_of_the_cards_and_uncounted(codes: list[str]) -> None:
    record = Record(given=tuple(gave(code, talk=str(n), days=n) for n, code in enumerate(codes)))
    block = summary(record, MAYA).block("reasons")
    assert block is not None
    assert [(line.key, line.talks, line.biggest) for line in block.lines] == [
        ("A1", 0, 0),
        ("A9", 0, 0),
        ("B1", 0, 0),
    ]


def test_the_home_reads_the_same_words_once_however_often_they_were_said() -> None:
    record = Record(tuple(told("why", "Bored", talk=str(n), days=n) for n in range(7)))
    assert words_in(summary(record, MAYA), "in-words") == ["Bored"]


@given(st.permutations(["a", "b", "c", "d"]))
def test_the_order_of_the_quotes_does_not_tell_whose_they_are(talks: list[str]) -> None:
    said = {"a": "Zebra", "b": "Apple", "c": "Middle", "d": "Bus"}
    record = Record(tuple(told("why", said[talk], talk=talk, days=day) for day, talk in enumerate(talks)))
    assert words_in(summary(record, MAYA), "in-words") == ["Apple", "Bus", "Middle", "Zebra"]


def test_a_quote_that_names_someone_is_left_out_with_its_line() -> None:
    record = Record(
        (told("why", "Kyle hit me"), told("trigger", "Nothing")), names=parts_of(["Kyle Ashworth"])
    )
    shown = summary(record, MAYA)
    assert keys_in(shown, "in-words") == ["trigger"]
    assert "Kyle" not in str(shown)


def test_a_translation_that_names_someone_leaves_nothing_of_the_answer() -> None:
    english = Translation("en", "Kyle hit me", "Hana Idris", NOON)
    record = Record((told("why", "كايل ضربني", translation=english),), names=parts_of(["Kyle"]))
    assert summary(record, MAYA).blocks == ()


def test_a_sentence_beside_a_reason_may_stand_where_the_rest_of_the_answer_may_not() -> None:
    record = Record(
        (told("why", "Kyle hits me. Nobody listens."),),
        (gave("A3", told_in="why", told_words="Nobody listens."),),
        names=parts_of(["Kyle"]),
    )
    shown = summary(record, MAYA)
    assert (words_in(shown, "reasons"), words_in(shown, "in-words")) == (["Nobody listens."], [])


def test_the_officer_reads_the_name_that_the_home_does_not() -> None:
    record = Record((told("why", "Kyle hit me"),), names=parts_of(["Kyle"]))
    assert words_in(summary(record, IVAN), "in-words") == ["Kyle hit me"]


def test_choices_are_told_and_not_counted_and_how_often_a_child_moved_is_not_told() -> None:
    record = Record((told("safe_here", "no"), told("safe_here", "no", talk="two"), told("moves", 15)))
    block = summary(record, MAYA).block("living")
    assert block is not None
    assert [line.tally for line in block.lines] == [(("No", 0),)]


SECRET_QUESTIONS = sorted(key for key, q in QUESTIONS.items() if q.part is Part.ALLEGATION)
OPEN = Record(
    (told("why", "Bored"), told("would_help", "A lock", talk="two", days=3), told("safe_here", "no")),
    (gave("A9"), gave("A9", talk="two"), gave("B1", biggest=True)),
    talks=2,
)
KEPT = st.one_of(
    st.builds(
        lambda key, words, talk: told(key, words, talk=talk),
        st.sampled_from(SECRET_QUESTIONS),
        st.text(min_size=1),
        st.sampled_from(["one", "two", "three"]),
    ),
    st.builds(
        lambda key, words, days: told(key, words, days=days, audience=COUNCIL),
        st.sampled_from(sorted(key for key, q in QUESTIONS.items() if q.who == "child")),
        st.text(min_size=1),
        st.integers(-40, 40),
    ),
)


@settings(max_examples=60)
@given(st.lists(KEPT), st.booleans())
def test_the_home_cannot_tell_twins_apart(kept: list[Told], alleged: bool) -> None:
    allegation = (gave("A5"), gave("A2", audience=COUNCIL)) if alleged else ()
    twin = replace(OPEN, told=(*kept, *OPEN.told), given=(*allegation, *OPEN.given), returns=(a_return(),))
    assert summary(twin, MAYA) == summary(OPEN, MAYA)


# Names ------------------------------------------------------------------------------------------------

LIVED_HERE = parts_of(
    ["Kyle Ashworth", "Siân O’Brien", "Trần Thị Mỹ Đức", "سامي حداد", "Anne-Marie Łoś", "Will X"]
)


@pytest.mark.parametrize(
    "words",
    [
        "Kyle hit me",
        "it was KYLE again",
        "kyle's mates",
        "kyles phone",
        "(Kyle)",
        "I like Sian",
        "O'Brien said no",
        "obviously O’Brien",
        "Brien did",
        "Duc and I",
        "Đức và con",
        "I went with My to town",
        "قال سامي لا",
        "ذهبت وسامي",
        "Marie knows",
        "Anne-Marie knows",
        "los is mean",
        "will hits me",
        "I live at 12 Elm Tree Road",
        "near Station Road",
        "LS1 4AP",
        "ring me on 07700 900 123",
        "+44 7700 900123",
        "write to me@example.org",
        "I'm @sunny on there",
    ],
)
def test_words_that_give_someone_away_are_found(words: str) -> None:
    assert tells_who_or_where(words, LIVED_HERE)


@pytest.mark.parametrize(
    "words",
    [
        "My mum rang. My phone broke.",
        "it is my room",
        "Kylesku is far",
        "the lost property",
        "I went at 10 and came back at 12, it was 2 miles down the road",
        "On the road to nowhere",
        "In 2024 I moved 15 times",
        "xylophone",
        "أريد مدرسة",
        "",
        "They drive too fast",
    ],
)
def test_words_that_give_nobody_away_stay(words: str) -> None:
    assert not tells_who_or_where(words, LIVED_HERE)


@given(st.text(), st.text())
def test_any_words_can_be_asked_about(words: str, name: str) -> None:
    assert isinstance(tells_who_or_where(words, parts_of([name])), bool)
