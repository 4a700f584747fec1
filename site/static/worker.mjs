// The tab's engine: Python in a worker. It is started only once the service worker controls the page, whose policy then
// comes with this file: a worker does not inherit the page's own.

import { loadPyodide } from "./pyodide/pyodide.mjs";

const CAPTURES = "/captures";
const COPIES = "/copies";

let opened = 0;
let sources = [];
let redacts = false;

const ready = start();

async function start() {
  const [python, archive] = await Promise.all([
    loadPyodide({ indexURL: new URL("pyodide/", import.meta.url).href }),
    fetchArchive("app.tar.gz"),
  ]);
  unpack(python.FS, archive);
  python.FS.mkdirTree(COPIES);
  python.runPython("import sys; sys.path.insert(0, '/app')");
  const { Page } = python.pyimport("har2rpc.page.messages");
  python.runPython("import gc; gc.freeze(); gc.set_threshold(200_000, 50, 1000)"); // as on the command line
  return { python, page: Page() };
}

const kinds = {
  async ready() {
    await ready;
  },

  async ask({ text }, onProgress) {
    const { python, page } = await ready;
    const message = JSON.parse(text);
    if (message.do === "redact") await addRedaction(python);
    return page.answer(JSON.stringify({ ...message, sources, output: COPIES }), onProgress);
  },

  /** Mounts the files where they lie: nothing is copied into this worker's memory. */
  async open({ files }, onProgress) {
    const { python, page } = await ready;
    const { FS } = python;
    const last = `${CAPTURES}/${opened}`;
    for (const source of sources) FS.unmount(source.slice(0, source.lastIndexOf("/")));
    if (FS.analyzePath(last).exists) removeFolder(FS, last);
    sources = [];
    opened += 1;
    for (const [group, members] of Map.groupBy(files, ({ group }) => group)) {
      const place = `${CAPTURES}/${opened}/${group}`;
      FS.mkdirTree(place);
      const blobs = members.map(({ path, file }) => ({ name: path, data: file }));
      FS.mount(FS.filesystems.WORKERFS, { blobs }, place);
      sources.push(`${place}/${members[0].path.split("/")[0]}`);
    }
    return page.answer(JSON.stringify({ do: "open", sources }), onProgress);
  },

  async written({ name }) {
    const { python } = await ready;
    const bytes = python.FS.readFile(`${COPIES}/${name}`);
    python.FS.unlink(`${COPIES}/${name}`);
    return new Blob([bytes]);
  },
};

addEventListener("message", async ({ data }) => {
  const onProgress = (done, total) => postMessage({ id: data.id, progress: [done, total] });
  try {
    postMessage({ id: data.id, answer: await kinds[data.kind](data, onProgress) });
  } catch (error) {
    postMessage({ id: data.id, error: error.message });
  }
});

/** What only a redacted copy needs is fetched when one is asked for. */
async function addRedaction(python) {
  if (redacts) return;
  unpack(python.FS, await fetchArchive("redact.tar.gz"));
  python.runPython("import sys; sys.path_importer_cache.clear()"); // so that the new files are seen
  redacts = true;
}

/** The bytes of a packed tar. A host may have unpacked it on the way (`Content-Encoding`). */
async function fetchArchive(name) {
  const bytes = new Uint8Array(await (await fetch(new URL(name, import.meta.url))).arrayBuffer());
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Writes the files of a tar (USTAR: a header of 512 bytes before each, its size in octal at 124) under /app. */
function unpack(FS, bytes) {
  const text = (at, length) => new TextDecoder().decode(bytes.subarray(at, at + length)).replace(/\0.*$/s, "");
  for (let at = 0; bytes[at]; ) {
    const [name, folder] = [text(at, 100), text(at + 345, 155)];
    const size = parseInt(text(at + 124, 12), 8);
    const path = `/app/${folder ? `${folder}/` : ""}${name}`;
    FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    FS.writeFile(path, bytes.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

function removeFolder(FS, folder) {
  for (const name of FS.readdir(folder)) if (name !== "." && name !== "..") FS.rmdir(`${folder}/${name}`);
  FS.rmdir(folder);
}
