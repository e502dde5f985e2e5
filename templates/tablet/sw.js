// Keeps the pages of one release, and answers from them. Never keeps anything else.

const RELEASE = "{{ release }}";
const NAME = `heard-${RELEASE}`;
const LIST = `/tablet/pages/${RELEASE}/list`;

addEventListener("install", (event) => event.waitUntil(keep_all()));
addEventListener("activate", (event) => event.waitUntil(tidy().catch(() => {}).then(() => clients.claim())));
addEventListener("message", (event) => event.waitUntil(read_back().then((found) => event.ports[0].postMessage(found))));

async function keep_all() {
  const cache = await caches.open(NAME);
  await keep(cache, LIST);
  await Promise.all((await listed(cache)).map((address) => keep(cache, address)));
}

const listed = async (cache) => (await cache.match(LIST)).json();

// Asked for as nobody, so that it holds nothing of anybody; a redirect leads to somewhere else.
async function keep(cache, address) {
  if (await cache.match(address)) return;
  const fresh = address.startsWith("/static/") ? "default" : "no-store";
  const answer = await fetch(address, { credentials: "omit", redirect: "error", cache: fresh });
  if (!answer.ok) throw new Error(address);
  await cache.put(address, answer);
}

// Ready is what has been read again, byte by byte; what is missing is fetched first.
async function read_back() {
  // As long as the tablet's own page is open, it goes on with the worker and the pages that it has.
  const windows = await clients.matchAll({ includeUncontrolled: true });
  const waits = registration.active && registration.waiting && windows.some(({ url }) => new URL(url).pathname === "/tablet");
  if (!waits) {
    skipWaiting();
    await tidy().catch(() => {});
  }
  await keep_all().catch(() => {});
  const cache = await caches.open(NAME);
  const all = await listed(cache).catch(() => null);
  const missing = [];
  for (const address of all ?? []) {
    const bytes = await (await cache.match(address))?.arrayBuffer();
    if (!bytes?.byteLength) missing.push(address);
  }
  return { release: RELEASE, all, missing, waits };
}

// A talk is finished with the pages it was begun with: they stay until no talk here names them.
async function tidy() {
  if (registration.installing || registration.waiting) return; // What a newer one keeps is not for this one to judge.
  const wanted = new Set([RELEASE, ...(await releases())].map((release) => `heard-${release}`));
  for (const name of await caches.keys()) if (!wanted.has(name)) await caches.delete(name);
}

const releases = () =>
  new Promise((found, fail) => {
    // A store that hangs keeps nobody waiting for this worker.
    setTimeout(fail, 5000);
    const opening = indexedDB.open("heard");
    // It is not there yet, and is not for us to make.
    let fresh = false;
    opening.onupgradeneeded = () => {
      fresh = true;
      opening.transaction.abort();
    };
    // Who cannot tell which talks there are deletes nothing.
    opening.onerror = () => (fresh ? found([]) : fail(opening.error));
    opening.onsuccess = () => {
      const { result } = opening;
      const talks = result.transaction("talks").objectStore("talks").getAll();
      talks.onerror = () => fail(talks.error);
      talks.onsuccess = () => {
        result.close();
        found(talks.result.map((talk) => talk.release));
      };
    };
  });

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, searchParams } = new URL(request.url);
  if (origin !== location.origin || request.method !== "GET") return;
  if (request.destination === "document") {
    event.respondWith(pathname === "/tablet" ? shell(request, searchParams.get("in")) : page(request));
  } else if (/^\/(static|tablet\/pages)\//.test(pathname)) {
    event.respondWith(caches.match(request.url, { ignoreVary: true }).catch(() => {}).then((kept) => kept ?? fetch(request)));
  }
});

async function shell(request, language) {
  const cache = await caches.open(NAME);
  return (await cache.match(`/tablet?in=${language ?? "en"}`)) ?? fetch(request);
}

// Any other page comes from the server. Where there is none, the tablet's own opens.
const page = (request) => fetch(request).catch(() => Response.redirect("/tablet#away"));
