"""When a child's case is to be reviewed, and the facts that may call for asking early: never a verdict."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from interview.london import to_london
from interview.pack import Here, Pack
from interview.pattern import CALLS_FOR_A_MEETING, MONTH
from interview.words import N_
from interview.working_days import is_working_day

A_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)
SOON = timedelta(days=14)


@dataclass(frozen=True)
class Rule:
    """How often a case is reviewed in one nation.

    The first within so many working days, or weeks, of becoming looked after; the second within so many
    months of the first; every other within so many months of the one before. `to_check` says what somebody
    who knows that nation's law has still to look at.
    """

    law: str
    first_working_days: int = 0
    first_weeks: int = 0
    second_months: int = 3
    then_months: int = 6
    to_check: str = ""


# law-and-guidance section 3 for England. The others are known from their regulations alone.
RULES: dict[str, Rule] = {
    "england": Rule(
        N_("Care Planning, Placement and Case Review (England) Regulations 2010, regulation 33"),
        first_working_days=20,
    ),
    "wales": Rule(
        N_("Care Planning, Placement and Case Review (Wales) Regulations 2015, regulation 39"),
        first_working_days=20,
        to_check=N_("Check these days with the council: Heard has them from the English rule."),
    ),
    "scotland": Rule(
        N_("Looked After Children (Scotland) Regulations 2009, regulation 45"),
        first_weeks=6,
        to_check=N_("Six weeks run from the placement, and a move begins them anew: check with the council."),
    ),
    "northern-ireland": Rule(
        N_("Review of Children's Cases Regulations (Northern Ireland) 1996, regulation 3"),
        first_weeks=2,
        to_check=N_("Check these days with the trust: nobody has compared them with the regulations yet."),
    ),
}


def add_working_days(day: date, number: int, nation: str) -> date:
    """The day that is so many working days after this one."""
    while number:
        day += A_DAY
        number -= is_working_day(day, nation)
    return day


def add_months(day: date, number: int) -> date:
    """The same day so many months later; the last of that month where it has no such day."""
    years, month = divmod(day.month - 1 + number, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def latest_day(since: date | None, held: Iterable[date], nation: str, today: date) -> date | None:
    """The last day for the next review by that nation's rule; None where nothing is known to count from."""
    rule, days = RULES[nation], sorted(held)
    if len(days) > 1:
        return add_months(days[-1], rule.then_months)
    if days:
        # Where a child came to Heard after years in care, the one review it knows of is not the first.
        first = since is None or days[0] <= _first(since, rule, nation) + 4 * A_WEEK
        return add_months(days[0], rule.second_months if first else rule.then_months)
    first_day = _first(since, rule, nation) if since else None
    # Long after that day there have been reviews, of which Heard does not know.
    return first_day if first_day and today < add_months(first_day, rule.second_months) else None


def _first(since: date, rule: Rule, nation: str) -> date:
    if rule.first_working_days:
        return add_working_days(since, rule.first_working_days, nation)
    return since + rule.first_weeks * A_WEEK


@dataclass(frozen=True)
class Standing:
    """How long it is until a review: a tone, and days left or, below nought, late."""

    tone: str
    days: int

    @property
    def late(self) -> bool:
        """Whether its day is over."""
        return self.days < 0


def standing(due_on: date, today: date) -> Standing:
    """Where a review stands that is not held yet."""
    left = (due_on - today).days
    tone = "late" if left < 0 else "soon" if due_on - today <= SOON else "calm"
    return Standing(tone, left)


def fault_of_due(due_on: date, today: date, held: Sequence[date]) -> str:
    """What is wrong with a day that is set for the next review; empty when nothing is."""
    if due_on < today:
        return N_("This day is over. Enter today or a day to come, or say below that the review was held.")
    if held and due_on <= max(held):
        return N_("A review was held on this day or later already. Enter a later day.")
    if due_on > add_months(today, 12):
        return N_("This is more than a year away. Enter a day within the next twelve months.")
    return ""


def fault_of_held(held_on: date, today: date, since: date | None, held: Sequence[date]) -> str:
    """What is wrong with the day on which a review was held; empty when nothing is."""
    if held_on > today:
        return N_("This day is still to come. Enter the day on which the review was held.")
    if since is not None and held_on < since:
        return N_("The child was not looked after on this day yet. Enter a later day.")
    if held and held_on <= max(held):
        return N_("A review was held on this day or later already. Enter a later day.")
    return ""


# What may call for an early review ------------------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """What is known of a child here and now, as the facts below need it."""

    wants_to_move: date | None = None
    not_safe: date | None = None
    absences_in_30_days: int = 0
    said_before: int = 0
    moved_on: date | None = None


def known_from(pack: Pack, now: datetime) -> Known:
    """What a pack knows of here and now."""
    place, safe = pack.place[:1], [one for one in pack.about_here if one.question == "safe_here"]
    return Known(
        _said_here(place, "move"),
        _said_here(safe, "no"),
        sum(timedelta() <= now - left <= MONTH for left, _back in pack.away),
        len(pack.before),
        pack.lives.placed.starts if pack.lives and pack.lives.placed else None,
    )


def _said_here(said: Iterable[Here], chosen: str) -> date | None:
    return next(
        (to_london(one.said.held_at).date() for one in said if one.here and one.chosen == chosen), None
    )


@dataclass(frozen=True)
class Fact:
    """A fact that may call for an early review, in words, with a day or a number to put into them."""

    key: str
    words: str
    on: date | None = None
    number: int | None = None


def facts(known: Known, last_review: date | None) -> tuple[Fact, ...]:
    """The facts, and no more: whether to ask is for the reviewing officer alone."""
    three = known.absences_in_30_days >= CALLS_FOR_A_MEETING
    moved = known.moved_on is not None and last_review is not None and known.moved_on > last_review
    found = (
        (
            known.wants_to_move,
            Fact("move", N_("Wants to move from here: said on %(day)s"), known.wants_to_move),
        ),
        (known.not_safe, Fact("not-safe", N_("Does not feel safe here: said on %(day)s"), known.not_safe)),
        (three, Fact("absences", N_("%(number)s absences in 30 days"), number=known.absences_in_30_days)),
        (
            known.said_before,
            Fact("said-before", N_("Said before and not acted on: %(number)s"), number=known.said_before),
        ),
        (moved, Fact("moved", N_("Moved on %(day)s, after the last review"), known.moved_on)),
    )
    return tuple(fact for there, fact in found if there)
