"""Static files go out in their smallest form, to be kept for good, and plain to whoever cannot open that."""

import re
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from flask import Flask

from views.static_files import slim_script

STATIC = Path(__file__).parent.parent / "static"
TEXT = re.compile(rb"\"[^\"\n]*\"")
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
    return re.sub(rb"/\*.*?\*/|\s+|;\s*(?=})", b"", style, flags=re.DOTALL)


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.js")), ids=lambda path: path.stem)
def test_a_script_keeps_its_words_and_loses_its_comments(path: Path) -> None:
    script = path.read_bytes()
    slim = slim_script(script)
    assert len(slim) < len(script)
    assert not re.search(rb"^\s*//", slim, re.MULTILINE)
    said = re.sub(rb"(^|[\s;,{(])// .*$", b"", script, flags=re.MULTILINE)
    assert set(TEXT.findall(said)) <= set(TEXT.findall(slim))


def test_it_is_plain_for_who_cannot_unpack_it(app: Flask) -> None:
    with app.test_client().get(STYLE, headers={"Accept-Encoding": "br;q=0, identity"}) as response:
        assert response.data == _file(app)


def test_a_file_that_is_not_there_is_not_packed(app: Flask) -> None:
    assert app.test_client().get("/static/none.css", headers={"Accept-Encoding": "br"}).status_code == 404
