// The values of a call, to edit in place: inputs to rename and describe, recorded values to turn into inputs, values that are
// not sent with the reason, and the fields that a read returns.

import { announce, byId, element } from "./dom.mjs";
import * as settings from "./settings.mjs";

const GROUPS = [
  ["input", "Inputs"],
  ["literal", "Sent as recorded"],
  ["form", "Asked from the form"],
  ["nothing", "Not sent"],
];

/** Shows the values of a call; `onChange(isShape)` is called where something is set, `isShape` where rows change place. */
export function showValues(row, { values, fields, known_fields: known }, onChange) {
  const parts = [];
  for (const [becomes, title] of GROUPS) {
    const of = values.filter((value) => value.becomes === becomes);
    if (!of.length) continue;
    const rows = of.map((value) => (becomes === "input" ? inputRow(row, value, onChange) : literalRow(row, value, onChange)));
    const list = element("ul", { class: "plain value-list" }, ...rows);
    if (becomes === "input") parts.push(element("h3", {}, title), list);
    else parts.push(element("details", { class: "values" }, element("summary", {}, `${title} (${of.length})`), list));
  }
  if (fields) parts.push(fieldChooser(row, fields, known, onChange));
  byId("values").replaceChildren(...parts);
}

function inputRow(row, { path, recorded, reason, input }, onChange) {
  const item = element("li", { class: "value-row", "data-path": path });
  const change = (changes, isShape) => {
    settings.setValue(row, path, changes);
    onChange(isShape);
  };
  const field = (key, label, value, type = "text") => {
    const box = element("input", { type, value, spellcheck: "false", autocomplete: "off" });
    box.addEventListener("input", () => change({ [key]: box.value || (key === "help" ? "" : undefined) }));
    return element("label", { class: "field" }, element("span", { class: "hint" }, label), box);
  };
  const required = element("input", { type: "checkbox", checked: input.required });
  required.addEventListener("change", () => change({ required: required.checked, ...(required.checked ? { default: undefined } : {}) }));
  const fallback = element("input", { type: "text", value: input.default, spellcheck: "false", autocomplete: "off" });
  fallback.addEventListener("change", () => {
    required.checked = false;
    change({ default: fallback.value === "" ? undefined : valueOf(fallback.value, input.type), required: undefined });
  });
  const name = field("name", "Name", input.name);
  name.lastChild.classList.add("name");
  const keep = element("button", { type: "button", class: "quiet" }, "Keep as recorded");
  keep.addEventListener("click", () => {
    change({ keep: true }, true);
    announce(`${input.name} stays as recorded`);
  });
  item.append(
    name,
    element("p", { class: "recorded" }, element("span", { class: "hint" }, "Recorded"), element("code", {}, recorded)),
    input.type === "secret" ? "" : keep,
    element("p", { class: "hint reason" }, `${path} · ${reason}`),
    element(
      "details",
      { class: "more" },
      element("summary", {}, "Label, help, default"),
      element(
        "div",
        { class: "fields" },
        field("label", "Label", input.label),
        field("help", "Help", input.help),
        element("label", { class: "field" }, element("span", { class: "hint" }, "Default"), fallback),
        element("label", { class: "check" }, required, " Required"),
      ),
    ),
  );
  return item;
}

function literalRow(row, { path, recorded, reason, becomes }, onChange) {
  const isKept = settings.ofValue(row.n, path).keep;
  const button = element("button", { type: "button", class: "quiet" }, isKept ? "Undo" : "Make an input");
  button.addEventListener("click", () => {
    if (isKept) settings.setValue(row, path, null);
    else settings.setValue(row, path, { name: nameOf(path) });
    announce(isKept ? "as before" : "it is an input now");
    onChange(true);
  });
  return element(
    "li",
    { class: "value-row literal", "data-path": path },
    element("p", { class: "recorded" }, element("code", {}, recorded)),
    becomes === "form" ? "" : button,
    element("p", { class: "hint reason" }, reason ? `${path} · ${reason}` : path),
  );
}

/** A name for a new input: the last word of its path. */
function nameOf(path) {
  const words = path.match(/[A-Za-z_]\w*/g) ?? ["value"];
  return words.at(-1).toLowerCase();
}

/** What was typed as a default: JSON unless the input's type is a text. */
function valueOf(text, type) {
  if (["char", "text", "html", "date", "datetime", "selection"].includes(type)) {
    try {
      const value = JSON.parse(text);
      return typeof value === "string" ? value : text;
    } catch {
      return text;
    }
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function fieldChooser(row, fields, known, onChange) {
  const chosen = new Set(fields);
  const boxes = known.map(({ name, label }) => {
    const box = element("input", { type: "checkbox", checked: chosen.has(name) });
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(name);
      else chosen.delete(name);
      title.textContent = `Fields to return (${chosen.size})`;
      settings.setCall(row, { fields: chosen.size ? [...chosen] : undefined });
      onChange(false);
    });
    return element("li", {}, element("label", { class: "check" }, box, " ", element("code", {}, name), label ? element("span", { class: "hint" }, ` ${label}`) : ""));
  });
  const title = element("summary", {}, `Fields to return (${chosen.size})`);
  const few = element("button", { type: "button", class: "quiet" }, "Only id and name");
  few.addEventListener("click", () => {
    settings.setCall(row, { fields: ["id", known.some(({ name }) => name === "name") ? "name" : "display_name"] });
    onChange(true);
  });
  return element("details", { class: "values" }, title, few, element("ul", { class: "plain field-list" }, ...boxes));
}
