// Taking talks onto this tablet. A line says "There" only when it was read back; "Ready" only when all of them are there.
import { forget, unlock, with_lock } from "./device.js";
import { begin, mine, put } from "./slot.js";
import { contact, device, send_now } from "./sync.js";
import { all } from "./store.js";
import { read_back as ask, worker } from "./worker.js";

const form = document.querySelector("#take");
const at = (id) => document.getElementById(id);
const MINUTES = 5 * 60_000;
const HOUR = 3_600_000;
const SHEETS = ["brief", "urgent", "record", "finish"];
const OWED = { 0: "offline", 401: "signedOut", 403: "signedOut", 410: "lost" };

// ---- what is there

const item = (key) => document.querySelector(`[data-item="${key}"]`);
function stands(one, how) {
  one.hidden = false;
  one.dataset.stands = how;
  one.querySelector(".stands").textContent = form.dataset[how];
  one.querySelector(".mend").hidden = ["looking", "there"].includes(how);
  return how === "there";
}
async function prove(one, test, otherwise = "missing") {
  stands(one, "looking");
  return stands(one, (await Promise.resolve().then(test).catch(() => false)) ? "there" : otherwise);
}

const touches = navigator.maxTouchPoints > 1 && /Mac|iPhone|iPad/.test(navigator.userAgent);
const standalone = () => navigator.standalone || matchMedia("(display-mode: standalone)").matches;

// Nothing can be taken where one of these is missing.
async function the_place() {
  const good = [await prove(item("https"), () => isSecureContext)];
  good.push(await prove(item("store"), async () => (await device()) && (await all("device")).length && navigator.serviceWorker && caches.keys()));
  if (touches) good.push(await prove(item("home"), standalone));
  await prove(item("clock"), () => off < HOUR, "may");
  await prove(item("stays"), async () => (await navigator.storage.persisted()) || navigator.storage.persist(), "may");
  return good.every(Boolean);
}

// ---- the passphrase

let known = null; // the slot of this person, where there is one
let said = null; // by the server: token, tag, key
let off = 0; // this tablet's clock, by the server's

function ask_for(slot) {
  known = slot;
  for (const one of form.querySelectorAll("[data-when]")) one.hidden = (one.dataset.when === "known") !== Boolean(slot);
}

function fault(sentence) {
  const line = at("fault");
  line.parentElement.classList.remove("govuk-form-group--error");
  form.querySelector(sentence === form.dataset.choose ? "legend" : "[for=passphrase]").after(line);
  line.hidden = !sentence;
  line.textContent = sentence;
  line.parentElement.classList.toggle("govuk-form-group--error", Boolean(sentence));
  if (sentence) line.scrollIntoView({ block: "center" });
}

// Without what is tried first, and with what is repeated said once: three words, or 20 letters, or letters and signs mixed.
function is_guessed(passphrase) {
  const left = passphrase.toLowerCase().replace(RegExp(form.dataset.first, "gu"), "").replace(/(.{2,})\1+|(.)\2{2,}/gu, "$1$2");
  const words = new Set(left.match(/[\p{L}\p{M}]{3,}/gu));
  return left.length < 12 || (words.size < 3 && left.length < 20 && /^\P{L}*[\p{L}\p{M} ]+\P{L}*$/u.test(left));
}

function fault_of(passphrase) {
  const plain = passphrase.trim();
  if (known) return "";
  if (is_guessed(plain)) return form.dataset.weak;
  return plain === at("again").value.trim() ? "" : form.dataset.differs;
}

at("suggest").addEventListener("click", async () => {
  const words = (await (await fetch(form.dataset.words)).text()).trim().split(/\s+/);
  const one = (number) => words[number % words.length];
  let four;
  do four = Array.from(crypto.getRandomValues(new Uint32Array(4)), one).join(" ");
  while (is_guessed(four));
  at("suggested").value = at("passphrase").value = at("again").value = four;
});
at("show").addEventListener("change", () => {
  for (const box of [at("passphrase"), at("again")]) {
    // What can be read in a box is not to be kept by the browser.
    box.autocomplete = at("show").checked ? "off" : "one-time-code";
    box.type = at("show").checked ? "text" : "password";
  }
});
// What is on this tablet already, and until when.
async function look_here() {
  const here = (await all("talks")).filter(({ slot, box }) => box && slot === known);
  for (const line of form.querySelectorAll(".here")) {
    const row = here.find(({ talk }) => talk === line.dataset.talk);
    line.hidden = !row;
    line.textContent = row ? form.dataset.here.replace("{time}", day(row.expires_at)) : "";
  }
  return here;
}

// In the worker's language also where the browser does not know it.
const names = JSON.parse(form.dataset.names);
const day = (moment) =>
  new Date(moment).toLocaleDateString("en-GB", { timeZone: "Europe/London", weekday: "short", day: "numeric", month: "short" }).replace(/[a-z]+/gi, (name) => names[name] ?? name);

async function may_go({ length }) {
  const { make, question } = await import("./dialog.js");
  const { looks, title, goes, stays, anew } = form.dataset;
  const said = make("p", { textContent: goes.replace("{count}", length) });
  const answers = [make("button", { textContent: stays }), make("button", { value: "anew", textContent: anew })];
  return question({ lang: document.documentElement.lang, looks, title }, [said, make("p", { className: "answers" }, ...answers)], (_, { value }) => value === "anew");
}

at("anew").addEventListener("click", async () => {
  const here = await look_here();
  if (here.length && !(await may_go(here))) return;
  await send_now();
  await forget(known);
  ask_for(null);
  look_here();
  lock_is(false);
  at("passphrase").focus();
});

async function entered(passphrase) {
  if (!known) return begin(passphrase, said);
  const found = await unlock(passphrase);
  if (found?.slot === known) return found;
  await found?.lock();
  return null;
}

// ---- this device's lock, beside the passphrase

const box = at("lock"); // By default it is as the slot is.
let lock; // ./passkey.js

async function look_at_lock() {
  lock = await import("./passkey.js");
  const locks = await with_lock();
  at("device-lock").hidden = !(await lock.possible()) || locks.some(({ slot }) => slot !== known);
  lock_is(locks.some(({ slot }) => slot === known));
}

function lock_is(on, what) {
  box.checked = box.defaultChecked = on;
  at("lock-said").textContent = form.dataset[what] ?? "";
}

box?.addEventListener("change", () => box.defaultChecked && lock.keep(known, null).then(() => lock_is(false, "lockOff"), () => lock_is(true)));

function blank() {
  at("passphrase").value = at("again").value = at("suggested").value = "";
}

// ---- taking

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const chosen = [...form.querySelectorAll("[value]:checked")].filter((box) => box.id.startsWith("talk-"));
  const passphrase = at("passphrase").value;
  at("ready").replaceChildren();
  for (const old of document.querySelectorAll("[data-item=talk]")) old.remove();
  const wrong = chosen.length ? fault_of(passphrase) : form.dataset.choose;
  fault(wrong);
  if (wrong || at("doing").textContent) return;
  await take(chosen, passphrase).catch(({ name }) => fault(form.dataset[name === "QuotaExceededError" ? "full" : "offline"]));
  at("doing").textContent = "";
});

// A worker that says nothing has nothing.
const in_minutes = (promise) => Promise.race([promise, new Promise((_, bad) => setTimeout(bad, MINUTES))]);
const read_back = (one) => in_minutes(ask(one)).catch(() => ({ all: null, missing: [] }));

const doing = (what) => (at("doing").textContent = form.dataset[what]);

async function take(chosen, passphrase) {
  doing("taking");
  // Before anything else: a device asks only for a page that has just been touched.
  const made = box.checked && !box.defaultChecked && (await lock.make().catch(() => lock_is(false, "lockRefused")));
  if (!(await asked_who(known))) return;
  const me = await entered(passphrase);
  if (!me) return fault(known ? form.dataset.wrong : form.dataset.taken);
  ask_for(me.slot);
  if (made) await lock.add(me.row, passphrase, made).then(() => lock_is(true, "lockOn"), () => lock_is(false, "lockRefused"));
  let kept = { all: null, missing: [] };
  try {
    doing("pages");
    const one = await in_minutes(worker()).catch(() => null);
    if (one) kept = await read_back(one);
    if (kept.waits) return fault(form.dataset.newer);
    doing("taking");
    const drafts = await asked_for(chosen.map((box) => box.value), me.slot);
    if (!drafts) return;
    for (const draft of drafts) await put(me, { ...draft, release: kept.release ?? draft.release });
    localStorage.heard = "kept";
  } finally {
    await me.lock();
  }
  doing("proving");
  if (await proven(chosen, passphrase, kept)) blank();
  await look_here();
}

async function asked_who(slot) {
  said = await contact({ slot, with_the_child: null });
  if (said.server_time) off = Math.abs(Date.parse(said.server_time) - Date.now());
  if ("gone" in said) fault(form.dataset[OWED[said.gone] ?? "offline"]);
  return !("gone" in said);
}

async function asked_for(interviews, slot) {
  const reply = await fetch("/tablet/take", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": said.token },
    body: JSON.stringify({ interviews, slot, device: (await device()).device }),
    cache: "no-store",
    redirect: "error",
  });
  if (reply.ok) return (await reply.json()).drafts;
  fault(form.dataset[OWED[reply.status] ?? "offline"]);
  return null;
}

// Everything is read back as it will be on the road: the pages from the worker, the talks with the passphrase.
async function proven(chosen, passphrase, { release, all: addresses, missing }) {
  const is_there = (address) => addresses?.includes(address) && !missing.includes(address);
  const kept = (picture) => addresses?.filter((one) => one.startsWith("/static/pictures/") === picture);
  const whole = (picture) => kept(picture)?.length > 0 && kept(picture).every(is_there);
  const good = [await the_place()];
  good.push(await prove(item("pages"), () => whole(false)));
  good.push(await prove(item("pictures"), () => whole(true)));
  const me = await unlock(passphrase).catch(() => null);
  const drafts = (await me?.talks()) ?? [];
  good.push(await prove(item("key"), () => Boolean(me)));
  for (const box of chosen) {
    const draft = drafts.find((one) => one?.interview === box.value);
    const page = `/tablet/pages/${release}/${draft?.set}/${draft?.language}`;
    const whole_talk = () => draft.asked.length > 0 && SHEETS.every((name) => draft.sheets[name]?.tree) && is_there(page);
    good.push(await prove(line_of(box), whole_talk));
  }
  await me?.lock();
  return tell(good.every(Boolean));
}

function tell(ready) {
  at("ready").replaceChildren(at(ready ? "ready-now" : "not-ready").content.cloneNode(true));
  at("ready").scrollIntoView({ block: "center" });
  return ready;
}

function line_of(box) {
  const line = at("talk-item").content.cloneNode(true).firstElementChild;
  const name = document.createElement("bdi");
  name.textContent = box.labels[0].querySelector("bdi").textContent;
  line.querySelector("p").prepend(name, `: ${at("contents").textContent} `);
  at("proof").append(line);
  return line;
}

// ---- begin

async function start() {
  const answered = await asked_who(null);
  if (!(await the_place())) return tell(false);
  if (!answered) return;
  ask_for(await mine(said.tag));
  await look_here();
  await look_at_lock().catch(() => {});
  at("go").disabled = at("suggest").disabled = false;
  worker().catch(() => {});
}
addEventListener("pagehide", blank);
start();
