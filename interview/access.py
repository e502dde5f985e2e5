"""Who may see what: the remit of each role, which records it reaches, and which parts it reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from interview.words import N_


class Role(StrEnum):
    INTERVIEWER = "interviewer"
    HOME_MANAGER = "home-manager"
    REVIEWING_OFFICER = "reviewing-officer"
    COORDINATOR = "coordinator"


class Reach(StrEnum):
    """Which records a person can find at all; out of reach is as if not there."""

    OWN_INTERVIEWS = "own-interviews"
    OWN_HOMES = "own-homes"
    OWN_CHILDREN = "own-children"
    OWN_COUNCILS = "own-councils"


class Act(StrEnum):
    """What a person may do with a record within reach."""

    RECORD_RETURNS = "record-returns"
    OFFER = "offer"
    ALLOCATE = "allocate"
    HOLD_INTERVIEW = "hold-interview"
    READ_CHILD_SUMMARY = "read-child-summary"
    READ_HOME_SUMMARY = "read-home-summary"
    ANSWER_CONCERNS = "answer-concerns"
    PREPARE_REVIEWS = "prepare-reviews"
    CHECK_LANGUAGES = "check-languages"
    READ_HOW_IT_WAS = "read-how-it-was"
    ANSWER_REQUESTS = "answer-requests"
    GUIDE_REQUESTS = "guide-requests"
    TELL_THE_CHILD = "tell-the-child"
    READ_REPORTS = "read-reports"
    SHARE = "share"
    SEE_LINKS = "see-links"
    TELL_POLICE = "tell-police"
    SETTLE_LATE = "settle-late"
    MIND_TABLETS = "mind-tablets"


class Part(StrEnum):
    """The part of a record that a question or a reason belongs to (law-and-guidance 6.5)."""

    LOGISTICS = "logistics"
    REASONS = "reasons"
    WORDS = "words"
    VIEWS = "views"
    FULL_RECORD = "full-record"
    WHEREABOUTS = "whereabouts"
    ALLEGATION = "allegation"


class Audience(StrEnum):
    """Whom the child lets read an answer."""

    SOCIAL_WORKER = "social-worker"
    REVIEWING_OFFICER = "reviewing-officer"
    HOME = "home"


COUNCIL = frozenset({Audience.SOCIAL_WORKER, Audience.REVIEWING_OFFICER})
EVERYONE = COUNCIL | {Audience.HOME}


@dataclass(frozen=True)
class Remit:
    """One role: its name for people, its reach, its acts, the parts it reads, and as which audience."""

    words: str
    reach: Reach
    acts: frozenset[Act]
    parts: frozenset[Part]
    reads_as: Audience | None


REMITS: dict[Role, Remit] = {
    Role.INTERVIEWER: Remit(
        N_("Interviewer"),
        Reach.OWN_INTERVIEWS,
        frozenset(
            {
                Act.HOLD_INTERVIEW,
                Act.READ_CHILD_SUMMARY,
                Act.GUIDE_REQUESTS,
                Act.TELL_THE_CHILD,
                Act.SETTLE_LATE,
                Act.MIND_TABLETS,
            }
        ),
        frozenset(Part),
        reads_as=None,
    ),
    Role.HOME_MANAGER: Remit(
        N_("Home manager"),
        Reach.OWN_HOMES,
        frozenset({Act.READ_HOME_SUMMARY, Act.ANSWER_REQUESTS, Act.READ_REPORTS}),
        frozenset({Part.LOGISTICS, Part.REASONS, Part.WORDS}),
        reads_as=Audience.HOME,
    ),
    Role.REVIEWING_OFFICER: Remit(
        N_("Reviewing officer"),
        Reach.OWN_CHILDREN,
        frozenset(
            {
                Act.READ_CHILD_SUMMARY,
                Act.PREPARE_REVIEWS,
                Act.ANSWER_REQUESTS,
                Act.GUIDE_REQUESTS,
                Act.TELL_THE_CHILD,
                Act.SHARE,
            }
        ),
        frozenset({Part.LOGISTICS, Part.REASONS, Part.WORDS, Part.VIEWS}),
        reads_as=Audience.REVIEWING_OFFICER,
    ),
    Role.COORDINATOR: Remit(
        N_("Coordinator"),
        Reach.OWN_COUNCILS,
        frozenset(
            {
                Act.RECORD_RETURNS,
                Act.OFFER,
                Act.ALLOCATE,
                Act.READ_CHILD_SUMMARY,
                Act.READ_HOME_SUMMARY,
                Act.ANSWER_CONCERNS,
                Act.CHECK_LANGUAGES,
                Act.READ_HOW_IT_WAS,
                Act.ANSWER_REQUESTS,
                Act.GUIDE_REQUESTS,
                Act.TELL_THE_CHILD,
                Act.READ_REPORTS,
                Act.SHARE,
                Act.SEE_LINKS,
                Act.TELL_POLICE,
                Act.SETTLE_LATE,
                Act.MIND_TABLETS,
            }
        ),
        frozenset(Part),
        reads_as=Audience.SOCIAL_WORKER,
    ),
}


def may(role: Role, act: Act) -> bool:
    """Whether this role has this act in its remit at all."""
    return act in REMITS[role].acts


def reads(role: Role, part: Part) -> bool:
    """Whether this role reads this part of a record that it can reach."""
    return part in REMITS[role].parts


def hears(role: Role, audience: Iterable[Audience]) -> bool:
    """Whether the child's own choice of audience lets this role read an answer.

    The interviewer, to whom it was said, always does.
    """
    reads_as = REMITS[role].reads_as
    return reads_as is None or reads_as in frozenset(audience)
