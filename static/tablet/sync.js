// Sending: what is sealed goes to the server, oldest first. Only ids that the server names leave this tablet.
import { all, done, within } from "./store.js";

const RETRY = [2000, 5000, 15_000]; // then every minute
const SOON = 400;
const PATIENCE = 20_000; // for a server that takes a request and is silent
const BATCH = 300_000; // characters
const MANY = 100;

// Sealed, but the tablet would not take it: it goes to the server from memory. op_id → entry
export const adrift = new Map();
// What has been handed to a request from memory: it never changes again.
export const handed = new Set();
const hearers = new Set();
const unopened = new Set(); // what the server could not open is not sent again and again
const named = new Set(); // nor what it has, and the tablet would not let go
const tabs = new BroadcastChannel("heard");
let who = { slot: null, with_the_child: () => null };
const HOUR = 3_600_000;
let told; // which child has the tablet, as the server knows it
let told_at = 0; // a tablet that was reported lost learns of it, whether anything waits or not
let tries = 0;
let timer;
let running;
let stand_in;
// Nothing is put back on a tablet that was reported lost.
export let lost = false;

// This tablet's own record. The clock never goes back behind what it has shown; but the server's time counts, and one that
// was once ahead is forgotten.
export const device = (server_time) =>
  within("readwrite", ["device"], async ({ device }) => {
    const now = new Date().toISOString();
    const row = (await done(device.getAll()))[0] ?? { device: crypto.randomUUID(), made_at: now, last_seen: now };
    if (server_time || row.last_seen < now) row.last_seen = server_time ?? now;
    await done(device.put(row));
    return row;
  }).catch(
    async () => (await all("device").catch(() => []))[0] ?? (stand_in ??= { device: crypto.randomUUID() }),
  );

export function listen(tell) {
  hearers.add(tell);
  return () => hearers.delete(tell);
}

function tell(outcome) {
  for (const hear of hearers) hear(outcome);
}
tabs.onmessage = ({ data }) => tell(data);

// Gives what the server says, and {gone: status} with it when it is a no; 0 is nobody there.
export const post = (path, body, token) =>
  fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...(token && { "X-CSRF-Token": token }) },
    body: JSON.stringify(body),
    cache: "no-store",
    redirect: "error",
    signal: AbortSignal.timeout?.(PATIENCE),
  })
    // A yes that is not Heard's, such as a page of the network's, is nobody there.
    .then(async (reply) => (reply.ok ? reply.json() : { ...(await reply.json().catch(() => ({}))), gone: reply.status }))
    .catch(() => ({ gone: 0 }));

// What the server says to this tablet: {token, tag, key, ...}, or {gone: status} and 0 for nobody there.
export const contact = async ({ slot, with_the_child } = { ...who, with_the_child: who.with_the_child() }) => {
  const talks = slot && (await all("talks").catch(() => null));
  const holds = talks?.filter((one) => one.slot === slot && one.box).map(({ talk }) => talk);
  const said = await post("/tablet/contact", { device: (await device()).device, slot, holds, with_the_child });
  if (said.server_time) await device(new Date(said.server_time).toISOString());
  return said;
};

// Where the browser lets nothing be kept there is nothing; where it cannot be read, nobody knows.
const kept = () =>
  all("outbox").catch((trouble) => {
    if (trouble.name !== "SecurityError") throw trouble;
    return [];
  });

// What waits here: of one person ({tag}), of one slot, of everybody.
export async function waiting(of = {}) {
  const found = { count: 0, talks: {} };
  for (const one of [...(await kept()), ...adrift.values()]) {
    if (Object.keys(of).some((name) => one[name] !== of[name])) continue;
    for (const sum of [found, (found.talks[one.talk] ??= { count: 0 })]) {
      sum.count += 1;
      if (!(sum.oldest <= one.at)) sum.oldest = one.at;
    }
  }
  return found;
}

// Marked before it is handed to a request, in the transaction that reads it: from here on it never changes.
async function freeze(tag) {
  const pages = new Set((await navigator.locks?.query())?.held.map(({ name }) => name));
  let room, many;
  const next = (one) => {
    const goes = one.tag === tag && !unopened.has(one.op_id) && !pages.has(`page ${one.page}`) && room > 0 && many > 0;
    if (goes) room -= one.envelope.c.length, many--;
    return goes;
  };
  // What is in memory under the same id is newer.
  const mine = (one) => !adrift.has(one.op_id) && !named.has(one.op_id) && next(one);
  const stored = await within("readwrite", ["outbox"], async ({ outbox }) => {
    [room, many] = [BATCH, MANY];
    const batch = (await done(outbox.getAll())).filter(mine);
    for (const one of batch) if (!one.sent) await done(outbox.put({ ...one, sent: true }));
    return batch;
  }).catch(async () => {
    // A full tablet takes no mark, and sends all the same.
    [room, many] = [BATCH, MANY];
    return (await kept().catch(() => [])).filter(mine);
  });
  for (const one of stored) handed.add(one.op_id);
  const loose = [...adrift.values()].filter(next);
  for (const one of loose) handed.add(one.op_id), (one.sent = true);
  return [...stored, ...loose];
}

export async function let_go(ids) {
  for (const id of ids) adrift.delete(id);
  await within("readwrite", ["outbox"], async ({ outbox }) => {
    for (const id of ids) {
      const seq = await done(outbox.index("op_id").getKey(id));
      if (seq !== undefined) await done(outbox.delete(seq));
    }
  }).catch(() => ids.forEach((id) => named.add(id))); // The next page sends it once more, and it counts once.
}

// The tablet was reported lost, or these people hold no talks any more.
async function hand_in(said) {
  lost ||= said.why === "lost";
  return (await import("./hand_in.js")).hand_in(said, { who, adrift, device, kept, let_go, post, spread });
}

async function round() {
  const child = who.with_the_child();
  const is_told = told === child && Math.abs(Date.now() - told_at) < HOUR;
  if (is_told && (await waiting().catch(() => null))?.count === 0) return { state: "sent", accepted: [] };
  const said = await contact({ ...who, with_the_child: child });
  if (said.gone === 410) return hand_in(said);
  if ("gone" in said || !said.tag) return { state: said.gone === 401 ? "signed-out" : "offline", accepted: [] };
  [told, told_at] = [child, Date.now()];
  const talks = { ...said.talks }; // where each stands
  let slot = (await all("slots").catch(() => [])).find((row) => row.tag === said.tag)?.slot ?? null;
  for (;;) {
    const batch = await freeze(said.tag);
    if (!batch.length) break;
    tell({ state: "sending", tag: said.tag, accepted: [] });
    const reply = await post("/tablet/sync", { device: (await device()).device, slot, sealed: batch.map(({ op_id, envelope }) => ({ op_id, envelope })) }, said.token);
    if (reply.gone === 410) return hand_in(reply);
    // A store that was emptied has another tablet's id since: what is sealed is its person's all the same.
    if (reply.gone === 409 && slot) {
      slot = null;
      continue;
    }
    if ("gone" in reply) return { state: reply.gone === 401 ? "signed-out" : "offline", accepted: [] };
    for (const { op_id } of reply.refused) unopened.add(op_id);
    await let_go(reply.accepted);
    Object.assign(talks, reply.talks);
    spread({ state: "sending", ...reply, tag: said.tag });
    // A server that names nothing would be asked for ever.
    if (!reply.accepted.length && !reply.refused.length) return { state: "offline", accepted: [] };
  }
  await kept(); // Or nobody knows whether this was all.
  return { state: unopened.size ? "refused" : "sent", accepted: [], tag: said.tag, talks, way_back: said.way_back };
}

// Said in every tab.
export function spread(outcome) {
  tabs.postMessage(outcome);
  tell(outcome);
}

async function run() {
  clearTimeout(timer);
  const outcome = await (navigator.locks ? navigator.locks.request("heard sync", round) : round()).catch(() => ({ state: "offline", accepted: [] }));
  spread(outcome);
  if (["offline", "signed-out"].includes(outcome.state)) timer = setTimeout(send_now, RETRY[tries++] ?? 60_000);
  else tries = 0;
  return outcome;
}

// Send what waits, now. Gives the outcome: {state: sent | offline | signed-out | refused | lost, ...}.
export const send_now = () => (running ??= run().finally(() => (running = null)));

// Send soon: more may come.
export async function nudge() {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    await running; // It may have looked before this came.
    send_now();
  }, SOON);
}

// From here on this page sends by itself.
export async function start(given) {
  who = { ...who, ...given };
  await running; // It has asked with what was before.
  told_at = 0;
  for (const name of ["online", "focus"]) addEventListener(name, send_now);
  document.addEventListener("visibilitychange", seen);
  return send_now();
}
const seen = () => document.visibilityState === "visible" && send_now();

// What is only in memory goes with the page.
addEventListener("beforeunload", (event) => adrift.size && event.preventDefault());
