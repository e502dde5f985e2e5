"""What a child is told before the first question. A version that was shown to anybody is never changed."""

from dataclasses import dataclass, replace
from datetime import date

from interview.ages import age_on
from interview.words import C_

OLDER_FROM = 12


@dataclass(frozen=True)
class Welcome:
    """One wording: its version, what is said line by line, and the limit to it. It promises no secrecy."""

    version: str
    lines: tuple[str, ...]
    limit: tuple[str, ...]


LIMIT = (
    C_("If someone may get hurt, I have to tell people who can help."),
    C_("I will tell you first, if I can."),
)

# New words get a new version beside these: what was shown in a talk can always be read again.
WELCOMES: dict[str, Welcome] = {
    welcome.version: welcome
    for welcome in (
        Welcome(
            "2026-11-younger",
            (
                C_("I am here to listen to you. You can ask me my name."),
                C_("I do not work for your home. I am not the police."),
                C_("You are not in trouble."),
                C_("You can skip things. You can stop when you like."),
                C_("I write down what you say, so that it is not forgotten."),
                C_("You choose who may read it. You check it at the end."),
            ),
            LIMIT,
        ),
        Welcome(
            "2026-11-older",
            (
                C_("My job is to listen. Ask me anything, also who I am."),
                C_("I do not work for your home or for the police. You are not in trouble."),
                C_("I want to hear why you went, in your own words."),
                C_("Skip what you like. Stop when you like."),
                C_("I write it down. You choose who reads each part. We check it together."),
                C_("You can ask later what came of it."),
            ),
            LIMIT,
        ),
    )
}
YOUNGER, OLDER = "2026-11-younger", "2026-11-older"
ASKED_FOR = "-asked-for"


def _asked_for(version: str, line: str) -> Welcome:
    # Who is there because the child asked for them may work for the home: the second line is another.
    welcome = WELCOMES[version]
    first, _independent, *others = welcome.lines
    return replace(welcome, version=version + ASKED_FOR, lines=(first, line, *others))


WELCOMES |= {
    welcome.version: welcome
    for welcome in (
        _asked_for(YOUNGER, C_("You asked to talk with me.")),
        _asked_for(OLDER, C_("You asked to talk with me. You are not in trouble.")),
    )
}


def welcome_for(born: date | None, today: date, child_asked: bool = False) -> Welcome:
    """The words for a child of this age, who asked for this person or not; simple ones for an unknown age."""
    is_older = born is not None and age_on(born, today) >= OLDER_FROM
    return WELCOMES[(OLDER if is_older else YOUNGER) + (ASKED_FOR if child_asked else "")]
