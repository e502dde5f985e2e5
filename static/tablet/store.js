// What lies on this tablet: ids, times and ciphertext, nothing else. Every write is strict: it is on the disk
// before anybody says that it is kept.
const STORES = {
  device: { keyPath: "device" },
  slots: { keyPath: "slot" },
  talks: { keyPath: ["slot", "talk"] },
  outbox: { keyPath: "seq", autoIncrement: true },
};
let opened;

// Called when the browser takes the store away under the running page.
export const when_taken = new Set();

export const done = (request) =>
  new Promise((good, bad) => {
    request.onsuccess = () => good(request.result);
    request.onerror = () => bad(request.error);
  });

function make({ target: request }) {
  for (const [name, options] of Object.entries(STORES)) request.result.createObjectStore(name, options);
  request.transaction.objectStore("outbox").createIndex("op_id", "op_id", { unique: true });
}

async function database() {
  const request = indexedDB.open("heard", 1);
  request.onupgradeneeded = make;
  const base = await done(request);
  const taken = () => {
    base.close();
    opened = null;
    for (const tell of when_taken) tell();
  };
  base.onclose = base.onversionchange = taken;
  return base;
}

// One transaction: `work` gets the stores by name and awaits nothing but their requests. All of it or nothing.
export async function within(mode, names, work) {
  opened ??= database();
  let step;
  try {
    step = (await opened).transaction(names, mode, { durability: "strict" });
  } catch (trouble) {
    opened = null;
    throw trouble;
  }
  const ended = new Promise((good, bad) => {
    step.oncomplete = good;
    step.onabort = () => bad(step.error ?? new DOMException("taken back", "AbortError"));
  });
  try {
    const result = await work(Object.fromEntries(names.map((name) => [name, step.objectStore(name)])));
    await ended;
    return result;
  } catch (trouble) {
    ended.catch(() => {});
    try {
      step.abort();
    } catch {
      // It has ended by itself.
    }
    throw step.error ?? trouble;
  }
}

export const all = (name) => within("readonly", [name], (stores) => done(stores[name].getAll()));
export const put = (name, row) => within("readwrite", [name], (stores) => done(stores[name].put(row)));
