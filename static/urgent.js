// The talk: where the worker was when someone was not safe, and the calm line under an answer that speaks of harm.
const form = document.querySelector("#talk");
const line = document.querySelector("#not-safe");

// The way back leads to the question that stands on the screen now.
form.addEventListener("click", (event) => {
  const button = event.target.closest("[name=go][value^=urgent]");
  if (button) button.value = `urgent ${location.hash.slice(1)}`.trim();
}, true);

const after = new Map(line.dataset.after.trim().split(" ").map((one) => one.split(":")).map(([question, said]) => [question, said.split(",")]));

function the_line() {
  const shown = document.createElement("p");
  shown.className = "hint";
  shown.setAttribute("role", "status");
  shown.append(line.content.cloneNode(true), " ", form.querySelector("[name=go][value^=urgent], a[href*=urgent]").cloneNode(true));
  return shown;
}

function offer(box) {
  const said = after.get(box.dataset.question);
  const spoken = [...box.querySelectorAll(`[name="${box.dataset.question}"]:checked`)].some((one) => said.includes(one.value));
  const shown = box.querySelector(":scope > [role=status]");
  if (spoken && !shown) box.append(the_line());
  if (!spoken) shown?.remove();
}

for (const question of after.keys()) {
  const box = form.querySelector(`[data-question="${question}"]`);
  if (!box) continue;
  box.addEventListener("change", () => offer(box));
  offer(box);
}
