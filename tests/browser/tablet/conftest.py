"""What the proofs of the tablet need: a server process, a network that loses, and tablets that fall."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserType

from tests.browser.conftest import Complaints
from tests.browser.tablet.devices import Device
from tests.browser.tablet.servers import Process, process
from tests.houses import House

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


LONG = os.environ.get("PROOFS", "")


def as_many(quick: int, long: int) -> int:
    """How many times: few in `make test`, many in `make proofs`."""
    return long if LONG else quick


def figure(words: str) -> None:
    """Keep a figure for the table of proofs."""
    if LONG:
        with Path(LONG).open("a", encoding="utf-8") as figures:
            figures.write(f"{words}\n")
