"""episodes"""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

bp = Blueprint("episodes", __name__)


@bp.get("/episodes")
def board() -> ResponseReturnValue:
    return render_template("start.html")
