// The input of captures: dropped or chosen files and folders, pasted text, samples. Each becomes a list of
// `{group, path, file}`, pasted text with its `text`; files of one folder share a group, and their paths begin with its
// name.

import { byId, element, isTyping } from "./dom.mjs";

const MOST_FILES = 2_000;

/** Calls `onFiles(files, where)` for each input; `onProblem(sentence)` if it is not usable. */
export function watchInput(samples, onFiles, onProblem) {
  const chooser = byId("file-input");
  const folders = byId("folder-input");
  byId("choose-files").addEventListener("click", () => chooser.click());
  byId("choose-folder").addEventListener("click", () => folders.click());
  for (const input of [chooser, folders]) {
    input.addEventListener("change", () => {
      const files = [...input.files];
      if (files.length) onFiles(grouped(files.map((file) => ({ file, path: file.webkitRelativePath || file.name }))));
      input.value = "";
    });
  }
  watchDrop(onFiles, onProblem);
  byId("paste-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = byId("paste").value;
    if (text.trim()) onFiles([pasted(text)]);
    else onProblem("The field is empty: paste a request that you copied in the Network tab.");
  });
  addEventListener("paste", (event) => {
    if (isTyping(event.target)) return;
    // A box that was meant for another window must not end what is open here.
    if (!byId("work").hidden && !confirm("Open what you pasted, instead of the capture that is open?")) return;
    const files = [...event.clipboardData.files];
    const text = event.clipboardData.getData("text/plain");
    if (files.length) onFiles(grouped(files.map((file) => ({ file, path: file.name }))));
    else if (text.trim()) onFiles([pasted(text)]);
  });
  byId("samples").hidden = !samples.length;
  byId("sample-list").replaceChildren(
    ...samples.map(({ file, title }) => {
      const button = element("button", { type: "button" }, title);
      button.addEventListener("click", async () => {
        const response = await fetch(`samples/${file}`);
        if (response.ok) onFiles([{ group: 0, path: file, file: await response.blob() }]);
        else onProblem(`The sample ${file} does not exist.`);
      });
      return element("li", {}, button);
    }),
  );
}

function watchDrop(onFiles, onProblem) {
  const place = byId("drop");
  let depth = 0; // dragenter and dragleave come for every element under the pointer
  const mark = (isOver) => place.classList.toggle("over", isOver);
  addEventListener("dragenter", () => mark(++depth > 0));
  addEventListener("dragleave", () => mark(--depth > 0));
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", async (event) => {
    event.preventDefault();
    mark((depth = 0) > 0);
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const plain = [...event.dataTransfer.files];
    const text = event.dataTransfer.getData("text/plain");
    try {
      const files = entries.length ? (await Promise.all(entries.map(filesOf))).flat() : plain.map((file) => ({ file, path: file.name }));
      if (files.length > MOST_FILES) onProblem(`More than ${MOST_FILES} files; drop the captures in it.`);
      else if (files.length) onFiles(grouped(files));
      else if (text.trim()) onFiles([pasted(text)]);
      else onProblem("You dropped no file.");
    } catch (error) {
      onProblem(`The dropped files cannot be read (${error.message}).`);
    }
  });
}

const pasted = (text) => ({ group: 0, path: "pasted.txt", file: new Blob([text]), text });

/** The files of a dropped entry with their paths, hidden ones left out. */
async function filesOf(entry) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return [{ file, path: entry.fullPath.replace(/^\//, "") }];
  }
  const reader = entry.createReader();
  const inner = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject)); // a hundred at a time
    if (!some.length) break;
    inner.push(...some.filter(({ name }) => !name.startsWith(".")));
  }
  return (await Promise.all(inner.map(filesOf))).flat();
}

/** Each single file in a group of its own, those of a folder in one. */
function grouped(files) {
  const groups = new Map();
  return files.map(({ file, path }, position) => {
    const top = path.split("/")[0];
    const key = path.includes("/") ? `folder ${top}` : `file ${position}`;
    if (!groups.has(key)) groups.set(key, groups.size);
    return { group: groups.get(key), path, file };
  });
}
