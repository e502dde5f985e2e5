// While the child holds the tablet: the worker's pages in other tabs go blank at once (see staff.js).
import { tablet } from "./aside.js";

tablet.postMessage("with the child");

// What is not saved stays on this page: the worker signs in on another one.
const mark = document.querySelector(".mark");
document.querySelector("a.grown-up")?.addEventListener("click", (event) => {
  if (mark.dataset.state === "signed-out") event.currentTarget.target = "_blank";
});
