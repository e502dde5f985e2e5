// A kept answer, put back where it was given: on a page that came without anyone's words.

const CHOSEN = {
  reasons: (value) => value.chosen,
  moment: (value) => [new Date(value).toLocaleString("sv", { timeZone: "Europe/London" }).replace(" ", "T").slice(0, 16)],
  drawing: ({ size, strokes }) => [JSON.stringify({ size, strokes })],
};

export function fill(box, { op_id, value, skipped, said_by, audience }) {
  const { question, kind } = box.dataset;
  const put = (end, values) => {
    for (const input of box.querySelectorAll(`[name="${question}${end}"]`)) {
      if (!["radio", "checkbox"].includes(input.type)) input.value = values[0] ?? "";
      else if ((input.checked = values.includes(input.value))) open_around(input, box);
    }
  };
  if (value != null) put("", (CHOSEN[kind]?.(value) ?? [value].flat()).map(String));
  put("__biggest", [value?.biggest]);
  put("__caption", [value?.caption]);
  put("__by", [said_by]);
  put("__base", [op_id]);
  // What talk.js puts under an answer when it is seen.
  Object.assign(box.dataset, { base: op_id, written: said_by, for: audience.join(" ") });
  if (skipped) box.dataset.skip = skipped;
  if (kind === "reasons" && value) box.dataset.kept = JSON.stringify(value);
}

function open_around(input, box) {
  for (let fold = input.closest("details"); fold && box.contains(fold); fold = fold.parentNode.closest("details")) fold.open = true;
}
