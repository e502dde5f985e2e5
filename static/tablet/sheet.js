// The sheets that came with a talk: built element by element from the open draft, and nothing that is not on the list.
// What is filled in on them becomes an answer, or an operation that the server does later.
import { fill } from "./fill.js";

// The lists of views/trees.py.
const TAGS = `a article b bdi blockquote br button dd details div dl dt em fieldset figcaption figure form h1 h2 h3
header hr img input label legend li main nav ol optgroup option p path section select small span strong summary svg
textarea ul`.split(/\s/);
const NAMES = `alt autocapitalize autocomplete autocorrect checked class d dir disabled fill fill-rule focusable for
height hidden href id inputmode lang maxlength name novalidate open role rows selected spellcheck src tabindex
translate type value viewBox width`.split(/\s/);
const SAFE = { href: /^(#|tel:)/, src: /^\/static\/pictures\// };
const heard = parent.heard;
const all = (what, inside = document) => [...inside.querySelectorAll(what)];
const named = (name) => all(`[name="${name}"]`);

export const sheet_of = (draft, name) => draft.sheets[name] ?? draft.sheets[`${name}/${draft.language}`];

export function build(tree) {
  if (!Array.isArray(tree)) return tree;
  const [tag, facts, ...inside] = tree;
  if (!TAGS.includes(tag) || !is_wanted(facts)) return "";
  const made = ["svg", "path"].includes(tag) ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) {
    if ((NAMES.includes(name) || /^(aria|data)-/.test(name)) && (SAFE[name]?.test(value) ?? true)) made.setAttribute(name, value);
  }
  made.append(...inside.map(build));
  return made;
}

// What is for the child or for the worker, or hangs on an answer: "ready:yes"; "-" is none yet.
const said = (question) => [heard.draft.kept[question]?.value ?? "-"].flat();
function tells(list) {
  const [question, keys] = list.split(":");
  return said(question).some((one) => keys.split(",").includes(one));
}
const is_wanted = ({ "data-with": who, "data-when": when, "data-unless": unless }) =>
  (!who || (who === "child") === Boolean(heard.with_the_child)) && (!when || tells(when)) && !(unless && tells(unless));

async function go(page, at) {
  await heard.flush();
  if (at) heard.remember(page === "talk" ? { hash: `#${at}` } : { at });
  heard.go(page);
}

function show(sheet) {
  const { draft, page } = heard;
  Object.assign(document.documentElement, { lang: sheet.language.replace("_", "-"), dir: sheet.dir });
  document.body.append(...build(sheet.tree).childNodes);
  for (const box of all("[data-question]")) if (draft.kept[box.dataset.question]) fill(box, draft.kept[box.dataset.question]);
  for (const late of all("[data-late]")) late.hidden = !(new Date(draft.due_at ?? "9") < new Date());
  for (const one of named(sheet.now)) one.value = new Date().toLocaleString("sv", { timeZone: "Europe/London" }).slice(0, 16).replace(" ", "T");
  if (sheet.answer) for (const one of named(sheet.answer.field)) one.checked = said(sheet.answer.question).includes(one.value);
  if (page === "finish") look_over();
  if (page === "urgent") (tell_written(), heard.listen(tell_written));
  if (page === "thanks" && draft.forms.some((one) => one.kind === "found")) document.querySelector(".found")?.remove();
  const typed = draft.typed?.[page];
  if (typed) for (const one of all("form [name]")) put_back(one, typed.filter(([name]) => name === one.name).map(([, value]) => value));
  if (draft.at) document.getElementById(draft.at)?.scrollIntoView();
  delete draft.at;
}

function put_back(input, values) {
  if (["radio", "checkbox"].includes(input.type)) input.checked = values.includes(input.value);
  else if (input.type !== "submit" && values.length) input.value = values[0];
}

// ---- finishing: what is missing, and what the home would read, of the answers as they are

const says = (value) => (typeof value === "string" ? value.trim() : (value?.length ?? value?.chosen?.length ?? (value?.strokes ? value.strokes.length || value.caption?.trim() : value != null)));
function is_answered(question) {
  const { value, skipped } = heard.draft.kept[question] ?? {};
  return skipped ? skipped !== "later" : says(value);
}

function look_over() {
  for (const one of all("[data-needs]")) one.hidden = one.dataset.needs.split(" ").some(is_answered);
  const missing = document.querySelector("[data-missing]");
  const ready = all("li", missing).every((one) => one.hidden);
  missing.hidden = ready;
  document.querySelector("form").hidden = !ready;
  const goes = all("[data-for-home]").filter((one) => !(one.hidden = !is_for_home(one)));
  document.querySelector("[data-nothing]").hidden = goes.length;
}

function is_for_home(one) {
  const { value, skipped, audience } = heard.draft.kept[one.dataset.forHome] ?? {};
  if (one.dataset.code) return value?.home?.includes(one.dataset.code);
  if (skipped || !says(value) || !audience.includes("home")) return false;
  const words = one.querySelector("[data-said]");
  for (const option of words.children) option.hidden = ![value].flat().includes(option.dataset.option);
  if (!words.children.length) words.textContent = value.caption ?? value;
  return true;
}

// ---- someone is not safe: what was written here, and whether anybody knows of it

const words_of = ([name, value]) => {
  const one = named(name).find((input) => input.value === value || !["radio", "checkbox"].includes(input.type));
  const group = one.closest("fieldset.govuk-fieldset .govuk-fieldset, .govuk-form-group")?.querySelector("legend, label") ?? one.labels[0];
  const chosen = one.selectedOptions ? [...one.options].find((option) => option.value === value)?.text : /radio|box/.test(one.type) ? one.labels[0].textContent : value.replace("T", " ");
  return [group.textContent, chosen];
};
const time = (at) => new Date(at).toLocaleTimeString("en-GB", { timeStyle: "short", timeZone: "Europe/London" });

function tell_written() {
  const here = document.querySelector("[data-written]");
  const written = heard.draft.forms.filter((one) => one.kind === "urgent");
  here.hidden = !written.length;
  for (const line of all("[data-waits]", here)) line.hidden = (line.dataset.waits === "yes") === written.every((one) => one.saved_at);
  for (const old of all("dl, .own")) old.remove();
  for (const { op_id, fields, device_time } of written) {
    const lines = fields.filter(([name]) => !["about", "save"].includes(name)).map(words_of);
    here.append(build(["dl", { class: "facts" }, ["div", {}, ["dt", {}, time(device_time)], ["dd", {}, ...lines.map(([asked, told]) => ["p", {}, ["b", {}, asked], " ", told])]]]));
    const [about] = named("about");
    if (!fields.some(([name, value]) => name === "about" && value !== "new")) {
      about.prepend(build(["option", { class: "own", value: op_id }, `${time(device_time)}: ${lines[0][1]}`]));
      about.value = op_id;
    }
  }
}

// ---- what is filled in

function faults(form, { needed = {}, needed_when = {}, any }, fields) {
  for (const old of all(".govuk-error-message", form)) old.remove();
  const has = (name, value) => fields.some((one) => one[0] === name && (!value || one[1] === value));
  const found = Object.keys(needed).filter((name) => !has(name) && (!needed_when[name] || has(...needed_when[name])));
  const places = found.map((name) => [named(name)[0].closest(".govuk-form-group").querySelector("legend, label"), needed[name]]);
  if (any && fields.every(([name]) => ["about", "at", "save"].includes(name))) places.push([form.firstElementChild, any]);
  for (const [place, words] of places) place.after(build(["p", { class: "govuk-error-message", role: "alert" }, words]));
  places[0]?.[0].scrollIntoView();
  return places.length;
}

async function send(form, submitter, sheet) {
  const fields = [...new FormData(form, submitter)].filter(([, value]) => value);
  const [language] = fields.filter(([name]) => name === "language");
  if (language) {
    await heard.form("language", [language]);
    heard.remember({ language: language[1] });
    return go(heard.page);
  }
  if (sheet.answer) return answer(sheet.answer, fields);
  if (faults(form, sheet, fields)) return;
  const shown = all("[data-for-home]:not([hidden]) input").map((one) => ["shown", one.value]);
  heard.remember({ typed: { ...heard.draft.typed, [heard.page]: null } });
  await heard.form(sheet.form, [...fields, ...shown]);
  heard.go({ finish: "list", "put-off": "brief" }[heard.page] ?? heard.page);
}

function answer({ question, field, said_by, audience, then, none }, fields) {
  const chosen = fields.filter(([name]) => name === field).map(([, value]) => value);
  const value = fields.some(([, pressed]) => pressed === "none") ? [none] : none ? chosen : chosen[0];
  const { set } = heard.draft;
  if (value.length && String(said(question)) !== String(value)) heard.changed({ question, set, value, skipped: null, said_by, audience });
  return go(then[value] ?? then[""]);
}

if (document.body.hasAttribute("data-sheet")) {
  const sheet = sheet_of(heard.draft, heard.page);
  show(sheet);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go]");
    if (!link) return;
    event.preventDefault();
    go(link.dataset.go, link.dataset.at);
  });
  document.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.target, event.submitter, sheet);
  });
  // What is typed here waits in the draft: the tablet may be locked while somebody is on the telephone.
  if (sheet.form) document.addEventListener("input", ({ target }) => heard.remember({ typed: { ...heard.draft.typed, [heard.page]: [...new FormData(target.form)] } }));
  window.heard = heard;
  const { record, then = "" } = document.body.dataset;
  for (const script of heard.page === "record" ? [record] : then.split(" ").filter(Boolean)) import(script);
}
