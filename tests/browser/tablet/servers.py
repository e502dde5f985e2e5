"""Heard as a process that can be killed and started again, and a network in front that loses requests."""

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from urllib.request import urlopen

import pytest

from tests.houses import SECRET, House

ROOT = Path(__file__).parents[3]
GUNICORN = ("-m", "gunicorn", "-w", "1", "--threads", "4", "--no-control-socket", "--log-level", "error")
PATIENCE = 60.0
# What belongs to one connection and not to the request.
HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length"})


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Process:
    """Heard under gunicorn, on one port for all its lives."""

    house: House
    root: Path = ROOT
    port: int = field(default_factory=free_port)
    running: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        given = {"HEARD_INSTANCE": str(self.house.folder), "HEARD_SECRET_KEY": SECRET}
        self.running = subprocess.Popen(
            [sys.executable, *GUNICORN, "-b", f"127.0.0.1:{self.port}", "app:create_app()"],
            cwd=self.root,
            env=os.environ | given,
            start_new_session=True,
        )
        give_up = time.monotonic() + PATIENCE
        while not self._answers():
            if time.monotonic() > give_up:
                pytest.fail("The server did not start.")
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.address}/health"):
                return True
        except OSError:
            return False

    def stop(self) -> None:
        """Kill it with all that it started: it has no time to say goodbye."""
        if self.running is not None:
            os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()
        self.running = None


@contextmanager
def process(house: House) -> Iterator[Process]:
    """Heard, running; killed at the end."""
    one = Process(house)
    one.start()
    try:
        yield one
    finally:
        one.stop()


@dataclass
class Network:
    """Stands in front of a server and loses a share of what is sent, before it arrives or on its way back."""

    server: Process
    seed: int
    before: float = 0.0
    after: float = 0.0
    only: str = "POST"
    port: int = 0
    happened: Counter[str] = field(default_factory=Counter)
    arrived: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._chance, self._lock = random.Random(self.seed), Lock()

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}"

    def worsen(self, *, before: float, after: float) -> None:
        """From now on it loses these shares."""
        self.before, self.after = before, after
        self.happened.clear()

    def fate(self, method: str, path: str) -> str:
        """What becomes of this request."""
        with self._lock:
            drawn = self._chance.random()
            lost = method == self.only
            if lost and drawn < self.before:
                fate = "lost before"
            elif lost and drawn < self.before + self.after:
                fate = "lost after"
            else:
                fate = "answered"
            self.happened[f"{method} {fate}"] += 1
            if fate != "lost before":
                self.arrived.append(f"{method} {path.partition('?')[0]}")
            return fate


class _Handler(BaseHTTPRequestHandler):
    """One request a connection, so that the browser itself sends none a second time."""

    protocol_version = "HTTP/1.0"
    network: Network

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def pass_on(self) -> None:
        """Lose it, or hand it to the server and perhaps lose the answer."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fate = self.network.fate(self.command, self.path)
        if fate == "lost before":
            return
        try:
            status, headers, content = self._ask(body)
        except (OSError, http.client.HTTPException):
            return
        if fate == "answered":
            self._answer(status, headers, content)

    def _answer(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _ask(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.network.server.port, timeout=PATIENCE)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
        connection.request(self.command, self.path, body or None, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, answer.getheaders(), content

    do_GET = do_POST = do_HEAD = pass_on  # noqa: N815 - so they are called there


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A browser that is killed takes no leave."""


@contextmanager
def network(server: Process, seed: int) -> Iterator[Network]:
    """A network in front of this server; it loses nothing until it is told to."""
    one = Network(server, seed)
    with _Quiet(("127.0.0.1", 0), type("Handler", (_Handler,), {"network": one})) as listening:
        one.port = listening.server_port
        thread = Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield one
        listening.shutdown()
        thread.join()
