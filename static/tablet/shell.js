// The tablet's own page: opened with a passphrase, locked by itself, and the only place that holds the keys.
import { unlock, waiting, was_emptied } from "./device.js";
import { listen, send_now, start } from "./sync.js";
import { worker } from "./worker.js";

const IDLE = 5 * 60_000;
const AWAY = 30_000;
const FREE_TRIES = 3;
const DELAYS = [5, 15, 60, 300]; // seconds
const TALK = new Set(["talk", "read-back", "last-time"]);

const at = (id) => document.getElementById(id);
const words = document.body.dataset;
const say = (key, moment, count) => words[key].replace("{time}", time(moment)).replace("{count}", count);
const tongue = document.documentElement.lang.replace(/^en$/, "en-GB");
const london = { timeZone: "Europe/London", hour: "2-digit", minute: "2-digit" };
function time(moment) {
  const then = new Date(moment);
  const day = then.toDateString() === new Date().toDateString() ? {} : { weekday: "short", day: "numeric", month: "short" };
  return then.toLocaleString(tongue, { ...london, ...day });
}

let me = null; // what the passphrase has opened
let open = null; // the talk that is open: window.heard of the pages in the frame
let left = null; // where it was locked, to go on from there
let touched_at = Date.now();

// ---- locked

async function locked(news = "") {
  at("frame").replaceChildren(); // The page in it says what it still has.
  at("list").hidden = at("bar").hidden = at("frame").hidden = true;
  at("main").hidden = at("locked").hidden = false;
  at("talks").replaceChildren();
  at("unsent").textContent = "";
  name(words.locked);
  if (news) at("news").textContent = news;
  at("news").classList.toggle("panel", Boolean(at("news").textContent));
  const mine = me;
  me = open = window.heard = null;
  await mine?.lock();
}

function name(title) {
  document.title = at("title").textContent = title;
}

const lock = (news) => {
  if (!me) return;
  left = open && { talk: open.draft.interview, slot: me.slot, page: open.page, with_the_child: open.with_the_child };
  return locked(news);
};

at("opens").addEventListener("submit", async (event) => {
  event.preventDefault();
  const box = at("passphrase");
  if (!box.value.trim()) return fault(words.empty);
  busy(true);
  try {
    me = await unlock(box.value);
  } catch {
    return fault(isSecureContext ? words.closed : words.unsafe);
  }
  box.value = "";
  if (!me) return wrong();
  localStorage.removeItem("tries");
  at("show").checked = false;
  show();
  busy(false);
  fault("");
  at("news").textContent = "";
  touched_at = Date.now();
  me.when_forgotten = () => locked();
  start({ slot: me.slot, tag: me.tag });
  // Back leads nowhere: not to the page that was open before this one.
  history.pushState(null, "");
  if (left?.slot !== me.slot) left = null;
  if (left && !left.with_the_child && left.page !== "list") await opened(left.talk, left.page);
  else await list();
});

function busy(yes) {
  for (const one of at("opens").elements) one.disabled = yes;
}

function fault(sentence) {
  busy(false);
  at("fault").hidden = !sentence;
  at("fault").textContent = sentence;
  at("fault").parentElement.classList.toggle("govuk-form-group--error", Boolean(sentence));
  if (sentence) at("passphrase").focus();
}

// Who guesses waits longer each time, also after the page was opened anew.
function wrong() {
  const count = 1 + (JSON.parse(localStorage.tries ?? "null")?.count ?? 0);
  const delay = count < FREE_TRIES ? 0 : DELAYS[Math.min(count - FREE_TRIES, DELAYS.length - 1)];
  localStorage.tries = JSON.stringify({ count, until: Date.now() + delay * 1000 });
  fault(words.wrong);
  wait();
}

function wait() {
  const until = JSON.parse(localStorage.tries ?? "null")?.until ?? 0;
  const ms = Math.min(until - Date.now(), 1000 * DELAYS.at(-1)); // also where the clock was put back
  if (ms <= 0) return busy(false);
  fault(words.wait.replace("{time}", new Date(until).toLocaleTimeString(tongue, { ...london, second: "2-digit" })));
  busy(true);
  setTimeout(() => fault(""), ms);
}

const show = () => (at("passphrase").type = at("show").checked ? "text" : "password");
at("show").addEventListener("change", show);

// ---- by itself

function watch(window) {
  const touched = () => (touched_at = Date.now());
  for (const touch of ["pointerdown", "keydown", "input", "scroll"]) window.addEventListener(touch, touched, { capture: true, passive: true });
}
watch(window);
setInterval(() => Date.now() - touched_at > IDLE && lock(), 1000);

let hidden_at = 0;
let going;
document.addEventListener("visibilitychange", () => {
  const gone = document.visibilityState === "hidden";
  // What the device shows of this page while it is not used is a blank page.
  document.documentElement.classList.toggle("away", gone);
  clearTimeout(going);
  if (gone) {
    hidden_at = Date.now();
    open?.flush();
    going = setTimeout(lock, AWAY);
  } else if (Date.now() - hidden_at > AWAY) lock();
});
addEventListener("pageshow", ({ persisted }) => persisted && lock());
addEventListener("popstate", () => me && history.pushState(null, ""));
at("lock").addEventListener("click", () => lock());

// ---- the list

async function list() {
  await shut();
  at("bar").hidden = at("list").hidden = at("main").hidden = false;
  at("locked").hidden = at("frame").hidden = at("back").hidden = true;
  at("with-the-child").hidden = !left;
  name(words.open);
  const [talks, unsent] = await Promise.all([me.talks(), waiting({ slot: me.slot })]);
  talks.sort((one, other) => (one.due_at ?? "9").localeCompare(other.due_at ?? "9"));
  at("danger").hidden = !talks.some((draft) => draft.forms.some((form) => form.kind === "urgent" && !form.saved_at));
  at("talks").replaceChildren(...talks.map((draft) => line(draft, unsent.talks[draft.interview])));
  at("no-talks").hidden = talks.length > 0;
  count(unsent);
  at("title").focus();
}

function line(draft, unsent) {
  const one = at("talk").content.cloneNode(true);
  const put = (where, ...said) => (one.querySelector(where).textContent = said.filter(Boolean).join(" · "));
  put("button", draft.title);
  put(".where", draft.home, draft.due_at && say("due", draft.due_at));
  put(".how-far", Object.keys(draft.kept).length && words.begun, say("until", draft.expires_at));
  put(".unsent", unsent && say("only", unsent.oldest, unsent.count));
  one.querySelector("button").addEventListener("click", () => opened(draft.interview, "brief"));
  return one;
}

function count({ count, oldest }) {
  at("unsent").textContent = count ? say("only", oldest, count) : words.allSent;
  at("send").hidden = !count;
}

listen(async ({ state }) => {
  if (state === "lost") return locked(words.lost);
  at("how").textContent = document.body.getAttribute(`data-${state}`) ?? "";
  at("sign-in").hidden = state !== "signed-out";
  if (me && !at("list").hidden) count(await waiting({ slot: me.slot }));
});
at("send").addEventListener("click", send_now);
at("sign-in").addEventListener("click", async () => {
  const { sign_in } = await import("./sign_in.js");
  if (await sign_in({ words: JSON.parse(words.signIn), slot: me.slot, tag: me.tag })) send_now();
});
at("go-on").addEventListener("click", () => opened(left.talk, left.page, true));
at("take-back").addEventListener("click", () => list((left = null)));
at("back").addEventListener("click", () => list());

// ---- one talk, in the frame

const sheet = (draft, name) => draft.sheets[name] ?? draft.sheets[`${name}/${draft.language}`];

async function opened(talk, page, with_the_child = false) {
  const one = await me.open(talk);
  if (!one) return list();
  left = null;
  open = window.heard = Object.assign(one, { with_the_child, go, sheet: (name) => sheet(one.draft, name) });
  await go(page);
}

async function shut() {
  at("frame").replaceChildren();
  const one = open;
  open = window.heard = null;
  await one?.close();
}

async function go(page) {
  if (page === "take-back") return lock();
  if (page === "hand-over") {
    open.with_the_child = true;
    new BroadcastChannel("tablet").postMessage("with the child");
    send_now();
    page = sheet(open.draft, "welcome") && !open.draft.welcomed ? "welcome" : "talk";
  }
  const { draft } = open;
  const childs = TALK.has(page) || sheet(draft, page)?.looks === "child";
  if (open.with_the_child && !childs) {
    // A page of the worker's: the passphrase leads to it, and the child's turn is over.
    Object.assign(open, { page, with_the_child: false });
    return lock();
  }
  if (page === "list") return list();
  await open.flush();
  open.page = page;
  const name = TALK.has(page) ? `${draft.set}/${draft.language}` : childs ? "child-sheet" : "sheet";
  const frame = document.createElement("iframe");
  frame.src = await address_of(name, draft.release);
  frame.title = words.open;
  frame.addEventListener("load", () => {
    watch(frame.contentWindow);
    frame.contentWindow.focus();
  });
  // A new frame each time: the one before leaves nothing to go back to.
  at("frame").replaceChildren(frame);
  at("main").hidden = true;
  at("frame").hidden = false;
  at("back").hidden = page === "brief"; // It has a way back of its own.
  // On the child's pages the way back to the worker is their own.
  at("bar").hidden = open.with_the_child;
  document.title = "…";
}

// A talk goes on with the pages it was begun with, as long as they are here.
async function address_of(name, release) {
  const own = `/tablet/pages/${release}/${name}`;
  return (await caches.match(own, { ignoreVary: true })) ? own : `/tablet/pages/${words.release}/${name}`;
}

// ---- begin

const wanted = new URLSearchParams(location.search).get("in");
if (wanted) localStorage.language = wanted;
else if (localStorage.language && localStorage.language !== document.documentElement.lang) location.replace(`/tablet?in=${localStorage.language}`);

busy(false);
wait();
if (!isSecureContext) fault(words.unsafe);
else {
  worker().catch(() => {});
  start({ slot: null, with_the_child: () => (open?.with_the_child || left?.with_the_child ? (open?.draft.interview ?? left.talk) : null) });
  was_emptied().then((yes) => yes && locked(words.emptied), () => fault(words.closed));
}
