"""The child's words in each language: complete, exact about their limit, and the right way round."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural
from flask import Flask

from interview.welcome import LIMIT
from records.answers import keep
from tests.catalogues import CHILD, extracted_ids, places, read
from tests.conftest import Visit
from tests.people import TALK, People, an_interview, answer, keeping
from tests.visitor import Element, page_of
from views.moments import now
from views.words import CATALOGUES, Catalogues, direction

TRANSLATED = ("ar", "cy")
WHOLE_SIDE = ("en", *TRANSLATED)

# What would promise the child that nobody else gets to know. There is no such promise: what is said may
# have to be told on.
PROMISES = {
    "en": r"\bsecret|confidential|\bprivate|\bpromise|between us|between you and me|"
    r"(nobody|no one|never|not|n't)( else| ever| going to)*( will)? (tell anyone|tell on|find out|be told)|"
    r"(nobody|no one)( else)? will",
    "cy": r"cyfrinach|preifat|\baddo\b|\baddaw|addewid|rhyngo|rhyngddo|neb arall|fydd neb|"
    r"(wna i|ddweda i|ddweud) (ddim|byth|wrth neb)",
    "ar": r"\bال?سر\b|\bسرا\b|سري[ةا]|خصوصي|بيننا|بيني وبينك|لن (أخبر|أقول|يعرف|يقرأ|يسمع|يعلم)|"
    r"أعدك|\bوعد|لا أحد (س|غير)",
}


def test_the_catalogues_of_arabic_and_welsh_are_there_and_offered() -> None:
    """A child can be offered each language whose whole side is translated."""
    assert offered_in(CATALOGUES) == ["en", "cy", "ar"]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_for_the_child_is_translated(language: str) -> None:
    """None is missing, none is doubtful, and none is left over from before."""
    done = {said.id for said in catalogue_of(language) if said.id and said.string and not said.fuzzy}
    assert done == extracted_ids(CHILD.name)


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_left_in_english(language: str) -> None:
    """A translation says it in the other language."""
    assert not [english for english, said in pairs(language) if english == said]


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_values_stay_in_their_sentences(language: str) -> None:
    """A sentence that names a reason still names it."""
    assert not [english for english, said in pairs(language) if places(english) != places(said)]


def test_arabic_is_written_with_its_own_letters_and_marks() -> None:
    """No Latin letter, comma or question mark in an Arabic sentence."""
    assert not [said for _, said in pairs("ar") if re.search(r"[A-Za-z,;?]", without_places(said))]


def test_welsh_speaks_to_the_child_as_ti() -> None:
    """The child is never addressed as chi, as a stranger or a crowd would be."""
    assert not [said for _, said in pairs("cy") if re.search(r"\b(chi|eich|chwi|wrthych)\b(?! brifo)", said)]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_says_its_plural_forms_and_who_has_checked_it(language: str) -> None:
    """Welsh has five forms and Arabic six. Nobody has checked either yet, and the file says so."""
    catalogue, plural = catalogue_of(language), get_plural(language)
    assert (catalogue.num_plurals, catalogue.plural_expr) == (plural.num_plurals, plural.plural_expr)
    assert '\n"X-Checked-By: ' in path_of(language).read_text("utf-8")


@pytest.mark.parametrize("language", WHOLE_SIDE)
def test_no_sentence_promises_the_child_secrecy(language: str) -> None:
    """Whoever listens may have to tell."""
    promise = re.compile(PROMISES[language], re.IGNORECASE)
    assert not [said for _, said in pairs(language) if promise.search(bare(said))]


@pytest.mark.parametrize(
    ("language", "promise"),
    [
        ("en", "This is our secret."),
        ("en", "Nobody else will know."),
        ("en", "I won't tell anyone."),
        ("cy", "Mae'n gyfrinach, wna i ddim dweud."),
        ("cy", "Fydd neb yn gwybod."),
        ("ar", "هذا سرّ بيننا."),
        ("ar", "لن أُخبر أحدًا."),
    ],
)
def test_a_promise_of_secrecy_would_be_found(language: str, promise: str) -> None:
    """The list of words knows a promise when it reads one."""
    assert re.search(PROMISES[language], bare(promise), re.IGNORECASE)


def test_a_language_is_not_offered_while_a_sentence_is_missing(tmp_path: Path) -> None:
    """A child does not meet two languages in one sentence after another."""
    file_away(tmp_path, 'msgid "Yes"\nmsgstr "Ydy"', 'msgid "Yes"\nmsgstr ""')
    assert offered_in(tmp_path) == ["en"]


def test_a_language_is_not_offered_while_a_sentence_is_doubtful(tmp_path: Path) -> None:
    """Fuzzy is what tools call a translation that was made for another sentence."""
    file_away(tmp_path, 'msgid "Yes"\n', '#, fuzzy\nmsgid "Yes"\n')
    assert offered_in(tmp_path) == ["en"]


def test_a_language_is_offered_when_nothing_is_missing(tmp_path: Path) -> None:
    """What is complete is offered."""
    file_away(tmp_path, "", "")
    assert offered_in(tmp_path) == ["en", "cy"]


@pytest.mark.parametrize("language", WHOLE_SIDE)
@pytest.mark.parametrize("step", ["talk", "read-back"])
def test_the_childs_pages_are_in_the_childs_language(
    app: Flask, people: People, visit: Visit, language: str, step: str
) -> None:
    """The page says its language and its direction, and shows English only where it says so."""
    page = page_of(visit(people.ines).get(f"/interviews/{a_talk(app, people, language)}/{step}"))
    assert side_of(page) == (language, direction(language))
    mine = dict(pairs(language))
    assert not [said for said in own_words(page) if mine.get(said, said) != said]


def test_arabic_is_read_from_the_right_and_the_workers_line_from_the_left(
    app: Flask, people: People, visit: Visit
) -> None:
    """The English line beneath each question is marked as what it is."""
    page = page_of(visit(people.ines).get(f"/interviews/{a_talk(app, people, 'ar')}/talk"))
    glosses = page.find("span", **{"class": "gloss"})
    assert side_of(page) == ("ar", "rtl")
    assert {(one.attributes["lang"], one.attributes["dir"]) for one in glosses} == {("en", "ltr")}


def test_a_language_that_is_not_complete_leaves_the_page_in_english(
    app: Flask, people: People, visit: Visit
) -> None:
    """The interpreter speaks Vietnamese; the page has not learnt it yet."""
    page = page_of(visit(people.ines).get(f"/interviews/{a_talk(app, people, 'vi')}/talk"))
    assert side_of(page) == ("en", "ltr")


@pytest.mark.parametrize("language", WHOLE_SIDE)
def test_the_limit_stands_before_the_first_question(
    app: Flask, people: People, visit: Visit, language: str
) -> None:
    """Nobody answers before they have been told what has to be passed on."""
    page = page_of(visit(people.ines).get(f"/interviews/{a_talk(app, people, language)}/talk"))
    (limit,) = page.find("strong")
    order = [element for element in page if element is limit or element.tag == "fieldset"]
    assert order[0] is limit
    mine = dict(pairs(language))
    assert limit.text == " ".join(mine[line] for line in LIMIT)


# ---- what these tests ask of the files and of a page


def path_of(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / "child.po"


def catalogue_of(language: str) -> Catalog:
    return read(path_of(language))


def pairs(language: str) -> list[tuple[str, str]]:
    """Each sentence in English and in this language."""
    if language == "en":
        return [(str(words), str(words)) for words in extracted_ids(CHILD.name)]
    return [(str(said.id), str(said.string)) for said in catalogue_of(language) if said.id]


def without_places(words: str) -> str:
    return re.sub(r"%\(\w+\)s", "", words)


def bare(words: str) -> str:
    """Without the small marks of Arabic, which may be written or not; a hamza stays with its letter."""
    return "".join(letter for letter in words if unicodedata.category(letter) != "Mn")


def offered_in(folder: Path) -> list[str]:
    catalogues = Catalogues()
    catalogues.read(folder)
    return catalogues.offered()


def file_away(folder: Path, before: str, after: str) -> None:
    """The Welsh catalogue, once more, with one thing changed."""
    words = path_of("cy").read_text("utf-8")
    assert before in words
    copy = folder / "cy" / "LC_MESSAGES" / "child.po"
    copy.parent.mkdir(parents=True)
    copy.write_text(words.replace(before, after, 1), "utf-8")


def a_talk(app: Flask, people: People, language: str) -> str:
    """A talk in this language that has begun."""
    with keeping(app):
        interview = an_interview(people, language=language)
        keep(interview, [answer(key, value) for key, value in TALK], people.ines.id, now())
        return interview.id


def side_of(page: Element) -> tuple[str, str]:
    (html,) = page.find("html")
    return html.attributes["lang"], html.attributes["dir"]


def own_words(element: Element) -> Iterator[str]:
    """All that is read on a page, seen or heard, but for what is marked as being in English."""
    if element.attributes.get("lang") == "en" and element.tag != "html":
        return
    for name, said in element.attributes.items():
        if name in {"aria-label", "alt", "placeholder", "title"} or name.startswith("data-"):
            yield said
    for one in element.inside:
        if isinstance(one, Element):
            yield from own_words(one)
        else:
            yield " ".join(one.split())
