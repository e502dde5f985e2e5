"""Whether the catalogues hold every sentence: `python -m tests.catalogues`, and `--write` to extract anew."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
CATALOGUES = ROOT / "translations"
ROOMS = ("interview", "forms", "records", "views", "templates")
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
PLACE = re.compile(r"%\(\w+\)[a-z]|%[a-z%]")


@dataclass(frozen=True)
class Side:
    """One of the two catalogues: for whom its sentences are, and how they are marked."""

    name: str
    comment: str
    keywords: dict[str, tuple[int, ...] | None]


CHILD = Side(
    "child",
    "# What the child reads or hears: every sentence marked C_ or c_.",
    {"C_": None, "c_": None},
)
STAFF = Side(
    "staff",
    "# What professionals read: every sentence marked N_, _ or the like.",
    {"_": None, "_l": None, "N_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)},
)
SIDES = {side.name: side for side in (CHILD, STAFF)}


def extracted(side: Side) -> Catalog:
    """Every sentence of one side as it stands in the code, in the order in which it is met."""
    catalogue = Catalog(header_comment=side.comment, fuzzy=False)
    for room in ROOMS:
        found = extract_from_dir(
            str(ROOT / room),
            METHODS,
            {"**.html": {"silent": "false"}},
            side.keywords,
            strip_comment_tags=True,
        )
        for name, _line, words, _comments, _context in found:
            catalogue.add(words, locations=[(f"{room}/{name}", 0)])
    return catalogue


def as_text(catalogue: Catalog, comment: str) -> str:
    """A catalogue as a file that changes only when a sentence does: no dates, no numbers of lines."""
    written = BytesIO()
    write_po(written, catalogue, omit_header=True, include_lineno=False, width=0)
    header = (
        'msgid ""\nmsgstr ""\n"Project-Id-Version: Heard\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    return f"{comment}\n{header}{written.getvalue().decode().strip()}\n"


def read(path: Path) -> Catalog:
    """A catalogue from its file."""
    with path.open("rb") as source:
        return read_po(source, abort_invalid=True)


def sentences(catalogue: Catalog) -> dict[str | tuple[str, ...], Message]:
    """The messages by what they say in English."""
    return {_key(message): message for message in catalogue if message.id}


def _key(message: Message) -> str | tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, list | tuple) else message.id


def places(words: str) -> list[str]:
    """The places for values in a sentence."""
    return sorted(PLACE.findall(words))


def faults_of_template(side: Side) -> Iterator[str]:
    """What is wrong with the list of sentences."""
    path = CATALOGUES / f"{side.name}.pot"
    known = sentences(read(path)) if path.exists() else {}
    for words in extracted_ids(side.name) - known.keys():
        yield f"{path.name}: {words!r} is missing. Run: python -m tests.catalogues --write"
    for words in known.keys() - extracted_ids(side.name):
        yield f"{path.name}: {words!r} is said nowhere any more. Run: python -m tests.catalogues --write"


@cache
def extracted_ids(side: str) -> frozenset[str | tuple[str, ...]]:
    """Every sentence of one side, by its name."""
    return frozenset(sentences(extracted(SIDES[side])))


def faults_of_translation(side: Side, path: Path) -> Iterator[str]:
    """What is wrong with one language: sentences missing, doubtful, left over, or without their values."""
    name, known = path.relative_to(CATALOGUES), sentences(read(path))
    for words in extracted_ids(side.name) - known.keys():
        yield f"{name}: {words!r} is missing."
    for words in known.keys() - extracted_ids(side.name):
        yield f"{name}: {words!r} is said nowhere any more."
    for words, message in known.items():
        if message.fuzzy or not message.string:
            yield f"{name}: {words!r} is not translated for certain."
        elif isinstance(message.string, str) and places(str(message.id)) != places(message.string):
            yield f"{name}: {words!r} has other places for values in its translation."


def faults() -> list[str]:
    """All that is wrong, as sentences."""
    found = [fault for side in SIDES.values() for fault in faults_of_template(side)]
    for side in SIDES.values():
        for path in sorted(CATALOGUES.glob(f"*/LC_MESSAGES/{side.name}.po")):
            found += faults_of_translation(side, path)
    return sorted(found)


def write() -> None:
    """Extract both sides anew."""
    for side in SIDES.values():
        text = as_text(extracted(side), side.comment)
        (CATALOGUES / f"{side.name}.pot").write_text(text, encoding="utf-8")


def main() -> int:
    """Writes with `--write`; says what is wrong; 1 when anything is."""
    if "--write" in sys.argv[1:]:
        write()
    found = faults()
    sys.stdout.write("".join(f"{fault}\n" for fault in found) or "The catalogues hold every sentence.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
