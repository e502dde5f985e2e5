"""The words of the summaries: what was asked and chosen, months, and how timely a talk was."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from babel.lists import format_list
from flask_babel import format_date, get_locale, gettext, ngettext

from interview.account import Attempt, Return
from interview.answers import SAID_BY
from interview.clock import Standing, hours_between
from interview.lines import Line, Quote
from interview.lines import in_sight as in_sight
from interview.offers import OUTCOMES, OfferState
from interview.questions import QUESTIONS, Kind
from views.drawings import as_shown
from views.moments import clock_words, day, now, tone
from views.words import _, catalogues, listed, worker_language


def months(start: date, end: date) -> str:
    """A period in words: May 2026, or May 2025 to May 2026."""
    first, last = (str(format_date(day, "MMMM y", rebase=False)) for day in (start, end))
    return first if first == last else _("%(first)s to %(last)s", first=first, last=last)


def asked(line: Line) -> str:
    """What was asked, in the reader's words: of the child, or of an adult."""
    return in_words(line.words, by_child=line.by_child)


def in_words(words: str, *, by_child: bool = True) -> str:
    """Words of the talk come from the child's catalogue, all others from the staff's."""
    return catalogues().say(worker_language(), words) if by_child else str(gettext(words))


def chosen(line: Line, quote: Quote) -> str:
    """What was chosen from options, or a number; empty for an answer in words."""
    if quote.number is None:
        picked = [in_words(words, by_child=line.by_child) for words in quote.choices]
        # Some hold commas themselves.
        return "; ".join(picked) if any("," in words for words in picked) else listed(picked)
    if QUESTIONS[line.key].kind is Kind.SCALE:
        return _("%(number)s out of 10", number=quote.number)
    return str(quote.number)


def shown(quote: Quote) -> str:
    """What was said, or drawn, as it was."""
    return as_shown(quote.drawing, _("A drawing")) if quote.drawing else quote.words


def how(quote: Quote) -> str:
    """How it came onto the page: who drew it, and who wrote the words that are there."""
    if not quote.drawing:
        return _(SAID_BY[quote.said_by])
    if not quote.words.strip():
        return _("drawn by the child")
    return _("drawn by the child · its words: %(how)s", how=_(SAID_BY[quote.said_by]))


def timeliness(one: Return) -> tuple[str, str]:
    """How in time the talk about a return was: a tone, and words that need no colour.

    Offered and declined is no breach of the clock.
    """
    if one.held_at is None and one.offers is OfferState.DECLINED:
        return "none", _("No talk: the child said no")
    if one.held_at is None and one.offers is OfferState.NOT_OFFERED:
        return "none", _("No talk: it could not be offered")
    if one.held_at is None and one.closed:
        return "late", _("No talk was held")
    if one.standing is Standing.HELD_LATE and one.held_at is not None and one.due_at is not None:
        return "late", _late_by(hours_between(one.due_at, one.held_at))
    return tone(one.standing, one.due_at, now()), clock_words(one.standing, one.due_at, now())


def _late_by(hours: int) -> str:
    if hours >= 48:
        return str(ngettext("Held late, by %(num)s day", "Held late, by %(num)s days", hours // 24))
    if hours:
        return str(ngettext("Held late, by %(num)s hour", "Held late, by %(num)s hours", hours))
    return _("Held late, by minutes")


def together(one: Return, returns: Sequence[Return]) -> str:
    """With which other absences a return had its talk; empty where it had one of its own."""
    others = [other for other in returns if other is not one and other.talks & one.talks]
    if not others or one.held_at is None:
        return ""
    days = [day(other.missing_at) for other in sorted(others, key=lambda other: other.missing_at)]
    return _("one talk, also about the absence of %(days)s", days=str(format_list(days, locale=get_locale())))


def offered(one: Return) -> str:
    """Whether the first offer after a return was in time."""
    return {Standing.HELD_IN_TIME: _("in time"), Standing.HELD_LATE: _("late")}.get(one.offered, "")


def outcome(attempt: Attempt) -> str:
    """What came of one offer, or why there was none."""
    return str(gettext(OUTCOMES[attempt.outcome].words))


def in_counts(returns: Sequence[Return]) -> list[str]:
    """Many returns in a few counts."""
    counts = Counter(_kind(one) for one in returns)
    kinds = {
        "in-time": _("talk held in time"),
        "late": _("talk held late"),
        OfferState.DECLINED: _("the child said no"),
        OfferState.NOT_OFFERED: _("could not be offered"),
        "": _("no talk yet"),
    }
    return [
        _("%(what)s: %(count)s", what=words, count=counts[kind])
        for kind, words in kinds.items()
        if counts[kind]
    ]


def _kind(one: Return) -> str:
    if one.held_at is not None:
        return "late" if one.standing is Standing.HELD_LATE else "in-time"
    return one.offers if one.offers in {OfferState.DECLINED, OfferState.NOT_OFFERED} else ""
