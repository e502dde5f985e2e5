"""Names and places in what was said or found, as they are compared: without case, accents or points."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from interview.common_words import JOINING, NOBODY, VAGUE, WORDS_TOO
from interview.naming import BEFORE_A_SENTENCE, WORD, plain

# What an absence itself tells, beside the questions.
FOUND = "found_where"
# Where words name places, and where they name people.
OF_PLACES = frozenset({FOUND, "where_went", "going_to"})
BY_CHILD = frozenset(
    {
        "going_to",
        "where_went",
        "who_saw",
        "what_happened",
        "afraid_words",
        "hurt_away_words",
        "adult_hurt_words",
    }
)
BY_WORKER = frozenset({"exploitation_words", "substances_words", "crime_words", "staff_concern_words"})
SOURCES = BY_CHILD | BY_WORKER

SHORTEST = 3
OWNED = re.compile("['’]s$")
Sounds = Callable[[str], frozenset[str]]


@dataclass(frozen=True)
class Said:
    """Words that a child said, or that were noted of one: `source` is the question, or where it was found."""

    child: str
    at: datetime
    source: str
    words: str


@dataclass(frozen=True)
class Mention:
    """A name or a place in words: its form for comparing, and as it was written."""

    form: str
    written: str
    said: Said


def mentions(all_said: Iterable[Said], not_these: frozenset[str] = frozenset()) -> Iterator[Mention]:
    """All names and places in what was said, but for `not_these` words (by `parts_of`)."""
    known = list(all_said)
    names = {form for said in known for form, _ in _written_as_names(said.words)} - not_these
    for said in known:
        yield from _names(said, names)
        if said.source in OF_PLACES:
            yield from _places(said, not_these)


def _names(said: Said, names: set[str]) -> Iterator[Mention]:
    capital = dict(_written_as_names(said.words))
    for found in WORD.finditer(said.words):
        form = _form(found.group())
        if form in names and (form in capital or form not in WORDS_TOO):
            yield Mention(form, OWNED.sub("", found.group()), said)


def _written_as_names(words: str) -> Iterator[tuple[str, str]]:
    """Words with a capital that no sentence begins with."""
    for found in WORD.finditer(words):
        before = words[: found.start()].rstrip(" ")
        form = _form(found.group())
        within = bool(before) and before[-1] not in BEFORE_A_SENTENCE
        if within and found.group()[0].isupper() and len(form) >= SHORTEST and not _is_common(form):
            yield form, found.group()


def _is_common(form: str) -> bool:
    return form in NOBODY or form in JOINING


def _form(word: str) -> str:
    """A word as it is compared: without accents, case, and the s of possession."""
    whole = plain(word)
    return whole.removesuffix("'s").replace("'", "")


def _places(said: Said, not_these: frozenset[str]) -> Iterator[Mention]:
    """Two words beside each other of which one says which place; or all the words, where they are few."""
    tokens = [(found.group(), _form(found.group())) for found in WORD.finditer(said.words)]
    for (first, one), (second, other) in pairwise(tokens):
        if not {one, other} & JOINING and _says_which(one, other, not_these):
            yield Mention(f"{one} {other}", f"{first} {second}", said)
    content = [(written, form) for written, form in tokens if form not in JOINING]
    if said.source == FOUND and len(content) == 1 and _says_which(content[0][1], "", not_these):
        yield Mention(content[0][1], content[0][0], said)


def _says_which(one: str, other: str, not_these: frozenset[str]) -> bool:
    said = {form for form in (one, other) if form}
    return bool(said - VAGUE - not_these) and not (other and said <= not_these)


def sounds_alike(forms: Iterable[str], sounds: Sounds) -> dict[str, str]:
    """For each name the first one that sounds the same: a child writes a name as it is heard."""
    first: dict[frozenset[str], str] = {}
    return {form: first.setdefault(sounds(form), form) for form in sorted(forms)}
