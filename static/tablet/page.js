// The blank talk: puts up the page that is wanted, with what lies on this tablet. Then comes talk.js, as online.
import { fill } from "./fill.js";
import { read_back } from "./read_back.js";

const heard = (window.heard = parent.heard);
const of_page = (name) => document.querySelector(`[data-page="${name}"]`).content;
const is_told = (answer) => answer && answer.skipped !== "later" && (answer.skipped || answer.value !== null);

function put_up() {
  const { draft, page, with_the_child } = heard;
  const form = document.importNode(of_page(page), true).querySelector("form");
  const wrong = with_the_child ? "worker" : "child";
  for (const one of form.querySelectorAll(`[data-holds="${wrong}"]`)) one.remove();
  if (page === "read-back") {
    read_back(form, heard);
    document.querySelector("#under").remove();
  } else fill_talk(form, draft);
  document.body.prepend(form);
  if (draft.hash) history.replaceState(null, "", draft.hash);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    leave(form, event.submitter);
  });
  form.addEventListener("step", () => heard.remember({ page, hash: place(form) }));
  form.elements.writer?.addEventListener("change", ({ target }) => heard.remember({ writer: target.value }));
}

function fill_talk(form, { asked, kept, writer, folded, repeat, welcome, welcomed }) {
  const begun = kept.ready?.value === "yes";
  for (const box of form.querySelectorAll(".q")) {
    const { question } = box.dataset;
    if (!asked.includes(question) || (begun && question === "ready")) box.remove();
    else if (kept[question]) fill(box, kept[question]);
  }
  form.elements.writer.value = writer;
  for (const part of form.querySelectorAll("section")) fold(part, folded, kept);
  for (const told of form.querySelectorAll("[data-welcome]")) {
    if (told.dataset.welcome !== welcome) told.remove();
    told.open = !welcomed && !Object.keys(kept).length;
  }
  const last = form.querySelector("#last");
  if (last && !repeat) last.textContent = last.dataset.once;
  if (last) begin_at(form, kept);
  else import("./sheet.js").then(({ build, sheet_of }) => form.querySelector("[data-told]").replaceWith(...build(sheet_of(heard.draft, "last-time").tree).childNodes));
}

// What stays true from an earlier talk: behind one touch.
function fold(part, folded, kept) {
  const again = part.querySelector(".again");
  const boxes = [...part.querySelectorAll(".q")].filter((box) => folded.includes(box.dataset.question));
  if (!boxes.length) return again.remove();
  again.append(...boxes);
  again.open = boxes.some((box) => kept[box.dataset.question]);
}

// Where the talk goes on: after what was answered last.
function begin_at(form, kept) {
  let begin = null;
  let open = true;
  for (const box of form.querySelectorAll("section > .q")) {
    const answered = box.dataset.question in kept;
    if (answered || (open && !box.dataset.follows && !box.dataset.after)) begin = box;
    open = answered || (open && begin !== box);
  }
  const part = begin.closest("section");
  begin.classList.add("now");
  part.toggleAttribute("data-open", true);
  form.querySelector(`.places [href="#${part.id}"]`).ariaCurrent = "step";
}

const place = (form) => "#" + (form.querySelector("#later:not([hidden])") ?? form.querySelector(".now")).id;

async function leave(form, button) {
  const { draft, page } = heard;
  form.querySelector("main").inert = true;
  await heard.flush();
  const [go] = (button?.value ?? "stay").split(" ");
  const language = go.startsWith("in-") ? go.slice(3) : null;
  if (language) {
    heard.form("language", [["language", language]]);
    await heard.remember({ language, page, hash: place(form) });
    return heard.go(page);
  }
  if (go === "stay" && page === "read-back") await heard.remember({ page, hash: button?.getAttribute("formaction") ?? "" });
  if (of_page("talk").querySelector(`section[id="${go}"]`)) {
    await heard.remember({ page: "talk", hash: "#" + go });
    return heard.go("talk");
  }
  heard.go({ stay: page, "read-back": page === "talk" ? after_talk(draft) : go }[go] ?? go);
}

function after_talk({ kept, repeat }) {
  if (["no", "not-now"].includes(kept.ready?.value)) return "until-then";
  const anew = [...of_page("talk").querySelectorAll("#why .q, #cards .q")].some((box) => is_told(kept[box.dataset.question]));
  return repeat && anew ? "last-time" : "read-back";
}

// By itself this page shows nothing, and talk.js finds a form without anything in it.
if (heard) put_up();
else document.body.prepend(Object.assign(document.createElement("form"), { id: "talk" }));
