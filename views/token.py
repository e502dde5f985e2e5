"""The token that every form and script brings along: without it nothing is changed."""

from flask import request
from flask_wtf import CSRFProtect

HEADER = "X-CSRF-Token"


class Token(CSRFProtect):
    """Flask-WTF's guard. What a script sends is no form, and is not read as one to look for its token."""

    def _get_csrf_token(self) -> str | None:
        found: str | None = request.headers.get(HEADER) if request.is_json else super()._get_csrf_token()
        return found
