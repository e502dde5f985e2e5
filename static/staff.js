// Small comforts for professionals' pages; nothing depends on them.

// A page brought back by the Back button may show a record after sign-out: ask the server again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

// What a browser keeps for the Back button is a blank page.
window.addEventListener("pagehide", () => {
  document.body.hidden = true;
});

// While a child holds the tablet, this page in another tab is blank; what was typed on it comes back with it.
const tablet = new BroadcastChannel("tablet");
const shown_title = document.title;
tablet.addEventListener("message", (message) => {
  if (message.data === "signed out") location.reload();
  document.body.hidden = message.data === "with the child";
  document.title = document.body.hidden ? "…" : shown_title;
});
tablet.postMessage("with the worker");

// What was written on this tablet and waits here is sent, and nobody signs out from it unasked.
const out = document.querySelector("[data-waiting]");
const has_store = async () => (await indexedDB.databases?.())?.some(({ name }) => name === "heard") ?? true;
if (out) {
  const script = has_store().then((has) => has && import(out.dataset.module));
  // Until it is known what lies here, signing out waits; but not for ever, where a browser is silent.
  const known = Promise.race([script.catch(() => {}), new Promise((go) => setTimeout(go, 10_000))]);
  let waits = true;
  let touched;
  known.then(() => (waits = false));
  out.addEventListener("submit", (event) => {
    if (!waits) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    touched ??= known.then(() => out.requestSubmit());
  });
}

// When a form comes back with errors, start there.
document.querySelector("[data-focus]")?.focus();

// Printing is the browser's own; the button only opens it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
