// This device's lock (a fingerprint, a face, a PIN) as a second way to a slot's key. It is between the device and this page:
// no server asks for it or learns of it, and what the device lists under passkeys is called "Tablet", whoever made it.
import { expire, Unlocked, with_lock } from "./device.js";
import * as keys from "./keys.js";
import { wrap } from "./slot.js";
import { done, within } from "./store.js";

const name = "Tablet";
const userVerification = "required";
const challenge = keys.random(32); // Nobody asks what was answered to it.
const secret_of = (found) => found.getClientExtensionResults().prf.results?.first;
// Out of 32 bytes that the device's lock gives.
const key_of = (secret) => keys.derived(secret, "heard lock 1", keys.WRAPS);

export async function possible() {
  const can = await PublicKeyCredential.getClientCapabilities();
  return can.userVerifyingPlatformAuthenticator && can["extension:prf"] !== false;
}

// The device looks who it is, and opens one of these. It is not told whose they are.
function asked(locks) {
  const allowCredentials = locks.map(({ id }) => ({ type: "public-key", id: keys.from_text(id), transports: ["internal"] }));
  const evalByCredential = Object.fromEntries(locks.map(({ id, salt }) => [id, { first: salt }]));
  return navigator.credentials.get({ publicKey: { challenge, userVerification, allowCredentials, extensions: { prf: { evalByCredential } } } });
}

// What the device makes for a slot. It fails where the device does not know who it is, or its lock gives no keys.
export async function make() {
  const salt = keys.random(32);
  const user = { id: keys.random(32), name, displayName: name };
  // On Android only what the device lists by itself gives keys.
  const authenticatorSelection = { authenticatorAttachment: "platform", residentKey: "preferred", userVerification };
  const extensions = { prf: { eval: { first: salt } } };
  const found = await navigator.credentials.create({ publicKey: { challenge, rp: { name }, user, pubKeyCredParams: [], authenticatorSelection, extensions } });
  const lock = { id: found.id, salt };
  // Some give a key at once, and some when they are asked again.
  return { lock, outer: await key_of(secret_of(found) ?? secret_of(await asked([lock]))) };
}

// The slot's key is wrapped once more; what the passphrase opens stays as it is.
export async function add(row, passphrase, { lock, outer }) {
  const inner = await keys.unwrap(await keys.key_from(passphrase, row.salt, row.rounds), row, row.slot, true, true);
  await keep(row.slot, { ...lock, ...(await wrap(inner, outer, row.slot)) });
}

// Null switches it off. A slot that has been forgotten meanwhile does not come back. One lock on a tablet: a device looks
// whether it knows a finger, and not whose it is.
export const keep = (slot, lock) =>
  within("readwrite", ["slots"], async ({ slots }) => {
    const rows = await done(slots.getAll());
    const row = rows.find((one) => one.slot === slot);
    if (lock && rows.some((one) => one.lock && one !== row)) throw new Error("another's");
    if (row) await done(slots.put({ ...row, lock }));
  });

// What this device's lock opens; null for nothing, also where that was taken away while the device asked.
export async function unlock() {
  const locks = (await with_lock()).map((row) => row.lock);
  if (!locks.length) throw new Error("none"); // Asked for none, the device would offer any.
  const found = await asked(locks);
  const outer = await key_of(secret_of(found));
  await expire();
  const row = (await with_lock()).find(({ lock }) => lock.id === found.id);
  return row ? new Unlocked(row, await keys.unwrap(outer, row.lock, row.slot, true)) : null;
}
