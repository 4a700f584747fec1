// Elements, and the few things that all parts of the page do with them. Whatever comes from a capture is text: nothing
// here or elsewhere in the page takes HTML from a string.

export const byId = (id) => document.getElementById(id);

/** A new element: attributes by name, `on…` as listeners, children as nodes or text. */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Says something to a screen reader. */
export function announce(text) {
  const place = byId("announcement");
  place.textContent = "";
  requestAnimationFrame(() => (place.textContent = text));
}

/** Copies a text, and shows on the button whether it was done; so does what it returns. */
export async function copy(button, text, what) {
  const label = (button.dataset.label ??= button.textContent);
  let isDone = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    isDone = false;
  }
  button.textContent = isDone ? "Copied ✓" : "Not copied";
  announce(isDone ? `${what} copied` : "The browser did not allow copying");
  setTimeout(() => (button.textContent = label), 1600);
  return isDone;
}

export function copyButton(getText, what) {
  const button = element("button", { type: "button", class: "quiet copy", "aria-label": `Copy ${what}` }, "Copy");
  button.addEventListener("click", () => copy(button, getText(), what));
  return button;
}

/** Saves a text or a blob as a file. */
export function download(name, content) {
  const blob = content instanceof Blob ? content : new Blob([content], { type: "application/octet-stream" });
  const url = URL.createObjectURL(blob);
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** `1.2 MB` */
export function size(bytes) {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

/** Whether keys go into a field that is typed into. */
export const isTyping = (target) =>
  target.closest?.("textarea, select, input:not([type=checkbox]):not([type=radio]), [contenteditable]") !== null;
