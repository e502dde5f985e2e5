"""Who holds a talk: someone independent, or someone the child asked for; each check stays on the record."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from interview.access import Role
from interview.clock import due_by
from interview.independence import Setting, Tie, TieKind, why_not
from interview.nations import NATIONS
from interview.questions import NEWEST_SET
from records.children import placement_on
from records.database import db
from records.interviews import covered_by, interview_of
from records.people import holds_on
from records.tables import (
    Child,
    Episode,
    Interview,
    InterviewEpisode,
    Person,
    Post,
)
from records.tables import Tie as TieRow


@dataclass(frozen=True)
class Candidate:
    """Someone who holds talks, and what speaks against them for this return."""

    person: str
    name: str
    why_not: tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """One allocation: to whom, by whom, and all that spoke for and against it then."""

    at: datetime
    by: str
    person: str
    name: str
    why_not: tuple[str, ...]
    child_asked: bool
    childs_reason: str
    episodes: tuple[str, ...]


def candidates(episode: Episode, today: date) -> list[Candidate]:
    """Everyone who holds talks today, the independent first, by name."""
    return candidates_for([episode], today)


def candidates_for(episodes: Sequence[Episode], today: date) -> list[Candidate]:
    """Everyone who holds talks today, and what speaks against them for one talk about these returns.

    Independent of every home that the child left, and of the one where the child lives now.
    """
    people = db.session.scalars(
        sa.select(Person)
        .join(Post, Post.person_id == Person.id)
        .where(Post.role == Role.INTERVIEWER, Person.disabled_at.is_(None), *holds_on(today))
        .distinct()
    ).all()
    ties = _ties([person.id for person in people])
    first = episodes[0]
    lives = placement_on(first.child_id, today)
    homes = {episode.home_id for episode in episodes} | ({lives.home_id} if lives else set())
    setting = Setting(frozenset(homes), first.authority_id, first.child_id, today)
    found = [
        Candidate(person.id, person.name, tuple(dict.fromkeys(why_not(ties.get(person.id, ()), setting))))
        for person in people
    ]
    return sorted(found, key=lambda candidate: (bool(candidate.why_not), candidate.name, candidate.person))


def _ties(people: list[str]) -> dict[str, list[Tie]]:
    ties: dict[str, list[Tie]] = {}
    for row in db.session.scalars(sa.select(TieRow).where(TieRow.person_id.in_(people)).order_by(TieRow.id)):
        ties.setdefault(row.person_id, []).append(
            Tie(
                TieKind(row.kind),
                row.home_id,
                row.authority_id,
                row.of_child_id,
                row.starts,
                row.ends,
            )
        )
    return ties


def allocate(
    episodes: Sequence[Episode], interviewer: Candidate, by: str, now: datetime, **facts: Any
) -> Interview:
    """Allocate one talk about these episodes of one child. The check and its inputs stay on the record."""
    first = episodes[0]
    child = db.session.get_one(Child, first.child_id, options=[joinedload(Child.authority)])
    interview = Interview(
        child_id=child.id,
        home_id=first.home_id,
        authority_id=first.authority_id,
        interviewer_id=interviewer.person,
        question_set=NEWEST_SET,
        language=child.language,
        allocated_at=now,
        allocated_by=by,
        due_at=due_of(episodes, NATIONS[child.authority.nation].hold_within, now),
        **facts,
    )
    db.session.add(interview)
    db.session.flush()
    _cover(interview, episodes)
    _keep_check(interview, interviewer, episodes)
    return interview


def reallocate(
    interview: Interview,
    episodes: Sequence[Episode],
    interviewer: Candidate,
    by: str,
    now: datetime,
    **facts: Any,
) -> None:
    """Give a talk that is not finished to someone else, or let it cover other episodes. It is noted."""
    child = db.session.get_one(Child, interview.child_id, options=[joinedload(Child.authority)])
    interview.interviewer_id = interviewer.person
    interview.allocated_at, interview.allocated_by = now, by
    interview.due_at = due_of(episodes, NATIONS[child.authority.nation].hold_within, now)
    for name, value in facts.items():
        setattr(interview, name, value)
    db.session.execute(sa.delete(InterviewEpisode).where(InterviewEpisode.interview_id == interview.id))
    _cover(interview, episodes)
    _keep_check(interview, interviewer, episodes)


def due_of(episodes: Iterable[Episode], within: timedelta | None, now: datetime) -> datetime | None:
    """When one talk about these returns is due: the first hour that can still be kept, else the last."""
    due = [moment for e in episodes if (moment := due_by(e.returned_at, within)) is not None]
    ahead = [moment for moment in due if moment >= now]
    return min(ahead) if ahead else max(due, default=None)


def _cover(interview: Interview, episodes: Iterable[Episode]) -> None:
    db.session.add_all(
        InterviewEpisode(interview_id=interview.id, episode_id=episode.id) for episode in episodes
    )
    db.session.flush()


def _keep_check(interview: Interview, interviewer: Candidate, episodes: Iterable[Episode]) -> None:
    check = Check(
        interview.allocated_at,
        interview.allocated_by,
        interviewer.person,
        interviewer.name,
        interviewer.why_not,
        interview.child_asked,
        interview.childs_reason,
        tuple(episode.id for episode in episodes),
    )
    checks = [*checks_of(interview), check]
    interview.independence = json.dumps([asdict(one) for one in checks], default=datetime.isoformat)


def checks_of(interview: Interview) -> list[Check]:
    """Every allocation of this talk with what was known then, oldest first."""
    kept = json.loads(interview.independence) if interview.independence else []
    return [
        Check(
            **one
            | {
                "at": datetime.fromisoformat(one["at"]),
                "why_not": tuple(one["why_not"]),
                "episodes": tuple(one["episodes"]),
            }
        )
        for one in kept
    ]


def people_named(ids: Iterable[str]) -> dict[str, str]:
    """The names of workers, by id. One search."""
    return {p.id: p.name for p in db.session.scalars(sa.select(Person).where(Person.id.in_(set(ids))))}


def unfinished_of(episodes: Iterable[Episode]) -> Sequence[Interview]:
    """The talks about any of these returns that are not finished, the oldest first."""
    covering = sa.select(InterviewEpisode.interview_id).where(
        InterviewEpisode.episode_id.in_([episode.id for episode in episodes])
    )
    return db.session.scalars(
        sa.select(Interview)
        .where(Interview.id.in_(covering), Interview.finished_at.is_(None))
        .order_by(Interview.allocated_at, Interview.id)
    ).all()


def is_begun(interview: Interview | None) -> bool:
    """Whether a talk has been begun and is not finished: then it cannot simply be taken off the list."""
    return interview is not None and interview.finished_at is None and interview.held_at is not None


def in_begun_talks(child_id: str) -> frozenset[str]:
    """The returns of a child whose talk has been begun and is not finished: it is about those, and no others.

    What was said before a child left again cannot be about that absence.
    """
    begun = (
        sa.select(InterviewEpisode.episode_id)
        .join(Interview, Interview.id == InterviewEpisode.interview_id)
        .where(
            Interview.child_id == child_id,
            Interview.held_at.is_not(None),
            Interview.finished_at.is_(None),
        )
    )
    return frozenset(db.session.scalars(begun))


def follow_facts(episode: Episode, now: datetime) -> None:
    """Let the talk about a corrected return follow it: its home, and when it is due.

    The home of a talk decides which manager reads of it: it changes when all its returns are of that home.
    """
    interview = interview_of(episode)
    if interview is None:
        return
    covered = covered_by(interview)
    if all(one.home_id == episode.home_id for one in covered):
        interview.home_id = episode.home_id
    if interview.finished_at is None:
        child = db.session.get_one(Child, episode.child_id, options=[joinedload(Child.authority)])
        interview.due_at = due_of(covered, NATIONS[child.authority.nation].hold_within, now)
