"""Concerns: raised by an interviewer, listed by their clocks, and who has been told of them when."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from interview.clock import Standing
from interview.concerns import (
    ConcernKind,
    Entry,
    Since,
    Telling,
    all_told_at,
    clocks_of,
    danger_of,
    kind_of,
    next_due,
    still_to_tell,
)
from interview.duties import Clock, Danger
from records.base import SealedKey, new_id
from records.database import db
from records.episodes import PAGE, child_name, person_name
from records.people import Reader
from records.reach import reaches
from records.tables import Authority, Child, Concern, Disclosure, Interview, Person

# The moments in what a worker wrote down.
TIMES = ("at", "reached")


@dataclass(frozen=True)
class ConcernLine:
    """One concern on the list, with where its clock stands and who has been told."""

    concern: str
    child: str
    kind: ConcernKind
    dangers: tuple[Danger, ...]
    raised_at: datetime
    raised_by: str
    due_at: datetime | None
    told_at: datetime | None
    standing: Standing
    words: str
    tellings: tuple[Telling, ...]
    still_to_tell: tuple[str, ...]


def raise_concern(interview: Interview, kind: ConcernKind, words: str, by: str, now: datetime) -> Concern:
    """A danger or an allegation out of a talk: what was said, with the clock of its kind."""
    concern = new_concern(interview, by, now)
    concern.words = words
    note_dangers(concern, [danger_of(kind)], now)
    return concern


def new_concern(interview: Interview, by: str, now: datetime, concern_id: str = "") -> Concern:
    """A concern of which nothing is known but the talk and the moment."""
    concern = Concern(
        id=concern_id or new_id(),
        child_id=interview.child_id,
        interview_id=interview.id,
        authority_id=interview.authority_id,
        kind=ConcernKind.DANGER,
        raised_at=now,
        raised_by=by,
    )
    db.session.add(concern)
    return concern


def note_dangers(concern: Concern, dangers: Iterable[Danger], now: datetime) -> None:
    """These dangers are in it from now on, with their clocks; those already there keep theirs."""
    since = dict.fromkeys(dangers, now) | (dict(since_of(concern)) if concern.dangers else {})
    concern.dangers = json.dumps(since, default=datetime.isoformat)
    concern.kind = kind_of(since)
    set_clock(concern)


def set_clock(concern: Concern) -> None:
    """When the next of those who have to be told is due, and since when all of them are told."""
    running = concern_clocks(concern, nation_of(concern))
    concern.due_at, concern.told_at = next_due(running), all_told_at(running)


def since_of(concern: Concern) -> Since:
    """The dangers in a concern, each with the moment from which its clocks run."""
    if not concern.dangers:
        return {danger_of(ConcernKind(concern.kind)): concern.raised_at}
    kept = json.loads(concern.dangers)
    return {Danger(danger): datetime.fromisoformat(moment) for danger, moment in kept.items()}


def nation_of(concern: Concern) -> str:
    """The nation whose clocks and bank holidays count."""
    return db.session.get_one(Authority, concern.authority_id).nation


def concern_clocks(concern: Concern, nation: str) -> tuple[Clock, ...]:
    """Whom to tell by when, and who has been told."""
    return clocks_of(since_of(concern), nation, tellings_of(concern))


def concerns(reader: Reader, now: datetime, *, told: bool = False, page: int = 0) -> Sequence[ConcernLine]:
    """The concerns within reach of which somebody is still to be told, by what is due first; or those
    that are answered, the latest first. One search; one more line when there are more.
    """
    order = (Concern.told_at.desc(),) if told else (Concern.due_at.is_(None), Concern.due_at)
    rows = db.session.execute(
        sa.select(
            Concern,
            Child.id.label("child_id"),
            Child.name_sealed,
            SealedKey.wrapped_with,
            SealedKey.wrapped,
            Person.id.label("person_id"),
            Person.name_sealed.label("person_sealed"),
            Authority.nation,
        )
        .join(Child, Child.id == Concern.child_id)
        .join(SealedKey, SealedKey.owner == Child.id)
        .join(Person, Person.id == Concern.raised_by)
        .join(Authority, Authority.id == Concern.authority_id)
        .where(
            reaches(reader, Concern),
            Concern.told_at.is_not(None) if told else Concern.told_at.is_(None),
        )
        .order_by(*order, Concern.id)
        .limit(PAGE + 1)
        .offset(page * PAGE)
    )
    return [_line(row, now) for row in rows]


def _line(row: Any, now: datetime) -> ConcernLine:
    name, concern = child_name(row), row.Concern
    running = concern_clocks(concern, row.nation)
    return ConcernLine(
        concern.id,
        name,
        ConcernKind(concern.kind),
        tuple(since_of(concern)),
        concern.raised_at,
        person_name(row.person_id, row.person_sealed),
        concern.due_at,
        concern.told_at,
        standing_of(concern, running, now),
        words_of(concern),
        tellings_of(concern),
        missing_tellings(concern, running),
    )


def concerns_of(interview: Interview) -> Sequence[Concern]:
    """The concerns that came out of one talk, the newest first. One search."""
    mine = sa.select(Concern).where(Concern.interview_id == interview.id)
    return db.session.scalars(mine.order_by(Concern.raised_at.desc(), Concern.id)).all()


def words_of(concern: Concern) -> str:
    """What was said: in the talk, and as the worker wrote it down at once."""
    written = [entry.said for entry in account_of(concern) if entry.said]
    return "\n\n".join(words for words in (concern.words, *written) if words)


def account_of(concern: Concern) -> tuple[Entry, ...]:
    """What the worker wrote down at once, in its order."""
    kept = json.loads(concern.account) if concern.account else []
    return tuple(
        Entry(**one | {key: datetime.fromisoformat(one[key]) for key in TIMES if one.get(key)})
        for one in kept
    )


def standing_of(concern: Concern, running: Iterable[Clock], now: datetime) -> Standing:
    """Where the clocks of a concern stand together; "held" means told."""
    if concern.due_at is None:
        return Standing.NO_LIMIT
    if concern.told_at is not None:
        return Standing.HELD_LATE if any(clock.late for clock in running) else Standing.HELD_IN_TIME
    return Standing.OVERDUE if now > concern.due_at else Standing.DUE


def tellings_of(concern: Concern) -> tuple[Telling, ...]:
    """Who has been told, in the order in which it was written down."""
    kept = concern.told_whom
    if not kept:
        return ()
    if not kept.startswith("["):
        return (Telling("", concern.told_at or concern.raised_at, "", kept),)
    return tuple(Telling(**one | {"at": datetime.fromisoformat(one["at"])}) for one in json.loads(kept))


def missing_tellings(concern: Concern, running: Iterable[Clock]) -> tuple[str, ...]:
    """Who is still to be told; nobody where the concern is answered."""
    return () if concern.told_at else still_to_tell(running)


def hold_talk_of(concern_id: str) -> None:
    """Nobody else writes to the talk in which this was said until this is kept."""
    of_it = sa.select(Concern.interview_id).where(Concern.id == concern_id).scalar_subquery()
    db.session.execute(sa.select(Interview.id).where(Interview.id == of_it).with_for_update())


def hold_concern(concern: Concern) -> None:
    """Nobody else notes a telling of this concern until this one is kept; it is read anew."""
    wanted = sa.select(Concern).where(Concern.id == concern.id)
    db.session.execute(wanted.with_for_update().execution_options(populate_existing=True))


def write_down(concern: Concern, entry: Entry) -> None:
    """Add what a worker wrote down at once. Nothing there is changed, and nothing stands there twice."""
    before = account_of(concern)
    if any((one.said, one.done) == (entry.said, entry.done) for one in before):
        return
    entries = [asdict(one) for one in (*before, entry)]
    concern.account = json.dumps(entries, default=datetime.isoformat)


def tell(
    concern: Concern, tellings: Iterable[Telling], shared_by: str = "", *, child_knows: bool = False
) -> None:
    """Note that somebody was told; whoever shared it is in the list of all that was shared.

    Once all have been told who must be, the clock of the concern stops.
    """
    before = tellings_of(concern)
    # A button that was pressed twice tells nobody twice: the same person, in the same minute.
    known = {_who_and_when(one) for one in before}
    new = [one for one in tellings if _who_and_when(one) not in known]
    told = [*before, *new]
    concern.told_whom = json.dumps([asdict(one) for one in told], default=datetime.isoformat)
    done_before = concern.told_at
    set_clock(concern)
    concern.told_at = done_before or concern.told_at
    db.session.add_all(_disclosure(concern, one, shared_by, child_knows) for one in new if shared_by)


def _who_and_when(telling: Telling) -> tuple[str, ...]:
    minute = telling.at.astimezone(UTC).replace(second=0, microsecond=0)
    return telling.whom, telling.name, telling.number, telling.said, minute.isoformat()


def _disclosure(concern: Concern, telling: Telling, shared_by: str, child_knows: bool) -> Disclosure:
    # Law-and-guidance 6.2: what was shared, with whom and why, is written down each time.
    return Disclosure(
        child_id=concern.child_id,
        concern_id=concern.id,
        at=telling.at,
        shared_by=shared_by,
        basis="safeguarding",
        child_told=child_knows,
        what=words_of(concern),
        with_role=telling.whom,
        with_whom=" · ".join(filter(None, (telling.name, telling.number))),
        why=", ".join(since_of(concern)),
    )
