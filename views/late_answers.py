"""An answer that came late, read; and what it takes from the home at once, before anybody settles it."""

from functools import partial

from interview.answers import Answer, fault_of, heads, is_nothing
from interview.for_home import for_the_home, kept_back
from interview.late import AT_ONCE, TRIED_AGAIN, How, Why, closed_to_home_by, narrowed_by, not_for_home
from interview.questions import QUESTIONS, Who
from interview.versions import standing
from records.answers import Incoming, answers_of, kept_among
from records.guarded import never_let
from records.late import built_upon, content_of, has_written, late_in, opens
from records.narrowed import narrow
from records.tables import Answer as AnswerRow
from records.tables import Interview, Late
from records.tablets import has_taken
from views.attempts import attempt
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
        settles=incoming.settles,
    )


def fault_in(answer: Answer) -> str | None:
    """What does not fit in it. A value is looked at also beside a skip: it is shown as it came."""
    return fault_of(answer.question, answer.question_set, answer.value, None)


def held_for(interview: Interview, answer: Answer) -> list[Answer]:
    """Every answer that stands to the same question."""
    same = AnswerRow.question == answer.question
    return heads(answers_of(interview, same)).get(answer.question, [])


def written_over(interview: Interview) -> frozenset[str]:
    """The answers over which another was written, late or in time: what was said last is what counts.

    What came with other words under an id that is kept is another thing: nobody wrote over it.
    """
    rows = late_in(interview)
    answers = (answer_in(late) for late in rows if opens(late))
    sound = [one for one in answers if one is not None and fault_in(one) is None]
    late = frozenset(op_id for one in sound for op_id in (one.base_op, *one.settles) if op_id)
    over = late | built_upon(interview)
    return over - kept_among(row.op_id for row in rows if row.op_id in over)


def narrow_by(interview: Interview, late: Late) -> bool:
    """What the child let fewer people read, or left out, after the talk was finished: as the child said."""
    answer = answer_in(late)
    if answer is None:
        return False
    narrow(interview, narrowed_by(answer, held_for(interview, answer)), late.author_id, now())
    never_let(interview, not_for_home(answer))
    return True


def narrow_at_once(interview: Interview) -> None:
    """What the child took from the home the home does not read, before somebody settles what came late.

    It only ever takes away, and only from the home: all else waits for a person. Of what came from a tablet
    that was lost, from somebody who has left, or from somebody who never had this talk, nothing is believed.
    What cannot be read, or not be done, stops neither the others nor the talk from being finished.
    """
    if interview.finished_at is None:
        return
    came = [late for late in late_in(interview) if opens(late)]
    for late in came:
        attempt(partial(_keep_back_as_in, interview, late))
    over = written_over(interview) if came else frozenset[str]()
    for late in came:
        attempt(partial(_close_as_in, interview, late, over))


def _keep_back_as_in(interview: Interview, late: Late) -> None:
    back = _kept_back_in(interview, late)
    if back:
        keep_back_late(interview, back, interview.interviewer_id)


def _close_as_in(interview: Interview, late: Late, over: frozenset[str]) -> None:
    answer = answer_in(late)
    if answer is not None and counts_at_once(interview, late, over):
        closed = closed_to_home_by(answer, held_for(interview, answer))
        narrow(interview, closed, late.author_id, now())
        never_let(interview, not_for_home(answer))


def counts_at_once(interview: Interview, late: Late, over: frozenset[str]) -> bool:
    """Whether this takes something from the home before it is settled, in a talk that is finished."""
    if late.op_id in over or not _narrows_at_once(late):
        return False
    return interview.finished_at is not None and had(interview, late.author_id)


def _narrows_at_once(late: Late) -> bool:
    answer = answer_in(late)
    if answer is None or fault_in(answer) is not None or is_nothing(answer):
        return False
    # Set aside is where its words belong; what the child took from the home with it stays taken.
    stands = late.settled_at is None or late.settled_how == How.ASIDE
    is_the_childs = QUESTIONS[answer.question].who is Who.CHILD
    return stands and is_the_childs and Why(late.why) in AT_ONCE and bool(not_for_home(answer))


def _kept_back_in(interview: Interview, late: Late) -> frozenset[str]:
    """What was to be kept from the home when the talk was finished on a tablet, and that still waits."""
    waits = late.settled_at is None and Why(late.why) in TRIED_AGAIN
    return kept_back_in(late) if waits and late.author_id == interview.interviewer_id else frozenset()


def kept_back_in(late: Late) -> frozenset[str]:
    """What a form that finishes a talk was to keep from the home."""
    fields = content_of(late).get("fields") if late.kind == "finish" else None
    pairs = [pair for pair in fields if isinstance(pair, list)] if isinstance(fields, list) else []
    return frozenset(str(pair[1]) for pair in pairs if len(pair) == 2 and pair[0] == "keep_back")


def not_yet_kept_back(interview: Interview, late: Late) -> bool:
    """Whether the home could read, in a talk that is finished, what was to be kept from it there."""
    if interview.finished_at is None:
        return False
    back = kept_back_in(late)
    return bool(back) and any(one.key in back for one in for_the_home(standing(answers_of(interview))))


def keep_back_late(interview: Interview, keys: frozenset[str], by: str) -> None:
    """Keep these from the home in a talk that is finished, with what was asked for in them."""
    narrow(interview, kept_back(standing(answers_of(interview)), keys), by, now())
    never_let(interview, keys)


def had(interview: Interview, person: str) -> bool:
    """Whether this person has the talk, had it along or wrote in it: nobody else opens or closes anything."""
    is_mine = interview.interviewer_id == person
    return is_mine or has_taken(person, interview) or has_written(person, interview)
