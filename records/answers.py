"""Answers: appended by `op_id`, each once, whatever arrives twice, late or in another order."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from interview.access import Audience
from interview.answers import Answer as Said
from interview.answers import ChosenReason, SaidBy, Skip, fault_of
from interview.questions import QUESTIONS, Kind, Who
from interview.versions import reasons_in, standing
from interview.words import N_
from records.base import SealedKey, data_key, new_id, place, remember_key
from records.database import db, keys, run
from records.keys import seal, unseal
from records.tables import Answer, Interview, Reason

OP_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
LANGUAGE = re.compile(r"[A-Za-z_]{0,8}")
# The ids that are asked for, as one value: a list of values would be written out anew at every save.
OP_IDS: sa.BindParameter[Any] = sa.bindparam("op_ids")
AMONG: dict[str, sa.ColumnElement[bool]] = {
    "sqlite": Answer.op_id.in_(sa.select(sa.func.json_each(OP_IDS).table_valued("value").c.value)),
    "postgresql": Answer.op_id == sa.any_(sa.cast(OP_IDS, postgresql.ARRAY(sa.String))),
}
# The child's key, and what is kept under these ids: one search, put together once and not at every save.
KNOWN = {
    kind: sa.select(
        SealedKey.wrapped_with, SealedKey.wrapped, Answer.op_id, Answer.fingerprint, Answer.question
    )
    .outerjoin(Answer, among)
    .where(SealedKey.owner == sa.bindparam("child"))
    for kind, among in AMONG.items()
}
APPEND = sa.insert(Answer.metadata.tables["answer"])
# Made once: json.dumps makes such a one at every call that asks for more than it does by itself.
IN_ORDER = json.JSONEncoder(sort_keys=True)
IN_LETTERS = json.JSONEncoder(ensure_ascii=False)


@dataclass(frozen=True)
class Incoming:
    """An answer as it arrives. `device_time` is the tablet's own, and decides nothing.

    `settles` are the other versions that it was chosen over.
    """

    op_id: str
    question: str
    question_set: str
    value: Any = None
    skipped: Skip | None = None
    said_by: SaidBy = SaidBy.WORD_FOR_WORD
    audience: frozenset[Audience] = frozenset()
    base_op: str | None = None
    device_time: datetime | None = None
    language: str = ""
    settles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Receipt:
    """What became of a batch: the ids that are safe now, and those refused with a sentence."""

    accepted: tuple[str, ...]
    refused: tuple[tuple[str, str], ...] = ()


def keep(interview: Interview, incoming: Sequence[Incoming], author: str, now: datetime) -> Receipt:
    """Keep a batch of answers to one talk. The same answer again is accepted without effect."""
    given = {op for answer in incoming for op in (answer.op_id, answer.base_op) if op}
    # What is no id is refused below; a database may not even be able to look for it.
    ids = set(filter(OP_ID.fullmatch, given))
    known, asked = _known(interview.child_id, ids)
    asked |= {answer.op_id: answer.question for answer in incoming if answer.op_id not in known}
    accepted, refused, fresh = [], [], []
    for answer in incoming:
        mark = _fingerprint(interview.id, answer)
        why = _refusal(answer, mark, known) or _fault_of_base(answer, asked)
        if why:
            refused.append((answer.op_id, why))
            continue
        accepted.append(answer.op_id)
        if answer.op_id not in known:
            known[answer.op_id] = mark
            fresh.append((answer, mark))
    if fresh:
        _insert(interview, fresh, author, now)
    return Receipt(tuple(accepted), tuple(refused))


def kept_among(op_ids: Iterable[str]) -> frozenset[str]:
    """Which of these ids are kept as answers."""
    found = db.session.scalars(sa.select(Answer.op_id).where(Answer.op_id.in_(list(op_ids))))
    return frozenset(found)


def same_among(interview: Interview, answers: Iterable[Incoming]) -> frozenset[str]:
    """The ids of those of these answers that are kept already, with the same content in the same talk."""
    given = list(answers)
    search = sa.select(Answer.op_id, Answer.fingerprint).where(Answer.op_id.in_([one.op_id for one in given]))
    kept = {row.op_id: row.fingerprint for row in db.session.execute(search)}
    return frozenset(
        one.op_id for one in given if kept.get(one.op_id, b"") == _fingerprint(interview.id, one)
    )


def _known(child_id: str, op_ids: set[str]) -> tuple[dict[str, bytes], dict[str, str]]:
    """The fingerprints of the answers that are kept already, and what was asked; by their ids."""
    kind = db.engine.dialect.name
    ids = json.dumps(list(op_ids)) if kind == "sqlite" else list(op_ids)
    rows = run(KNOWN[kind], {"child": child_id, "op_ids": ids}).all()
    for row in rows[:1]:
        remember_key(child_id, row.wrapped_with, row.wrapped)
    kept = [row for row in rows if row.op_id is not None]
    return {row.op_id: row.fingerprint for row in kept}, {row.op_id: row.question for row in kept}


def _refusal(answer: Incoming, mark: bytes, known: dict[str, bytes]) -> str | None:
    if not all(map(OP_ID.fullmatch, (answer.op_id, answer.base_op or answer.op_id, *answer.settles))):
        return N_("This answer has no proper id. Reload the page; what you wrote is kept.")
    if known.get(answer.op_id, mark) != mark:
        return N_("An answer with this id was saved before with other content. Save it again.")
    if not LANGUAGE.fullmatch(answer.language):
        return N_("The language of this answer is not known. Reload the page; what you wrote is kept.")
    return fault_of(answer.question, answer.question_set, answer.value, answer.skipped)


def _fault_of_base(answer: Incoming, asked: dict[str, str]) -> str | None:
    # What an answer builds upon no longer counts: another question's would be lost, and so would its own.
    if answer.base_op == answer.op_id or asked.get(answer.base_op or "", answer.question) != answer.question:
        return N_(
            "This answer builds upon that of another question. Reload the page; what you wrote is kept."
        )
    return None


def _fingerprint(interview_id: str, answer: Incoming) -> bytes:
    content = (
        interview_id,
        answer.question,
        answer.question_set,
        answer.value,
        answer.skipped,
        answer.said_by,
        sorted(answer.audience),
        answer.base_op,
        sorted(answer.settles),
    )
    return keys().blind(IN_ORDER.encode(content))


def _insert(interview: Interview, fresh: list[tuple[Incoming, bytes]], author: str, now: datetime) -> None:
    under = data_key(interview.child_id)
    saved = {"server_time": now, "author_id": author}
    rows = [answer_row(interview, under, answer) | saved | {"fingerprint": mark} for answer, mark in fresh]
    run(APPEND, rows)
    if interview.held_at is None and any(is_talking(answer) for answer, _ in fresh):
        interview.held_at = now
    if any(QUESTIONS[answer.question].kind is Kind.REASONS for answer, _ in fresh):
        _renew_reasons(interview)


def is_talking(answer: Incoming) -> bool:
    """Whether this is a word of the talk itself."""
    # A "not now" to the first question is not a talk that was held.
    return QUESTIONS[answer.question].who is Who.CHILD and (
        answer.question != "ready" or answer.value == "yes"
    )


def answer_row(interview: Interview, under: bytes, answer: Incoming) -> dict[str, Any]:
    """The row of one answer but for who saved it when, its value sealed under the child's key."""
    value = None
    if answer.value is not None:
        text = IN_LETTERS.encode(answer.value)
        value = seal(under, place("answer", answer.op_id, "value"), text)
    return {
        "op_id": answer.op_id,
        "interview_id": interview.id,
        "question": answer.question,
        "question_set": answer.question_set,
        "value_sealed": value,
        "skipped": answer.skipped,
        "said_by": answer.said_by,
        **audience_bits(answer.audience),
        "base_op": answer.base_op,
        "settles": " ".join(sorted(answer.settles)),
        "language": answer.language or interview.language,
        "device_time": answer.device_time,
    }


def audience_bits(audience: frozenset[Audience]) -> dict[str, bool]:
    """An audience as the three columns that searches ask."""
    return {
        "for_social_worker": Audience.SOCIAL_WORKER in audience,
        "for_reviewing_officer": Audience.REVIEWING_OFFICER in audience,
        "for_home": Audience.HOME in audience,
    }


def audience_of(row: Any) -> frozenset[Audience]:
    """The audience out of a row's three columns."""
    bits = (
        (Audience.SOCIAL_WORKER, row.for_social_worker),
        (Audience.REVIEWING_OFFICER, row.for_reviewing_officer),
        (Audience.HOME, row.for_home),
    )
    return frozenset(audience for audience, chosen in bits if chosen)


def opened(row: Any, under: bytes) -> Said:
    """An answer's row as the answer that was given."""
    value = None
    if row.value_sealed is not None:
        value = json.loads(unseal(under, place("answer", row.op_id, "value"), row.value_sealed))
    return Said(
        op_id=row.op_id,
        question=row.question,
        value=value,
        skipped=Skip(row.skipped) if row.skipped else None,
        said_by=SaidBy(row.said_by),
        audience=audience_of(row),
        base_op=row.base_op,
        question_set=row.question_set,
        device_time=row.device_time,
        server_time=row.server_time,
        author=row.author_id,
        language=row.language,
        settles=frozenset(row.settles.split()),
    )


def answers_of(interview: Interview, *only: sa.ColumnElement[bool]) -> list[Said]:
    """The answers of one talk, all or `only` some, in the server's order."""
    rows = db.session.execute(
        sa.select(Answer.__table__).where(Answer.interview_id == interview.id, *only).order_by(Answer.id)
    )
    under = data_key(interview.child_id)
    return [opened(row, under) for row in rows]


def _renew_reasons(interview: Interview) -> None:
    cards = [key for key, question in QUESTIONS.items() if question.kind is Kind.REASONS]
    given = answers_of(interview, Answer.question.in_(cards))
    of_talk = sa.and_(Reason.interview_id == interview.id, Reason.addendum_id.is_(None))
    db.session.execute(sa.delete(Reason).where(of_talk))
    chosen = reasons_in(standing(given))
    db.session.add_all(reason_rows(interview.child_id, interview.id, chosen))


def reason_rows(child_id: str, interview_id: str, chosen: Iterable[ChosenReason]) -> Iterable[Reason]:
    """The rows of chosen reasons, in the clear but for the sentence."""
    return [
        Reason(
            id=new_id(),
            child_id=child_id,
            interview_id=interview_id,
            code=reason.code,
            biggest=reason.biggest,
            told_in=reason.told_in,
            told_words=reason.told_words,
            **audience_bits(reason.audience),
        )
        for reason in chosen
    ]
