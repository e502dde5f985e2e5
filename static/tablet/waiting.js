// On a worker's pages: what waits on this tablet is sent. The start page says what could not be, and nobody signs out
// from it unasked. Signed out, nothing here opens any more; what is sealed stays.
import { listen, send_now, start, waiting } from "./sync.js";

const out = document.querySelector("[data-waiting]");
const words = JSON.parse(out.dataset.waiting);
const line = document.querySelector("#on-this-tablet");
const { tag } = words;
const mine = () => waiting({ tag });

const when = (at) => new Date(at).toLocaleString([document.documentElement.lang.replace(/^en$/, "en-GB"), "en-GB"], { dateStyle: "medium", timeStyle: "short", timeZone: "Europe/London" });
const told = ({ count, oldest }) => words.waiting.replace("{count}", count).replace("{time}", when(oldest));

async function show() {
  const left = await mine();
  line.hidden = !left.count;
  line.firstElementChild.textContent = left.count ? told(left) : "";
}

// Gives whether to sign out.
async function ask(left) {
  const { make, question } = await import("./dialog.js");
  const said = make("p", { role: "status", textContent: told(left) });
  const answers = ["send", "stay", "out"].map((value) => make("button", { value, textContent: words[value] }));
  return question(words, [said, make("p", { className: "answers" }, ...answers)], async (_, { value }) => {
    if (value !== "send") return value === "out";
    await send_now();
    const still = await mine();
    if (!still.count) return true;
    said.textContent = told(still);
  });
}

out.addEventListener("submit", async (event) => {
  if (out.dataset.goes) return;
  event.preventDefault();
  const left = await mine();
  if (left.count && !(await ask(left))) return;
  await (await import("./device.js")).forget_all_of(tag).catch(() => {}); // where the browser keeps nothing
  out.dataset.goes = "yes";
  out.requestSubmit();
});

if ((await waiting()).count) {
  start({}).catch(() => {});
  if (line) {
    listen(show);
    line.querySelector("button").onclick = send_now;
    await show();
  }
}
