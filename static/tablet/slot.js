// Taking along: a person's place on this tablet, made the first time, and the drafts that the server gives.
import { broken, unlock, Unlocked } from "./device.js";
import * as keys from "./keys.js";
import { all, done, put as put_row, within } from "./store.js";

// The slot of this person on this tablet; null for none.
export const mine = async (tag) => (await all("slots")).find((row) => row.tag === tag)?.slot ?? null;

// A new slot. `key` is the server's public key. Null when the passphrase is in use here: it must open one slot only.
export async function begin(passphrase, { tag, key }) {
  const other = await unlock(passphrase);
  if (other) return other.lock().then(() => null);
  const slot = crypto.randomUUID();
  const salt = keys.random(16);
  const outer = await keys.key_from(passphrase, salt, keys.ROUNDS);
  const row = { slot, tag, key, salt, rounds: keys.ROUNDS, ...(await keys.new_key(outer, slot)), made_at: new Date().toISOString() };
  await put_row("slots", row);
  return new Unlocked(row, await keys.unwrap(outer, row, slot, true));
}

// Keep a draft that the server has given. What was said here and is not there yet is put on top.
export async function put(me, draft) {
  const talk = draft.interview;
  const before = await me.read(talk).catch(broken);
  draft.forms = before?.draft.forms ?? [];
  draft.finished ||= Boolean(before?.draft.finished);
  draft.typed = before?.draft.typed;
  if (draft.forms.some((one) => one.kind === "language" && !one.saved_at)) draft.language = before.draft.language;
  for (const one of Object.values(draft.kept)) one.saved_at ??= "before";
  for (const [question, one] of Object.entries(before?.draft.kept ?? {})) if (!one.saved_at) draft.kept[question] = one;
  const { iv, wrapped } = before?.row ?? (await me.wrap(talk));
  const { release, set, expires_at } = draft;
  const row = { slot: me.slot, talk, release, set, expires_at, rev: (before?.row.rev ?? 0) + 1, iv, wrapped };
  const closed = await keys.close(await me.unwrap(row, talk), draft, talk);
  const taken = await within("readwrite", ["talks"], async ({ talks }) => {
    const there = await done(talks.get([me.slot, talk]));
    if (before && there?.rev !== before.row.rev) return false; // Another tab has written meanwhile.
    return done(talks.put({ ...row, ...closed }));
  });
  if (!taken) return put(me, draft);
  localStorage.heard = "kept";
}
