"""The packs of the eighteen cases on paper: one page to chair from, and four in all, however much it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask, render_template

from records.base import fetch_keys
from records.database import db, writing
from records.people import Reader
from records.samples import load
from records.tables import Child, Person, Review
from tests.cases_expected import EXPECTED
from tests.houses import Model, close
from tests.people import reader_on
from tests.test_cases import NOW
from tests.test_papers import text_of
from views import reviews
from views.paper import FileKind, made

MOST_PAGES = 4
# With one of these the second page begins.
BELOW = (
    "Questions for the meeting",
    "More that was asked for",
    "Reasons over time",
    "Under the headings of the review",
    "Where ",
)


@dataclass(frozen=True)
class Packs:
    """The loaded samples, and by child's name the id of the review and who prepares it."""

    app: Flask
    of: dict[str, tuple[str, Reader]]


@pytest.fixture(scope="module")
def packs(models: Callable[..., Model], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packs]:
    """The samples, loaded once and only read."""
    house = models("sqlite", empty=True).copy(tmp_path_factory.mktemp("packs") / "instance")
    app = house.open()
    with app.app_context():
        with writing():
            load("a made-up password", NOW)
        people = db.session.scalars(sa.select(Person).where(Person.sign_in_name.in_(("ivan", "iris"))))
        readers = [reader_on(person.id, NOW.date()) for person in people]
        of = dict(known for reader in readers for known in reviews_of(reader))
    yield Packs(app, of)
    close(app)
    house.remove()


def reviews_of(reader: Reader) -> Iterator[tuple[str, tuple[str, Reader]]]:
    """The next review of each child of a reviewing officer; the last that was held where no next one is."""
    fetch_keys(reader.children)
    for child in db.session.scalars(sa.select(Child).where(Child.id.in_(reader.children))).all():
        known = db.session.scalars(sa.select(Review).where(Review.child_id == child.id)).all()
        review = next((one for one in known if one.held_on is None), known[-1])
        yield child.name, (review.id, reader)


def page_of(packs: Packs, name: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the pack of a child is drawn from."""
    review_id, reader = packs.of[name]
    monkeypatch.setattr(reviews, "reader", lambda: reader)
    options = [sa.orm.joinedload(Review.child).joinedload(Child.authority)]
    return reviews.page_of(db.session.get_one(Review, review_id, options=options))


@pytest.mark.parametrize("name", [one.name for one in EXPECTED.values()])
def test_a_pack_fits_a_meeting(packs: Packs, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    with packs.app.test_request_context(), time_machine.travel(NOW, tick=False):
        shown = page_of(packs, name, monkeypatch)
        pdf = made(FileKind.PDF, render_template("reviews/pack_paper.html", **shown))
    pages = [" ".join(page.split()) for page in text_of(pdf).split("\f") if page.strip()]
    assert len(pages) <= MOST_PAGES
    # What a review is chaired from is on the first page, and nothing of it on the next.
    assert f"What {name} wants" in pages[0]
    assert f"Why {name} left" in pages[0]
    assert ("and what came of it" in pages[0]) is bool(shown["pack"].asked)
    assert pages[1].startswith(BELOW)
    assert any("the absences from there" in page for page in pages[1:])


def test_what_is_on_the_first_page_is_whole(packs: Packs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of Kayleigh, who was away 48 times: her wish, her disagreement, and what nobody has answered."""
    with packs.app.test_request_context(), time_machine.travel(NOW, tick=False):
        shown = page_of(packs, EXPECTED["C02"].name, monkeypatch)
        html = render_template("reviews/pack_paper.html", **shown)
    assert (shown["pack"].absences, len(shown["pack"].away)) == (48, 48)
    first = html[: html.index("pack__below")]
    for words in ("Move me where he doesn", "you wrote i go missing", "No answer yet", "Larkfield"):
        assert words in first
