"""A child of nine reads every sentence that is written for a child: measured, one sentence at a time."""

import re
from statistics import mean

import pytest
import textstat

from tests.catalogues import CHILD, extracted_ids

# Flesch-Kincaid: the year of school in which a sentence is read, counted from its words and syllables.
AVERAGE, HIGHEST = 4, 6
LONGEST = 15
# Below this a line is a label ("Taxi", "School"): one long word would make a grade of it that says nothing.
# Labels are measured as the one list that they are, and none of their words may be longer than this.
LABEL, SYLLABLES = 5, 4

END = re.compile(r"(?<=[.?!:…])\s+")
PLACE = re.compile(r"%\(\w+\)[a-z]")


def sentences_for_the_child() -> list[str]:
    """Every sentence on the child's pages in English, with a short word in place of each value."""
    spoken = (PLACE.sub("it", str(words)) for words in extracted_ids(CHILD.name))
    return sorted({one for words in spoken for one in END.split(words) if any(map(str.isalpha, one))})


def grade(sentence: str) -> float:
    """The year of school in which a sentence is read."""
    return float(textstat.flesch_kincaid_grade(sentence))


def whole(sentences: list[str]) -> list[str]:
    return [one for one in sentences if len(one.split()) >= LABEL]


def labels(sentences: list[str]) -> list[str]:
    return [one for one in sentences if len(one.split()) < LABEL]


def test_no_sentence_is_longer_than_a_child_can_hold() -> None:
    """What is longer is two sentences."""
    assert not [one for one in sentences_for_the_child() if len(one.split()) > LONGEST]


def test_no_sentence_is_harder_than_the_sixth_year() -> None:
    """A sentence that fails is said again, in shorter words."""
    hard = {one: round(grade(one), 1) for one in whole(sentences_for_the_child()) if grade(one) > HIGHEST}
    assert not hard


def test_the_sentences_are_read_in_the_fourth_year_on_average() -> None:
    """Whole sentences by themselves, and labels with all other labels."""
    said = sentences_for_the_child()
    assert mean(map(grade, whole(said))) <= AVERAGE
    assert grade(". ".join(labels(said))) <= AVERAGE


def test_no_label_holds_a_long_word() -> None:
    """Four syllables at most: interpreter."""
    words = {word for one in labels(sentences_for_the_child()) for word in one.split()}
    assert not [word for word in words if textstat.syllable_count(word) > SYLLABLES]


@pytest.mark.parametrize(
    ("harder", "easier"),
    [
        ("Subsequently the accommodation became unsatisfactory for you.", "Then you did not like it there."),
        ("Did you experience intimidation?", "Did anyone scare you?"),
    ],
)
def test_the_measure_knows_what_is_hard(harder: str, easier: str) -> None:
    """The same thing, said by an office and said to a child."""
    assert grade(harder) > HIGHEST >= grade(easier)
