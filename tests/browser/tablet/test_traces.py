"""The search for traces finds what is there: in every form in which a browser keeps what it was given."""

import gzip
import random
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import brotli  # type: ignore[import-untyped]
import pytest

from tests.browser.tablet.conftest import Fetch
from tests.browser.tablet.packed import NotPackedError, unsnappy
from tests.browser.tablet.traces import MARK, marker, traces

PACK = {"gzip": gzip.compress, "br": brotli.compress}
SENTENCE = "and then I went again, "
# Each of these is kept in another way: short and long, with and without letters beyond Latin, of bytes.
KEPT = {
    "short": "{ w: mark }",
    "wide": "{ w: '€ ' + mark }",
    "long": "{ w: again(9000) + mark }",
    "long-wide": "{ w: '€' + again(9000) + mark }",
    "noise": "{ w: noise + mark + noise }",
    "bytes": "{ w: new TextEncoder().encode(again(9) + mark) }",
    "blob": "{ w: new Blob([again(9) + mark]) }",
}
PLANT = (
    """async ([words, noise]) => {
  const again = (n) => "and then I went again, ".repeat(n);
  const opening = indexedDB.open("heard", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
  await new Promise((done) => { opening.onsuccess = done; });
  const put = (key, value) => new Promise((done) => {
    const writing = opening.result.transaction("kept", "readwrite", { durability: "strict" });
    writing.objectStore("kept").put(value, key);
    writing.oncomplete = done;
  });
  const values = {"""
    + ",".join(f'"{key}": (mark) => ({value})' for key, value in KEPT.items())
    + """};
  for (const [key, mark] of Object.entries(words.stored)) await put(key, values[key](mark));
  localStorage.kept = words.local;
  const cache = await caches.open("kept");
  await cache.addAll(Object.entries(words.cached).map(([way, mark]) => `/${way}/${mark}`));
}"""
)

# Enough for LevelDB to make a table of what it had in its log.
FILL = """async () => {
  const opening = indexedDB.open("heard", 1);
  await new Promise((done) => { opening.onsuccess = done; });
  for (let n = 0; n < 100; n++) await new Promise((done) => {
    const writing = opening.result.transaction("kept", "readwrite");
    const noise = crypto.getRandomValues(new Uint8Array(60_000));
    writing.objectStore("kept").put(noise, "noise" + n);
    writing.oncomplete = done;
  });
}"""


class Sent(BaseHTTPRequestHandler):
    """Sends the word in the address, packed as the address says, to be kept for a long time."""

    def do_GET(self) -> None:
        """Send it."""
        way, _, word = self.path.strip("/").partition("/")
        body = f"<title>Kept</title>{SENTENCE * 50}{word}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Cache-Control", "max-age=100000")
        if way in PACK:
            self.send_header("Content-Encoding", way)
            body = PACK[way](body)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def sender() -> Iterator[str]:
    """Where that is sent from."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Sent) as listening:
        Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()


def test_every_form_in_which_a_browser_keeps_words_is_found(device: Fetch, sender: str) -> None:
    numbers = iter(range(100))
    stored = {key: marker(next(numbers)) for key in KEPT}
    cached, visited = ({way: marker(next(numbers)) for way in ("plain", *PACK)} for _ in range(2))
    local, typed = marker(next(numbers)), marker(next(numbers))
    chance = random.Random(1)
    noise = "".join(chance.choice("abcdefghijklmnoprstuvwyz0123456789") for _ in range(40_000))
    tablet = device(sender)
    page = tablet.page()
    for way, word in visited.items():
        page.goto(f"/{way}/{word}")
    page.goto("/plain/form")
    page.evaluate(PLANT, [{"stored": stored, "cached": cached, "local": local}, noise])
    page.goto(f"/plain/title#{typed}")
    tablet.close()
    planted = {*stored.values(), *cached.values(), *visited.values(), local, typed}
    assert words_in(tablet.traces()) >= planted
    # Started again, the browser packs what it has kept.
    page = tablet.page()
    page.goto("/plain/again")
    page.evaluate(FILL)
    tablet.close()
    found = tablet.traces()
    assert words_in(found) >= planted
    for form in ("table, UTF-8", "value in a table, UTF-8", "value in a table, UTF-16", "cache entry, UTF-8"):
        assert any(form in line for line in found), form


def test_an_empty_profile_holds_none(device: Fetch, sender: str) -> None:
    tablet = device(sender)
    tablet.page().goto("/br/nothing")
    tablet.close()
    assert tablet.traces() == []


def words_in(found: list[str]) -> set[str]:
    """The marker words that stand in what was found."""
    return {line.rpartition(" ")[2] for line in found}


def test_no_marker_is_like_another() -> None:
    assert len({marker(n) for n in range(1000)}) == 1000


@pytest.mark.parametrize("n", range(3))
def test_a_word_cut_in_two_by_a_log_is_found(tmp_path: Path, n: int) -> None:
    word = marker(n).encode()
    first, rest = b"x" * (32_768 - 7 - 5 - n) + word[: 5 + n], word[5 + n :]
    header = [bytes(4) + len(part).to_bytes(2, "little") + bytes([1]) for part in (first, rest)]
    (tmp_path / "000003.log").write_bytes(header[0] + first + header[1] + rest)
    assert word not in (tmp_path / "000003.log").read_bytes()
    assert f"000003.log: log, UTF-8: {word.decode()}" in traces(tmp_path)


def test_what_is_not_snappy_is_told_from_what_is() -> None:
    assert unsnappy(b"\x0a\x10abcde\x05\x05") == b"abcdeabcde"[:10]
    for broken in (b"", b"\x05", b"\x05\x10ab", b"\x05\x01\x09", b"\xff\xff"):
        with pytest.raises(NotPackedError):
            unsnappy(broken)
    assert MARK not in "Heard"
