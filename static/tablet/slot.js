// A person's place on this tablet, made when they first take a talk along.
import { unlock, Unlocked } from "./device.js";
import * as keys from "./keys.js";
import { all, put } from "./store.js";

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
  await put("slots", row);
  return new Unlocked(row, await keys.unwrap(outer, row, slot, true));
}
