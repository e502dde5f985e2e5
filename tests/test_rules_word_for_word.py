"""Where the words of a concern were said."""

from interview.access import COUNCIL
from interview.answers import Answer, SaidBy
from interview.word_for_word import places_of, rest_of

HURT = "He pushed me."


def said(question: str, value: object, by: SaidBy = SaidBy.WORD_FOR_WORD, op_id: str = "") -> Answer:
    return Answer(op_id or question, question, value, None, by, COUNCIL)


def test_the_words_are_found_where_they_were_said() -> None:
    (place,) = places_of(HURT, [said("adult_hurt_words", HURT)])
    assert (place.words, place.answer.question, place.whole) == (HURT, "adult_hurt_words", True)


def test_a_sentence_is_found_in_its_answer_and_the_rest_of_it_is_not_shown() -> None:
    tie = {"chosen": ["A5"], "told": {"A5": {"question": "why", "words": HURT}}}
    (place,) = places_of(HURT, [said("why", f"It was late. {HURT}"), said("reasons", tie)])
    assert (place.words, place.answer.question, place.whole) == (HURT, "why", False)


def test_what_the_worker_wrote_again_stands_once_as_the_childs() -> None:
    worker = said("staff_concern_words", HURT, SaidBy.WORKER)
    (place,) = places_of(HURT, [worker, said("adult_hurt_words", HURT)])
    assert place.answer.question == "adult_hurt_words"


def test_while_it_was_typed_only_the_longest_stands() -> None:
    typed = [said("adult_hurt_words", HURT[:n], op_id=str(n)) for n in range(1, len(HURT) + 1)]
    assert [one.words for one in places_of(HURT, typed)] == [HURT]


def test_a_version_that_was_changed_later_is_found() -> None:
    now = said("adult_hurt_words", "Nothing.", op_id="later")
    (place,) = places_of(HURT, [said("adult_hurt_words", HURT, op_id="first"), now])
    assert place.answer.op_id == "first"


def test_the_name_of_a_card_is_the_rest() -> None:
    places = places_of(f"Bullying: {HURT}", [said("adult_hurt_words", HURT)])
    assert rest_of(f"Bullying: {HURT}\n\nBullying: ", places) == ("Bullying",)
