"""Said before and not acted on: the same reason or request in two or more talks, with nothing done since."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from interview.account import Given, Record
from interview.lines import Quote, reason_line
from interview.london import to_london
from interview.questions import QUESTIONS, Section
from interview.reasons import REASONS
from interview.requests import Asking

# What an answer is about where no reason was told in it.
ABOUT: dict[str, frozenset[str]] = {
    "want_to_see": frozenset(code for code, reason in REASONS.items() if reason.group == "B"),
    "rules_tried": frozenset({"A6"}),
}
# What would help is about the biggest reason of that talk.
ABOUT_THE_BIGGEST = frozenset({"would_help", "help_drawing", "support_wanted"})
WORD = re.compile(r"\w{4,}")
STEM = 5
SMALL_WORDS = (
    "about after again being could every help more much need other some someo somet that their them there "
    "they thing this want wante what when where which with would"
)
NOT_TELLING = frozenset(SMALL_WORDS.split())


@dataclass(frozen=True)
class SaidBefore:
    """A reason (its code) or a request (its question) that came back, with its talks, words and requests.

    `dates` are those of the talks, the first one first. `late`: somebody who was asked is over their time.
    """

    key: str
    words: str
    dates: tuple[datetime, ...]
    quotes: tuple[Quote, ...]
    requests: tuple[Asking, ...]
    late: bool = False

    @property
    def is_reason(self) -> bool:
        """Whether this is a reason, and not a request."""
        return self.key in REASONS


def said_before(record: Record, requests: Iterable[Asking], now: datetime) -> tuple[SaidBefore, ...]:
    """What came back without anything done, from what one reader may read: most often said first."""
    asked = tuple(requests)
    reasons = tuple(_reasons(record, asked, now))
    told = {one.key for said in reasons for one in said.requests}
    again = _again([one for one in asked if one.key not in told], now)
    return tuple(sorted((*reasons, *again), key=lambda said: (-len(said.dates), said.dates[0])))


def _reasons(record: Record, asked: tuple[Asking, ...], now: datetime) -> Iterable[SaidBefore]:
    by_code: dict[str, list[Given]] = {}
    for one in record.given:
        by_code.setdefault(one.reason.code, []).append(one)
    for code, given in by_code.items():
        talks = {one.talk: one.held_at for one in given}
        mine = tuple(one for one in asked if one.talk in talks and _is_about(one, code, given))
        if len(talks) > 1 and REASONS[code].asks and not any(one.was_done for one in mine):
            dates, quotes = tuple(sorted(talks.values())), reason_line(record, code, given).quotes
            yield SaidBefore(code, REASONS[code].term, dates, quotes, mine, _is_late(mine, now))


def _is_about(asking: Asking, code: str, given: Iterable[Given]) -> bool:
    if asking.reason is not None:
        return asking.reason == code
    if asking.question in ABOUT_THE_BIGGEST:
        return any(one.talk == asking.talk and one.reason.biggest for one in given)
    return code in ABOUT.get(asking.question, ())


def _is_late(asked: Iterable[Asking], now: datetime) -> bool:
    return any(one.is_overdue(to_london(now).date()) for one in asked)


def _again(asked: list[Asking], now: datetime) -> Iterable[SaidBefore]:
    """The requests that were made in two or more talks in nearly the same words.

    What was needed on one day is over.
    """
    lasting = (one for one in asked if QUESTIONS[one.question].section is not Section.NOW)
    rest = sorted(lasting, key=lambda one: one.asked_at)
    while rest:
        same = [one for one in rest if one is rest[0] or is_the_same(rest[0], one)]
        rest = [one for one in rest if one not in same]
        talks = {one.talk: one.asked_at for one in same}
        if len(talks) > 1 and not any(one.was_done for one in same):
            key, dates = same[0].question, tuple(sorted(talks.values()))
            yield SaidBefore(key, QUESTIONS[key].words, dates, (), tuple(same), _is_late(same, now))


def is_the_same(one: Asking, other: Asking) -> bool:
    """Whether two ask for the same: under the same question, with half of the telling words alike."""
    mine, theirs = telling(one.words), telling(other.words)
    alike = len(mine & theirs)
    return one.question == other.question and alike > 0 and 2 * alike >= min(len(mine), len(theirs))


def telling(words: str) -> frozenset[str]:
    """The words that tell what it is about, as far as their beginnings."""
    stems = {found.group()[:STEM] for found in WORD.finditer(words.casefold())}
    return frozenset(stems - NOT_TELLING)
