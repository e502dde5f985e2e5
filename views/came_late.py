"""What tablets wrote and came too late: kept for a person to settle; but a danger stands there at once."""

from dataclasses import dataclass

from interview.access import Act
from interview.answers import Answer, fault_of
from interview.concerns import Entry
from interview.late import ONLY_COUNTED, Why
from interview.questions import QUESTIONS
from interview.raised import raised
from records.answers import Incoming
from records.concerns import concerns_of, new_concern, note_dangers, words_of, write_down
from records.database import db, keys
from records.guarded import guard
from records.late import Sent, keep_late, late_of
from records.log import Look, note
from records.tables import Concern, Interview, Person
from views.came import Came, Outcome, moment, read
from views.late_answers import had
from views.moments import now
from views.replay_forms import written_at


@dataclass(frozen=True)
class Sender:
    """Who sent it, and from where."""

    person: str
    tablet: str | None
    outcome: Outcome

    def is_late(self, interview: Interview, one: Came, why: Why) -> None:
        """Keep it for a person to settle; but what is only counted is never kept for anybody to read."""
        if one.kind in ONLY_COUNTED:
            self.outcome.accepted.append(one.op_id)
            return
        sent = Sent(self.person, why, moment(one.content.get("device_time")), self.tablet)
        is_new = late_of(one.content) is None
        row = keep_late(interview, one.content, sent, now())
        if is_new and one.kind == "answer" and had(interview, self.person):
            write_down_danger(interview, read(one.content), self.person)
        self.outcome.accepted.append(one.op_id)
        if row.settled_at is None:
            self.outcome.late.append((one.op_id, Why(row.why)))
        note(Look(now(), self.person, Act.HOLD_INTERVIEW, "late", row.id))


def write_down_danger(interview: Interview, answer: Incoming | None, person: str) -> None:
    """A danger does not wait until somebody settles where it belongs: it stands on the lists at once."""
    if answer is None or answer.question not in QUESTIONS or answer.skipped is not None:
        return
    said = Answer("", answer.question, answer.value, None, answer.said_by, answer.audience)
    fault = fault_of(answer.question, answer.question_set, answer.value, None)
    said_at = written_at(interview, answer.device_time)
    for kind, things in ({} if fault else raised({answer.question: said})).items():
        about = "|".join((interview.id, person, answer.question, kind))
        told, concern = _late_dangers(interview, about)
        before = [words_of(one) for one in (*told, concern) if one is not None]
        fresh = [one.words for one in things if not any(one.words in words for words in before)]
        if not fresh:
            continue
        if concern is None:
            concern = new_concern(interview, person, now(), _late_mark(about, len(told)))
            # As if it had been written down by hand: what is said in the talk later does not replace it.
            concern.recorded_at = now()
        by = db.session.get_one(Person, person).name
        write_down(concern, Entry(now(), by, "\n\n".join(fresh)))
        note_dangers(concern, sorted({danger for one in things for danger in one.dangers}), said_at)
        guard(interview, now())


def _late_dangers(interview: Interview, about: str) -> tuple[list[Concern], Concern | None]:
    """The dangers that late answers to one question opened: those that somebody was told of, and the last.

    A question is saved again and again while it is answered: that is one danger, and not one each time.
    But what comes after somebody was told of it opens another.
    """
    by_id = {concern.id: concern for concern in concerns_of(interview)}
    told: list[Concern] = []
    while (found := by_id.get(_late_mark(about, len(told)))) is not None and found.told_whom:
        told.append(found)
    return told, found


def _late_mark(about: str, number: int) -> str:
    return keys().blind(f"late danger|{about}|{number}").hex()
