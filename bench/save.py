"""A durable save of five answers, beside an ordinary handler that writes one durable row and no more."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, Protocol
from urllib.parse import urlencode
from uuid import uuid4

from bench.houses import House, house_with_talks
from bench.measure import Measure, p99
from bench.servers import HEARD, Server, serving
from bench.visit import FORM, Visit
from bench.yardsticks.ordinary_save import ANSWERS, make_table
from interview.questions import NEWEST_SET

CLIENTS = 8
WARMING = 40
ORDINARY = "bench.yardsticks.ordinary_save:create_app({path!r})"

WORDS = (
    "I left because nobody asked me. They moved my things while I was at school, and when I came back "
    "my room was not my room any more."
)
ANSWERED: tuple[tuple[str, Any], ...] = (
    ("ready", "yes"),
    ("being_back", "2"),
    ("why", WORDS),
    ("trigger", "The phone. They took it before I could tell my sister that I was all right."),
    ("missing_here", "My room, the dog, and that it is quiet at night."),
)


class Client(Protocol):
    """Someone who saves five answers again and again."""

    visit: Visit

    def ready(self) -> bytes:
        """Put the next five answers together."""

    def save(self, body: bytes) -> bool:
        """Send them; whether all five are safe."""


@dataclass(frozen=True)
class Round:
    """One round of saves: how long each took in milliseconds, and how many were refused or failed."""

    times: list[float]
    failed: int


class OfHeard:
    """Saves to one talk, each built on the one before, as the talk's own script sends them."""

    def __init__(self, server: Server, house: House, talk: str) -> None:
        self.visit = Visit(server).sign_in("ines", house.password)
        self.visit.get(f"/interviews/{talk}/talk")
        self.path = f"/interviews/{talk}/answers"
        self.before: dict[str, str] = {}

    def ready(self) -> bytes:
        """Five new revisions."""
        return json.dumps(
            {"answers": [self._answer(question, value) for question, value in ANSWERED]}
        ).encode()

    def save(self, body: bytes) -> bool:
        """Only what comes back as accepted counts."""
        token = self.visit.token
        reply = self.visit.send("POST", self.path, body, Content_Type="application/json", X_CSRF_Token=token)
        return reply.status == 200 and not json.loads(reply.body)["refused"]

    def _answer(self, question: str, value: Any) -> dict[str, Any]:
        base, op_id = self.before.get(question), str(uuid4())
        self.before[question] = op_id
        return {
            "op_id": op_id,
            "question": question,
            "set": NEWEST_SET,
            "value": value,
            "skipped": None,
            "said_by": "word-for-word",
            "audience": ["social-worker", "reviewing-officer"],
            "base_op": base,
            "device_time": datetime.now(UTC).isoformat(),
        }


class OfOrdinary:
    """Saves to the ordinary handler: the same words, sent as a form."""

    def __init__(self, server: Server) -> None:
        self.visit = Visit(server)
        self.visit.get("/")

    def ready(self) -> bytes:
        """The five answers in one form."""
        words = dict(zip(ANSWERS, (value for _, value in ANSWERED), strict=True))
        return urlencode({"csrf_token": self.visit.token} | words).encode()

    def save(self, body: bytes) -> bool:
        """They are one row."""
        return self.visit.send("POST", "/", body, Content_Type=FORM).status == 200


def measure_save(folder: Path, rounds: int) -> Iterator[Measure]:
    """All measures of saving."""
    with both(folder) as sides:
        for clients in sides:
            all_at_once(clients, WARMING)
        alone = [[all_at_once([clients[n % CLIENTS]], 200) for clients in sides] for n in range(rounds)]
        crowd = [[all_at_once(clients, 100) for clients in sides] for _ in range(rounds)]
    yield told("five answers saved, one client", alone, median, 2.0)
    yield told(f"the same, {CLIENTS} clients at once", crowd, median, None)
    yield told(f"the same, {CLIENTS} clients at once, 99 of 100", crowd, p99, 0.5)
    ours, ordinary = (sum(one[side].failed for one in alone + crowd) for side in (0, 1))
    yield Measure("saves that failed", "saves", ours, limit=0)
    yield Measure("saves that failed, of the ordinary handler", "saves", ordinary)


@contextmanager
def both(folder: Path) -> Iterator[tuple[Sequence[Client], Sequence[Client]]]:
    """The clients of both servers."""
    house, talks = house_with_talks(folder / "heard", ["en"] * CLIENTS)
    path = str(folder / "ordinary.sqlite")
    make_table(path)
    with (
        serving(HEARD, house.settings, "/sign-in") as heard,
        serving(ORDINARY.format(path=path), {}) as other,
    ):
        yield [OfHeard(heard, house, talk) for talk in talks], [OfOrdinary(other) for _ in talks]


def told(
    what: str, rounds: list[list[Round]], figure: Callable[[list[float]], float], limit: float | None
) -> Measure:
    """One figure of both, the median of the rounds."""
    ours, ordinary = (median(figure(one[side].times) for one in rounds) for side in (0, 1))
    return Measure(what, "ms", ours, ordinary, limit)


def all_at_once(clients: Sequence[Client], number: int) -> Round:
    """Each client saves so many times without a pause, all at the same moment, on a new connection."""
    for client in clients:
        client.visit.hang_up()
    with ThreadPoolExecutor(len(clients)) as threads:
        rounds = list(threads.map(lambda client: one_after_another(client, number), clients))
    return Round([t for one in rounds for t in one.times], sum(one.failed for one in rounds))


def one_after_another(client: Client, number: int) -> Round:
    """So many saves by one client, each when the last one is answered."""
    times, failed = [], 0
    for _ in range(number):
        body = client.ready()
        began = time.perf_counter()
        failed += not client.save(body)
        times.append((time.perf_counter() - began) * 1000)
    return Round(times, failed)
