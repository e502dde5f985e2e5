// The blank talk: puts up the page that is wanted, with what lies on this tablet. Then comes talk.js, as online.
import { fill } from "./fill.js";
import { read_back } from "./read_back.js";

const heard = (window.heard = parent.heard);
const of_page = (name) => document.querySelector(`[data-page="${name}"]`).content;

function put_up({ draft, page, with_the_child }) {
  const form = document.importNode(of_page(page), true).querySelector("form");
  for (const one of form.querySelectorAll(`[data-holds="${with_the_child ? "worker" : "child"}"]`)) one.remove();
  document.body.prepend(form);
  if (page === "read-back") {
    document.querySelector("#under").remove();
    read_back(form, heard);
  } else fill_talk(form, draft);
  if (draft.hash) history.replaceState(null, "", draft.hash);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const main = form.querySelector("main");
    main.inert = true;
    // Who could not leave goes on here.
    leave(form, event.submitter).finally(() => (main.inert = false));
  });
  form.addEventListener("step", () => heard.remember({ page, hash: place(form) }));
  form.addEventListener("change", ({ target }) => target.id === "writer" && heard.remember({ writer: target.value }));
}

function fill_talk(form, draft) {
  const { asked, kept, writer, repeat, welcome, welcomed } = draft;
  for (const box of form.querySelectorAll(".q")) {
    const { question } = box.dataset;
    const answer = kept[question];
    if (!asked.includes(question) || (question === "ready" && answer?.value === "yes")) box.remove();
    else if (answer) fill(box, answer);
  }
  form.elements.writer.value = writer;
  for (const told of form.querySelectorAll("[data-welcome]")) {
    if (told.dataset.welcome !== welcome) told.remove();
    told.open = !welcomed && !Object.keys(kept).length;
  }
  for (const again of form.querySelectorAll(".again")) fold(again, draft);
  const told = form.querySelector("[data-told]");
  if (told) return import("./sheet.js").then(({ build, sheet_of }) => told.replaceWith(...build(sheet_of(draft, "last-time").tree).childNodes));
  if (repeat) form.querySelector("#last").textContent = form.querySelector("#onward").textContent;
  begin_at(form, kept);
}

// What stays true from an earlier talk: behind one touch.
function fold(again, { folded, kept }) {
  const boxes = [...again.parentNode.querySelectorAll(".q")].filter((box) => folded.includes(box.dataset.question));
  if (!boxes.length) return again.remove();
  again.append(...boxes);
  again.open = boxes.some((box) => kept[box.dataset.question]);
}

// Where the talk goes on: after what was answered last.
function begin_at(form, kept) {
  let begin;
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
  const { page } = heard;
  const [go] = (button?.value ?? "stay").split(" ");
  const language = go.startsWith("in-") && go.slice(3);
  const part = of_page("talk").querySelector(`section[id="${go}"]`);
  await heard.flush();
  if (language) {
    heard.form("language", [["language", language]]);
    heard.remember({ language, page, hash: place(form) });
  }
  if (part) heard.remember({ page: "talk", hash: "#" + go });
  if (go === "stay" && page === "read-back") heard.remember({ page, hash: button?.getAttribute("formaction") ?? "" });
  const stays = language || go === "stay";
  return heard.go(stays ? page : part ? "talk" : go === "read-back" && page === "talk" ? after_talk(heard.draft) : go);
}

function after_talk({ kept, repeat }) {
  const is_told = ({ dataset: { question } }) => kept[question] && (kept[question].skipped ?? "later") !== "later" || kept[question]?.value != null;
  if (["no", "not-now"].includes(kept.ready?.value)) return "until-then";
  return repeat && [...of_page("talk").querySelectorAll("#why .q, #cards .q")].some(is_told) ? "last-time" : "read-back";
}

// By itself this page shows nothing, and talk.js finds a form without anything in it.
if (heard) put_up(heard);
else document.body.prepend(Object.assign(document.createElement("form"), { id: "talk" }));
