// "Write it for me": beside each answer in words, who is writing it, in the child's words, and one touch to change that.
// What is chosen stands for the answers that follow too. Without this the page asks at its top, and under each answer.
"use strict";

const form = document.querySelector("#talk");
const writer = form.elements.writer;
const words = JSON.parse(form.querySelector("[data-writing]").dataset.writing);
const MYSELF = "child-typed";
const EXACTLY = "word-for-word";
const IN_OTHER_WORDS = "paraphrase";

function beside(box) {
  const text = box.querySelector("textarea");
  const ways = [...box.querySelectorAll(`[name="${box.dataset.question}__by"]`)];
  const line = document.createElement("p");
  const hand = document.createElement("button");
  const exact = document.createElement("label");
  const tick = document.createElement("input");
  const said = document.createElement("span");
  line.className = "by";
  hand.type = "button";
  hand.className = "quiet";
  exact.className = "pill";
  tick.type = "checkbox";
  said.textContent = words.exact;
  exact.append(tick, said);
  line.append(hand, exact);
  text.after(line);

  const now = () => (text.value || box.dataset.by ? ways.find((way) => way.checked)?.value : writer.value) ?? writer.value;

  function show() {
    const by = now();
    hand.textContent = by === MYSELF ? words.for_me : words.myself;
    exact.hidden = ![EXACTLY, IN_OTHER_WORDS].includes(by);
    tick.checked = by === EXACTLY;
  }

  function choose(by) {
    for (const way of ways) way.checked = way.value === by;
    box.dataset.by = "chosen";
    const chosen = ways.find((way) => way.checked);
    // Nothing is saved of a box in which nothing stands.
    if (text.value) chosen.dispatchEvent(new InputEvent("input", { bubbles: true }));
    writer.value = by;
    writer.dispatchEvent(new Event("change", { bubbles: true }));
  }

  hand.addEventListener("click", () => {
    choose(now() === MYSELF ? EXACTLY : MYSELF);
    text.focus();
  });
  // It is no answer.
  tick.addEventListener("input", (event) => event.stopPropagation());
  tick.addEventListener("change", () => choose(tick.checked ? EXACTLY : IN_OTHER_WORDS));
  form.addEventListener("change", show);
  // After the page has noted who wrote this.
  form.addEventListener("input", (event) => {
    if (box.contains(event.target)) show();
  });
  show();
}

for (const box of form.querySelectorAll('[data-kind="words"]')) beside(box);
