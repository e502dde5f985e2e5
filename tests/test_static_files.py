"""Static files go out in their smallest form, to be kept for good, and plain to whoever cannot open that."""

import re
from collections.abc import Iterator
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
    return re.sub(rb"/\*.*?\*/|\s+", b"", style, flags=re.DOTALL)


def lines_of(path: Path) -> Iterator[bytes]:
    """What a script says, line by line, without remarks."""
    for line in path.read_bytes().splitlines():
        said = re.sub(rb"(?<=[;,{(]) // [^\"'`]+$", b"", line.strip())
        if said and not said.startswith(b"//"):
            yield said


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.js")), ids=lambda path: path.stem)
def test_a_script_loses_nothing_but_comments_and_room(path: Path) -> None:
    lines = list(lines_of(path))
    slim = slim_script(path.read_bytes())
    assert room(slim) == room(b"".join(lines))
    assert TEXT.findall(slim) == [text for line in lines for text in TEXT.findall(line)]
    assert len(slim) <= len(b"\n".join(lines)) + 1
    # A template that goes over several lines would be taken for lines of script.
    assert not [line for line in lines if line.count(b"`") % 2]


def room(script: bytes) -> bytes:
    """A script without any room."""
    return re.sub(rb"\s+", b"", script)


def test_words_are_not_run_together_and_patterns_stay() -> None:
    script = b"""
    export const none = (one) => one === "a = b" ? -1 : typeof one; // whatever it is
    const many = { one: 1, other: [2, 3] };
    if (one) return many
    const plain = (text) => text.replace(/ = /g, " ") + `${ many }  = `;
    const half = 1 / 2; // it's a half
    """
    assert slim_script(script) == (
        b'export const none=(one)=>one==="a = b"?-1:typeof one;const many={one:1,other:[2,3]};'
        b"if(one)return many\n"
        b'const plain = (text) => text.replace(/ = /g, " ") + `${ many }  = `;\n'
        b"const half = 1 / 2; // it's a half\n"
    )


def test_it_is_plain_for_who_cannot_unpack_it(app: Flask) -> None:
    with app.test_client().get(STYLE, headers={"Accept-Encoding": "br;q=0, identity"}) as response:
        assert response.data == _file(app)


def test_a_file_that_is_not_there_is_not_packed(app: Flask) -> None:
    assert app.test_client().get("/static/none.css", headers={"Accept-Encoding": "br"}).status_code == 404
