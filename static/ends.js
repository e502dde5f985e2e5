// The read-back, one thing at a time: a part on a tablet, an answer on a phone. Without this it is one long page.
const main = document.querySelector("#main");
const parts = [...main.querySelectorAll(".part")];
const [back, on] = [-1, 1].map((step) => main.querySelector(`[data-turn="${step}"]`));
const narrow = matchMedia("(max-width: 40rem)");
let units = [];
let here = 0;

function lay_out() {
  const now = units[here];
  units = parts.flatMap((part) => {
    const answers = [...part.querySelectorAll(".said")];
    return narrow.matches && answers.length ? answers : [part];
  });
  here = Math.max(0, units.findIndex((unit) => now && (unit.contains(now) || now.contains(unit))));
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
}

function turn(step) {
  here += step;
  show();
  scrollTo(0, 0);
  units[here].closest(".part").querySelector("h2").focus({ preventScroll: true });
}

back.addEventListener("click", () => turn(-1));
on.addEventListener("click", () => turn(1));
narrow.addEventListener("change", lay_out);
lay_out();
