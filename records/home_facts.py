"""What is known of a home without opening any words, but for those of what is still asked of it: one search.

It is put together from arms that each bring a few of the same columns.
"""

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from interview.access import REMITS, Role
from interview.home import AskedOfHome, HomeFacts
from interview.naming import parts_of, tells_who_or_where
from interview.reasons import REASONS
from interview.requests import WAITS, Owner
from records.base import Instant, SealedKey, place, remember_key
from records.database import db
from records.episodes import child_name
from records.keys import unseal
from records.people import Reader
from records.reach import reaches
from records.tables import Child, Episode, Home, Interview, Placement, Reason, Request
from records.tables import Translation as TranslationRow
from records.which_talks import THE_HOME, is_for

COLUMNS: dict[str, Any] = {
    "arm": sa.String(),
    "month": sa.Integer(),
    "at": Instant(),
    "child_id": sa.String(),
    "code": sa.String(),
    "within": sa.Boolean(),
    "id": sa.String(),
    "name_sealed": sa.LargeBinary(),
    "wrapped_with": sa.String(),
    "wrapped": sa.LargeBinary(),
    "language": sa.String(),
    "due_on": sa.Date(),
    "translation_id": sa.String(),
    "translated_sealed": sa.LargeBinary(),
}
NEVER = datetime.min.replace(tzinfo=UTC)
KEY = {"wrapped_with": SealedKey.wrapped_with, "wrapped": SealedKey.wrapped}


def facts_of_home(reader: Reader, home: Home) -> HomeFacts:
    """What this reader may know of a home, read as the home reads it."""
    arms: dict[str, list[Any]] = {"talk": [], "said": [], "left": [], "name": [], "asked": []}
    for row in db.session.execute(_search(reader), {"home": home.id}):
        arms[row.arm].append(row)
    names = parts_of({row.child_id: child_name(row) for row in arms["name"]}.values())
    # Where an answer was translated twice, the newer translation stands beside it.
    asked = {row.id: row for row in sorted(arms["asked"], key=_by_due_day)}
    return HomeFacts(
        tuple(sorted((_first_day(row.month), row.child_id) for row in arms["talk"])),
        tuple(sorted((_first_day(row.month), row.child_id, row.code) for row in arms["said"])),
        tuple(sorted((row.at, row.child_id) for row in arms["left"])),
        tuple(_asked(row, names) for row in asked.values()),
        names,
        all(row.within for row in arms["talk"]),
    )


def _by_due_day(row: Any) -> tuple[date, str, Any, str]:
    return row.due_on or date.max, row.id, row.at or NEVER, row.translation_id or ""


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _asked(row: Any, names: frozenset[str]) -> AskedOfHome:
    key = remember_key(row.child_id, row.wrapped_with, row.wrapped)
    words = unseal(key, place("request", row.id, "words"), row.name_sealed) if row.name_sealed else ""
    translated = ""
    if row.translated_sealed:
        translated = unseal(key, place("translation", row.translation_id, "words"), row.translated_sealed)
    # Who is named in it is read in the list of requests, by whoever answers it.
    if any(tells_who_or_where(one, names) for one in (words, translated)):
        words = translated = ""
    return AskedOfHome(words, row.language, row.due_on, row.code, translated)


def _arm(name: str, **columns: Any) -> sa.Select[Any]:
    """One arm: what it does not bring is empty, in the type of the others."""
    empty = {key: sa.cast(sa.null(), kind) for key, kind in COLUMNS.items()}
    found = empty | {"arm": sa.literal(name)} | columns
    return sa.select(*(column.label(key) for key, column in found.items()))


@lru_cache(maxsize=256)
def _search(reader: Reader) -> sa.CompoundSelect[Any]:
    return sa.union_all(_talks(reader), _said(reader), _left(reader), _names(), _asked_of_it(reader))


def _month(moment: Any) -> Any:
    # By the calendar of the clock that keeps them all: an hour of the night may fall into the month before.
    if db.engine.dialect.name == "postgresql":
        moment = sa.func.timezone("UTC", moment)
    year, month = (sa.cast(sa.extract(part, moment), sa.Integer) for part in ("year", "month"))
    return year * 12 + month - 1


def _talks(reader: Reader) -> Any:
    # Of every council: the periods of a home are the same for all who read of it.
    within = sa.case((reaches(reader, Interview), sa.true()), else_=sa.false())
    found = _arm("talk", month=_month(Interview.finished_at), child_id=Interview.child_id, within=within)
    return found.where(Interview.home_id == THE_HOME, Interview.finished_at.is_not(None)).distinct()


def _said(reader: Reader) -> Any:
    """The reasons of the talks themselves: what was added later would change months that are over."""
    parts = REMITS[Role.HOME_MANAGER].parts
    readable = [code for code, reason in REASONS.items() if reason.part in parts]
    return (
        _arm("said", month=_month(Interview.finished_at), child_id=Reason.child_id, code=Reason.code)
        .join(Interview, Interview.id == Reason.interview_id)
        .where(
            Interview.home_id == THE_HOME,
            Interview.finished_at.is_not(None),
            # Written so that nobody looks up "none" in the index: nearly all reasons are found there.
            sa.func.coalesce(Reason.addendum_id, "") == "",
            Reason.code.in_(readable),
            is_for(Role.HOME_MANAGER, Reason),
            reaches(reader, Interview),
        )
        .distinct()
    )


def _left(reader: Reader) -> Any:
    found = _arm("left", at=Episode.missing_at, child_id=Episode.child_id)
    return found.where(Episode.home_id == THE_HOME, reaches(reader, Episode))


def _names() -> Any:
    """Who lives or lived here, and who went missing from here."""
    known = sa.union(
        sa.select(Placement.child_id).where(Placement.home_id == THE_HOME),
        sa.select(Episode.child_id).where(Episode.home_id == THE_HOME),
    ).subquery()
    return (
        _arm("name", child_id=Child.id, name_sealed=Child.name_sealed, **KEY)
        .join(known, known.c.child_id == Child.id)
        .join(SealedKey, SealedKey.owner == Child.id)
        .where(Child.name_sealed.is_not(None))
    )


def _asked_of_it(reader: Reader) -> Any:
    return (
        _arm(
            "asked",
            id=Request.id,
            child_id=Request.child_id,
            code=Request.state,
            name_sealed=Request.words_sealed,
            language=Request.language,
            due_on=Request.due_on,
            translation_id=TranslationRow.id,
            translated_sealed=TranslationRow.words_sealed,
            at=TranslationRow.made_at,
            **KEY,
        )
        .join(SealedKey, SealedKey.owner == Request.child_id)
        .outerjoin(
            TranslationRow,
            # By talk as well, because there is an index on that.
            sa.and_(
                TranslationRow.interview_id == Request.interview_id, TranslationRow.op_id == Request.op_id
            ),
        )
        .where(
            Request.home_id == THE_HOME,
            Request.asked_home == sa.true(),
            Request.for_home == sa.true(),
            Request.asked_of == Owner.HOME,
            Request.state.in_(list(WAITS)),
            reaches(reader, Request),
        )
    )
