"""An answer that came late, read; and what it narrows at once: what the child takes back waits for nobody."""

from collections.abc import Iterable

import sqlalchemy as sa

from interview.answers import Answer, fault_of, heads
from interview.late import AT_ONCE, Why, narrowed_by, not_for_home
from interview.questions import QUESTIONS, Who
from records.answers import Incoming, answers_of
from records.database import db
from records.guarded import never_let
from records.late import content_of
from records.narrowed import narrow
from records.tables import Answer as AnswerRow
from records.tables import Interview, Late
from records.tablets import has_taken
from views.came import read
from views.moments import now


def incoming_in(late: Late) -> Incoming | None:
    """The answer as it came; None for a form, and for what could not be read."""
    return read(content_of(late)) if late.kind == "answer" else None


def answer_in(late: Late) -> Answer | None:
    """The answer that came; None for a form, and for what is no answer to any question."""
    incoming = incoming_in(late)
    return as_answer(incoming) if incoming is not None and incoming.question in QUESTIONS else None


def as_answer(incoming: Incoming) -> Answer:
    """What came as the answer that it would be in the talk."""
    return Answer(
        op_id=incoming.op_id,
        question=incoming.question,
        value=incoming.value,
        skipped=incoming.skipped,
        said_by=incoming.said_by,
        audience=incoming.audience,
        base_op=incoming.base_op,
        question_set=incoming.question_set,
        device_time=incoming.device_time,
        language=incoming.language or "en",
    )


def fault_in(answer: Answer) -> str | None:
    """What does not fit in it. A value is looked at also beside a skip: it is shown as it came."""
    return fault_of(answer.question, answer.question_set, answer.value, None)


def held_for(interview: Interview, answer: Answer) -> list[Answer]:
    """Every answer that stands to the same question."""
    same = AnswerRow.question == answer.question
    return heads(answers_of(interview, same)).get(answer.question, [])


def written_over(found: Iterable[Late]) -> frozenset[str]:
    """The answers over which another late one was written: what the child said last is what counts."""
    answers = (answer_in(late) for late in found)
    return frozenset(one.base_op for one in answers if one and one.base_op and fault_in(one) is None)


def narrow_by(interview: Interview, late: Late) -> bool:
    """What the child let fewer people read, or left out, after the talk was finished: as the child said."""
    answer = answer_in(late)
    if answer is None:
        return False
    narrow(interview, narrowed_by(answer, held_for(interview, answer)), late.author_id, now())
    never_let(interview, not_for_home(answer))
    return True


def narrow_at_once(interview: Interview) -> None:
    """Until somebody settles what came late, nobody reads more than it lets them read.

    It only ever takes away: what it would let more people read waits for a person. Of what came from a tablet
    that was lost, or from somebody who never had this talk, nothing is believed.
    """
    if interview.finished_at is None:
        return
    answers = (Late.interview_id == interview.id, Late.kind == "answer")
    came = db.session.scalars(sa.select(Late).where(*answers).order_by(Late.received_at, Late.id)).all()
    over = written_over(came)
    for late in came:
        if late.op_id not in over and narrows_at_once(late) and had(interview, late.author_id):
            narrow_by(interview, late)


def narrows_at_once(late: Late) -> bool:
    """Whether this counts before it is settled, as far as it takes something away: the child's own."""
    answer = answer_in(late)
    is_the_childs = answer is not None and QUESTIONS[answer.question].who is Who.CHILD
    waits = late.settled_at is None and Why(late.why) in AT_ONCE
    return waits and is_the_childs and answer is not None and fault_in(answer) is None


def had(interview: Interview, person: str) -> bool:
    """Whether this person has the talk, or had it along: nobody else opens or closes anything in it."""
    return interview.interviewer_id == person or has_taken(person, interview)
