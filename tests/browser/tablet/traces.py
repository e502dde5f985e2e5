"""Looks for marker words in everything that a browser has left on the disk."""

import random
from collections.abc import Iterator
from pathlib import Path

from tests.browser.tablet import packed

# Nothing else in the world contains this: every marker word begins with it.
MARK = "qzxj"
LETTERS = "abcdefghiklmnoprstuvwy"
SPELLINGS = {"UTF-8": MARK.encode(), "UTF-16": MARK.encode("utf-16-le")}


def marker(n: int) -> str:
    """The word of this number: always the same, and like no other."""
    chance = random.Random(n)
    return MARK + "".join(chance.choice(LETTERS) for _ in range(8))


def traces(folder: Path) -> list[str]:
    """Where marker words stand: the file, how it was packed and spelled, and the word."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [f"{path.relative_to(folder)}: {found}" for path in files for found in traces_in(path)]


def traces_in(path: Path) -> list[str]:
    """The same for one file."""
    try:
        data = path.read_bytes()
    except OSError:
        return []  # a browser that runs takes files away while one looks
    return sorted({f"{form}, {word}" for form, piece in _pieces(path, data) for word in _words(piece)})


def _pieces(path: Path, data: bytes) -> Iterator[tuple[str, bytes]]:
    yield "plain", data
    wholes = {"table": packed.table_blocks(data)}
    if path.suffix == ".log":
        wholes["log"] = iter((packed.log_of(data),))
    for form, pieces in wholes.items():
        for piece in pieces:
            yield form, piece
            yield from ((f"value in a {form}", value) for value in packed.large_values(piece))
    yield from (("cache entry", body) for body in packed.bodies(data))
    if data.startswith(packed.COMPRESSED_VALUE):  # a value that is very large has a file of its own
        yield from (("value in a file", value) for value in packed.large_values(data))


def _words(piece: bytes) -> Iterator[str]:
    for spelling, mark in SPELLINGS.items():
        wide = len(mark) // len(MARK)
        at = piece.find(mark)
        while at >= 0:
            word = piece[at : at + wide * (len(MARK) + 8)]
            yield f"{spelling}: {word.decode('utf-16-le' if wide == 2 else 'utf-8', 'replace')}"
            at = piece.find(mark, at + 1)
