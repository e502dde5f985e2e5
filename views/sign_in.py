"""Signing in and out."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from forms.sign_in import SignInForm
from records.database import begin_writing, db
from records.people import count_attempt, has_post, person_with, too_many_attempts
from records.sessions import forget_old_sessions
from records.tables import Person
from views.door import session_of
from views.moments import now, today
from views.words import _

bp = Blueprint("sign_in", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """The way in. An unknown name and a wrong password are the same to the one who tries."""
    if current_user.is_authenticated and request.method == "GET":
        return redirect(url_for("start.start"))
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("sign_in.html", form=form)
    name = form.name.data or ""
    if too_many_attempts(name, str(request.remote_addr), now()):
        form.name.errors = [_("There were too many tries. Wait five minutes, then try again.")]
        return render_template("sign_in.html", form=form), 429
    person = person_with(name, form.password.data or "")
    if person is None:
        return _refused(form)
    if not has_post(person.id, today()):
        form.name.errors = [_("You hold no post today. Ask the coordinator of the service.")]
        return render_template("sign_in.html", form=form)
    return _welcome(person)


def _refused(form: SignInForm) -> ResponseReturnValue:
    begin_writing()
    count_attempt(form.name.data or "", str(request.remote_addr), now())
    db.session.commit()
    form.name.errors = [_("Name and password do not fit. Check both and try again.")]
    return render_template("sign_in.html", form=form)


def _welcome(person: Person) -> ResponseReturnValue:
    session_of().sign_in(person.id)
    session["_user_id"] = person.id
    begin_writing()
    forget_old_sessions(now())
    db.session.commit()
    return redirect(safe_path(request.args.get("next")) or url_for("start.start"))


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this session on every worker, and let the browser keep nothing of it."""
    session_of().end()
    response = redirect(url_for("sign_in.sign_in"))
    # Not "storage": unsent answers of a talk must outlive signing out.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def safe_path(path: str | None) -> str | None:
    """A path on this server, to go back to; None for anything else."""
    if (
        not path
        or not path.isprintable()
        or not path.startswith("/")
        or path.startswith("//")
        or "\\" in path
    ):
        return None
    parts = urlsplit(path)
    return None if parts.scheme or parts.netloc else path
