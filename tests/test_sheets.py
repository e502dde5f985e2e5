"""What goes onto a tablet with a talk: the sheets are the pages, and nothing on them is not on the list."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from interview.access import Act
from interview.numbers import Number
from records.numbers import keep_numbers
from records.tables import Interview
from tests.conftest import NOON, Visit
from tests.people import People, an_interview, keeping
from tests.visitor import Visitor
from views.door import open_record
from views.sheets import WITH, draft_of
from views.trees import ATTRIBUTES, PREFIXES, TAGS, Tree, tree_of


def nowhere(_address: str) -> None:
    """No page of the tablet's."""
    return


def elements(tree: Tree) -> Iterator[Tree]:
    """Every element, in the order of the page."""
    yield tree
    for one in tree[2:]:
        if isinstance(one, list):
            yield from elements(one)


def text(tree: Tree) -> str:
    """The words of a tree, with single spaces."""
    words = "".join(one if isinstance(one, str) else f" {text(one)} " for one in tree[2:])
    return " ".join(words.split())


def test_a_tree_is_the_page_without_what_a_tablet_may_not_build() -> None:
    page = '<p class="a" onclick="x()" style="b">One<script>bad()</script> <b>two</b></p>'
    page += '<iframe src="/x">no</iframe>'
    assert tree_of(page, nowhere) == ["div", {}, ["p", {"class": "a"}, "One", " ", ["b", {}, "two"]]]


def test_a_link_leads_to_a_page_of_the_tablet_or_is_none() -> None:
    leads = {"/here": ("brief", "")}.get
    assert tree_of('<a href="/here">in</a><a href="/out">out</a><a href="tel:999">ring</a>', leads) == [
        "div",
        {},
        ["a", {"href": "#", "data-go": "brief"}, "in"],
        ["span", {}, "out"],
        ["a", {"href": "tel:999"}, "ring"],
    ]


def test_a_script_hides_in_no_address() -> None:
    page = '<a href="javascript:x">a</a><img src="https://elsewhere/x.png" alt="">'
    page += '<a href="data:text/html,x">b</a>'
    assert "javascript" not in json.dumps(tree_of(page, nowhere))
    assert "elsewhere" not in json.dumps(tree_of(page, nowhere))
    assert "data:" not in json.dumps(tree_of(page, nowhere))


def test_the_words_in_a_box_stay_as_they_are() -> None:
    page = "<textarea name=a>\n\n two lines\nof them </textarea>"
    assert tree_of(page, nowhere)[2] == ["textarea", {"name": "a"}, "\n two lines\nof them "]


NUMBERS = (
    Number("social-care", "020 7946 0101", "office-hours"),
    Number("duty-team", "020 7946 0102", "out-of-hours"),
)


@pytest.fixture
def talk(clock: time_machine.Traveller, people: People, app: Flask) -> str:
    """The id of the talk that Ines is to hold with Robin, whose council has kept its numbers."""
    with keeping(app):
        keep_numbers(people.fenmoor.id, NUMBERS, people.cora.id, NOON)
        return an_interview(people).id


def taken(ines: Visitor, talk: str) -> dict[str, Any]:
    """The talk as it lies on her tablet, after it was sent as JSON."""
    with ines.client:
        ines.get("/interviews")
        interview = open_record(Interview, talk, Act.HOLD_INTERVIEW, *WITH)
        found: dict[str, Any] = json.loads(json.dumps(draft_of(interview, NOON + timedelta(days=7))))
    return found


@pytest.fixture
def draft(talk: str, people: People, visit: Visit) -> dict[str, Any]:
    """What lies on her tablet."""
    return taken(visit(people.ines), talk)


def test_a_draft_has_every_sheet_in_the_languages_that_are_needed(draft: dict[str, Any]) -> None:
    staff = {name for name, sheet in draft["sheets"].items() if sheet["looks"] == "staff"}
    assert staff == {"brief", "urgent", "record", "finish", "put-off"}
    for language in draft["languages"]:
        for name in ("welcome", "until-then", "numbers", "slip", "thanks"):
            assert draft["sheets"][f"{name}/{language}"]["language"] == language


def test_nothing_on_a_sheet_is_not_on_the_list(draft: dict[str, Any]) -> None:
    for name, sheet in draft["sheets"].items():
        for tag, facts, *_inside in elements(sheet["tree"]):
            assert tag in TAGS, name
            assert all(one in ATTRIBUTES or one.startswith(PREFIXES) for one in facts), (name, facts)


def test_the_tablet_refuses_once_more_what_may_never_be_on_a_sheet() -> None:
    script = Path("static/tablet/sheet.js").read_text()
    [never] = re.findall(r"NEVER = /(.+)/;", script)
    for name in ("script", "iframe", "object", "style", "base", "onclick", "action", "formaction", "srcdoc"):
        assert re.match(never, name)
    assert not [name for name in TAGS | ATTRIBUTES if re.match(never, name)]


def test_every_number_stands_there_with_its_hours(draft: dict[str, Any]) -> None:
    urgent = text(draft["sheets"]["urgent"]["tree"])
    assert "Children's social care In office hours: Monday to Friday" in urgent
    assert "020 7946 0101" in urgent
    assert "020 7946 0102" in urgent
    assert "They answer now" not in urgent
    rings = [facts["href"] for tag, facts, *_ in elements(draft["sheets"]["urgent"]["tree"]) if tag == "a"]
    assert {"tel:999", "tel:101", "tel:02079460101", "tel:02079460102"} <= set(rings)


def test_no_clock_on_a_tablet_says_how_long_there_is(draft: dict[str, Any]) -> None:
    for name in ("brief", "urgent", "record"):
        assert "left" not in [
            facts.get("class") for _tag, facts, *_ in elements(draft["sheets"][name]["tree"])
        ]
        assert "hours left" not in text(draft["sheets"][name]["tree"])


def test_no_sheet_leads_to_the_server(draft: dict[str, Any]) -> None:
    for sheet in draft["sheets"].values():
        said = json.dumps(sheet["tree"])
        assert "/interviews/" not in said
        assert "csrf" not in said


def test_no_sheet_of_the_childs_names_anybody(draft: dict[str, Any]) -> None:
    for sheet in draft["sheets"].values():
        if sheet["looks"] == "child":
            assert "Robin" not in text(sheet["tree"])
            assert "Larch" not in text(sheet["tree"])
