"""The sentences of a letter to a child, and the words around it. Wording that was given is never changed."""

from dataclasses import dataclass
from enum import StrEnum

from interview.words import C_, N_


class Where(StrEnum):
    """Where a request stands in a letter."""

    PAPER = "paper"
    TOLD = "told"
    OUT = "out"


WHERE: dict[Where, str] = {
    Where.PAPER: N_("On paper, and when it is shown or told"),
    Where.TOLD: N_("Only when it is shown or told, never on paper"),
    Where.OUT: N_("Not in this letter"),
}


class Why(StrEnum):
    """Why something does not go on paper, or not into a letter at all."""

    NOT_FOR_HOME = "not-for-home"
    DISPUTED = "disputed"
    DANGER = "danger"
    NAMES = "names"
    BESIDE_DANGER = "beside-danger"
    NO_NEWS = "no-news"
    OVER = "over"


WHY: dict[Why, str] = {
    Why.NOT_FOR_HOME: N_("The child did not say this for the home. Paper lies where staff find it."),
    Why.DISPUTED: N_("The child said of an answer that it is not true, and did not say that for the home."),
    Why.DANGER: N_("It came from something that could put the child in danger, or hurt somebody."),
    Why.NAMES: N_("Its words name somebody or somewhere, or say what the talk was about."),
    Why.BESIDE_DANGER: N_("In the same talk the child told of a danger. Think who may find this paper."),
    Why.OVER: N_("The child needed it on that day, and nobody has answered."),
    Why.NO_NEWS: N_("The child has been told, and nothing is new."),
}


class Came(StrEnum):
    """What came of a request, as a child is told."""

    DONE = "done"
    WILL_DO = "will-do"
    DAY_OVER = "day-over"
    NOT_POSSIBLE = "not-possible"
    NOBODY_YET = "nobody-yet"


@dataclass(frozen=True)
class Wording:
    """The sentences of a letter. `came` is what came of a request, `by_day` the same where a day is known.

    `begins` stands at its head; `waits` where nobody has answered anything yet.
    """

    version: str
    hello: str
    hello_name: str
    begins: str
    waits: str
    asked: str
    came: dict[Came, str]
    by_day: dict[Came, str]
    not_so: str
    say_so: tuple[str, ...]
    ring: str
    advocate: str


CAME = {
    Came.DONE: C_("This is done."),
    Came.WILL_DO: C_("The answer is yes. It is still to be done."),
    Came.DAY_OVER: C_("The answer was yes. Nobody has said yet that it is done."),
    Came.NOT_POSSIBLE: C_("The answer is no. This is why."),
    Came.NOBODY_YET: C_("There is no answer yet. That is not because of you."),
}
BY_DAY = {
    Came.DONE: C_("This was done on %(day)s."),
    Came.WILL_DO: C_("The answer is yes. The plan is to do it by %(day)s."),
    Came.DAY_OVER: C_("The answer was yes, by %(day)s. Nobody has said yet that it is done."),
}
NOT_SO = C_("Is something here not true? Did something help?")
SAY_SO = (
    C_("Say so to the person who gave you this."),
    C_("You can also tell another adult you trust."),
    C_("You may ask again. It is fine to ask."),
)
RING = C_("You can also call")
ADVOCATE = C_("Someone who can speak up for you")

FOR_YOU, DREW_IT, WE_ASKED = C_("For you"), C_("You drew it."), C_("We asked")
AROUND = (FOR_YOU, DREW_IT, WE_ASKED)

# New words get a new version beside these: a letter as it was given can always be read again.
WORDINGS: dict[str, Wording] = {
    one.version: one
    for one in (
        Wording(
            "2026-11-younger",
            C_("Hello"),
            C_("Hello %(name)s"),
            C_("You told us what you would like. Here you can read what happened."),
            C_("You told us what you would like. We are still asking about it."),
            C_("You asked"),
            CAME,
            BY_DAY,
            NOT_SO,
            SAY_SO,
            RING,
            ADVOCATE,
        ),
        Wording(
            "2026-11-older",
            C_("Hello"),
            C_("Hello %(name)s"),
            C_("You asked for some things. This is what came of each one."),
            C_("You asked for some things. We are still asking about them."),
            C_("You asked"),
            CAME,
            BY_DAY,
            NOT_SO,
            SAY_SO,
            RING,
            ADVOCATE,
        ),
    )
}
YOUNGER, OLDER = "2026-11-younger", "2026-11-older"
OLDER_FROM = 12


def wording_for(age: int | None) -> Wording:
    """The words for a child of this age; the simple ones where the age is not known."""
    return WORDINGS[OLDER if age is not None and age >= OLDER_FROM else YOUNGER]


class How(StrEnum):
    """How a child got a letter."""

    PAPER = "paper"
    SHOWN = "shown"
    TOLD = "told"
    PHONE = "phone"


HOW: dict[How, str] = {
    How.PAPER: N_("Given on paper"),
    How.SHOWN: N_("Shown on the tablet"),
    How.TOLD: N_("Told face to face"),
    How.PHONE: N_("Told on the phone"),
}


class Said(StrEnum):
    """What a child says to an answer."""

    NOTHING = "nothing"
    HELPED = "helped"
    NOT_TRUE = "not-true"


SAID: dict[Said, str] = {
    Said.NOTHING: N_("Nothing about this"),
    Said.HELPED: N_("It helped"),
    Said.NOT_TRUE: N_("That is not true"),
}
