// The talk: one question at a time. The talk and the record: every answer saved by itself. The read-back: the cover.
// Saved means that the server said so. Without this script the page is one long form that saves.
"use strict";

const form = document.querySelector("#talk, #record, #read-back");
const mark = form.querySelector("[role=status]");
const writer = form.elements.writer; // who is writing now; the record has none
const WAIT = 400;
const device = window.heard; // on a tablet without a network: it keeps what is said, and sends it when it can
const RETRY = [1000, 2000, 5000, 15000];
const ENDS = { 401: "signed-out", 409: "finished" };

// ---- what stands on the page for one question

const READ = {
  words: (box) => text(box),
  line: (box) => text(box),
  number: (box) => number(text(box)),
  one: (box) => chosen(box)[0] ?? null,
  faces: (box) => chosen(box)[0] ?? null,
  scale: (box) => number(chosen(box)[0]),
  many: (box) => list(chosen(box)),
  moment: (box) => moment(text(box)),
  reasons: (box) => reasons(box),
  cards: (box) => list(chosen(box)),
  drawing: (box) => drawing(box),
};

const named = (box, end) => `[name="${box.dataset.question}${end}"]`;
const all = (box, end) => [...box.querySelectorAll(named(box, end))];
const counts = (input) => input.checked || input.type === "hidden";
const ticked = (box, end) => all(box, end).filter(counts).map((input) => input.value);
const chosen = (box) => ticked(box, "");
const text = (box) => all(box, "")[0].value || null;
const list = (keys) => (keys.length ? keys : null);
function number(said) {
  if (!said) return null;
  const plain = said.replace(/[٠-٩۰-۹]/g, (digit) => digit.codePointAt(0) & 15); // of an Arabic keyboard
  return /^\d+$/.test(plain) ? Number(plain) : said;
}
const moment = (said) => (said && !Number.isNaN(Date.parse(said)) ? new Date(said).toISOString() : said);

function reasons(box) {
  const codes = chosen(box);
  if (!codes.length) return null;
  const biggest = ticked(box, "__biggest")[0] ?? null;
  const kept = JSON.parse(box.dataset.kept || "{}");
  const value = { chosen: codes, biggest };
  // Of cards.js, where a reason can be tied to words.
  if (box.told && (kept.told || Object.keys(box.told).length)) kept.told = box.told;
  if (kept.told) value.told = Object.fromEntries(Object.entries(kept.told).filter(([code]) => codes.includes(code)));
  if (kept.home) value.home = kept.home.filter((code) => codes.includes(code));
  return value;
}

function drawing(box) {
  const value = { ...JSON.parse(text(box)), caption: all(box, "__caption")[0].value };
  return value.strokes.length || value.caption.trim() ? value : null;
}

const answer = (box) => ({
  question: box.dataset.question,
  set: form.dataset.set,
  value: READ[box.dataset.kind](box),
  skipped: ticked(box, "__skip")[0] ?? null,
  said_by: ticked(box, "__by")[0],
  audience: ticked(box, "__for"),
});

// ---- saving: a new operation for each change; only what the server has named leaves the queue

const FAULTS = "[data-question] :is(.fault, .govuk-error-message)";
let queue = []; // oldest first; what has been sent once never changes again
const refused = new Map([...form.querySelectorAll(FAULTS)].map((line) => [box_around(line).dataset.question, line.textContent]));
let under_way = false;
let touched = false; // the read-back is sent as a whole
let tries = 0;
let timer = 0;

function changed(box) {
  if (device) return device.changed(answer(box));
  const before = queue.findLast((one) => one.question === box.dataset.question);
  const said = { ...answer(box), device_time: new Date().toISOString() };
  if (before && !before.sent) Object.assign(before, said);
  else queue.push({ ...said, op_id: crypto.randomUUID(), base_op: before?.op_id ?? (base_of(box).value || null) });
  say("saving");
  clearTimeout(timer);
  timer = setTimeout(flush, WAIT);
}

const base_of = (box) => all(box, "__base")[0]; // with it stands all that is under an answer
const unsaved = () => (device ? device.unsaved() : queue.length || under_way || refused.size || touched);

async function flush() {
  if (device) return device.flush();
  clearTimeout(timer);
  if (under_way || !queue.length) return;
  under_way = true;
  try {
    await send(taken());
    tries = 0;
    if (queue.length) timer = setTimeout(flush, WAIT);
  } catch (trouble) {
    say(trouble);
    if (trouble !== "finished") timer = setTimeout(flush, RETRY[Math.min(tries++, RETRY.length - 1)]);
  }
  under_way = false;
}

function taken() {
  for (const one of queue) one.sent = true;
  return [...queue];
}

// The page may not come back: all that waits goes out, also what is under way. An id counts once.
function leave() {
  if (device) return device.flush();
  // A page that has gone sends no more than 64 kB: a large drawing goes by itself, while the page is there.
  const large = (one) => JSON.stringify(one).length > 40_000;
  const said = taken();
  for (const batch of [said.filter((one) => !large(one)), said.filter(large)]) {
    if (batch.length) post(batch, !batch.some(large)).catch(() => {});
  }
}

async function send(answers) {
  let reply = await post(answers);
  if (reply.status === 400) {
    await renew_token();
    reply = await post(answers);
  }
  if (!reply.ok) throw ENDS[reply.status];
  settle(answers, await reply.json());
}

async function renew_token() {
  const fresh = await fetch(form.dataset.token, { cache: "no-store" });
  if (!fresh.ok) throw ENDS[fresh.status];
  form.elements.csrf_token.value = (await fresh.json()).token;
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

const box_of = (question) => form.querySelector(`[data-question="${question}"]`); // null for none

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

// Anything unforeseen is waiting: it is tried again.
function say(trouble, at) {
  const state = form.hasAttribute(`data-${trouble}`) ? trouble : "waiting";
  const time = at ? " " + new Date(at).toLocaleTimeString("en-GB", { timeStyle: "short", timeZone: "Europe/London" }) : "";
  mark.dataset.state = state;
  mark.textContent = form.getAttribute(`data-${state}`) + time;
  form.dispatchEvent(new Event("say"));
}

if (device) {
  const show = (state, at) => state && say(state, at);
  show(device.state().state, device.state().at);
  device.listen(show);
}

// ---- listening

form.addEventListener("input", (event) => {
  const box = box_around(event.target);
  touched ||= form.id === "read-back";
  if (!box) return;
  tidy(box, event.target);
  changed(box);
  call_for(box.dataset.question);
});

function tidy(box, input) {
  const end = input.name.slice(box.dataset.question.length);
  const answers = ["", "__biggest", "__caption"].includes(end);
  const same = (other) => all(box, other).find((one) => one.value === input.value);
  if (end === "__by") box.dataset.by = "chosen";
  if (end === "__for") tell_readers(box);
  if (answers && writer && !box.dataset.by) for (const by of all(box, "__by")) {
    if (by.type === "radio") by.checked = by.value === writer.value;
    else by.value = writer.value;
  }
  if (end === "__skip") {
    for (const skip of all(box, end)) skip.checked &&= skip === input;
    // A skip takes choices back, and gives them back when it is let go. Words stay where they are.
    const choices = [...all(box, ""), ...all(box, "__biggest")].filter((one) => one.checked);
    if (choices.length) box.set_aside = choices;
    for (const one of box.set_aside ?? []) one.checked = !input.checked;
  }
  if (answers && (input.type !== "checkbox" || input.checked)) for (const skip of all(box, "__skip")) skip.checked = false;
  if (end === "__biggest") same("").checked = true;
  if (box.dataset.kind === "reasons" && end === "" && !input.checked && same("__biggest")) same("__biggest").checked = false;
}

// Enter chooses what it stands on. It never sends the page away in the middle of a talk.
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
  event.preventDefault();
  if (["radio", "checkbox"].includes(event.target.type)) event.target.click();
});

let going = false;
let again = 0;
form.addEventListener("submit", async (event) => {
  going ||= !queue.length && !under_way && !touched;
  // All is saved: the way on carries only what was refused, to be put right.
  if (going) for (const box of boxes) box.disabled = !refused.has(box.dataset.question);
  if (going) return;
  event.preventDefault();
  while (under_way) await new Promise((done) => setTimeout(done, 50));
  await flush();
  going = !queue.length && (!touched || (await is_reached(event.submitter)));
  if (going) form.requestSubmit(event.submitter);
});

// The read-back leaves only for a server that is there: what is marked on it would be gone with the page.
async function is_reached(submitter) {
  clearTimeout(again);
  try {
    await renew_token();
    return true;
  } catch (trouble) {
    say(trouble);
    again = setTimeout(() => form.requestSubmit(submitter), RETRY[1]);
    return false;
  }
}

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

// ---- what stands under each answer: in the page once, and put there before it is seen

const under = document.querySelector("#under");
const lang = document.documentElement.lang;

function furnish(box) {
  if (base_of(box)) return;
  const said = { ...under.dataset, ...box.dataset };
  said.by = said.written;
  const copy = under.content.cloneNode(true);
  for (const input of copy.querySelectorAll("input")) {
    const what = input.name.slice(2);
    input.name = said.question + input.name;
    if (what === "base") input.value = said.base ?? "";
    else input.checked = said[what]?.split(" ").includes(input.value);
    if (what === "for" && !said.may.split(" ").includes(input.value)) input.parentNode.remove();
  }
  if (!["words", "line"].includes(said.kind)) for (const how of copy.querySelectorAll(".readers ~ *")) how.hidden = true;
  box.append(copy);
  tell_readers(box);
}

function tell_readers(box) {
  const may = all(box, "__for").filter(counts).map((one) => one.dataset.short);
  const words = new Intl.ListFormat(lang, { type: "unit", style: "short" }).format(may);
  box.querySelector(".may").textContent = words || under.dataset.nobody;
}

// ---- one question at a time, or all of a part together

let boxes = under ? [...form.querySelectorAll(".q")] : [];
const parts = [...form.querySelectorAll("main > section[id]")];
const [later, back, next, last, tools, places] = ["#later", "#back", "#onward", "#last", ".tools", ".places"].map((one) => form.querySelector(one));
let whole = false;
let pending = Boolean(form.dataset.rest); // later parts are on their way
let wish = ""; // where to go when they are here
let at; // the question that leads this step, or `later`

// What only follows stands with its question, once that was answered so that it is called for.
function is_called(box) {
  const { follows, after = follows, when } = box.dataset;
  if (!after || READ[box.dataset.kind](box) !== null) return true;
  const said = all(box_of(after), "").filter((one) => counts(one) || (!["radio", "checkbox"].includes(one.type) && one.value)).map((one) => one.value);
  return when ? when.split(" ").some((one) => said.includes(one)) : said.length > 0;
}

function call_for(question) {
  if (!at) return;
  for (const box of boxes) if ([box.dataset.follows, box.dataset.after].includes(question)) box.hidden = !is_called(box);
  show_ways();
}

const part_of = (box) => box.closest("section");
// What was told in an earlier talk is one step, folded, however many questions are in it.
const told_before = (box) => box.closest(".again");
const leads = () => boxes.filter((box) => !box.dataset.follows && !box.hidden && box === (told_before(box)?.querySelector(".q") ?? box));
const put_off = () => boxes.filter((box) => !box.hidden && (base_of(box) ? ticked(box, "__skip")[0] : box.dataset.skip) === "later");

function step_of(lead) {
  if (lead === later) return put_off();
  return boxes.filter((box) => (whole ? part_of(box) === part_of(lead) : [box, box_of(box.dataset.follows), told_before(box)?.querySelector(".q")].includes(lead)));
}

// The step after this one or before it. What was put off comes back at the end, once.
function beyond(way) {
  if (at === later) return way < 0 ? leads().at(-1) : undefined;
  const steps = whole ? parts.map((part) => leads().find((box) => part.contains(box))).filter(Boolean) : leads();
  const now = steps.findIndex((box) => (whole ? part_of(box) === part_of(at) : box === at));
  return steps[now + way] ?? (way > 0 && put_off().length ? later : undefined);
}

function show_ways() {
  back.disabled = !beyond(-1);
  next.disabled = pending && !beyond(1);
  next.hidden = !pending && !beyond(1);
  last.classList.toggle("without-script", !next.hidden);
}

function open_step(lead) {
  at = lead;
  const step = step_of(lead);
  for (const box of boxes) box.classList.toggle("now", step.includes(box));
  step.forEach(furnish);
  const open = step.map(part_of);
  for (const part of parts) part.toggleAttribute("data-open", open.includes(part));
  for (const link of places.querySelectorAll("a")) link.ariaCurrent = lead !== later && link.hash.slice(1) === open[0].id ? "step" : null;
  later.hidden = lead !== later;
  show_ways();
  scrollTo(0, 0);
  form.dispatchEvent(new Event("step"));
}

const hash_of = (lead) => "#" + (whole && lead !== later ? part_of(lead) : lead).id;

function turn_to(lead) {
  open_step(lead);
  const seen = lead === later ? later : whole ? part_of(lead).querySelector("h2") : (told_before(lead) ?? lead).querySelector("summary, .words");
  if (seen.tabIndex < 0) seen.tabIndex = -1;
  seen.focus({ preventScroll: true });
}

function lead_at(hash) {
  const named = document.getElementById(hash.slice(1));
  if (named === later && put_off().length) return later;
  if (pending && hash && !named?.closest(".q") && !named?.querySelector(".q")) wish = hash;
  const box = boxes.find((one) => one === named || named?.contains(one)) ?? boxes.find((one) => one.querySelector(".fault")) ?? form.querySelector(".now") ?? boxes[0];
  return box_of(box.dataset.follows) ?? told_before(box)?.querySelector(".q") ?? box;
}

// The address follows when the step has been painted.
function go_to(lead) {
  turn_to(lead);
  const hash = hash_of(lead);
  if (hash !== location.hash) requestAnimationFrame(() => setTimeout(() => history.pushState(null, "", hash)));
}

if (places) {
  document.documentElement.classList.add("js");
  for (const box of boxes) box.hidden = !is_called(box);
  back.addEventListener("click", () => go_to(beyond(-1)));
  next.addEventListener("click", () => go_to(beyond(1)));
  places.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    go_to(lead_at(link.hash));
  });
  const button = form.querySelector("#whole");
  button.hidden = false;
  button.addEventListener("click", () => {
    whole = form.classList.toggle("whole");
    [button.textContent, button.dataset.other] = [button.dataset.other, button.textContent];
    whole ? places.after(tools) : places.parentNode.append(tools);
    open_step(at);
    button.focus();
  });
  addEventListener("hashchange", () => turn_to(lead_at(location.hash)));
  open_step(lead_at(location.hash));
} else boxes.forEach(furnish);

// ---- the later parts, when the first can be used

const page_at = (address) => new Promise((done, failed) => {
  const request = new XMLHttpRequest();
  request.open("GET", address);
  request.responseType = "document";
  request.onload = () => (request.response?.querySelector("#talk") ? done(request.response) : failed());
  request.onerror = failed;
  request.send();
});

async function bring_rest() {
  for (let tried = 0; pending; tried++) {
    try {
      const page = await page_at(form.dataset.rest);
      for (const part of parts) if (!part.querySelector(".q")) part.append(...[...page.getElementById(part.id).children].filter((one) => one.tagName !== "H2"));
      pending = false;
    } catch {
      await new Promise((done) => setTimeout(done, RETRY[Math.min(tried, RETRY.length - 1)]));
    }
  }
  boxes = [...form.querySelectorAll(".q")];
  for (const box of boxes) box.hidden = !is_called(box);
  if (wish) go_to(lead_at(wish));
  show_ways();
}

// ---- cover: the screen is blank at one touch

const cover = document.querySelector("#cover");
const covered = document.querySelector("#covered");

const title = document.title;
let left = []; // where the finger was, to go on from there

function hide(yes) {
  if (yes && covered.hidden) left = [document.activeElement, scrollY];
  covered.hidden = !yes;
  document.body.toggleAttribute("data-covered", yes);
  document.title = yes ? covered.textContent : title;
  if (yes) return covered.querySelector("button").focus();
  scrollTo(0, left[1]);
  (left[0] === document.body ? cover : left[0]).focus({ preventScroll: true });
}

if (cover) {
  cover.disabled = false;
  cover.addEventListener("click", () => hide(true));
  covered.querySelector("button").addEventListener("click", () => hide(false));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide(true);
  });
}

// ---- later: what the page can do without is brought when nothing else is to be done

const idle = window.requestIdleCallback ?? ((then) => setTimeout(then, 200));
addEventListener("load", () => idle(async () => {
  if (pending) await bring_rest();
  boxes.forEach(furnish);
  for (const module of form.dataset.later?.split(" ") ?? []) import(module).catch(() => {});
  for (const picture of document.images) picture.loading = "eager";
}));
