// The code of the ticked calls: requests it, shows it with its boxes and notes, colors it, copies and downloads it.

import { paint, showText } from "./code.mjs";
import { byId, copy, download, element } from "./dom.mjs";
import * as engine from "./engine.mjs";
import * as settings from "./settings.mjs";
import { copyNextBox, showSheet } from "./sheet.mjs";

const MOST_COLORED = 300_000; // characters: a longer text has no colors
const shown = { view: null, flow: false, whole: false };
let calls = null;
let targets = null;
let tellProblem = null;

/** `callList` and `targetSwitch` say what is wanted; `onProblem(sentence)` is told what goes wrong. */
export function watchCode(callList, targetSwitch, onProblem) {
  [calls, targets, tellProblem] = [callList, targetSwitch, onProblem];
  byId("copy-code").addEventListener("click", copyText);
  byId("copy-command").addEventListener("click", () => copy(byId("copy-command"), shown.view.command, "Command line"));
  byId("download-code").addEventListener("click", () => download(shown.view.file_name, shown.view.text));
  byId("show-whole").addEventListener("click", () => {
    shown.whole = !shown.whole;
    showWhole();
  });
}

function copyText() {
  if (shown.view?.text) copy(byId("copy-code"), shown.view.text, "Code");
}

/** What the key copies: the code, or of what is pasted box by box the next box. */
export const copyNext = () => (shown.view?.sheet ? copyNextBox() : copyText());

let latest = 0; // of several conversions under way only the last one counts

export async function convert() {
  const turn = ++latest;
  document.documentElement.dataset.busy = "true";
  let view = null;
  try {
    view = await convertTicked(turn);
  } catch (error) {
    if (turn === latest) tellProblem(error.message);
  } finally {
    if (turn === latest) delete document.documentElement.dataset.busy;
  }
  if (view) await paintCode(turn, view);
}

/** Shows the code of what is ticked. Returns it where its colors are wanted. */
async function convertTicked(turn) {
  const numbers = calls.ticked;
  showHow(numbers);
  if (!numbers.length && calls.size) return showNoCode("Tick what you want as code.");
  const flow = shown.flow && targets.knowsFlows;
  const waiting = setTimeout(() => byId("code").classList.add("waiting"), 150);
  const message = { do: "convert", calls: numbers, target: targets.name, flow, overrides: settings.overrides() };
  const view = await engine.ask({ ...message, boxes_first: true });
  clearTimeout(waiting);
  if (turn !== latest) return null;
  byId("code").classList.remove("waiting");
  if (view.error) return showNoCode(view.error);
  // Where nothing is searched, or in a flow, the choice would change nothing.
  byId("custom-choice").hidden = flow || (!view.searches && settings.get("custom_domain") === undefined);
  showCode(view);
  calls.showLinks(view.links ?? []);
  if (view.text === null) {
    document.documentElement.dataset.busy = "behind"; // the boxes are there, and what stands behind them is written
    const { text, error } = await engine.ask(message);
    if (turn !== latest) return null;
    if (error) return showNoCode(error);
    showText(byId("code-text"), (view.text = text));
    enableButtons();
  }
  return view;
}

function showNoCode(note) {
  showCode({ text: "", command: "", notes: [note] });
  return null;
}

/** The colors come after the text, which is there without them. */
async function paintCode(turn, { text, language }) {
  if (text.length > MOST_COLORED) return;
  let message = { do: "highlight", text, language };
  for (let more = true; more; message = { do: "highlight" }) {
    const piece = await engine.ask(message).catch(() => ({}));
    if (turn !== latest || !piece.spans) return;
    paint(byId("code-text"), piece.spans);
    more = piece.more;
  }
}

function showCode(view) {
  shown.view = view;
  showText(byId("code-text"), view.text ?? "");
  showSheet(view.sheet);
  showWhole();
  byId("command").textContent = view.command;
  byId("code-notes").hidden = !view.notes.length;
  byId("code-notes").replaceChildren(...view.notes.map((note) => element("li", {}, note)));
  enableButtons();
}

function enableButtons() {
  for (const id of ["copy-code", "download-code"]) byId(id).disabled = !shown.view.text;
  byId("copy-command").disabled = !shown.view.command;
}

/** What is pasted box by box has its whole text behind a button: the boxes are what is wanted. */
function showWhole() {
  const hasBoxes = Boolean(shown.view.sheet);
  const isShown = !hasBoxes || shown.whole;
  byId("show-whole").hidden = !hasBoxes;
  byId("show-whole").setAttribute("aria-expanded", String(isShown));
  byId("show-whole").textContent = isShown ? "Hide the JSON" : "Show all of it as one JSON";
  byId("code").hidden = !isShown;
  byId("copy-code").classList.toggle("primary", !hasBoxes);
  byId("copy-code").textContent = byId("copy-code").dataset.label = hasBoxes ? "Copy all as JSON" : "Copy";
}

/** Single actions or a flow: offered where several calls are ticked and the target can. */
function showHow(numbers) {
  const custom = settings.get("custom_domain");
  byId("custom-domain").checked = custom ?? targets.hasCustomSearches;
  byId("connection").checked = settings.get("connection") === "inputs";
  settings.showButtons();
  const how = byId("how");
  how.hidden = numbers.length < 2 || !targets.knowsFlows;
  if (how.childElementCount) return;
  const choice = (value, label, hint) => {
    const input = element("input", { type: "radio", name: "how", value, id: `how-${value}`, checked: value === "single" });
    input.addEventListener("change", () => {
      shown.flow = value === "flow";
      convert();
    });
    return [input, element("label", { for: `how-${value}`, title: hint }, label)];
  };
  how.append(
    element(
      "div",
      { class: "switch", role: "radiogroup", "aria-label": "How" },
      ...choice("single", "Single actions", "A function for each"),
      ...choice("flow", "One flow", "One function; what a step makes goes into the next"),
    ),
  );
}
