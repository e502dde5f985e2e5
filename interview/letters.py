"""A letter to a child: what they asked for, what came of it, and what of it may stand on paper."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from interview.access import Part
from interview.helplines import HELPLINES
from interview.letter_words import AROUND, WORDINGS, Came, How, Where, Why, Wording
from interview.questions import QUESTIONS, Section
from interview.reasons import REASONS, ForHome
from interview.requests import OWNERS, Asking, Owner, State, Step
from interview.strangers import tells_a_stranger


@dataclass(frozen=True)
class Matter:
    """One request as the writer of a letter meets it: the child's words, and the newest answer.

    `disputed`: the child has said of an answer that it is not true, and that was not for the home.
    `beside_danger`: in the talk in which it was asked the child told of a danger.
    """

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
    disputed: bool = False
    talk: str = ""
    beside_danger: bool = False

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
        words=asking.words.strip(),
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
        disputed=any(step.kind is Step.NOT_TRUE and not step.for_home for step in asking.steps),
        talk=asking.talk,
    )


def off_paper(matter: Matter, names: frozenset[str]) -> tuple[Why, ...]:
    """Why this cannot stand on paper; nothing where it can."""
    reason = REASONS.get(matter.reason or "")
    dangerous = reason is not None and (reason.danger or reason.for_home is ForHome.NEVER)
    question = QUESTIONS.get(matter.question)
    close = question is not None and question.part in {Part.WHEREABOUTS, Part.ALLEGATION}
    found = {
        Why.NOT_FOR_HOME: not matter.for_home,
        Why.DISPUTED: matter.for_home and matter.disputed,
        Why.DANGER: dangerous or close,
        Why.NAMES: tells_a_stranger(matter.words, names),
    }
    return tuple(why for why, holds in found.items() if holds)


def whys(matter: Matter, names: frozenset[str]) -> tuple[Why, ...]:
    """All that speaks against a place in the letter."""
    stays_out = {
        Why.BESIDE_DANGER: matter.beside_danger,
        Why.NO_NEWS: not matter.is_news,
        Why.OVER: is_over(matter),
    }
    return off_paper(matter, names) + tuple(why for why, holds in stays_out.items() if holds)


def is_over(matter: Matter) -> bool:
    """Whether it was needed on that day, which is over, and nobody has answered."""
    question = QUESTIONS.get(matter.question)
    return matter.state is State.OPEN and question is not None and question.section is Section.NOW


def first_place(matter: Matter, names: frozenset[str]) -> Where:
    """Where a request stands before the writer has looked at it: what could harm is told, not written."""
    if not matter.is_news or is_over(matter):
        return Where.OUT
    # Who is the danger may find the paper: beside one, the writer decides for paper, and not the rule.
    return Where.TOLD if matter.beside_danger or off_paper(matter, names) else Where.PAPER


def places(matter: Matter, names: frozenset[str]) -> tuple[Where, ...]:
    """Where the writer may put it."""
    return (Where.TOLD, Where.OUT) if off_paper(matter, names) else tuple(Where)


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
    """A letter as it is given.

    `numbers` are the helplines of that day: key and number. `sentences` are ours as they were said in the
    letter's language: a translation that changes later changes no letter.
    """

    version: str
    items: tuple[Item, ...]
    name: str = ""
    advocate: str = ""
    translator: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    sentences: dict[str, str] = field(default_factory=dict)

    @property
    def wording(self) -> Wording:
        """Its sentences."""
        return WORDINGS[self.version]

    @property
    def begins(self) -> str:
        """How it begins: with what came of it, or truly that nobody has answered."""
        open_still = [one.came is Came.NOBODY_YET for one in self.items]
        return self.wording.waits if open_still and all(open_still) else self.wording.begins

    @property
    def ours(self) -> tuple[str, ...]:
        """All of our own sentences that can stand in it."""
        w = self.wording
        called = [words for line in HELPLINES for words in (line.how, line.words)]
        asked = [one.child for one in OWNERS.values()]
        said = (w.hello, w.hello_name, w.begins, w.waits, w.asked, *w.came.values(), *w.by_day.values())
        return (*said, w.not_so, *w.say_so, w.ring, w.advocate, *AROUND, *called, *asked)

    @property
    def on_paper(self) -> "Body":
        """What stands on paper."""
        return replace(self, items=tuple(one for one in self.items if one.where is Where.PAPER))

    def read_by(self, reached: Iterable[str]) -> "Body":
        """What of it somebody reads who reaches these requests: the rest is as if it were not there."""
        known = frozenset(reached)
        return replace(self, items=tuple(one for one in self.items if one.request in known))


def answered_first(matters: Iterable[Matter]) -> list[Matter]:
    """In the order of a letter: what is answered, then what nobody has answered; the newest first."""
    return sorted(matters, key=lambda one: (one.state is State.OPEN, -one.asked_at.timestamp()))


def first_places(matters: Iterable[Matter], names: frozenset[str]) -> dict[str, Where]:
    """Where each request stands before the writer has looked: on paper what fits, the answered ones first."""
    found, left = {}, LINES_ON_PAPER
    for one in answered_first(matters):
        where = first_place(one, names)
        takes = LINES_AROUND + _lines_of(one.words) + _lines_of(one.answer)
        if where is Where.PAPER and takes > left:
            where = Where.TOLD
        left -= takes if where is Where.PAPER else 0
        found[one.key] = where
    return found


# So much fits on one page, in the tallest of our scripts: measured, see tests/test_letters.py.
LINES_ON_PAPER, LETTERS_IN_A_LINE, LINES_AROUND = 25, 66, 3


def lines_on_paper(items: Iterable[Item]) -> int:
    """How many lines these requests take on paper."""
    shown = [one for one in items if one.where is Where.PAPER]
    return sum(LINES_AROUND + _lines_of(one.asked) + _lines_of(one.words) for one in shown)


def _lines_of(words: str) -> int:
    return sum(1 + len(line) // LETTERS_IN_A_LINE for line in words.splitlines())


def fits_on_a_page(items: Iterable[Item]) -> bool:
    """Whether what stands on paper is one page."""
    return lines_on_paper(items) <= LINES_ON_PAPER


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
