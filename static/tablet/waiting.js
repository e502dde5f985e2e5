// On a worker's pages: what waits on this tablet is sent. The start page says what could not be, and nobody signs out
// from it unasked. Signed out, nothing here opens any more; what is sealed stays.
import { all } from "./store.js";
import { contact, listen, send_now, start, waiting } from "./sync.js";

const out = document.querySelector("[data-waiting]");
const words = JSON.parse(out.dataset.waiting);
const line = document.querySelector("#on-this-tablet");
const { tag } = words;

// What is here of this person: {count, oldest} of what waits, and how many `talks` open here. Nothing where nobody knows.
const mine = () =>
  Promise.all([waiting({ tag }), all("slots"), all("talks")]).then(
    ([left, slots, talks]) => ({ ...left, talks: talks.filter(({ slot, box }) => box && slots.some((row) => row.slot === slot && row.tag === tag)).length }),
    ({ name }) => (name === "SecurityError" ? { count: 0, talks: 0 } : {}), // Where nothing can be kept, nothing is.
  );

const when = (at) => new Date(at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "Europe/London" }).replace(/[a-z]+/gi, (one) => words.names[one] ?? one);
const told = ({ count, oldest, talks }) =>
  [count && words.waiting.replace("{count}", count).replace("{time}", when(oldest)), talks && words.talks.replace("{count}", talks)].filter(Boolean).join(" ");

async function show() {
  const left = await mine();
  line.hidden = !left.count;
  line.firstElementChild.textContent = told({ ...left, talks: 0 });
}

// Gives whether to sign out.
async function ask(left) {
  const { make, question } = await import("./dialog.js");
  const said = make("p", { role: "status", textContent: told(left) });
  const answers = [left.count !== 0 && "send", "stay", left.count === 0 ? "away" : "out"].filter(Boolean);
  const buttons = answers.map((value) => make("button", { value, textContent: words[value] }));
  const title = left.count ? words.title : left.count === 0 ? words.here : words.stuck;
  const answer = await question({ ...words, title }, [said, make("p", { className: "answers" }, ...buttons)], async (_, { value }) => {
    if (value !== "send") return value !== "stay";
    await send_now();
    const still = await mine();
    if (still.count === 0) return still.talks ? "again" : true;
    said.textContent = told(still);
  });
  return answer === "again" ? ask(await mine()) : answer;
}

async function forget_mine() {
  const { forget } = await import("./device.js");
  for (const { slot, tag: whose } of await all("slots")) {
    if (whose !== tag) continue;
    await forget(slot);
    await contact({ slot, with_the_child: null }); // The office learns that the talks are off this tablet.
  }
}

out.addEventListener("submit", async (event) => {
  if (out.dataset.goes) return;
  event.preventDefault();
  const left = await mine();
  if ((left.count !== 0 || left.talks) && !(await ask(left))) return;
  // Where the browser keeps nothing, nothing is left.
  const forgotten = await forget_mine().then(() => true, ({ name }) => name === "SecurityError");
  if (!forgotten && !(await ask({}))) return;
  out.dataset.goes = "yes";
  out.requestSubmit();
});

if ((await waiting().catch(() => ({}))).count) {
  start({}).catch(() => {});
  if (line) {
    listen(show);
    line.querySelector("button").onclick = send_now;
    await show();
  }
}
