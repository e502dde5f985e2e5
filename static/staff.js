// Small comforts for professionals' pages; nothing depends on them.

// A page brought back by the Back button may show a record after sign-out: ask the server again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

// When a form comes back with errors, start there.
document.querySelector("[data-focus]")?.focus();

// Printing is the browser's own; the button only opens it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
