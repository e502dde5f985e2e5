"""What a stranger learns from words on paper: for what may lie where anybody finds it."""

import re

from interview.naming import tells_who_or_where

# Said on paper, these tell a stranger what it is about. In the languages that a letter is written in first.
TELLS = re.compile(
    r"\b(missing|run(?:ning)? away|ran away|allegation\w*|accus\w+|safeguard\w*|exploit\w*"
    r"|abus\w+|police|interview\w*|designated officer|lado|children's home|care home|foster\w*"
    r"|ar goll|rhedeg i ffwrdd|honiad\w*|cyhudd\w*|diogelu|heddlu|cyfweliad\w*|cartref plant|maeth\w*)\b"
    r"|مفقود|هروب|هرب|الشرطة|ادعاء|اتهام|مقابلة|دار رعاية"
)
# Parts of the names of places that are words of every day.
OF_PLACES = (
    "house home homes lodge court unit cottage farm hall place view reception foster of the ms mr mrs ty"
)
IN_NAMES_OF_PLACES = frozenset(OF_PLACES.split(" "))


def tells_a_stranger(words: str, names: frozenset[str]) -> bool:
    """Whether somebody who finds these words on paper learns who, where or what it is about."""
    return bool(TELLS.search(words.casefold())) or tells_who_or_where(words, names - IN_NAMES_OF_PLACES)


def answer_tells(words: str, names: frozenset[str]) -> bool:
    """The same of an adult's words, who writes names with a capital: May is somebody, and may is a word."""
    written = " ".join(word for word in words.split() if not word.islower())
    return bool(TELLS.search(words.casefold())) or tells_who_or_where(written, names - IN_NAMES_OF_PLACES)
