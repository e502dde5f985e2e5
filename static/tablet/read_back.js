// The read-back without a network: what was not said is taken away, and what was said put in. Each change is an answer
// like any other, and lies on the tablet as soon as it is made. What was there before stays underneath.

const END = /(?<=[.!?؟።…])\s+|\n+/; // as interview/sentences.py has it

let form, heard, before; // the answers as they are read back

const named = (name) => [...form.querySelectorAll(`[name="${name}"]`)];
const ticked = (name) => named(name).filter((one) => one.checked).map((one) => one.value);
const tick = (name, values) => named(name).forEach((one) => (one.checked = values?.includes(one.value)));
const key_of = (said) => said.id.slice(2);
const all = (what) => [...form.querySelectorAll(what)];
const remove = (what, kept) => all(what).forEach((one) => kept(one) || one.remove());

export function read_back(page, device) {
  [form, heard, before] = [page, device, { ...device.draft.kept }];
  const ties = sentences();
  const holds = (what) => (one) => one.querySelector(what);
  remove("[data-left-out]", (row) => before[row.dataset.leftOut]?.skipped === "left-out");
  remove("#left-out", holds("li"));
  remove(".said", (said) => put(said, before[key_of(said)] ?? {}, ties));
  remove(".part:not(.closing)", holds(".said"));
  remove(form.querySelector(".said") ? "#nothing" : "main > .who", () => false);
  tick("read_right", before.read_right?.value);
  tick("agrees", [before.agrees?.value]);
  named("agrees_why")[0].value = before.agrees_why?.value ?? "";
  form.addEventListener("input", save);
  // After ends.js has turned the page.
  form.addEventListener("click", () => setTimeout(() => heard.remember({ page: "read-back", hash: named("go")[0].getAttribute("formaction") })));
  import(form.dataset.ends);
}

// Puts an answer in where it stands; nothing for what is not to stand there.
function put(said, { value, skipped, said_by, audience }, ties) {
  const [told, passed] = said.querySelectorAll(".told, .passed");
  if (skipped === "left-out" || (!skipped && value == null)) return false;
  (skipped ? told : passed).remove();
  if (skipped) return choose(passed, [skipped]);
  const [quote, by, change] = ["blockquote", "p[data-options]", "textarea"].map((one) => told.querySelector(one));
  tick(`${key_of(said)}__for`, audience);
  if (!quote) put_reasons(told.querySelector("ul"), value, ties);
  else if (value.strokes) draw(quote, value);
  else if (!by && quote.querySelector("[data-option]")) choose(told, [value].flat());
  else quote.textContent = value;
  if (change) change.value = value;
  if (by && (value.caption ?? value).trim()) choose(by, [said_by]);
  else by?.remove();
  return true;
}

// Of several options those that were chosen, with what stands between them.
function choose(place, keys) {
  const list = place.querySelector("[data-options]") ?? place;
  const chosen = [...list.children].filter((one) => keys.includes(one.dataset.option));
  list.replaceChildren(...chosen.flatMap((one, at) => [at ? list.dataset.options : "", one]));
  if (!list.querySelector("img")) list.replaceChildren(list.textContent);
  return true;
}

function draw(quote, { size, strokes, caption }) {
  const [sheet, words] = quote.children;
  const shades = JSON.parse(sheet.dataset.shades);
  const set = (one, facts) => Object.entries(facts).forEach((fact) => one.setAttribute(...fact));
  set(sheet, { viewBox: `0 0 ${size.join(" ")}`, height: Math.round((480 * size[1]) / size[0]) });
  if (caption.trim()) sheet.ariaLabel = words.textContent = caption;
  else words.remove();
  for (const { colour, width, points } of strokes) {
    const line = document.createElementNS(sheet.namespaceURI, "polyline");
    const twice = points.length > 2 ? points : [...points, ...points]; // a touch is a line to itself
    set(line, { points: twice.join(" "), stroke: shades[colour], "stroke-width": width });
    sheet.lastElementChild.append(line);
  }
  if (!strokes.length) sheet.remove();
}

// ---- the reasons

function put_reasons(list, { chosen, biggest, home, told }, ties) {
  const rows = Object.fromEntries([...list.children].map((row) => [row.querySelector("input").value, row]));
  list.replaceChildren(...chosen.map((code) => rows[code]));
  tick("biggest", [biggest]);
  tick("for_home", home);
  for (const select of list.querySelectorAll("select")) {
    const tie = told?.[select.id.slice(2)];
    const option = (one) => new Option(short(one.words), `${one.question}|${one.words}`, false, one.words === tie?.words && one.question === tie.question);
    select.append(...ties.map(option));
    if (!ties.length) select.previousElementSibling.remove(), select.remove();
  }
}

// What a reason can be tied to: each sentence that was said, and new words given to a reason.
function sentences() {
  const said = all('[data-kind="words"]').map(key_of).flatMap((question) =>
    (before[question]?.value ?? "").split(END).map((words) => ({ question, words: words.trim() })));
  const told = Object.values(before.reasons?.value?.told ?? {}).filter((tie) => tie.question === "reasons");
  return [...said.filter((tie) => tie.words), ...told];
}

const short = (words) => (words.length > 90 ? words.slice(0, 89) + "…" : words);

// ---- saving

const of_all = () => ({ said_by: heard.draft.writer, audience: form.dataset.readers.split(" "), skipped: null });
const facts = ({ value, skipped, audience }) => JSON.stringify([Object.entries(value ?? {}).sort(), skipped, [...audience].sort()]);

function save({ target }) {
  const { kept } = heard.draft;
  const said = target.closest(".said");
  const question = said ? key_of(said) : target.name;
  const now = said ? checked(said) : { ...of_all(), value: agreed(question) };
  const was = kept[question] ?? { value: null };
  if (said ? facts(now) === facts(was) : String(now.value) === String(was.value)) return;
  heard.changed({ question, set: form.dataset.set, ...now }, kept[question] === before[question]);
}

// With a network: what is marked on the page, and would be gone with it, under the ids with which it will be sent.
export function marks(page) {
  form = page;
  before = Object.fromEntries(all("[data-was]").map((said) => [key_of(said), JSON.parse(said.dataset.was)]));
  const told = {};
  const is_new = (name) => named(name).some((one) => one.checked !== one.defaultChecked || one.value !== one.defaultValue);
  const agreement = (question) => ({ question, said_by: form.dataset.writer, audience: form.dataset.readers.split(" "), skipped: null, value: agreed(question) });
  return () => [
    ...all("[data-was]").map((said) => ({ question: key_of(said), ...checked(said) })).filter((one) => facts(one) !== facts(before[one.question])),
    ...["read_right", "agrees", "agrees_why"].filter(is_new).map(agreement),
  ].map((one) => {
    const known = told[one.question];
    if (known && facts(known) === facts(one)) return known;
    const made = { op_id: `${form.elements.page.value}-${one.question}`, base_op: named(`${one.question}__base`)[0].value || null, set: form.dataset.set };
    return (told[one.question] = { ...one, ...made, device_time: new Date().toISOString() });
  });
}

function checked(said) {
  const key = key_of(said);
  const { value, skipped, said_by, audience } = before[key];
  const [check] = ticked(`${key}__check`);
  const now = { value, skipped, said_by, audience: named(`${key}__for`).length ? ticked(`${key}__for`) : audience };
  if (check === "leave-out") Object.assign(now, { value: null, skipped: "left-out" });
  else if (said.querySelector("ul")) now.value = reasons(value);
  else if (check === "change") now.value = said.querySelector("textarea").value || null;
  return now;
}

function reasons({ chosen, told, home }) {
  const [out, tells, [biggest]] = ["left_out", "for_home", "biggest"].map(ticked);
  const codes = chosen.filter((code) => !out.includes(code));
  const ties = codes.map((code) => [code, named(`${code}__told`)[0]?.value]).filter(([, tie]) => tie);
  return {
    chosen: codes,
    biggest: codes.includes(biggest) ? biggest : null,
    ...(told || ties.length ? { told: Object.fromEntries(ties.map(([code, tie]) => [code, untie(tie)])) } : {}),
    ...(home || tells.length ? { home: codes.filter((code) => tells.includes(code)) } : {}),
  };
}

function untie(tie) {
  const [question] = tie.split("|");
  return { question, words: tie.slice(question.length + 1) };
}

function agreed(name) {
  const [{ type, value }] = named(name);
  const chosen = ticked(name);
  if (type === "checkbox") return chosen.length ? chosen : null;
  return type === "radio" ? (chosen[0] ?? null) : value || null;
}
