"""Real servers on loopback: gunicorn as the house runs it, for Heard and for the yardsticks alike."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEARD = "app:create_app()"
GUNICORN = ("-w", "2", "--threads", "4", "--keep-alive", "75", "--no-control-socket", "--log-level", "error")
PATIENCE = 60.0


@dataclass(frozen=True)
class Server:
    """A server that answers on this port of loopback."""

    port: int

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}"


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


@contextmanager
def process(app: str, settings: Mapping[str, str]) -> Iterator[Server]:
    """A gunicorn that has just been started; it may not answer yet."""
    port = free_port()
    started = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *GUNICORN, "-b", f"127.0.0.1:{port}", app],
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if not k.startswith("HEARD_")} | dict(settings),
    )
    try:
        yield Server(port)
    finally:
        started.terminate()
        started.wait()


@contextmanager
def serving(app: str, settings: Mapping[str, str], first: str = "/") -> Iterator[Server]:
    """A gunicorn that answers."""
    with process(app, settings) as server:
        wait_for(server, first)
        yield server


def wait_for(server: Server, path: str) -> None:
    """Wait until that path is answered."""
    give_up = time.monotonic() + PATIENCE
    while not _answers(server, path):
        if time.monotonic() > give_up:
            raise TimeoutError(f"Nothing answers on {server.address}{path}.")
        time.sleep(0.005)


def _answers(server: Server, path: str) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        connection.request("GET", path)
        connection.getresponse().read()
    except (ConnectionError, http.client.HTTPException):
        return False
    return True
