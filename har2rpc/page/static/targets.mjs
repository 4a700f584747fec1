// The switch between targets: the usual ones side by side, all others in a list. The URL holds the target and nothing
// else.

import { byId, element } from "./dom.mjs";

const USUAL = {
  python: "Python",
  "python-json2": "JSON-2",
  curl: "curl",
  javascript: "JavaScript",
  php: "PHP",
  n8n: "n8n",
  locoia: "Locoia",
  postman: "Postman",
};

// What to do with the text; of all others it is clear, or the text says it.
const NEXT = {
  n8n: "Press Copy, click into the canvas of your n8n workflow, and press Ctrl+V (⌘V on a Mac).",
  locoia: "In Locoia, add an action to your connector, and copy each box into the field of the same name. No connector yet? Create it first: its boxes are under “The connector, once”.",
  postman: "Press Download, and drop the file on Import in Postman.",
  parts: "Copy each box into the field of the same name: model, method, args and kwargs.",
  bruno: "Press Download, and give the file to Import Collection in Bruno. Then choose the environment Odoo.",
  openapi: "Download it, and import it where an OpenAPI file is taken.",
};

// The others stand in groups, by the extension of their files.
const GROUPS = { py: "Python", mjs: "JavaScript", sh: "Shell", json: "JSON" };

export class TargetSwitch {
  constructor(targets, onTarget) {
    this.targets = new Map(targets.map((target) => [target.name, target]));
    this.onTarget = onTarget;
    const usual = Object.keys(USUAL).filter((name) => this.targets.has(name));
    const others = targets.filter(({ name }) => !usual.includes(name));
    this.select = element(
      "select",
      { "aria-label": "Other targets" },
      element("option", { value: "" }, "More…"),
      ...[...Map.groupBy(others, ({ language }) => GROUPS[language] ?? "Others")].map(([label, group]) =>
        element("optgroup", { label }, ...group.map(({ name }) => element("option", { value: name }, name))),
      ),
    );
    this.select.addEventListener("change", () => this.select.value && this.choose(this.select.value));
    const radios = usual.map((name) => {
      const input = element("input", { type: "radio", name: "target", value: name, id: `target-${name}` });
      input.addEventListener("change", () => this.choose(name));
      return [input, element("label", { for: `target-${name}` }, USUAL[name])];
    });
    const group = element("div", { class: "switch", role: "radiogroup", "aria-label": "Target" }, ...radios.flat());
    byId("targets").replaceChildren(group, this.select);
    const wanted = decodeURIComponent(location.hash.slice(1));
    this.set(this.targets.has(wanted) ? wanted : "python");
    addEventListener("hashchange", () => {
      const name = decodeURIComponent(location.hash.slice(1));
      if (this.targets.has(name) && name !== this.name) this.choose(name);
    });
  }

  set(name) {
    this.name = name;
    this.select.value = name in USUAL ? "" : name;
    for (const radio of document.getElementsByName("target")) radio.checked = radio.value === name;
    byId("target-summary").textContent = this.targets.get(name).summary;
    byId("next-step").textContent = NEXT[name] ?? "";
    byId("next-step").hidden = !NEXT[name];
  }

  choose(name) {
    this.set(name);
    history.replaceState(null, "", `#${name}`);
    this.onTarget();
  }

  /** The chosen target and the others that stand side by side. */
  get usual() {
    return [this.name, ...Object.keys(USUAL).filter((name) => this.targets.has(name) && name !== this.name)];
  }

  /** Whether the target writes a flow as one. */
  get knowsFlows() {
    return this.targets.get(this.name).flows;
  }

  /** Whether it has a search by a whole domain by itself. */
  get hasCustomSearches() {
    return this.targets.get(this.name).custom;
  }

  /** Chooses a target that does what no method does, where the chosen one does not. */
  chooseSession() {
    const one = [...this.targets.values()].find(({ session }) => session);
    if (!one || this.targets.get(this.name).session) return;
    this.instead = { chosen: this.name, session: one.name };
    this.choose(one.name);
  }

  /** Goes back to what was chosen before `chooseSession`, unless another target was chosen since. Converts nothing. */
  leaveSession() {
    const { chosen, session } = this.instead ?? {};
    this.instead = null;
    if (!chosen || this.name !== session) return;
    this.set(chosen);
    history.replaceState(null, "", `#${chosen}`);
  }

  get language() {
    return this.targets.get(this.name).language;
  }
}
