"""The reasons that children gave, in talks and later, and the words that were added later: one search."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from interview.access import REMITS, Audience, Part, Role
from interview.account import Added, Given
from interview.answers import CHILD_SAYS, ChosenReason, SaidBy
from interview.reasons import REASONS
from records.answers import audience_of
from records.base import SealedKey, place, remember_key
from records.database import db
from records.keys import unseal
from records.tables import Addendum, Interview, Reason
from records.which_talks import Condition, Talks, Values, is_for, newest

BY_CHILD: Condition = Addendum.said_by.in_(list(CHILD_SAYS))
ALLEGATIONS = [code for code, reason in REASONS.items() if reason.part is Part.ALLEGATION]
# In the type of what the other search brings.
NOTHING, UNSEALED = (sa.cast(sa.null(), kind) for kind in (sa.String(), sa.LargeBinary()))
OF_REASON = (
    Reason.id,
    Reason.child_id,
    Reason.interview_id,
    Reason.code,
    Reason.biggest,
    Reason.for_social_worker,
    Reason.for_reviewing_officer,
    Reason.for_home,
    Reason.told_in,
    Reason.told_words_sealed,
    UNSEALED.label("why_sealed"),
    Reason.addendum_id,
    Addendum.made_at,
    Addendum.said_by,
)
OF_ADDED = (
    Addendum.id,
    Addendum.child_id,
    Addendum.interview_id,
    NOTHING.label("code"),
    sa.false().label("biggest"),
    Addendum.for_social_worker,
    Addendum.for_reviewing_officer,
    Addendum.for_home,
    NOTHING.label("told_in"),
    Addendum.words_sealed,
    Addendum.why_sealed,
    Addendum.id.label("addendum_id"),
    Addendum.made_at,
    Addendum.said_by,
)
OF_TALK = (Interview.held_at, SealedKey.wrapped_with, SealedKey.wrapped)


def given_and_added(talks: Talks, values: Values) -> tuple[tuple[Given, ...], tuple[Added, ...]]:
    """The reasons of these talks, and what was added to them, as far as the role may read it."""
    rows = db.session.execute(_search(talks), values).all()
    reasons = sorted((row for row in rows if row.code), key=lambda row: (row.held_at, row.code, row.id))
    added = sorted((row for row in rows if not row.code), key=lambda row: (row.made_at, row.id), reverse=True)
    given = tuple(_given(row) for row in reasons if row.said_by is None or row.said_by in CHILD_SAYS)
    return given, tuple(_added(row, reasons) for row in added)


@lru_cache(maxsize=256)
def _search(talks: Talks) -> sa.CompoundSelect[Any]:
    return sa.union_all(_search_for_added(talks), _search_for_reasons(talks))


def _search_for_added(talks: Talks) -> Any:
    search = (
        sa.select(*OF_ADDED, *OF_TALK)
        .join(Interview, Interview.id == Addendum.interview_id)
        .join(SealedKey, SealedKey.owner == Addendum.child_id)
        .where(talks.condition(), *_readable(talks.role))
    )
    return newest(search, talks, None, Addendum.made_at, Addendum.id)


def _readable(role: Role) -> list[Condition]:
    """The conditions that a role may read what was added: by the part that it belongs to, and by choice.

    The words in which a reason was told are that reason: with an allegation they belong to it, and with a
    reason that is not for the home they are not either.
    """
    parts = REMITS[role].parts
    conditions = [sa.or_(is_for(role, Addendum), ~BY_CHILD)]
    if Part.VIEWS not in parts:
        conditions.append(BY_CHILD)
    if Part.ALLEGATION not in parts:
        conditions.append(~_told_with(Reason.code.in_(ALLEGATIONS)))
    if REMITS[role].reads_as is Audience.HOME:
        conditions.append(~_told_with(Reason.for_home == sa.false()))
    return conditions


def _told_with(condition: Condition) -> Condition:
    return sa.select(Reason.id).where(Reason.addendum_id == Addendum.id, condition).exists()


def _search_for_reasons(talks: Talks) -> Any:
    parts = REMITS[talks.role].parts
    # An adult's view of the reasons is read where adults' views are.
    by_child = [] if Part.VIEWS in parts else [sa.or_(Reason.addendum_id.is_(None), BY_CHILD)]
    search = (
        sa.select(*OF_REASON, *OF_TALK)
        # By child as well: where one child is asked for, that is the shorter way.
        .join(
            Interview,
            sa.and_(Interview.id == Reason.interview_id, Interview.child_id == Reason.child_id),
        )
        .join(SealedKey, SealedKey.owner == Reason.child_id)
        .outerjoin(Addendum, Addendum.id == Reason.addendum_id)
        .where(
            talks.condition(),
            Reason.code.in_([code for code, reason in REASONS.items() if reason.part in parts]),
            is_for(talks.role, Reason),
            *by_child,
        )
    )
    return newest(search, talks, Reason.code, Interview.held_at, Reason.id)


def _given(row: Any) -> Given:
    told = _opened(row, "reason", "told_words", row.words_sealed)
    reason = ChosenReason(row.code, row.biggest, audience_of(row), row.told_in, told)
    return Given(row.interview_id, row.held_at, reason, row.addendum_id, row.made_at)


def _added(row: Any, reasons: Iterable[Any]) -> Added:
    mine = (one for one in reasons if one.addendum_id == row.id)
    return Added(
        row.id,
        row.interview_id,
        row.held_at,
        row.made_at,
        SaidBy(row.said_by),
        _opened(row, "addendum", "words", row.words_sealed),
        _opened(row, "addendum", "why", row.why_sealed),
        audience_of(row),
        tuple(ChosenReason(one.code, one.biggest, audience_of(one)) for one in mine),
    )


def _opened(row: Any, table: str, field: str, sealed: bytes | None) -> str:
    if sealed is None:
        return ""
    under = remember_key(row.child_id, row.wrapped_with, row.wrapped)
    return unseal(under, place(table, row.id, field), sealed)
