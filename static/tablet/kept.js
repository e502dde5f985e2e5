// The talk with a network: what is typed is also sealed on this device, so that a browser that is killed, or a session
// that has ended, loses nothing. The next page of the same person sends it. talk.js sends as ever: this only copies.
import { seal } from "./keys.js";
import { contact, let_go, listen, send_now, start, waiting } from "./sync.js";
import { done, within } from "./store.js";

const SOON = 300; // after a change, however much more is typed
const LATER = 2000;
const interview = location.pathname.split("/")[2];
const page = crypto.randomUUID();
const copies = new Map(); // op_id → the answer as it was sealed last
// Who writes here, and to whom it is sealed: the page brings it, and no letter waits for the server's first word.
const { tag, key } = JSON.parse(form.dataset.signIn);
let me; // what the server says when it is asked: {handed_over, ...}
let timer;
let due;
let copying;
let coming;
// The read-back is sent as a whole, when the page is turned: until then it stands on the page only.
const waits = form.id === "read-back" ? (await import("./read_back.js")).marks(form) : () => queue;

// Who holds the tablet goes on holding it, whoever signs in again.
const with_the_child = () => me?.handed_over ?? (form.dataset.later.includes("hand_over") ? interview : null);

// As long as this page lives nobody else sends what is its own: it may still change under the same id.
if (navigator.locks) {
  navigator.locks.request(`page ${page}`, () => new Promise(() => {}));
  coming = come();
  form.addEventListener("say", () => (mark.dataset.state === "saved" ? copy() : soon()));
  form.addEventListener("input", () => soon());
  addEventListener("pagehide", copy);
}
form.addEventListener("say", offer_to_sign_in);

async function come() {
  const said = await contact();
  coming = null;
  if ("gone" in said || me) return;
  me = said;
  await send_what_was_left();
  soon();
}

// What was sealed on a page that is gone is sent. This page shows what the server had before: it is read again.
async function send_what_was_left() {
  const { count } = await waiting({ tag, talk: interview }).catch(() => ({}));
  const shown = new Set([...form.querySelectorAll("[data-base], [name$=__base]")].map((one) => one.dataset.base ?? one.value));
  let news = false;
  const stop = listen(({ accepted = [] }) => (news ||= accepted.some((id) => !shown.has(id))));
  await start({ with_the_child });
  stop();
  if (count && news && !unsaved() && !copies.size) location.reload();
}

// A look that is to come later waits for nobody who types meanwhile.
function soon(after = SOON) {
  const at = performance.now() + after;
  if (timer && due <= at) return;
  clearTimeout(timer);
  [due, timer] = [at, setTimeout(copy, after)];
}

function copy() {
  clearTimeout(timer);
  timer = null;
  if (copying) return soon();
  copying = copy_once().finally(() => (copying = null));
}

async function copy_once() {
  const now = waits();
  const fresh = now.filter((one) => copies.get(one.op_id)?.device_time !== one.device_time).map((one) => ({ ...one }));
  // What was refused stays sealed until it has been put right.
  const settled = [...copies.keys()].filter((id) => !now.some((one) => one.op_id === id) && !refused.has(copies.get(id).question));
  const entries = await Promise.all(fresh.map(entry));
  await within("readwrite", ["outbox"], async ({ outbox }) => {
    for (const one of entries) {
      const there = await done(outbox.index("op_id").get(one.op_id));
      await done(outbox.put(there ? { ...one, seq: there.seq, at: there.at } : one));
    }
  }).then(
    () => fresh.forEach((one) => copies.set(one.op_id, one)),
    () => fresh.length && soon(LATER), // Where nothing can be kept, the server still has what talk.js sends.
  );
  for (const id of settled) copies.delete(id);
  if (settled.length) await let_go(settled);
  if (copies.size) soon(LATER);
  if (copies.size && !me) coming ??= come();
}

async function entry({ sent, ...said }) {
  const envelope = await seal(key, said.op_id, { kind: "answer", interview, language: "", ...said });
  return { op_id: said.op_id, slot: null, tag, talk: interview, page, at: said.device_time, envelope, sent: false };
}

// ---- the session ended in mid-sentence

let here;
let field = document.activeElement; // where the page is being written on; browsers keep its caret
form.addEventListener("focusin", ({ target }) => target !== here && (field = target));

async function offer_to_sign_in() {
  if (mark.dataset.state !== "signed-out") return here?.remove(), (here = null);
  if (here) return;
  const { make } = await import("./dialog.js");
  const { sign_in, words } = await import("./sign_in.js");
  here ??= make("button", { type: "button", className: "button govuk-button", lang: words.lang, textContent: words.enter });
  here.onclick = async () => {
    const said = await sign_in({ tag, with_the_child: with_the_child() });
    if (!said || "gone" in said) return;
    form.elements.csrf_token.value = said.token;
    field.focus();
    flush();
    send_now();
  };
  const main = form.querySelector("main");
  main ? main.prepend(here) : mark.after(here);
}
