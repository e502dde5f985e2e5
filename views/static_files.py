"""Static files: small, and at addresses that change with the content, so that they may be kept for good."""

import re
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

import brotli  # type: ignore[import-untyped]
import rcssmin  # type: ignore[import-untyped]
import rjsmin  # type: ignore[import-untyped]
from flask import Flask, Response, current_app, request

A_YEAR = 365 * 24 * 60 * 60
PACKED = frozenset({"text/css", "text/javascript", "image/svg+xml"})
# A module that another one brings: from "./store.js", import("./take.js").
BROUGHT = re.compile(rb"""((?:from|import)\s*\(?\s*["'])(\.{1,2}/[\w./-]+\.js)(?=["'])""")
# What the address says already, or nobody asks.
SUPERFLUOUS = ("ETag", "Last-Modified", "Expires", "Accept-Ranges", "Content-Disposition")


def init_app(app: Flask) -> None:
    """Add the version to the address of every static file, and send text in its smallest form."""
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = A_YEAR

    @app.url_defaults
    def _with_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "v" not in values:
            values["v"] = version(str(current_app.static_folder), values["filename"])

    # One version for all pictures: a page of fifty of them says it once, once it is compressed.
    app.jinja_env.globals["pictures"] = version_of_all(str(app.static_folder), "pictures")

    @app.after_request
    def _pack(response: Response) -> Response:
        found = request.endpoint == "static" and response.status_code == 200
        if found and response.mimetype in PACKED and request.accept_encodings.quality("br"):
            name = (request.view_args or {})["filename"]
            _send_packed(response, packed(str(current_app.static_folder), name))
        elif found and request.view_args and request.view_args["filename"].endswith(".js"):
            _send_plain(response, content(str(current_app.static_folder), request.view_args["filename"]))
        return response


def _send_packed(response: Response, content: bytes) -> None:
    _send_plain(response, content)
    response.content_encoding = "br"
    response.vary.add("Accept-Encoding")
    response.cache_control.immutable = True
    for name in SUPERFLUOUS:
        response.headers.pop(name, None)


def _send_plain(response: Response, content: bytes) -> None:
    # The file that was to be streamed.
    response.close()
    response.direct_passthrough = False
    response.set_data(content)


@lru_cache(maxsize=1024)
def content(folder: str, name: str) -> bytes:
    """The file as it is sent: a module names the versions of those that it brings along."""
    as_it_is = (Path(folder) / name).read_bytes()
    return (
        BROUGHT.sub(partial(_with_its_version, folder, name), as_it_is) if name.endswith(".js") else as_it_is
    )


def _with_its_version(folder: str, name: str, found: re.Match[bytes]) -> bytes:
    brought = version(folder, _beside(name, found[2]))
    return found[0] + b"?v=" + brought.encode()


def _beside(name: str, other: bytes) -> str:
    return normpath(join(dirname(name), other.decode()))


def brought_by(folder: str, name: str) -> set[str]:
    """The names of all modules that this one brings along, and those of theirs."""
    if not (Path(folder) / name).is_file():
        return set()
    found = {_beside(name, one[2]) for one in BROUGHT.finditer((Path(folder) / name).read_bytes())}
    there = {one for one in found if (Path(folder) / one).is_file()}
    return there.union(*(brought_by(folder, one) for one in there))


@lru_cache(maxsize=1024)
def packed(folder: str, name: str) -> bytes:
    """The file as small as it gets: too slow for every request, and therefore once."""
    slim = SLIM.get(Path(name).suffix, bytes)
    small: bytes = brotli.compress(slim(content(folder, name)))
    return small


def slim_script(script: bytes) -> bytes:
    """A script without its comments, and without room that says nothing."""
    slim: bytes = rjsmin.jsmin(script)
    return slim


def _slim_style(style: bytes) -> bytes:
    slim: bytes = rcssmin.cssmin(style)
    return slim


SLIM = {".js": slim_script, ".css": _slim_style}


@lru_cache(maxsize=1024)
def version(folder: str, name: str) -> str:
    """The first letters of the file's fingerprint; empty for a file that is not there."""
    path = Path(folder) / name
    return sha256(content(folder, name)).hexdigest()[:6] if path.is_file() else ""


def version_of_all(folder: str, name: str) -> str:
    """The first letters of the fingerprint of everything in one folder."""
    found = sorted(path for path in (Path(folder) / name).iterdir() if path.is_file())
    return sha256(b"".join(path.read_bytes() for path in found)).hexdigest()[:6]
