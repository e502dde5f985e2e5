"""Pages as files (PDF, .docx), made in a process of their own that knows no secrets and reaches nobody."""

import os
import resource
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "static"
# Where the pages think that they are. Nobody can be reached under this name.
OWN = "https://heard.invalid"
KINDS = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png"}

# The largest paper of the samples takes 1 second and 90 MB; it maps 380 MB, most of it fonts.
SECONDS = 20
MAPPED = 1024 * 1024 * 1024
HELD = 400 * 1024 * 1024
# Whoever lays out pages has no reason to do these, whatever stands on the page.
REFUSED = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "pty.", "ctypes.")


class FileKind(StrEnum):
    PDF = "pdf"
    DOCX = "docx"


class PaperError(Exception):
    """A file that could not be made: the library is not whole here, or it took too long."""


def made(kind: FileKind, html: str) -> bytes:
    """The page as a file. Raises PaperError where it cannot be made; the browser's own print still can."""
    try:
        done = subprocess.run(
            [sys.executable, "-s", "-m", "views.paper"],
            input=f"{kind}\n{html}".encode(),
            stdout=subprocess.PIPE,
            # What it complains of may hold a child's words, and is written nowhere.
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"},
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        # Without its cause: that holds the page.
        raise PaperError from (error if isinstance(error, OSError) else None)
    return done.stdout


def own_file(url: str) -> Path:
    """The static file of this address. Raises PermissionError for anything else, wherever it points."""
    path = unquote(urlsplit(url).path).removeprefix("/static/")
    found = (STATIC / path).resolve()
    if not url.startswith(f"{OWN}/static/") or not found.is_relative_to(STATIC) or found.suffix not in KINDS:
        raise PermissionError
    return found


def limit() -> None:
    """Take from this process what it does not need: long times, much memory, and files to write."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MAPPED, MAPPED))
    resource.setrlimit(resource.RLIMIT_DATA, (HELD, HELD))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def keep_to_itself() -> None:
    """From here on this process speaks to nobody, and starts nobody."""

    def refuse(event: str, _arguments: tuple[Any, ...]) -> None:
        if event.startswith(REFUSED):
            raise PermissionError(event)

    sys.addaudithook(refuse)


def as_pdf(html: str) -> bytes:
    """A tagged PDF that says neither when nor by whom it was made."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            found = own_file(url)
            return URLFetcherResponse(url, found.read_bytes(), {"Content-Type": KINDS[found.suffix]})

    keep_to_itself()
    page = HTML(string=html, base_url=f"{OWN}/", url_fetcher=OwnFiles())
    drawn: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return drawn


def as_docx(html: str) -> bytes:
    """A document with the same headings, tables and languages."""
    from views.document import document

    keep_to_itself()
    return document(html)


MAKERS = {FileKind.PDF: as_pdf, FileKind.DOCX: as_docx}


def main() -> None:
    """Read a kind and a page, write a file."""
    limit()
    kind, _, html = sys.stdin.buffer.read().decode().partition("\n")
    sys.stdout.buffer.write(MAKERS[FileKind(kind)](html))


if __name__ == "__main__":
    main()
