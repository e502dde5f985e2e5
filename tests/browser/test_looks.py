"""Every page of every role, at three sizes: nothing scrolls sideways, and no reader stumbles."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Self

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import BrowserContext, Page
from werkzeug.test import TestResponse

from interview.access import Role
from records.database import db
from records.people import add_person, appoint, hash_of
from records.samples import load
from records.tables import Home, Interview, InterviewEpisode
from tests.browser.conftest import PHONE, SIZES, Complaints, Hand, serving
from tests.browser.eyes import faults_at
from tests.browser.fingers import send
from tests.houses import House, close
from tests.people import PASSWORD, keeping
from tests.visitor import Element, page_of
from views.commands import upgrade_database
from views.moments import now

ENOUGH = 2  # pages of each kind that show more or less of a record; of forms, one
NAMES = ["ines", "omar", "bethan", "maya", "ivan", "cora", "wyn"]
# The child's own pages are looked at in test_child_looks.py; a search is shown as an answer to its form.
OF_THE_CHILD = {
    *("welcome.welcome", "welcome.until_then", "talk.talk", "again.last_time"),
    *("read_back.read_back", "numbers.numbers", "numbers.slip", "read_back.thanks"),
    # One page, looked at in test_hand_over.py, with a tablet that was given away.
    *("hand_over.take_back", "hand_over.take_letter_back"),
}
NOT_LOOKED_AT = {
    *("static", "sign_in.sign_in", "health.health", "talk.token", "episodes.find"),
    *("summaries.home_pdf", "letters.paper_pdf", "clips.listed", "clips.clip"),
    # Files, and the page that waits for one: test_papers.py and test_disclosures.py.
    *("files.child_pdf", "files.child_docx", "files.child_json", "papers.fetch"),
    *("files.review_pdf", "files.review_docx", "files.review_json"),
    # Tables as files: test_small_numbers.py.
    *("reports.regulation-44-csv", "reports.regulation-45-csv", "reports.regulation-80-csv"),
    *("reports.quality-of-care-csv", "reports.talks-csv"),
    # Parts of the tablet's own page: test_blank_talk.py and test_sheets_on_tablet.py.
    *("tablet.manifest", "tablet.worker", "tablet.page"),
    # Only where two tablets wrote the same: test_versions.py looks at it at every size.
    "versions.versions",
}


@contextmanager
def retold(folder: Path) -> Iterator[Flask]:
    """The app with the retold cases in it."""
    app = House(folder).open()
    with app.app_context():
        upgrade_database()
    with keeping(app):
        load(PASSWORD, now())
        add_wyn()
    yield app
    close(app)


def add_wyn() -> None:
    """The manager of a home in Wales: nobody in the samples is shown the reports that only Wales has."""
    wyn = add_person("wyn", "Wyn Prosser", hash_of(PASSWORD))
    home = db.session.scalars(sa.select(Home).where(Home.name == "Tŷ Celyn")).one()
    appoint(wyn, Role.HOME_MANAGER, now().date() - timedelta(days=1), home_id=home.id)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The retold cases, for all who only look."""
    with retold(tmp_path_factory.mktemp("samples")) as app:
        yield app


@pytest.fixture(scope="module")
def shown_at(samples: Flask) -> Iterator[str]:
    """Where they are served."""
    with serving(samples) as address:
        yield address


def to_mark(app: Flask) -> str:
    """Where a concern is marked: only a return whose talk was held leads there."""
    held = (
        sa.select(InterviewEpisode.episode_id).join(Interview).where(Interview.held_at.is_not(None)).limit(1)
    )
    with app.app_context():
        return f"/episodes/{db.session.scalars(held).one()}/concern"


class Walker:
    """Goes from link to link, and keeps a few addresses of each page."""

    def __init__(self, app: Flask, name: str) -> None:
        self.client, self.routes = app.test_client(), app.url_map.bind("localhost")
        token = page_of(self.client.get("/sign-in")).find("input", name="csrf_token")[0].attributes["value"]
        self.client.post("/sign-in", data={"name": name, "password": PASSWORD, "csrf_token": token})
        self.forms = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
        self.found: dict[str, list[str]] = {}

    @property
    def cookie(self) -> str:
        """The session of this person."""
        kept = self.client.get_cookie("heard")
        assert kept is not None
        return kept.value

    def paths(self) -> list[str]:
        """The addresses that were found."""
        return [path for paths in self.found.values() for path in paths]

    def walk(self, *more: str) -> Self:
        """Go from the start page on, and from what stands too deep for a few pages of each kind."""
        ahead = ["/", *more]
        while ahead:
            path = ahead.pop(0)
            if self.is_new(path):
                page = self.client.get(path)
                if page.status_code == 200 and page.mimetype == "text/html":
                    ahead += [link.attributes["href"].split("#")[0] for link in links_on(page)]
                else:
                    self.found[self.kind(path)].remove(path)
        return self

    def kind(self, path: str) -> str:
        """Which page of the house this is."""
        return str(self.routes.match(path.split("?")[0])[0])

    def is_new(self, path: str) -> bool:
        """Whether this address is worth a visit; if so, it is noted."""
        of_kind = self.found.setdefault(self.kind(path), [])
        if path in of_kind or len(of_kind) >= (1 if self.kind(path) in self.forms else ENOUGH):
            return False
        of_kind.append(path)
        return True


def links_on(page: TestResponse) -> list[Element]:
    """The links that stay in the house."""
    return [a for a in page_of(page).find("a") if a.attributes.get("href", "").startswith("/")]


@contextmanager
def looking(walker: Walker, address: str, new_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    """A page in this person's browser, which complains of nothing."""
    context = new_context(base_url=address)
    context.add_cookies([{"name": "heard", "value": walker.cookie, "url": address}])
    complaints = Complaints()
    complaints.listen(context)
    yield context.new_page()
    assert complaints.said == []


def look_at(page: Page, path: str) -> list[str]:
    """What is wrong with a page at all sizes."""
    answered = page.goto(path)
    if answered is None or answered.status != 200:
        return [f"{path}: {answered and answered.status}"]
    return [fault for size in SIZES for fault in faults_at(page, size)]


@pytest.fixture(scope="module")
def walkers(samples: Flask) -> Callable[[str], Walker]:
    """Those who have walked through the samples, each once."""

    @cache
    def walked(name: str) -> Walker:
        return Walker(samples, name).walk(*([to_mark(samples)] if name == "cora" else []))

    return walked


@pytest.mark.parametrize("name", NAMES)
def test_every_page_of(
    name: str, walkers: Callable[[str], Walker], shown_at: str, new_context: Callable[..., BrowserContext]
) -> None:
    with looking(walkers(name), shown_at, new_context) as page:
        assert [fault for path in walkers(name).paths() for fault in look_at(page, path)] == []


def test_no_page_is_left_out(samples: Flask, walkers: Callable[[str], Walker]) -> None:
    seen = {kind for name in NAMES for kind, paths in walkers(name).found.items() if paths}
    pages = {rule.endpoint for rule in samples.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - seen - NOT_LOOKED_AT - OF_THE_CHILD == set()


@pytest.mark.parametrize("name", ["cora", "ines", "omar"])
def test_a_form_sent_as_it_is_says_what_is_wrong(
    name: str, tmp_path: Path, new_context: Callable[..., BrowserContext]
) -> None:
    faults = []
    with retold(tmp_path / "samples") as app, serving(app) as address:
        walker = Walker(app, name).walk()
        paths = [paths[0] for kind, paths in walker.found.items() if paths and kind not in OF_THE_CHILD]
        with looking(walker, address, new_context) as page:
            for path in paths:
                page.goto(path)
                button = page.locator("main form[method=post] button:visible").last
                if button.count():
                    send(page, button)
                    faults += faults_at(page, PHONE)
    assert faults == []


def test_what_a_stranger_sees(hand: Hand) -> None:
    page = hand()
    faults = look_at(page, "/sign-in")
    send(page, page.get_by_role("button", name="Sign in"))
    faults += faults_at(page, PHONE)
    page.goto("/sign-in/nowhere")
    assert faults + faults_at(page, PHONE) == []
