"""The tablet goes to the child, and comes back to the worker who has proven to be it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.hand_over import PinForm, TakeBackForm
from interview.access import Act
from records.database import begin_writing, db
from records.people import count_attempt, person_with, too_many_attempts
from records.pins import fault_of_pin, has_pin, is_pin_of, set_pin, tidy_pin
from records.sessions import count_try, tries_left
from records.tables import Interview, Letter, Person
from views.door import open_record, reader, require, session_of
from views.moments import now
from views.session_store import KeptSession
from views.with_the_child import LETTER, SHELL, TAKE_WITH_ME, URGENT, frame, on_tablet
from views.words import _

bp = Blueprint("hand_over", __name__)


@bp.post("/interviews/<interview_id>/hand-over")
def give(interview_id: str) -> ResponseReturnValue:
    """One touch gives the tablet to the child."""
    interview = open_record(Interview, interview_id, Act.HOLD_INTERVIEW)
    return give_to_the_child(interview, "talk.talk" if interview.held_at else "welcome.welcome")


def give_to_the_child(interview: Interview, page: str) -> ResponseReturnValue:
    """From here on this session opens the talk and nothing else; a finished one is given to nobody."""
    interview_id, is_over = interview.id, interview.finished_at is not None
    if is_over:
        return redirect(url_for("interviews.show", interview_id=interview_id))
    if not _knows_how_it_ends():
        return redirect(url_for("hand_over.my_pin", talk=interview_id))
    return _give(interview_id, url_for(page, interview_id=interview_id))


def give_letter(letter: Letter) -> ResponseReturnValue:
    """From here on this session opens the letter and nothing else. Without a PIN, the password ends it."""
    letter_id = letter.id
    if not _knows_how_it_ends():
        return redirect(url_for("letters.show", letter_id=letter_id))
    return _give(f"{LETTER}{letter_id}", url_for("letters.read", letter_id=letter_id))


def _knows_how_it_ends() -> bool:
    without_pin = "without-pin" in request.form or session_of().handed_over_to is not None
    return without_pin or has_pin(reader().person)


def _give(what: str, page: str) -> ResponseReturnValue:
    if session_of().handed_over_to is None:
        begin_writing()
        session_of().with_the_child(what)
        db.session.commit()
    response = redirect(page)
    # Nothing that the browser kept of the worker's pages is there to go back to.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@bp.route("/interviews/<interview_id>/grown-up", methods=["GET", "POST"])
def take_back(interview_id: str) -> ResponseReturnValue:
    """The worker's PIN or password; the talk waits behind it, and nothing of the worker's is shown."""
    kept = session_of()
    in_shell = on_tablet(kept.handed_over_to) is not None
    if (kept.handed_over_to != interview_id and not in_shell) or kept.person is None:
        open_record(Interview, interview_id, Act.HOLD_INTERVIEW)
        return redirect(url_for("interviews.show", interview_id=interview_id))
    return _ask_for_proof(kept, kept.person) or _proven(kept, interview_id, in_shell)


@bp.route("/letters/<letter_id>/grown-up", methods=["GET", "POST"])
def take_letter_back(letter_id: str) -> ResponseReturnValue:
    """The same behind a letter."""
    kept = session_of()
    if kept.handed_over_to != f"{LETTER}{letter_id}" or kept.person is None:
        open_record(Letter, letter_id, Act.TELL_THE_CHILD)
        return redirect(url_for("letters.show", letter_id=letter_id))
    asked = _ask_for_proof(kept, kept.person)
    if asked is not None:
        return asked
    wakes = _wakes_or_takes(kept)
    return redirect(url_for("letters.read" if wakes else "letters.show", letter_id=letter_id))


def _ask_for_proof(kept: KeptSession, person: str) -> ResponseReturnValue | None:
    """The page that asks who it is; None once that is proven."""
    form = TakeBackForm()
    fault = _fault_of(kept, person, form) if form.validate_on_submit() else ""
    if form.is_submitted() and not fault:
        return None
    tries = tries_left(str(kept.session_id)) if has_pin(person) else 0
    page = {"asleep": kept.asleep, "form": form, "fault": fault, "tries": tries}
    return render_template("hand_over/take_back.html", **frame(kept), **page)


def _wakes_or_takes(kept: KeptSession) -> bool:
    """Whether the child goes on; otherwise the worker has the tablet back."""
    begin_writing()
    wakes = kept.asleep and request.form.get("go") == "wake"
    if wakes:
        kept.awake()
    else:
        kept.with_the_worker()
    db.session.commit()
    return wakes


def _fault_of(kept: KeptSession, person: str, form: TakeBackForm) -> str:
    if form.password.data:
        return _fault_of_password(person, form.password.data)
    begin_writing()
    counted = count_try(str(kept.session_id))
    db.session.commit()
    if not counted:
        return _("There were too many tries. Use your password.")
    if is_pin_of(person, form.pin.data or ""):
        return ""
    return _("That is not the PIN. Try again, or use your password.")


def _fault_of_password(person: str, password: str) -> str:
    name, network = db.session.get_one(Person, person).sign_in_name, str(request.remote_addr)
    begin_writing()
    too_many = too_many_attempts(name, network, now())
    if not too_many:
        count_attempt(name, network, now())
    db.session.commit()
    if too_many:
        return _("There were too many tries. Wait five minutes, then try again.")
    found = person_with(name, password)
    return "" if found is not None and found.id == person else _("That is not the password. Try again.")


def _proven(kept: KeptSession, interview_id: str, in_shell: bool) -> ResponseReturnValue:
    then = request.args.get("then")
    if _wakes_or_takes(kept):
        return redirect(url_for(SHELL) if in_shell else url_for("talk.talk", interview_id=interview_id))
    if then == URGENT:
        back: dict[str, Any] = {key: request.args.get(key) for key in ("from", "at")}
        return redirect(url_for(URGENT, interview_id=interview_id, **back))
    if in_shell:
        return redirect(url_for(TAKE_WITH_ME if then == TAKE_WITH_ME else "start.start"))
    return redirect(url_for("interviews.show", interview_id=interview_id))


@bp.route("/my-pin", methods=["GET", "POST"])
def my_pin() -> ResponseReturnValue:
    """Set the PIN that takes the tablet back; on the way to a first talk, or beforehand."""
    person = require(Act.HOLD_INTERVIEW).person
    form = PinForm()
    if form.validate_on_submit() and _sets_pin(person, form):
        flash(_("Your PIN is set."), "success")
        talk = request.args.get("talk")
        return redirect(url_for("talk.talk", interview_id=talk) if talk else url_for("start.start"))
    return render_template(
        "hand_over/my_pin.html", form=form, talk=request.args.get("talk"), has_pin=has_pin(person)
    )


def _sets_pin(person: str, form: PinForm) -> bool:
    pin = tidy_pin(form.pin.data or "")
    fault = fault_of_pin(pin)
    if fault:
        form.pin.errors = [FAULTS_OF_PIN[fault]()]
        return False
    wrong = _fault_of_password(person, form.password.data or "")
    if wrong:
        form.password.errors = [wrong]
        return False
    begin_writing()
    set_pin(db.session.get_one(Person, person), pin)
    db.session.commit()
    return True


FAULTS_OF_PIN = {
    "length": lambda: _("A PIN has six digits or more."),
    "guessed": lambda: _("This is the first that anyone tries. Choose other digits."),
}
