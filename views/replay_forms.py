"""Forms that were filled in on a tablet, done here by what does them online: the same faults are found."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from forms.concerns import NEW, UrgentForm
from forms.finish import finish_form
from forms.put_off import PutOffForm
from interview.answers import Answer, missing_to_finish
from interview.concerns import NOT_SAFE, TOLD
from interview.duties import DANGERS
from interview.for_home import ForHome
from interview.found import ASKED, fault_of_found
from interview.late import Why
from interview.late_clocks import credible
from interview.london import to_london
from interview.reasons import REASONS
from interview.versions import standing, versions_of
from records.answers import answers_of
from records.concerns import concerns_of
from records.database import db
from records.found import count
from records.guarded import guard
from records.tables import Interview, Person
from records.welcomes import put_off as log_on_each_return
from views.finish import close, is_no, what_goes_home
from views.late_answers import keep_back_late
from views.moments import now
from views.put_off import is_possible
from views.urgent import Writing, keep_urgent

Pairs = tuple[tuple[str, str], ...]
# The token was that of the sending; a form that was sealed carries none.
NO_TOKEN: dict[str, Any] = {"csrf": False}


def written_at(interview: Interview, device_time: datetime | None) -> datetime:
    """When it was written, as far as a tablet's clock can be believed: not before the talk was given."""
    return credible(device_time, now(), interview.allocated_at)


def urgent(
    interview: Interview, op_id: str, fields: Pairs, author: str, device_time: datetime | None
) -> Why | None:
    """Someone is not safe. Whatever is there is kept: no field of it is a reason to wait.

    Its id becomes that of the danger, so that what was written later on the tablet goes on with it.
    """
    form = urgent_form(_possible(fields))
    # Not asked whether it is valid: what does not fit is left out above.
    form.validate()
    if not form.says_something():
        return Why.REFUSED
    name = db.session.get_one(Person, author).name
    writing = Writing(author, name, written_at(interview, device_time), now(), op_id)
    keep_urgent(interview, form, concerns_of(interview), writing)
    guard(interview, now())
    return None


def urgent_form(fields: Iterable[tuple[str, str]]) -> UrgentForm:
    """The form as it was filled in; it goes on with no danger of before."""
    form = UrgentForm(formdata=MultiDict(list(fields)), meta=NO_TOKEN)
    form.about.choices = [(NEW, "")]
    return form


def _possible(fields: Pairs) -> list[tuple[str, str]]:
    known: dict[str, Collection[str]] = {"not_safe": NOT_SAFE, "dangers": DANGERS, "whom": TOLD}
    return [(name, value) for name, value in fields if name not in known or value in known[name]]


def finish(interview: Interview, fields: Pairs) -> Why | None:
    """Date the talk, unless something is missing or the home would read what nobody has looked at."""
    why = against_finish(interview, fields)
    if why is None:
        kept = standing(answers_of(interview))
        for_home, _guarded = what_goes_home(interview, kept)
        form = finish_form(for_home)(formdata=MultiDict(fields), meta=NO_TOKEN)
        close(interview, kept, form.keep_back.data or ())
    return why


def against_finish(interview: Interview, fields: Pairs) -> Why | None:
    """What stands against finishing it so."""
    answers = answers_of(interview)
    kept, unsettled = standing(answers), versions_of(answers)
    if interview.held_at is None and is_no(kept):
        return Why.REFUSED
    if missing_to_finish(kept, interview.question_set):
        return Why.MISSING
    for_home, _guarded = what_goes_home(interview, kept)
    looked_at = _looked_at(fields, answers)
    # Of several versions the tablet knew one: the others nobody has looked at.
    if any(one.key in unsettled or not _is_among(looked_at, one) for one in for_home):
        return Why.MISSING
    return None


def _looked_at(fields: Pairs, answers: Iterable[Answer]) -> list[tuple[str, Answer | None]]:
    """What stood on the finish page of the tablet: a reason by its code, an answer by its id as well."""
    by_id = {answer.op_id: answer for answer in answers}
    # An id that is not here stands for no words that could be compared: nobody has looked at what is here.
    shown = [value.partition(":") for name, value in fields if name == "shown"]
    return [(key, by_id.get(op_id)) for key, mark, op_id in shown if not mark or op_id in by_id]


def _is_among(looked_at: Iterable[tuple[str, Answer | None]], one: ForHome) -> bool:
    # A reason is known by its code alone; of an answer it has to be said which words stood there.
    return any(
        key == one.key and (key in REASONS if seen is None else seen.value == one.value)
        for key, seen in looked_at
    )


def keep_back_afterwards(interview: Interview, fields: Pairs) -> None:
    """What was kept from the home on a tablet is kept from it in a talk that is finished by now as well."""
    back = frozenset(value for name, value in fields if name == "keep_back")
    if back:
        keep_back_late(interview, back, interview.interviewer_id)


def put_off(interview: Interview, fields: Pairs, author: str, device_time: datetime | None) -> Why | None:
    """The child said no, or not now: on each return, with the day to ask again."""
    form = put_off_form(fields)
    if interview.held_at is not None or not _can_be_so(form, interview, device_time):
        return Why.REFUSED
    facts = form.attempt() | {"by_whom": db.session.get_one(Person, author).name}
    log_on_each_return(interview, author, now(), form.said.data == "no", **facts)
    return None


def put_off_form(fields: Pairs) -> PutOffForm:
    """The form as it was filled in."""
    return PutOffForm(formdata=MultiDict(fields), meta=NO_TOKEN)


def against_put_off(interview: Interview, fields: Pairs, device_time: datetime | None) -> Why | None:
    """What stands against logging it so in a talk that has not begun."""
    return None if _can_be_so(put_off_form(fields), interview, device_time) else Why.REFUSED


def _can_be_so(form: PutOffForm, interview: Interview, device_time: datetime | None) -> bool:
    written_on = to_london(written_at(interview, device_time)).date()
    return form.validate() and is_possible(form, interview, written_on)


def found(interview: Interview, fields: Pairs, device_time: datetime | None) -> Why | None:
    """How the child found the talk: counted once, and kept nowhere."""
    keys = {one.key for one in ASKED}
    given = [(name, value) for name, value in fields if name in keys]
    if given and not fault_of_found(given):
        count(interview, given, to_london(written_at(interview, device_time)).date())
    return None
