"""Words in the reader's language: two catalogues, one for professionals and one for the child."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import Flask, current_app, has_request_context, request
from flask_babel import Babel, get_locale
from flask_babel import gettext as flask_gettext
from flask_login import current_user

from interview.languages import LANGUAGES as KNOWN
from views.catalogues import CATALOGUES as CATALOGUES
from views.catalogues import STAFF, language_of, staff_catalogues
from views.catalogues import Catalogues as Catalogues

ROOT = Path(__file__).parent.parent
# By their own names.
LANGUAGES: dict[str, str] = {code: language.own for code, language in KNOWN.items()}

babel = Babel()


def _(words: str, **values: object) -> str:
    """A professional's sentence in their language, with its values."""
    return str(flask_gettext(words, **values))


def direction(language: str) -> str:
    """The direction in which a language is written."""
    known = language_of(language)
    return "rtl" if known and known.right_to_left else "ltr"


def html_language(language: str) -> str:
    """A language as HTML wants it: fa-AF."""
    return language.replace("_", "-")


def catalogues() -> Catalogues:
    """The child's catalogues of this app."""
    kept: Catalogues = current_app.extensions["heard.catalogues"]
    return kept


def staff_languages() -> list[str]:
    """The languages that professionals can choose for their own pages."""
    kept: list[str] = current_app.extensions["heard.staff_languages"]
    return kept


def worker_language() -> str:
    """The language of the page for the professional who reads it."""
    return str(get_locale() or "en")


def listed(words: Sequence[str], language: str = "") -> str:
    """Several words in a row, with the comma of their language; the page's own where none is named."""
    known = language_of(language or worker_language())
    return (known.comma if known else ", ").join(words)


def _chosen_language() -> str:
    """What this person has chosen; of somebody who is not signed in, what their browser asks for."""
    if not has_request_context():
        return "en"
    offered = staff_languages()
    if current_user.is_authenticated:
        return current_user.language if current_user.language in offered else "en"
    return request.accept_languages.best_match(offered, "en") or "en"


def init_app(app: Flask) -> None:
    """Give the templates their words."""
    babel.init_app(
        app,
        default_locale="en",
        default_timezone="Europe/London",
        default_domain=STAFF,
        locale_selector=_chosen_language,
    )
    kept = app.extensions["heard.catalogues"] = Catalogues()
    kept.read(CATALOGUES)
    spoken = staff_catalogues(CATALOGUES)
    app.extensions["heard.staff_languages"] = ["en", *spoken]
    with app.app_context():
        domain = babel.domain_instance
        # Read from the files as they are; otherwise a compiled copy of each would have to lie beside it.
        domain.cache.update({(language, domain.domain[0]): said for language, said in spoken.items()})

    def in_language(language: str) -> Any:
        return lambda words, **values: kept.say(language, words, **values)

    app.jinja_env.filters.update(listed=listed)
    app.jinja_env.globals.update(
        child_words=in_language,
        direction=direction,
        html_language=html_language,
        staff_languages=staff_languages,
        worker_language=worker_language,
        LANGUAGES=LANGUAGES,
    )
