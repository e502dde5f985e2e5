// Read it to me: a button at each question, where this device can read it without a network, or somebody has
// recorded it. What is read is marked. It begins with a touch, and ends with a second one or with the cover.

const form = document.querySelector("[data-read]");
const spoken = document.documentElement.lang;
const BOXES = "[data-question], section.said, .cards-to-read";
// What is read of a question, in this order. What is behind a closed door stays unread.
const PIECES = ".cards-to-read > li, .words, .hint, .asked, blockquote, .pill > span, .face > span, .scale .end, .choose > span";
const SPEAKER = "M3 9v6h4l5 5V4L7 9H3Zm11.5 3a4 4 0 0 0-2-3.5v7a4 4 0 0 0 2-3.5ZM12.500 3.200v2.100a7 7 0 0 1 0 13.400v2.100a9 9 0 0 0 0-17.600Z";
const marks = window.Highlight && CSS.highlights;

let clips = {};
let reading = null; // { button, ends }

const first = (tag) => tag.toLowerCase().split(/[-_]/)[0];

// Only voices that live on this device: others would send the child's page to somebody.
function voice_for(language) {
  const voices = window.speechSynthesis?.getVoices() ?? [];
  const fitting = voices.filter((voice) => voice.localService && first(voice.lang) === first(language));
  const home = { en: "en-gb" }[language] ?? language.toLowerCase();
  return fitting.find((voice) => voice.lang.toLowerCase().replace("_", "-") === home) ?? fitting[0];
}

// ---- what there is to read

function pieces_of(box) {
  return [...box.querySelectorAll(PIECES)]
    .filter((piece) => piece.checkVisibility() && piece.closest("[lang]").lang === spoken && piece.closest(BOXES) === box)
    .filter((piece) => !piece.closest(".under, .who"));
}

// The name under which somebody may have recorded it: the question, its hint, or one of its options.
function key_of(piece, box) {
  const question = box.dataset.question ?? box.id.replace(/^f-/, "");
  if (piece.matches(".cards-to-read > li")) return `${box.dataset.welcome}-${[...box.children].indexOf(piece) + 1}`;
  if (piece.matches(".words, .asked")) return question;
  if (piece.matches(".hint")) return `${question}-hint`;
  const input = piece.parentElement.querySelector("input");
  if (piece.matches(".end")) return `${question}-${piece.previousElementSibling ? "most" : "least"}`;
  if (!input) return "";
  return piece.matches(".choose > span") ? input.value : `${question}-${input.value}`;
}

const clip_of = (piece, box) => clips[key_of(piece, box)];
// A part that is not open yet is asked as well: its words are there, though nobody sees them.
const can_read = (box) => voice_for(spoken) || [...box.querySelectorAll(PIECES)].some((piece) => clip_of(piece, box));

// Without the worker's line in it.
const own_words = (piece) => (piece.querySelector(".gloss") ? piece.firstChild.data : piece.textContent).trim();

// ---- reading

async function read(button, box) {
  const ends = new AbortController();
  reading = { button, ends };
  button.setAttribute("aria-pressed", "true");
  for (const piece of pieces_of(box)) {
    if (ends.signal.aborted) return;
    show(piece);
    const clip = clip_of(piece, box);
    await (clip ? play(clip, ends.signal) : say(piece, ends.signal));
  }
  if (!ends.signal.aborted) stop();
}

function stop() {
  if (!reading) return;
  const { button, ends } = reading;
  reading = null;
  ends.abort();
  window.speechSynthesis?.cancel();
  button.setAttribute("aria-pressed", "false");
  show(null);
}

function play(address, signal) {
  return new Promise((done) => {
    const sound = new Audio(address);
    sound.addEventListener("ended", done);
    sound.addEventListener("error", done);
    signal.addEventListener("abort", () => (sound.pause(), done()));
    sound.play().catch(done);
  });
}

function say(piece, signal) {
  const voice = voice_for(spoken);
  if (!voice) return Promise.resolve();
  return new Promise((done) => {
    const said = new SpeechSynthesisUtterance(own_words(piece));
    Object.assign(said, { voice, lang: voice.lang, rate: 0.9 });
    said.addEventListener("boundary", (event) => event.name !== "sentence" && show(piece, event.charIndex, event.charLength));
    said.addEventListener("end", done);
    said.addEventListener("error", done);
    signal.addEventListener("abort", done);
    window.speechSynthesis.speak(said);
  });
}

// ---- marking: the sentence, and in it the word where the voice says which one it is at

function show(piece, from, length) {
  document.querySelector("[data-read-now]")?.removeAttribute("data-read-now");
  piece?.setAttribute("data-read-now", "");
  if (!marks) return;
  marks.delete("heard-word");
  const words = piece?.firstChild;
  if (from === undefined || words?.nodeType !== Node.TEXT_NODE) return;
  const rest = words.data.slice(from).search(/\s|$/);
  const range = new Range();
  range.setStart(words, Math.min(from, words.length));
  range.setEnd(words, Math.min(from + (length || rest), words.length));
  marks.set("heard-word", new Highlight(range));
}

// ---- the buttons

function button_for(box) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "read-aloud";
  button.ariaLabel = form.dataset.read;
  button.setAttribute("aria-pressed", "false");
  const [picture, path] = ["svg", "path"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
  for (const [name, value] of [["viewBox", "0 0 24 24"], ["aria-hidden", "true"], ["focusable", "false"]]) picture.setAttribute(name, value);
  path.setAttribute("d", SPEAKER);
  picture.append(path);
  button.append(picture);
  button.addEventListener("click", () => {
    const again = reading?.button === button;
    stop();
    if (!again) read(button, box);
  });
  return button;
}

// Voices come and go: a button stands only where there is something to hear.
function offer() {
  for (const box of form.querySelectorAll(BOXES)) {
    const list = box.tagName === "UL";
    const there = list ? box.previousElementSibling?.closest(".read-aloud") : box.querySelector(":scope > .read-aloud");
    const wanted = can_read(box);
    if (wanted && !there && list) box.before(button_for(box));
    else if (wanted && !there) (box.querySelector(":scope > legend") ?? box.firstElementChild).after(button_for(box));
    if (!wanted) there?.remove();
    box.classList.toggle("can-be-read", Boolean(wanted));
  }
}

// The cover, another part, another page: whatever hides the question ends the reading.
new MutationObserver(() => {
  const covered = document.querySelector("#covered:not([hidden])");
  if (reading && (covered || !reading.button.checkVisibility())) stop();
}).observe(document.documentElement, { attributes: true, subtree: true, attributeFilter: ["hidden", "data-open", "open", "class", "inert"] });
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && stop());
addEventListener("pagehide", stop);

async function begin() {
  const looks = document.createElement("link");
  looks.rel = "stylesheet";
  looks.href = form.dataset.readLooks;
  document.head.append(looks);
  if (form.dataset.clips) clips = await fetch(form.dataset.clips).then((reply) => (reply.ok ? reply.json() : {}), () => ({}));
  offer();
  window.speechSynthesis?.addEventListener?.("voiceschanged", offer);
}

if (form) begin();
