"""A tablet: a browser with a profile on the disk, which can be switched off in the middle of a word."""

import os
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, BrowserType, Error, Page

from tests.browser.conftest import TABLET, Complaints
from tests.browser.tablet.traces import traces
from tests.browser.tablet.watching import Watch

PROCESSES = Path("/proc")


@dataclass
class Device:
    """One tablet. It starts with `page()` and ends with `close()` or, as by a fall, `kill()`."""

    kind: BrowserType
    launch: dict[str, Any]
    profile: Path
    address: str
    complaints: Complaints
    size: Any = field(default_factory=lambda: TABLET)
    watch: Watch | None = None
    context: BrowserContext | None = None

    def start(self) -> BrowserContext:
        """Start its browser where it was left."""
        if self.context is None:
            self.context = self.kind.launch_persistent_context(
                self.profile, base_url=self.address, viewport=self.size, **self.launch
            )
            self.context.set_default_timeout(20_000)
            self.complaints.listen(self.context)
            if self.watch is not None:
                self.watch.look(self.context)
        return self.context

    def page(self) -> Page:
        """A page on it."""
        return self.start().new_page()

    def close(self) -> None:
        """End it as its owner does."""
        if self.context is not None:
            self.context.close()
        self.context = None

    def kill(self) -> None:
        """End all its processes at once, without a word."""
        assert self.context is not None
        while found := list(processes_of(self.profile)):
            end(found)
            time.sleep(0.02)
        with suppress(Error):
            self.context.close()
        self.context = None

    def traces(self) -> list[str]:
        """What of the marker words stands in its profile."""
        return traces(self.profile)


def end(processes: Iterable[int]) -> None:
    """End these at once: nothing that they still wanted to do is done."""
    for one in processes:
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)


def processes_of(profile: Path) -> Iterator[int]:
    """The browser that works in this folder, and every process that it started."""
    parents = dict(_parents())
    roots = {one for one in parents if str(profile) in _command(one)}
    for one in parents:
        above = one
        while above and above not in roots:
            above = parents.get(above, 0)
        if above and _state(one) != "Z":
            yield one


def _parents() -> Iterator[tuple[int, int]]:
    for folder in PROCESSES.iterdir():
        if folder.name.isdigit():
            with suppress(OSError, IndexError, ValueError):
                yield int(folder.name), int(_stat(int(folder.name))[1])


def _stat(process: int) -> list[str]:
    return (PROCESSES / str(process) / "stat").read_text().rpartition(")")[2].split()


def _state(process: int) -> str:
    with suppress(OSError):
        return _stat(process)[0]
    return "Z"


def _command(process: int) -> str:
    with suppress(OSError):
        read = (PROCESSES / str(process) / "cmdline").read_bytes().decode(errors="replace")
        return read if "--user-data-dir=" in read and "chrom" in read else ""
    return ""
