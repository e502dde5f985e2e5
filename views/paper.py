"""Pages as PDF, made in a process of their own that knows no secrets and can fetch nothing from elsewhere."""

import os
import resource
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "static"
# Where the pages think that they are. Nobody can be reached under this name.
OWN = "https://heard.invalid"
KINDS = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png"}

SECONDS = 20
MEMORY = 1024 * 1024 * 1024
AT_ONCE = threading.BoundedSemaphore(2)


class PaperError(Exception):
    """A PDF that could not be made: the library is not whole here, or it took too long."""


def pdf_of(html: str) -> bytes:
    """The page as a PDF. Raises PaperError where it cannot be made; the browser's own print still can."""
    if not AT_ONCE.acquire(timeout=SECONDS):
        raise PaperError
    try:
        made = subprocess.run(
            [sys.executable, "-s", "-m", "views.paper"],
            input=html.encode(),
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
    finally:
        AT_ONCE.release()
    return made.stdout


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
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read a page, write a PDF that says neither when nor by whom it was made."""
    limit()
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            found = own_file(url)
            return URLFetcherResponse(url, found.read_bytes(), {"Content-Type": KINDS[found.suffix]})

    page = HTML(string=sys.stdin.buffer.read().decode(), base_url=f"{OWN}/", url_fetcher=OwnFiles())
    sys.stdout.buffer.write(page.write_pdf(pdf_variant="pdf/ua-1"))


if __name__ == "__main__":
    main()
