"""What every page has: its navigation, the moments in words, and the words of the tables below."""

from typing import Any

from flask import Flask, request, url_for
from flask_babel import gettext
from flask_login import current_user

from interview.access import Role
from interview.answers import SAID_BY, SaidBy
from interview.words import N_
from views.door import reader
from views.moments import clock_words, day, day_and_time, now, time_of_day, tone

# The first level of navigation by role: the name of the page, and its words.
NAVIGATION: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.COORDINATOR: (
        ("start.start", N_("Start")),
        ("episodes.board", N_("Returns")),
        ("concerns.concerns", N_("Concerns")),
    ),
    Role.INTERVIEWER: (("start.start", N_("Start")), ("interviews.mine", N_("My talks"))),
    Role.HOME_MANAGER: (("start.start", N_("Start")),),
    Role.REVIEWING_OFFICER: (("start.start", N_("Start")),),
}


def init_app(app: Flask) -> None:
    """Give the templates what every page needs."""
    app.context_processor(_context)
    app.jinja_env.filters.update(day=day, day_and_time=day_and_time, time_of_day=time_of_day, said=said)
    app.jinja_env.globals.update(clock_words=clock_words, tone=tone, now=now)


def _context() -> dict[str, Any]:
    return {"navigation": navigation()}


def navigation() -> list[tuple[str, str, bool]]:
    """The pages of this reader's role: address, words, and whether it is this one."""
    if not current_user.is_authenticated:
        return []
    return [
        (url_for(endpoint), gettext(words), request.endpoint == endpoint)
        for endpoint, words in NAVIGATION[reader().role]
    ]


def said(said_by: SaidBy) -> str:
    """How words came onto the page, in words."""
    return str(gettext(SAID_BY[said_by]))
