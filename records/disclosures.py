"""What was shared of a child's record: written down at the moment of sharing, and read as a list."""

import re
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from interview.access import Role
from interview.answers import Answer
from interview.sharing import Share, Shared, parts_for
from records.base import fetch_keys
from records.database import db
from records.episodes import person_name
from records.people import Reader
from records.reach import reaches
from records.tables import Concern, Disclosure, Interview, Person

ID = re.compile(r"[A-Za-z0-9_-]{22}")
# Whom a finished talk goes to: who they are in the list, and as which role they read.
TOLD_BY_FINISHING = (
    ("social-worker", Role.COORDINATOR),
    ("reviewing-officer", Role.REVIEWING_OFFICER),
    ("home", Role.HOME_MANAGER),
)


def share(child_id: str, share: Share, by: str, now: datetime) -> None:
    """Write down what is shared, before it is. What is sent twice is written down once."""
    key = {"id": share.once} if ID.fullmatch(share.once) else {}
    before = db.session.get(Disclosure, share.once) if key else None
    if before is not None and (before.child_id, before.shared_by) == (child_id, by):
        return
    if before is not None:
        key = {}
    db.session.add(
        Disclosure(
            **key,
            child_id=child_id,
            at=now,
            kind=share.kind,
            interview_id=share.interview_id,
            shared_by=by,
            parts=" ".join((share.what, *share.parts)),
            with_role=share.with_role,
            with_whom=share.with_whom,
            why=share.why,
            basis=share.basis,
            child_told=share.child_told,
            not_told_why=share.not_told_why,
        )
    )


def share_finished(interview: Interview, kept: dict[str, Answer], by: str, now: datetime) -> None:
    """A finished talk goes to those for whom something of it is: one line for each of them."""
    said = kept.get("told_sharing")
    # Before the first question on the tablet, or by the interviewer in their own words.
    told = interview.welcomed_at is not None or (said is not None and said.value == "yes")
    for with_role, role in TOLD_BY_FINISHING:
        parts = parts_for(kept, role)
        if parts:
            gone = Share(
                "finish",
                "talk",
                with_role,
                "",
                "finished",
                child_told=told,
                not_told_why="" if told else "no-welcome",
                parts=parts,
                interview_id=interview.id,
            )
            share(interview.child_id, gone, by, now)


def disclosures_of(reader: Reader, child_id: str) -> tuple[Shared, ...]:
    """All that was shared of this child's record as far as this reader reaches it, the newest first."""
    mine = sa.select(Concern.id).where(Concern.id == Disclosure.concern_id, reaches(reader, Concern))
    talk = sa.select(Interview.id).where(Interview.id == Disclosure.interview_id, reaches(reader, Interview))
    search = (
        sa.select(Disclosure, Person.id.label("person_id"), Person.name_sealed)
        .join(Person, Person.id == Disclosure.shared_by)
        .where(
            Disclosure.child_id == child_id,
            sa.or_(Disclosure.concern_id.is_(None), mine.correlate(Disclosure).exists()),
            sa.or_(Disclosure.interview_id.is_(None), talk.correlate(Disclosure).exists()),
        )
        .order_by(Disclosure.at.desc(), Disclosure.id)
    )
    rows = db.session.execute(search).all()
    fetch_keys([child_id])
    return tuple(_shared(row) for row in rows)


def _shared(row: Any) -> Shared:
    kept: Disclosure = row.Disclosure
    what, *parts = kept.parts.split() or [""]
    return Shared(
        at=kept.at,
        kind=kept.kind,
        what=what,
        parts=tuple(parts),
        by=person_name(row.person_id, row.name_sealed),
        with_role=kept.with_role,
        with_whom=kept.with_whom,
        why=tuple(kept.why.split(", ")) if kept.kind == "telling" else (kept.why,),
        basis=kept.basis,
        child_told=kept.child_told,
        not_told_why=kept.not_told_why,
        words=kept.what,
    )
