// A connector that is pasted field by field: a box for each field of the dialogs, in their order and with their labels, with
// the raw text to paste. Copied boxes are ticked until their text changes.

import { byId, copy, element } from "./dom.mjs";
import { ask } from "./engine.mjs";

const AT_ONCE = 8; // actions whose boxes are shown at once: more than a window holds
let later = []; // actions whose boxes follow, some with each frame
const copiedTexts = new Map(); // the text that was copied last from each box

addEventListener("beforeprint", () => showLater(Infinity));

/** Another capture is open: nothing of it was copied. */
export const forgetCopies = () => copiedTexts.clear();

/** Copies the first box that is left in what is unfolded. */
export function copyNextBox() {
  [...byId("sheet").querySelectorAll(".paste-next button:enabled")].find((button) => !button.closest("details:not([open])"))?.click();
}

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
      ...boxNodes(connector),
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
  return element("section", { class: "paste-part", "aria-label": part.title }, ...boxNodes(part, element("h3", {}, part.title)));
}

/** A head with the button that copies one box after the other, and the boxes. */
function boxNodes(part, title = "") {
  const key = ({ label }) => `${part.title}\n${label}`;
  const isCopied = (box) => copiedTexts.get(key(box)) === box.text;
  // What is optional comes last: whoever stops there has an action that works.
  const [needed, optional] = [false, true].map((isOptional) => part.boxes.filter((box) => box.text && Boolean(box.optional) === isOptional));
  const firstLeft = () => [...needed, ...optional].find((box) => !isCopied(box));
  const tally = element("span", { class: "hint" });
  const next = element("button", { type: "button", class: "primary" });
  const tell = () => {
    const box = firstLeft();
    next.textContent = box ? `Copy next: ${box.label}${box.optional ? " (optional)" : ""}` : "All copied ✓";
    next.disabled = !box;
    tally.textContent = tallyText(needed, optional, isCopied);
  };
  const nodes = part.boxes.map((box) =>
    boxNode(`${part.title}: ${box.label}`, box, isCopied(box), () => {
      copiedTexts.set(key(box), box.text);
      tell();
    }),
  );
  next.addEventListener("click", () => {
    const node = nodes[part.boxes.indexOf(firstLeft())];
    node.querySelector(".copy").click();
    node.scrollIntoView({ block: "nearest" });
  });
  tell();
  return [element("div", { class: "paste-next" }, element("div", {}, title, tally), next), ...nodes];
}

/** `7 boxes, 4 optional`, `3 of 7 copied, 4 optional`, `All 7 copied, 1 of 4 optional`. */
function tallyText(needed, optional, isCopied) {
  const [done, more] = [needed, optional].map((boxes) => boxes.filter(isCopied).length);
  const count = needed.length;
  const first = !done ? `${count} boxes` : done < count ? `${done} of ${count} copied` : `All ${count} copied`;
  if (!optional.length) return first;
  return `${first}, ${more ? `${more} of ` : ""}${optional.length} optional`;
}

function boxNode(what, { label, text, hint, sample }, isCopied, onCopy) {
  const button = element("button", { type: "button", class: "copy", "aria-label": `Copy ${what}`, disabled: !text }, "Copy");
  const done = element("span", { class: "done", hidden: !isCopied }, element("span", { "aria-hidden": "true" }, "✓"), element("span", { class: "unseen" }, "copied"));
  button.addEventListener("click", async () => {
    if (!(await copy(button, text, what))) return;
    done.hidden = false;
    onCopy();
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
