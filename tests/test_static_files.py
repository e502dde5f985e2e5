"""Static files go out in their smallest form, to be kept for good, and plain to whoever cannot open that."""

import re
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from flask import Flask

STYLE = "/static/child.css"


def _file(app: Flask) -> bytes:
    return (Path(str(app.static_folder)) / "child.css").read_bytes()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_text_is_packed_and_kept_for_good(app: Flask, method: str) -> None:
    response = app.test_client().open(STYLE, method=method, headers={"Accept-Encoding": "gzip, br"})
    assert response.headers["Content-Encoding"] == "br"
    assert "immutable" in response.headers["Cache-Control"]
    assert "ETag" not in response.headers
    if method == "GET":
        slim = brotli.decompress(response.data)
        assert len(slim) < len(_file(app))
        assert bare(slim) == bare(_file(app))


def bare(style: bytes) -> bytes:
    """What a style sheet says, without comments and white space."""
    return re.sub(rb"/\*.*?\*/|\s+", b"", style, flags=re.DOTALL)


def test_a_script_keeps_all_its_lines_but_comments(app: Flask) -> None:
    response = app.test_client().get("/static/talk.js", headers={"Accept-Encoding": "br"})
    lines = (Path(str(app.static_folder)) / "talk.js").read_bytes().splitlines()
    kept = [line.strip() for line in lines if line.strip() and not line.strip().startswith(b"//")]
    sent = brotli.decompress(response.data).splitlines()
    assert len(sent) == len(kept)
    for whole, slim in zip(kept, sent, strict=True):
        assert whole == slim or re.fullmatch(rb" // [^\"'`]+", whole.removeprefix(slim))


def test_it_is_plain_for_who_cannot_unpack_it(app: Flask) -> None:
    with app.test_client().get(STYLE, headers={"Accept-Encoding": "br;q=0, identity"}) as response:
        assert response.data == _file(app)


def test_a_file_that_is_not_there_is_not_packed(app: Flask) -> None:
    assert app.test_client().get("/static/none.css", headers={"Accept-Encoding": "br"}).status_code == 404
