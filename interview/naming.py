"""Whether words tell who or where someone is: for pages whose readers must not learn it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Letters that carry no accent that could be taken off.
PLAIN = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "’": "'"})
# "and", "with", "to": Arabic writes them on to the name.
ARABIC_FIRST = ("و", "ب", "ل", "ف", "ك")
# Names that stand in every other sentence as words: names only with a capital within a sentence.
# Nothing rarer is in here: it is better to lose a quote than to give somebody away.
EVERYDAY = frozenset({"an", "be", "can", "do", "he", "in", "it", "me", "my", "no", "so", "to", "we", "you"})
BEFORE_A_SENTENCE = ".!?…\n\"'“‘«("

STREETS = ("Street", "Road", "Avenue", "Lane", "Close", "Drive", "Court", "Crescent", "Terrace", "Gardens")
STREET = rf"(?:{'|'.join(STREETS)})\b"
WHERE = (
    # A postcode, a house in a street, a street, a telephone number, an address to write to.
    re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE),
    re.compile(rf"\b\d+[a-z]?,?\s+(?:[^\W\d_]+\s+){{1,2}}{STREET}", re.IGNORECASE),
    re.compile(rf"\b[A-Z][^\W\d_]+\s+{STREET}"),
    re.compile(r"(?:\+44|\b0)\s?\d(?:[\s-]?\d){7,}"),
    re.compile(r"\S@\w|(?:^|\s)@\w"),
)


def parts_of(names: Iterable[str]) -> frozenset[str]:
    """The parts of names as they are compared; a letter alone is nobody's name."""
    forms = (form for name in names for token in WORD.findall(name) for form in _pieces(token))
    return frozenset(form for form in forms if len(form) > 1)


def tells_who_or_where(words: str, names: frozenset[str]) -> bool:
    """Whether these words hold one of these names (by `parts_of`), an address or a way to reach someone."""
    return any(pattern.search(words) for pattern in WHERE) or names_one(words, names)


def names_one(words: str, names: frozenset[str]) -> bool:
    """Whether these words hold one of these names (by `parts_of`)."""
    for found in WORD.finditer(words):
        for form in _forms(found.group()):
            if form in names and (form not in EVERYDAY or _is_written_as_name(words, found)):
                return True
    return False


def _forms(token: str) -> Iterator[str]:
    """A word as it is, without the s of possession, and without what Arabic writes before it."""
    for form in _pieces(token):
        yield form
        if form.endswith("s"):
            yield form.removesuffix("s")
        if form.startswith(ARABIC_FIRST):
            yield form[1:]


def _pieces(token: str) -> Iterator[str]:
    whole = plain(token)
    yield whole
    if "'" in whole:
        yield from whole.split("'")


def plain(words: str) -> str:
    """Words without case or accents."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(PLAIN)


def _is_written_as_name(words: str, found: re.Match[str]) -> bool:
    before = words[: found.start()].rstrip(" ")
    return found.group()[0].isupper() and bool(before) and before[-1] not in BEFORE_A_SENTENCE
