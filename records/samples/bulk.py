"""Made-up talks in large numbers, for measuring: however many there are, each reader reaches as much."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa

from interview.access import Role
from records.base import make_data_key, new_id
from records.children import marks_of_name
from records.database import begin_writing, db, keys
from records.people import hash_of
from records.samples.bulk_maker import LAST_DAYS, Maker
from records.samples.bulk_talks import keep_talk, open_return
from records.samples.bulk_words import a_name
from records.tables import Authority, Child, ChildName, Home, Person, Placement, Post

TALKS_OF_HOME = 40
TALKS_OF_CHILD = 5
HOMES_OF_COUNCIL = 3
STILL_TO_HOLD = 6
RETURNS_WITHOUT_TALK = 6
CHILDREN_OF_OFFICER = 20
TALKS_OF_INTERVIEWER = 2000
# Nobody signs in with these accounts: no password has this hash.
SHUT = "none"
ACCOUNTS = {
    Role.HOME_MANAGER: "bulk-manager",
    Role.REVIEWING_OFFICER: "bulk-officer",
    Role.COORDINATOR: "bulk-coordinator",
    Role.INTERVIEWER: "bulk-interviewer",
}


class BulkError(Exception):
    """Made-up talks that cannot be added, with the sentence that says why."""


def bulk(interviews: int, seed: int, password: str, now: datetime) -> None:
    """Add so many made-up talks, committed council by council. The seed decides all but ids and keys.

    The people and the places of the first council can sign in, by the names in ACCOUNTS.
    """
    if db.session.scalar(sa.select(Person.id).where(Person.sign_in_name.in_(ACCOUNTS.values())).limit(1)):
        raise BulkError("This database holds made-up talks in bulk already. Begin with another one.")
    maker = Maker(_chance(seed, 0), now, hash_of(password))
    begin_writing()
    for number in range(2 + interviews // TALKS_OF_INTERVIEWER):
        maker.interviewers.append(_person(maker, Role.INTERVIEWER, number))
    maker.write()
    db.session.commit()
    for number, talks_of_homes in enumerate(_councils(interviews)):
        begin_writing()
        # Each council by a chance of its own: the first is the same however many there are.
        maker.chance = _chance(seed, number + 1)
        _council(maker, number, talks_of_homes)
        maker.write()
        db.session.commit()
        # Let go of what is written, or the memory would hold all of it.
        db.session.expunge_all()
        db.session.info.clear()


def _chance(seed: int, part: int) -> Random:
    # Made-up records need no secret chance, but one that a seed makes again.
    return Random(f"{seed} {part}")  # noqa: S311


def _councils(interviews: int) -> Iterator[list[int]]:
    """For each council the number of talks in each of its homes; the last home has what is left."""
    homes = [min(TALKS_OF_HOME, interviews - start) for start in range(0, interviews, TALKS_OF_HOME)]
    for start in range(0, len(homes), HOMES_OF_COUNCIL):
        yield homes[start : start + HOMES_OF_COUNCIL]


def _council(maker: Maker, number: int, talks_of_homes: Sequence[int]) -> None:
    """One council with its homes, people, children and talks."""
    council = Authority(id=new_id(), name=f"Council {number + 1}", nation="england")
    # Known to the session at once: the clocks of its concerns ask for its nation.
    db.session.add(council)
    db.session.flush()
    maker.coordinator = _person(maker, Role.COORDINATOR, number, authority_id=council.id)
    children = []
    for which, talks in enumerate(talks_of_homes):
        home = _home(maker, number * HOMES_OF_COUNCIL + which, council.id)
        to_hold = min(STILL_TO_HOLD, talks // 2) if which == 0 else 0
        children += _talks(maker, home, talks, to_hold)
    _officer(maker, number, children)


def _home(maker: Maker, number: int, council: str) -> Home:
    home = Home(id=new_id(), name=f"Home {number + 1}", authority_id=council)
    maker.rows.append(home)
    _person(maker, Role.HOME_MANAGER, number, home_id=home.id)
    return home


def _talks(maker: Maker, home: Home, talks: int, to_hold: int) -> list[Child]:
    """The children of one home with their talks, of which the last few are still to be held."""
    children = [_child(maker, home) for _ in range(-(-talks // TALKS_OF_CHILD))]
    for number in range(talks):
        child = children[number % len(children)]
        keep_talk(maker, child, home, finished=number < talks - to_hold)
    for child in children[-RETURNS_WITHOUT_TALK:] if to_hold else ():
        open_return(maker, child, home)
    return children


def _child(maker: Maker, home: Home) -> Child:
    """A child who has lived in this home for two years, findable by name."""
    child_id, name = new_id(), a_name(maker.chance)
    make_data_key(child_id)
    day = maker.now.date() - timedelta(days=LAST_DAYS + maker.chance.randint(30, 900))
    born = day - timedelta(days=maker.chance.randint(6 * 365, 14 * 365))
    child = Child(
        id=child_id,
        name=name,
        authority_id=home.authority_id,
        born=born,
        language="en",
        looked_after_since=day,
    )
    miles = maker.chance.randint(1, 120)
    living = Placement(child_id=child_id, home_id=home.id, starts=day, miles_from_family=miles)
    maker.rows += (child, living)
    maker.rows += (ChildName(child_id=child_id, fingerprint=keys().blind(m)) for m in marks_of_name(name))
    return child


def _officer(maker: Maker, number: int, children: Sequence[Child]) -> None:
    """One reviewing officer in each council, of the first twenty children."""
    first, *others = children[:CHILDREN_OF_OFFICER]
    officer = _person(maker, Role.REVIEWING_OFFICER, number, for_child_id=first.id)
    for child in others:
        _post(maker, officer, Role.REVIEWING_OFFICER, for_child_id=child.id)


def _person(maker: Maker, role: Role, number: int, **where: str) -> str:
    """The person of that number in this role, with a post. Only the first of each role can sign in."""
    person = Person(
        id=new_id(),
        sign_in_name=f"{ACCOUNTS[role]}-{number + 1}" if number else ACCOUNTS[role],
        password_hash=SHUT if number else maker.password_hash,
        name=a_name(maker.chance),
    )
    maker.rows.append(person)
    _post(maker, person.id, role, **where)
    return person.id


def _post(maker: Maker, person: str, role: Role, **where: Any) -> None:
    starts = maker.now.date() - timedelta(days=3 * LAST_DAYS)
    maker.rows.append(Post(person_id=person, role=role, starts=starts, **where))
