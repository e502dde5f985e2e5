"""What comes from a tablet and cannot be put to its talk any more: why, and what a person can do about it."""

from enum import StrEnum

from interview.words import N_


class Why(StrEnum):
    """What stood against it when it came."""

    FINISHED = "finished"
    NOT_YOURS = "not-yours"
    LOST = "lost"
    LEFT = "left"
    REFUSED = "refused"
    WAITING = "waiting"
    MISSING = "missing"


WHY: dict[Why, str] = {
    Why.FINISHED: N_("It came after the talk was finished."),
    Why.NOT_YOURS: N_("The talk had been given to somebody else meanwhile."),
    Why.LOST: N_("It came from a tablet that was reported lost."),
    Why.LEFT: N_("Whoever wrote it no longer holds talks here."),
    Why.REFUSED: N_("It does not fit the question."),
    Why.WAITING: N_("It waits for answers that are still on the tablet."),
    Why.MISSING: N_("Something was still open when the talk was to be finished."),
}
# What is done by itself as soon as the rest is there.
TRIED_AGAIN = frozenset({Why.WAITING, Why.MISSING})


class How(StrEnum):
    """How it was settled. Nothing is ever thrown away."""

    TO_TALK = "talk"
    ADDENDUM = "addendum"
    ASIDE = "aside"
    DONE = "done"


HOW: dict[How, str] = {
    How.TO_TALK: N_("Put to the talk"),
    How.ADDENDUM: N_("Added to the finished talk"),
    How.ASIDE: N_("Set aside"),
    How.DONE: N_("Done when the rest had come"),
}
