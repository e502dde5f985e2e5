// Taking one talk off this tablet, such as one that was taken by mistake; and closing what is open of Heard beside it.
import { make, question } from "./dialog.js";
import { contact, start, waiting } from "./sync.js";

// What was written in it is sent first. `words` of the page; gives nothing.
export async function take_off(me, { interview, title }, words) {
  const { count } = await waiting({ slot: me.slot, talk: interview });
  const said = make("p", { textContent: count ? words.first : words.goes });
  const answers = [make("button", { value: "stay", textContent: words.stays }), !count && make("button", { value: "off", textContent: words.off })];
  const asked = { lang: document.documentElement.lang, looks: words.looks, title: words.offTitle.replace("{title}", title) };
  if (!(await question(asked, [said, make("p", { className: "answers" }, ...answers.filter(Boolean))], async (_, { value }) => value === "off"))) return;
  await me.remove(interview);
  start({}); // The server learns of it.
}

// Whoever finds this tablet locked finds no page of Heard open in it. What is kept here stays.
export async function close() {
  const { token } = await contact();
  await fetch("/sign-out", { method: "POST", headers: { "X-CSRF-Token": token }, redirect: "manual" }).catch(() => {});
  start({});
}
