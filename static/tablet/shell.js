// The tablet's own page: opened with a passphrase, locked by itself, and the only place that holds the keys.
import { expire, unlock, was_emptied, with_lock } from "./device.js";
import { listen, nudge, send_now, start, waiting } from "./sync.js";
import { worker } from "./worker.js";

const IDLE = 5 * 60_000;
const AWAY = 30_000;
const DELAYS = [0, 0, 0, 5, 15, 60, 300]; // seconds, after so many wrong ones
const TALK = ["talk", "read-back", "last-time"];

const at = (id) => document.getElementById(id);
const words = document.body.dataset;
const { lang } = document.documentElement;
const names = JSON.parse(words.names); // of days and months: a browser may not know the language
const clock = { timeZone: "Europe/London", hour: "2-digit", minute: "2-digit" };
function time(moment) {
  const then = new Date(moment);
  const shown = then.toDateString() === new Date().toDateString() ? clock : { ...clock, weekday: "short", day: "numeric", month: "short" };
  return then.toLocaleString("en-GB", shown).replace(/[a-z]+/gi, (one) => names[one] ?? one);
}
const say = (key, moment, count) => words[key].replace("{time}", time(moment)).replace("{count}", count);

let me = null; // what the passphrase has opened
let open = null; // the talk that is open: window.heard of the pages in the frame
let stands = {}; // each talk, as the server has said
let renewed; // what is here, since it was opened
let left = null; // where it was locked, to go on from there
let touched_at;
// Between the tabs of this tablet: who holds it. A tab does not hear itself.
const tablet = new BroadcastChannel("tablet");
tablet.onmessage = ({ data }) => (data === "with the child" ? lock() : (left = null));

function show(...ids) {
  for (const id of ["bar", "main", "locked", "list", "frame"]) at(id).hidden = !ids.includes(id);
}

// ---- locked

async function locked(news = at("news").textContent) {
  for (const one of document.querySelectorAll("dialog")) one.close();
  at("frame").replaceChildren(); // The page in it says what it still has.
  for (const one of ["talks", "over", "unsent"]) at(one).replaceChildren();
  stands = {};
  renewed = null;
  show("main", "locked");
  offer();
  document.title = at("title").textContent = words.locked;
  at("title").focus();
  at("news").textContent = news;
  const mine = me;
  me = open = window.heard = null;
  await mine?.lock();
}

// Why the tablet does not give what it keeps.
const why = ({ name }) => words[isSecureContext ? (name === "SecurityError" ? "closed" : "stuck") : "unsafe"];

function lock() {
  if (!me) return;
  left = open && { talk: open.draft.interview, slot: me.slot, page: open.page, with_the_child: open.with_the_child };
  locked();
}

at("opens").addEventListener("submit", async (event) => {
  event.preventDefault();
  const box = at("passphrase");
  const by_lock = event.submitter === at("by-lock");
  if (!by_lock && !box.value.trim()) return fault(words.empty);
  busy(true);
  try {
    if (by_lock) me = await import("./passkey.js").then((one) => one.unlock()).catch(() => null);
    else me = await unlock(box.value);
  } catch (trouble) {
    return fault(why(trouble));
  }
  at("opens").reset();
  box.type = "password";
  if (!me && by_lock) return wait(fault(words.notOpened));
  if (!me) return me === null ? wrong() : fault(words.nothing);
  localStorage.removeItem("tries");
  fault("");
  at("news").textContent = "";
  touched_at = Date.now();
  me.when_forgotten = () => locked();
  start({ slot: me.slot, tag: me.tag });
  // Back leads nowhere: not to the page that was open before this one.
  history.pushState(null, "");
  if (left?.slot !== me.slot) left = null;
  if (left && !left.with_the_child) opened(left.talk, left.page);
  else list();
});

// One button for everybody who has a lock here: it tells neither who they are nor how many.
const offer = () => with_lock().then(({ length }) => (at("by-lock").hidden = !length), () => {});

function busy(yes) {
  for (const one of at("opens").elements) one.disabled = yes;
}

function fault(sentence) {
  busy(false);
  at("fault").hidden = !sentence;
  at("fault").textContent = sentence;
  at("fault").parentElement.classList.toggle("govuk-form-group--error", sentence);
  if (sentence) at("passphrase").focus();
}

// Who guesses waits longer each time, also after the page was opened anew.
function wrong() {
  const count = Number(localStorage.tries?.split(" ")[0] ?? 0) + 1;
  const delay = DELAYS[count] ?? DELAYS.at(-1);
  localStorage.tries = `${count} ${Date.now() + delay * 1000}`;
  fault(words.wrong);
  wait();
}

function wait() {
  const until = Number(localStorage.tries?.split(" ")[1] ?? 0);
  const ms = Math.min(until - Date.now(), 1000 * DELAYS.at(-1)); // also where the clock was put back
  if (ms <= 0) return;
  fault(words.wait.replace("{time}", new Date(until).toLocaleTimeString("en-GB", { ...clock, second: "2-digit" })));
  busy(true);
  at("by-lock").disabled = false; // Nobody can keep its owner out with wrong passphrases.
  setTimeout(() => at("by-lock").disabled || fault(""), ms); // but not while the device is asking
}

at("show").addEventListener("change", ({ target }) => {
  const box = at("passphrase");
  // What can be read in a box is not to be kept by the browser.
  box.autocomplete = target.checked ? "off" : "one-time-code";
  box.type = target.checked ? "text" : "password";
});

// ---- by itself

function watch(window) {
  const touched = () => (touched_at = Date.now());
  for (const touch of ["pointerdown", "keydown", "input", "scroll"]) window.addEventListener(touch, touched, true);
}
watch(window);
setInterval(() => Date.now() - touched_at > IDLE && lock(), 1000);

let hidden_at;
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
at("lock").addEventListener("click", lock);

// ---- the list

async function list() {
  const one = open;
  open = window.heard = null;
  at("frame").replaceChildren();
  if (one?.draft.finished) at("over").textContent += words.finished.replace("{title}", one.draft.title);
  await one?.close();
  at("talks").replaceChildren();
  at("with-the-child").hidden = !left;
  await look();
  if (!me || open) return;
  show("bar", "main", "list");
  document.title = at("title").textContent = words.open;
  at("title").focus();
}

// Said where it says otherwise what waits: the list stays as it was.
function stuck(trouble) {
  if (me && !open) show("bar", "main", "list");
  at("unsent").textContent = why(trouble);
}

const only = (waits) => (waits?.count ? say("only", waits.oldest, waits.count) : "");

async function look() {
  const mine = me;
  const read = Promise.all([mine?.talks(), waiting({ slot: mine?.slot }), was_emptied()]);
  const [found, waits, emptied] = await read.catch((trouble) => [stuck(trouble)]);
  // It may have been locked meanwhile: then nothing is shown.
  if (!mine || me !== mine || open || !found) return;
  const over = found.find((one) => is_over(one.interview) && !waits.talks[one.interview] && !Object.values(one.typed ?? {}).some(Boolean));
  if (over) {
    delete stands[over.interview];
    const gone = await import("./take_off.js").then((to) => to.take_away(mine, over, words)).catch(stuck);
    if (gone && me === mine) at("over").textContent += gone;
    return look();
  }
  const talks = found.filter((one) => !one.closed);
  at("emptied").hidden = !emptied;
  at("closed").hidden = talks.length === found.length;
  talks.sort((one, other) => (one.due_at ?? "9").localeCompare(other.due_at ?? "9"));
  if (talks.length !== at("talks").children.length) at("talks").replaceChildren(...talks.map(line));
  for (const one of at("talks").children) one.querySelector(".unsent").textContent = only(waits.talks[one.dataset.talk]) || (is_over(one.dataset.talk) ? words.over : "");
  const danger = talks.find(({ forms }) => forms.some((form) => form.kind === "urgent" && !form.saved_at));
  at("danger").hidden = !danger;
  at("numbers").onclick = () => opened(danger.interview, "urgent");
  at("no-talks").hidden = found.length > 0;
  at("unsent").textContent = only(waits) || (emptied ? "" : words.allSent);
  at("send").hidden = !waits.count;
}

// Finished, or somebody else's.
const is_over = (talk) => (stands[talk] ?? "open") !== "open";

function line(draft) {
  const one = at("talk").content.firstElementChild.cloneNode(true);
  const put = (where, ...said) => (one.querySelector(where).textContent = said.filter(Boolean).join(" · "));
  one.dataset.talk = draft.interview;
  put("button", draft.title);
  put(".where", draft.home, draft.due_at && say("due", draft.due_at));
  put(".how-far", Object.keys(draft.kept).length && words.begun, say("until", draft.expires_at));
  one.querySelector("button").addEventListener("click", () => opened(draft.interview, "brief"));
  one.querySelector(".off").addEventListener("click", () => import("./take_off.js").then((to) => to.take_off(me, draft, words)).then(look));
  return one;
}

listen(({ state, tag, talks, way_back }) => {
  if (state === "lost") return locked(words.lost);
  // Someone else is signed in: nothing of this person's is sent.
  if (me && tag && tag !== me.tag) state = "signed-out";
  if (me && tag === me.tag) Object.assign(stands, talks);
  if (way_back !== undefined) {
    at("grown-up").href = way_back;
    at("handed-over").hidden = !way_back;
  }
  at("how").textContent = document.body.getAttribute(`data-${state}`) ?? "";
  at("sign-in").hidden = state !== "signed-out";
  document.body.classList.toggle("offline", state === "offline");
  if (tag || state !== "sent") at("signed-in").hidden = !tag || way_back;
  // What has become of the talks since they were taken along.
  if (me && !open && tag === me.tag && state === "sent") renewed ??= import("./slot.js").then((one) => one.renew(me, words.release)).then(() => look(at("talks").replaceChildren()), () => {});
  if (!at("list").hidden) look();
});
at("close").addEventListener("click", () => import("./take_off.js").then((one) => one.close()));
at("send").addEventListener("click", send_now);
at("sign-in").addEventListener("click", async () => {
  const { sign_in } = await import("./sign_in.js");
  if (await sign_in({ slot: me.slot, tag: me.tag, with_the_child: left?.with_the_child ? left.talk : null })) send_now();
});
at("go-on").addEventListener("click", () => opened(left.talk, left.page, true));
at("take-back").addEventListener("click", () => {
  tablet.postMessage("with the worker");
  list((left = null));
});
at("back").addEventListener("click", list);

// ---- one talk, in the frame

async function opened(talk, page, with_the_child = false) {
  const mine = me;
  const one = await mine.open(talk).catch(stuck);
  if (me !== mine || one === undefined) return one?.close();
  left = null;
  if (!with_the_child) tablet.postMessage("with the worker");
  if (!one) return list();
  const sheet = (name) => one.draft.sheets[name] ?? one.draft.sheets[`${name}/${one.draft.language}`];
  open = window.heard = Object.assign(one, { with_the_child, go, sheet, lacks });
  go(page);
}

// A page, or what keeps what is written on it, is not here.
const lacks = () => locked(words.emptied);

async function go(page) {
  const one = open;
  const { draft } = one;
  if (page === "take-back") return lock();
  if (page === "hand-over") {
    one.with_the_child = true;
    tablet.postMessage("with the child");
    nudge();
    page = one.sheet("welcome") && !draft.welcomed ? "welcome" : "talk";
  }
  const childs = TALK.includes(page) || one.sheet(page)?.looks === "child";
  if (one.with_the_child && !childs) {
    // A page of the worker's: the passphrase leads to it, and the child's turn is over.
    Object.assign(one, { page, with_the_child: false });
    return lock();
  }
  if (!childs && !one.sheet(page)) return list();
  await one.flush();
  const frame = document.createElement("iframe");
  const address = await address_of(TALK.includes(page) ? `${draft.set}/${draft.language}` : childs ? "child-sheet" : "sheet", draft.release);
  if (open !== one) return;
  if (!address) return lacks();
  frame.src = address;
  one.page = page;
  frame.title = words.open;
  frame.addEventListener("load", () => {
    watch(frame.contentWindow);
    frame.contentWindow.focus();
  });
  // A new frame each time: the one before leaves nothing to go back to.
  at("frame").replaceChildren(frame);
  // On the child's pages the way back to the worker is their own.
  show("frame", one.with_the_child || "bar");
  document.title = "…";
}

// A talk goes on with the pages it was begun with, as long as they are here. Null where there are none.
async function address_of(name, release) {
  const [own, fresh] = [release, words.release].map((one) => `/tablet/pages/${one}/${name}`);
  const is_here = (address) => caches.match(address, { ignoreVary: true }).catch(() => null);
  if (await is_here(own)) return own;
  const found = (await is_here(fresh)) ?? (await fetch(fresh).catch(() => null));
  return found?.ok ? fresh : null;
}

// ---- begin

busy(false);
try {
  if (location.search) localStorage.language = lang;
  else if ((localStorage.language ?? lang) !== lang) location.replace(`/tablet?in=${localStorage.language}${location.hash}`);
  wait();
  offer();
  if (!isSecureContext) throw {};
  worker().catch(() => {});
  start({ slot: null, with_the_child: () => (open?.with_the_child ? open.draft.interview : left?.with_the_child ? left.talk : null) })
    .then(({ state }) => state === "offline" || expire()) // by the server's clock
    .catch(() => {});
  if (await was_emptied()) locked(words.emptied);
} catch (trouble) {
  fault(why(trouble));
}
