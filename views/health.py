"""Whether this installation is fit: for a monitor, and silent about everything else."""

import shutil

import sqlalchemy as sa
from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from records.base import HOUSE, data_key
from records.database import db
from records.keys import KeysError

bp = Blueprint("health", __name__)
ROOM = 100 * 1024 * 1024


@bp.get("/health")
def health() -> ResponseReturnValue:
    """200 when database, keys and disk are fit; 503 when one is not."""
    plain = {"Content-Type": "text/plain"}
    return ("fit\n", 200, plain) if _fit() else ("not fit\n", 503, plain)


def _fit() -> bool:
    try:
        db.session.execute(sa.text("SELECT 1"))
        data_key(HOUSE)
    except (SQLAlchemyError, KeysError, KeyError):
        return False
    return shutil.disk_usage(current_app.extensions["heard.settings"].instance).free > ROOM
