"""Keeping from the home what was said around an allegation, until somebody decides otherwise and why."""

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from interview.access import Audience
from interview.answers import Answer
from interview.asked_for import ELSE, asked_in
from interview.concerns import Entry
from interview.for_home import kept_back
from interview.guarded import around, given_back, guards, is_guarded
from interview.reasons import REASONS
from interview.requests import ANSWERS, WAITS, Owner, may_be_asked
from interview.versions import standing
from records.answers import Incoming, answers_of, audience_of, keep
from records.base import new_id
from records.concerns import concerns_of, since_of, write_down
from records.database import db
from records.requests import lives_there
from records.tables import Addendum, Concern, Interview, Reason, Request, RequestStep, Translation


@dataclass(frozen=True)
class Kept:
    """One thing that is kept from the home: an answer (its question), a reason (its code), or what was added
    to the talk (`added`, with or without a reason).
    """

    key: str
    question: str = ""
    reason: str = ""
    added: str = ""
    answers: tuple[Answer, ...] = ()
    words: str = ""


def keeps_words_back(interview: Interview) -> bool:
    """Whether something was said in this talk that keeps the words around it from the home."""
    return any(guards(since_of(concern)) for concern in concerns_of(interview))


def guard(interview: Interview, now: datetime) -> None:
    """Keep from the home what stands around each concern of a finished talk that is not for it.

    What somebody has let the home read is not kept back again for the same concern.
    """
    if interview.finished_at is None:
        return
    db.session.flush()
    for concern in reversed(concerns_of(interview)):
        if guards(since_of(concern)):
            _keep_back(interview, concern, now)


def _keep_back(interview: Interview, concern: Concern, now: datetime) -> None:
    decided = _decided(concern)
    kept = standing(answers_of(interview))
    keys = [key for key in around(kept) if key not in decided["let"]]
    revise(interview, kept_back(kept, keys), concern.raised_by, now)
    _ask_others(interview, decided["let"])
    added = _narrow_added(interview, frozenset(decided["let"]))
    _note(concern, [*decided["kept"], *keys, *added], decided["let"])


def revise(interview: Interview, changed: Iterable[Answer], by: str, now: datetime) -> None:
    """A new revision of each answer with whom it is for: the words stay, and their translation with them."""
    revisions = [(answer, _revision(answer)) for answer in changed]
    keep(interview, [new for _, new in revisions], by, now)
    carry_over({answer.op_id: new.op_id for answer, new in revisions})


def carry_over(of: Mapping[str, str]) -> None:
    """What was asked for in an answer, and its translation, go with the answer that now says the same."""
    for before, after in of.items():
        asked = sa.update(Request).where(Request.op_id == before)
        db.session.execute(asked.values(op_id=after))
    made = sa.select(Translation).where(Translation.op_id.in_(list(of)))
    for row in db.session.scalars(made).all():
        db.session.add(
            Translation(
                child_id=row.child_id,
                interview_id=row.interview_id,
                op_id=of[row.op_id],
                language=row.language,
                made_at=row.made_at,
                words=row.words,
                translator=row.translator,
                agency=row.agency,
                dialect=row.dialect,
            )
        )


def _revision(answer: Answer) -> Incoming:
    return Incoming(
        op_id=f"{new_id()}-{answer.question}",
        question=answer.question,
        question_set=answer.question_set,
        value=answer.value,
        skipped=answer.skipped,
        said_by=answer.said_by,
        audience=answer.audience,
        base_op=answer.op_id,
        language=answer.language,
    )


def _ask_others(interview: Interview, let: Iterable[str]) -> None:
    """What the child asked for stays from the home with the words; who else may read it is asked."""
    asked = sa.select(Request).where(Request.interview_id == interview.id, Request.for_home)
    for request in db.session.scalars(asked).all():
        if (request.addendum_id or request.question) not in let:
            request.for_home = False
            others = (one for one in ELSE if may_be_asked(audience_of(request), one))
            if request.asked_of == Owner.HOME and request.state in WAITS:
                request.asked_of = next(others, Owner.HOME)
                # Let go again, it is the home's only if the home had answered it, or is asked anew.
                request.asked_home = request.asked_of == Owner.HOME or has_answered(request)


def has_answered(request: Request) -> bool:
    """Whether the home has said something to this request."""
    steps = sa.select(RequestStep.id).where(
        RequestStep.request_id == request.id,
        RequestStep.asked_of == Owner.HOME,
        RequestStep.kind.in_(list(ANSWERS)),
    )
    return db.session.scalar(steps.limit(1)) is not None


def _nobody_has_moved(request: Request) -> bool:
    steps = sa.select(RequestStep.id).where(RequestStep.request_id == request.id)
    return db.session.scalar(steps.limit(1)) is None


def _ask_the_home(interview: Interview, kept: dict[str, Answer], key: str) -> None:
    """What the child asked for in this answer, or added later, is for the home again as its words are."""
    asked = sa.select(Request).where(
        Request.interview_id == interview.id,
        sa.or_(Request.addendum_id == key, sa.and_(Request.addendum_id.is_(None), Request.question == key)),
    )
    here = lives_there(interview, interview.held_at or interview.allocated_at)
    told = next((one for one in asked_in(kept, lives_here=here) if one.question == key), None)
    for request in db.session.scalars(asked).all():
        open_answer = told is not None and Audience.HOME in told.audience
        request.for_home = here and (_added_is_open(request) if request.addendum_id else open_answer)
        # The reason beside it is one that all who read it may know.
        request.reason = told.reason if told else None
        if request.for_home and told and told.owner is Owner.HOME and _nobody_has_moved(request):
            request.asked_of, request.asked_home = Owner.HOME, True


def _added_is_open(request: Request) -> bool:
    # Words in which a reason was told that is not for the home are not for it either.
    closed = sa.select(Reason.id).where(Reason.addendum_id == request.addendum_id, ~Reason.for_home)
    return db.session.scalar(closed.limit(1)) is None


def _narrow_added(interview: Interview, let: frozenset[str]) -> list[str]:
    """Keep back what was added for the home; gives what was."""
    words = db.session.scalars(
        sa.select(Addendum)
        .where(Addendum.interview_id == interview.id, Addendum.for_home)
        .order_by(Addendum.made_at, Addendum.id)
    ).all()
    reasons = db.session.scalars(
        sa.select(Reason)
        .where(Reason.interview_id == interview.id, Reason.addendum_id.is_not(None), Reason.for_home)
        .order_by(Reason.code, Reason.id)
    ).all()
    rows = {row.id: row for row in words} | {
        f"{row.addendum_id} {row.code}": row for row in reasons if is_guarded(row.code)
    }
    back = {key: row for key, row in rows.items() if key not in let}
    for row in back.values():
        row.for_home = False
    return list(back)


def _decided(concern: Concern) -> dict[str, list[str]]:
    known: dict[str, list[str]] = json.loads(concern.from_home) if concern.from_home else {}
    return {"kept": [], "let": []} | known


def _note(concern: Concern, kept: Iterable[str], let: Iterable[str]) -> None:
    both = {"kept": list(dict.fromkeys(kept)), "let": list(dict.fromkeys(let))}
    concern.from_home = json.dumps(both)


def never_let(interview: Interview, keys: Set[str]) -> None:
    """Take from what somebody may let the home read again what the child does not let it read any more."""
    for concern in concerns_of(interview):
        decided = _decided(concern)
        if not keys.isdisjoint(decided["kept"]):
            _note(concern, [key for key in decided["kept"] if key not in keys], decided["let"])


def kept_from_home(concern: Concern, interview: Interview) -> Sequence[Kept]:
    """What is kept from the home because of this concern, as it stands there."""
    keys = _decided(concern)["kept"]
    if not keys:
        return ()
    kept = standing(answers_of(interview))
    there = sa.select(Addendum).where(Addendum.interview_id == interview.id)
    added = {row.id: row.words for row in db.session.scalars(there)}
    return [_kept(key, kept, added) for key in keys]


def _kept(key: str, kept: dict[str, Answer], added: dict[str, Any]) -> Kept:
    addendum, _space, code = key.partition(" ")
    if addendum in added:
        return Kept(key, reason=code, added=addendum, words="" if code else added[addendum])
    if key in REASONS:
        return Kept(key, reason=key)
    versions = tuple(answer for answer in kept.values() if answer.question == key)
    return Kept(key, question=key, answers=versions)


def let_home_read(concern: Concern, interview: Interview, keys: Iterable[str], entry: Entry) -> None:
    """The home may read these again, as the child had chosen; who decided it, when and why is kept."""
    decided = _decided(concern)
    let = [key for key in decided["kept"] if key in set(keys)]
    for key in let:
        _let(interview, concern, key, entry.at)
    _note(concern, [key for key in decided["kept"] if key not in let], [*decided["let"], *let])
    if let:
        write_down(concern, entry)


def _let(interview: Interview, concern: Concern, key: str, now: datetime) -> None:
    addendum, _space, code = key.partition(" ")
    row = db.session.get(Addendum, addendum)
    if row is not None and not code:
        row.for_home = True
        _ask_the_home(interview, {}, key)
    elif row is not None:
        there = sa.and_(Reason.addendum_id == addendum, Reason.code == code)
        db.session.execute(sa.update(Reason).where(there).values(for_home=True))
    else:
        revise(interview, given_back(standing(answers_of(interview)), key), concern.raised_by, now)
        _ask_the_home(interview, standing(answers_of(interview)), key)
