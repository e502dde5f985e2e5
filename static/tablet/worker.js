// The service worker: registered, and asked to read back all that it keeps.

const policy = window.trustedTypes?.createPolicy("heard", { createScriptURL: (address) => address });

/** The worker that is at work, or null where its pages could not be kept. */
export async function worker() {
  const address = policy?.createScriptURL("/sw.js") ?? "/sw.js";
  const registered = await navigator.serviceWorker.register(address, { updateViaCache: "none" });
  const one = registered.active ?? registered.waiting ?? registered.installing;
  await new Promise((settled) => {
    const look = () => ["activated", "redundant"].includes(one.state) && settled();
    one.addEventListener("statechange", look);
    look();
  });
  return one.state === "activated" ? one : null;
}

/** What it keeps, read again byte by byte: {release, all, missing}. */
export const read_back = (one) =>
  new Promise((told) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => told(data);
    one.postMessage(null, [port2]);
  });
