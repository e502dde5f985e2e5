"""The words of requests: who is asked, how long there is, and what each step says."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from flask_babel import ngettext

from interview.questions import QUESTIONS
from interview.requests import OWNERS, STEPS, WAITS, Asking, Owner, State, Step, Stepped
from views.clocks import Clock
from views.moments import day, today
from views.summary_words import in_words as in_words
from views.words import _, listed

SOON = timedelta(days=3)
MOST_DAYS = 5


def owner(asked: Owner, place: str = "") -> str:
    """Who is asked; of the home, which."""
    return place if asked is Owner.HOME and place else _(OWNERS[asked].words)


def whom(asking: Asking) -> str:
    """Who is asked; of a home that the child has left, that too."""
    return of_whom(asking.asked_of, asking.place, asking.has_left)


def of_whom(asked: Owner, place: str, has_left: bool) -> str:
    """Who is asked, and whether it is a home where the child lived before."""
    if asked is Owner.HOME and place and has_left:
        return _("%(home)s, where the child no longer lives", home=place)
    return owner(asked, place)


def question(asking: Asking) -> str:
    """What the child was asked."""
    return in_words(QUESTIONS[asking.question].words)


def clock(asking: Asking, at: date) -> Clock:
    """Where a request stands: a tone, and words that need no colour."""
    if asking.state not in WAITS:
        return Clock("done", _("Done")) if asking.state is State.DONE else Clock("none", _("Not possible"))
    if asking.due_on is None:
        return Clock("none", _("Passed on")) if asking.steps else Clock("calm", _("No day is set"))
    return _running(asking, asking.due_on, (asking.due_on - at).days)


def _running(asking: Asking, due: date, left: int) -> Clock:
    promised = asking.state is State.WILL_DO
    if left < 0:
        late = ngettext("Late by %(num)s day", "Late by %(num)s days", -left)
        return Clock("late", _("%(late)s: promised, not done", late=late) if promised else late)
    tone = "soon" if left <= SOON.days else "calm"
    if left == 0:
        return Clock(tone, _("Promised for today") if promised else _("To be answered today"))
    if promised:
        return Clock(tone, _("Promised by %(day)s", day=day(due)))
    return Clock(tone, ngettext("%(num)s day left", "%(num)s days left", left))


def days(moments: Sequence[datetime]) -> str:
    """The days of talks; of many the first and the last three."""
    shown = moments if len(moments) <= MOST_DAYS else (moments[0], *moments[-3:])
    words = [day(moment) for moment in shown]
    if len(shown) < len(moments):
        words.insert(1, "…")
    return listed(words)


def asked_and_came(asking: Asking) -> str:
    """Who was asked when, and what came of it: one sentence."""
    home, asked = whom(asking), day(asking.asked_at)
    if asking.newest is None:
        return _("Asked of: %(whom)s, on %(day)s. No answer yet.", whom=home, day=asked)
    came = step(asking.newest, asking.place)
    if asking.state is State.WILL_DO and asking.is_overdue(today()):
        came = _("Promised by %(day)s, and not done", day=day(asking.due_on))
    return _("Asked of: %(whom)s, on %(day)s. %(came)s.", whom=home, day=asked, came=came)


def step(one: Stepped, place: str = "") -> str:
    """What a step says, in a sentence."""
    whom = owner(one.passed_to, place) if one.passed_to else ""
    said = {
        Step.DONE: _("Done on %(day)s", day=day(one.on_day)),
        Step.WILL_DO: _("Will be done by %(day)s", day=day(one.on_day)),
        Step.PASSED_ON: _("Passed on to: %(whom)s", whom=whom),
        Step.PUT_RIGHT: _("Now asked of: %(whom)s", whom=whom),
        Step.DAY_SET: _("To be answered by %(day)s", day=day(one.on_day)),
    }
    return said.get(one.kind) or _(STEPS[one.kind])


def who(one: Stepped, place: str = "") -> str:
    """Who took a step, and who they have it from."""
    if one.for_whom:
        return _("%(name)s, who has it from %(whom)s", name=one.by, whom=one.for_whom)
    return one.by


TONES: dict[Step, str] = {
    Step.DONE: "done",
    Step.WILL_DO: "calm",
    Step.NOT_TRUE: "late",
    Step.HELPED: "done",
}


def tone(one: Stepped) -> str:
    """How a step looks; its words say the same."""
    return TONES.get(one.kind, "none")
