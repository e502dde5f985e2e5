"""The twin test: what is withheld leaves no trace.

Two whole databases are alike but for an allegation against staff, an answer that the child kept from the
home, and their lengths and edits. To the home's manager every page, list, count, paper and header is the
same, byte for byte. The manager goes everywhere, so that a page added later is covered.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from subprocess import PIPE, run
from typing import Any

import pytest
import time_machine
from flask import Flask

import records.base
import views.paper
from interview.account import Record
from records.database import db
from records.summaries import Period, home_record
from records.tables import Home
from tests.crawler import Crawler, Seen, addresses_of, pages_without_an_id
from tests.houses import Model, close
from tests.people import People, keeping
from tests.visitor import Visitor
from tests.worlds import ACCUSED, ADDED, NOW, PLAIN, SAID, TOLD, TWIN, Seeded, World, furnish

MADE = views.paper.made


@contextmanager
def built(model: Model, folder: Path, world: World) -> Iterator[tuple[Flask, dict[str, str]]]:
    """A world, with the ids in it."""
    house = model.copy(folder)
    app = house.open()
    chance = Seeded()
    with pytest.MonkeyPatch.context() as patch, keeping(app):
        patch.setattr(records.base, "secrets", chance)
        assert model.people is not None
        ids = furnish(model.people, world, chance)
    yield app, ids
    close(app)
    house.remove()


PERIODS = (
    "from=2026-11-01&to=2026-11-18",
    "from=2026-10-01&to=2026-10-31",
    "from=2026-11-10&to=2026-11-10",
    "from=2020-01-01&to=2030-01-01",
    "from=2026-11-18&to=2026-11-01",
    "from=nonsense&to=",
    "page=2",
)


def everything_seen(app: Flask, people: People, ids: dict[str, str]) -> dict[str, Seen]:
    """All that Maya can see: links, forms, every address she could guess, each on paper and as a table."""
    known = sorted({address for _, address in addresses_of(app, ids)} - {"/sign-in"})
    guessed = [f"{path}{ending}" for path in known for ending in (".pdf", ".csv", "?page=1")]
    in_periods = [f"{path}?{period}" for path in known if "summary" in path for period in PERIODS]
    maya = Visitor(app, people.maya)
    return Crawler(maya).go([*pages_without_an_id(app), *known, *guessed, *in_periods])


def look_round(
    model: Model, folder: Path, world: World, tried: dict[str, str] | None = None
) -> tuple[dict[str, Seen], dict[str, str]]:
    """What Maya sees of a world, with the ids in it; `tried` are ids out of another one."""
    with time_machine.travel(NOW, tick=False), built(model, folder, world) as (app, ids):
        assert model.people is not None
        return everything_seen(app, model.people, ids | (tried or {})), ids


@pytest.fixture(autouse=True)
def _paper_as_it_is_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    # The same page gives the same paper (tested with the paper): here its page is compared.
    monkeypatch.setattr("views.paper.made", lambda _kind, html: html.encode())


def differences(one: dict[str, Seen], other: dict[str, Seen]) -> list[str]:
    """Where the two are not the same, in words."""
    return [step for step in sorted({*one, *other}) if one.get(step) != other.get(step)]


SECRET = ("concern_id", "request_id", "letter_id")


def of_both(
    model: Model, folder: Path, **facts: Any
) -> tuple[dict[str, Seen], dict[str, Seen], dict[str, str]]:
    """What Maya sees of the plain world and of its twin, with the twin's ids tried in both."""
    twin, ids = look_round(model, folder / "twin", replace(TWIN, **facts))
    tried = {name: ids[name] for name in SECRET}
    plain, _ = look_round(model, folder / "plain", replace(PLAIN, **facts), tried)
    return plain, twin, ids


def test_twins_look_alike_to_the_home(model: Model, tmp_path: Path) -> None:
    plain, twin, ids = of_both(model, tmp_path)
    assert differences(plain, twin) == []
    # And it was no empty journey.
    summary = plain[f"GET /homes/{ids['home_id']}/summary"]
    assert SAID in summary.body.decode()
    assert ADDED in summary.body.decode()
    assert summary.status == 200
    assert ACCUSED.strip() not in "".join(page.body.decode() for page in twin.values())
    assert len(twin) > 60


@pytest.mark.parametrize("answered", [0, 3])
def test_twins_look_alike_before_and_after_each_answer_of_the_home(
    model: Model, tmp_path: Path, answered: int
) -> None:
    plain, twin, _ids = of_both(model, tmp_path, answered=answered)
    assert differences(plain, twin) == []
    asked = plain["GET /requests"].body.decode()
    assert ("Said the home" in asked) is (answered > 2)


def found_by_search(model: Model, folder: Path, world: World) -> Record:
    """What the search behind the home's summary brings, before anything is laid out."""
    with time_machine.travel(NOW, tick=False), built(model, folder, world) as (app, ids):
        assert model.people is not None
        with app.app_context():
            home = db.session.get_one(Home, ids["home_id"])
            return home_record(model.people.maya.reader, home, Period(NOW - timedelta(days=90), NOW))


def test_it_is_the_search_that_leaves_it_out_and_not_the_page(model: Model, tmp_path: Path) -> None:
    plain, twin = (found_by_search(model, tmp_path / str(world), world) for world in (PLAIN, TWIN))
    assert plain == twin
    assert any(SAID in str(told.answer.value) for told in plain.told)


def test_the_twin_test_sees_a_difference_where_there_is_one(model: Model, tmp_path: Path) -> None:
    plain, ids = look_round(model, tmp_path / "plain", PLAIN)
    told, _ = look_round(model, tmp_path / "told", TOLD)
    summary = f"GET /homes/{ids['home_id']}/summary"
    assert summary in differences(plain, told)
    assert ACCUSED.strip() in told[summary].body.decode()


def paper_of(model: Model, folder: Path, world: World) -> tuple[bytes, str]:
    """The paper that Maya gets of her home in a world: its bytes, and the words that stand on it."""
    with time_machine.travel(NOW, tick=False), built(model, folder, world) as (app, ids):
        assert model.people is not None
        given = Visitor(app, model.people.maya).get(f"/homes/{ids['home_id']}/summary.pdf")
        assert given.mimetype == "application/pdf"
        words = run(["pdftotext", "-", "-"], input=given.data, stdout=PIPE, check=True).stdout.decode()
        return given.data, words


def test_twins_are_alike_on_paper_to_the_last_byte(
    model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("views.paper.made", MADE)
    plain, twin = (paper_of(model, tmp_path / str(world.withheld), world) for world in (PLAIN, TWIN))
    assert plain == twin
    assert SAID.split()[0] in plain[1]
    assert ACCUSED.strip() not in twin[1]
