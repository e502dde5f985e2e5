"""What holds for every file: floors, clocks, sizes, words and templates."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, nodes

ROOT = Path(__file__).parent.parent
CODE = sorted(
    path
    for room in ("interview", "records", "forms", "views")
    for path in (ROOT / room).rglob("*.py")
    if "versions" not in path.parts
)
CODE.append(ROOT / "app.py")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LONGEST_FUNCTION = 40
# The only places that ask what time it is: the views, and whoever measures.
CLOCKS = {"views/moments.py"}
# Words that Heard never uses of a child.
NEVER_SAID = re.compile(
    r"\babscond|\bawol\b|risk score|\bsanction|non-compliant|\brunaway(?![- ]helpline)", re.I
)

KNOWN_TO_THE_GROUND_FLOOR = {
    "collections", "dataclasses", "datetime", "enum", "functools", "itertools", "re", "typing",
    "unicodedata", "zoneinfo",
}  # fmt: skip

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


EVERY_FILE = pytest.mark.parametrize("path", CODE, ids=name_of)
EVERY_TEMPLATE = pytest.mark.parametrize("path", TEMPLATES, ids=name_of)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    yield from (node for node in ast.walk(tree_of(path)) if isinstance(node, Function))


def imports(path: Path) -> Iterator[str]:
    """What a file imports: `flask.request`, `records.tables`."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


# Code ----------------------------------------------------------------------------------------------


@EVERY_FILE
def test_a_file_says_what_lives_here(path: Path) -> None:
    said = ast.get_docstring(tree_of(path)) or ""
    assert said.splitlines()[:1]
    assert said.splitlines()[0].endswith((".", "?", "!")), said


@EVERY_FILE
def test_a_function_fits_in_the_eye(path: Path) -> None:
    long = {
        f"{function.name}: {lines}"
        for function in functions(path)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    }
    assert long == set()


@EVERY_FILE
def test_only_the_views_ask_what_time_it_is(path: Path) -> None:
    asked = {
        node.attr
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today"}
        if isinstance(node.value, ast.Name) and node.value.id in {"datetime", "date", "dt"}
    }
    assert not asked or name_of(path) in CLOCKS
    assert "time.time" not in set(imports(path))


@pytest.mark.parametrize("path", [p for p in CODE if name_of(p).startswith("records/")], ids=name_of)
def test_records_know_neither_the_request_nor_who_is_signed_in(path: Path) -> None:
    unwanted = {"flask.request", "flask.session", "flask.abort", "flask.g", "flask_login.current_user"}
    assert unwanted.isdisjoint(imports(path))


@pytest.mark.parametrize("path", [p for p in CODE if name_of(p).startswith("interview/")], ids=name_of)
def test_the_ground_floor_has_no_clock_no_web_and_no_database(path: Path) -> None:
    outside = {name.split(".")[0] for name in imports(path)} - {"interview"}
    assert outside.isdisjoint(
        {"flask", "sqlalchemy", "records", "forms", "views", "app", "os", "random", "time"}
    )


@EVERY_FILE
def test_no_answer_is_changed_or_removed(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"(update|delete)\(\s*Answer\b|(UPDATE|DELETE FROM)\s+answer\b", text)


@EVERY_FILE
def test_markup_is_made_by_templates(path: Path) -> None:
    assert {"markupsafe.Markup", "flask.Markup", "flask.render_template_string"}.isdisjoint(imports(path))


@pytest.mark.parametrize("path", [*CODE, *TEMPLATES], ids=name_of)
def test_some_words_are_never_said_of_a_child(path: Path) -> None:
    assert NEVER_SAID.findall(path.read_text(encoding="utf-8")) == []


CHECKS = {"InputRequired", "DataRequired", "Length", "NumberRange", "Regexp", "AnyOf", "EqualTo"}


@pytest.mark.parametrize("path", [path for path in CODE if path.parent.name == "forms"], ids=name_of)
def test_every_check_says_in_our_own_words_what_is_wrong(path: Path) -> None:
    """A library's own sentences are in the languages that it knows, and those are not ours."""
    silent = [
        node.lineno
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CHECKS
        if not any(one.arg == "message" for one in node.keywords)
    ]
    assert not silent


# Templates -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def environment() -> Environment:
    """The templates' own language, as the app speaks it."""
    environment = Flask("app", root_path=str(ROOT)).create_jinja_environment()
    environment.add_extension("jinja2.ext.i18n")
    return environment


def parsed(environment: Environment, path: Path) -> nodes.Template:
    return environment.parse(path.read_text(encoding="utf-8"))


@EVERY_TEMPLATE
def test_a_template_says_nothing_unescaped(environment: Environment, path: Path) -> None:
    page = parsed(environment, path)
    assert not [one.name for one in page.find_all(nodes.Filter) if one.name == "safe"]
    assert not list(page.find_all(nodes.ScopedEvalContextModifier))
    assert path.suffix == ".html"


@EVERY_TEMPLATE
def test_a_macro_that_is_imported_is_used(environment: Environment, path: Path) -> None:
    page = parsed(environment, path)
    brought = {
        name if isinstance(name, str) else name[1]
        for one in page.find_all(nodes.FromImport)
        for name in one.names
    } | {one.target for one in page.find_all(nodes.Import)}
    used = {name.name for name in page.find_all(nodes.Name) if name.ctx == "load"}
    assert brought - used == set()


FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.S | re.I)


@EVERY_TEMPLATE
def test_a_form_that_changes_something_carries_the_token(path: Path) -> None:
    for form in FORM.findall(path.read_text(encoding="utf-8")):
        opening = form[: form.index(">")].lower()
        # Sends nothing anywhere: a page on a tablet, where there is no network.
        if 'method="dialog"' in opening:
            continue
        assert 'method="post"' in opening or 'method="get"' in opening, opening
        assert 'method="get"' in opening or "csrf_token" in form or "hidden_tag()" in form, opening


INLINE = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\ssrc=)", re.I)


@EVERY_TEMPLATE
def test_no_script_and_no_style_stands_in_a_page(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [found for found in INLINE.findall(text) if "application/json" not in text] == []


@EVERY_TEMPLATE
def test_nothing_comes_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"(src|href|action)=[\"']?(https?:)?//", text)


# The name of the house; and, in the one macro that draws fields, names that are no words of ours.
NO_WORDS = {"Heard"}
OF_FIELDS = {"-choice", "checkbox-choice", "select", "textarea", "-hint", "-error"}
LETTERS = re.compile(r"[A-Za-z]{2,}")


def plain_words(environment: Environment, path: Path) -> Iterator[str]:
    """The words of a template that no translator would be shown."""
    kept, inside = "", 0
    for _line, kind, value in environment.lex(path.read_text(encoding="utf-8")):
        inside += kind in {"variable_begin", "block_begin", "comment_begin", "raw_begin"}
        inside -= kind in {"variable_end", "block_end", "comment_end", "raw_end"}
        kept += value if kind == "data" else "" if inside else " "
    for tag in re.findall(r"<[^>]*>", kept):
        yield from re.findall(r"\s(?:aria-label|title|placeholder|alt)=\"([^\"]*)\"", tag)
    yield from re.sub(r"<[^>]*>|&\w+;", " ", kept).split()


@EVERY_TEMPLATE
def test_every_word_in_a_template_can_be_translated(environment: Environment, path: Path) -> None:
    words = {one for one in plain_words(environment, path) if LETTERS.search(one)}
    allowed = NO_WORDS | (OF_FIELDS if path.name == "fields.html" else set())
    assert words - allowed == set()


# What no other row has: of its whole table, or of the one record that such a search is about. The lists of
# requests and of what happened bring their whole order from elsewhere; what came late is by talk.
NO_TIES = re.compile(
    r"\.(id|seq|sign_in_name)(\.desc\(\))?$|^'id'$|^None$|^RequestStep\.number$|translation_id$"
)
WHOLE_ORDERS = {
    "records/requests.py": {"*order"},
    "records/review_list.py": {"'talk'"},
    "records/late.py": {"Late.interview_id"},
}


@EVERY_FILE
def test_no_two_rows_of_a_search_may_change_places(path: Path) -> None:
    calls = (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call))
    sorts = (node for node in calls if isinstance(node.func, ast.Attribute) and node.func.attr == "order_by")
    last = {ast.unparse(node.args[-1]) for node in sorts}
    known = WHOLE_ORDERS.get(name_of(path), set())
    assert {one for one in last - known if not NO_TIES.search(one)} == set()
