"""The cast: Ines interviews, Maya manages the home, Mark another; Ivan reviews this child, Iris another."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from flask import Flask

from interview.access import COUNCIL, EVERYONE, Audience, Role
from interview.answers import SaidBy, Skip
from interview.independence import TieKind
from interview.questions import NEWEST_SET
from interview.requests import WAITS, State
from records.allocation import Candidate, allocate
from records.answers import Incoming, audience_bits, keep
from records.children import add_child
from records.database import db, writing
from records.episodes import log_offer, record_return
from records.interviews import finish
from records.people import Reader, add_person, appoint, hash_of, holds_on, reader_of
from records.tables import (
    Authority,
    Child,
    Concern,
    Episode,
    Home,
    Interview,
    InterviewEpisode,
    Offer,
    Person,
    Placement,
    Post,
    Request,
    Review,
    Tie,
)
from views.moments import now

PASSWORD = "a made-up password"
LONG_AGO = date(2020, 1, 1)


@dataclass(frozen=True)
class Someone:
    """One of the cast: who they are, how they sign in, and what their posts let them reach."""

    id: str
    sign_in_name: str
    name: str
    role: Role
    reader: Reader


@dataclass(frozen=True)
class Place:
    """A home or a council of the cast."""

    id: str
    name: str


@dataclass(frozen=True)
class Kid:
    """A child of the cast, the home they live in, and the council that is responsible for them."""

    id: str
    name: str
    home: Place
    council: Place


@dataclass(frozen=True)
class People:
    """Everyone. Robin lives at Larch House, which Maya manages; Sasha lives at Mark's Rowan Lodge.

    Omar worked at Larch House. Cora coordinates Fenmoor, which is responsible for Robin; Sasha belongs
    to Carrow, so that nobody but Mark and Iris reaches Sasha.
    """

    ines: Someone
    omar: Someone
    maya: Someone
    mark: Someone
    ivan: Someone
    iris: Someone
    cora: Someone
    larch: Place
    rowan: Place
    fenmoor: Place
    carrow: Place
    robin: Kid
    sasha: Kid

    def all(self) -> tuple[Someone, ...]:
        """Everyone who works here."""
        return self.ines, self.omar, self.maya, self.mark, self.ivan, self.iris, self.cora

    def of_role(self, role: Role) -> Someone:
        """The one of this role who has to do with Robin."""
        mine = {one.role: one for one in (self.ines, self.maya, self.ivan, self.cora)}
        return mine[role]


@contextmanager
def keeping(app: Flask) -> Iterator[None]:
    """The records of this app, open for writing; committed at the end."""
    with app.app_context(), writing():
        yield


def the_cast() -> People:
    """Write everyone into an empty database, within `keeping`."""
    fenmoor, carrow = _council("Fenmoor"), _council("Carrow")
    larch, rowan = a_home("Larch House", fenmoor), a_home("Rowan Lodge", carrow)
    robin, sasha = a_child("Robin Achebe", larch, fenmoor), a_child("Sasha Brandt", rowan, carrow)
    people = People(
        ines=_someone("ines", "Ines Okafor", Role.INTERVIEWER),
        omar=_someone("omar", "Omar Haddad", Role.INTERVIEWER),
        maya=_someone("maya", "Maya Lindqvist", Role.HOME_MANAGER, home_id=larch.id),
        mark=_someone("mark", "Mark Ellison", Role.HOME_MANAGER, home_id=rowan.id),
        ivan=_someone("ivan", "Ivan Petrov", Role.REVIEWING_OFFICER, for_child_id=robin.id),
        iris=_someone("iris", "Iris Beaumont", Role.REVIEWING_OFFICER, for_child_id=sasha.id),
        cora=_someone("cora", "Cora Mensah", Role.COORDINATOR, authority_id=fenmoor.id),
        larch=larch,
        rowan=rowan,
        fenmoor=fenmoor,
        carrow=carrow,
        robin=robin,
        sasha=sasha,
    )
    db.session.add(Tie(person_id=people.omar.id, kind=TieKind.STAFF, home_id=larch.id))
    db.session.flush()
    return people


def _council(name: str) -> Place:
    row = Authority(name=name, nation="england")
    db.session.add(row)
    db.session.flush()
    return Place(row.id, name)


def a_home(name: str, council: Place) -> Place:
    """A home in the area of a council."""
    row = Home(name=name, authority_id=council.id)
    db.session.add(row)
    db.session.flush()
    return Place(row.id, name)


def a_child(name: str, home: Place, council: Place, **facts: Any) -> Kid:
    """A child who lives in a home, and for whom a council is responsible."""
    child = add_child(name, council.id, **({"born": date(2012, 3, 4)} | facts))
    db.session.add(Placement(child_id=child.id, home_id=home.id, starts=LONG_AGO, miles_from_family=31))
    db.session.flush()
    return Kid(child.id, name, home, council)


def _someone(sign_in_name: str, name: str, role: Role, **where: str) -> Someone:
    person = add_person(sign_in_name, name, hash_of(PASSWORD))
    db.session.flush()
    appoint(person, role, LONG_AGO, **where)
    db.session.flush()
    return Someone(person.id, sign_in_name, name, role, reader_on(person.id, now().date()))


def reader_on(person_id: str, day: date) -> Reader:
    """The reader that a person's posts make of them on that day."""
    posts = db.session.scalars(sa.select(Post).where(Post.person_id == person_id, *holds_on(day)))
    found = reader_of(person_id, posts)
    if found is None:
        raise LookupError("This person holds no post on that day.")
    return found


# Builders. Each has good defaults; a test names only what it changes. Call them within `keeping`.


def an_episode(people: People, kid: Kid | None = None, **facts: Any) -> Episode:
    """An absence of Robin, who came back five hours ago after a night away."""
    kid = kid or people.robin
    back = facts.get("returned_at") or now() - timedelta(hours=5)
    defaults = {
        "home_id": kid.home.id,
        "missing_at": back - timedelta(hours=9),
        "returned_at": back,
        "ended": "self",
        "reported_by": "home",
        "grade": "medium",
        "prevention": "done",
    }
    child = db.session.get_one(Child, kid.id)
    episode = record_return(child, people.cora.id, now(), **(defaults | facts))
    db.session.flush()
    return episode


def an_offer(people: People, episode: Episode, **facts: Any) -> Offer:
    """An offer of the talk, an hour after the child came back; the child said yes."""
    at = (episode.returned_at or now()) + timedelta(hours=1)
    defaults = {"at": at, "channel": "in-person", "outcome": "accepted"}
    offer = log_offer(episode, people.cora.id, now(), **(defaults | facts))
    db.session.flush()
    return offer


def an_interview(
    people: People,
    *episodes: Episode,
    kid: Kid | None = None,
    interviewer: Someone | None = None,
    **facts: Any,
) -> Interview:
    """A talk that Ines is to hold about Robin's latest absence; `held_at` and more are set as given."""
    holder = interviewer or people.ines
    covered = episodes or (an_episode(people, kid),)
    interview = allocate(covered, Candidate(holder.id, holder.name, ()), people.cora.id, now())
    for name, value in facts.items():
        setattr(interview, name, value)
    db.session.flush()
    return interview


def answer(question: str = "why", value: Any = "Nobody listens to me here.", **facts: Any) -> Incoming:
    """An answer of the child, word for word, that everyone may read."""
    defaults: dict[str, Any] = {"op_id": str(uuid4()), "question_set": NEWEST_SET, "audience": EVERYONE}
    return Incoming(question=question, value=value, **(defaults | facts))


def a_skip(question: str, skipped: Skip = Skip.RATHER_NOT_SAY, **facts: Any) -> Incoming:
    """A question that the child chose not to answer."""
    return answer(question, None, skipped=skipped, **facts)


def by_worker(question: str, value: Any, **facts: Any) -> Incoming:
    """An answer of the interviewer's own."""
    return answer(question, value, **({"said_by": SaidBy.WORKER, "audience": COUNCIL} | facts))


def a_concern(talk: Interview, raised_by: Someone, **facts: Any) -> Concern:
    """A danger that came up in a talk, and of which nobody has been told yet."""
    defaults = {"kind": "danger", "raised_at": now(), "due_at": now() + timedelta(hours=24)}
    about = {"child_id": talk.child_id, "interview_id": talk.id, "authority_id": talk.authority_id}
    concern = Concern(raised_by=raised_by.id, **about, **(defaults | facts))
    db.session.add(concern)
    db.session.flush()
    return concern


def a_request(talk: Interview, **facts: Any) -> Request:
    """What a child asked for in a talk, for all to read: a lock, asked of the home."""
    about = {key: getattr(talk, key) for key in ("child_id", "home_id", "authority_id")}
    defaults = {
        "question": "would_help",
        "words": "A lock on my own door",
        "asked_of": "home",
        "asked_home": True,
        "asked_at": now(),
        "due_on": now().date() + timedelta(days=14),
        "waits": facts.get("state", State.OPEN) in WAITS,
        **audience_bits(EVERYONE),
    }
    request = Request(interview_id=talk.id, **about, **(defaults | facts))
    db.session.add(request)
    db.session.flush()
    return request


TALK: tuple[tuple[str, Any], ...] = (
    ("ready", "yes"),
    ("being_back", "2"),
    ("why", "Nobody listens to me here."),
    ("reasons", {"chosen": ["A1", "B1"], "biggest": "A1"}),
)


def a_finished_talk(
    people: People,
    said: Mapping[str, Any] | None = None,
    more: Sequence[Incoming] = (),
    audience: frozenset[Audience] = EVERYONE,
    **facts: Any,
) -> Interview:
    """A talk with Robin that is finished: what was `said`, by question, and `more` answers after it."""
    interview = an_interview(people, **facts)
    told = [answer(key, value, audience=audience) for key, value in (said or dict(TALK)).items()]
    held = facts.get("held_at") or now() - timedelta(hours=1)
    receipt = keep(interview, [*told, *more], interview.interviewer_id, held)
    if receipt.refused:
        raise ValueError(receipt.refused)
    finish(interview, held + timedelta(minutes=40))
    db.session.flush()
    return interview


def a_review(kid: Kid, **facts: Any) -> Review:
    """A review of a child, due in three weeks."""
    review = Review(child_id=kid.id, **({"due_on": now().date() + timedelta(days=21)} | facts))
    db.session.add(review)
    db.session.flush()
    return review


def appoint_reviewer(person: Someone, kid: Kid) -> None:
    """Let this reviewing officer run the reviews of one more child."""
    holder = db.session.get_one(Person, person.id)
    appoint(holder, Role.REVIEWING_OFFICER, LONG_AGO, for_child_id=kid.id)


def covered_by(interview: Interview) -> str:
    """The id of the first episode that a talk covers."""
    search = sa.select(InterviewEpisode.episode_id).where(InterviewEpisode.interview_id == interview.id)
    return str(db.session.scalars(search).first())


def end_posts(person: Someone, on: date) -> None:
    """Let this person's posts end on that day."""
    db.session.execute(sa.update(Post).where(Post.person_id == person.id).values(ends=on))


def disable(person: Someone) -> None:
    """Shut this person's account."""
    db.session.get_one(Person, person.id).disabled_at = now()
