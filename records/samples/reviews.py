"""The reviews of the retold children: those that were held, the next one, and what was considered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from interview.access import Role
from interview.account import Record
from interview.pack import About, pack
from interview.requests import LEAVES, Asking, State
from records.database import db
from records.people import Reader
from records.requests import requests_of_child
from records.reviews import ask_early, course_of, hold
from records.samples.retold import Case
from records.samples.scene import Scene
from records.summaries import child_record
from records.tables import Child, Review


@dataclass(frozen=True)
class Reviews:
    """Reviews that were held, in days ago, the newest first; and in how many days the next one is due.

    `early` is why it was asked for early, so many days ago; `considered`, `decided` and `notes` are of the
    newest that was held, `questions` of the next one.
    """

    held: tuple[int, ...] = ()
    due_in: int | None = None
    early: tuple[int, str] | None = None
    considered: bool = False
    decided: str = ""
    notes: str = ""
    questions: str = ""


REVIEWS: Mapping[str, Reviews] = {
    "C01": Reviews((160, 330), 12),
    "C02": Reviews(
        (158, 258, 345),
        20,
        early=(
            4,
            "She has said three times that she owes somebody and is collected by car. Nobody has answered "
            "what she asked for since April.",
        ),
        questions="Who answers her auntie? Has anybody asked Kayleigh what she needs where she is now?",
    ),
    "C03": Reviews((150, 300), 33),
    "C04a": Reviews((90, 270)),
    "C04b": Reviews((120, 290), 41),
    "C05": Reviews((100, 205), 19),
    "C06": Reviews(
        (147, 320, 500),
        5,
        considered=True,
        decided="She stays at Rowan House if she wants to. No more moves this year. The home finds her "
        "something to do on Thursdays, and tells her by the end of the month what.",
        notes="Freya came for the first half. She asked that her number be changed; the social worker does "
        "it.",
        questions="Since June: who is the man on the telephone, and what keeps the door shut at night?",
    ),
    "C07": Reviews((195, 370), -6),
    "C08": Reviews((120, 270), 47),
    "C09": Reviews((170, 350), 9),
    "C10": Reviews((110, 290), 64),
    "C11a": Reviews((45, 128), 30),
    "C11b": Reviews((45, 128), 30),
    "C11c": Reviews((45, 128), 30),
    "C11d": Reviews((45, 128), 30),
    "C12a": Reviews((160, 330), 7),
    "C12b": Reviews((160, 340), 7),
    "C13": Reviews((160, 240), 16),
    "C14": Reviews((85, 125), 3),
    "C15": Reviews((100, 195), 21),
    "C16a": Reviews((120, 300), 54),
    "C16b": Reviews((187, 365), -4),
    "C17": Reviews((150, 330), 28),
    "C18": Reviews(
        (165, 345),
        14,
        considered=True,
        decided="Tia unpacks when she wants to. Nobody moves her before the next review.",
    ),
}


def add_reviews(case: Case, child: Child, scene: Scene) -> None:
    """The reviews of one child. Those that were considered are kept as they would have been on that day."""
    of = REVIEWS.get(case.key, Reviews())
    today, officer = scene.now.date(), scene.workers[case.officer].id
    held = [today - timedelta(days=days) for days in of.held]
    for day in held:
        db.session.add(Review(child_id=child.id, due_on=day, held_on=day))
    if of.due_in is not None:
        _add_next(of, child, officer, scene)
    db.session.flush()
    if of.considered:
        _consider(of, child, officer, scene)


def _add_next(of: Reviews, child: Child, officer: str, scene: Scene) -> None:
    due = scene.now.date() + timedelta(days=of.due_in or 0)
    review = Review(child_id=child.id, due_on=due, questions=of.questions)
    db.session.add(review)
    if of.early:
        days, why = of.early
        ask_early(review, why, officer, scene.now - timedelta(days=days))


def _consider(of: Reviews, child: Child, officer: str, scene: Scene) -> None:
    """Keep the pack of the newest review that was held, with what was known on its day."""
    newest = db.session.scalars(
        sa.select(Review)
        .where(Review.child_id == child.id, Review.held_on.is_not(None))
        .order_by(Review.held_on.desc(), Review.id)
    ).first()
    if newest is None or newest.held_on is None:
        return
    at = scene.now - timedelta(days=of.held[0])
    reader = Reader(officer, Role.REVIEWING_OFFICER, children=frozenset({child.id}))
    course = course_of(reader, newest, child)
    asked = tuple(_asked_then(one, at) for one in requests_of_child(reader, child.id) if one.asked_at <= at)
    places = tuple(
        replace(one, ends=one.ends if one.ends and one.ends <= at.date() else None)
        for one in course.places
        if one.starts <= at.date()
    )
    before = [day for day in course.held if day < newest.held_on]
    about = About(places, asked, max(before, default=None))
    seen = pack(_known_then(child_record(reader, child, at), at), reader.role, about, at)
    hold(newest, newest.held_on, officer, at, seen)
    newest.decided, newest.notes = of.decided, of.notes


def _known_then(record: Record, at: datetime) -> Record:
    """The record as it was: what came later was not known yet."""
    told = tuple(one for one in record.told if one.held_at <= at)
    return replace(
        record,
        told=told,
        given=tuple(one for one in record.given if one.given_at <= at),
        returns=tuple(one for one in record.returns if one.missing_at <= at),
        added=tuple(one for one in record.added if one.made_at <= at),
        talks=len({one.talk for one in told}),
    )


def _asked_then(asking: Asking, at: datetime) -> Asking:
    """A request as it stood then."""
    steps = tuple(step for step in asking.steps if step.at <= at)
    if steps == asking.steps:
        return asking
    left = [LEAVES[step.kind] for step in steps if step.kind in LEAVES]
    return replace(asking, steps=steps, state=left[-1] if left else State.OPEN, told_child_at=None)
