// What lies on this tablet: ids, times and ciphertext, nothing else. Every write is strict: it is on the disk
// before anybody says that it is kept.
const STORES = {
  device: { keyPath: "device" },
  slots: { keyPath: "slot" },
  talks: { keyPath: ["slot", "talk"] },
  outbox: { keyPath: "seq", autoIncrement: true },
};
let patience = 10_000;
let opened;

// Called when the browser takes the store away under the running page.
export const when_taken = new Set();

export const done = (request) =>
  new Promise((good, bad) => {
    request.onsuccess = () => good(request.result);
    request.onerror = () => bad(request.error);
  });

// Nobody waits for ever.
export const in_time = (promise, ms = patience) =>
  Promise.race([promise, new Promise((_, bad) => setTimeout(bad, ms, new DOMException("", "TimeoutError")))]);

function make({ target: request }) {
  for (const [name, options] of Object.entries(STORES)) request.result.createObjectStore(name, options);
  request.transaction.objectStore("outbox").createIndex("op_id", "op_id", { unique: true });
}

async function database() {
  const request = indexedDB.open("heard", 1);
  request.onupgradeneeded = make;
  const base = await in_time(done(request)).catch((trouble) => {
    request.onsuccess = () => request.result.close(); // too late
    throw trouble;
  });
  base.onclose = base.onversionchange = () => {
    base.close();
    opened = null;
    for (const tell of when_taken) tell();
  };
  return base;
}

async function once(base, mode, names, work) {
  const step = base.transaction(names, mode, { durability: "strict" });
  const ended = new Promise((good, bad) => {
    step.oncomplete = good;
    step.onabort = () => bad(step.error ?? new DOMException("", "AbortError"));
  });
  ended.catch(() => {});
  try {
    const [result] = await in_time(Promise.all([work(Object.fromEntries(names.map((name) => [name, step.objectStore(name)]))), ended]));
    patience = 10_000;
    return result;
  } catch (trouble) {
    try {
      step.abort();
    } catch {
      // It has ended by itself.
    }
    throw step.error ?? trouble;
  }
}

// One transaction: `work` gets the stores by name and awaits nothing but their requests. All of it or nothing.
// One that hangs, or whose connection has gone, as after the background, is tried once more on a new connection:
// `work` may run twice.
export async function within(...step) {
  for (let more = 1; ; more--) {
    const mine = (opened ??= database());
    try {
      return await once(await mine, ...step);
    } catch (trouble) {
      if (!(trouble instanceof DOMException) || trouble.name === "QuotaExceededError") throw trouble;
      if (opened === mine) opened = null;
      mine.then((base) => base.close(), () => {});
      if (trouble.name === "TimeoutError") patience = 2000; // where it has hung just now
      if (!more) throw trouble;
    }
  }
}

export const all = (name) => within("readonly", [name], (stores) => done(stores[name].getAll()));
export const put = (name, row) => within("readwrite", [name], (stores) => done(stores[name].put(row)));

// Where nobody keeps anything any more, the browser has cleared nothing.
export async function tidy() {
  if (!(await all("slots")).length) localStorage.removeItem("heard");
  return true;
}
