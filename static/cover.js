// The cover, on those of the child's pages that save nothing: the screen is blank at one touch or Escape.
"use strict";

const cover = document.querySelector("#cover");
const covered = document.querySelector("#covered");
const title = document.title;
let left = document.body; // where the finger was, to go on from there

function hide(yes) {
  if (yes && covered.hidden) left = document.activeElement;
  covered.hidden = !yes;
  document.body.toggleAttribute("data-covered", yes);
  document.title = yes ? covered.textContent : title;
  (yes ? covered.firstElementChild : left === document.body ? cover : left).focus();
}

cover.disabled = false;
cover.addEventListener("click", () => hide(true));
covered.firstElementChild.addEventListener("click", () => hide(false));
addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide(true);
});
// A page brought back by the Back button may show what is no longer to be seen: ask the server again.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
