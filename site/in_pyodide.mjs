// Runs in_pyodide.py in Pyodide: node in_pyodide.mjs NPM-PACKAGE SOURCES OUTPUT WITH-REDACT

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [npm, sources, output, withRedact] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(npm, "pyodide.mjs")).href);
// Byte code without columns is a quarter smaller; a traceback has its lines all the same.
const python = await loadPyodide({ indexURL: npm, env: { HOME: "/home/pyodide", PYTHONNODEBUGRANGES: "1" } });
for (const [place, folder] of Object.entries({ "/sources": sources, "/output": output, "/pyodide": npm })) {
  python.FS.mkdirTree(place);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, place);
}
python.globals.set("with_redact", withRedact);
const script = join(dirname(fileURLToPath(import.meta.url)), "in_pyodide.py");
try {
  await python.runPythonAsync(readFileSync(script, "utf8"), { filename: script });
} catch (error) {
  console.error(error.message); // Node itself would print the line it came from: a megabyte
  process.exit(1);
}
