// Keeps the site in the browser, whole: it works without a network, and all its files are of one version. And it sends
// the policy as a header with every file, the worker's as well: static hosts send none.

const VERSION = "the version";
const FILES = { /* the files */ }; // by path: its hash, as `integrity` has it
const CACHE = `har2rpc ${VERSION}`;
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; " +
  "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

addEventListener("install", (event) => event.waitUntil(install()));

async function install() {
  const cache = await caches.open(CACHE);
  await Promise.all(
    Object.entries(FILES).map(async ([path, hash]) => {
      const response = await fetch(path, { cache: "no-cache", integrity: `sha256-${hash}` });
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      await cache.put(path, withPolicy(response));
    }),
  );
  if (!registration.active) await skipWaiting(); // the first visit; a new version waits for Reload
}

addEventListener("activate", (event) => event.waitUntil(activate()));

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("har2rpc ") && name !== CACHE).map((name) => caches.delete(name)));
  await clients.claim();
}

addEventListener("message", (event) => {
  if (event.data === "take over") skipWaiting();
  if (event.data === "claim") event.waitUntil(clients.claim());
});

addEventListener("fetch", (event) => event.respondWith(answer(event)));

async function answer({ request, clientId }) {
  const path = new URL(request.url).pathname.slice(new URL(registration.scope).pathname.length) || "index.html";
  if (path === "docs/" && request.method === "HEAD") return haveDocs(request);
  if (path.startsWith("docs/") && (request.mode === "navigate" || (await isOfDocs(clientId)))) return fetch(request);
  const cached = Object.hasOwn(FILES, path) && (await (await caches.open(CACHE)).match(path));
  return cached || withPolicy(new Response("There is no such file here.", { status: 404 }));
}

/** 200 where the docs stand beside the page and can be reached, else 204: it is no error that they do not. */
async function haveDocs(request) {
  const response = await fetch(request).catch(() => null);
  return new Response(null, { status: response?.ok ? 200 : 204 });
}

/** Whether a page of the docs asks: they stand beside the page, which itself gets nothing of theirs. */
async function isOfDocs(clientId) {
  const client = await clients.get(clientId);
  return client !== undefined && client.url.startsWith(`${registration.scope}docs/`);
}

/** It goes into the cache with its headers: what comes out of there as it is keeps what the browser compiled of it. */
function withPolicy({ body, status, headers }) {
  const more = new Headers(headers);
  more.set("Content-Security-Policy", POLICY);
  more.set("X-Content-Type-Options", "nosniff");
  more.set("Referrer-Policy", "no-referrer");
  return new Response(body, { status, headers: more });
}
