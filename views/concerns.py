"""concerns"""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

bp = Blueprint("concerns", __name__)


@bp.get("/concerns")
def concerns() -> ResponseReturnValue:
    return render_template("start.html")
