"""The concerns that a talk raises, opened as soon as it is said: a danger waits for no summary."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa

from interview.raised import STAFF_HARM, Said, may_raise
from interview.reasons import REASONS
from records.addenda import raised_in
from records.concerns import raise_concern, since_of
from records.database import db
from records.guarded import guard
from records.tables import Concern, Interview


def raise_concerns(
    interview: Interview,
    questions: Iterable[str],
    by: str,
    now: datetime,
    since: datetime | None = None,
) -> None:
    """After answers to these questions were kept: open the concerns that the talk raises, one of a kind.

    Its words follow what was said until somebody has been told; what is said after that opens another.
    What a worker has already written down by hand is not opened a second time: the words join it.
    What is taken back later stays open: a person decides, and not the form. `since` is when it was said,
    where that was on a tablet without a signal: the clocks of a danger run from then.
    """
    if not may_raise(questions):
        return
    known = db.session.scalars(
        sa.select(Concern).where(Concern.interview_id == interview.id).order_by(Concern.raised_at, Concern.id)
    ).all()
    for kind, everything in raised_in(interview).items():
        said = _not_by_hand(known, everything)
        told = [concern.words for concern in known if concern.kind == kind and concern.told_whom]
        fresh = "\n\n".join(one.words for one in said if not _is_known(one.words, told))
        waits = next((c for c in known if c.kind == kind and not c.told_whom and not c.recorded_at), None)
        if fresh and waits is None:
            raise_concern(interview, kind, fresh, by, since or now)
        elif fresh and waits is not None and waits.words != fresh:
            waits.words = fresh
    guard(interview, now)


def _is_known(words: str, told: list[str]) -> bool:
    # Where words were taken back after somebody was told, only the name of the card is left: that is not new.
    return any(words in before for before in told) or (bool(told) and words == REASONS[STAFF_HARM].term)


def _not_by_hand(known: Sequence[Concern], said: Iterable[Said]) -> list[Said]:
    """What is in none of the concerns that a worker wrote down; what is in one of them is its words."""
    rest, about = [], defaultdict[str, list[str]](list)
    by_hand = {concern.id: concern for concern in known if concern.recorded_at}
    for one in said:
        found = next((c.id for c in by_hand.values() if one.dangers & since_of(c).keys()), None)
        if found is None:
            rest.append(one)
        else:
            about[found].append(one.words)
    for found, words in about.items():
        _join(by_hand[found], words)
    return rest


def _join(concern: Concern, words: list[str]) -> None:
    # Words are kept while they are typed: what only grew is not there twice. What somebody was told stays.
    before = concern.words.split("\n\n") if concern.told_whom else []
    stays = [one for one in before if one and not any(new.startswith(one) for new in words)]
    joined = "\n\n".join([*stays, *words])
    if concern.words != joined:
        concern.words = joined
