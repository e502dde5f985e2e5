"""Every other page of every role: what a first visit fetches, with the samples in the database."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from bench.browser import chromium, cold
from bench.houses import house_with_samples
from bench.measure import Measure
from bench.servers import HEARD, serving
from bench.visit import Visit
from records.samples.people import DEMO

LINK = re.compile(r'href="(/[^"#?]*)')
ID = re.compile(r"/[A-Za-z0-9_-]{20,}")
# Of each kind of page the longest is weighed, out of so many for each person.
OF_EACH_KIND = 12
FIRST = ("/", "/sign-in")
NOT_PAGES = ("/static/", "/sign-out")


@dataclass(frozen=True, order=True)
class Found:
    """One page: how long its text is, where it is, and who sees it."""

    length: int
    path: str
    whose: str


def measure_pages(folder: Path) -> Iterator[Measure]:
    """The longest page of each kind, by the one who has it."""
    house = house_with_samples(folder)
    with serving(HEARD, house.settings, "/sign-in") as server, chromium() as browser:
        visits = {one.sign_in_name: Visit(server).sign_in(one.sign_in_name, house.password) for one in DEMO}
        visits["a stranger"] = Visit(server)
        for kind, page in sorted(longest(visits).items()):
            kilobytes = weight(browser, visits[page.whose], page.path)
            yield Measure(f"first visit of {kind} ({page.whose})", "kB", kilobytes, limit=45)


def longest(visits: dict[str, Visit]) -> dict[str, Found]:
    """The longest page of each kind, whoever sees it."""
    of_kind: dict[str, list[Found]] = {}
    for whose, visit in visits.items():
        for path, length in crawl(visit):
            of_kind.setdefault(ID.sub("/<id>", path), []).append(Found(length, path, whose))
    return {kind: max(found) for kind, found in of_kind.items()}


def crawl(visit: Visit) -> Iterator[tuple[str, int]]:
    """Follow every link from the first pages on; gives each page and how long it is."""
    waiting, seen, of_kind = list(FIRST), set(FIRST), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        kind = ID.sub("/<id>", path)
        of_kind[kind] += 1
        reply = visit.get(path) if of_kind[kind] <= OF_EACH_KIND else None
        if reply is None or not reply.is_page or reply.status != 200:
            continue
        yield path, len(reply.body)
        links = {link for link in LINK.findall(reply.text) if not link.startswith(NOT_PAGES)} - seen
        waiting += sorted(links)
        seen |= links


def weight(browser: Browser, visit: Visit, path: str) -> float:
    """The kilobytes of a first visit, until the network is quiet."""
    with cold(browser, visit) as tab:
        tab.page.goto(visit.server.address + path, wait_until="networkidle")
        return sum(one.size for one in tab.fetches.by_id.values()) / 1000
