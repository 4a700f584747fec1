// A connector that is pasted field by field: a box for each field of the dialogs, in their order and under their names,
// as the raw text that is pasted. What was copied is ticked.

import { byId, copy, element } from "./dom.mjs";

export function showSheet(sheet) {
  const place = byId("sheet");
  const isOpen = place.querySelector("details")?.open ?? false;
  place.hidden = !sheet;
  if (!sheet) return place.replaceChildren();
  // What belongs to the connector is pasted once, and then in the way.
  const [connector, ...actions] = sheet.parts;
  place.replaceChildren(
    element(
      "details",
      { class: "paste-part", open: isOpen },
      element("summary", {}, `${connector.title} (${connector.boxes.length} boxes)`),
      ...boxes(connector),
    ),
    ...actions.map((part) =>
      element("section", { class: "paste-part", "aria-label": part.title }, element("h3", {}, part.title), ...boxes(part)),
    ),
  );
}

const boxes = (part) => part.boxes.map((box) => boxNode(`${part.title}: ${box.label}`, box));

function boxNode(what, { label, text, hint, rendered }) {
  const button = element("button", { type: "button", class: "quiet copy", "aria-label": `Copy ${what}`, disabled: !text }, "Copy");
  const done = element("span", { class: "done", hidden: true }, element("span", { "aria-hidden": "true" }, "✓"), element("span", { class: "unseen" }, "copied"));
  button.addEventListener("click", async () => {
    await copy(button, text, what);
    done.hidden = false;
  });
  const isLong = text.includes("\n") || text.length > 90;
  return element(
    "div",
    { class: "paste-box" },
    element("div", { class: "paste-head" }, element("span", { class: "paste-label" }, label), done, hint ? element("span", { class: "hint" }, hint) : null, button),
    text ? element("pre", { class: isLong ? "paste-text" : "paste-text short", tabindex: "0", role: "region", "aria-label": what }, text) : null,
    rendered
      ? element(
          "details",
          {},
          element("summary", { class: "hint" }, "With the recorded values"),
          element("pre", { class: "paste-text", tabindex: "0", role: "region", "aria-label": `${what}, with the recorded values` }, rendered),
        )
      : null,
  );
}
