"""A form that came late: shown as it was filled in, and whether it can still be done."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask_babel import gettext

from interview.late import CAN_BE_DONE, HANDED_IN, Why
from interview.questions import QUESTIONS
from interview.reasons import REASONS
from records.database import db
from records.late import content_of, is_done, opens
from records.tables import Interview, Late, Person
from views.catalogues import language_of
from views.concerns import asked_words
from views.late_answers import kept_back_in, not_yet_kept_back
from views.moments import day_and_time
from views.put_to_talk import form_in, replay
from views.replay_forms import Pairs, against_finish, against_put_off, put_off_form, urgent_form
from views.replays import LAST, Form
from views.words import _

# What carries no words of anybody: the token, what it was built on, and with which danger it goes on.
NOT_SHOWN = frozenset({"csrf_token", "built_on", "save", "in_words", "about"})
# The forms whose own words say what was asked.
FILLED_IN: dict[str, Callable[[Pairs], Any]] = {"put-off": put_off_form, "urgent": urgent_form}


def why_not(interview: Interview, late: Late) -> str | None:
    """Why this form cannot be done any more, as interview.late.WHY_NOT has it; None where it can be."""
    form = form_of(late)
    if form is None or late.kind not in CAN_BE_DONE:
        return "does-not-fit"
    if interview.finished_at is not None:
        return "finished"
    if interview.interviewer_id != late.author_id:
        return "another's"
    if is_done(late.op_id):
        return "known"
    if late.kind in LAST and Why(late.why) in HANDED_IN:
        return "nobody-vouches"
    return _against(interview, late.kind, form)


def _against(interview: Interview, kind: str, form: Form) -> str | None:
    if kind == "finish":
        return "open" if against_finish(interview, form.fields) else None
    if interview.held_at is not None:
        return "begun"
    return "does-not-fit" if against_put_off(interview, form.fields, form.device_time) else None


def overtaken(interview: Interview, waits: Iterable[Late]) -> frozenset[str]:
    """Of what waits, the forms that finish a talk which is finished by now."""
    finish = [late for late in waits if late.kind in LAST and interview.finished_at is not None]
    return frozenset(late.id for late in finish if opens(late))


def since_then(interview: Interview, waits: Sequence[Late]) -> dict[str, list[str]]:
    """Of each of these forms, what has become of the talk since, and what is left to do."""
    over = overtaken(interview, waits)
    if not over:
        return {}
    # A talk that is finished is given to nobody else any more.
    name = db.session.get_one(Person, interview.interviewer_id).name
    when = day_and_time(interview.finished_at)
    finished = _("The talk has been finished since: %(when)s, by %(name)s.", when=when, name=name)
    return {late.id: [finished, *_left_to_do(interview, late)] for late in waits if late.id in over}


def _left_to_do(interview: Interview, late: Late) -> list[str]:
    waited = _("What it waited for may still be on the tablet, and stands here when it comes.")
    said = [waited] if Why(late.why) is Why.WAITING else []
    if not_yet_kept_back(interview, late):
        return [
            *said,
            _("The home can read what this was to keep from it. Decide about that now."),
        ]
    if kept_back_in(late):
        said.append(_("The home does not read what this was to keep from it."))
    return [*said, _("Nothing is left to be done: set it aside. You need not say why.")]


def form_of(late: Late) -> Form | None:
    """The form that came; None where none could be read."""
    return form_in(content_of(late), late.author_id, late.device_time)


def apply(interview: Interview, late: Late) -> bool:
    """Do it as it was filled in: a person has decided that it waits for nothing more."""
    if why_not(interview, late) is not None:
        return False
    return replay(interview, content_of(late), late.author_id, waits=False) is None


def told_in(late: Late) -> list[tuple[str, str]]:
    """What was filled in, each with what was asked for."""
    form = form_of(late)
    if form is None:
        # It fits no form: as it came.
        fields = content_of(late).get("fields")
        pairs = [pair for pair in fields if _is_pair(pair)] if isinstance(fields, list) else []
        return [(name, value) for name, value in pairs if name not in NOT_SHOWN and value]
    if late.kind in FILLED_IN:
        return _filled_in(FILLED_IN[late.kind](form.fields), form.fields)
    return [_told(late.kind, name, value) for name, value in form.fields if name not in NOT_SHOWN and value]


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str)


def _filled_in(form: Any, fields: Pairs) -> list[tuple[str, str]]:
    told = [(name, value) for name, value in fields if name not in NOT_SHOWN and value]
    return [(_asked(form, name), _chosen(form, name, value)) for name, value in told]


def _asked(form: Any, name: str) -> str:
    return str(form[name].label.text) if name in form else name


def _chosen(form: Any, name: str, value: str) -> str:
    if name in form and form[name].type == "BooleanField":
        return _("Yes")
    choices = getattr(form[name], "choices", None) if name in form else None
    return next((str(words) for key, words in choices or () if key == value), value)


def _told(kind: str, name: str, value: str) -> tuple[str, str]:
    if kind == "language" and name == "language":
        known = language_of(value)
        return _("Language"), gettext(known.words) if known else value
    if kind != "finish" or name not in {"shown", "keep_back"}:
        return name, value
    about = _about(value.partition(":")[0])
    return (
        (_("To be kept from the home"), about)
        if name == "keep_back"
        else (_("Looked at for the home"), about)
    )


def _about(key: str) -> str:
    if key in QUESTIONS:
        return asked_words(key)
    return gettext(REASONS[key].term) if key in REASONS else key
