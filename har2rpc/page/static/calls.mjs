// The list of calls: a row for each, with a box to tick, filtered while the user types. All rows are plain nodes, so that the
// browser's own search and print include them.

import { announce, byId, element } from "./dom.mjs";

const MOST_TICKED = 200; // of more than these nobody wants all, and a tab would be busy with them
const AT_ONCE = 300; // rows that the filter shows at once: more than a window holds
const LATER = 800; // rows that follow with each frame: a letter that is typed waits for no more
const OUTCOMES = { error: "refused", none: "no result", missing: "no answer in the file" };

export class CallList {
  /** `onTicks(numbers)` is called when other calls are ticked, `onCurrent(row)` when another one is looked at. */
  constructor(onTicks, onCurrent) {
    this.onTicks = onTicks;
    this.onCurrent = onCurrent;
    this.items = new Map();
    this.current = null;
    this.later = []; // rows that are shown in a moment
    byId("filter").addEventListener("input", () => this.filter());
    byId("tick-all").addEventListener("click", () => this.tickShown(true));
    byId("tick-none").addEventListener("click", () => this.tickShown(false));
    for (const list of [byId("call-list"), byId("noise-list")]) {
      list.addEventListener("change", (event) => this.onTick(event));
      list.addEventListener("click", (event) => this.onClick(event));
      list.addEventListener("keydown", (event) => this.onKey(event));
    }
    addEventListener("beforeprint", () => this.showLater(Infinity));
    new ResizeObserver(() => this.drawLinks()).observe(byId("call-list"));
  }

  show(rows) {
    this.items.clear();
    this.current = null;
    this.links = [];
    const template = byId("call-row").content.firstElementChild;
    const lists = { true: [], false: [] };
    const ticks = rows.filter(({ ticked }) => ticked).length <= MOST_TICKED;
    for (const row of rows) {
      const node = rowNode(template, row, ticks);
      this.items.set(row.n, { row, node, text: node.textContent.toLowerCase() });
      lists[row.kind === "noise"].push(node);
    }
    byId("call-list").replaceChildren(...lists.false);
    byId("noise-list").replaceChildren(...lists.true);
    const count = lists.true.length;
    byId("noise").hidden = !count;
    byId("noise").open = !lists.false.length;
    byId("noise-title").textContent = `${count} ${count === 1 ? "call" : "calls"} the client made for itself`;
    byId("filter").value = "";
    this.filter();
    this.changed();
    const first = rows.find(({ ticked }) => ticked) ?? rows[0];
    if (first) this.look(first.n, false);
    else byId("details").hidden = true;
  }

  get size() {
    return this.items.size;
  }

  get ticked() {
    return [...this.items.values()].filter(({ node }) => node.firstElementChild.checked).map(({ row }) => row.n);
  }

  filter() {
    const words = byId("filter").value.toLowerCase().split(/\s+/).filter(Boolean);
    let [shown, noise] = [0, 0];
    this.later = [];
    for (const item of this.items.values()) {
      const { row, node, text } = item;
      item.isShown = words.every((word) => text.includes(word));
      if (!item.isShown) node.hidden = true;
      else if (node.hidden) this.later.push(node);
      if (item.isShown) row.kind === "noise" ? noise++ : shown++;
    }
    if (words.length && !shown && noise) byId("noise").open = true;
    this.count = shown;
    this.tell();
    this.showLater(AT_ONCE);
  }

  /** Shows so many of the rows that the filter lets through, and the others behind the next frame. */
  showLater(count) {
    clearTimeout(this.timer);
    for (const node of this.later.splice(0, count)) node.hidden = false;
    byId("call-list").setAttribute("aria-busy", String(this.later.length > 0));
    if (this.later.length) this.timer = setTimeout(() => this.showLater(LATER), 30);
    else this.drawLinks();
  }

  tell() {
    byId("calls-count").textContent = `${this.count} shown, ${this.ticked.length} ticked`;
  }

  tickShown(isTicked) {
    for (const { row, node, isShown } of this.items.values()) {
      if (isShown && (row.kind !== "noise" || !isTicked)) node.firstElementChild.checked = isTicked;
    }
    this.changed();
  }

  only(n) {
    for (const { row, node } of this.items.values()) node.firstElementChild.checked = row.n === n;
    this.changed();
  }

  changed() {
    this.tell();
    this.onTicks(this.ticked);
  }

  onTick(event) {
    const n = Number(event.target.closest("li").dataset.n);
    this.changed(); // first: the code is what one waits for
    this.look(n, false);
  }

  onClick(event) {
    const row = event.target.closest(".row");
    if (!row) return;
    const n = Number(row.parentElement.dataset.n);
    // With the mouse one looks at a call that is ticked among others, which stay so; with Enter (detail 0) it is alone.
    const isTicked = row.previousElementSibling.checked;
    if (!isTicked || event.detail === 0) this.only(n);
    this.look(n, false);
  }

  onKey(event) {
    const item = event.target.closest("li");
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (step) {
      this.showLater(Infinity);
      let next = item[step];
      while (next?.hidden) next = next[step];
      if (next) this.look(Number(next.dataset.n));
    } else if (event.key === " " && event.target.matches(".row")) {
      item.firstElementChild.checked = !item.firstElementChild.checked;
      announce(item.firstElementChild.checked ? "ticked" : "not ticked");
      this.changed();
    } else return;
    event.preventDefault();
  }

  /** Makes a call the one whose values and answer are shown; only its row is in the order of the Tab key. */
  look(n, withFocus = true) {
    const before = this.items.get(this.current)?.node;
    if (before) setFocusable(before, false);
    this.current = n;
    const { row, node } = this.items.get(n);
    setFocusable(node, true);
    if (withFocus) node.querySelector(".row").focus();
    this.onCurrent(row);
  }

  /** Puts the focus on the call that is looked at. */
  focus() {
    this.items.get(this.current)?.node.querySelector(".row").focus({ preventScroll: true });
  }

  /** Draws where a flow takes the id of an earlier call: `[[from, to, words]]`. */
  showLinks(links) {
    this.links = links;
    for (const { node } of this.items.values()) node.querySelector(".linked")?.remove();
    for (const [from, to] of links) {
      const more = this.items.get(to)?.node.querySelector(".meta");
      if (more && !more.querySelector(".linked")) {
        more.append(element("span", { class: "linked" }, `takes the result of ${from}`));
      }
    }
    this.drawLinks();
  }

  drawLinks() {
    const svg = byId("links");
    svg.replaceChildren();
    for (const [from, to] of this.links ?? []) {
      const [a, b] = [from, to].map((n) => this.items.get(n)?.node);
      if (!a?.offsetHeight || !b?.offsetHeight) continue;
      const middle = (node) => node.offsetTop + node.offsetHeight / 2;
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("d", `M14 ${middle(a)} C 2 ${middle(a)}, 2 ${middle(b)}, 14 ${middle(b)}`);
      svg.append(path);
    }
  }
}

function rowNode(template, row, ticks) {
  const node = template.cloneNode(true);
  node.dataset.n = row.n;
  node.dataset.kind = row.kind;
  const [box, button] = node.children;
  const [sentence, meta] = button.children;
  box.checked = ticks && row.ticked;
  box.tabIndex = button.tabIndex = -1;
  box.setAttribute("aria-label", `Convert call ${row.n}: ${row.sentence}`);
  sentence.textContent = row.sentence;
  const [kind, technical, more] = meta.children;
  kind.textContent = row.kind;
  technical.textContent = `${row.n} · ${row.technical}`;
  const words = [row.ms === null ? "" : `${row.ms} ms`, row.landing ? "came with the page" : "", row.noise_rule];
  more.textContent = words.filter(Boolean).join(" · ");
  const outcome = row.http_outcome || OUTCOMES[row.outcome];
  if (outcome) {
    meta.append(element("span", { class: `outcome ${row.outcome}` }, row.refusal ? `${outcome}: ${row.refusal}` : outcome));
  }
  return node;
}

function setFocusable(node, isCurrent) {
  const [box, button] = node.children;
  box.tabIndex = button.tabIndex = isCurrent ? 0 : -1;
  node.classList.toggle("current", isCurrent);
  if (isCurrent) button.setAttribute("aria-current", "true");
  else button.removeAttribute("aria-current");
}
