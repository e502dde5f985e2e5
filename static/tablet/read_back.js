// The read-back without a network: what was not said is taken away, and what was said put in. Each change is an answer
// like any other, and lies on the tablet as soon as it is made. What was there before stays underneath.

const END = /(?<=[.!?؟።…])\s+|\n+/; // as interview/sentences.py has it

let form, heard;
let before = {}; // the answers as they were read back
const touched = new Set();

const named = (name) => [...form.querySelectorAll(`[name="${name}"]`)];
const ticked = (name) => named(name).filter((one) => one.checked).map((one) => one.value);
const tick = (name, values) => named(name).forEach((one) => (one.checked = values?.includes(one.value)));
const codes_of = (value) => value?.chosen ?? value ?? [];
const key_of = (said) => said.id.slice(2);

export function read_back(page, device) {
  [form, heard] = [page, device];
  before = Object.fromEntries(Object.entries(heard.draft.kept).map(([key, answer]) => [key, { ...answer }]));
  put_answers();
  tick("read_right", before.read_right?.value);
  tick("agrees", [before.agrees?.value]);
  named("agrees_why")[0].value = before.agrees_why?.value ?? "";
  form.addEventListener("input", (event) => save(event.target));
  form.addEventListener("click", (event) => {
    // After ends.js has turned the page.
    if (event.target.closest("[data-turn]")) setTimeout(() => heard.remember({ page: "read-back", hash: named("go")[0].getAttribute("formaction") }));
  });
  import(form.querySelector("main").dataset.ends);
}

function put_answers() {
  const ties = sentences();
  for (const row of form.querySelectorAll("[data-left-out]")) if (before[row.dataset.leftOut]?.skipped !== "left-out") row.remove();
  if (!form.querySelector("[data-left-out]")) form.querySelector("#left-out").remove();
  for (const said of form.querySelectorAll(".said")) put(said, before[key_of(said)], ties);
  for (const part of form.querySelectorAll(".part:not(.closing)")) if (!part.querySelector(".said")) part.remove();
  form.querySelector(form.querySelector(".said") ? "#nothing" : "main > .who").remove();
}

function put(said, answer, ties) {
  const key = key_of(said);
  if (!answer || answer.skipped === "left-out" || (!answer.skipped && answer.value === null)) return said.remove();
  const [told, skipped] = [said.querySelector(".told"), said.querySelector(".skipped")];
  (answer.skipped ? told : skipped).remove();
  if (answer.skipped) return choose(skipped, [answer.skipped]);
  const { value, said_by, audience } = answer;
  const { kind } = said.dataset;
  const [quote, by, change] = ["blockquote", "p[data-options]", "textarea"].map((one) => told.querySelector(one));
  tick(`${key}__for`, audience);
  if (kind === "reasons") put_reasons(told.querySelector(".why-list"), value, ties);
  else if (kind === "drawing") draw(quote, value);
  else if (told.querySelector("blockquote[data-options], blockquote [data-options]")) choose(told, [value].flat());
  else quote.textContent = value;
  if (change) change.value = value;
  if (by && (value.caption ?? value).trim()) choose(by, [said_by]);
  else by?.remove();
}

// Of several options those that were chosen, with what stands between them.
function choose(place, keys) {
  const list = place.querySelector("[data-options]") ?? place;
  for (const option of [...list.children]) if (!keys.includes(option.dataset.option)) option.remove();
  for (const option of [...list.children].slice(1)) option.before(list.dataset.options);
  if (!list.querySelector("img")) list.replaceChildren(list.textContent);
}

function draw(quote, { size, strokes, caption }) {
  const [sheet, words] = quote.children;
  const shades = JSON.parse(sheet.dataset.shades);
  sheet.setAttribute("viewBox", [0, 0, ...size].join(" "));
  sheet.setAttribute("height", Math.round((480 * size[1]) / size[0]));
  if (caption.trim()) sheet.ariaLabel = words.textContent = caption;
  else words.remove();
  for (const { colour, width, points } of strokes) {
    const line = document.createElementNS(sheet.namespaceURI, "polyline");
    const twice = points.length > 2 ? points : [...points, ...points]; // a touch is a line to itself
    for (const fact of Object.entries({ points: twice.join(" "), stroke: shades[colour], "stroke-width": width })) line.setAttribute(...fact);
    sheet.lastElementChild.append(line);
  }
  if (!strokes.length) sheet.remove();
}

// ---- the reasons

function put_reasons(list, value, ties) {
  const rows = new Map([...list.children].map((row) => [row.querySelector("input").value, row]));
  list.replaceChildren(...codes_of(value).map((code) => rows.get(code)));
  tick("biggest", [value.biggest]);
  tick("for_home", value.home);
  for (const select of list.querySelectorAll("select")) {
    const told = value.told?.[select.id.slice(2)];
    const is_told = (tie) => told?.question === tie.question && told.words === tie.words;
    select.append(...ties.map((tie) => new Option(short(tie.words), JSON.stringify(tie), false, is_told(tie))));
    if (!ties.length) select.previousElementSibling.remove(), select.remove();
  }
}

// What a reason can be tied to: each sentence that was said, and new words given to a reason.
function sentences() {
  const in_words = [...form.querySelectorAll('.said[data-kind="words"]')].map(key_of).filter((key) => before[key]?.value);
  const said = in_words.flatMap((question) => before[question].value.split(END).map((words) => ({ question, words: words.trim() })));
  const told = Object.values(before.reasons?.value?.told ?? {}).filter(({ question }) => question === "reasons");
  return [...said.filter(({ words }) => words), ...told];
}

const short = (words) => (words.length > 90 ? words.slice(0, 89) + "…" : words);

// ---- saving

function save(input) {
  const said = input.closest(".said");
  const key = said ? key_of(said) : input.name;
  const of_all = { said_by: heard.draft.writer, audience: form.querySelector("main").dataset.readers.split(" "), skipped: null };
  const was = said ? before[key] : { ...of_all, value: before[key]?.value ?? null };
  const now = said ? revised(said, key, was) : { ...was, value: agreed(input) };
  const facts = ({ value, skipped, audience }) => JSON.stringify([value, skipped, said && [...audience].sort()]);
  if (facts(now) === facts(heard.draft.kept[key] ?? was)) return;
  heard.changed({ question: key, set: form.dataset.set, said_by: was.said_by, ...now }, !touched.has(key));
  touched.add(key);
}

function revised(said, key, was) {
  const [check] = ticked(`${key}__check`);
  const audience = named(`${key}__for`).length ? ticked(`${key}__for`) : was.audience;
  if (check === "leave-out") return { value: null, skipped: "left-out", audience };
  if (said.dataset.kind === "reasons") return { value: reasons(was.value), skipped: null, audience };
  const value = check === "change" ? named(`${key}__words`)[0].value || null : was.value;
  return { value, skipped: was.skipped, audience };
}

function reasons(was) {
  const [out, home, [biggest]] = ["left_out", "for_home", "biggest"].map(ticked);
  const codes = codes_of(was).filter((code) => !out.includes(code));
  const ties = codes.map((code) => [code, named(`${code}__told`)[0]?.value]).filter(([, tie]) => tie);
  return {
    chosen: codes,
    biggest: codes.includes(biggest) ? biggest : null,
    told: Object.fromEntries(ties.map(([code, tie]) => [code, JSON.parse(tie)])),
    home: codes.filter((code) => home.includes(code)),
  };
}

function agreed({ name, type, value }) {
  if (type === "checkbox") return ticked(name).length ? ticked(name) : null;
  return type === "radio" ? ticked(name)[0] : value || null;
}
