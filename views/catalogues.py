"""The catalogues of sentences as they were read at the start: what each holds, and what it still lacks."""

import gettext
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from interview.languages import LANGUAGES, Language

CATALOGUES = Path(__file__).parent.parent / "translations"
STAFF, CHILD = "staff", "child"
PLACE = re.compile(r"%\(\w+\)[a-z]")


@dataclass(frozen=True)
class State:
    """How far a language is: the sentences that are said, those it lacks, and which version it is."""

    sentences: int
    missing: int
    version: str

    @property
    def complete(self) -> bool:
        """Whether every sentence that is said can be said in this language."""
        return self.missing == 0

    @property
    def missing_share(self) -> int:
        """What is missing, of a hundred: at least one where anything is."""
        return -(-100 * self.missing // self.sentences) if self.sentences else 0


class Catalogues:
    """The child's catalogues as compiled at the start, and which of them are complete."""

    def __init__(self) -> None:
        self.compiled: dict[str, gettext.NullTranslations] = {"en": gettext.NullTranslations()}
        self.states: dict[str, State] = {}

    def read(self, folder: Path) -> None:
        """Read the child's side in every language that lies in the folder."""
        said = sentences_said(CATALOGUES / f"{CHILD}.pot")
        for path in sorted(folder.glob(f"*/LC_MESSAGES/{CHILD}.po")):
            language, catalogue = path.parent.parent.name, read_file(path)
            if language_of(language) is None:
                continue
            self.states[language] = state = state_of(catalogue, said)
            if state.complete:
                self.compiled[language] = compiled(path)

    def say(self, language: str, words: str, **values: object) -> str:
        """A sentence for the child; English where that language is not offered."""
        said = self.compiled.get(language, self.compiled["en"]).gettext(words)
        return said % values if values else said

    def offered(self) -> list[str]:
        """The languages a child may be offered: those that are complete."""
        known = [language for language in LANGUAGES if language in self.compiled]
        return [*known, *sorted(self.compiled.keys() - set(known))]


def read_file(path: Path) -> Catalog:
    """A catalogue from its file; the same one until the file changes."""
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _read(path: Path, _changed_at: int) -> Catalog:
    with path.open("rb") as source:
        return read_po(source)


def sentences_said(template: Path) -> frozenset[str]:
    """The sentences that are really said, whatever a translation holds."""
    return frozenset(str(message.id) for message in read_file(template) if message.id)


def state_of(catalogue: Catalog, said: frozenset[str]) -> State:
    """How far a catalogue is, held against what is said."""
    done = {str(message.id): str(message.string) for message in catalogue if _is_done(message)}
    told = sorted((words, done[words]) for words in said & done.keys())
    version = sha256(repr(told).encode()).hexdigest()[:8]
    return State(len(said), len(said - done.keys()), version)


def _is_done(message: Message) -> bool:
    if not message.id or not message.string or message.fuzzy:
        return False
    return sorted(PLACE.findall(str(message.id))) == sorted(PLACE.findall(str(message.string)))


def compiled(path: Path) -> Translations:
    """A catalogue, ready to be spoken; what is doubtful in it stays unsaid."""
    target = BytesIO()
    write_mo(target, read_file(path))
    target.seek(0)
    return Translations(target, domain=path.stem)


def staff_catalogues(folder: Path) -> dict[str, Translations]:
    """The professionals' side by language. What a child was asked is found there, too."""
    found = {}
    for path in sorted(folder.glob(f"*/LC_MESSAGES/{STAFF}.po")):
        found[path.parent.parent.name] = spoken = compiled(path)
        child = path.with_name(f"{CHILD}.po")
        if child.exists():
            spoken.add_fallback(compiled(child))
    return found


def language_of(code: str) -> Language | None:
    """What is known of a language: from our table, else from everybody's; or none."""
    if code in LANGUAGES:
        return LANGUAGES[code]
    try:
        known = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return None
    name, own = known.get_display_name("en"), known.get_display_name()
    return Language(code, name or code, own or code, right_to_left=known.text_direction == "rtl")
