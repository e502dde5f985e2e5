"""Every sentence is translated where it is shown: the house speaks a language in which that can be seen."""

import re
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import flask_babel
import pytest
from flask import Flask

from tests.catalogues import CHILD, STAFF, extracted_ids
from tests.crawler import Crawler, addresses_of, pages_without_an_id
from tests.houses import close
from tests.people import People, keeping
from tests.visitor import Element, Visitor, read_page
from tests.worlds import ACCUSED, TWIN, Seeded, furnish
from views.words import LANGUAGES, Catalogues

Marked = tuple[Flask, People, dict[str, str]]
NAMES = ("ines", "maya", "ivan", "cora")
MARKED = re.compile(r"⟦[^⟦⟧⟪⟫]*⟧|⟪[^⟦⟧⟪⟫]*⟫")
# What is sent, and not shown.
KEYS = frozenset({"value", "name", "id", "for", "class", "fill", "preserveaspectratio"})
# Languages go by their own names.
SAME = frozenset({"English", *LANGUAGES.values()})


class InMarks(NullTranslations):
    """A language in which every sentence stands in marks."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    ugettext, ungettext = gettext, ngettext


def say_in_marks(_self: Catalogues, _language: str, words: str, **values: object) -> str:
    """The child's side of it."""
    return f"⟪{words % values if values else words}⟫"


@pytest.fixture
def marked(
    models: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Flask, People, dict[str, str]]]:
    """A house full of records that speaks in marks."""
    monkeypatch.setattr(flask_babel.Domain, "get_translations", lambda _self: InMarks())
    monkeypatch.setattr(Catalogues, "say", say_in_marks)
    monkeypatch.setattr("views.paper.made", lambda _kind, _html: b"%PDF")
    model = models("sqlite")
    app = model.copy(tmp_path / "instance").open()
    with keeping(app):
        ids = furnish(model.people, TWIN, Seeded())
    yield app, model.people, ids
    close(app)


def unmarked(page: Element) -> Iterator[str]:
    """What stands on the page without marks."""
    for element in page:
        if element.tag in {"script", "style"}:
            continue
        spoken = (one for one in element.inside if isinstance(one, str))
        shown = (value for name, value in element.attributes.items() if name not in KEYS)
        for words in (*shown, *spoken):
            yield _without_marks(words).strip()


def _without_marks(words: str) -> str:
    while MARKED.search(words):
        words = MARKED.sub(" ", words)
    return words


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_is_translated_where_it_is_shown(marked: Marked, name: str) -> None:
    app, people, ids = marked
    sentences = (extracted_ids(STAFF.name) | extracted_ids(CHILD.name)) - SAME
    starts = [*pages_without_an_id(app), *(address for _, address in addresses_of(app, ids))]
    shown = Crawler(Visitor(app, getattr(people, name)), sends=False).go(starts)
    bare = {
        (step, words)
        for step, answer in shown.items()
        if dict(answer.headers)["Content-Type"].startswith("text/html")
        for words in unmarked(read_page(answer.body.decode())[0])
        if words.removesuffix(" – Heard") in sentences
    }
    assert bare == set()


def test_the_marks_are_seen(marked: Marked) -> None:
    app, people, _ = marked
    page = read_page(Visitor(app, people.cora).get("/").text)[0]
    assert page.find("title")[0].text.startswith("⟦")
    assert ACCUSED not in " ".join(unmarked(page))
