// The talk and the record: one part at a time, and every answer saved by itself. The read-back: the cover.
// Saved means that the server said so. Without this script the page is one long form that saves.
"use strict";

const form = document.querySelector("#talk, #record, #read-back");
const mark = form.querySelector("[role=status]");
const writer = form.elements.writer; // who is writing now; the record has none
const WAIT = 400;
const RETRY = [1000, 2000, 5000, 15000];

// ---- what stands on the page for one question

const READ = {
  words: (box) => text(box, "textarea"),
  line: (box) => text(box, "input:not([type])"),
  number: (box) => number(text(box, "input:not([type])")),
  one: (box) => chosen(box)[0] ?? null,
  faces: (box) => chosen(box)[0] ?? null,
  scale: (box) => number(chosen(box)[0]),
  many: (box) => list(chosen(box)),
  moment: (box) => moment(text(box, "input[type=datetime-local], input:not([type])")),
  reasons: (box) => cards(box),
};

const named = (box, end) => `[name="${box.dataset.question}${end}"]`;
const text = (box, what) => box.querySelector(what).value || null;
const list = (keys) => (keys.length ? keys : null);
function number(said) {
  if (said === null || said === undefined || said === "") return null;
  const plain = said.replace(/[٠-٩۰-۹]/g, (digit) => digit.codePointAt(0) & 15); // of an Arabic keyboard
  return /^\d+$/.test(plain) ? Number(plain) : said;
}
const moment = (said) => (said && !Number.isNaN(Date.parse(said)) ? new Date(said).toISOString() : said);
const ticked = (box, end) => [...box.querySelectorAll(`${named(box, end)}:checked`)].map((input) => input.value);
const chosen = (box) => ticked(box, "");

function cards(box) {
  const codes = chosen(box);
  if (!codes.length) return null;
  const biggest = ticked(box, "__biggest")[0] ?? null;
  const kept = JSON.parse(box.dataset.kept || "{}");
  const value = { chosen: codes, biggest };
  if (kept.told) value.told = Object.fromEntries(Object.entries(kept.told).filter(([code]) => codes.includes(code)));
  if (kept.home) value.home = kept.home.filter((code) => codes.includes(code));
  return value;
}

function answer(box) {
  const by = box.querySelector(`${named(box, "__by")}:checked, input[type=hidden]${named(box, "__by")}`);
  return {
    question: box.dataset.question,
    set: form.dataset.set,
    value: READ[box.dataset.kind](box),
    skipped: ticked(box, "__skip")[0] ?? null,
    said_by: by.value,
    audience: [...ticked(box, "__for"), ...[...box.querySelectorAll(`input[type=hidden]${named(box, "__for")}`)].map((one) => one.value)],
  };
}

// ---- saving: a new operation for each change; only what the server has named leaves the queue

const FAULTS = "[data-question] :is(.fault, .govuk-error-message)";
let queue = []; // oldest first; what has been sent once never changes again
const refused = new Map([...form.querySelectorAll(FAULTS)].map((line) => [box_around(line).dataset.question, line.textContent]));
let under_way = false;
let touched = false; // the read-back is sent as a whole
let tries = 0;
let timer = 0;

function changed(box) {
  const before = queue.findLast((one) => one.question === box.dataset.question);
  const said = { ...answer(box), device_time: new Date().toISOString() };
  if (before && !before.sent) Object.assign(before, said);
  else queue.push({ ...said, op_id: crypto.randomUUID(), base_op: before?.op_id ?? (base_of(box).value || null) });
  say("saving");
  clearTimeout(timer);
  timer = setTimeout(flush, WAIT);
}

const base_of = (box) => box.querySelector(named(box, "__base"));
const unsaved = () => queue.length || under_way || refused.size || touched;

async function flush() {
  clearTimeout(timer);
  if (under_way || !queue.length) return;
  under_way = true;
  try {
    await send(taken());
    tries = 0;
    if (queue.length) timer = setTimeout(flush, WAIT);
  } catch (trouble) {
    say(trouble.name in MARKS ? trouble.name : "waiting");
    if (trouble.name !== "finished") timer = setTimeout(flush, RETRY[Math.min(tries++, RETRY.length - 1)]);
  }
  under_way = false;
}

function taken() {
  for (const one of queue) one.sent = true;
  return [...queue];
}

// The page may not come back: all that waits goes out, also what is under way. An id counts once.
function leave() {
  if (queue.length) post(taken(), true).catch(() => {});
}

async function send(answers) {
  let reply = await post(answers);
  if (reply.status === 400) {
    const fresh = await fetch(form.dataset.token, { cache: "no-store" });
    if (fresh.ok) form.elements.csrf_token.value = (await fresh.json()).token;
    reply = await post(answers);
  }
  if (reply.status === 401) throw named_error("signed-out");
  if (reply.status === 409) throw named_error("finished");
  if (!reply.ok) throw named_error("waiting");
  settle(answers, await reply.json());
}

const post = (answers, keepalive = false) =>
  fetch(form.dataset.answers, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": form.elements.csrf_token.value },
    body: JSON.stringify({ answers: answers.map(({ sent, ...said }) => said) }),
    cache: "no-store",
    redirect: "error",
    keepalive,
  });

function named_error(name) {
  const trouble = new Error(name);
  trouble.name = name;
  return trouble;
}

function settle(batch, reply) {
  const safe = new Set(reply.accepted);
  const why = new Map(reply.refused.map((one) => [one.op_id, one.why]));
  queue = queue.filter((one) => !safe.has(one.op_id) && !why.has(one.op_id));
  for (const { op_id, question, base_op } of batch) {
    if (safe.has(op_id)) {
      base_of(box_of(question)).value = op_id;
      refused.delete(question);
    } else if (why.has(op_id)) {
      for (const next of queue) if (next.base_op === op_id) next.base_op = base_op;
      refused.set(question, why.get(op_id));
    }
  }
  show_faults();
  if (refused.size) say("refused");
  else if (!queue.length) say("saved", reply.server_time);
}

const box_of = (question) => form.querySelector(`[data-question="${question}"]`);

function box_around(element) {
  return element.closest("[data-question]");
}

function show_faults() {
  for (const old of form.querySelectorAll(FAULTS)) old.remove();
  for (const [question, why] of refused) {
    const line = document.createElement("p");
    line.className = "fault";
    line.textContent = why;
    box_of(question).querySelector("legend, label").after(line);
  }
}

const MARKS = { saving: "saving", saved: "saved", waiting: "waiting", "signed-out": "signedOut", finished: "finished", refused: "refused" };

function say(state, at) {
  const time = at ? " " + new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" }) : "";
  mark.dataset.state = state;
  mark.textContent = form.dataset[MARKS[state]] + time;
}

// ---- listening

form.addEventListener("input", (event) => {
  const box = box_around(event.target);
  touched ||= form.id === "read-back";
  if (!box) return;
  tidy(box, event.target);
  changed(box);
});

function tidy(box, input) {
  const end = input.name.slice(box.dataset.question.length);
  if (end === "__by") box.dataset.by = "chosen";
  if (end === "" && writer && !box.dataset.by) for (const by of box.querySelectorAll(named(box, "__by"))) {
    if (by.type === "radio") by.checked = by.value === writer.value;
    else by.value = writer.value;
  }
  if (end === "__skip") {
    for (const skip of box.querySelectorAll(named(box, "__skip"))) skip.checked = skip === input && input.checked;
    // A skip takes choices back, and gives them back when it is let go. Words stay where they are.
    const chosen_now = [...box.querySelectorAll(`:is(${named(box, "")}, ${named(box, "__biggest")}):checked`)];
    if (chosen_now.length) box.set_aside = chosen_now;
    for (const one of box.set_aside ?? []) one.checked = !input.checked;
  }
  if (end === "" && (input.type !== "checkbox" || input.checked)) for (const skip of box.querySelectorAll(named(box, "__skip"))) skip.checked = false;
  if (end === "__biggest") box.querySelector(`${named(box, "")}[value="${input.value}"]`).checked = true;
  if (end === "" && box.dataset.kind === "reasons" && !input.checked) {
    const star = box.querySelector(`${named(box, "__biggest")}[value="${input.value}"]`);
    if (star) star.checked = false;
  }
}

// Enter chooses what it stands on. It never sends the page away in the middle of a talk.
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
  event.preventDefault();
  if (["radio", "checkbox"].includes(event.target.type)) event.target.click();
});

let going = false;
form.addEventListener("submit", async (event) => {
  going = !queue.length && !under_way;
  if (going) return;
  event.preventDefault();
  while (under_way) await new Promise((done) => setTimeout(done, 50));
  await flush();
  if (!queue.length) form.requestSubmit(event.submitter);
});

addEventListener("online", () => flush());
addEventListener("focus", () => flush());
addEventListener("pagehide", leave);
addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? leave() : flush()));
addEventListener("beforeunload", (event) => {
  if (unsaved() && !going) event.preventDefault();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// ---- one part at a time

const parts = [...form.querySelectorAll("main > section[id]")];

function open_part() {
  const wanted = parts.find((part) => part.id === location.hash.slice(1)) ?? parts[0];
  for (const part of parts) part.toggleAttribute("data-open", part === wanted);
  for (const link of form.querySelectorAll(".places a")) {
    if (link.hash.slice(1) === wanted.id) link.setAttribute("aria-current", "step");
    else link.removeAttribute("aria-current");
  }
  form.querySelector(".places [aria-current]").scrollIntoView({ block: "nearest", inline: "center" });
  scrollTo(0, 0);
  return wanted;
}

if (form.querySelector(".places")) {
  document.documentElement.classList.add("js");
  addEventListener("hashchange", () => {
    const part = open_part();
    part.querySelector("h2").focus({ preventScroll: true });
  });
  open_part();
}

// ---- cover: the screen is blank at one touch

const cover = document.querySelector("#cover");
const covered = document.querySelector("#covered");

function hide(yes) {
  covered.hidden = !yes;
  form.hidden = yes;
  (yes ? covered.querySelector("button") : cover).focus();
}

if (cover) {
  cover.disabled = false;
  cover.addEventListener("click", () => hide(true));
  covered.querySelector("button").addEventListener("click", () => hide(false));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide(true);
  });
}
