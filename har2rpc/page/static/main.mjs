// The page: the engine opens captures, and ticked calls become code.

import * as body from "./body.mjs";
import { CallList } from "./calls.mjs";
import { watchInput } from "./capture_input.mjs";
import { convert, copyNext, watchCode } from "./conversion.mjs";
import { announce, byId, download, element, isTyping, size } from "./dom.mjs";
import * as engine from "./engine.mjs";
import { watchDomain } from "./domain.mjs";
import { showFacts } from "./facts.mjs";
import { showRuns } from "./runs.mjs";
import * as settings from "./settings.mjs";
import { forgetCopies } from "./sheet.mjs";
import { TargetSwitch } from "./targets.mjs";
import { showValues } from "./values.mjs";

const LARGE = 1.5e6; // bytes: what is smaller is there before a bar could be seen
const MOST_PREPARED = 300; // calls
const AT_ONCE = 5; // calls of one step

const page = { opened: null, row: null };
let calls = null;
let targets = null;
let ready = null;
let runs = null;
let readDomain = null;

async function begin() {
  byId("body-note").textContent = body.note;
  byId("promise").textContent = body.promise;
  const beginning = await body.start(announceNewVersion);
  calls = new CallList(convert, showCurrent);
  watchInput(beginning.samples, openFiles, showProblem); // what is dropped now waits for the engine
  readDomain = watchDomain(engine.ask);
  watchButtons();
  targets = new TargetSwitch(beginning.targets, convert);
  watchCode(calls, targets, showProblem);
  ready = body.engineReady();
  await ready;
  document.documentElement.dataset.ready = "true";
  engine.prepare([{ do: "prepare" }, ...targetSteps().slice(0, 1)]); // what is dropped next is there sooner
  showDocs();
  if (beginning.given) await show(() => engine.openGiven(showProgress), 0);
}

async function showDocs() {
  const place = await body.docs();
  byId("docs").hidden = !place;
  if (place) byId("docs-link").href = place;
}

function watchButtons() {
  byId("open-another").addEventListener("click", showStart);
  byId("go-back").addEventListener("click", () => {
    showPart("work");
    calls.focus();
  });
  byId("close-problem").addEventListener("click", () => {
    byId("problem").hidden = true;
    if (byId("work").hidden) byId("choose-files").focus();
    else calls.focus();
  });
  byId("to-details").addEventListener("click", () => goTo("details", "#values input, #values summary, #answer summary"));
  byId("to-code").addEventListener("click", () => goTo("code-card", "#targets input:checked, #targets select"));
  byId("cancel").addEventListener("click", () => {
    engine.cancel();
    page.opened = null;
    showStart();
  });
  byId("redact").addEventListener("click", redact);
  byId("answer").addEventListener("toggle", showAnswer);
  byId("custom-domain").addEventListener("change", () => changeSettings("custom_domain", byId("custom-domain").checked));
  byId("connection").addEventListener("change", () => changeSettings("connection", byId("connection").checked ? "inputs" : undefined));
  byId("save-settings").addEventListener("click", settings.save);
  byId("reset-settings").addEventListener("click", () => {
    byId("open-settings").focus(); // this button goes away
    replaceSettings({});
  });
  byId("open-settings").addEventListener("click", () => byId("settings-input").click());
  byId("settings-input").addEventListener("change", openSettings);
  settings.watchLeaving();
  if (body.runs) {
    runs = showRuns(engine.ask, () => ({ calls: calls.ticked, target: runnable(), overrides: settings.overrides() }));
  }
  addEventListener("keydown", (event) => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || byId("work").hidden) return;
    if (event.key === "/") byId("filter").focus();
    else if (event.key === "c") copyNext();
    else return;
    event.preventDefault();
  });
}

/** Shows one of the parts that take turns: where one begins, the bar, the work. */
function showPart(name) {
  for (const part of ["start", "reading", "work"]) byId(part).hidden = part !== name;
  byId("open-another").hidden = name !== "work";
  byId("go-back").hidden = name !== "start" || !page.opened;
  byId("files").hidden = name !== "work";
  if (name !== "reading") byId("problem").hidden = true;
}

/** Scrolls to a part of the work, and puts the focus on the first of what is named. */
function goTo(part, selector) {
  byId(part).scrollIntoView();
  byId(part).querySelector(selector)?.focus({ preventScroll: true });
}

function showStart() {
  showPart("start");
  byId("choose-files").focus();
}

function showProblem(sentence) {
  byId("problem-text").textContent = sentence;
  byId("problem").hidden = false;
}

async function openFiles(files) {
  if (files[0].text !== undefined && (await ready, await readDomain(files[0].text))) return;
  if (!settings.mayGo()) return;
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  if (total > body.limits.open) {
    const most = size(body.limits.open);
    showProblem(`${size(total)} is more than a browser’s tab holds (${most}). On the command line: har2rpc ui FILE`);
    return;
  }
  show(() => engine.open(files, showProgress), total);
}

async function show(open, total) {
  if (page.opened) byId("work").hidden = true;
  byId("reading-title").textContent = "Reading…";
  byId("reading-detail").textContent = total > LARGE ? size(total) : "";
  byId("reading-progress").removeAttribute("value");
  showPart("reading");
  byId("problem").hidden = true;
  try {
    await ready;
    const reply = await open();
    if (reply.error) throw new Error(reply.error);
    page.opened = reply;
    page.bytes = total;
    settings.replaceAll({});
    forgetCopies();
    byId("paste").value = "";
    showPart("work");
    showOpened(reply);
    calls.focus(); // what had the focus is gone
  } catch (error) {
    if (error.name === "AbortError") return;
    page.opened = null;
    showPart("start");
    showProblem(error.message);
  }
}

function showProgress(done, total) {
  byId("reading-progress").max = total;
  byId("reading-progress").value = done;
  byId("reading-detail").textContent = `${size(done)} of ${size(total)}`;
}

function showOpened(opened) {
  byId("files").textContent = opened.files.length < 4 ? opened.files.join(", ") : `${opened.files.length} files`;
  byId("files").title = opened.files.join("\n");
  showFacts(opened, async (part) => {
    const reply = await engine.ask({ do: "part", ...part });
    if (reply.error) showProblem(reply.error);
    else showOpened((page.opened = reply));
  });
  byId("notes").hidden = !opened.notes.length;
  byId("notes-title").textContent = `${opened.notes.length} ${opened.notes.length === 1 ? "remark" : "remarks"} on the capture`;
  byId("notes-list").replaceChildren(...opened.notes.map((note) => element("li", {}, note)));
  byId("redact-report").textContent = "";
  runs?.fill(opened.sessions[0].facts);
  runs?.clear();
  byId("without-calls").hidden = !opened.without_calls;
  byId("without-calls").textContent = opened.without_calls;
  if (!opened.without_calls) targets.leaveSession();
  calls.show(opened.calls);
  if (opened.without_calls) targets.chooseSession();
  const done = opened.calls.filter(({ kind }) => kind !== "noise").length;
  announce(`${done} calls, ${calls.ticked.length} ticked`);
  engine.prepare([...callSteps(opened.calls), ...targetSteps()]);
}

/** What converting more calls will take, a few at a time. */
function callSteps(rows) {
  const numbers = rows.filter(({ kind }) => kind !== "noise").map(({ n }) => n);
  const count = Math.min(numbers.length, MOST_PREPARED);
  return Array.from({ length: Math.ceil(count / AT_ONCE) }, (_, step) => ({
    do: "prepare",
    calls: numbers.slice(step * AT_ONCE, Math.min(count, (step + 1) * AT_ONCE)),
  }));
}

/** What the targets will take that one sees at once, the chosen one first. */
const targetSteps = () => targets.usual.map((target) => ({ do: "prepare", target }));

function showCurrent(row) {
  page.row = row;
  byId("details").hidden = false;
  byId("details-title").textContent = `${row.n} · ${row.sentence}`;
  byId("refusal").hidden = row.outcome !== "error";
  byId("refusal").textContent = `Odoo refused it: ${[row.refusal_words, row.refusal && `(${row.refusal})`].filter(Boolean).join(" ") || "it did not say why"}`;
  byId("values").replaceChildren();
  showAnswer();
  showCurrentValues();
}

async function showCurrentValues() {
  const { row } = page;
  if (!row) return;
  const reply = await engine.ask({ do: "values", n: row.n, overrides: settings.overrides() });
  if (row !== page.row || reply.error) return; // what is wrong stands beside the code
  showValues(row, reply, (isShape) => {
    settings.showButtons();
    convert();
    if (isShape) showCurrentValues();
  });
}

function changeSettings(key, value) {
  settings.set(key, value);
  convert();
}

function replaceSettings(content) {
  settings.replaceAll(content);
  convert();
  showCurrentValues();
}

async function openSettings() {
  const [file] = byId("settings-input").files;
  byId("settings-input").value = "";
  if (!file) return;
  const reply = await engine.ask({ do: "overrides", name: file.name, text: await file.text() });
  byId("problem").hidden = true;
  if (reply.error) showProblem(reply.error);
  else replaceSettings(reply.overrides);
}

/** The target that code is run with: the chosen one where it is a program. */
function runnable() {
  return ["json", "yml"].includes(targets.language) ? "python" : targets.name;
}

async function showAnswer() {
  byId("answer-text").textContent = "";
  byId("answer-size").textContent = "";
  if (!byId("answer").open || !page.row) return;
  const { n } = page.row;
  const answer = await engine.ask({ do: "answered", n });
  if (page.row.n !== n) return;
  byId("answer-text").textContent = answer.error ?? answer.text;
  if (answer.cut) byId("answer-size").textContent = `The first part of ${answer.size.toLocaleString("en")} characters.`;
}

async function redact() {
  const report = byId("redact-report");
  if (page.bytes > body.limits.redact) {
    report.textContent = `More than ${size(body.limits.redact)} takes too long in a tab. On the command line: har2rpc redact FILE -o COPY`;
    return;
  }
  report.textContent = "Removing secrets…";
  byId("redact").disabled = true;
  try {
    report.textContent = await writeCopies();
  } catch (error) {
    report.textContent = error.message;
  } finally {
    byId("redact").disabled = false;
  }
}

async function writeCopies() {
  const reply = await engine.ask({ do: "redact" });
  if (reply.error) return reply.error;
  for (const name of reply.written) download(name, await body.written(name));
  const removed = reply.removed.reduce((sum, { count }) => sum + count, 0);
  const doubts = reply.doubts.reduce((sum, { count }) => sum + count, 0);
  const more = doubts ? ` ${doubts} values look like secrets and stayed: read the copy before you share it.` : "";
  return `${removed} secrets removed.${more}`;
}

function announceNewVersion(reload) {
  const button = element("button", { type: "button" }, "Reload");
  button.addEventListener("click", reload);
  byId("body-note").replaceChildren("A new version of this page is here. ", button);
}

begin().catch((error) => showProblem(error.message));
