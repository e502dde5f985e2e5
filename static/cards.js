// The cards: a chosen reason can be tied to words already said, or to new ones. And: words only, without pictures.
const form = document.querySelector("#talk");
const words_only = form.querySelector("#words-only");
const box = form.querySelector("[data-kind=reasons]");
const END = /(?<=[.!?؟।።…])\s+|\n+/; // as interview/sentences.py has it

// ---- words only

function offer_words_only() {
  words_only.hidden = !form.querySelector(".now img");
}

words_only.addEventListener("click", () => {
  words_only.ariaPressed = form.classList.toggle("words-only");
});
form.addEventListener("step", offer_words_only);
offer_words_only();

// ---- the child's own words for a reason

function said() {
  const texts = [...form.querySelectorAll("[data-kind=words]")].filter((one) => !one.querySelector("[name$=__skip]:checked"));
  return texts.flatMap((one) =>
    one.querySelector("textarea").value.split(END).map((part) => part.trim()).filter(Boolean).map((words) => ({ question: one.dataset.question, words })));
}

function row_of(card, ties) {
  const code = card.value;
  const row = ties.querySelector("template").content.cloneNode(true).firstElementChild;
  const [select, text, quote] = ["select", "textarea", "q"].map((one) => row.querySelector(one));
  let choices = [];
  row.dataset.code = code;
  row.querySelector(".which").textContent = card.closest(".card").querySelector(".choose > span").textContent;

  row.show = () => {
    const tie = box.told[code];
    choices = said();
    select.replaceChildren(select.options[0], ...choices.map(({ question, words }) =>
      new Option(words.length > 80 ? words.slice(0, 79) + "…" : words, "", false, tie?.question === question && tie.words === words)));
    select.parentNode.hidden = !choices.length;
    if (document.activeElement !== text) text.value = tie?.question === box.dataset.question ? tie.words : "";
    quote.textContent = tie?.words ?? "";
  };
  const tie_to = (tie) => {
    if (tie) box.told[code] = tie;
    else delete box.told[code];
    quote.textContent = tie?.words ?? "";
  };
  select.addEventListener("input", () => {
    tie_to(choices[select.selectedIndex - 1]);
    text.value = "";
  });
  text.addEventListener("input", () => {
    tie_to(text.value.trim() ? { question: box.dataset.question, words: text.value } : undefined);
    select.selectedIndex = 0;
  });
  return row;
}

function show_ties() {
  const ties = box.querySelector(".ties");
  const list = ties.querySelector("ul");
  const chosen = [...box.querySelectorAll(".choose input:checked")];
  for (const row of [...list.children]) if (!chosen.some((card) => card.value === row.dataset.code)) row.remove();
  for (const card of chosen) if (![...list.children].some((row) => row.dataset.code === card.value)) list.append(row_of(card, ties));
  for (const row of list.children) row.show();
  ties.hidden = !chosen.length;
}

if (box) {
  const looks = document.createElement("link");
  looks.rel = "stylesheet";
  looks.href = box.querySelector(".ties").dataset.looks;
  document.head.append(looks);
  box.told = JSON.parse(box.dataset.kept || "{}").told ?? {};
  box.addEventListener("change", (event) => {
    if (!event.target.closest(".ties")) show_ties();
  });
  // The next twelve: the eye and the focus are where they begin.
  for (const more of box.querySelectorAll(".more")) more.addEventListener("toggle", () => {
    if (more.open) more.querySelector("input").focus();
  });
  form.addEventListener("step", () => {
    if (box.classList.contains("now")) show_ties();
  });
  show_ties();
}
