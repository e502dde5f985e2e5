// Signing in on the spot: the page stays with all that is written on it, at the same place.
import { make, question } from "./dialog.js";
import { contact, post } from "./sync.js";

// The words stand in the page (templates/tablet/sign_in_words.html). Nobody goes on but the person who began (`tag`).
export const words = JSON.parse(document.querySelector("[data-sign-in]").dataset.signIn);

export function sign_in({ tag, slot = null, with_the_child = null }) {
  const fault = make("p", { className: "fault", role: "alert" });
  const field = (words, facts) => make("label", {}, words, make("input", { required: true, ...facts }));
  const name = field(words.name, { name: "name", autocomplete: "username", autocapitalize: "none", spellcheck: false });
  const password = field(words.password, { name: "password", type: "password", autocomplete: "current-password" });
  const no = make("button", { type: "submit", textContent: words.no, formNoValidate: true, value: "no" });
  const answers = make("p", { className: "answers" }, make("button", { textContent: words.enter }), no);
  return question(words, [name, password, fault, answers], async (form, button) => {
    if (button === no) return null;
    fault.textContent = "";
    const proof = Object.fromEntries(new FormData(form));
    form.elements.password.value = "";
    const said = await post("/tablet/sign-in", { ...proof, with_the_child, slot, in: words.lang });
    if ("gone" in said) fault.textContent = said.why ?? words.nobody;
    else if (tag && said.tag !== tag) fault.textContent = words.other;
    else return contact({ slot, with_the_child });
  });
}
