"""A corrected fact keeps what stood before, who changed it and when."""

import pytest
from flask import Flask

from interview.corrections import what_stood
from records.corrections import corrections_of
from records.database import db
from records.tables import Episode
from tests.conftest import Visit
from tests.people import People, an_episode, keeping
from tests.visitor import Visitor, page_of


@pytest.fixture
def cora(visit: Visit, people: People) -> Visitor:
    """Cora, who coordinates Fenmoor."""
    return visit(people.cora)


@pytest.fixture
def episode(app: Flask, people: People) -> str:
    """Robin's absence, with a police reference."""
    with keeping(app):
        return an_episode(people, police_reference="AB 12").id


def test_what_was_not_known_or_stays_is_no_correction() -> None:
    before = {"grade": "low", "kind": "missing", "ended": None, "found_where": ""}
    after = {"grade": "high", "kind": "missing", "ended": "self", "found_where": "By the sea"}
    assert what_stood(before, after) == {"grade": "low"}


def test_what_is_taken_away_is_kept() -> None:
    assert what_stood({"police_reference": "AB 12"}, {"police_reference": ""}) == {
        "police_reference": "AB 12"
    }


def test_the_page_says_what_stood_before_and_who_changed_it(cora: Visitor, episode: str) -> None:
    cora.submit(f"/episodes/{episode}/facts", grade="high", police_reference="CD 34", save="1")
    text = page_of(cora.get(f"/episodes/{episode}")).text
    assert "Corrected by Cora Mensah" in text
    assert "Police reference: before, “AB 12”" in text
    assert "before, “Medium” " in text.replace("”", "” ")


def test_each_correction_is_kept_and_nothing_else_is(
    cora: Visitor, episode: str, app: Flask, people: People
) -> None:
    cora.submit(f"/episodes/{episode}/facts", save="1")
    cora.submit(f"/episodes/{episode}/facts", police_reference="CD 34", save="1")
    cora.submit(f"/episodes/{episode}/facts", police_reference="", save="1")
    with app.app_context():
        kept = corrections_of(db.session.get_one(Episode, episode))
    assert [one.before for one in kept] == [{"police_reference": "AB 12"}, {"police_reference": "CD 34"}]
    assert {one.by for one in kept} == {people.cora.name}
