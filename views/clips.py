"""Recorded clips of the questions: files that somebody has put into the instance's folder, by language."""

import re
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Flask, abort, current_app, jsonify, send_from_directory, url_for
from flask.typing import ResponseReturnValue

from interview.access import Act
from views.door import require

bp = Blueprint("clips", __name__)

TYPES = {".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg"}
LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")


@bp.get("/clips/<language>")
def listed(language: str) -> ResponseReturnValue:
    """The address of each clip in a language, by what it says: a question, its hint, an option, a reason."""
    require(Act.HOLD_INTERVIEW)
    return jsonify(
        {
            Path(name).stem: url_for("clips.clip", language=language, name=name)
            for name in names_of(_folder(language))
        }
    )


@bp.get("/clips/<language>/<name>")
def clip(language: str, name: str) -> ResponseReturnValue:
    """One clip; a player may ask for a part of it."""
    require(Act.HOLD_INTERVIEW)
    folder = _folder(language)
    if name not in names_of(folder):
        abort(404)
    sound = send_from_directory(folder, name, mimetype=TYPES[Path(name).suffix], conditional=True, etag=False)
    # When it was recorded is nobody's news.
    del sound.headers["Last-Modified"]
    return sound


def _folder(language: str) -> Path:
    if not LANGUAGE.fullmatch(language):
        abort(404)
    return Path(current_app.instance_path) / "clips" / language


def names_of(folder: Path) -> tuple[str, ...]:
    """The clips in a folder; none where there is no such folder."""
    return _names(folder, folder.stat().st_mtime_ns) if folder.is_dir() else ()


@lru_cache(maxsize=32)
def _names(folder: Path, _changed_at: int) -> tuple[str, ...]:
    return tuple(sorted(path.name for path in folder.iterdir() if path.suffix in TYPES))


def clips_in(language: str) -> str:
    """Where the clips of a language are listed; empty when there are none."""
    there = names_of(_folder(language))
    return url_for("clips.listed", language=language) if there else ""


def init_app(app: Flask) -> None:
    """Let the pages ask whether there is something to hear."""
    app.jinja_env.globals.update(clips_in=clips_in)
