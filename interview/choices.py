"""The fixed choices of a return: how it ended, who reported it, how it was graded, how the offer was made."""

from dataclasses import dataclass

from interview.words import N_


@dataclass(frozen=True)
class Choice:
    """One choice: the key that is kept and the words for people."""

    key: str
    words: str


def table(*choices: Choice) -> dict[str, Choice]:
    """Choices by key, in the order in which people meet them."""
    return {choice.key: choice for choice in choices}


KINDS = table(
    Choice("missing", N_("Missing: it was not known where the child was")),
    Choice("away", N_("Away without permission: it was known where the child was")),
)

ENDED = table(
    Choice("self", N_("Came back by themselves")),
    Choice("police", N_("Brought back by police")),
    Choice("staff", N_("Brought back by staff or carer")),
    Choice("family", N_("Brought back by family or friends")),
    Choice("other", N_("Another way")),
)

REPORTERS = table(
    Choice("home", N_("The home or carer")),
    Choice("family", N_("Family")),
    Choice("school", N_("School")),
    Choice("social-worker", N_("Social worker")),
    Choice("other", N_("Someone else")),
)

GRADES = table(
    Choice("none", N_("No apparent risk")),
    Choice("low", N_("Low")),
    Choice("medium", N_("Medium")),
    Choice("high", N_("High")),
    Choice("not-known", N_("Not known")),
)

PREVENTION = table(
    Choice("done", N_("Done")),
    Choice("not-done", N_("Not done")),
    Choice("not-known", N_("Not known")),
)

# The seven choices of the home-side form O11: the adult's guess, kept apart from the child's account.
GUESSES = table(
    Choice("argument", N_("Argument or family conflict")),
    Choice("not-returning", N_("Did not come back to the placement on time")),
    Choice("friends-family", N_("Went to friends or family")),
    Choice("exploitation", N_("Possible exploitation")),
    Choice("substances", N_("Drink or drugs")),
    Choice("distress", N_("Distress or mental health")),
    Choice("other", N_("Something else")),
)

CHANNELS = table(
    Choice("in-person", N_("In person")),
    Choice("telephone", N_("By telephone")),
    Choice("message", N_("By message")),
    Choice("letter", N_("By letter")),
    Choice("through-carer", N_("Through the home or carer")),
    Choice("through-social-worker", N_("Through the social worker")),
)
