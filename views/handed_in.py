"""What a tablet handed in that was lost, or whose people have left: nobody vouches for it."""

from collections.abc import Mapping

from interview.late import ONLY_COUNTED, Why
from records.answers import same_among
from records.base import new_id
from records.late import is_done, late_of, late_ops, was_done
from records.tables import Interview
from records.tablets import was_on, who_opened
from views.came import Came, Outcome, read
from views.came_late import Sender
from views.put_to_talk import may_put, replay

# Which danger it goes on with, and who was told: such as ends the wait of those who are to act.
NOBODY_VOUCHES_FOR = frozenset({"about", "whom", "name", "number", "at", "child_knows"})


def whose(interview: Interview, people: Mapping[str, str]) -> str | None:
    """Who of those that worked on a tablet had this talk; None where nobody had.

    `people` are theirs by their places there. It may be another's by now, and it need not have been taken
    along: what was typed with a network lies sealed on the tablet as well.
    """
    if interview.interviewer_id in people.values():
        return interview.interviewer_id
    # Who took it along, and not who was at this tablet last.
    took = next((person for slot, person in people.items() if was_on([slot], interview)), None)
    return took or who_opened(people.values(), interview)


def handed_in_by(one: Came, people: Mapping[str, str], likely: str) -> Sender:
    """Who counts as having written it."""
    # Written in the browser without a place of one's own: by whoever had the talk. It counts for the tablet
    # all the same.
    first = next(iter(people))
    return Sender(people.get(one.slot, likely), one.slot if one.slot in people else first, Outcome())


def put_one_away(interview: Interview, one: Came, sender: Sender, why: Why) -> None:
    """Keep it for a person; what is here already is not kept again."""
    if _is_this_here(interview, one):
        sender.outcome.accepted.append(one.op_id)
    elif not _is_counted(interview, one, sender):
        if one.kind == "urgent":
            _do_danger(interview, one, sender)
        # A danger too stays for a person as it was written, with what nobody vouches for.
        sender.is_late(interview, one, why)


def _is_this_here(interview: Interview, one: Came) -> bool:
    if not is_kept(interview, one):
        return False
    # A danger that was handed in under this id with other words is not this one.
    return one.kind != "urgent" or late_of(one.content) is not None or not late_ops([one.op_id])


def is_kept(interview: Interview, one: Came) -> bool:
    """Whether this very thing is here already; another of the same id is not."""
    if one.kind != "answer":
        return was_done(interview, one.content)
    answer = read(one.content)
    return answer is not None and bool(same_among(interview, [answer]))


def _is_counted(interview: Interview, one: Came, sender: Sender) -> bool:
    is_one = one.kind in ONLY_COUNTED and not is_done(one.op_id) and may_put(interview, one, sender)
    done = is_one and replay(interview, one.content, sender.person) is None
    if done:
        sender.outcome.accepted.append(one.op_id)
    return done


def _do_danger(interview: Interview, one: Came, sender: Sender) -> None:
    """Of a tablet that was lost nothing is put to a talk; but that somebody is not safe waits for nobody.

    A stranger may have written it: so it is a new one, of which nobody counts as told.
    """
    if late_of(one.content) is not None or not may_put(interview, one, sender):
        return
    fields = one.content.get("fields")
    pairs = [pair for pair in fields if isinstance(pair, list) and pair] if isinstance(fields, list) else []
    believed = [pair for pair in pairs if str(pair[0]) not in NOBODY_VOUCHES_FOR]
    op_id = new_id() if is_done(one.op_id) else one.op_id
    replay(interview, one.content | {"op_id": op_id, "fields": believed}, sender.person)
