"""What the proofs of the tablet need: a server process, a network that loses, and tablets that fall."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserType, Page

from tests.browser.conftest import Complaints
from tests.browser.tablet.devices import Device
from tests.browser.tablet.hands import sign_in
from tests.browser.tablet.servers import Process, process
from tests.browser.tablet.world import Day, a_day
from tests.houses import House
from tests.people import People
from tests.proofs import held

Fetch = Callable[..., Device]


@pytest.fixture
def server(house: House, app: Flask) -> Iterator[Process]:
    """Heard as a process of its own. `app` sees the same records, to look what has arrived."""
    with process(house) as running:
        yield running


@pytest.fixture
def device(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], tmp_path: Path
) -> Iterator[Fetch]:
    """Takes a new tablet out of the cupboard: `device(server.address)`. No page of it may have complained."""
    complaints, taken = Complaints(), list[Device]()

    def take(address: str, **more: Any) -> Device:
        profile = tmp_path / f"tablet-{len(taken) + 1}"
        taken.append(Device(browser_type, browser_type_launch_args, profile, address, complaints, **more))
        return taken[-1]

    yield take
    for one in taken:
        one.close()
    assert complaints.said == []


@pytest.fixture
def day(app: Flask, people: People) -> Day:
    """Three talks that Ines is to hold."""
    return a_day(app, people)


@pytest.fixture
def page(server: Process, device: Fetch, people: People) -> Page:
    """Ines' tablet, just out of the cupboard; she has signed in."""
    page = device(server.address).page()
    sign_in(page, people.ines)
    return page


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Each proof of the tablet has a line in the table of `make proofs`."""
    held(report)
