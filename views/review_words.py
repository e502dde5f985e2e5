"""The words of the reviews: how long until one, what came of what was asked, months and hours."""

from collections.abc import Callable, Sequence
from datetime import date

from flask_babel import format_date, ngettext

from interview.account import Return
from interview.came_of_it import Asked, Before, CameOfIt
from interview.clock import Standing
from interview.over_time import OverTime
from interview.pack import Pack, Timely
from interview.reasons import REASONS
from interview.requests import Owner, State, Step
from interview.reviews import Fact
from interview.reviews import Standing as Left
from interview.stays import Placed, Stay
from views.clocks import Clock
from views.moments import day
from views.request_words import of_whom, owner
from views.summary_words import in_words
from views.words import _, listed

MOST_DAYS = 3


def due(standing: Left) -> Clock:
    """How long until the review, or how late it is."""
    days = abs(standing.days)
    if standing.late:
        return Clock(standing.tone, str(ngettext("Late by %(num)s day", "Late by %(num)s days", days)))
    if not days:
        return Clock(standing.tone, _("Today"))
    return Clock(standing.tone, str(ngettext("%(num)s day left", "%(num)s days left", days)))


def fact(one: Fact) -> str:
    """A fact that may call for an early review."""
    return _(one.words, day=day(one.on), number=one.number)


def new_since(talks: int, absences: int) -> str:
    """What came since the last review, in counts."""
    return _(
        "%(talks)s, %(absences)s",
        talks=ngettext("%(num)s talk", "%(num)s talks", talks),
        absences=ngettext("%(num)s absence", "%(num)s absences", absences),
    )


def column(starts: date, over_time: OverTime) -> str:
    """A column of the reasons over time: a month, a quarter or a year."""
    how = {1: "MMM yy", 3: "QQQ yy", 12: "y"}[over_time.months]
    return str(format_date(starts, how, rebase=False))


def miles(place: Placed | None) -> str:
    """How far from family a placement was."""
    if place is None or place.miles is None:
        return _("Not known")
    return str(ngettext("%(num)s mile", "%(num)s miles", place.miles))


def hours(number: int) -> str:
    """How long an absence was."""
    if number >= 48:
        return str(ngettext("%(num)s day", "%(num)s days", number // 24))
    return str(ngettext("%(num)s hour", "%(num)s hours", number)) if number else _("less than an hour")


def lived(stay: Stay) -> str:
    """From when to when a child lived there."""
    if stay.placed is None:
        return _("Days not known")
    if stay.placed.ends is None:
        return _("since %(day)s", day=day(stay.placed.starts))
    return _("%(first)s to %(last)s", first=day(stay.placed.starts), last=day(stay.placed.ends))


def timely(counts: Timely) -> list[str]:
    """The offers and talks after all returns, in counts."""
    said: list[tuple[str, int]] = [
        (_("talk held in time"), counts.in_time),
        (_("talk held late"), counts.late),
        (_("the child said no"), counts.declined),
        (_("could not be offered"), counts.not_offered),
        (_("no talk yet"), counts.waiting),
    ]
    return [_("%(what)s: %(count)s", what=what, count=count) for what, count in said if count]


def whom(asked: Asked) -> str:
    """Who was asked; of a home, which, and whether the child has left it."""
    return of_whom(Owner(asked.asked_of), asked.place, asked.has_left)


STATES: dict[State, Callable[[], str]] = {
    State.OPEN: lambda: _("No answer yet"),
    State.DONE: lambda: _("Done"),
    State.WILL_DO: lambda: _("Will be done"),
    State.NOT_POSSIBLE: lambda: _("Not possible"),
}
TONES = {State.OPEN: "soon", State.DONE: "done", State.WILL_DO: "calm", State.NOT_POSSIBLE: "none"}
ANSWERS = frozenset({Step.DONE, Step.WILL_DO, Step.NOT_POSSIBLE, Step.PASSED_ON})


def came_of(asked: Asked, today: date) -> Clock:
    """Where a request stands: a tone, and words that need no colour."""
    state = State(asked.state)
    if asked.due_on is None or state in {State.DONE, State.NOT_POSSIBLE}:
        return Clock(TONES[state], STATES[state]())
    if asked.due_on < today:
        return Clock(
            "late", _("%(state)s; it was due by %(day)s", state=STATES[state](), day=day(asked.due_on))
        )
    return Clock(TONES[state], _("%(state)s; due by %(day)s", state=STATES[state](), day=day(asked.due_on)))


def answer(asked: Asked) -> CameOfIt | None:
    """The newest answer that says something."""
    return next((s for s in reversed(asked.steps) if s.kind in ANSWERS and (s.words or s.on_day)), None)


def childs_word(asked: Asked) -> str:
    """What the child says came of it, where it said so after it was told."""
    said = {Step.NOT_TRUE: _("The child says: that is not so"), Step.HELPED: _("The child says: it helped")}
    return next((said[Step(s.kind)] for s in reversed(asked.steps) if s.kind in said), "")


def term(before: Before) -> str:
    """What was said before: a reason, or what the child asked for."""
    if before.said is not None:
        return _(
            "“%(card)s”", card=before.said.translation.words if before.said.translation else before.said.words
        )
    return in_words(before.term, by_child=before.key not in REASONS)


def all_of_another(pack: Pack) -> str:
    """The home of which everything about living there was said, where the child lives there no more."""
    homes = {one.home for one in (*pack.place, *pack.about_here)}
    of_another = not any(one.here for one in (*pack.place, *pack.about_here))
    return homes.pop() if len(homes) == 1 and of_another else ""


def returns_of(pack: Pack) -> list[Return]:
    """The absences of a pack, as the picture of them needs it."""
    return [Return("", "", left, back, (), None, Standing.NOT_STARTED) for left, back in pack.away]


def owners(before: Before) -> str:
    """Who was asked, each once; of homes, which."""
    known = [owner(Owner(key)) for key in before.asked_of if key != Owner.HOME or not before.places]
    return listed([*before.places, *known])


def days(several: Sequence[date]) -> str:
    """Days in a row; of many, the first, the last and how many."""
    if len(several) <= MOST_DAYS:
        return listed([day(one) for one in several])
    return _(
        "%(num)s days, from %(first)s to %(last)s",
        num=len(several),
        first=day(several[0]),
        last=day(several[-1]),
    )
