// A connector that is pasted field by field: a box for each field of the dialogs, in their order and under their names,
// as the raw text that is pasted. What was copied is ticked.

import { byId, copy, element } from "./dom.mjs";
import { ask } from "./engine.mjs";

const AT_ONCE = 8; // actions whose boxes are shown at once: more than a window holds
let later = []; // actions whose boxes follow, some with each frame

addEventListener("beforeprint", () => showLater(Infinity));

export function showSheet(sheet) {
  const place = byId("sheet");
  later = [];
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
  );
  later = actions;
  showLater(AT_ONCE);
}

function showLater(count) {
  byId("sheet").append(...later.splice(0, count).map(partNode));
  byId("sheet").setAttribute("aria-busy", String(later.length > 0));
  if (later.length) requestAnimationFrame(() => showLater(AT_ONCE));
}

function partNode(part) {
  const count = part.boxes.filter(({ text }) => text).length;
  const tally = element("span", { class: "hint" }, `${count} boxes`);
  const next = element("button", { type: "button", class: "primary" });
  const copied = new Set();
  const nodes = boxes(part, (label) => {
    copied.add(label);
    tally.textContent = `${copied.size} of ${count} copied`;
    tellNext();
  });
  // What is optional comes last: whoever stops there has an action that works.
  const order = [false, true].flatMap((isOptional) => part.boxes.filter(({ text, optional }) => text && optional === isOptional));
  const firstLeft = () => order.find(({ label }) => !copied.has(label));
  const tellNext = () => {
    const box = firstLeft();
    next.textContent = box ? `Copy next: ${box.label}${box.optional ? " (optional)" : ""}` : "All copied ✓";
    next.disabled = !box;
  };
  next.addEventListener("click", () => {
    const node = nodes[part.boxes.indexOf(firstLeft())];
    node.querySelector(".copy").click();
    node.scrollIntoView({ block: "nearest" });
  });
  tellNext();
  return element(
    "section",
    { class: "paste-part", "aria-label": part.title },
    element("div", { class: "section-head paste-next" }, element("h3", {}, part.title), tally, next),
    ...nodes,
  );
}

const boxes = (part, tell) => part.boxes.map((box) => boxNode(`${part.title}: ${box.label}`, box, tell));

function boxNode(what, { label, text, hint, sample }, tell = () => {}) {
  const button = element("button", { type: "button", class: "copy", "aria-label": `Copy ${what}`, disabled: !text }, "Copy");
  const done = element("span", { class: "done", hidden: true }, element("span", { "aria-hidden": "true" }, "✓"), element("span", { class: "unseen" }, "copied"));
  button.addEventListener("click", async () => {
    if (!(await copy(button, text, what))) return;
    done.hidden = false;
    tell(label);
  });
  const isLong = text.includes("\n") || text.length > 60;
  const shown = text ? element("pre", { class: "paste-text", tabindex: "0", role: "region", "aria-label": what }, text) : null;
  return element(
    "div",
    { class: isLong ? "paste-box" : "paste-box one-line" },
    element(
      "div",
      { class: "paste-head" },
      element("span", { class: "paste-label" }, label),
      isLong ? null : shown,
      done,
      button,
      hint ? element("span", { class: "hint paste-hint" }, hint) : null,
    ),
    isLong ? shown : null,
    sample ? renderedNode(what, text, sample) : null,
  );
}

/** What the template of a box gives for the recorded values: written when it is opened. */
function renderedNode(what, text, sample) {
  const shown = element("pre", { class: "paste-text", tabindex: "0", role: "region", "aria-label": `${what}, with the recorded values` });
  const node = element("details", {}, element("summary", { class: "hint" }, "With the recorded values"), shown);
  const write = async () => {
    const reply = await ask({ do: "rendered", text, sample }).catch(({ message }) => ({ error: message }));
    shown.textContent = reply.error ?? reply.text;
  };
  node.addEventListener("toggle", write, { once: true });
  return node;
}
