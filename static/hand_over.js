// While the child holds the tablet: the worker's pages in other tabs go blank at once (see staff.js).
const tablet = new BroadcastChannel("tablet");
tablet.postMessage("with the child");

// Another page of this tablet is a child's from now on, perhaps the next child's. Until the server has been told, and
// says that this talk or letter is still the one, nothing of it is seen here.
const mine = location.pathname.split("/").slice(0, 3).join("/");
const SOON = 3000;
let looking;
tablet.addEventListener("message", ({ data }) => {
  if (data !== "with the child") return;
  document.body.hidden = true;
  clearTimeout(looking);
  looking = setTimeout(look, SOON, true);
});

async function look(sure) {
  const there = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
  // Where nobody was there a moment ago, the tablet's own page may not have been heard yet.
  if (!there || !sure) looking = setTimeout(look, SOON, Boolean(there));
  else if (new URL(there.url).pathname.startsWith(`${mine}/`)) document.body.hidden = false;
  else location.replace("/");
}

// What is not saved stays on this page: the worker signs in on another one.
const mark = document.querySelector(".mark");
document.querySelector("a.grown-up")?.addEventListener("click", (event) => {
  if (mark.dataset.state === "signed-out") event.currentTarget.target = "_blank";
});
