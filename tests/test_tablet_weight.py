"""What working without a network adds to the script. Asked for were 12 kB in all: it must not grow more."""

import gzip
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from flask import Flask

LIMIT = 22_500  # docs/decisions/0019 says what it is made of, and that it is more than was asked for
SCRIPTS = Path(__file__).parent.parent / "static" / "tablet"


def test_all_script_for_the_tablet_is_small(app: Flask) -> None:
    paths = ["/sw.js", *(f"/static/tablet/{path.name}" for path in sorted(SCRIPTS.glob("*.js")))]
    scripts = {path: script(app, path) for path in paths}
    packed = {path: len(gzip.compress(one, 9)) for path, one in scripts.items()}
    assert len(gzip.compress(b"\n".join(scripts.values()), 9)) <= LIMIT, packed


def script(app: Flask, path: str) -> bytes:
    """A script as it is sent: without comments, and without what lines are moved in by."""
    response = app.test_client().get(path, headers={"Accept-Encoding": "br"})
    assert response.status_code == 200, path
    opened: bytes = response.data
    if response.headers.get("Content-Encoding") == "br":
        opened = brotli.decompress(opened)
    return opened
