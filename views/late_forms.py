"""A form that came late: shown as it was filled in, and whether it can still be done."""

from typing import Any

from flask_babel import gettext

from interview.late import CAN_BE_DONE, HANDED_IN, Why
from interview.questions import QUESTIONS
from interview.reasons import REASONS
from records.late import content_of, is_done
from records.tables import Interview, Late
from views.concerns import asked_words
from views.put_to_talk import form_in, replay
from views.replay_forms import Pairs, against_finish, against_put_off, put_off_form
from views.replays import LAST, Form
from views.words import _

# What carries no words of anybody: the token, and what it was built on.
NOT_SHOWN = frozenset({"csrf_token", "built_on", "save", "in_words"})


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
    if late.kind == "put-off":
        return _put_off(form.fields)
    return [_told(late.kind, name, value) for name, value in form.fields if name not in NOT_SHOWN and value]


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str)


def _put_off(fields: Pairs) -> list[tuple[str, str]]:
    form = put_off_form(fields)
    told = [(name, value) for name, value in fields if name not in NOT_SHOWN and value]
    return [(_asked(form, name), _chosen(form, name, value)) for name, value in told]


def _asked(form: Any, name: str) -> str:
    return str(form[name].label.text) if name in form else name


def _chosen(form: Any, name: str, value: str) -> str:
    choices = getattr(form[name], "choices", None) if name in form else None
    return next((str(words) for key, words in choices or () if key == value), value)


def _told(kind: str, name: str, value: str) -> tuple[str, str]:
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
