"""Who can be asked for what a child wants: in words, which role answers in Heard, and within which time."""

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
