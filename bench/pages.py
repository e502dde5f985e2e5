"""Every other page of every role: what a first visit fetches, with the samples in the database."""

import re
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

from bench.browser import chromium, cold
from bench.houses import house_with_samples
from bench.measure import Measure
from bench.servers import HEARD, Server, serving
from bench.visit import Visit
from records.samples.people import DEMO

LINK = re.compile(r'href="(/[^"#?]*)')
ID = re.compile(r"/[A-Za-z0-9_-]{20,}")
# Of each kind of page the heaviest is measured, out of so many.
OF_EACH_KIND = 20
NOT_PAGES = ("/static/", "/sign-out")


def measure_pages(folder: Path) -> Iterator[Measure]:
    """The heaviest page of each kind, by the one who has it."""
    house = house_with_samples(folder)
    with serving(HEARD, house.settings, "/sign-in") as server, chromium() as browser:
        for kind, (weight, name) in sorted(heaviest(server, browser, house.password).items()):
            yield Measure(f"first visit of {kind} ({name})", "kB", weight, limit=45)


def heaviest(server: Server, browser: Browser, password: str) -> dict[str, tuple[float, str]]:
    """For each kind of page its weight in kilobytes, and whose page weighs most."""
    found = {"/sign-in": (weight(browser, Visit(server), "/sign-in"), "a stranger")}
    for person in DEMO:
        visit = Visit(server).sign_in(person.sign_in_name, password)
        for kind, path in crawl(visit).items():
            this = weight(browser, visit, path), person.sign_in_name
            found[kind] = max(found.get(kind, this), this)
    return found


def crawl(visit: Visit) -> dict[str, str]:
    """Follow every link from the start page; gives the longest page of each kind."""
    longest: dict[str, tuple[int, str]] = {}
    waiting, seen, of_kind = ["/"], {"/"}, dict[str, int]()
    while waiting:
        path = waiting.pop(0)
        kind = ID.sub("/<id>", path)
        of_kind[kind] = of_kind.get(kind, 0) + 1
        reply = visit.get(path) if of_kind[kind] <= OF_EACH_KIND else None
        if reply is None or reply.status != 200 or not reply.is_page:
            continue
        longest[kind] = max(longest.get(kind, (0, "")), (len(reply.body), path))
        links = [link for link in LINK.findall(reply.text) if not link.startswith(NOT_PAGES)]
        waiting += [link for link in dict.fromkeys(links) if link not in seen]
        seen |= set(links)
    return {kind: path for kind, (_, path) in longest.items()}


def weight(browser: Browser, visit: Visit, path: str) -> float:
    """The kilobytes of a first visit, until the network is quiet."""
    with cold(browser, visit) as tab:
        tab.page.goto(visit.server.address + path, wait_until="networkidle")
        return sum(one.size for one in tab.fetches.by_id.values()) / 1000
