// The service worker: registered, and asked to read back all that it keeps.

const policy = window.trustedTypes?.createPolicy("heard", { createScriptURL: (address) => address });

const is_past = (one, ...states) =>
  new Promise((settled) => {
    const look = () => states.includes(one.state) || settled();
    one.addEventListener("statechange", look);
    look();
  });

/** The worker of the newest release, or null where its pages could not be kept. */
export async function worker() {
  const address = policy?.createScriptURL("/sw.js") ?? "/sw.js";
  const registered = await navigator.serviceWorker.register(address, { updateViaCache: "none" });
  await registered.update().catch(() => {}); // Without a network it stays as it is.
  const one = registered.installing ?? registered.waiting ?? registered.active;
  await is_past(one, "installing");
  return one.state === "redundant" ? null : one;
}

/** What it keeps, read again byte by byte: {release, all, missing}. Then it is at work, or says that it `waits`. */
export async function read_back(one) {
  const { data } = await new Promise((told) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = told;
    one.postMessage(null, [port2]);
  });
  if (!data.waits) await is_past(one, "installed", "activating");
  return data;
}
