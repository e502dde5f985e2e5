"""What lies on a tablet: a draft behind a passphrase, and operations that only the server opens."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Page, Route

from tests.browser.conftest import Hand
from tests.browser.fingers import eventually
from views.static_files import version

STATIC = Path(__file__).parents[2] / "static"
WIRE = re.compile(r"[0-9]/tablet/(contact|sync|hand-in)$")
SERVER_TIME = "2026-11-23T10:14:00+00:00"
DRAFT: dict[str, Any] = {
    "interview": "talk-1",
    "title": "Robin Marker",
    "release": "r1",
    "set": "2026-11",
    "language": "en",
    "kept": {},
    "sheets": {},
    "expires_at": "2099-01-01T00:00:00Z",
    "finished": False,
}
BEGIN = """async ([modules, draft, key]) => {
  window.device = await import(modules.device);
  window.sync = await import(modules.sync);
  const slot = await import(modules.slot);
  window.unlocked = await slot.begin(" Four  plain words here", {tag: "ines", key});
  window.keep = (draft) => slot.put(unlocked, draft);
  await keep(draft);
  window.talk = await unlocked.open(draft.interview);
  window.states = [];
  talk.listen((state) => { if (states.at(-1) !== state) states.push(state); });
  window.say = (value, question = "why", anew = false) => talk.changed(
    {question, set: "2026-11", value, skipped: null, said_by: "word-for-word", audience: []}, anew);
  window.rows = (store) => new Promise((done) => {
    const request = indexedDB.open("heard");
    // Where there is none just now, none is made: it would be an empty one for good.
    request.onupgradeneeded = () => request.transaction.abort();
    request.onerror = () => done([]);
    request.onsuccess = () => {
      const all = request.result.transaction(store).objectStore(store).getAll();
      all.onsuccess = () => { request.result.close(); done(all.result); };
    };
  });
}"""


def text_of(content: bytes) -> str:
    """As it travels."""
    return urlsafe_b64encode(content).decode().rstrip("=")


def bytes_of(text: str) -> bytes:
    """Out of what travels."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Town:
    """A server in town, as a tablet meets it: it opens what is sealed to it, and counts each id once."""

    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.tag: str = "ines"
        self.status = 200
        self.does: list[Callable[[Route], None]] = []
        self.kept: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []

    @property
    def key(self) -> dict[str, str]:
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"id": "1", "raw": text_of(point)}

    def open(self, op_id: str, envelope: dict[str, str]) -> dict[str, Any]:
        """What is in an envelope."""
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes_of(envelope["e"]))
        shared = self.private.exchange(ec.ECDH(), theirs)
        key = HKDF(SHA256(), 32, b"", f"heard envelope 1|{op_id}".encode()).derive(shared)
        plain = AESGCM(key).decrypt(bytes_of(envelope["iv"]), bytes_of(envelope["c"]), op_id.encode())
        opened: dict[str, Any] = json.loads(plain)
        return opened

    def answer(self, route: Route) -> None:
        """Answer one request."""
        path = route.request.url.split("/tablet/")[1]
        self.asked.append(path)
        if self.status != 200:
            return route.fulfill(status=self.status, json={"why": "lost"})
        if path == "contact":
            told = {"token": "t", "tag": self.tag, "server_time": SERVER_TIME, "key": self.key}
            return route.fulfill(json=told)
        sealed = (route.request.post_data_json or {})["sealed"]
        for one in sealed:
            self.kept.setdefault(one["op_id"], self.open(one["op_id"], one["envelope"]))
        if self.does:
            return self.does.pop(0)(route)
        ids = [one["op_id"] for one in sealed]
        route.fulfill(json={"accepted": ids, "late": [], "refused": [], "server_time": SERVER_TIME})
        return None

    def values(self, question: str = "why") -> list[Any]:
        """What has arrived for one question."""
        return [one["value"] for one in self.kept.values() if one.get("question") == question]


@pytest.fixture
def town() -> Town:
    """A server that is not there until a test says so."""
    server = Town()
    server.status = 503
    return server


def module(name: str) -> str:
    """The address under which the other modules know this one."""
    return f"/static/tablet/{name}.js?v={version(str(STATIC), f'tablet/{name}.js')}"


@pytest.fixture
def tablet(hand: Hand, town: Town) -> Iterator[Page]:
    """A tablet with one talk open, far from town."""
    page = hand()
    begin(page, town)
    yield page
    # What is still to be written is written before the page goes.
    page.evaluate("Promise.resolve(window.talk?.draft && talk.flush())")


def come(page: Page, town: Town) -> None:
    """Open a page that names nobody."""
    page.context.route(WIRE, town.answer)
    page.goto("/sign-in")
    page.evaluate(
        "async (m) => { window.device = await import(m.device); window.sync = await import(m.sync); }",
        modules(),
    )


def modules() -> dict[str, str]:
    """The modules by name."""
    return {name: module(name) for name in ("device", "slot", "sync", "store")}


def begin(page: Page, town: Town) -> None:
    """Take a talk along."""
    come(page, town)
    page.evaluate(BEGIN, [modules(), DRAFT, town.key])


def in_town(page: Page, town: Town) -> dict[str, Any]:
    """The network is there again."""
    town.status = 200
    outcome: dict[str, Any] = page.evaluate("sync.send_now()")
    return outcome


def mark(page: Page) -> str:
    """What the mark says."""
    state: str = page.evaluate("talk.state().state")
    return state


def wait_for(page: Page, condition: str) -> None:
    """Wait until it is so: without a script that the content policy would refuse."""
    eventually(page, lambda: bool(page.evaluate(condition)))


def test_what_is_typed_lies_on_the_tablet_and_nothing_of_it_can_be_read(tablet: Page, town: Town) -> None:
    tablet.evaluate("say('Nobody marker listens.'); talk.flush()")
    assert mark(tablet) == "tablet"
    assert len(tablet.evaluate("rows('outbox')")) == 1
    stored = tablet.evaluate(
        """async () => JSON.stringify([await rows("talks"), await rows("outbox"), await rows("slots")],
          (_, value) => value instanceof ArrayBuffer ? new TextDecoder("latin1").decode(value) : value)"""
    )
    assert "arker" not in stored
    assert tablet.evaluate("talk.unsaved()") is False
    in_town(tablet, town)
    assert town.values() == ["Nobody marker listens."]
    wait_for(tablet, "talk.state().state === 'saved'")
    assert tablet.evaluate("rows('outbox')") == []


def test_while_someone_types_each_change_lies_on_the_tablet_soon(tablet: Page, town: Town) -> None:
    tablet.evaluate(
        """async () => {
          for (let turn = 0; turn < 30; turn++) {
            say("typed " + turn);
            await new Promise((done) => setTimeout(done, 30));
          }
        }"""
    )
    # Nobody has waited for the typing to stop.
    assert tablet.evaluate("rows('talks').then((all) => all[0].rev)") > 2
    tablet.evaluate("talk.flush()")
    in_town(tablet, town)
    assert town.values() == ["typed 29"]


def test_the_passphrase_brings_it_back(tablet: Page, town: Town) -> None:
    tablet.evaluate("say('Kept.'); talk.remember({hash: '#why'}); talk.flush()")
    tablet.reload()
    come(tablet, town)
    assert tablet.evaluate("device.unlock('four plain words there')") is None
    draft = tablet.evaluate(
        """async () => {
          window.unlocked = await device.unlock("four plain words HERE");
          window.talk = await unlocked.open("talk-1");
          return talk.draft;
        }"""
    )
    assert (draft["kept"]["why"]["value"], draft["hash"]) == ("Kept.", "#why")
    assert mark(tablet) == "tablet"
    assert tablet.evaluate("sync.waiting({tag: 'ines'}).then((one) => one.count)") == 1
    assert tablet.evaluate("sync.waiting({tag: 'omar'}).then((one) => one.count)") == 0


def test_what_was_handed_to_a_request_is_never_changed(tablet: Page, town: Town) -> None:
    town.does = [lambda route: route.abort()]  # it has arrived, and nobody learns of it
    tablet.evaluate("say('First.'); talk.flush()")
    in_town(tablet, town)
    assert mark(tablet) == "tablet"
    tablet.evaluate("say('First. Second.'); talk.flush()")
    in_town(tablet, town)
    first, second = town.kept.values()
    assert (first["value"], second["value"]) == ("First.", "First. Second.")
    assert second["base_op"] == first["op_id"]
    wait_for(tablet, "talk.state().state === 'saved'")


def test_what_is_left_out_stays_underneath(tablet: Page, town: Town) -> None:
    tablet.evaluate("say('Told.'); say(null, 'why', true); talk.flush()")
    in_town(tablet, town)
    assert town.values() == ["Told.", None]


def test_only_ids_that_the_server_named_leave(tablet: Page, town: Town) -> None:
    town.does = [
        lambda route: route.fulfill(
            json={"accepted": [], "late": [], "refused": [], "server_time": SERVER_TIME}
        )
    ]
    tablet.evaluate("say('Here.'); talk.flush()")
    in_town(tablet, town)
    assert len(tablet.evaluate("rows('outbox')")) == 1
    assert mark(tablet) == "tablet"


def test_nothing_of_one_person_is_sent_by_another(tablet: Page, town: Town) -> None:
    town.tag = "omar"
    tablet.evaluate("say('Of Ines.'); talk.flush()")
    in_town(tablet, town)
    assert (town.kept, mark(tablet)) == ({}, "signed-out")


def test_two_tabs_both_reach_the_server(tablet: Page, town: Town) -> None:
    tablet.evaluate("say('Before.'); talk.flush()")
    other = tablet.context.new_page()
    come(other, town)
    other.evaluate(
        """async () => {
          window.talk = await (await device.unlock("four plain words here")).open("talk-1");
          window.say = (value) => talk.changed({question: "why", set: "2026-11", value, skipped: null,
            said_by: "word-for-word", audience: []});
          say("From the other.");
          await talk.flush();
        }"""
    )
    tablet.evaluate("say('From the one.'); talk.flush()")
    other.evaluate("say('From the other, more.'); talk.flush()")
    in_town(tablet, town)
    bases = {one["base_op"] for one in town.kept.values()}
    ends = {one["value"] for op_id, one in town.kept.items() if op_id not in bases}
    # Two that nobody has followed up: a question.
    assert ends == {"From the one.", "From the other, more."}
    for page in (tablet, other):
        wait_for(page, "talk.state().state === 'saved'")


def test_a_store_that_is_emptied_under_the_page_is_filled_again(tablet: Page, town: Town) -> None:
    tablet.evaluate("say('Typed before.'); talk.flush()")
    tablet.evaluate(
        """() => new Promise((done) => {
          const request = indexedDB.deleteDatabase("heard");
          request.onsuccess = done;
        })"""
    )
    wait_for(tablet, "talk.state().state === 'gone'")
    wait_for(tablet, "rows('outbox').then((all) => all.length === 1)")
    tablet.evaluate("say('And after.', 'trigger'); talk.flush()")
    assert tablet.evaluate("talk.draft.kept.why.value") == "Typed before."
    assert tablet.evaluate("device.unlock('four plain words here').then((one) => one.talks())")
    in_town(tablet, town)
    assert (town.values(), town.values("trigger")) == (["Typed before."], ["And after."])
    wait_for(tablet, "talk.state().state === 'saved'")


def test_a_full_tablet_says_so_and_sends_all_the_same(tablet: Page, town: Town) -> None:
    tablet.evaluate(
        """() => {
          window.take = IDBObjectStore.prototype.put;
          IDBObjectStore.prototype.put = function (row) {
            if (["talks", "outbox"].includes(this.name)) throw new DOMException("", "QuotaExceededError");
            return take.call(this, row);
          };
          say("No room.");
          return talk.flush();
        }"""
    )
    assert (mark(tablet), tablet.evaluate("talk.unsaved()")) == ("full", True)
    tablet.evaluate("say('No room at all.'); talk.flush()")
    in_town(tablet, town)
    assert town.values()[-1] == "No room at all."
    assert (mark(tablet), tablet.evaluate("talk.unsaved()")) == ("saved", False)
    tablet.evaluate(
        "IDBObjectStore.prototype.put = take; say('Room again.'); talk.flush()",
    )
    assert mark(tablet) == "tablet"
    assert len(tablet.evaluate("rows('outbox')")) == 1


def test_signed_out_nothing_opens_and_what_is_sealed_stays(tablet: Page, town: Town) -> None:
    tablet.evaluate("say('Unsent.'); talk.flush()")
    tablet.evaluate("device.forget(unlocked.slot)")
    assert tablet.evaluate("rows('talks')") == tablet.evaluate("rows('slots')") == []
    assert tablet.evaluate("device.unlock('four plain words here')") is None
    tablet.evaluate("sync.send_now()")
    in_town(tablet, town)
    assert town.values() == ["Unsent."]


def test_a_tablet_that_was_reported_lost_hands_in_and_forgets(tablet: Page, town: Town) -> None:
    tablet.evaluate("say('Found.'); talk.flush()")
    town.status = 410
    town_answer = town.answer

    def only_hand_in(route: Route) -> None:
        town.status = 200 if route.request.url.endswith("/hand-in") else 410
        town_answer(route)

    tablet.context.unroute(WIRE)
    tablet.context.route(WIRE, only_hand_in)
    assert tablet.evaluate("sync.send_now()")["state"] == "lost"
    assert town.values() == ["Found."]
    for store in ("outbox", "talks", "slots"):
        assert tablet.evaluate(f"rows('{store}')") == []


def test_what_was_typed_without_a_place_is_handed_in_once_its_writer_has_left(
    tablet: Page, town: Town
) -> None:
    tablet.evaluate("say('Typed online.'); talk.flush()")
    town.status = 200

    def left(route: Route) -> None:
        if route.request.url.endswith("/hand-in"):
            town.answer(route)
        else:
            route.fulfill(status=410, json={"why": "left", "slots": [], "tags": [town.tag]})

    tablet.context.unroute(WIRE)
    tablet.context.route(WIRE, left)
    tablet.evaluate("sync.send_now()")
    eventually(tablet, lambda: tablet.evaluate("rows('outbox')") == [])
    assert town.values() == ["Typed online."]


def test_after_a_week_nothing_opens(tablet: Page, town: Town) -> None:
    tablet.evaluate(
        "(draft) => keep({...draft, expires_at: '2026-01-01T00:00:00Z'})",
        DRAFT | {"interview": "talk-2"},
    )
    tablet.reload()
    come(tablet, town)
    opened = tablet.evaluate("device.unlock('four plain words here').then((one) => one.talks())")
    assert [(draft["interview"], draft.get("closed", False)) for draft in opened] == [
        ("talk-1", False),
        ("talk-2", True),
    ]


def test_what_is_typed_while_it_writes_is_written_too(tablet: Page, town: Town) -> None:
    tablet.evaluate(
        """async () => {
          say("One.");
          const first = talk.flush();
          talk.remember({hash: "#why"});
          // The next is due while the first is still being written.
          const encrypt = crypto.subtle.encrypt;
          crypto.subtle.encrypt = async (...all) => {
            await new Promise((done) => setTimeout(done, 400));
            return encrypt.apply(crypto.subtle, all);
          };
          say("Two.", "trigger");
          await first;
          setTimeout(() => say("Three.", "mood"), 200);
          setTimeout(() => talk.remember({hash: "#mood"}), 300);
        }"""
    )
    wait_for(tablet, "talk.draft.hash === '#mood' && talk.state().state === 'tablet'")
    assert len(tablet.evaluate("rows('outbox')")) == 3


def test_what_was_sent_from_memory_is_never_changed(tablet: Page, town: Town) -> None:
    town.does = [lambda route: route.abort()]  # it has arrived, and nobody learns of it
    tablet.evaluate(
        """() => {
          window.take = IDBObjectStore.prototype.put;
          IDBObjectStore.prototype.put = function (row) {
            if (["talks", "outbox"].includes(this.name)) throw new DOMException("", "QuotaExceededError");
            return take.call(this, row);
          };
          say("No room.");
          return talk.flush();
        }"""
    )
    in_town(tablet, town)
    tablet.evaluate("say('No room for more.'); talk.flush()")
    tablet.evaluate("IDBObjectStore.prototype.put = take; say('There is room.'); talk.flush()")
    in_town(tablet, town)
    wait_for(tablet, "talk.state().state === 'saved'")
    assert (town.values()[0], town.values()[-1]) == ("No room.", "There is room.")
    bases = {one["base_op"] for one in town.kept.values()}
    assert [one["value"] for op_id, one in town.kept.items() if op_id not in bases] == ["There is room."]


# A store that hangs -------------------------------------------------------------------------------

HANGS = """() => {
  window.finds = IDBObjectStore.prototype.getAll;
  // A step that is never told that it has ended, as after the background.
  IDBObjectStore.prototype.getAll = function () { finds.call(this); return {}; };
}"""
WORKS = "() => { IDBObjectStore.prototype.getAll = finds; }"


def test_a_store_that_hangs_keeps_nobody_waiting_and_it_is_sent(tablet: Page, town: Town) -> None:
    tablet.evaluate("say('Before.'); talk.flush()")
    tablet.evaluate(HANGS)
    # Nobody waits for longer than five seconds, and after twelve the step is given up.
    tablet.evaluate(
        "say('Meanwhile.', 'trigger'); talk.flush().then(() => talk.flush()).then(() => talk.flush())"
    )
    wait_for(tablet, "talk.state().state === 'gone'")
    assert tablet.evaluate("talk.unsaved()") is True
    tablet.evaluate(WORKS)
    wait_for(tablet, "talk.state().state === 'tablet'")
    in_town(tablet, town)
    assert (town.values(), town.values("trigger")) == (["Before."], ["Meanwhile."])


def test_one_that_is_refused_does_not_keep_the_others_back(tablet: Page, town: Town) -> None:
    def refuse_the_first(route: Route) -> None:
        sealed = (route.request.post_data_json or {})["sealed"]
        refused = [{"op_id": sealed[0]["op_id"], "why": "no"}]
        route.fulfill(json={"accepted": [], "late": [], "refused": refused, "server_time": SERVER_TIME})

    tablet.evaluate("say('One.'); say('Two.', 'trigger'); talk.flush()")
    town.does = [refuse_the_first]
    assert in_town(tablet, town)["state"] == "refused"
    (left,) = tablet.evaluate("rows('outbox')")
    assert next(iter(town.kept)) == left["op_id"]
    assert mark(tablet) == "refused"


def always(said: dict[str, Any]) -> Callable[[Route], None]:
    """A network that says the same to everything."""
    return lambda route: route.fulfill(**said)


def test_a_strangers_yes_is_nobody_there(tablet: Page, town: Town) -> None:
    tablet.evaluate("say('Here.'); talk.flush()")
    tablet.context.unroute(WIRE)
    strangers: tuple[dict[str, Any], ...] = (
        {"body": "<h1>Welcome to this café</h1>", "content_type": "text/html"},
        {"json": {}},
    )
    for stranger in strangers:
        tablet.context.route(WIRE, always(stranger))
        assert tablet.evaluate("sync.send_now()")["state"] == "offline"
        tablet.context.unroute(WIRE)
    # Nobody is there when the page goes either.
    tablet.context.route(WIRE, lambda route: route.abort())
    assert len(tablet.evaluate("rows('outbox')")) == 1
    assert mark(tablet) == "tablet"


def test_the_oldest_is_sent_first(tablet: Page, town: Town) -> None:
    for question in ("why", "trigger", "mood"):
        tablet.evaluate("(question) => { say(question, question); return talk.flush(); }", question)
    in_town(tablet, town)
    assert [one["value"] for one in town.kept.values()] == ["why", "trigger", "mood"]


def test_what_a_store_would_not_take_is_written_when_it_is_locked(tablet: Page, town: Town) -> None:
    draft = tablet.evaluate(
        """async () => {
          const put = IDBObjectStore.prototype.put;
          IDBObjectStore.prototype.put = function (row) {
            if (["talks", "outbox"].includes(this.name)) throw new DOMException("", "UnknownError");
            return put.call(this, row);
          };
          say("I was asleep.");
          await talk.flush();
          IDBObjectStore.prototype.put = put;
          await unlocked.lock();
          window.talk = null;
          window.unlocked = await device.unlock("four plain words HERE");
          window.talk = await unlocked.open("talk-1");
          return talk.draft;
        }"""
    )
    assert draft["kept"]["why"]["value"] == "I was asleep."
    assert len(tablet.evaluate("rows('outbox')")) == 1


def test_the_keys_go_though_the_store_is_silent(tablet: Page, town: Town) -> None:
    assert tablet.evaluate(
        """async () => {
          const begin = IDBDatabase.prototype.transaction;
          IDBDatabase.prototype.transaction = function (...all) {
            const step = begin.apply(this, all);
            Object.defineProperty(step, "oncomplete", { set() {} });
            return step;
          };
          say("It hangs.");
          await unlocked.lock();
          IDBDatabase.prototype.transaction = begin;
          return talk.draft === null;
        }"""
    )
    tablet.evaluate("window.talk = null")


def test_a_second_tab_empties_the_store_and_the_page_is_opened_anew(tablet: Page, town: Town) -> None:
    tablet.evaluate("say('Typed before.'); talk.flush()")
    other = tablet.context.new_page()
    come(other, town)
    other.evaluate(
        """() => new Promise((good, bad) => {
          const request = indexedDB.deleteDatabase("heard");
          request.onsuccess = () => good();
          request.onerror = () => bad(request.error);
        })"""
    )
    wait_for(tablet, "sync.waiting().then((one) => one.count === 1)")
    tablet.reload()
    come(tablet, town)
    assert tablet.evaluate("device.was_emptied()") is True
    in_town(tablet, town)
    assert town.values() == ["Typed before."]


def test_what_is_said_while_a_talk_is_taken_along_anew_stays(tablet: Page, town: Town) -> None:
    said = tablet.evaluate(
        """async (draft) => {
          const { encrypt } = SubtleCrypto.prototype;
          // Between what it has read and what it writes.
          SubtleCrypto.prototype.encrypt = async function (...all) {
            SubtleCrypto.prototype.encrypt = encrypt;
            say("Meanwhile.");
            await talk.flush();
            return encrypt.apply(this, all);
          };
          await keep({ ...draft, title: "Robin M." });
          const { title, kept } = (await unlocked.talks())[0];
          return [title, kept.why?.value];
        }""",
        DRAFT,
    )
    assert said == ["Robin M.", "Meanwhile."]
