// The settings of the page: one object, the content of a file for `convert --overrides`. The page downloads and opens such
// files, so that work can be kept and shared.

import { byId, download } from "./dom.mjs";

let content = {};
let isSaved = true;

/** The overrides as a message takes them; null where nothing is set. */
export const overrides = () => (Object.keys(content).length ? content : null);

export const get = (key) => content[key];

/** What is set of a value of a call; an empty object where nothing is. */
export const ofValue = (n, path) => content.calls?.[n]?.inputs?.[path] ?? {};

export const ofCall = (n) => content.calls?.[n] ?? {};

/** Sets a key of the whole file; undefined takes it out. */
export function set(key, value) {
  content = pruned({ ...content, [key]: value });
  isSaved = false;
}

/** Sets keys of a call; `of` says which call it was set for, so that another capture is refused. */
export function setCall(row, changes) {
  const calls = { ...content.calls };
  const call = pruned({ ...calls[row.n], ...changes });
  const { of: _, ...rest } = call;
  if (Object.keys(rest).length) calls[row.n] = { of: row.technical, ...rest };
  else delete calls[row.n];
  set("calls", Object.keys(calls).length ? calls : undefined);
}

/** Sets keys of one value; null for what is set takes all of it out. */
export function setValue(row, path, changes) {
  const inputs = { ...ofCall(row.n).inputs };
  if (changes === null) delete inputs[path];
  else inputs[path] = changes.keep ? { keep: true } : pruned({ ...inputs[path], keep: undefined, ...changes });
  if (inputs[path] && !Object.keys(inputs[path]).length) delete inputs[path];
  setCall(row, { inputs: Object.keys(inputs).length ? inputs : undefined });
}

/** Takes the content of a file, or nothing. */
export function replaceAll(next) {
  const { har2rpc_overrides: _, ...rest } = next;
  content = rest;
  isSaved = true;
}

export function save() {
  download("overrides.json", `${JSON.stringify({ har2rpc_overrides: 1, ...content }, null, 2)}\n`);
  isSaved = true;
}

/** Whether what is set may go: asked where it is not saved. */
export const mayGo = () =>
  isSaved || !overrides() || confirm("What you set is not saved as a file. Go on without it?");

/** Asks before the page is left with what is not saved, and shows the buttons where there is something to save. */
export function watchLeaving() {
  addEventListener("beforeunload", (event) => {
    if (!isSaved && overrides()) event.preventDefault();
  });
}

export function showButtons() {
  for (const id of ["save-settings", "reset-settings"]) byId(id).hidden = !overrides();
}

function pruned(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
