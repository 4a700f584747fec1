// The body on loopback: messages go to `har2rpc ui`, which answers with the native engine. The site has a module of the
// same name that asks a worker instead.

const page = `pages/${crypto.randomUUID()}`;
let running = new AbortController();

export const note = "Served by har2rpc on this computer, to this computer alone. What you drop here stays on it.";
export const promise = "Nothing leaves this computer: the captures are read by the program that serves this page.";
/** Whether code can be run: against the capture, and on an Odoo. */
export const runs = true;
/** Bytes of captures that are too large for this body; and for a redacted copy. */
export const limits = { open: Infinity, redact: Infinity };

/** What the page begins with: `{samples: [{file, title}], targets, given}`; `given` says that captures were named at the start. */
export async function start() {
  addEventListener("pagehide", (event) => {
    if (!event.persisted) fetch(`${page}/close`, { method: "POST", keepalive: true });
  });
  return (await fetch("begin.json")).json();
}

/** Where the docs are: not beside this page. */
export const docs = async () => null;

/** Resolves when the engine answers. */
export const engineReady = async () => {};

/** Sends a message. `onProgress(done, total)` is called with bytes while a large capture is read. */
export async function ask(message, onProgress = () => {}) {
  const { signal } = running;
  const response = await fetch(`${page}/messages`, { method: "POST", body: JSON.stringify(message), signal });
  if (!response.ok) throw new Error(`the server answered ${response.status}; is har2rpc ui still running?`);
  let answer = null;
  for await (const line of lines(response.body)) {
    const value = JSON.parse(line);
    if (value.progress) onProgress(...value.progress);
    else answer = value;
  }
  if (answer === null) throw new Error("the server gave no answer; see its terminal");
  return answer;
}

/** Opens files, `[{group, path, file}]`: those of a folder share a group and begin with its name. */
export async function open(files, onProgress) {
  const { signal } = running;
  await fetch(`${page}/files`, { method: "DELETE", signal });
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  let done = 0;
  for (const { group, path, file } of files) {
    onProgress(done, total);
    const name = path.split("/").map(encodeURIComponent).join("/");
    const response = await fetch(`${page}/files/${group}/${name}`, { method: "PUT", body: file, signal });
    if (!response.ok) return response.json();
    done += file.size;
  }
  return ask({ do: "open" }, onProgress);
}

/** The captures that `har2rpc ui` was started with. */
export const openGiven = (onProgress) => ask({ do: "open", given: true }, onProgress);

/** A file that the engine wrote, as a blob. */
export async function written(name) {
  return (await fetch(`${page}/copies/${encodeURIComponent(name)}`)).blob();
}

/** Ends whatever runs. */
export function cancel() {
  running.abort();
  running = new AbortController();
}

async function* lines(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const parts = (rest + value).split("\n");
    rest = parts.pop();
    yield* parts.filter(Boolean);
  }
  if (rest) yield rest;
}
