// On every page in the child's looks: the tablet's tabs tell each other who has it.
export const tablet = new BroadcastChannel("tablet");
const mine = location.pathname.split("/").slice(0, 3).join("/"); // this talk, or this letter
const SOON = 3000;
let looking;

// Another page is a child's from now on, perhaps the next child's. Until the server has been told, and says that this
// talk or letter is still the one, nothing of it is seen here.
tablet.addEventListener("message", ({ data }) => {
  clearTimeout(looking);
  document.body.hidden = data === "with the child";
  if (document.body.hidden) looking = setTimeout(look, SOON, true);
});

async function look(sure) {
  const there = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
  // Where nobody was there a moment ago, the tablet's own page may not have been heard yet.
  // A server that is not well has not said so either.
  if (!there?.ok || !sure) looking = setTimeout(look, SOON, Boolean(there?.ok));
  else if (new URL(there.url).pathname.startsWith(`${mine}/`)) document.body.hidden = false;
  else location.replace("/");
}
