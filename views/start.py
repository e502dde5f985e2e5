"""The start page of each role: what needs me now."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from interview.access import Act, Role
from interview.concerns import KINDS
from interview.next_step import URGENCIES, Urgency
from interview.numbers import who_words
from interview.requests import Asking, may_answer
from interview.reviews import standing
from interview.said_before import SaidBefore
from interview.words import N_
from records.board import BoardLine, needs_now
from records.concerns import concerns
from records.episodes import PAGE
from records.interviews import ToHold, to_hold_and_finished
from records.late import late_waiting
from records.letters import to_tell
from records.numbers import my_councils
from records.people import Reader
from records.requests import Which, requests, requests_within_reach
from records.said_before import said_before_of_all
from records.start import LATELY, ReviewedChild, home_returns, my_homes, reviewed_children
from records.versions import unsettled
from views import request_words, review_words
from views.clocks import concern_clock, return_clock, step_words
from views.door import looked_at_list, reader
from views.moments import now, since_words, today
from views.to_ring import missing_numbers

bp = Blueprint("start", __name__)

HALF_A_YEAR = timedelta(days=183)
TWO_WEEKS = timedelta(days=14)
THREE_WEEKS = timedelta(days=21)
ORDER = list(Urgency)
# How many requests stand on a start page; the others are on their list.
SHOWN = 5


@bp.get("/")
def start() -> ResponseReturnValue:
    """What needs me now."""
    return PAGES[reader().role](reader())


def _coordinator(mine: Reader) -> ResponseReturnValue:
    looked_at_list(Act.RECORD_RETURNS, "episode")
    looked_at_list(Act.ANSWER_CONCERNS, "concern")
    lines = needs_now(mine, now())
    councils = my_councils(mine)
    return render_template(
        "start/coordinator.html",
        concerns=concerns(mine, now()),
        groups=_by_urgency(lines[:PAGE]),
        more=len(lines) > PAGE,
        return_clock=return_clock,
        concern_clock=concern_clock,
        step_words=step_words,
        without_numbers=[(council, missing) for council, missing in missing_numbers(councils) if missing],
        late=sum(council.late for council in councils),
        who_words=who_words,
        KINDS=KINDS,
        **_asked(*_one_of_each(requests(mine, Which.NOW, today=today()))),
    )


def _asked(found: Sequence[Asking], others: Mapping[str, int] | None = None) -> dict[str, Any]:
    """What is to be answered or late, as the start pages show it; `others`: how many more of that child."""
    return {
        "asked": found[:SHOWN],
        "others": others or {},
        "asked_more": len(found) > SHOWN,
        "request_words": request_words,
        "today": today(),
    }


def _by_urgency(lines: Sequence[BoardLine]) -> list[tuple[Urgency, str, list[BoardLine]]]:
    ordered = sorted(lines, key=lambda line: ORDER.index(line.urgency))
    return [
        (urgency, URGENCIES[urgency], list(of_one))
        for urgency, of_one in groupby(ordered, key=lambda line: line.urgency)
    ]


def _interviewer(mine: Reader) -> ResponseReturnValue:
    looked_at_list(Act.HOLD_INTERVIEW, "interview")
    waiting, finished = to_hold_and_finished(mine, now())
    begun = [talk for talk in waiting if talk.held_at]
    return render_template(
        "start/interviewer.html",
        to_hold=[talk for talk in waiting if not talk.held_at and not talk.sleeps(today())],
        begun=[(talk, _stopped_at(talk)) for talk in begun],
        finished=finished,
        late=late_waiting(mine),
        unsettled=unsettled(mine, now()) if any(talk.branched for talk in (*waiting, *finished)) else (),
        concerns=concerns(mine, now()),
        concern_clock=concern_clock,
        KINDS=KINDS,
        to_tell=to_tell(mine),
        since_words=since_words,
    )


def _stopped_at(talk: ToHold) -> str:
    if not talk.read_back:
        return N_("The talk is begun. Go on with it, or read it back to the child.")
    if not talk.written_up:
        return N_("It was read back. Your own record is still to be written.")
    return N_("Look through your record and finish it.")


def _home_manager(mine: Reader) -> ResponseReturnValue:
    looked_at_list(Act.READ_HOME_SUMMARY, "episode")
    return render_template(
        "start/home_manager.html",
        homes=my_homes(mine),
        returns=home_returns(mine, now()),
        since=today() - LATELY,
        **_asked(requests(mine, Which.MINE, size=SHOWN)),
    )


def _reviewing_officer(mine: Reader) -> ResponseReturnValue:
    looked_at_list(Act.READ_CHILD_SUMMARY, "child")
    children = reviewed_children(mine, now() - HALF_A_YEAR, today())
    found = requests_within_reach(mine)
    return render_template(
        "start/reviewing_officer.html",
        children=children,
        fresh=[c for c in children if c.latest_talk and c.latest_talk > now() - TWO_WEEKS],
        since=today() - HALF_A_YEAR,
        to_tell=to_tell(mine),
        since_words=since_words,
        before=_with_names(children, mine, found),
        reviews=_soon(children),
        review_clock=lambda day: review_words.due(standing(day, today())),
        **_asked(*_one_of_each(_late_or_mine(found))),
    )


def _soon(children: Sequence[ReviewedChild]) -> list[ReviewedChild]:
    """The reviews of the next three weeks, and those that are late or asked for early."""
    near = today() + THREE_WEEKS
    soon = (one for one in children if one.review_on and (one.review_on <= near or one.early_asked_at))
    return sorted(soon, key=lambda one: (one.review_on or near, one.name))


def _one_of_each(found: Sequence[Asking]) -> tuple[list[Asking], dict[str, int]]:
    """The first one of each child, and how many more there are of that child."""
    first: dict[str, Asking] = {}
    for one in found:
        first.setdefault(one.child, one)
    # Of a list that was cut nobody can say how many more there are.
    counts = Counter(one.child for one in (found if len(found) <= PAGE else first.values()))
    return list(first.values()), {one.key: counts[child] - 1 for child, one in first.items()}


def _late_or_mine(found: Sequence[Asking]) -> list[Asking]:
    mine = (one for one in found if one.waits and may_answer(Role.REVIEWING_OFFICER, one))
    late = (one for one in found if one.is_overdue(today()))
    both = {one.key: one for one in (*mine, *late)}
    return sorted(both.values(), key=lambda one: (one.due_on or date.max, one.key))


def _with_names(
    children: Sequence[ReviewedChild], mine: Reader, found: Sequence[Asking]
) -> list[tuple[ReviewedChild, tuple[SaidBefore, ...]]]:
    before = said_before_of_all(mine, now(), found)
    mentioned = [(child, before[child.child]) for child in children if child.child in before]
    return sorted(mentioned, key=lambda pair: -max(len(said.dates) for said in pair[1]))


PAGES: dict[Role, Callable[[Reader], ResponseReturnValue]] = {
    Role.COORDINATOR: _coordinator,
    Role.INTERVIEWER: _interviewer,
    Role.HOME_MANAGER: _home_manager,
    Role.REVIEWING_OFFICER: _reviewing_officer,
}
