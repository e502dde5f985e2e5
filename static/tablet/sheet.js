// The sheets that came with a talk: built element by element from the open draft, and nothing that could run or lead away.
// What is filled in on them becomes an answer, or an operation that the server does later.
import { fill } from "./fill.js";

const heard = parent.heard;
const all = (what, inside = document) => [...inside.querySelectorAll(what)];
const named = (name) => all(`[name="${name}"]`);

export const sheet_of = (draft, name) => draft.sheets[name] ?? draft.sheets[`${name}/${draft.language}`];

// The server has a list of what may be in a tree (views/trees.py). What may never be in one is refused here once more.
const NEVER = /^(script|style|link|meta|base|iframe|object|embed|on.*|action|formaction|srcdoc)$/;
const LEADS = /^(#|tel:|\/static\/pictures\/)/;

export function build([tag, facts, ...inside]) {
  if (NEVER.test(tag) || !is_wanted(facts)) return "";
  const made = document.createElementNS(/svg|path/.test(tag) ? "http://www.w3.org/2000/svg" : "http://www.w3.org/1999/xhtml", tag);
  for (const [name, value] of Object.entries(facts)) if (!NEVER.test(name) && (!/^(href|src)$/.test(name) || LEADS.test(value))) made.setAttribute(name, value);
  made.append(...inside.map((one) => (one.big ? one : build(one))));
  return made;
}

// What is for the child or for the worker, or hangs on an answer: "ready:yes"; "-" is none yet.
const said = (question) => [heard.draft.kept[question]?.value ?? "-"].flat();
const tells = ([question, keys]) => said(question).some((one) => keys.split(",").includes(one));
const is_wanted = ({ "data-with": who, "data-when": when, "data-unless": unless }) =>
  (!who || (who === "child") === heard.with_the_child) && (!when || tells(when.split(":"))) && !(unless && tells(unless.split(":")));

async function go(page, at) {
  await heard.flush();
  await heard.remember(page === "talk" && at ? { hash: `#${at}` } : { at });
  heard.go(page);
}

const clock = (moment, how) => new Date(moment).toLocaleString("sv", { timeZone: "Europe/London", ...how });
const late = ({ due_at, kept }) => due_at && new Date(due_at) < new Date(kept.held_at?.value ?? Date.now());
const put_back = (input, values) => (input.checked === undefined || input.type === "text" ? (input.value = values[0] ?? input.value) : (input.checked = values.includes(input.value)));

function show({ language, dir, tree, now, filled = [] }) {
  const { draft, page } = heard;
  Object.assign(document.documentElement, { lang: language.replace("_", "-"), dir });
  // What is typed here is not to be kept, or sent elsewhere, by the browser.
  document.body.spellcheck = false;
  document.body.append(...build(tree).childNodes);
  for (const one of all("form")) one.autocomplete = "off";
  for (const box of all("[data-question]")) if (draft.kept[box.dataset.question]) fill(box, draft.kept[box.dataset.question]);
  for (const one of all("[data-late]")) one.hidden = !late(draft);
  for (const one of named(now)) one.value = clock(new Date()).slice(0, 16).replace(" ", "T");
  for (const one of named(filled[0])) put_back(one, said(filled[1]));
  look_over(draft);
  if (page === "urgent") addEventListener("pagehide", heard.listen(tell_written));
  tell_written();
  for (const one of draft.typed?.[page] ? all("form [name]:not(button)") : []) put_back(one, draft.typed[page].filter(([name]) => name === one.name).map(([, value]) => value));
}

// Where a way leads to a place on the page, the keyboard goes on from there too.
function arrive(place) {
  document.body.inert = false;
  place?.setAttribute("tabindex", -1);
  place?.focus();
  place?.scrollIntoView();
}

// ---- what was said: beside a question of the record, missing before finishing, and what the home would read

function look_over({ kept, forms }) {
  const is_told = (question) => kept[question] && kept[question].skipped !== "later" && (kept[question].skipped || kept[question].value !== null);
  for (const one of all("[data-needs]")) one.hidden = one.dataset.needs.split(" ").some(is_told);
  const says = (question) => kept[question] && !kept[question].skipped && kept[question].value !== null;
  for (const one of all("[data-told]")) {
    one.hidden = !one.dataset.told.split(" ").some(says);
    put_in(one, kept[one.dataset.told]);
  }
  for (const one of all("[data-unheard]")) one.hidden = one.dataset.unheard.split(" ").some((question) => says(question) && one.dataset.by.includes(kept[question].said_by));
  for (const one of all("[data-for-home]")) {
    const { forHome, code } = one.dataset;
    const home = kept[forHome]?.value?.home ?? [];
    one.hidden = code ? !home.includes(code) : !says(forHome) || !kept[forHome].audience.includes("home");
    if (!code) put_in(one, kept[forHome]);
  }
  for (const { kind } of forms) for (const one of all(`[data-once=${kind}]`)) one.remove();
}

// An answer in words: of the options those that were chosen, or what was said.
function put_in(place, { value, language } = {}) {
  const keys = value?.chosen?.map((code) => (code === value.biggest ? `biggest:${code}` : code)) ?? [value].flat().map(String);
  for (const option of all("[data-option]", place)) option.hidden = !keys.includes(option.dataset.option);
  for (const words of all("[data-said]", place)) Object.assign(words, { textContent: value?.caption ?? value, lang: language?.replace("_", "-") ?? "" });
}

// ---- someone is not safe: what was written here, and whether anybody knows of it

function tell_written() {
  for (const here of all("[data-written=urgent]")) {
    const written = heard.draft.forms.filter((one) => one.kind === "urgent");
    here.hidden = !written.length;
    here.toggleAttribute("data-sent", written.every((one) => one.saved_at));
    for (const old of all(".own")) old.remove();
    for (const { op_id, fields, device_time } of written) {
      const { about, in_words } = Object.fromEntries(fields);
      const line = `${clock(device_time, { timeStyle: "short" })} ${in_words}`;
      here.append(build(["p", { class: "own" }, line]));
      if (about === "new") named("about")[0].prepend(build(["option", { class: "own", value: op_id, selected: "" }, line]));
    }
  }
}

// ---- what is filled in

// `needed`: one of these has to be there, the words where none is; and the field and value that it hangs on.
function faults(needed, fields) {
  const has = (name, value) => fields.some((one) => one[0] === name && one[1] === (value ?? one[1]));
  for (const old of all("form [role=alert]")) old.remove();
  const wrong = needed.filter(([names, , field, value]) => !names.split(" ").some((name) => has(name)) && (!field || has(field, value)));
  for (const [names, words] of wrong) {
    // As a part of the label it is read out with what it is about.
    const label = named(names.split(" ")[0])[0].closest("fieldset, .govuk-form-group").querySelector("legend, label");
    label.append(build(["span", { class: "govuk-error-message", role: "alert" }, words]));
  }
  const [first] = all("form [role=alert]");
  first?.closest("fieldset, .govuk-form-group").querySelector("input, select, textarea").focus();
  first?.parentNode.scrollIntoView();
  return first;
}

async function send(form, button, { answer, needed = [], form: kind, then }) {
  const fields = [...new FormData(form, button)].filter(([, value]) => value);
  const [[name, value] = []] = fields;
  if (name === "language") {
    heard.form("language", fields);
    await heard.remember({ language: value });
    return go(heard.page);
  }
  if (answer) return keep(answer, fields);
  if (faults(needed, fields)) return;
  heard.remember({ typed: { ...heard.draft.typed, [heard.page]: null } });
  // An answer with its id: other words to the same question nobody has looked at.
  const shown = all("[data-for-home]:not([hidden])").map(({ dataset: { forHome, code } }) => ["shown", code ?? `${forHome}:${heard.draft.kept[forHome].op_id}`]);
  const in_words = all("textarea, [type=text], select:not([name=about]), :checked:not(option)", form).map((one) => one.value && (one.labels && one.checked ? one.labels[0].textContent : (one.selectedOptions?.[0].text ?? one.value)));
  await heard.form(kind, [...fields, ...shown, ["in_words", in_words.filter(Boolean).join(" · ")]]);
  heard.go(then);
}

function keep({ question, field, said_by, audience, then, none }, fields) {
  const chosen = fields.filter(([name]) => name === field).map(([, value]) => value);
  const value = !none ? chosen[0] : fields.some(([, pressed]) => pressed === "none") ? [none] : chosen;
  if (value.length && String(said(question)) !== String(value)) heard.changed({ question, set: heard.draft.set, value, skipped: null, said_by, audience });
  return go(then[value] ?? then[""]);
}

if (document.body.dataset.sheet) {
  let sending = false;
  const sheet = sheet_of(heard.draft, heard.page);
  window.heard = heard;
  show(sheet);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go]");
    if (!link) return;
    event.preventDefault();
    go(link.dataset.go, link.dataset.at);
  });
  document.addEventListener("submit", (event) => {
    event.preventDefault();
    // Touched twice, it is said once; Enter on a box may be meant to do nothing.
    if (sending || event.submitter?.value === "stay") return;
    sending = true;
    send(event.target, event.submitter, sheet).finally(() => (sending = false));
  });
  // What is typed waits in the draft: the tablet may be locked while somebody is on the telephone.
  if (sheet.form) document.addEventListener("input", ({ target }) => heard.remember({ typed: { ...heard.draft.typed, [heard.page]: [...new FormData(target.form)] } }));
  const record = heard.page === "record";
  const scripts = document.body.dataset[record ? "record" : "then"]?.split(" ") ?? [];
  // Nobody writes in the record before what keeps it is there.
  document.body.inert = record;
  Promise.all(scripts.map((one) => import(one))).then(() => arrive(document.getElementById(heard.draft.at)), record && heard.lacks);
}
