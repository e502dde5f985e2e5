// A question in front of the page: what stands behind it stays as it is.
export function make(tag, facts, ...children) {
  const made = Object.assign(document.createElement(tag), facts);
  made.append(...children);
  return made;
}

// Gives an answer of `ask(form, button)` that is not undefined, or null when it was put away.
export function question({ lang, looks, title }, parts, ask) {
  if (looks && !document.querySelector(`link[href="${looks}"]`)) document.head.append(make("link", { rel: "stylesheet", href: looks }));
  const form = make("form", { method: "dialog", autocomplete: "off" }, make("h2", { id: "asked", textContent: title }), ...parts);
  const dialog = make("dialog", { className: "on-the-spot", lang, dir: lang.startsWith("ar") ? "rtl" : "ltr" }, form);
  dialog.setAttribute("aria-labelledby", "asked");
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((answer) => {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const said = await ask(form, event.submitter);
      if (said === undefined) return;
      answer(said);
      dialog.close();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(null);
    });
  });
}
