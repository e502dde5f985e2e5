// Taking along: a person's place on this tablet, made the first time, and the drafts that the server gives.
import { broken, unlock, Unlocked } from "./device.js";
import * as keys from "./keys.js";
import { all, done, put as put_row, within } from "./store.js";
import { contact, device, post } from "./sync.js";

const { subtle } = crypto;

export async function wrap(key, outer, about) {
  const iv = keys.random(12);
  return { iv, wrapped: await subtle.wrapKey("raw", key, outer, keys.gcm(iv, about)) };
}

// A new key, wrapped: {iv, wrapped}. Only what has been unwrapped is used, and cannot be exported.
const new_key = async (outer, about) => wrap(await subtle.generateKey(keys.AES, true, keys.OPENS), outer, about);

// The slot of this person on this tablet; null for none.
export const mine = async (tag) => (await all("slots")).find((row) => row.tag === tag)?.slot ?? null;

// A new slot. `key` is the server's public key. Null when the passphrase is in use here: it must open one slot only.
export async function begin(passphrase, { tag, key }) {
  const other = await unlock(passphrase);
  if (other) return other.lock().then(() => null);
  const slot = crypto.randomUUID();
  const salt = keys.random(16);
  const outer = await keys.key_from(passphrase, salt, keys.ROUNDS);
  const row = { slot, tag, key, salt, rounds: keys.ROUNDS, ...(await new_key(outer, slot)), made_at: new Date().toISOString() };
  await put_row("slots", row);
  return new Unlocked(row, await keys.unwrap(outer, row, slot, true));
}

// Keep a draft that the server has given. What was said here and is not there yet is put on top.
export async function put(me, draft) {
  const talk = draft.interview;
  const before = await me.read(talk).catch(broken);
  draft.forms = before?.draft.forms ?? [];
  draft.finished ||= Boolean(before?.draft.finished);
  for (const name of ["typed", "page", "hash", "at", "writer"]) draft[name] = before?.draft[name] ?? draft[name];
  if (draft.forms.some((one) => one.kind === "language" && !one.saved_at)) draft.language = before.draft.language;
  for (const one of Object.values(draft.kept)) one.saved_at ??= "before";
  for (const [question, one] of Object.entries(before?.draft.kept ?? {})) if (!one.saved_at) draft.kept[question] = one;
  const { iv, wrapped } = before?.row ?? (await me.using((key) => new_key(key, talk)));
  const { release, set, expires_at } = draft;
  // A number that no page has seen, where it begins: one that is still open there writes nothing under another key.
  const row = { slot: me.slot, talk, release, set, expires_at, rev: (before?.row.rev ?? Date.now()) + 1, iv, wrapped };
  const closed = await keys.close(await me.using((key) => keys.unwrap(key, row, talk)), draft, talk);
  const taken = await within("readwrite", ["talks"], async ({ talks }) => {
    const there = await done(talks.get([me.slot, talk]));
    if (before && there?.rev !== before.row.rev) return false; // Another tab has written meanwhile.
    return done(talks.put({ ...row, ...closed }));
  });
  if (!taken) await put(me, draft);
}

// The talks that are here as they are by now, where there is a network: the child and the worker look at what counts.
// Only for the release whose pages are here.
export async function renew(me, release) {
  const rows = (await all("talks")).filter((row) => row.slot === me.slot && row.release === release && row.box);
  const { token, tag, talks = {} } = await contact({ slot: me.slot, with_the_child: null });
  const interviews = rows.map(({ talk }) => talk).filter((talk) => talks[talk] === "open");
  if (tag !== me.tag || !interviews.length) return;
  const said = await post("/tablet/take", { interviews, slot: me.slot, device: (await device()).device }, token);
  // What went off the tablet meanwhile stays off it.
  const is_here = ({ interview }) => me.read(interview).catch(() => true);
  if (said.release === release) for (const draft of said.drafts) if (await is_here(draft)) await put(me, { ...draft, release });
}
