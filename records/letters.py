"""Letters to children: what there is to tell, the letter as it was given, and what the child said to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from interview.letter_words import How, Said
from interview.letters import Body, Item, Matter, answered_first, matter_of, read_again, written_down
from interview.naming import parts_of
from interview.reasons import REASONS, ForHome
from interview.requests import Owner, State, Step, Stepped
from records.base import SealedKey, place, remember_key
from records.database import db
from records.episodes import PAGE, child_name, person_name
from records.keys import unseal
from records.people import Reader
from records.reach import reaches, within_reach
from records.requests import requests_of_child, take_step
from records.tables import Child, Home, Interview, Letter, Person, Placement, Reason, Request, RequestStep
from records.which_talks import is_for

# Those that are not as a rule for the home: whoever is the danger may find a paper.
DANGERS = [code for code, reason in REASONS.items() if reason.danger and reason.for_home is not ForHome.YES]


@dataclass(frozen=True)
class Matters:
    """What a child asked for, as one reader reaches it, and the adults who had to do with it, by name."""

    all: tuple[Matter, ...]
    adults: frozenset[str]


def matters_of(reader: Reader, child_id: str) -> Matters:
    """The requests of a child within this reader's reach, in the order of a letter. Two searches."""
    found = requests_of_child(reader, child_id)
    dangers = _talks_of_danger(reader, child_id)
    adults = {name for asking in found for step in asking.steps for name in (step.by, step.for_whom)}
    matters = (replace(one, beside_danger=one.talk in dangers) for one in map(matter_of, found))
    return Matters(tuple(answered_first(matters)), frozenset(adults - {""}))


def _talks_of_danger(reader: Reader, child_id: str) -> frozenset[str]:
    """The talks in which the child gave a reason that is a danger, as far as this reader knows."""
    told = sa.select(Reason.interview_id).where(
        Reason.child_id == child_id, Reason.code.in_(DANGERS), is_for(reader.role, Reason)
    )
    return frozenset(db.session.scalars(told))


def names_around(child: Child, adults: Iterable[str]) -> frozenset[str]:
    """The parts of all names that no paper should hold: of the child, of the homes and who lives there,
    of who held the talks, and of these adults. Two searches."""
    rows = _homes_of(child.id)
    there = {row.child_id: child_name(row) for row in rows}
    holders = {person_name(row.id, row.name_sealed) for row in _holders_of(child.id)}
    return parts_of([child.name, *adults, *holders, *there.values(), *{row.home for row in rows}])


def _homes_of(child_id: str) -> Sequence[Any]:
    other = aliased(Placement)
    return db.session.execute(
        sa.select(
            Home.name.label("home"),
            Child.id.label("child_id"),
            Child.name_sealed,
            SealedKey.wrapped_with,
            SealedKey.wrapped,
        )
        .select_from(Placement)
        .join(Home, Home.id == Placement.home_id)
        .join(other, other.home_id == Home.id)
        .join(Child, Child.id == other.child_id)
        .join(SealedKey, SealedKey.owner == Child.id)
        .where(Placement.child_id == child_id)
    ).all()


def _holders_of(child_id: str) -> Sequence[Any]:
    return db.session.execute(
        sa.select(Person.id, Person.name_sealed)
        .join(Interview, Interview.interviewer_id == Person.id)
        .where(Interview.child_id == child_id)
        .distinct()
    ).all()


# Letters ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A letter in a list."""

    letter: str
    language: str
    made_at: datetime
    made_by: str
    given_at: datetime | None
    given_how: str | None
    given_by: str


def letters_to(reader: Reader, child_id: str) -> list[Line]:
    """The letters to a child of which this reader reads anything, the newest first. Two searches."""
    reached = _reached(reader, child_id)
    rows = db.session.execute(
        sa.select(
            Letter.id,
            Letter.child_id,
            Letter.language,
            Letter.made_at,
            Letter.given_at,
            Letter.given_how,
            Letter.given_by_sealed,
            Letter.body_sealed,
            Person.id.label("person"),
            Person.name_sealed,
            SealedKey.wrapped_with,
            SealedKey.wrapped,
        )
        .join(Person, Person.id == Letter.made_by)
        .join(SealedKey, SealedKey.owner == Letter.child_id)
        .where(Letter.child_id == child_id, reaches(reader, Letter))
        .order_by(Letter.made_at.desc(), Letter.id)
        .limit(PAGE)
    )
    return [_line(row) for row in rows if is_read(_body_of(row), reached)]


def _body_of(row: Any) -> Body:
    key = remember_key(row.child_id, row.wrapped_with, row.wrapped)
    return read_again(unseal(key, place("letter", row.id, "body"), row.body_sealed))


def is_read(body: Body, reached: Iterable[str]) -> bool:
    """Whether anything of a letter is left for somebody who reaches these requests."""
    return not body.items or bool(body.read_by(reached).items)


def _reached(reader: Reader, child_id: str) -> frozenset[str]:
    search = sa.select(Request.id).where(Request.child_id == child_id, reaches(reader, Request))
    return frozenset(db.session.scalars(search))


def _line(row: Any) -> Line:
    key = remember_key(row.child_id, row.wrapped_with, row.wrapped)
    by = unseal(key, place("letter", row.id, "given_by"), row.given_by_sealed) if row.given_by_sealed else ""
    maker = person_name(row.person, row.name_sealed)
    return Line(row.id, row.language, row.made_at, maker, row.given_at, row.given_how, by)


def add_letter(child_id: str, language: str, body: Body, by: str, now: datetime) -> Letter:
    """A letter, not given yet."""
    letter = Letter(child_id=child_id, language=language, made_at=now, made_by=by, body=written_down(body))
    db.session.add(letter)
    db.session.flush()
    return letter


def change_letter(reader: Reader, letter: Letter, body: Body, now: datetime) -> None:
    """Write a letter anew that nobody has got yet. What its new writer does not reach stays in it."""
    reached = _reached(reader, letter.child_id)
    stays = tuple(item for item in read_again(letter.body).items if item.request not in reached)
    letter.body = written_down(replace(body, items=(*body.items, *stays)))
    letter.made_at, letter.made_by = now, reader.person


def body_for(reader: Reader, letter: Letter) -> Body | None:
    """What this reader reads of a letter: the requests that they reach; None for nothing. One search."""
    body, reached = read_again(letter.body), _reached(reader, letter.child_id)
    return body.read_by(reached) if is_read(body, reached) else None


def answers_now(reader: Reader, child_id: str) -> dict[str, datetime | None]:
    """When each request within reach was last answered. One search."""
    return {matter.key: matter.answered_at for matter in matters_of(reader, child_id).all}


# Given, and what the child said -------------------------------------------------------------------


@dataclass(frozen=True)
class Given:
    """How a letter reached the child: when, how, and who gave or told it."""

    at: datetime
    how: How
    by_whom: str


@dataclass(frozen=True)
class Heard:
    """What a child said to one answer, and whether the home may read it."""

    request: str
    said: Said
    words: str = ""
    for_home: bool = False


def give(letter: Letter, items: Iterable[Item], given: Given, reader: Reader, now: datetime) -> None:
    """Keep that the child got this letter, and was told of these requests. Once; what was given stays."""
    letter.given_at, letter.given_how = given.at, given.how
    letter.given_by, letter.noted_by = given.by_whom, reader.person
    answered = answers_now(reader, letter.child_id)
    for item in items:
        request = _held(reader, item.request)
        told_before, at = request.told_child_at, given.at
        is_newest = answered.get(item.request) == item.answered_at
        if is_newest and request.answered_at is not None:
            at = max(at, request.answered_at)
        _take(request, Stepped(Step.TOLD, at, "", Owner(request.asked_of)), letter, reader, now)
        if not is_newest:
            # Somebody has answered anew since it was written: that is still to be told.
            request.told_child_at = told_before


def keep_said(letter: Letter, heard: Iterable[Heard], reader: Reader, now: datetime) -> None:
    """Keep what the child said to each answer. What is not true is asked for again."""
    for one in heard:
        if one.said is Said.NOTHING:
            continue
        request = _held(reader, one.request)
        kind = Step.NOT_TRUE if one.said is Said.NOT_TRUE else Step.HELPED
        owner = Owner(request.asked_of)
        step = Stepped(kind, now, "", owner, words=one.words, for_home=one.for_home)
        _take(request, step, letter, reader, now)


def _take(request: Request, step: Stepped, letter: Letter, reader: Reader, now: datetime) -> None:
    take_step(request, step, reader.person, now, letter.id)


def _held(reader: Reader, request_id: str) -> Request:
    # Whoever answers at this moment waits, or has answered before: nothing is written over.
    search = within_reach(reader, Request).where(Request.id == request_id).with_for_update(of=Request)
    found: Request = db.session.scalars(search).one()
    return found


@dataclass(frozen=True)
class SaidTo:
    """What was noted of one request after a letter: told, or what the child said, and when."""

    request: str
    kind: Step
    at: datetime
    words: str


def said_to(letter: Letter, reached: Iterable[str]) -> list[SaidTo]:
    """What was noted after this letter of the requests that are reached, in its order. One search."""
    rows = db.session.scalars(
        sa.select(RequestStep)
        .where(RequestStep.letter_id == letter.id, RequestStep.request_id.in_(list(reached)))
        .order_by(RequestStep.at, RequestStep.number, RequestStep.id)
    )
    return [SaidTo(row.request_id, Step(row.kind), row.at, row.words) for row in rows]


# What waits ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ToTell:
    """A child who has not been told yet what came of something, or who said that an answer is not true."""

    child: str
    name: str
    requests: int
    since: datetime
    not_so: bool = False

    def waits(self, now: datetime) -> timedelta:
        """How long this child has been waiting."""
        return now - self.since


def to_tell(reader: Reader) -> list[ToTell]:
    """The children who wait for an answer that is there, who has waited longest first. One search."""
    said = (
        sa.select(sa.func.max(RequestStep.at))
        .where(RequestStep.request_id == Request.id, RequestStep.kind == Step.NOT_TRUE)
        .correlate(Request)
        .scalar_subquery()
    )
    untold = sa.or_(Request.told_child_at.is_(None), Request.told_child_at < Request.answered_at)
    waits = sa.and_(Request.state != State.OPEN, Request.answered_at.is_not(None), untold)
    since = sa.case((waits, Request.answered_at), else_=said).label("since")
    not_so = sa.case((waits, sa.false()), else_=sa.true()).label("not_so")
    rows = db.session.execute(
        sa.select(
            Child.id.label("child_id"),
            Child.name_sealed,
            SealedKey.wrapped_with,
            SealedKey.wrapped,
            since,
            not_so,
        )
        .select_from(Request)
        .join(Child, Child.id == Request.child_id)
        .join(SealedKey, SealedKey.owner == Child.id)
        .where(
            reaches(reader, Request),
            sa.or_(waits, sa.and_(Request.state == State.OPEN, said.is_not(None))),
        )
        .order_by(since, Request.id)
    )
    return _by_child(rows)


def _by_child(rows: Iterable[Any]) -> list[ToTell]:
    found: dict[tuple[str, bool], list[Any]] = {}
    for row in rows:
        found.setdefault((row.child_id, bool(row.not_so)), []).append(row)
    return [
        ToTell(child, child_name(of_one[0]), len(of_one), of_one[0].since, not_so)
        for (child, not_so), of_one in found.items()
    ]


def to_tell_of(reader: Reader, child_id: str) -> ToTell | None:
    """What is to be told to one child."""
    return next((one for one in to_tell(reader) if one.child == child_id and not one.not_so), None)
