"""The words of what has changed since a pack was considered."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby

from flask_babel import ngettext

from interview.requests import State
from interview.since_then import Change, Point
from views.moments import day
from views.review_words import STATES
from views.summary_words import in_words
from views.words import _, listed

AGREED: dict[str, Callable[[], str]] = {
    "yes": lambda: _("agrees"),
    "partly": lambda: _("agrees with only some of it"),
    "no": lambda: _("does not agree"),
    "not-checked": lambda: _("did not want to check it"),
    "could-not": lambda: _("it was not read back"),
}
# Of these, what it is about stands before what is said of it.
NAMED = frozenset({"reasons", "headings", "adults", "wishes"})


def by_part(changes: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    """What has changed, by the part of the pack."""
    return [(part, list(of_it)) for part, of_it in groupby(changes, key=lambda one: one.point.part)]


def about(point: Point) -> str:
    """What a change is about: a reason, a question, what was asked for, or a home."""
    if point.part in NAMED:
        return in_words(point.term, by_child=point.by_child)
    if point.part == "asked" and point.quote:
        return _("“%(card)s”", card=point.quote.words)
    return point.term if point.part == "stays" else ""


def said_of(point: Point | None) -> str:
    """What a pack says in one point: a count, a state, or words that were said."""
    if point is None:
        return ""
    if point.part == "reasons":
        return str(ngettext("in %(num)s talk", "in %(num)s talks", point.number or 0))
    if point.part == "asked":
        return STATES[State(point.shown[0])]()
    if point.part == "stays":
        return _("until %(day)s", day=day(date.fromisoformat(point.shown[0]))) if point.shown[0] else ""
    if point.part == "agreements":
        return AGREED[point.term]()
    return str(point.number) if point.number is not None else _quoted(point)


def _quoted(point: Point) -> str:
    quote = point.quote
    if quote is None:
        return ""
    if quote.choices:
        return listed(
            [in_words(one, by_child=point.by_child or point.part == "place") for one in quote.choices]
        )
    return quote.words if quote.number is None else str(quote.number)
