"""What a person reads when something is not there, not theirs, or went wrong."""

from typing import Any

from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from interview.words import N_
from views.door import session_of
from views.session_store import KeptSession
from views.with_the_child import frame, posted, the_talk
from views.words import _

# A title and a sentence that says what to do next. One sentence for all that is not there.
SENTENCES: dict[int, tuple[str, str]] = {
    400: (N_("That did not work"), N_("Go back, reload the page and try again.")),
    403: (N_("This is not part of your work"), N_("If you need it, ask the coordinator of the service.")),
    404: (N_("This page is not here"), N_("Check the address, or go to your start page.")),
    405: (N_("That did not work"), N_("Go back, reload the page and try again.")),
    409: (N_("This talk is finished"), N_("Add to it with an addendum; the first account stays.")),
    413: (N_("This is too long"), N_("Make it shorter than 20,000 characters and send it again.")),
    429: (N_("Too many tries"), N_("Wait five minutes, then sign in again.")),
    500: (N_("Something went wrong here"), N_("Nothing was changed. Go back and try again.")),
    503: (N_("Heard cannot save right now"), N_("Keep this page open and try again in a moment.")),
}


def init_app(app: Flask) -> None:
    """One page for all errors, and one that gives back what was typed."""
    app.register_error_handler(HTTPException, _show)
    app.register_error_handler(Exception, _broke)
    app.register_error_handler(CSRFError, _again)


def _show(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    title, sentence = SENTENCES.get(code, SENTENCES[400 if code < 500 else 500])
    if request.is_json:
        return jsonify(why=_(sentence)), code
    if request.path.startswith("/static/"):
        # A file knows nobody (see session_store), so nobody's frame is drawn around it.
        return _(sentence), code, {"Content-Type": "text/plain"}
    return _page(title, sentence, code), code


def _broke(error: Exception) -> ResponseReturnValue:
    from flask import current_app

    if current_app.testing:
        raise error
    # The kind of error and where; never its message, which may hold a child's words.
    current_app.logger.error("%s at %s", type(error).__name__, request.endpoint)
    title, sentence = SENTENCES[500]
    if request.is_json:
        return jsonify(why=_(sentence)), 500
    return _page(title, sentence, 500), 500


def _page(title: str, sentence: str, code: int) -> str:
    kept = session_of()
    if kept.handed_over_to is None:
        return render_template("error.html", title=title, sentence=sentence)
    return render_template("hand_over/error.html", **_frame(kept), finished=code == 409)


def _frame(kept: KeptSession) -> dict[str, Any]:
    try:
        return frame(kept)
    except SQLAlchemyError:
        # The page that says that nothing could be read needs nothing to be read.
        return {"language": "en", "talk": the_talk(kept), "is_talk": False}


def _again(error: CSRFError) -> ResponseReturnValue:
    if request.is_json:
        return jsonify(why=_("This page is out of date. Ask for a fresh token and send again.")), 400
    kept = session_of()
    if kept.handed_over_to is None:
        return render_template("again.html", signed_out=False, fields=posted()), 400
    return render_template("hand_over/again.html", **_frame(kept), fields=posted()), 400
