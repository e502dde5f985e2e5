"""The page of languages, whose check holds for one version, and the language of one's own pages."""

import re
from datetime import date
from pathlib import Path

import pytest
from babel import Locale
from babel.dates import format_date
from babel.messages.plurals import get_plural
from flask import Flask
from flask_babel import ngettext

from interview.languages import LANGUAGES, Language, first_in
from records.database import db
from records.languages import Reading, add_check, latest_checks
from records.tables import Authority, Person
from tests.catalogues import faults
from tests.conftest import Visit
from tests.people import People, an_interview, keeping
from tests.visitor import page_of
from views.catalogues import Catalogues, State, language_of
from views.moments import day, now, today
from views.words import CATALOGUES, listed

EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES.values(), ids=str)
NUMBERS = (0, 1, 2, 3, 6, 11, 100)


@EVERY_LANGUAGE
def test_a_language_is_known_to_the_tables_of_the_world(language: Language) -> None:
    """Its direction is theirs, and a day can be written in it with the month in words."""
    known = Locale.parse(language.code)
    assert language.right_to_left == (known.text_direction == "rtl")
    assert re.search(r"[^\W\d]{2,}", format_date(date(2026, 11, 22), "d MMMM y", locale=known))


@pytest.mark.parametrize(
    ("code", "said"),
    [("en", "a, b, c"), ("cy", "a, b, c"), ("ar", "a، b، c"), ("ti", "a፣ b፣ c"), ("so", "a, b, c")],
)
def test_a_list_has_the_comma_of_its_language(app: Flask, code: str, said: str) -> None:
    """However many words are in it."""
    with app.app_context():
        assert listed(["a", "b", "c"], code) == said
        assert listed(["a"], code) == "a"


@EVERY_LANGUAGE
def test_a_language_goes_by_a_name_here_and_by_its_own(language: Language) -> None:
    """Nobody has to read another's letters to find their own language."""
    assert language.words.isascii()
    assert language.code == "en" or language.own != language.words


@EVERY_LANGUAGE
def test_every_number_has_a_form_in_every_language(language: Language) -> None:
    """The plural forms that stand in its catalogues answer for every number."""
    forms, rule = language.plurals.removeprefix("nplurals=").removesuffix(";").split("; plural=")
    assert all(0 <= _plural(rule, number) < int(forms) for number in NUMBERS)


@pytest.mark.parametrize("code", ["cy", "ar", "uk", "vi", "fa_AF"])
def test_the_forms_are_those_of_the_language(code: str) -> None:
    """The same as Babel's, where Babel has its own."""
    mine = LANGUAGES[code].plurals.removesuffix(";").split("plural=")[-1]
    theirs = get_plural(code).plural_expr
    assert [_plural(mine, n) for n in NUMBERS] == [_plural(theirs, n) for n in NUMBERS]


def test_welsh_comes_first_in_wales() -> None:
    """And English first everywhere else."""
    assert first_in("wales", ["en", "ar", "cy"]) == ["cy", "en", "ar"]
    assert first_in("england", ["cy", "en", "ar"]) == ["en", "cy", "ar"]


@pytest.mark.parametrize(("nation", "first"), [("wales", "cy"), ("england", "en")])
def test_a_child_in_wales_is_offered_welsh_first(
    app: Flask, people: People, visit: Visit, nation: str, first: str
) -> None:
    """By the page, and by the worker, whose brief says so."""
    with keeping(app):
        db.session.get_one(Authority, people.fenmoor.id).nation = nation
        talk = an_interview(people)
    ines = visit(people.ines)
    tongues = page_of(ines.get(f"/interviews/{talk.id}/welcome")).find("button", name="language")
    assert tongues[0].attributes["value"] == first
    assert ("Offer Welsh first" in ines.get(f"/interviews/{talk.id}").text) == (nation == "wales")


def test_the_catalogues_hold_every_sentence() -> None:
    """The child's side in Welsh and Arabic, and the professionals' in Welsh."""
    assert faults() == []


@pytest.mark.parametrize("number", NUMBERS)
def test_welsh_counts_in_every_form(app: Flask, number: int) -> None:
    """Days in their own form after each number, with the number in its place."""
    with app.test_request_context(headers={"Accept-Language": "cy"}):
        said = ngettext("%(num)s day", "%(num)s days", number)
    assert said == f"{number} {'ddiwrnod' if number == 2 else 'diwrnod'}"


def test_a_day_in_welsh_has_its_month_in_words(app: Flask) -> None:
    """Never 22/11/26, which each language reads in its own way."""
    with app.test_request_context(headers={"Accept-Language": "cy"}):
        assert day(date(2026, 11, 22)) == "22 Tachwedd 2026"


def test_a_new_catalogue_is_spoken_without_a_line_of_code(tmp_path: Path) -> None:
    """Somali, dropped into the folder; and a language that is not in our own table."""
    for code in ("so", "fr"):
        _drop(tmp_path, code)
    catalogues = Catalogues()
    catalogues.read(tmp_path)
    assert catalogues.offered() == ["en", "so", "fr"]
    french = language_of("fr")
    assert french is not None
    assert (french.words, french.own) == ("French", "français")


def test_what_is_no_language_is_left_alone(tmp_path: Path) -> None:
    """A folder of another name is nobody's language."""
    _drop(tmp_path, "not-a-language")
    catalogues = Catalogues()
    catalogues.read(tmp_path)
    assert catalogues.offered() == ["en"]


def test_a_catalogue_is_held_against_what_is_said_and_not_against_itself(tmp_path: Path) -> None:
    """One that has lost a sentence is not complete, though all it holds is translated."""
    _drop(tmp_path, "so", but='msgid "Taxi"')
    catalogues = Catalogues()
    catalogues.read(tmp_path)
    assert not catalogues.states["so"].complete
    assert catalogues.states["so"].missing == 1
    assert catalogues.offered() == ["en"]


@pytest.mark.parametrize(("missing", "share"), [(0, 0), (1, 1), (50, 25), (199, 100), (200, 100)])
def test_anything_missing_is_at_least_one_of_a_hundred(missing: int, share: int) -> None:
    """So that nobody reads that nothing is missing."""
    assert State(200, missing, "").missing_share == share


def test_cora_notes_who_has_read_a_language(app: Flask, people: People, visit: Visit) -> None:
    """From then on it is checked, by name and day."""
    cora = visit(people.cora)
    assert "Unchecked" in cora.get("/languages").text
    cora.submit("/languages/cy", checker="Gwen Made-Up", on=today().isoformat())
    page = page_of(cora.get("/languages")).text
    assert "by Gwen Made-Up on" in page
    with app.app_context():
        assert latest_checks()["cy"].noted_by == people.cora.id


def test_a_language_is_unchecked_again_when_a_sentence_has_changed(
    app: Flask, people: People, visit: Visit
) -> None:
    """The check was of the sentences as they were."""
    with keeping(app):
        add_check(Reading("ar", "an old version", "Nour Made-Up", today()), people.cora.id, now())
    assert "Unchecked since it was changed" in visit(people.cora).get("/languages").text


def test_nobody_notes_a_check_of_tomorrow(people: People, visit: Visit) -> None:
    """Nor of sentences that have changed under their hands."""
    cora = visit(people.cora)
    assert "has not come yet" in cora.submit("/languages/cy", checker="Gwen", on="2999-01-01").text
    old = cora.submit("/languages/cy", checker="Gwen", on=today().isoformat(), version="old")
    assert "have changed meanwhile" in old.text


def test_a_language_without_a_catalogue_has_no_page(people: People, visit: Visit) -> None:
    """There is nothing to read yet."""
    assert visit(people.cora).get("/languages/ti").status_code == 404


@pytest.mark.parametrize("name", ["ines", "maya", "ivan"])
def test_only_the_coordinator_keeps_the_languages(people: People, visit: Visit, name: str) -> None:
    """It is the service manager's to say who has checked what."""
    someone = visit(getattr(people, name))
    assert someone.get("/languages").status_code == 403
    assert someone.get("/languages/cy").status_code == 403


def test_somebody_reads_their_own_pages_in_welsh(app: Flask, people: People, visit: Visit) -> None:
    """Kept with the person: the next time, too."""
    ines = visit(people.ines)
    ines.submit("/language", language="cy")
    (html,) = page_of(ines.get("/")).find("html")
    assert (html.attributes["lang"], html.attributes["dir"]) == ("cy", "ltr")
    with app.app_context():
        assert db.session.get_one(Person, people.ines.id).language == "cy"
    assert page_of(visit(people.maya).get("/")).find("html")[0].attributes["lang"] == "en"


def test_a_stranger_signs_in_in_the_language_of_their_browser(visit: Visit) -> None:
    """Until they have said otherwise."""
    page = page_of(visit().get("/sign-in", headers={"Accept-Language": "cy, en;q=0.5"}))
    assert page.find("html")[0].attributes["lang"] == "cy"


def _plural(rule: str, number: int) -> int:
    from gettext import c2py

    return int(c2py(rule)(number))


def _drop(folder: Path, code: str, but: str = "") -> None:
    """The Welsh catalogue, under another name, without one of its sentences."""
    blocks = (CATALOGUES / "cy" / "LC_MESSAGES" / "child.po").read_text("utf-8").split("\n\n")
    target = folder / code / "LC_MESSAGES" / "child.po"
    target.parent.mkdir(parents=True)
    target.write_text("\n\n".join(block for block in blocks if not but or but not in block), "utf-8")
