"""The reviews of a child: their days, what was considered and decided, and the pack for the next one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256

import sqlalchemy as sa

from interview.frozen import plain, restored
from interview.pack import About, Pack, pack
from interview.reviews import latest_day
from interview.stays import Placed
from records.database import db
from records.people import Reader
from records.reach import reaches
from records.requests import requests_of_child
from records.summaries import child_record
from records.tables import Child, Home, Placement, Review

# What the reviewing officer writes for the meeting.
WRITTEN = ("questions", "notes", "decided")


@dataclass(frozen=True)
class Earlier:
    """Another review of the same child. `considered`: its pack was kept as it was then."""

    id: str
    due_on: date
    held_on: date | None
    considered: bool


@dataclass(frozen=True)
class Course:
    """Where a child lived, and its other reviews, the newest first."""

    places: tuple[Placed, ...]
    others: tuple[Earlier, ...]

    @property
    def held(self) -> list[date]:
        """The days of the other reviews that were held."""
        return [one.held_on for one in self.others if one.held_on]


def course_of(reader: Reader, review: Review, child: Child) -> Course:
    """Placements and other reviews of one child: one search."""
    rows = db.session.execute(_search_for_course(reader), {"child": child.id}).all()
    places = (
        Placed(row.name, row.starts, row.ends, row.miles, row.authority_id != child.authority_id)
        for row in rows
        if row.kind == "placement"
    )
    others = (
        Earlier(row.id, row.starts, row.ends, bool(row.considered))
        for row in rows
        if row.kind == "review" and row.id != review.id
    )
    return Course(tuple(places), tuple(others))


@lru_cache(maxsize=256)
def _search_for_course(reader: Reader) -> sa.Executable:
    whose = sa.bindparam("child", type_=sa.String())
    places = (
        sa.select(
            sa.literal("placement").label("kind"),
            Placement.id,
            Home.name,
            Home.authority_id,
            Placement.starts,
            Placement.ends,
            Placement.miles_from_family.label("miles"),
            sa.false().label("considered"),
        )
        .join(Home, Home.id == Placement.home_id)
        .where(Placement.child_id == whose)
    )
    reviews = sa.select(
        sa.literal("review"),
        Review.id,
        sa.literal(""),
        sa.literal(""),
        Review.due_on,
        Review.held_on,
        sa.null(),
        Review.considered_at.is_not(None),
    ).where(Review.child_id == whose, reaches(reader, Review))
    return sa.union_all(places, reviews).order_by(sa.desc("starts"), "id")


def pack_of(reader: Reader, child: Child, course: Course, now: datetime) -> Pack:
    """The pack as it is now: four searches."""
    record, asked = child_record(reader, child, now), requests_of_child(reader, child.id)
    return pack(record, reader.role, About(course.places, asked, max(course.held, default=None)), now)


def considered(review: Review) -> Pack | None:
    """The pack as it was considered at this review; None where none was."""
    return restored(Pack, json.loads(review.considered)) if review.considered_at else None


def as_kept(seen: Pack) -> str:
    """A pack as text, always the same for the same pack."""
    return json.dumps(plain(seen), ensure_ascii=False, sort_keys=True)


def mark_of(words: str) -> str:
    """A short mark of a text, by which two versions are told apart."""
    return sha256(words.encode()).hexdigest()[:16]


# Changes -----------------------------------------------------------------------------------------------


def next_review(child: Child, nation: str, today: date) -> Review:
    """The review of this child that is still to be held: the one that is there, or a new one.

    Its day is the last that the nation's rule allows; where nothing is known to count from, today.
    """
    known = db.session.scalars(
        sa.select(Review).where(Review.child_id == child.id).order_by(Review.due_on, Review.id)
    ).all()
    waiting = next((review for review in known if review.held_on is None), None)
    if waiting is not None:
        return waiting
    held = [review.held_on for review in known if review.held_on]
    review = Review(
        child_id=child.id, due_on=latest_day(child.looked_after_since, held, nation, today) or today
    )
    db.session.add(review)
    db.session.flush()
    return review


def hold(review: Review, held_on: date, by: str, now: datetime, seen: Pack | None) -> None:
    """The review was held on this day. What was `seen` there is kept as it was, and never changed again."""
    review.held_on = held_on
    if seen is not None:
        review.considered_at, review.considered_by = now, by
        review.considered = as_kept(seen)


def ask_early(review: Review, why: str, by: str, now: datetime) -> None:
    """The reviewing officer asks for an early review: written down, with the reason."""
    review.early_asked_at, review.early_asked_by, review.early_why = now, by, why


def marks_of(review: Review) -> dict[str, str]:
    """The marks of what is written there, for the next who writes."""
    return {name: mark_of(getattr(review, name)) for name in WRITTEN}


def write(review: Review, typed: Mapping[str, str], based_on: Mapping[str, str]) -> list[str]:
    """Keep what was typed where nobody else has written since; gives the fields where somebody has.

    What was not touched stays as the other left it; two who wrote the same wrote one thing.
    """
    disputed = []
    for name in WRITTEN:
        mine, kept = typed[name], getattr(review, name)
        if mark_of(mine) == based_on.get(name) or mine == kept:
            continue
        if mark_of(kept) == based_on.get(name):
            setattr(review, name, mine)
        else:
            disputed.append(name)
    return disputed
