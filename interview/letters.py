"""The letter to a child: what they asked for and what came of it. Wording that was given is never changed."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from interview.access import Part
from interview.naming import tells_who_or_where
from interview.questions import QUESTIONS
from interview.reasons import REASONS, ForHome
from interview.requests import Asking, Owner, State
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
    DANGER = "danger"
    NAMES = "names"
    NO_NEWS = "no-news"


WHY: dict[Why, str] = {
    Why.NOT_FOR_HOME: N_("The child did not say this for the home. Paper lies where staff find it."),
    Why.DANGER: N_("It came from something that could put the child in danger, or hurt somebody."),
    Why.NAMES: N_("Its words name somebody or somewhere, or say what the talk was about."),
    Why.NO_NEWS: N_("The child has been told, and nothing is new."),
}


@dataclass(frozen=True)
class Matter:
    """One request as the writer of a letter meets it: the child's words, and the newest answer."""

    key: str
    words: str
    language: str
    question: str
    reason: str | None
    whom: Owner
    for_home: bool
    state: State
    asked_at: datetime
    answer: str = ""
    on_day: date | None = None
    answered_at: datetime | None = None
    told_at: datetime | None = None
    in_english: str = ""

    @property
    def is_news(self) -> bool:
        """Whether there is something that the child has not been told."""
        if self.told_at is None:
            return True
        return self.answered_at is not None and self.answered_at > self.told_at

    @property
    def is_to_tell(self) -> bool:
        """Whether there is an answer that the child has not been told."""
        return self.state is not State.OPEN and self.is_news


def matter_of(asking: Asking) -> Matter:
    """A request with its newest answer; where it was passed on or was not true, nobody has answered."""
    answer = asking.newest if asking.state is not State.OPEN else None
    return Matter(
        key=asking.key,
        words=asking.words,
        language=asking.language,
        question=asking.question,
        reason=asking.reason,
        whom=asking.asked_of,
        for_home=asking.for_home,
        state=asking.state,
        asked_at=asking.asked_at,
        answer=answer.words if answer else "",
        on_day=answer.on_day if answer else None,
        answered_at=answer.at if answer else None,
        told_at=asking.told_child_at,
        in_english=asking.translation.words if asking.translation else "",
    )


# Said on paper, these tell a stranger what it is about. In the languages that a letter is written in first.
TELLS = re.compile(
    r"\b(missing|run(?:ning)? away|ran away|allegation\w*|accus\w+|safeguard\w*|exploit\w*"
    r"|abus\w+|police|interview\w*|designated officer|lado|children's home|care home|foster\w*"
    r"|ar goll|rhedeg i ffwrdd|honiad\w*|cyhudd\w*|diogelu|heddlu|cyfweliad\w*|cartref plant|maeth\w*)\b"
    r"|مفقود|هروب|هرب|الشرطة|ادعاء|اتهام|مقابلة|دار رعاية"
)
# Parts of the names of places that are words of every day.
OF_PLACES = (
    "house home homes lodge court unit cottage farm hall place view reception foster of the ms mr mrs ty"
)
IN_NAMES_OF_PLACES = frozenset(OF_PLACES.split(" "))


def tells_a_stranger(words: str, names: frozenset[str]) -> bool:
    """Whether somebody who finds these words on paper learns who, where or what it is about."""
    return bool(TELLS.search(words.casefold())) or tells_who_or_where(words, names - IN_NAMES_OF_PLACES)


def answer_tells(words: str, names: frozenset[str]) -> bool:
    """The same of an adult's words, who writes names with a capital: May is somebody, and may is a word."""
    written = " ".join(word for word in words.split() if not word.islower())
    return bool(TELLS.search(words.casefold())) or tells_who_or_where(written, names - IN_NAMES_OF_PLACES)


def off_paper(matter: Matter, names: frozenset[str]) -> tuple[Why, ...]:
    """Why this cannot stand on paper; nothing where it can."""
    reason = REASONS.get(matter.reason or "")
    dangerous = reason is not None and (reason.danger or reason.for_home is ForHome.NEVER)
    question = QUESTIONS.get(matter.question)
    close = question is not None and question.part in {Part.WHEREABOUTS, Part.ALLEGATION}
    found = {
        Why.NOT_FOR_HOME: not matter.for_home,
        Why.DANGER: dangerous or close,
        Why.NAMES: tells_a_stranger(matter.words, names),
    }
    return tuple(why for why, holds in found.items() if holds)


def whys(matter: Matter, names: frozenset[str]) -> tuple[Why, ...]:
    """All that speaks against a place in the letter."""
    return off_paper(matter, names) + (() if matter.is_news else (Why.NO_NEWS,))


def first_place(matter: Matter, names: frozenset[str]) -> Where:
    """Where a request stands before the writer has looked at it: what could harm is told, not written."""
    if not matter.is_news:
        return Where.OUT
    return Where.TOLD if off_paper(matter, names) else Where.PAPER


def places(matter: Matter, names: frozenset[str]) -> tuple[Where, ...]:
    """Where the writer may put it."""
    return (Where.TOLD, Where.OUT) if off_paper(matter, names) else tuple(Where)


class Came(StrEnum):
    """What came of a request, as a child is told."""

    DONE = "done"
    WILL_DO = "will-do"
    DAY_OVER = "day-over"
    NOT_POSSIBLE = "not-possible"
    NOBODY_YET = "nobody-yet"


def came_of(matter: Matter, today: date) -> Came:
    """What came of it by today; a promise whose day is over is not told as a promise."""
    if matter.state is State.DONE:
        return Came.DONE
    if matter.state is State.NOT_POSSIBLE:
        return Came.NOT_POSSIBLE
    if matter.state is State.WILL_DO:
        return Came.DAY_OVER if matter.on_day and matter.on_day < today else Came.WILL_DO
    return Came.NOBODY_YET


@dataclass(frozen=True)
class Wording:
    """The sentences of a letter. `came` is what came of a request, `by_day` the same where a day is known."""

    version: str
    hello: str
    hello_name: str
    begins: str
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

# New words get a new version beside these: a letter as it was given can always be read again.
WORDINGS: dict[str, Wording] = {
    one.version: one
    for one in (
        Wording(
            "2026-11-younger",
            C_("Hello"),
            C_("Hello %(name)s"),
            C_("You told us what you would like. Here you can read what happened."),
            C_("You said"),
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
            C_("You said"),
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


@dataclass(frozen=True)
class Item:
    """One request in a letter, in the letter's language: what the child asked for and what came of it.

    `original` and `original_answer` are both as they were before somebody put them into this language;
    `answered_at` tells a later reader which answer the letter was made of.
    """

    request: str
    asked: str
    came: Came
    words: str = ""
    on_day: date | None = None
    where: Where = Where.PAPER
    whom: Owner = Owner.SERVICE
    original: str = ""
    original_answer: str = ""
    answered_at: datetime | None = None

    @property
    def is_of(self) -> tuple[str, datetime | None]:
        """Which answer to which request."""
        return self.request, self.answered_at


@dataclass(frozen=True)
class Body:
    """A letter as it is given. `numbers` are the helplines of that day: key and number."""

    version: str
    items: tuple[Item, ...]
    name: str = ""
    advocate: str = ""
    translator: str = ""
    numbers: tuple[tuple[str, str], ...] = field(default_factory=tuple)

    @property
    def wording(self) -> Wording:
        """Its sentences."""
        return WORDINGS[self.version]

    @property
    def on_paper(self) -> "Body":
        """What stands on paper."""
        return replace(self, items=tuple(one for one in self.items if one.where is Where.PAPER))

    def read_by(self, reached: Iterable[str]) -> "Body":
        """What of it somebody reads who reaches these requests: the rest is as if it were not there."""
        known = frozenset(reached)
        return replace(self, items=tuple(one for one in self.items if one.request in known))


# So much fits on one page, in the tallest of our scripts: measured, see tests/test_letters.py.
LINES_ON_PAPER, LETTERS_IN_A_LINE, LINES_AROUND = 26, 66, 3


def lines_on_paper(items: Iterable[Item]) -> int:
    """How many lines these requests take on paper."""
    shown = [one for one in items if one.where is Where.PAPER]
    return sum(LINES_AROUND + _lines_of(one.asked) + _lines_of(one.words) for one in shown)


def _lines_of(words: str) -> int:
    return sum(1 + len(line) // LETTERS_IN_A_LINE for line in words.splitlines())


def fits_on_a_page(items: Iterable[Item]) -> bool:
    """Whether what stands on paper is one page."""
    return lines_on_paper(items) <= LINES_ON_PAPER


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


def told_in(items: Iterable[Item], how: How, rest_told: bool) -> tuple[Item, ...]:
    """The requests that a child hears of in this way: paper holds some, unless the rest was told, too."""
    return tuple(one for one in items if how is not How.PAPER or rest_told or one.where is Where.PAPER)


def written_down(body: Body) -> str:
    """A letter as it is kept."""
    return json.dumps(asdict(body), ensure_ascii=False, default=lambda day: day.isoformat())


def read_again(kept: str) -> Body:
    """A letter as it was kept."""
    found: dict[str, Any] = json.loads(kept)
    items = tuple(_item(one) for one in found.pop("items"))
    numbers = tuple((key, number) for key, number in found.pop("numbers"))
    return Body(items=items, numbers=numbers, **found)


def _item(kept: dict[str, Any]) -> Item:
    on_day, answered_at = kept["on_day"], kept["answered_at"]
    return Item(
        **kept
        | {
            "came": Came(kept["came"]),
            "where": Where(kept["where"]),
            "whom": Owner(kept["whom"]),
            "on_day": date.fromisoformat(on_day) if on_day else None,
            "answered_at": datetime.fromisoformat(answered_at) if answered_at else None,
        }
    )


def first_name(name: str) -> str:
    """The first of a child's names, as a letter may say it."""
    return name.split()[0] if name.split() else ""
