// The read-back, one thing at a time: a part on a tablet, an answer on a phone. Without this it is one long page.
// What was changed is saved as the page is turned: it comes anew from the server, open where it was turned to.
const form = document.querySelector("#read-back");
const main = form.querySelector("#main");
const parts = [...main.querySelectorAll(".part")];
const [back, on] = [-1, 1].map((step) => main.querySelector(`[data-turn="${step}"]`));
const saves = form.querySelectorAll("[name=go][value=stay]");
const narrow = matchMedia("(max-width: 40rem)");
const PATIENCE = 3000; // for a server that may not be there
let units = [];
let here = 0;

function lay_out(at) {
  units = parts.flatMap((part) => {
    const answers = [...part.querySelectorAll(".said")];
    return narrow.matches && answers.length ? answers : [part];
  });
  here = Math.max(0, units.findIndex((unit) => at && (unit.contains(at) || at.contains(unit))));
  show();
}

function show() {
  const unit = units[here];
  const part = unit.closest(".part");
  for (const one of parts) one.classList.toggle("off", one !== part);
  for (const said of main.querySelectorAll(".said")) said.classList.toggle("off", unit !== part && said !== unit);
  const end = part.querySelector(".all-right");
  if (end) end.classList.toggle("off", units[here + 1]?.closest(".part") === part);
  main.classList.toggle("turned", here > 0);
  back.hidden = here === 0;
  on.hidden = here === units.length - 1;
  come_back_to(unit);
}

// The address that the server leads to has none of its own: the browser keeps this.
function come_back_to(unit) {
  for (const save of saves) save.formAction = `#at-${unit.id}`;
}

// What the server would keep. That something is right as it stands it knows.
const said = () => JSON.stringify([...new FormData(form)].filter(([name, what]) => !name.endsWith("__check") || what === "leave-out"));
const as_it_came = said();

function turn(step) {
  if (said() === as_it_came) return go_on(step);
  back.disabled = on.disabled = true;
  come_back_to(units[here + step]);
  // talk.js sends it only to a server that is there. Until then it says that this is not saved, and tries again.
  const known = mark.dataset.state;
  form.requestSubmit(saves[0]);
  setTimeout(() => main.inert || go_on_unsaved(step), known ? 0 : PATIENCE);
}

function go_on_unsaved(step) {
  back.disabled = on.disabled = false;
  if (!mark.dataset.state) say("waiting");
  go_on(step);
}

function go_on(step) {
  here += step;
  show();
  scrollTo(0, 0);
  look_up();
}

const look_up = () => units[here].closest(".part").querySelector("h2").focus({ preventScroll: true });

// Nothing more is said to a page that is on its way to the server.
form.addEventListener("submit", (event) => (main.inert = !event.defaultPrevented));
back.addEventListener("click", () => turn(-1));
on.addEventListener("click", () => turn(1));
narrow.addEventListener("change", () => lay_out(units[here]));

const turned_to = location.hash.startsWith("#at-") && document.getElementById(location.hash.slice(4));
lay_out(main.querySelector(".fault") ?? turned_to);
if (turned_to) look_up();
