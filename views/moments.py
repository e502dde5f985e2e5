"""The only place that asks what time it is, and how moments are shown to people in Europe/London."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from babel.dates import get_day_names, get_month_names
from flask_babel import format_date, ngettext

from interview.clock import Standing, hours_between
from interview.london import LONDON, to_london
from views.words import _


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is for people here."""
    return datetime.now(LONDON).date()


def day(value: date | datetime | None) -> str:
    """A day in words: 3 May 2026."""
    if value is None:
        return ""
    local = to_london(value).date() if isinstance(value, datetime) else value
    return str(format_date(local, "d MMMM y", rebase=False))


def day_and_time(moment: datetime | None) -> str:
    """A day and a time in words: 3 May 2026, 14:32."""
    if moment is None:
        return ""
    return f"{day(moment)}, {time_of_day(moment)}"


def time_of_day(moment: datetime) -> str:
    """The time of day: 14:32."""
    return to_london(moment).strftime("%H:%M")


def date_names(language: str) -> dict[str, str]:
    """The short names of days and months, by what a browser writes in English: it may know no other."""
    browser, theirs = "en_GB", language.replace("-", "_")
    names = [*zip_names(get_day_names, browser, theirs), *zip_names(get_month_names, browser, theirs)]
    return {"Sep": dict(names)["Sept"], **dict(names)}


def zip_names(of: Callable[..., Mapping[int, str]], *locales: str) -> Iterator[tuple[str, str]]:
    """The same names in two languages, side by side."""
    ours, theirs = (of("abbreviated", locale=locale) for locale in locales)
    return ((ours[each], theirs[each]) for each in ours)


def lasted(length: timedelta) -> str:
    """How long an absence was, in words: hours, or days from two days on."""
    hours = int(length.total_seconds() // 3600)
    if hours >= 48:
        return str(ngettext("%(num)s day", "%(num)s days", hours // 24))
    return str(ngettext("%(num)s hour", "%(num)s hours", hours))


def since_words(length: timedelta) -> str:
    """For how long somebody has been waiting, in words."""
    days = length.days
    return str(ngettext("for %(num)s day", "for %(num)s days", days)) if days else _("since today")


def clock_words(standing: Standing, due_at: datetime | None, at: datetime) -> str:
    """Where a clock stands, in words that need no colour."""
    if standing is Standing.DUE and due_at is not None:
        hours = hours_between(at, due_at)
        return _("%(hours)s hours left", hours=hours) if hours > 1 else _("Less than 2 hours left")
    if standing is Standing.OVERDUE and due_at is not None:
        late = hours_between(due_at, at)
        if late >= 48:
            return _("Overdue by %(days)s days", days=late // 24)
        return _("Overdue by %(hours)s hours", hours=late) if late else _("Overdue")
    return {
        Standing.NOT_STARTED: _("Not back yet"),
        Standing.NO_LIMIT: _("No time limit here"),
        Standing.HELD_IN_TIME: _("Held in time"),
        Standing.HELD_LATE: _("Held late"),
    }.get(standing, "")


TONES: dict[Standing, str] = {
    Standing.NOT_STARTED: "none",
    Standing.NO_LIMIT: "none",
    Standing.DUE: "calm",
    Standing.OVERDUE: "late",
    Standing.HELD_IN_TIME: "done",
    Standing.HELD_LATE: "late",
}
SOON = timedelta(hours=24)


def tone(standing: Standing, due_at: datetime | None, at: datetime) -> str:
    """How a clock looks; its words say the same."""
    if standing is Standing.DUE and due_at is not None and due_at - at <= SOON:
        return "soon"
    return TONES[standing]
