// The body in the tab: messages go to a worker that runs Python. It stands in the place of the module of the same name
// that talks to `har2rpc ui`.

let worker = null;
let controlled = null;
let count = 0;
const waiting = new Map();

export const note = "This page runs in your browser’s tab. It needs no server, and works without a network.";
export const promise =
  "Nothing leaves this tab: the captures are read in it, and the page’s policy forbids it to talk to any other server.";
export const runs = false;
export const limits = { open: 1.5e9, redact: 300e6 };

/** What the page begins with: `{samples: [{file, title}], targets, given}`. `onNewVersion(reload)` is called where one is there. */
export async function start(onNewVersion) {
  if (!navigator.serviceWorker) {
    throw new Error("This browser window allows no service worker (a private window?); open the page in a usual one.");
  }
  controlled = becomeControlled(onNewVersion);
  startWorker();
  return (await fetch("begin.json")).json();
}

/** Registers the service worker and waits until it answers for this page: its answers carry the policy. */
async function becomeControlled(onNewVersion) {
  const { serviceWorker } = navigator;
  const registration = await serviceWorker.register("sw.js");
  registration.addEventListener("updatefound", () => offer(registration.installing));
  if (registration.waiting && serviceWorker.controller) offer(registration.waiting);
  if (!serviceWorker.controller) {
    const change = new Promise((resolve) => serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
    registration.active?.postMessage("claim"); // after a reload that passed it by
    await change;
  }

  function offer(next) {
    const tell = () => {
      if (next.state !== "installed" || !serviceWorker.controller) return;
      onNewVersion(() => {
        serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
        next.postMessage("take over");
      });
    };
    next.addEventListener("statechange", tell);
    tell();
  }
}

/** Where the docs are, if they stand beside the page and can be reached; else null. */
export async function docs() {
  await controlled;
  const { status } = await fetch("docs/", { method: "HEAD" });
  return status === 200 ? "docs/" : null;
}

async function startWorker() {
  await controlled;
  worker = new Worker("worker.mjs", { type: "module" });
  worker.addEventListener("message", ({ data }) => {
    const { resolve, reject, onProgress } = waiting.get(data.id);
    if (data.progress) return onProgress(...data.progress);
    waiting.delete(data.id);
    if (data.error) reject(new Error(data.error));
    else resolve(data.answer);
  });
  worker.addEventListener("error", (event) => {
    for (const { reject } of waiting.values()) reject(new Error(`The tab’s engine stopped (${event.message || "it could not be loaded"}); reload the page.`));
    waiting.clear();
  });
}

async function send(kind, data, onProgress = () => {}) {
  await controlled;
  const id = ++count;
  const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject, onProgress }));
  worker.postMessage({ id, kind, ...data });
  return answer;
}

/** Resolves when the engine answers. */
export const engineReady = () => send("ready");

export const ask = async (message, onProgress) => JSON.parse(await send("ask", { text: JSON.stringify(message) }, onProgress));

export const open = async (files, onProgress) => JSON.parse(await send("open", { files }, onProgress));

export const written = (name) => send("written", { name });

/** Ends the worker with whatever it does, and starts a new one. */
export function cancel() {
  worker?.terminate();
  const error = new DOMException("cancelled", "AbortError");
  for (const { reject } of waiting.values()) reject(error);
  waiting.clear();
  startWorker();
}
