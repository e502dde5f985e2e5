"""Who runs a child's reviews: the reviewing officer who reads that child's summary."""

from datetime import date, timedelta

import sqlalchemy as sa

from interview.access import Role
from records.database import db
from records.people import holds_on
from records.tables import Person, Post


def reviewing_officers(today: date) -> dict[str, str]:
    """The reviewing officers of today: names by id, sorted by name."""
    people = db.session.scalars(
        sa.select(Person)
        .join(Post, Post.person_id == Person.id)
        .where(Post.role == Role.REVIEWING_OFFICER, Person.disabled_at.is_(None), *holds_on(today))
        .distinct()
    )
    return dict(sorted(((person.id, person.name) for person in people), key=lambda one: one[::-1]))


def reviewer_of(child_id: str, today: date) -> str | None:
    """The id of the person who runs this child's reviews today."""
    return db.session.scalar(
        _posts(child_id, today).with_only_columns(Post.person_id).order_by(Post.id).limit(1)
    )


def give_reviews(child_id: str, person_id: str | None, today: date) -> None:
    """From today on this person runs the child's reviews, and whoever did before reads no more of it."""
    if reviewer_of(child_id, today) == person_id:
        return
    for post in db.session.scalars(_posts(child_id, today)).all():
        post.ends = today - timedelta(days=1)
        # They stay a reviewing officer, with one child fewer.
        _appoint(post.person_id, None, today)
    if person_id:
        _appoint(person_id, child_id, today)


def _appoint(person_id: str, child_id: str | None, today: date) -> None:
    role = Role.REVIEWING_OFFICER
    db.session.add(Post(person_id=person_id, role=role, for_child_id=child_id, starts=today))


def _posts(child_id: str, today: date) -> sa.Select[Post]:
    return sa.select(Post).where(
        Post.for_child_id == child_id, Post.role == Role.REVIEWING_OFFICER, *holds_on(today)
    )
