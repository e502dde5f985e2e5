"""The talk on a tablet: first visit and change of section, beside a bare form with the same questions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from bench.browser import Fetched, chromium, cold
from bench.houses import house_with_talks
from bench.measure import Measure
from bench.servers import HEARD, serving
from bench.visit import Visit
from interview.questions import TALK
from views.words import LANGUAGES

BARE = "bench.yardsticks.bare_form:create_app(compressed={compressed})"
# Both workers of each server, however the requests fall.
WARMING = 12

CHANGE_SECTION = """(id) => new Promise((done) => {
  const next = document.querySelector(`.places a[href="#${id}"], button[data-next="${id}"]`);
  const section = document.getElementById(id);
  const began = performance.now();
  next.click();
  const look = () => {
    if (section.getBoundingClientRect().height === 0) return requestAnimationFrame(look);
    const painted = new MessageChannel();
    painted.port1.onmessage = () => done(performance.now() - began);
    painted.port2.postMessage(0);
  };
  requestAnimationFrame(look);
})"""


@dataclass(frozen=True)
class Pages:
    """The talk, in English and in each language, and the bare form compressed and plain."""

    visit: Visit
    talk: str
    translated: list[str]
    bare: Visit
    plain: Visit

    def warm(self) -> None:
        """Let every worker have built each page once."""
        for _ in range(WARMING):
            for visit, path in ((self.visit, self.talk), (self.bare, "/"), (self.plain, "/")):
                fresh = Visit(visit.server)
                fresh.cookies = visit.cookies
                assert fresh.get(path).status == 200, path


@contextmanager
def pages(folder: Path) -> Iterator[Pages]:
    """The servers, with Ines signed in."""
    house, talks = house_with_talks(folder, [*LANGUAGES])
    heard = serving(HEARD, house.settings, "/sign-in")
    bare, plain = (serving(BARE.format(compressed=c), {}) for c in (True, False))
    with heard as one, bare as other, plain as third:
        paths = [f"/interviews/{talk}/talk?parts=first" for talk in talks]
        visit = Visit(one).sign_in("ines", house.password)
        served = Pages(visit, paths[0], paths, Visit(other), Visit(third))
        served.warm()
        yield served


def measure_talk(folder: Path, rounds: int) -> Iterator[Measure]:
    """All measures of the talk."""
    with pages(folder) as served, chromium() as browser:
        yield from first_visit(browser, served, rounds)
        yield from heaviest_language(browser, served)
        yield from section_changes(browser, served, rounds)


def first_visit(browser: Browser, served: Pages, rounds: int) -> Iterator[Measure]:
    """What is fetched before the first question can be answered, and how long that takes."""
    sides = ((served.visit, served.talk), (served.bare, "/"), (served.plain, "/"))
    visited = [[_visit(browser, *side) for side in sides] for _ in range(rounds)]
    ours, bare, plain = (median(one[side][0] for one in visited) for side in range(3))
    fetched = max((one[0][1] for one in visited), key=_kilobytes)
    yield Measure("talk, first visit: bytes before the first answer", "kB", _kilobytes(fetched), limit=20)
    yield Measure("talk, first visit: requests before the first answer", "requests", len(fetched), limit=4)
    unwanted = [one for one in fetched if _unwanted(one)]
    yield Measure("talk, first visit: fonts, professional style", "files", len(unwanted), limit=0)
    yield Measure("talk, usable, beside the bare form compressed", "ms", ours, bare, 1.6)
    yield Measure("talk, usable, beside the bare form not compressed", "ms", ours, plain, 1.6)


def _visit(browser: Browser, visit: Visit, path: str) -> tuple[float, list[Fetched]]:
    with cold(browser, visit) as tab:
        tab.slow_network()
        tab.slow_processor()
        after = tab.usable(visit.server.address + path)
        tab.page.wait_for_load_state("networkidle")
        return after, tab.fetches.within(after)


def _kilobytes(fetched: list[Fetched]) -> float:
    return sum(one.size for one in fetched) / 1000


def _unwanted(one: Fetched) -> bool:
    return one.kind == "Font" or (one.kind == "Stylesheet" and "/child.css" not in one.address)


def heaviest_language(browser: Browser, served: Pages) -> Iterator[Measure]:
    """The bytes of the same visit in the language that has most of them."""
    sizes = {}
    for language, path in zip(LANGUAGES, served.translated, strict=True):
        with cold(browser, served.visit) as tab:
            tab.slow_network()
            after = tab.usable(served.visit.server.address + path)
            tab.page.wait_for_load_state("networkidle")
            sizes[language] = _kilobytes(tab.fetches.within(after))
    heaviest = max(sizes, key=lambda language: sizes[language])
    yield Measure(f"the same in the heaviest language ({heaviest})", "kB", sizes[heaviest], limit=20)


def section_changes(browser: Browser, served: Pages, rounds: int) -> Iterator[Measure]:
    """From the touch on Next to the next frame painted, and what it asks of the network."""
    sides = ((served.visit, served.talk), (served.bare, "/steps"))
    changed = [[_change(browser, *side) for side in sides] for _ in range(rounds)]
    ours, bare = (median(time for one in changed for time in one[side][0]) for side in (0, 1))
    yield Measure("talk, change of section", "ms", ours, bare, 1.5)
    asked = sum(one[0][1] for one in changed)
    yield Measure("talk, change of section: requests", "requests", asked, limit=0)


def _change(browser: Browser, visit: Visit, path: str) -> tuple[list[float], int]:
    with cold(browser, visit) as tab:
        tab.page.goto(visit.server.address + path)
        tab.page.wait_for_load_state("networkidle")
        before = set(tab.fetches.by_id)
        tab.slow_processor()
        times = [tab.page.evaluate(CHANGE_SECTION, section) for section in TALK[1:]]
        tab.page.wait_for_load_state("networkidle")
        # The browser asks its own cache for the page's icon; that is not the network.
        later = [one for key, one in tab.fetches.by_id.items() if key not in before and one.size]
        return times, len(later)
