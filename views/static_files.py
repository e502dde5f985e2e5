"""Static files: an address that changes with the content, so that a browser may keep it for good."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, current_app

A_YEAR = 365 * 24 * 60 * 60


def init_app(app: Flask) -> None:
    """Add the version to the address of every static file."""
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = A_YEAR

    @app.url_defaults
    def _with_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "v" not in values:
            values["v"] = version(str(current_app.static_folder), values["filename"])


@lru_cache(maxsize=1024)
def version(folder: str, name: str) -> str:
    """The first letters of the file's fingerprint; empty for a file that is not there."""
    path = Path(folder) / name
    return sha256(path.read_bytes()).hexdigest()[:6] if path.is_file() else ""
