"""The start page of each role: what needs me now."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

bp = Blueprint("start", __name__)


@bp.get("/")
def start() -> ResponseReturnValue:
    """What needs me now."""
    return render_template("start.html")
