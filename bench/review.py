"""The review pack of the child who was away 48 times: how long its page takes, and in how many searches."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median

import sqlalchemy as sa

from bench.houses import House, house_with_samples
from bench.lists import asked, searches_of
from bench.measure import Measure
from bench.servers import HEARD, serving
from bench.visit import Visit
from records.database import db
from records.tables import Episode, Person, Post, Review

MOST_MS, MOST_SEARCHES = 150, 8


def measure_review(folder: Path, rounds: int) -> Iterator[Measure]:
    """The pack as HTML, and the list of next reviews."""
    house = house_with_samples(folder)
    officer, path, absences = the_longest(house)
    with serving(HEARD, house.settings, "/sign-in") as server:
        visit = Visit(server).sign_in(officer, house.password)
        for what, where in ((f"review pack of {absences} absences", path), ("list of reviews", "/reviews")):
            taken = [asked(visit, where) for _ in range(1 + rounds)][1:]
            yield Measure(what, "ms", median(taken), limit=MOST_MS)
    app = house.open()
    yield Measure(
        "searches of a review pack", "searches", searches_of(app, house, officer, path), limit=MOST_SEARCHES
    )
    yield Measure(
        "searches of the list of reviews", "searches", searches_of(app, house, officer, "/reviews"), limit=6
    )


def the_longest(house: House) -> tuple[str, str, int]:
    """Of the child who was away most often: who prepares the review, where the pack is, and how often."""
    with house.open().app_context():
        row = db.session.execute(
            sa.select(Episode.child_id, sa.func.count().label("absences"))
            .group_by(Episode.child_id)
            .order_by(sa.desc("absences"))
        ).first()
        assert row is not None, "The samples hold no absence."
        holds = sa.select(Person.sign_in_name).join(Post, Post.person_id == Person.id)
        officer = db.session.scalars(holds.where(Post.for_child_id == row.child_id)).one()
        next_one = sa.select(Review.id).where(Review.child_id == row.child_id, Review.held_on.is_(None))
        return officer, f"/reviews/{db.session.scalars(next_one).one()}", row.absences
