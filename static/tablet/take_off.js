// Taking one talk off this tablet, such as one that was taken by mistake; and closing what is open of Heard beside it.
import { make, question } from "./dialog.js";
import { contact, start, waiting } from "./sync.js";

// What was written in it is sent first. `words` of the page; gives nothing.
export async function take_off(me, { interview, title }, words) {
  const { count } = await waiting({ slot: me.slot, talk: interview });
  if (document.querySelector("#list").hidden) return; // Locked meanwhile: it would name the child.
  const said = make("p", { textContent: count ? words.first : words.goes });
  const answers = [make("button", { value: "stay", textContent: words.stays }), !count && make("button", { value: "off", textContent: words.off })];
  const asked = { lang: document.documentElement.lang, looks: words.looks, title: words.offTitle.replace("{title}", title) };
  if (!(await question(asked, [said, make("p", { className: "answers" }, ...answers.filter(Boolean))], async (_, { value }) => value === "off"))) return;
  await me.remove(interview);
  start({}); // The server learns of it.
}

// Finished, or another's: what was written has been sent, and the rest is not for this tablet any more. Gives what to say.
export async function take_away(me, { interview, title }, words) {
  await me.remove(interview);
  start({}); // The server learns of it.
  return title ? words.away.replace("{title}", title) : "";
}

// Whoever finds this tablet locked finds no page of Heard open in it. What is kept here stays.
export async function close() {
  const { token } = await contact();
  await fetch("/sign-out", { method: "POST", headers: { "X-CSRF-Token": token }, redirect: "manual" }).catch(() => {});
  new BroadcastChannel("tablet").postMessage("signed out"); // Pages that are open are read anew.
  start({});
}
