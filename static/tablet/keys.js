// Keys and sealing. A draft is closed with a key of its own, that one with the slot's key, that one with the passphrase.
// What is to be sent is sealed to the server: nobody on this tablet can open it again.
const { subtle } = crypto;
export const AES = { name: "AES-GCM", length: 256 };
const CURVE = { name: "ECDH", namedCurve: "P-256" };
export const WRAPS = ["wrapKey", "unwrapKey"];
export const OPENS = ["encrypt", "decrypt"];

export const ROUNDS = 600_000;
const bytes = (text) => new TextEncoder().encode(text);
export const random = (length) => crypto.getRandomValues(new Uint8Array(length));
export const gcm = (iv, about) => ({ name: "AES-GCM", iv, additionalData: bytes(about) });

const to_text = (buffer) =>
  btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
export const from_text = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));

// The same words, however a keyboard writes them.
const plain = (passphrase) => passphrase.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();

export async function key_from(passphrase, salt, iterations) {
  const words = await subtle.importKey("raw", bytes(plain(passphrase)), "PBKDF2", false, ["deriveKey"]);
  return subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, words, AES, false, WRAPS);
}

export async function derived(secret, info, uses) {
  const material = await subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: bytes(info) };
  return subtle.deriveKey(how, material, AES, false, uses);
}

// `again`: to be wrapped once more, and for nothing else.
export const unwrap = (outer, { iv, wrapped }, about, wraps = false, again = false) =>
  subtle.unwrapKey("raw", wrapped, outer, gcm(iv, about), AES, again, wraps ? WRAPS : OPENS);

export async function close(key, content, about) {
  const box_iv = random(12);
  return { box_iv, box: await subtle.encrypt(gcm(box_iv, about), key, bytes(JSON.stringify(content))) };
}

export async function open(key, { box_iv, box }, about) {
  return JSON.parse(new TextDecoder().decode(await subtle.decrypt(gcm(box_iv, about), key, box)));
}

// An envelope that only the server opens. `to` is {id, raw} of its public key.
export async function seal(to, op_id, content) {
  const theirs = await subtle.importKey("raw", from_text(to.raw), CURVE, false, []);
  const mine = await subtle.generateKey(CURVE, true, ["deriveBits"]);
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, mine.privateKey, 256);
  const key = await derived(shared, `heard envelope 1|${op_id}`, ["encrypt"]);
  const { box_iv, box } = await close(key, content, op_id);
  const e = await subtle.exportKey("raw", mine.publicKey);
  return { k: to.id, e: to_text(e), iv: to_text(box_iv), c: to_text(box) };
}
