// A sheet to draw on, with finger, pen or mouse. What is kept is the strokes, and they are drawn again as they are.
// The page brings this when it can be used already. Without it there is a line for words, and no sheet.
"use strict";

const SVG = "http://www.w3.org/2000/svg";
const STEP = 2; // how far a finger goes before its way has another point, on a sheet 1000 wide
const STRAIGHT = 0.8; // a point nearer than this to the line between its neighbours is not seen
const LONG = 600; // a stroke with more points goes on as the next one
const PALM = 2000; // for so long after a pen a touch is the hand that holds it

const element = (name, facts = {}, ...inside) => fill(document.createElement(name), facts, inside);
const drawn_element = (name, facts) => fill(document.createElementNS(SVG, name), facts, []);

function fill(made, facts, inside) {
  for (const [name, value] of Object.entries(facts)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

function button(words, facts, press) {
  const made = element("button", { type: "button", ...facts }, element("span", {}, words));
  made.addEventListener("click", press);
  return made;
}

const pairs = (points) => {
  const twice = points.length === 2 ? [...points, ...points] : points; // a touch is a line to itself
  return twice.map((at, index) => (index % 2 ? `,${at}` : ` ${at}`)).join("").trim();
};

// ---- the points that are seen (Ramer, Douglas and Peucker)

function plain(points) {
  const keep = new Set([0, points.length / 2 - 1]);
  const open = [[0, points.length / 2 - 1]];
  while (open.length) {
    const [from, to] = open.pop();
    const [far, distance] = farthest(points, from, to);
    if (distance <= STRAIGHT) continue;
    keep.add(far);
    open.push([from, far], [far, to]);
  }
  return points.filter((_, index) => keep.has(index >> 1));
}

function farthest(points, from, to) {
  let far = from;
  let most = 0;
  for (let one = from + 1; one < to; one++) {
    const distance = away(points, one, from, to);
    if (distance > most) [far, most] = [one, distance];
  }
  return [far, most];
}

function away(points, one, from, to) {
  const [x, y] = [points[2 * one] - points[2 * from], points[2 * one + 1] - points[2 * from + 1]];
  const [across, down] = [points[2 * to] - points[2 * from], points[2 * to + 1] - points[2 * from + 1]];
  const length = across * across + down * down;
  const along = length ? Math.min(1, Math.max(0, (x * across + y * down) / length)) : 0;
  return Math.hypot(x - along * across, y - along * down);
}

// ---- one sheet with its pens

function unfold(opener) {
  const box = opener.closest("[data-question]");
  const field = box.querySelector(`input[type=hidden][name="${box.dataset.question}"]`);
  const words = JSON.parse(opener.dataset.words);
  const drawn = JSON.parse(field.value);
  const [wide, high] = drawn.size;
  const pen = { colour: words.colours[0][0], width: words.widths[1][0] };
  const shades = Object.fromEntries(words.colours.map(([key, , shade]) => [key, shade]));
  const undone = []; // what "start again" took away, to be brought back
  const sheet = drawn_element("svg", { viewBox: `0 0 ${wide} ${high}`, class: "canvas", role: "img", "aria-label": words.sheet });
  const lines = drawn_element("g", { fill: "none", "stroke-linecap": "round", "stroke-linejoin": "round" });
  const note = element("p", { class: "small", role: "status" });
  let stroke = null; // under the finger
  let pointer = null;
  let pen_seen = -PALM;

  const line_of = (one) =>
    drawn_element("polyline", { points: pairs(one.points), stroke: shades[one.colour], "stroke-width": one.width });
  const is_full = () => JSON.stringify(drawn).length > words.most;

  function draw_again() {
    lines.replaceChildren(...drawn.strokes.map(line_of));
    back.setAttribute("aria-disabled", !drawn.strokes.length && !undone.length);
    anew.setAttribute("aria-disabled", !drawn.strokes.length);
  }

  function keep() {
    field.value = JSON.stringify(drawn);
    note.textContent = is_full() ? words.full : "";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  function place(event) {
    const edge = sheet.getBoundingClientRect();
    const within = (at, most) => Math.round(Math.min(1, Math.max(0, at)) * most);
    return [within((event.clientX - edge.left) / edge.width, wide), within((event.clientY - edge.top) / edge.height, high)];
  }

  function begin(points) {
    stroke = { ...pen, points };
    stroke.line = line_of(stroke);
    lines.append(stroke.line);
  }

  function go_on(event) {
    const points = stroke.points;
    const [x, y] = place(event);
    if (Math.hypot(x - points.at(-2), y - points.at(-1)) < STEP) return;
    points.push(x, y);
    stroke.line.setAttribute("points", pairs(points));
    if (points.length < 2 * LONG) return;
    put_down();
    if (is_full()) pointer = null;
    else begin([x, y]);
  }

  function put_down() {
    const { colour, width, points } = stroke;
    drawn.strokes.push({ colour, width, points: plain(points) });
    undone.length = 0;
    stroke = null;
  }

  function lift() {
    pointer = null;
    if (!stroke) return;
    put_down();
    draw_again();
    keep();
  }

  function touch(event) {
    if (event.pointerType === "pen") pen_seen = event.timeStamp;
    const palm = event.pointerType === "touch" && event.timeStamp - pen_seen < PALM;
    if (pointer !== null || palm || event.button || is_full()) return;
    event.preventDefault();
    pointer = event.pointerId;
    sheet.setPointerCapture(pointer);
    begin(place(event));
  }

  function move(event) {
    if (event.pointerType === "pen") pen_seen = event.timeStamp;
    if (event.pointerId !== pointer) return;
    const between = event.getCoalescedEvents?.() ?? [];
    for (const one of between.length ? between : [event]) if (stroke) go_on(one);
  }

  function take_back() {
    if (!drawn.strokes.length && !undone.length) return;
    if (drawn.strokes.length) drawn.strokes.pop();
    else drawn.strokes = undone.splice(0);
    draw_again();
    keep();
  }

  function start_again() {
    if (!drawn.strokes.length) return;
    undone.splice(0, Infinity, ...drawn.strokes);
    drawn.strokes = [];
    draw_again();
    keep();
  }

  function choose(facts, row) {
    Object.assign(pen, facts);
    for (const one of row.children) one.setAttribute("aria-pressed", one.dataset.key === String(Object.values(facts)[0]));
  }

  function row_of(name, pens, made) {
    const row = element("div", { class: "pens", role: "group", "aria-label": name });
    row.append(...pens.map((one) => made(one, row)));
    return row;
  }

  function colour_button([colour, said, shade], row) {
    const made = button(said, { class: "pen", "data-key": colour, "aria-pressed": colour === pen.colour }, () => choose({ colour }, row));
    const patch = drawn_element("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" });
    patch.append(drawn_element("circle", { cx: 12, cy: 12, r: 11, fill: shade }));
    made.prepend(patch);
    return made;
  }

  function width_button([width, said], row) {
    const made = button(said, { class: "pen", "data-key": width, "aria-pressed": width === pen.width }, () => choose({ width }, row));
    const shown = drawn_element("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" });
    shown.append(drawn_element("path", { d: "M4 12h16", stroke: "currentColor", "stroke-width": 1 + width / 3.6, "stroke-linecap": "round" }));
    made.prepend(shown);
    return made;
  }

  const back = button(words.undo, { class: "quiet" }, take_back);
  const anew = button(words.again, { class: "quiet" }, start_again);
  const tools = element("div", { class: "tools" });
  const colours = row_of(words.colour, words.colours, colour_button);
  const widths = row_of(words.width, words.widths, width_button);

  tools.append(widths, back, anew);
  sheet.append(drawn_element("rect", { width: wide, height: high, fill: "#fff" }), lines);
  sheet.addEventListener("pointerdown", touch);
  sheet.addEventListener("pointermove", move);
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
    sheet.addEventListener(end, (event) => event.pointerId === pointer && lift());
  }
  // Before the page sends what waits: it may be the last that it can do.
  addEventListener("pagehide", lift, true);
  addEventListener("visibilitychange", lift, true);
  draw_again();
  box.querySelector(".drawn")?.remove();
  opener.replaceWith(element("div", { class: "pad" }, element("div", { class: "frame" }, sheet), colours, tools, note));
  if (is_full()) note.textContent = words.full;
}

const openers = [...document.querySelectorAll("[data-pad]")];

function begin_all() {
  const likes = document.querySelector('[name="how_tell"][value="draw"]');
  for (const opener of openers) {
    opener.hidden = false;
    opener.addEventListener("click", () => unfold(opener));
    const field = opener.closest("[data-question]").querySelector("input[type=hidden]");
    if (JSON.parse(field.value).strokes.length || likes?.checked) unfold(opener);
  }
  const put_up = (wanted) => openers.forEach((opener) => opener.isConnected && wanted(opener) && unfold(opener));
  likes?.addEventListener("change", () => put_up(() => likes.checked));
  // Where one question stands by itself, its sheet lies open.
  const form = document.querySelector("#talk");
  const is_asked = (opener) => !form.classList.contains("whole") && opener.closest(".now");
  form?.addEventListener("step", () => put_up(is_asked));
  if (form) put_up(is_asked);
}

if (openers.length) {
  const looks = element("link", { rel: "stylesheet", href: openers[0].dataset.looks });
  looks.addEventListener("load", begin_all, { once: true });
  document.head.append(looks);
}
