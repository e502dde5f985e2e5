"""Requests: what a child asked for, of whom, by when, what was answered, and where that leaves it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from interview.access import REMITS, Audience, Role
from interview.account import Translation
from interview.answers import SaidBy
from interview.london import to_london
from interview.owners import OWNERS as OWNERS
from interview.owners import Asked as Asked
from interview.owners import Owner as Owner
from interview.words import N_

# Whoever is asked anew has at least so many working days.
ANEW = 5


class Step(StrEnum):
    """What can happen to a request, kept one by one."""

    DONE = "done"
    WILL_DO = "will-do"
    NOT_POSSIBLE = "not-possible"
    PASSED_ON = "passed-on"
    DAY_SET = "day-set"
    PUT_RIGHT = "put-right"
    TOLD = "told"
    NOT_TRUE = "not-true"
    HELPED = "helped"


STEPS: dict[Step, str] = {
    Step.DONE: N_("Done"),
    Step.WILL_DO: N_("Will be done"),
    Step.NOT_POSSIBLE: N_("Not possible"),
    Step.PASSED_ON: N_("Passed on"),
    Step.DAY_SET: N_("Another day was set"),
    Step.PUT_RIGHT: N_("Put to somebody else"),
    Step.TOLD: N_("The child was told"),
    Step.NOT_TRUE: N_("The child says it is not so"),
    Step.HELPED: N_("The child says it helped"),
}
# What the one who is asked can say, and what those can do who see to it that somebody does.
ANSWERS = (Step.DONE, Step.WILL_DO, Step.NOT_POSSIBLE, Step.PASSED_ON)
GUIDES = (Step.DAY_SET, Step.PUT_RIGHT)
# What comes from the child, or is about what the child was told.
FROM_THE_CHILD = (Step.TOLD, Step.NOT_TRUE, Step.HELPED)
GUIDING = frozenset({Role.COORDINATOR, Role.REVIEWING_OFFICER, Role.INTERVIEWER})


class State(StrEnum):
    """Where a request stands: nobody has answered, or what the last answer was."""

    OPEN = "open"
    DONE = "done"
    WILL_DO = "will-do"
    NOT_POSSIBLE = "not-possible"


# What a step leaves behind; a step that is not here leaves the state as it was.
LEAVES: dict[Step, State] = {
    Step.DONE: State.DONE,
    Step.WILL_DO: State.WILL_DO,
    Step.NOT_POSSIBLE: State.NOT_POSSIBLE,
    # Whoever has it now has not answered yet; and what is not true is as good as not answered.
    Step.PASSED_ON: State.OPEN,
    Step.PUT_RIGHT: State.OPEN,
    Step.NOT_TRUE: State.OPEN,
}
# Somebody still has something to do.
WAITS = frozenset({State.OPEN, State.WILL_DO})


@dataclass(frozen=True)
class Stepped:
    """One step: who took it when and for whom, who was asked then, and what they said.

    `on_day`: when it was done, by when it will be, or the day that was set. `for_home`: the home may read it.
    """

    kind: Step
    at: datetime
    by: str
    asked_of: Owner
    on_day: date | None = None
    passed_to: Owner | None = None
    for_whom: str = ""
    words: str = ""
    for_home: bool = False


@dataclass(frozen=True)
class Asking:
    """One request with its steps, the oldest first.

    `due_on` is the day by which somebody has to do something next: answer, or do what they said. `audience`:
    who may read its words. `name` and `place` are the child's and the home's, where a list shows them;
    `has_left` where the child lives in that home no longer.
    """

    key: str
    talk: str
    child: str
    words: str
    language: str
    question: str
    reason: str | None
    asked_of: Owner
    asked_at: datetime
    due_on: date | None
    state: State
    steps: tuple[Stepped, ...] = ()
    for_home: bool = False
    told_child_at: datetime | None = None
    home: str = ""
    audience: frozenset[Audience] = frozenset()
    said_by: SaidBy = SaidBy.WORD_FOR_WORD
    translation: Translation | None = None
    name: str = ""
    place: str = ""
    has_left: bool = False

    @property
    def waits(self) -> bool:
        """Whether somebody still has something to do."""
        return self.state in WAITS

    def is_overdue(self, today: date) -> bool:
        """Whether the day by which somebody had to do something is over."""
        return self.waits and self.due_on is not None and self.due_on < today

    @property
    def newest(self) -> Stepped | None:
        """The newest answer: the last step that says where it stands."""
        return next((step for step in reversed(self.steps) if step.kind in LEAVES), None)

    @property
    def was_done(self) -> bool:
        """Whether it is done, and the child has not said otherwise since."""
        return self.state is State.DONE


WorkingDays = Callable[[date, int], date]


def moved(asking: Asking, step: Stepped, today: date, after: WorkingDays) -> Asking:
    """A request after a step: where it stands, who is asked, and by when. `after` counts working days."""
    told = step.at if step.kind is Step.TOLD else asking.told_child_at
    then = replace(asking, told_child_at=told, steps=(*asking.steps, step))
    if not moves(asking, step):
        return then
    return replace(
        then,
        state=LEAVES.get(step.kind, asking.state),
        asked_of=_asked_next(asking, step),
        due_on=_due_next(asking, step, today, after),
    )


def moves(asking: Asking, step: Stepped) -> bool:
    """Whether a step changes where a request stands.

    What somebody adds who is not asked any more stands beside it. And while somebody has still something to
    do, that it is not done is no news.
    """
    if step.kind in ANSWERS:
        return step.asked_of is asking.asked_of
    return step.kind in GUIDES or (step.kind is Step.NOT_TRUE and not asking.waits)


def _asked_next(asking: Asking, step: Stepped) -> Owner:
    if step.passed_to is not None:
        return step.passed_to
    # The home does not hear what the child says of its answer unless the child lets it: others go after it.
    if step.kind is Step.NOT_TRUE and asking.asked_of is Owner.HOME and not step.for_home:
        # Where nobody else may read it, whoever held the talk goes after it, and the home hears nothing.
        others = (owner for owner in IN_ITS_PLACE if may_be_asked(asking.audience, owner))
        return next(others, Owner.SERVICE)
    return asking.asked_of


IN_ITS_PLACE = (Owner.SOCIAL_WORKER, Owner.REVIEWING_OFFICER)


def _due_next(asking: Asking, step: Stepped, today: date, after: WorkingDays) -> date | None:
    if step.kind in {Step.WILL_DO, Step.DAY_SET}:
        return step.on_day
    if LEAVES.get(step.kind) is State.OPEN:
        return max(filter(None, (asking.due_on, after(today, ANEW))))
    return asking.due_on


def may_be_asked(audience: frozenset[Audience], owner: Owner) -> bool:
    """Whether the child lets those read it who would have to answer."""
    return REMITS[OWNERS[owner].answers].reads_as in audience


def may_answer(role: Role, asking: Asking) -> bool:
    """Whether this role answers for whoever is asked."""
    return OWNERS[asking.asked_of].answers is role


CANNOT_READ: dict[Audience | None, str] = {
    Audience.HOME: N_("The home may not read these words, so it cannot be asked. Choose somebody else."),
    Audience.REVIEWING_OFFICER: N_(
        "The child did not let the reviewing officer read this. Choose somebody else."
    ),
    Audience.SOCIAL_WORKER: N_("The child did not let the social worker read this. Choose somebody else."),
}


def fault_of_owner(asking: Asking, to: Owner) -> str | None:
    """Why it cannot be put to them, as a sentence."""
    if to is asking.asked_of:
        return N_("They are asked already. Choose somebody else.")
    if not may_be_asked(asking.audience, to):
        return CANNOT_READ[REMITS[OWNERS[to].answers].reads_as]
    return None


def faults_of_step(asking: Asking, step: Stepped, today: date) -> dict[str, str]:
    """What is wrong with a step, as a sentence for each field."""
    faults = {name: fault for name, fault in _faults_of_day(asking, step, today) if fault}
    if step.kind in {Step.PASSED_ON, Step.PUT_RIGHT}:
        fault = fault_of_owner(asking, step.passed_to) if step.passed_to else NO_OWNER
        faults |= {"passed_to": fault} if fault else {}
    if not step.words.strip():
        faults["words"] = NO_WORDS.get(step.kind, NO_WHY)
    return faults


NO_OWNER = N_("Choose who is asked now.")
NO_WHY = N_("Write why.")
NO_WORDS: dict[Step, str] = {
    Step.DONE: N_("Write what was done."),
    Step.WILL_DO: N_("Write what will be done."),
    Step.NOT_POSSIBLE: N_("Write why it is not possible, in words that the child can be told."),
    Step.PASSED_ON: N_("Write why it goes to them."),
}


def _faults_of_day(asking: Asking, step: Stepped, today: date) -> tuple[tuple[str, str], ...]:
    if step.kind is Step.DONE:
        return (("on_day", _fault_of_past(asking, step.on_day, today)),)
    if step.kind in {Step.WILL_DO, Step.DAY_SET}:
        return (("on_day", _fault_of_future(step.on_day, today)),)
    return ()


def _fault_of_past(asking: Asking, day: date | None, today: date) -> str:
    if day is None:
        return N_("Enter the day on which it was done.")
    if day > today:
        return N_("This day is in the future. Choose “will be done”, or enter the day on which it was done.")
    if day < to_london(asking.asked_at).date():
        return N_("This is before the child asked. Check the day.")
    return ""


def _fault_of_future(day: date | None, today: date) -> str:
    if day is None:
        return N_("Enter the day by which it will be done.")
    return N_("This day is over. Enter today or a later day.") if day < today else ""


def as_home_sees(asking: Asking) -> Asking | None:
    """A request as its home sees it: what others do with it after the home is not the home's to read.

    Nothing at all where its words are not for the home, or it was never asked.
    """
    mine = tuple(step for step in asking.steps if _home_reads(step))
    asked = asking.asked_of is Owner.HOME
    if not asking.for_home or not (asked or any(step.kind in ANSWERS for step in mine)):
        return None
    seen = replace(asking, steps=mine, told_child_at=None, has_left=False)
    if asked:
        return seen
    # Others have it now: here it stands as the home left it.
    last = seen.newest
    to = last.passed_to if last and last.passed_to else Owner.HOME
    return replace(seen, state=LEAVES[last.kind] if last else State.OPEN, asked_of=to, due_on=None)


def _home_reads(step: Stepped) -> bool:
    if step.kind in FROM_THE_CHILD:
        return step.for_home
    if step.passed_to is Owner.HOME:
        return True
    return step.asked_of is Owner.HOME and step.kind is not Step.PUT_RIGHT
