"""Files of pages: laid out beside the request, given to whoever asked, and to nobody else."""

import io
import socket
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from subprocess import PIPE, run
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from docx import Document
from flask import Flask
from werkzeug.test import TestResponse

import views.papers
from records.database import db
from records.tables import Paper
from tests.conftest import Visit
from tests.houses import House, close
from tests.people import People, a_finished_talk, end_posts, keeping
from tests.visitor import Visitor
from views.moments import now, today
from views.paper import STATIC, FileKind, PaperError, made, own_file

EMPTY = "<!doctype html><title>x</title><p>x</p>"


def of_child(people: People, ending: str = "pdf") -> str:
    """Robin's summary as a file."""
    return f"/children/{people.robin.id}/summary.{ending}"


def of_home(people: People) -> str:
    """The summary of Robin's home as a file."""
    return f"/homes/{people.larch.id}/summary.pdf"


@pytest.fixture
def told(app: Flask, people: People) -> None:
    """Robin has said why."""
    with keeping(app):
        a_finished_talk(
            people,
            {"ready": "yes", "why": "Bored", "would_help": "مدرسة", "reasons": {"chosen": ["A9"]}},
        )


class Slow:
    """A paper that is made when the test says so."""

    def __init__(self) -> None:
        self.go, self.fails, self.begun = threading.Event(), False, 0

    def __call__(self, _kind: FileKind, _html: str) -> bytes:
        self.begun += 1
        assert self.go.wait(20)
        if self.fails:
            raise PaperError
        return b"%PDF-made-slowly"


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    """Papers take longer than anybody waits for."""
    paper = Slow()
    monkeypatch.setattr("views.paper.made", paper)
    monkeypatch.setattr(views.papers, "AT_MOST", 0.05)
    yield paper
    paper.go.set()
    finish_all()


def finish_all() -> None:
    """Wait until nothing is being made any more."""
    # Each maker has to come here, and so has put down what it was making.
    all_there = threading.Barrier(views.papers.MAKERS)
    last = [views.papers.MAKING.submit(all_there.wait, 20) for _ in range(views.papers.MAKERS)]
    for one in last:
        one.result(20)


def waiting_page(someone: Visitor, path: str) -> TestResponse:
    """What somebody is shown who asked for a paper that takes long."""
    sent_on = someone.get(path)
    assert sent_on.status_code == 303
    return someone.follow(sent_on)


# What is given ---------------------------------------------------------------


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("path", [of_child, of_home])
def test_a_paper_is_the_same_each_time_and_does_not_tell_when(
    people: People, visit: Visit, path: Callable[[People], str]
) -> None:
    first, second = (visit(people.cora).get(path(people)) for _ in range(2))
    assert first.mimetype == "application/pdf"
    assert first.data.startswith(b"%PDF-")
    assert first.data == second.data
    assert b"CreationDate" not in first.data
    assert first.headers["Content-Disposition"] == 'inline; filename="summary.pdf"'


@pytest.mark.usefixtures("told")
def test_the_manager_gets_a_paper_of_the_home(people: People, visit: Visit) -> None:
    assert visit(people.maya).get(of_home(people)).data.startswith(b"%PDF-")


SCRIPTS = {
    "en": "I want to see my sister",
    "cy": "Dw i eisiau gweld fy chwaer",
    "ar": "أريد أن أرى أختي",
    "vi": "Con muốn gặp chị",
    "ti": "ሓብተይ ክርኢ ይደሊ",
    "el": "θέλω να δω την αδελφή μου",
}


def text_of(pdf: bytes) -> str:
    """The words on a paper, as a program finds them."""
    return run(["pdftotext", "-layout", "-", "-"], input=pdf, stdout=PIPE, check=True).stdout.decode()


def test_every_script_is_on_the_paper() -> None:
    words = "".join(f'<p lang="{language}" dir="auto">{said}</p>' for language, said in SCRIPTS.items())
    pdf = made(FileKind.PDF, f'<!doctype html><html lang="en"><title>x</title><body>{words}')
    fonts = run(["pdffonts", "-"], input=pdf, stdout=PIPE, check=True).stdout.decode()
    # A letter that no font has is drawn as a box, by a font that has nothing else.
    assert "LastResort" not in fonts
    assert all(line.split()[-5] == "yes" for line in fonts.splitlines()[2:]), "a font is not embedded"
    text = text_of(pdf)
    for language in ("en", "cy", "vi", "ti", "el"):
        assert SCRIPTS[language].split()[-1] in text


def test_a_paper_is_tagged_so_that_it_can_be_read_aloud() -> None:
    pdf = made(FileKind.PDF, '<!doctype html><html lang="cy"><title>Crynodeb</title><h1>Crynodeb</h1>')
    about = run(["pdfinfo", "-"], input=pdf, stdout=PIPE, check=True).stdout.decode()
    assert "Tagged:          yes" in about
    assert "Crynodeb" in about


# What it may not ---------------------------------------------------------------


def test_a_paper_fetches_nothing_from_elsewhere() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        there = f"http://127.0.0.1:{server.getsockname()[1]}"
        pdf = made(
            FileKind.PDF,
            f'<title>x</title><link rel=stylesheet href="{there}/a.css"><style>@import "{there}/b.css";'
            f'p {{ background: url({there}/c.png) }}</style><link rel=attachment href="file:///etc/hostname">'
            f'<p>x<img src="{there}/d.png"><img src="file:///etc/hostname"><img src="//127.0.0.1/e.png">',
        )
        with pytest.raises(TimeoutError):
            server.accept()
    assert pdf.startswith(b"%PDF-")
    assert b"EmbeddedFile" not in pdf


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "https://example.org/static/heard.css",
        "https://heard.invalid.example.org/static/heard.css",
        "https://heard.invalid/static/../app.py",
        "https://heard.invalid/static/%2e%2e/app.py",
        "https://heard.invalid/static//etc/passwd",
        "https://heard.invalid/static/talk.js",
        "https://heard.invalid/children/x/summary",
        "data:text/css,p{}",
        "",
    ],
)
def test_a_paper_takes_no_file_but_our_own(url: str) -> None:
    with pytest.raises(PermissionError):
        own_file(url)


def test_a_paper_takes_its_own_style_sheet() -> None:
    assert own_file("https://heard.invalid/static/heard.css?v=1") == STATIC / "heard.css"


@pytest.mark.parametrize(
    "tried",
    [
        "import socket; socket.socket()",
        "import subprocess; subprocess.run(['/bin/true'])",
        "import os; os.system('true')",
        "f = open('/tmp/heard-was-here', 'wb', 0); f.write(b'x')",
        "x = bytearray(900 * 1024 * 1024)",
    ],
)
def test_the_process_that_lays_out_can_do_nothing_else(tried: str) -> None:
    code = f"from views.paper import keep_to_itself, limit\nlimit()\nkeep_to_itself()\n{tried}"
    done = run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode != 0


# When it cannot be made ---------------------------------------------------------------


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("path", [of_child, of_home])
def test_where_no_paper_can_be_made_the_page_points_to_the_browsers_print(
    people: People, visit: Visit, monkeypatch: pytest.MonkeyPatch, path: Callable[[People], str]
) -> None:
    def broken(_kind: FileKind, _html: str) -> bytes:
        raise PaperError

    monkeypatch.setattr("views.paper.made", broken)
    shown = visit(people.cora).get(path(people))
    assert shown.status_code == 503
    assert "Use the print of your browser" in shown.text
    assert "Bored" in shown.text


@pytest.mark.usefixtures("told")
def test_without_the_library_the_page_is_there_to_be_printed(
    people: People, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As on a machine without Pango: the process ends with an error before it has written anything.
    monkeypatch.setattr("sys.executable", "/bin/false")
    shown = visit(people.ivan).get(of_child(people))
    assert shown.status_code == 503
    assert "Use the print of your browser" in shown.text


def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("views.paper.SECONDS", 0.05)
    with pytest.raises(PaperError):
        made(FileKind.PDF, EMPTY)


def test_a_process_that_is_killed_ends_on_the_page_that_can_be_printed(
    people: People, visit: Visit, monkeypatch: pytest.MonkeyPatch, told: None, tmp_path: Path
) -> None:
    dies = tmp_path / "python"
    dies.write_text("#!/bin/sh\nkill -9 $$\n")
    dies.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(dies))
    assert visit(people.ivan).get(of_child(people)).status_code == 503
    monkeypatch.undo()
    # The next one is made as if nothing had been.
    assert visit(people.ivan).get(of_child(people)).data.startswith(b"%PDF-")


# When it takes long ---------------------------------------------------------------


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("path", [of_child, of_home])
def test_a_paper_that_takes_long_is_waited_for_on_a_page_that_asks_again(
    people: People, visit: Visit, slow: Slow, path: Callable[[People], str]
) -> None:
    cora = visit(people.cora)
    waits = waiting_page(cora, path(people))
    assert waits.status_code == 200
    assert waits.headers["Refresh"]
    slow.go.set()
    finish_all()
    there = cora.get(waits.request.path)
    assert there.data == b"%PDF-made-slowly"
    assert there.headers["Content-Disposition"] == 'inline; filename="summary.pdf"'
    # Some browsers ask twice for one file.
    assert cora.get(waits.request.path).data == there.data


@pytest.mark.usefixtures("told")
def test_another_worker_of_the_server_gives_it_too(
    house: House, people: People, visit: Visit, slow: Slow
) -> None:
    cora = visit(people.cora)
    waits = waiting_page(cora, of_child(people)).request.path
    slow.go.set()
    finish_all()
    # Another worker process has the database in common with this one, and nothing else.
    other = house.open()
    assert Visitor(other, people.cora).get(waits).data == b"%PDF-made-slowly"
    close(other)


@pytest.mark.usefixtures("told")
def test_a_paper_is_given_to_nobody_but_who_asked(people: People, visit: Visit, slow: Slow) -> None:
    waits = waiting_page(visit(people.cora), of_child(people)).request.path
    slow.go.set()
    finish_all()
    for other in (people.ines, people.ivan, people.maya, people.mark, people.omar):
        assert visit(other).get(waits).status_code == 404


@pytest.mark.usefixtures("told")
def test_whoever_has_lost_the_post_is_not_given_the_paper(
    app: Flask, people: People, visit: Visit, slow: Slow
) -> None:
    ivan = visit(people.ivan)
    waits = waiting_page(ivan, of_child(people)).request.path
    slow.go.set()
    finish_all()
    with keeping(app):
        end_posts(people.ivan, today() - timedelta(days=1))
    assert ivan.get(waits).status_code != 200


@pytest.mark.usefixtures("told")
def test_a_paper_that_fails_slowly_points_to_the_browsers_print(
    people: People, visit: Visit, slow: Slow
) -> None:
    ivan = visit(people.ivan)
    waits = waiting_page(ivan, of_child(people)).request.path
    slow.fails = True
    slow.go.set()
    finish_all()
    shown = ivan.get(waits)
    assert shown.status_code == 503
    assert "Refresh" not in shown.headers
    assert "Use the print of your browser" in shown.text


@pytest.mark.usefixtures("told")
def test_a_paper_whose_maker_was_stopped_is_not_waited_for_for_ever(
    people: People, visit: Visit, slow: Slow
) -> None:
    ivan = visit(people.ivan)
    waits = waiting_page(ivan, of_child(people)).request.path
    with time_machine.travel(now() + timedelta(minutes=4), tick=False):
        assert ivan.get(waits).status_code == 503


@pytest.mark.usefixtures("told")
def test_a_paper_is_kept_for_minutes_and_sealed(app: Flask, people: People, visit: Visit, slow: Slow) -> None:
    cora = visit(people.cora)
    waits = waiting_page(cora, of_child(people)).request.path
    slow.go.set()
    finish_all()
    with app.app_context():
        row = db.session.scalars(sa.select(Paper)).one()
        assert row.body_sealed is not None
        assert b"made-slowly" not in row.body_sealed
    with time_machine.travel(now() + timedelta(minutes=11), tick=False):
        assert cora.get(waits).status_code == 404
        # The next one that is made takes the old one away.
        slow.go.clear()
        waiting_page(cora, of_home(people))
    with app.app_context():
        assert [row.home_id for row in db.session.scalars(sa.select(Paper))] == [people.larch.id]


@pytest.mark.usefixtures("told")
def test_whoever_waits_for_a_paper_holds_nobody_up(people: People, visit: Visit, slow: Slow) -> None:
    """Many ask at once: two wait in line beside their page, the others are sent to it at once."""
    cora = visit(people.cora)
    pages = {waiting_page(cora, of_child(people)).request.path for _ in range(5)}
    assert len(pages) == 5
    assert slow.begun == views.papers.MAKERS
    # Everything else goes on: reading and writing.
    assert cora.get("/").status_code == 200
    assert cora.post(f"/papers/{'x' * 22}").status_code in {404, 405}
    slow.go.set()
    finish_all()
    assert all(cora.get(path).data == b"%PDF-made-slowly" for path in pages)


@pytest.mark.usefixtures("told")
def test_when_the_line_is_full_the_page_says_so_at_once(
    people: People, visit: Visit, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views.papers, "LINE", threading.BoundedSemaphore(1))
    cora = visit(people.cora)
    waiting_page(cora, of_child(people))
    assert cora.get(of_child(people)).status_code == 503


@contextmanager
def connections(app: Flask) -> Iterator[Callable[[], int]]:
    """How many connections to the database are in use."""
    with app.app_context():
        pool: Any = db.engine.pool
    yield pool.checkedout


@pytest.mark.usefixtures("told")
def test_while_a_paper_is_made_the_database_is_let_go(
    app: Flask, people: People, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connections(app) as in_use:
        seen: list[int] = []

        def look(_kind: FileKind, _html: str) -> bytes:
            seen.append(in_use())
            return b"%PDF-1"

        monkeypatch.setattr("views.paper.made", look)
        visit(people.ivan).get(of_child(people))
    assert seen == [0]


# As a document ---------------------------------------------------------------

PAGE = (
    '<!doctype html><html lang="en"><head><title>Robin</title></head><body><main>'
    '<h1><span class="page-title__caption">Summary</span> Robin</h1><h2>What Robin wants</h2>'
    '<figure dir="rtl"><blockquote lang="ar">مدرسة</blockquote><figcaption>word for word</figcaption>'
    "</figure>"
    "<table><caption>Reasons</caption><thead><tr><th>Reason</th><th>Talks</th></tr></thead>"
    "<tbody><tr><th>Bored</th><td><b>2</b> of 3<svg><title>no</title></svg></td></tr></tbody></table>"
    "<ul><li>One</li></ul></main></body></html>"
)


def test_a_document_has_headings_and_tables_with_a_head() -> None:
    document = Document(io.BytesIO(made(FileKind.DOCX, PAGE)))
    styles = [(p.style.name, p.text) for p in document.paragraphs if p.text and p.style]
    assert styles == [
        ("Subtitle", "Summary"),
        ("Title", "Robin"),
        ("Heading 1", "What Robin wants"),
        ("Quote", "مدرسة"),
        ("Caption", "word for word"),
        ("Caption", "Reasons"),
        ("List Bullet", "One"),
    ]
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Reason", "Talks"],
        ["Bored", "2 of 3"],
    ]
    assert ["tblHeader" in row._tr.xml for row in table.rows] == [True, False]


def test_a_document_says_in_which_language_and_direction_words_are() -> None:
    with zipfile.ZipFile(io.BytesIO(made(FileKind.DOCX, PAGE))) as document:
        xml = document.read("word/document.xml").decode()
    quote = xml[xml.index("Quote") : xml.index("مدرسة")]
    assert "<w:bidi/>" in quote
    assert "<w:rtl/>" in quote
    assert 'w:lang w:bidi="ar-SA"' in quote


@pytest.mark.parametrize("sign", ["\x08", "\x0b", "\x0c", "\x1b", "\ufffe", "\u202e", "\u2066"])
def test_a_sign_that_no_document_may_hold_is_left_out(sign: str) -> None:
    head = f"<!doctype html><html><head><title>x{sign}</title></head>"
    file = made(FileKind.DOCX, f"{head}<body><p>He was{sign} not hit")
    assert [p.text for p in Document(io.BytesIO(file)).paragraphs if p.text] == ["He was not hit"]


def test_a_document_is_the_same_each_time() -> None:
    assert made(FileKind.DOCX, PAGE) == made(FileKind.DOCX, PAGE)
