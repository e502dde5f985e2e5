"""interviews"""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

bp = Blueprint("interviews", __name__)


@bp.get("/interviews")
def mine() -> ResponseReturnValue:
    return render_template("start.html")
