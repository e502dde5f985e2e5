"""Words in the reader's language: two catalogues, one for professionals and one for the child."""

import gettext
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, current_app
from flask_babel import Babel
from flask_babel import gettext as flask_gettext

ROOT = Path(__file__).parent.parent
CATALOGUES = ROOT / "translations"
STAFF, CHILD = "staff", "child"

# The languages a child may be offered, by their own names. Only those whose catalogue is complete
# are offered (interview side: `offered`).
LANGUAGES: dict[str, str] = {
    "en": "English",
    "cy": "Cymraeg",
    "ar": "العربية",
    "vi": "Tiếng Việt",
    "ckb": "کوردیی ناوەندی",
    "fa_AF": "دری",
    "ps": "پښتو",
    "ti": "ትግርኛ",
    "sq": "Shqip",
    "am": "አማርኛ",
    "so": "Soomaali",
    "uk": "Українська",
}
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa_AF", "ps", "ur"})

babel = Babel()


def _(words: str, **values: object) -> str:
    """A professional's sentence in their language, with its values."""
    return str(flask_gettext(words, **values))


class Catalogues:
    """The child's catalogues as compiled at the start, and which of them are complete."""

    def __init__(self) -> None:
        self.compiled: dict[str, gettext.NullTranslations] = {"en": gettext.NullTranslations()}

    def read(self, folder: Path) -> None:
        """Read every complete catalogue of the child's side."""
        for path in sorted(folder.glob("*/LC_MESSAGES/child.po")):
            catalogue = compiled(path)
            if catalogue is not None:
                self.compiled[path.parent.parent.name] = catalogue

    def say(self, language: str, words: str, **values: object) -> str:
        """A sentence for the child; English where that language is not offered."""
        said = self.compiled.get(language, self.compiled["en"]).gettext(words)
        return said % values if values else said

    def offered(self) -> list[str]:
        """The languages a child may be offered: those that are complete."""
        return [language for language in LANGUAGES if language in self.compiled]


def compiled(path: Path) -> gettext.GNUTranslations | None:
    """A catalogue from its .po file; None when a sentence is missing or fuzzy."""
    with path.open("rb") as source:
        catalogue = read_po(source)
    if any(message.id and (message.fuzzy or not message.string) for message in catalogue):
        return None
    target = BytesIO()
    write_mo(target, catalogue)
    target.seek(0)
    return gettext.GNUTranslations(target)


def direction(language: str) -> str:
    """The direction in which a language is written."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def html_language(language: str) -> str:
    """A language as HTML wants it: fa-AF."""
    return language.replace("_", "-")


def catalogues() -> Catalogues:
    """The child's catalogues of this app."""
    kept: Catalogues = current_app.extensions["heard.catalogues"]
    return kept


def init_app(app: Flask) -> None:
    """Give the templates their words."""
    babel.init_app(app, default_locale="en", default_timezone="Europe/London", default_domain=STAFF)
    kept = app.extensions["heard.catalogues"] = Catalogues()
    kept.read(CATALOGUES)

    def in_language(language: str) -> Any:
        return lambda words, **values: kept.say(language, words, **values)

    app.jinja_env.globals.update(
        child_words=in_language,
        direction=direction,
        html_language=html_language,
        LANGUAGES=LANGUAGES,
    )
