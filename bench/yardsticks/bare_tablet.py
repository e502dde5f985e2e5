"""A bare page that does what the tablet does and nothing else: keeps files and drafts, opens and saves them.

The same number of files of the same sizes, the same drafts, the same ciphers. One page, one script, no words.
"""

import json
from pathlib import Path

from flask import Flask, Response, request

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Bare</title>
<form><input id="passphrase"><button>Open</button></form>
<button id="take">Take</button><p id="said"></p><textarea id="words" hidden></textarea>
<script src="/bare.js"></script>
"""
WORKER = """
addEventListener("fetch", (event) => event.respondWith(
  caches.match(event.request, { ignoreSearch: true }).then((kept) => kept ?? fetch(event.request))));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
"""
SCRIPT = """
const said = document.querySelector("#said"), words = document.querySelector("#words");
const passphrase = document.querySelector("#passphrase");
const bytes = (text) => new TextEncoder().encode(text);
let key, drafts, database;

async function key_of(text, salt) {
  const raw = await crypto.subtle.importKey("raw", bytes(text), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: 600000 }, raw,
    { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function seal(value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, box: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes(JSON.stringify(value))) };
}

async function unseal({ iv, box }) {
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, box)));
}

const asked = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });

async function store() {
  const opening = indexedDB.open("bare", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
  return (database ??= await asked(opening));
}

async function put(name, value) {
  const writing = (await store()).transaction("kept", "readwrite", { durability: "strict" });
  writing.objectStore("kept").put(value, name);
  return new Promise((done) => { writing.oncomplete = done; });
}

const get = async (name) => asked((await store()).transaction("kept").objectStore("kept").get(name));

async function take() {
  await navigator.serviceWorker.register("/worker.js");
  await navigator.serviceWorker.ready;
  const sizes = await (await fetch("/files.json")).json();
  const cache = await caches.open("bare");
  await cache.addAll(["/", "/bare.js", ...sizes.map((size, n) => `/file?size=${size}&n=${n}`)]);
  const taken = await (await fetch("/drafts.json", { cache: "no-store" })).json();
  const salt = crypto.getRandomValues(new Uint8Array(16));
  key = await key_of(passphrase.value, salt);
  await put("salt", salt);
  for (const [n, draft] of taken.drafts.entries()) await put(`draft ${n}`, await seal(draft));
  await put("how many", taken.drafts.length);
  said.textContent = "Ready";
}

async function open() {
  key = await key_of(passphrase.value, await get("salt"));
  drafts = [];
  for (let n = 0; n < await get("how many"); n++) drafts.push(await unseal(await get(`draft ${n}`)));
  words.value = JSON.stringify(drafts[0].kept);
  words.hidden = false;
}

// Saved are the draft under its key, and the answer sealed to a key of which the server has the other half.
window.save = async (pair, answer) => {
  drafts[0].kept[answer.question] = answer;
  const own = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "ECDH", public: pair.publicKey }, own.privateKey, 256);
  const seed = await crypto.subtle.importKey("raw", bits, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: bytes("bare") };
  const once = await crypto.subtle.deriveKey(how, seed, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const iv = new Uint8Array(12);
  const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, once, bytes(JSON.stringify(answer)));
  const sealed = await seal(drafts[0]);
  const writing = (await store()).transaction("kept", "readwrite", { durability: "strict" });
  writing.objectStore("kept").put(sealed, "draft 0");
  writing.objectStore("kept").put(box, crypto.randomUUID());
  await new Promise((done) => { writing.oncomplete = done; });
};

document.querySelector("#take").onclick = take;
document.querySelector("form").onsubmit = (event) => { event.preventDefault(); open(); };
"""


def create_app(folder: str) -> Flask:
    """The page; the folder holds the drafts and the sizes of the files that it is measured with."""
    app = Flask(__name__)

    @app.get("/")
    def page() -> str:
        return PAGE

    @app.get("/bare.js")
    def script() -> Response:
        return Response(SCRIPT, mimetype="text/javascript")

    @app.get("/worker.js")
    def worker() -> Response:
        return Response(WORKER, mimetype="text/javascript")

    @app.get("/<any('files.json', 'drafts.json'):name>")
    def given(name: str) -> Response:
        return Response((Path(folder) / name).read_text(), mimetype="application/json")

    @app.get("/file")
    def file() -> Response:
        return Response(b"x" * int(request.args["size"]), headers={"Cache-Control": "no-store"})

    return app


def give(folder: Path, drafts: object, sizes: list[int]) -> None:
    """Lay down what the page is measured with."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "drafts.json").write_text(json.dumps(drafts))
    (folder / "files.json").write_text(json.dumps(sizes))
