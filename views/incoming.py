"""What tablets wrote: put to its talk as if it had been written online, or kept for a person to settle."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import sqlalchemy as sa

from interview.access import Act
from interview.late import Why
from records.answers import OP_ID
from records.database import db
from records.late import to_try_again
from records.log import Look, note
from records.tables import Interview
from views.attempts import attempt
from views.came import Came, Outcome
from views.came_late import Sender
from views.handed_in import handed_in_by, put_one_away, whose
from views.late_answers import had, narrow_at_once
from views.moments import now
from views.put_to_talk import again, put_answers, put_form
from views.replays import LAST


def put_to_talks(came: Iterable[Came], person: str, tablet: str | None) -> Outcome:
    """Put each to its talk: the answers first, and what finishes a talk last. Does not commit."""
    outcome = Outcome()
    for interview, things in _by_talk(came, outcome):
        # Who never had the talk has not had it open by sending something to it (records.tablets.who_opened).
        if had(interview, person):
            note(Look(now(), person, Act.HOLD_INTERVIEW, "interview", interview.id))
        if not _put_whole(interview, things, person, tablet, outcome):
            # Something in it cannot be kept in any way: that alone stays on the tablet, and not the rest.
            for one in sorted(things, key=_in_turn):
                if not _put_whole(interview, [one], person, tablet, outcome):
                    outcome.unknown.append(one.op_id)
        _try_again(interview, person)
        if outcome.late:
            attempt(partial(narrow_at_once, interview))
    return outcome


def _in_turn(one: Came) -> tuple[bool, bool]:
    # The answers first, and last what finishes a talk.
    return one.kind != "answer", one.kind in LAST


def _put_whole(
    interview: Interview, things: Sequence[Came], person: str, tablet: str | None, outcome: Outcome
) -> bool:
    """Put these to their talk, all or nothing; gives whether it was done."""
    sender = Sender(person, tablet, Outcome())
    done = attempt(partial(_put, interview, things, sender))
    if done:
        outcome.accepted += sender.outcome.accepted
        outcome.late += sender.outcome.late
    return done


def _put(interview: Interview, things: Sequence[Came], sender: Sender) -> None:
    in_turn = sorted(things, key=_in_turn)
    put_answers(interview, [one for one in in_turn if one.kind == "answer"], sender)
    for one in in_turn:
        if one.kind != "answer":
            put_form(interview, one, sender)


def put_away(came: Sequence[Came], people: Mapping[str, str], why: Why) -> Outcome:
    """Keep what came from a tablet that nobody can vouch for; what is here already is not kept again.

    `people` are those who worked on it, by their places there. Anybody can seal: of a talk that was not on
    this tablet, and that none of them had, nothing is taken from it.
    """
    outcome = Outcome()
    for interview, things in _by_talk(came, outcome):
        theirs = whose(interview, people)
        for one in things if theirs else ():
            sender = handed_in_by(one, people, theirs or "")
            if attempt(partial(put_one_away, interview, one, sender, why)):
                outcome.accepted += sender.outcome.accepted
                outcome.late += sender.outcome.late
            else:
                outcome.unknown.append(one.op_id)
        outcome.unknown += [one.op_id for one in things] if theirs is None else []
    return outcome


def _by_talk(came: Iterable[Came], outcome: Outcome) -> list[tuple[Interview, list[Came]]]:
    """What came, by talk, each locked; always in one order, so that two never wait for each other."""
    by_talk: dict[str, list[Came]] = {}
    for one in came:
        by_talk.setdefault(str(one.content.get("interview")), []).append(one)
    possible = [talk for talk in by_talk if OP_ID.fullmatch(talk)]
    search = sa.select(Interview).where(Interview.id.in_(possible)).order_by(Interview.id).with_for_update()
    talks = {talk.id: talk for talk in db.session.scalars(search)}
    outcome.unknown += [one.op_id for talk, some in by_talk.items() if talk not in talks for one in some]
    return [(talk, by_talk[talk_id]) for talk_id, talk in talks.items()]


def _try_again(interview: Interview, person: str) -> None:
    # What an interviewer did before the talk was given to another is done by a person now, or not at all.
    for late in to_try_again(interview) if interview.interviewer_id == person else ():
        if late.author_id == person:
            attempt(partial(again, interview, late, person))
