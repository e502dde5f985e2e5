"""Requests: what a child asked for, of whom, by when, what was answered, and where that leaves it."""

from dataclasses import dataclass
from enum import StrEnum

from interview.access import Role
from interview.words import C_, N_


class Owner(StrEnum):
    """Who is asked, and has to answer."""

    HOME = "home"
    SOCIAL_WORKER = "social-worker"
    REVIEWING_OFFICER = "reviewing-officer"
    SCHOOL = "school"
    HEALTH = "health"
    SERVICE = "service"


@dataclass(frozen=True)
class Asked:
    """One who can be asked: in words for professionals and for the child, and which role answers in Heard.

    `working_days` until an answer is due, unless another day is set (practice, no law says how long).
    """

    words: str
    child: str
    answers: Role
    working_days: int = 10


OWNERS: dict[Owner, Asked] = {
    Owner.HOME: Asked(N_("The home"), C_("The adults where you live"), Role.HOME_MANAGER),
    Owner.SOCIAL_WORKER: Asked(N_("The social worker"), C_("Your social worker"), Role.COORDINATOR),
    Owner.REVIEWING_OFFICER: Asked(
        N_("The reviewing officer"),
        C_("The person who runs your review meetings"),
        Role.REVIEWING_OFFICER,
    ),
    Owner.SCHOOL: Asked(N_("School"), C_("Your school"), Role.COORDINATOR),
    Owner.HEALTH: Asked(N_("Health"), C_("The doctor or nurse"), Role.COORDINATOR),
    Owner.SERVICE: Asked(
        N_("The return interview service"), C_("The people who do these talks"), Role.COORDINATOR
    ),
}


class Step(StrEnum):
    """What can happen to a request, kept one by one."""

    DONE = "done"
    WILL_DO = "will-do"
    NOT_POSSIBLE = "not-possible"
    PASSED_ON = "passed-on"
    DAY_SET = "day-set"
    TOLD = "told"
    NOT_TRUE = "not-true"
    HELPED = "helped"


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
    Step.NOT_TRUE: State.OPEN,
}
# Somebody still has something to do.
WAITS = frozenset({State.OPEN, State.WILL_DO})
