"""The longest review pack of the samples (48 absences) as PDF and document: how long, and how large."""

import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from unittest.mock import patch

import sqlalchemy as sa

import views.paper
from bench.houses import House, house_with_samples
from bench.measure import Measure
from bench.servers import ROOT
from records.database import db
from records.tables import Review
from views.paper import FileKind

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
WEIGHED = "bench.yardsticks.weighed_paper"
SECONDS, MEGABYTES = 2, 150


def measure_papers(folder: Path, rounds: int) -> Iterator[Measure]:
    """A process of its own for each file, beside what is promised."""
    pages = packs(house_with_samples(folder))
    longest = max(pages, key=len)
    for kind in FileKind:
        taken = [process(kind, longest) for _ in range(1 + rounds)][1:]
        seconds, reckoned, megabytes = zip(*taken, strict=True)
        # The fastest: what else the machine does meanwhile is not ours.
        yield Measure(f"review pack of 48 absences as {kind}", "s", min(seconds), limit=SECONDS)
        yield Measure(f"the same: time of the processor ({kind})", "s", median(reckoned))
        yield Measure(f"the same: memory of its process ({kind})", "MB", max(megabytes), limit=MEGABYTES)


def packs(house: House) -> list[str]:
    """The pages of which the packs of one reviewing officer are made."""
    found: list[str] = []

    def keep(kind: FileKind, html: str) -> bytes:
        found.append(html)
        return kind.encode()

    app = house.open()
    visitor = app.test_client()
    token = TOKEN.search(visitor.get("/sign-in").text)
    assert token
    typed = {"csrf_token": token[1], "name": "ivan", "password": house.password}
    assert visitor.post("/sign-in", data=typed).status_code == 302
    with app.app_context():
        reviews = list(db.session.scalars(sa.select(Review.id)))
    with patch.object(views.paper, "made", keep):
        for review in reviews:
            visitor.get(f"/reviews/{review}.pdf")
    assert found, "The reviewing officer has no pack."
    return found


def process(kind: FileKind, html: str) -> tuple[float, float, float]:
    """How many seconds one process took, how many of the processor, and how many megabytes it held."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-s", "-m", WEIGHED],
        input=f"{kind}\n{html}".encode(),
        capture_output=True,
        cwd=ROOT,
        check=True,
    )
    taken, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    reckoned = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert len(done.stdout) > 5000
    return taken, reckoned, int(done.stderr.split()[-1]) / 1024
