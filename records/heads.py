"""Which answers count, as conditions of a search: the same as interview.answers.heads."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from records.tables import Answer

Condition = sa.ColumnElement[bool]


def is_current(of: Any = Answer) -> Condition:
    """The condition that an answer counts: nothing was written over it, and nothing chosen over it.

    Of a question there may be several: versions that nobody has settled yet.
    """
    later = aliased(Answer)
    # A successor is of the same talk and question: the index on both finds it.
    after = sa.select(later.id).where(
        later.interview_id == of.interview_id,
        later.question == of.question,
        later.id != of.id,
        sa.or_(later.base_op == of.op_id, settles(later, of)),
    )
    return ~after.correlate(of).exists()


def is_branched() -> Condition:
    """The condition that an answer counts, and another one to the same question with it."""
    other = aliased(Answer)
    beside = sa.select(other.id).where(
        other.interview_id == Answer.interview_id,
        other.question == Answer.question,
        other.id != Answer.id,
        is_current(other),
    )
    return sa.and_(beside.correlate(Answer).exists(), is_current())


def settles(later: Any, before: Any) -> Condition:
    """The condition that one answer was chosen over another. The ids stand with spaces between them."""
    space: Any = sa.literal(" ")
    ids = space + later.settles + space
    # Not LIKE: it takes one letter for another.
    chosen_over = sa.func.replace(ids, space + before.op_id + space, "") != ids
    return sa.and_(later.settles != "", chosen_over)
