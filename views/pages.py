"""What every page has: its navigation, the moments in words, and the words of the tables below."""

from collections.abc import Callable
from typing import Any

from flask import Flask, request, url_for
from flask_babel import gettext
from flask_login import current_user

from interview.access import REMITS, Audience, Role
from interview.answers import CHILD_SAYS, READERS, READERS_SHORT, SAID_BY, SKIPS, WRITERS, Answer, SaidBy
from interview.drawings import lines_of, sheet_of, text_of
from interview.for_home import ForHome
from interview.lines import chosen_words
from interview.questions import SECTIONS, Kind, Question
from interview.reasons import GROUPS, REASONS, in_order, pulls
from interview.words import N_
from views.door import reader, session_of
from views.drawings import A_DRAWING, as_shown, chosen_cards, drawing_words
from views.moments import clock_words, date_names, day, day_and_time, now, time_of_day, tone
from views.with_the_child import on_tablet, way_back
from views.words import listed

# The first level of navigation by role: the name of the page, and its words.
NAVIGATION: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.COORDINATOR: (
        ("start.start", N_("Start")),
        ("episodes.board", N_("Returns")),
        ("concerns.concerns", N_("Concerns")),
        ("requests.all_requests", N_("Requests")),
        ("links.all_links", N_("Links")),
        ("reports.index", N_("Reports")),
        ("languages.languages", N_("Languages")),
    ),
    Role.INTERVIEWER: (("start.start", N_("Start")), ("interviews.mine", N_("My talks"))),
    Role.HOME_MANAGER: (
        ("start.start", N_("Start")),
        ("requests.all_requests", N_("Requests")),
        ("reports.index", N_("Reports")),
    ),
    Role.REVIEWING_OFFICER: (
        ("start.start", N_("Start")),
        ("requests.all_requests", N_("Requests")),
        ("reviews.mine", N_("Reviews")),
    ),
}


def init_app(app: Flask) -> None:
    """Give the templates what every page needs."""
    app.context_processor(_context)
    app.jinja_env.filters.update(day=day, day_and_time=day_and_time, time_of_day=time_of_day, said=said)
    app.jinja_env.globals.update(
        clock_words=clock_words,
        date_names=date_names,
        tone=tone,
        now=now,
        readers_of=readers_of,
        said_words=said_words,
        typed_by=typed_by,
        home_words=home_words,
        drawing_words=drawing_words,
        lines_of=lines_of,
        sheet_of=sheet_of,
        text_of=text_of,
        in_order=in_order,
        pulls=pulls,
    )
    app.jinja_env.globals.update(
        CHILD_SAYS=CHILD_SAYS,
        GROUPS=GROUPS,
        READERS=READERS,
        REASON=REASONS,
        REASONS=list(REASONS.values()),
        READERS_SHORT=READERS_SHORT,
        SECTIONS=SECTIONS,
        SKIPS=SKIPS,
        WRITERS=WRITERS,
    )


def said_words(question: Question, answer: Answer, say: Callable[[str], str], language: str) -> str:
    """An answer as a person reads it: the options chosen in words, everything else as it was said."""
    chosen = chosen_words(question.key, answer.value)
    if not chosen:
        return as_shown(answer.value, say(A_DRAWING))
    if question.kind is Kind.CARDS:
        return chosen_cards(question, answer.value, say)
    return listed([say(words) for words in chosen], language)


def typed_by(question: Question, answer: Answer) -> str:
    """Who wrote the words in this answer, as the child is told; empty where it holds none."""
    in_words = question.kind in {Kind.WORDS, Kind.LINE, Kind.DRAWING}
    return CHILD_SAYS.get(answer.said_by, "") if in_words and text_of(answer.value).strip() else ""


def home_words(one: ForHome) -> str:
    """What the home will read, in words: the options that were chosen, or what was said."""
    if one.key in REASONS:
        return str(gettext(one.value))
    chosen = chosen_words(one.key, one.value)
    if not chosen:
        return as_shown(one.value, str(gettext("A drawing")))
    return listed([str(gettext(words)) for words in chosen])


def readers_of(question: Question) -> frozenset[Audience]:
    """Whom the child can let read this: only those who read this part of a record at all.

    What the home learns of the chosen reasons is asked for each of them, at the read-back.
    """
    roles = (remit for remit in REMITS.values() if question.part in remit.parts and remit.reads_as)
    offered = frozenset(remit.reads_as for remit in roles if remit.reads_as)
    return offered - {Audience.HOME} if question.kind is Kind.REASONS else offered


def _context() -> dict[str, Any]:
    handed_over = session_of().handed_over_to
    back = way_back(handed_over) if handed_over else ""
    # In the tablet's own page the child's tabs know of each other already.
    opens_here = handed_over is not None and on_tablet(handed_over) is None
    return {
        "navigation": navigation(),
        "handed_over": handed_over,
        "opens_here": opens_here,
        "way_back": back,
    }


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
