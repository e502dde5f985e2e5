"""Tablets: who works on which, what was taken onto it, and what is told to one that was reported lost."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from interview.access import Act, Role
from records.database import db, keys
from records.episodes import PAGE, person_name
from records.people import Reader, holds_on
from records.reach import reaches
from records.sessions import end_sessions_of
from records.tables import Answer, Interview, LogEntry, Person, Post, Tablet, Taken

ID = re.compile(r"[A-Za-z0-9_-]{16,64}")
# A draft opens for so long after it was taken, and the talk is held within the clock of its nation.
OPENS_FOR = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=1)


class Gone(StrEnum):
    """Why a tablet is to hand in what it holds, and to forget it."""

    LOST = "lost"
    LEFT = "left"


class TalkState(StrEnum):
    """Where a talk stands that was taken onto a tablet."""

    OPEN = "open"
    FINISHED = "finished"
    NOT_YOURS = "not-yours"


@dataclass(frozen=True)
class Farewell:
    """What a tablet is told that must hand in: everything on it, or what these people have left there.

    `tags` are theirs: what they typed with a network is sealed there under their mark, and has no place.
    """

    why: Gone
    slots: tuple[str, ...]
    tags: tuple[str, ...]


def tag_of(person: str) -> str:
    """The mark by which a page knows its own entries on a tablet, and which tells nobody whose it is."""
    return keys().blind(f"tablet|{person}").hex()


def is_id(text: object) -> bool:
    """Whether this can be the id of a tablet or of one person's place on it."""
    return isinstance(text, str) and ID.fullmatch(text) is not None


def farewell(device: str, today: date) -> Farewell | None:
    """What this tablet is told, whoever is signed in; None while all is well. One search."""
    rows = db.session.execute(
        sa.select(Tablet, Person.disabled_at, _works(today).label("works"))
        .join(Person, Person.id == Tablet.person_id)
        .where(Tablet.device == device)
        .order_by(Tablet.id)
    ).all()
    if any(row.Tablet.revoked_by for row in rows):
        return _farewell(Gone.LOST, [row.Tablet for row in rows])
    # Who has left is nobody's to sign in for: once what they wrote is handed in, their place is empty.
    gone = (row.Tablet for row in rows if row.disabled_at or not row.works)
    left = [tablet for tablet in gone if not tablet.revoked_at]
    return _farewell(Gone.LEFT, left) if left else None


def _works(today: date) -> sa.ColumnElement[bool]:
    """The condition that the person of a tablet holds talks on this day."""
    mine = Post.person_id == Tablet.person_id
    return sa.exists().where(mine, Post.role == Role.INTERVIEWER, *holds_on(today)).correlate(Tablet)


def _farewell(why: Gone, places: Sequence[Tablet]) -> Farewell:
    tags = dict.fromkeys(tag_of(place.person_id) for place in places)
    return Farewell(why, tuple(place.id for place in places), tuple(tags))


def tablet_of(slot: str, device: str, person: str, called: str, now: datetime) -> Tablet | None:
    """This person's place on this tablet, new where there was none; None where it is another's."""
    found = db.session.get(Tablet, slot) or _new_place(slot, device, person, called, now)
    if (found.device, found.person_id) != (device, person):
        return None
    if found.revoked_by is None:
        # Who had left is back.
        found.revoked_at = None
    if now - found.seen_at >= SEEN_EVERY:
        found.seen_at = now
    return found


def _new_place(slot: str, device: str, person: str, called: str, now: datetime) -> Tablet:
    place = Tablet(id=slot, device=device, person_id=person, made_at=now, seen_at=now, called=called)
    try:
        with db.session.begin_nested():
            db.session.add(place)
            _leave_the_others(place, now)
    except sa.exc.IntegrityError:
        # Two pages of one tablet came at once: the other one was first.
        return db.session.get_one(Tablet, slot)
    return place


def _leave_the_others(place: Tablet, now: datetime) -> None:
    # One person has one place on a tablet: whoever begins anew on it has signed out of the one before.
    others = (Tablet.device == place.device, Tablet.person_id == place.person_id, Tablet.id != place.id)
    on_them = Taken.tablet_id.in_(sa.select(Tablet.id).where(*others))
    gone = sa.update(Taken).where(on_them, Taken.brought_back_at.is_(None))
    db.session.execute(gone.values(brought_back_at=now))


def is_seen_lately(slot: str, device: str, person: str, now: datetime) -> bool | None:
    """Whether nothing is to be written of a contact; None where this place is another's."""
    found = db.session.get(Tablet, slot)
    if found is not None and (found.device, found.person_id) != (device, person):
        return None
    return found is not None and now - found.seen_at < SEEN_EVERY


def take(tablet: Tablet, interview: Interview, now: datetime) -> Taken:
    """Write down that a talk is taken onto a tablet; again, and it opens there for longer."""
    found = db.session.scalar(
        sa.select(Taken).where(Taken.tablet_id == tablet.id, Taken.interview_id == interview.id)
    )
    if found is None:
        found = Taken(interview_id=interview.id, tablet_id=tablet.id)
        db.session.add(found)
    found.taken_at, found.expires_at, found.brought_back_at = now, now + OPENS_FOR, None
    db.session.flush()
    return found


def talks_on(slot: str, person: str) -> dict[str, TalkState]:
    """The talks that were taken onto this place, and where each stands."""
    rows = db.session.execute(
        sa.select(Interview.id, Interview.interviewer_id, Interview.finished_at)
        .join(Taken, Taken.interview_id == Interview.id)
        .where(Taken.tablet_id == slot)
        .order_by(Taken.taken_at, Interview.id)
    )
    return {
        row.id: TalkState.NOT_YOURS
        if row.interviewer_id != person
        else TalkState.FINISHED
        if row.finished_at
        else TalkState.OPEN
        for row in rows
    }


def brought_back(slot: str, interview_ids: Sequence[str], now: datetime) -> None:
    """These talks are off the tablet again."""
    mine = (Taken.tablet_id == slot, Taken.interview_id.in_(interview_ids), Taken.brought_back_at.is_(None))
    db.session.execute(sa.update(Taken).where(*mine).values(brought_back_at=now))


def told_wrongly(slot: str, holds: Sequence[object]) -> bool:
    """Whether the tablet says that it holds other talks on this place than is written here."""
    on_it = sa.select(Taken.interview_id, Taken.brought_back_at).where(Taken.tablet_id == slot)
    return any(
        (row.interview_id in holds) is (row.brought_back_at is not None) for row in db.session.execute(on_it)
    )


def still_holds(slot: str, holds: Sequence[object], now: datetime) -> None:
    """Write down which talks lie on this place, as the tablet itself says."""
    known = [one for one in holds if is_id(one)]
    back = (Taken.tablet_id == slot, Taken.interview_id.in_(known), Taken.brought_back_at.is_not(None))
    db.session.execute(sa.update(Taken).where(*back).values(brought_back_at=None))
    off = (Taken.tablet_id == slot, Taken.interview_id.not_in(known), Taken.brought_back_at.is_(None))
    db.session.execute(sa.update(Taken).where(*off).values(brought_back_at=now))


def held_since(interview: Interview) -> datetime | None:
    """Since when this talk has been on a tablet of whoever holds it; None where it is on none."""
    mine = sa.select(sa.func.min(Taken.taken_at)).join(Tablet, Tablet.id == Taken.tablet_id)
    on_it = (Taken.interview_id == interview.id, Taken.brought_back_at.is_(None), Tablet.revoked_by.is_(None))
    return db.session.scalar(mine.where(*on_it, Tablet.person_id == interview.interviewer_id))


def wiped(slots: Sequence[str], now: datetime) -> None:
    """Nothing is on these places any more: what was sealed there is handed in, and no draft opens."""
    brought = sa.func.coalesce(Taken.brought_back_at, now)
    closed = sa.case((Taken.expires_at > now, now), else_=Taken.expires_at)
    on_them = sa.update(Taken).where(Taken.tablet_id.in_(slots))
    db.session.execute(on_them.values(brought_back_at=brought, expires_at=closed))


def has_taken(person: str, interview: Interview) -> bool:
    """Whether this person has had this talk on a tablet."""
    mine = sa.select(Taken.id).join(Tablet, Tablet.id == Taken.tablet_id)
    search = mine.where(Taken.interview_id == interview.id, Tablet.person_id == person).limit(1)
    return db.session.scalar(search) is not None


def was_on(slots: Iterable[str], interview: Interview) -> bool:
    """Whether this talk was taken onto one of these places."""
    mine = (Taken.interview_id == interview.id, Taken.tablet_id.in_(slots))
    return db.session.scalar(sa.select(Taken.id).where(*mine).limit(1)) is not None


def who_opened(people: Iterable[str], interview: Interview) -> str | None:
    """Which of these people wrote in this talk or had it open, the last first; None where nobody did.

    It may have been another's since, and never on a tablet: then it stands in the access log alone. That is
    searched only for talks whose id is known and that nobody took along.
    """
    mine = list(people)
    wrote = sa.select(Answer.author_id).where(Answer.interview_id == interview.id, Answer.author_id.in_(mine))
    looked = sa.select(LogEntry.person_id).where(
        LogEntry.person_id.in_(mine),
        LogEntry.act == Act.HOLD_INTERVIEW,
        LogEntry.record == Interview.__tablename__,
        LogEntry.record_id == interview.id,
    )
    found = db.session.scalar(wrote.order_by(Answer.id.desc()).limit(1))
    return found or db.session.scalar(looked.order_by(LogEntry.seq.desc()).limit(1))


def report_lost(tablet: Tablet, by: str, now: datetime, session_id: str | None = None) -> None:
    """From now on this tablet is told at its next contact that it is lost, whoever is at it.

    Whoever finds it finds nobody signed in: its people's sessions end, but for the one that reports it.
    """
    on_it = sa.update(Tablet).where(Tablet.device == tablet.device, Tablet.revoked_by.is_(None))
    db.session.execute(on_it.values(revoked_at=now, revoked_by=by))
    people = db.session.scalars(sa.select(Tablet.person_id).where(Tablet.device == tablet.device))
    end_sessions_of(set(people), session_id)


def has_left(slots: Sequence[str], now: datetime) -> None:
    """What these people left on a tablet is handed in: their places on it are empty."""
    mine = (Tablet.id.in_(slots), Tablet.revoked_at.is_(None))
    db.session.execute(sa.update(Tablet).where(*mine).values(revoked_at=now))


def persons_on(device: str, slots: Sequence[str]) -> dict[str, str]:
    """Whose these places on a tablet are; the one seen last comes first."""
    rows = db.session.execute(
        sa.select(Tablet.id, Tablet.person_id)
        .where(Tablet.device == device, Tablet.id.in_(slots))
        .order_by(Tablet.seen_at.desc(), Tablet.id)
    )
    return {row.id: row.person_id for row in rows}


@dataclass(frozen=True)
class TabletLine:
    """One person's place on a tablet, and how many talks are on it now.

    `left`: of how many others something may still wait there; `left_until`: when their last draft closes, as
    `opens_until` does for all of them. `gone`: its person holds no talks here any more; `handed_in`: what was
    theirs has come since.
    """

    id: str
    called: str
    person_id: str
    person: str
    made_at: datetime
    seen_at: datetime
    revoked_at: datetime | None
    handed_in: datetime | None
    gone: bool
    talks: int
    left: int
    left_until: datetime | None
    opens_until: datetime | None

    @property
    def may_hold(self) -> bool:
        """Whether something of a talk may be on it."""
        return bool(self.talks or self.left)

    def is_wanted(self, now: datetime) -> bool:
        """Whether somebody has to see to it that what is on it comes here."""
        return self.is_silent(now) or (self.gone and self.may_hold)

    def is_silent(self, now: datetime) -> bool:
        """Whether something is waited for, and nothing was heard of it for as long as a draft opens."""
        return self.may_hold and now - self.seen_at >= OPENS_FOR


def tablets_within_reach(reader: Reader, now: datetime, today: date) -> list[TabletLine]:
    """The tablets within reach, the one heard of last first. One search."""
    back, closed = Taken.brought_back_at.is_not(None), Taken.expires_at <= now
    # Finished or another's by now, or closed there: what was sealed before may be there all the same.
    may_wait = sa.or_(sa.and_(back, ~closed), sa.and_(~back, closed))
    on_it = _of_tablet(sa.func.count(Taken.id), ~back, ~closed)
    left = _of_tablet(sa.func.count(Taken.id), may_wait)
    until = _of_tablet(sa.func.max(Taken.expires_at), may_wait, ~closed)
    opens_until = _of_tablet(sa.func.max(Taken.expires_at), ~closed)
    gone = sa.or_(Person.disabled_at.is_not(None), ~_works(today)).label("gone")
    rows = db.session.execute(
        sa.select(Tablet, Person.name_sealed, gone, on_it, left, until, opens_until)
        .join(Person, Person.id == Tablet.person_id)
        .where(reaches(reader, Tablet))
        .order_by(Tablet.seen_at.desc(), Tablet.id)
        .limit(PAGE)
    )
    return [
        TabletLine(
            tablet.id,
            tablet.called,
            tablet.person_id,
            person_name(tablet.person_id, name),
            tablet.made_at,
            tablet.seen_at,
            tablet.revoked_at if tablet.revoked_by else None,
            None if tablet.revoked_by else tablet.revoked_at,
            *waits,
        )
        for tablet, name, *waits in rows
    ]


def _of_tablet(what: sa.ColumnElement[Any], *those: sa.ColumnElement[bool]) -> sa.ScalarSelect[Any]:
    taken = sa.select(what).where(Taken.tablet_id == Tablet.id, *those)
    return taken.correlate(Tablet).scalar_subquery()
