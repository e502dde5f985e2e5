// The tablet was reported lost, or these slots' people hold no talks any more: what is sealed is handed in, and nothing
// stays that could be opened.
import { all, done, tidy, within } from "./store.js";

const SOON = 400; // for the pages that are open
const MANY = 100;

export async function hand_in({ why, slots = [], tags = [] }, { who, adrift, device, kept, let_go, post, spread }) {
  const state = why === "lost" ? why : "offline"; // Of a tablet that others go on with, theirs is sent next.
  const theirs = ({ slot, tag }) => why === "lost" || slots.includes(slot) || tags.includes(tag);
  const here = (await all("slots").catch(() => [who])).filter(theirs); // At the least the one that is open.
  let away = await within("readwrite", ["slots", "talks"], async (stores) => {
    for (const row of await done(stores.slots.getAll())) if (theirs(row)) await done(stores.slots.delete(row.slot));
    for (const row of await done(stores.talks.getAll())) if (theirs(row)) await done(stores.talks.delete([row.slot, row.talk]));
  }).then(tidy, () => false);
  // The pages that are open seal what they have, and close.
  for (const { slot } of here) spread({ forgotten: slot });
  await new Promise((go_on) => setTimeout(go_on, SOON));
  const tried = new Set();
  const accepted = [];
  for (;;) {
    // Where the store cannot be read, what is in memory goes all the same; and that was not all.
    const stored = await kept().catch(() => ((away = false), []));
    const entries = [...stored, ...adrift.values()].filter((one) => theirs(one) && !tried.has(one.op_id)).slice(0, MANY);
    const sealed = entries.map(({ op_id, envelope, slot, tag }) => ({ op_id, envelope, slot, tag }));
    const reply = await post("/tablet/hand-in", { device: (await device()).device, sealed, last: !entries.length && away });
    if ("gone" in reply) return { state: "offline", accepted };
    for (const { op_id } of entries) tried.add(op_id);
    accepted.push(...reply.accepted);
    await let_go(reply.accepted);
    if (!entries.length) return { state: away ? state : "offline", accepted };
  }
}
