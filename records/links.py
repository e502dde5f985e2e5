"""The searches behind links between children: a time, as the coordinator reads it, and what was set aside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from interview.access import REMITS
from interview.links import Away, Felt, Link, found_at, named, not_shown_yet, same_reason, together
from interview.mentions import SOURCES, Said
from interview.naming import parts_of
from interview.questions import QUESTIONS, Who
from interview.reasons import REASONS
from records.answers import opened
from records.base import SealedKey, place, remember_key
from records.children import marks_of
from records.database import db, keys
from records.episodes import child_name, person_name
from records.given import BY_CHILD
from records.heads import is_current
from records.keys import unseal
from records.people import Reader
from records.reach import reaches
from records.tables import Addendum, Answer, Child, Episode, Home, Interview, LinkNote, Person, Reason
from records.tables import Translation as TranslationRow
from records.which_talks import is_for

# A page: so many absences, the newest first, and at most so many answers and reasons.
MOST_ABSENCES, MOST_WORDS = 300, 2000
SINCE: Any = sa.bindparam("start")
UNTIL: Any = sa.bindparam("until")


@dataclass(frozen=True)
class Aside:
    """What was last noted of a link: by whom, when, why, and whether it is set aside."""

    note: str
    by: str
    at: datetime
    aside: bool


@dataclass(frozen=True)
class Linked:
    """A link with the names of its children and its home, its mark, and what was noted of it."""

    link: Link
    names: dict[str, str]
    home: str
    mark: str
    noted: Aside | None = None

    @property
    def is_aside(self) -> bool:
        """Whether it is set aside."""
        return self.noted is not None and self.noted.aside


@dataclass(frozen=True)
class Found:
    """All links of a time that began at `start`; `more`: there were absences before, not compared here."""

    links: tuple[Linked, ...]
    start: datetime
    more: bool


def links(reader: Reader, start: datetime, until: datetime) -> Found:
    """The links between children within reach, in four searches. What is older than a page is left."""
    rows = db.session.execute(_absences(reader), {"start": start, "until": until}).all()
    more, rows = len(rows) > MOST_ABSENCES, rows[:MOST_ABSENCES]
    start = rows[-1].missing_at if more else start
    away = [_away(row) for row in rows]
    during = {"start": start, "until": until}
    told = db.session.execute(_words(reader), during).all()
    felt = db.session.execute(_reasons(reader), during).all()
    names = {row.child_id: child_name(row) for row in (*rows, *told, *felt)}
    homes = {row.home_id: row.home for row in (*rows, *felt)}
    all_links = _compared(away, told, felt, names, homes)
    return Found(_with_notes(reader, all_links, names, homes), start, more)


def _compared(
    away: Sequence[Away],
    told: Sequence[Any],
    felt: Sequence[Any],
    names: dict[str, str],
    homes: dict[str, str],
) -> list[Link]:
    said = [one for row in told for one in _said(row)]
    parts = {child: parts_of([name]) for child, name in names.items()}
    companies = together(away, said, parts)
    found = named([*said, *found_at(away)], _sounds, parts_of(homes.values()))
    return [
        *sorted(companies, key=lambda link: link.latest, reverse=True),
        *sorted(not_shown_yet(found, companies), key=lambda link: link.latest, reverse=True),
        *same_reason(map(_felt, felt)),
    ]


def _sounds(form: str) -> frozenset[str]:
    """How a name sounds; a place of two words, or a name in other letters, is itself."""
    return frozenset(marks_of(form) - {form}) or frozenset({form})


# Searches -------------------------------------------------------------------------------------------

NAMED = (Child.id.label("child_id"), Child.name_sealed, SealedKey.wrapped_with, SealedKey.wrapped)


@lru_cache(maxsize=64)
def _absences(reader: Reader) -> Any:
    return (
        sa.select(
            *NAMED,
            Episode.id,
            Episode.home_id,
            Home.name.label("home"),
            Episode.missing_at,
            Episode.returned_at,
            Episode.found_at,
            Episode.found_where_sealed,
        )
        .join(Child, Child.id == Episode.child_id)
        .join(SealedKey, SealedKey.owner == Child.id)
        .join(Home, Home.id == Episode.home_id)
        .where(reaches(reader, Episode), Episode.missing_at >= SINCE, Episode.missing_at < UNTIL)
        .order_by(Episode.missing_at.desc(), Episode.id)
        .limit(MOST_ABSENCES + 1)
    )


def _asked(reader: Reader, by_child: bool) -> list[str]:
    parts = REMITS[reader.role].parts
    return sorted(
        key
        for key in SOURCES
        if (asked := QUESTIONS.get(key)) and asked.part in parts and (asked.who is Who.CHILD) is by_child
    )


@lru_cache(maxsize=64)
def _words(reader: Reader) -> Any:
    childs, workers = _asked(reader, True), _asked(reader, False)
    return (
        sa.select(
            *NAMED,
            *Answer.__table__.c,
            Interview.held_at,
            TranslationRow.id.label("translation_id"),
            TranslationRow.words_sealed,
        )
        .join(Interview, Interview.id == Answer.interview_id)
        .join(Child, Child.id == Interview.child_id)
        .join(SealedKey, SealedKey.owner == Child.id)
        .outerjoin(
            TranslationRow,
            sa.and_(TranslationRow.interview_id == Answer.interview_id, TranslationRow.op_id == Answer.op_id),
        )
        .where(
            _held_in_time(reader),
            # The child chooses who reads the child's own answers; a worker's are read by remit alone.
            sa.or_(
                sa.and_(Answer.question.in_(childs), is_for(reader.role, Answer)),
                Answer.question.in_(workers),
            ),
            is_current(),
        )
        .order_by(Interview.held_at.desc(), Answer.id, TranslationRow.made_at, TranslationRow.id)
        .limit(MOST_WORDS)
    )


def _held_in_time(reader: Reader) -> sa.ColumnElement[bool]:
    return sa.and_(
        reaches(reader, Interview),
        Interview.finished_at.is_not(None),
        Interview.held_at >= SINCE,
        Interview.held_at < UNTIL,
    )


@lru_cache(maxsize=64)
def _reasons(reader: Reader) -> Any:
    parts = REMITS[reader.role].parts
    return (
        sa.select(
            *NAMED,
            Reason.id,
            Reason.code,
            Reason.told_words_sealed,
            Interview.home_id,
            Home.name.label("home"),
            Interview.held_at,
        )
        .join(Interview, Interview.id == Reason.interview_id)
        .join(Child, Child.id == Reason.child_id)
        .join(SealedKey, SealedKey.owner == Child.id)
        .join(Home, Home.id == Interview.home_id)
        .outerjoin(Addendum, Addendum.id == Reason.addendum_id)
        .where(
            _held_in_time(reader),
            is_for(reader.role, Reason),
            Reason.code.in_([code for code, reason in REASONS.items() if reason.part in parts]),
            # What adults added is their view, and not the child's reason.
            sa.or_(Addendum.id.is_(None), BY_CHILD),
        )
        .order_by(Interview.held_at.desc(), Reason.id)
        .limit(MOST_WORDS)
    )


# Rows -----------------------------------------------------------------------------------------------


def _away(row: Any) -> Away:
    where = _opened(row, place("episode", row.id, "found_where"), row.found_where_sealed)
    return Away(row.id, row.child_id, row.home_id, row.missing_at, row.returned_at, row.found_at, where)


def _said(row: Any) -> Iterable[Said]:
    value = opened(row, remember_key(row.child_id, row.wrapped_with, row.wrapped)).value
    translated = ""
    if row.translation_id is not None:
        translated = _opened(row, place("translation", row.translation_id, "words"), row.words_sealed)
    for words in (value, translated):
        if isinstance(words, str) and words.strip():
            yield Said(row.child_id, row.held_at, row.question, words)


def _felt(row: Any) -> Felt:
    words = _opened(row, place("reason", row.id, "told_words"), row.told_words_sealed)
    return Felt(row.child_id, row.home_id, row.code, row.held_at, words)


def _opened(row: Any, where: str, sealed: bytes | None) -> str:
    if sealed is None:
        return ""
    return unseal(remember_key(row.child_id, row.wrapped_with, row.wrapped), where, sealed)


# Set aside ------------------------------------------------------------------------------------------


def mark_of(link: Link) -> bytes:
    """The fingerprint of a link: what it is about cannot be read from it."""
    return keys().blind(f"link {link.key}")


def _with_notes(
    reader: Reader, found: Sequence[Link], names: dict[str, str], homes: dict[str, str]
) -> tuple[Linked, ...]:
    marks = [mark_of(link) for link in found]
    noted = _notes(reader, marks)
    return tuple(
        Linked(
            link,
            {child: names[child] for child in sorted(link.children, key=names.__getitem__)},
            homes.get(link.home, ""),
            mark.hex(),
            noted.get(mark),
        )
        for link, mark in zip(found, marks, strict=True)
    )


def _notes(reader: Reader, marks: Sequence[bytes]) -> dict[bytes, Aside]:
    """The newest note of each link."""
    rows = db.session.execute(_search_for_notes(reader), {"marks": marks})
    return {
        row.mark: Aside(
            _opened(row, place("link_note", row.id, "note"), row.note_sealed),
            person_name(row.person_id, row.person_sealed),
            row.at,
            row.aside,
        )
        for row in rows
    }


@lru_cache(maxsize=64)
def _search_for_notes(reader: Reader) -> Any:
    return (
        sa.select(
            *NAMED,
            *LinkNote.__table__.c[("id", "mark", "at", "aside", "note_sealed")],
            Person.id.label("person_id"),
            Person.name_sealed.label("person_sealed"),
        )
        .join(Child, Child.id == LinkNote.child_id)
        .join(SealedKey, SealedKey.owner == Child.id)
        .join(Person, Person.id == LinkNote.by)
        .where(reaches(reader, Child), LinkNote.mark.in_(sa.bindparam("marks", expanding=True)))
        .order_by(LinkNote.at, LinkNote.id)
    )


def note_link(link: Link, note: str, by: str, now: datetime, *, aside: bool) -> None:
    """Set a link aside with the reason, or bring it back. What was noted before stays."""
    db.session.add(
        LinkNote(child_id=min(link.children), mark=mark_of(link), at=now, by=by, aside=aside, note=note)
    )
