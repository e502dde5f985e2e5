"""The rows of requests: one search that brings a request with its steps and translation, opened in one go."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

import sqlalchemy as sa

from interview.account import Translation
from interview.answers import SaidBy
from interview.requests import Asking, Owner, State, Step, Stepped
from records.answers import audience_of
from records.base import SealedKey, place, remember_key
from records.database import db
from records.episodes import child_name, person_name
from records.keys import unseal
from records.tables import Child, Home, Person, Placement, Request, RequestStep
from records.tables import Translation as TranslationRow

TRANSLATED = {
    "translation_id": TranslationRow.id,
    "translated_to": TranslationRow.language,
    "translated_at": TranslationRow.made_at,
    "translation_sealed": TranslationRow.words_sealed,
    "translator_sealed": TranslationRow.translator_sealed,
    "agency_sealed": TranslationRow.agency_sealed,
    "dialect_sealed": TranslationRow.dialect_sealed,
}
STEPPED = {
    "step_id": RequestStep.id,
    "number": RequestStep.number,
    "step_kind": RequestStep.kind,
    "step_at": RequestStep.at,
    "step_asked_of": RequestStep.asked_of,
    "step_on_day": RequestStep.on_day,
    "step_passed_to": RequestStep.passed_to,
    "step_for_home": RequestStep.for_home,
    "step_for_whom_sealed": RequestStep.for_whom_sealed,
    "step_words_sealed": RequestStep.words_sealed,
    "step_by": RequestStep.by,
    "step_by_sealed": Person.name_sealed,
}


def with_steps(chosen: sa.Select[Any], order: tuple[Any, ...]) -> sa.Select[Any]:
    """The chosen requests, with a row for each of their steps and translations."""
    ids = chosen.subquery()
    more = [column.label(name) for name, column in (TRANSLATED | STEPPED).items()]
    return (
        sa.select(
            *Request.__table__.c,
            Child.name_sealed,
            Home.name.label("home_name"),
            SealedKey.wrapped_with,
            SealedKey.wrapped,
            _has_left().label("has_left"),
            *more,
        )
        .join(ids, ids.c.id == Request.id)
        .join(Child, Child.id == Request.child_id)
        .join(SealedKey, SealedKey.owner == Request.child_id)
        .join(Home, Home.id == Request.home_id)
        .outerjoin(RequestStep, RequestStep.request_id == Request.id)
        .outerjoin(Person, Person.id == RequestStep.by)
        .outerjoin(
            TranslationRow,
            # By talk as well, because there is an index on that.
            sa.and_(
                TranslationRow.interview_id == Request.interview_id, TranslationRow.op_id == Request.op_id
            ),
        )
        .order_by(*order, RequestStep.number, TranslationRow.made_at, TranslationRow.id)
    )


def _has_left() -> sa.ColumnElement[bool]:
    """The condition that the child lived in the home of a request and lives there no longer."""
    there = sa.select(Placement.id).where(
        Placement.child_id == Request.child_id, Placement.home_id == Request.home_id
    )
    still = there.where(Placement.ends.is_(None))
    return sa.and_(there.correlate(Request).exists(), ~still.correlate(Request).exists())


def opened_requests(rows: Iterable[Any]) -> list[Asking]:
    """The requests out of their rows, each once, with its steps."""
    by_request: dict[str, list[Any]] = {}
    for row in rows:
        by_request.setdefault(row.id, []).append(row)
    return [_asking(of_one) for of_one in by_request.values()]


def _asking(rows: list[Any]) -> Asking:
    row = rows[0]
    under = remember_key(row.child_id, row.wrapped_with, row.wrapped)
    steps = {one.step_id: _stepped(one, under) for one in rows if one.step_id}
    bare = _bare(row, _text(under, "request", row.id, "words", row.words_sealed))
    return replace(
        bare,
        steps=tuple(steps.values()),
        translation=_translation(rows[-1], under),
        name=child_name(row),
        place=row.home_name,
        has_left=row.has_left,
    )


def _bare(row: Any, words: str) -> Asking:
    return Asking(
        row.id,
        row.interview_id,
        row.child_id,
        words,
        row.language,
        row.question,
        row.reason,
        Owner(row.asked_of),
        row.asked_at,
        row.due_on,
        State(row.state),
        for_home=row.for_home,
        told_child_at=row.told_child_at,
        home=row.home_id,
        audience=audience_of(row),
        said_by=SaidBy(row.said_by),
    )


def asking_of(request: Request) -> Asking:
    """A request that was opened by itself, with its steps."""
    rows = db.session.execute(
        sa.select(RequestStep, Person.name_sealed)
        .join(Person, Person.id == RequestStep.by)
        .where(RequestStep.request_id == request.id)
        .order_by(RequestStep.number)
    )
    steps = tuple(
        Stepped(
            Step(step.kind),
            step.at,
            person_name(step.by, sealed),
            Owner(step.asked_of),
            step.on_day,
            _owner(step.passed_to),
            step.for_whom,
            step.words,
            step.for_home,
        )
        for step, sealed in rows
    )
    return replace(_bare(request, request.words), steps=steps)


def _stepped(row: Any, under: bytes) -> Stepped:
    return Stepped(
        Step(row.step_kind),
        row.step_at,
        person_name(row.step_by, row.step_by_sealed),
        Owner(row.step_asked_of),
        row.step_on_day,
        _owner(row.step_passed_to),
        _text(under, "request_step", row.step_id, "for_whom", row.step_for_whom_sealed),
        _text(under, "request_step", row.step_id, "words", row.step_words_sealed),
        row.step_for_home,
    )


def _owner(kept: str | None) -> Owner | None:
    return Owner(kept) if kept else None


def _translation(row: Any, under: bytes) -> Translation | None:
    if row.translation_id is None:
        return None
    text = partial(_text, under, "translation", row.translation_id)
    return Translation(
        row.translated_to,
        text("words", row.translation_sealed),
        text("translator", row.translator_sealed),
        row.translated_at,
        text("agency", row.agency_sealed),
        text("dialect", row.dialect_sealed),
    )


def _text(under: bytes, table: str, row_id: str, field: str, sealed: bytes | None) -> str:
    return unseal(under, place(table, row_id, field), sealed) if sealed else ""
