// The main path in Firefox, driven by puppeteer-core (WebDriver BiDi): Playwright cannot drive Debian's.
// node firefox.mjs URL SAMPLE CANARY FIREFOX SIGN; it prints one object of JSON. Before that it prints a line, and waits for the
// file SIGN: by then the server may be gone, and the page is loaded once more.

import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [url, sample, canary, executablePath, sign] = process.argv.slice(2);
const require = createRequire(pathToFileURL(join(process.env.NODE_PACKAGES, "node_modules", "x.js")));
const { default: puppeteer } = await import(pathToFileURL(require.resolve("puppeteer-core")).href);

const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
const seen = {};
const errors = [];
try {
  const page = await browser.newPage();
  page.on("pageerror", (error) => errors.push(error.message));
  const begin = performance.now();
  await page.goto(url);
  await page.waitForSelector("html[data-ready]", { timeout: 60_000 });
  seen.ready = performance.now() - begin;
  const input = await page.$("#file-input");
  await input.uploadFile(sample);
  await page.waitForSelector("#work:not([hidden])", { timeout: 60_000 });
  await page.waitForSelector("html:not([data-busy])");
  const read = (selector) => page.$eval(selector, (node) => node.textContent);
  seen.uid = await read("[data-fact=uid] .value");
  seen.code = await read("#code-text");
  await page.waitForFunction(() => CSS.highlights?.size).catch(() => {}); // the colors come after the text
  seen.colors = await page.evaluate(() => CSS.highlights?.size ?? 0);
  await page.click("label[for=target-locoia]");
  await page.waitForSelector(".paste-box");
  seen.boxes = await page.$$eval(".paste-part h3, .paste-part > summary", (titles) => titles.map((title) => title.textContent));
  seen.errors = [...errors]; // what comes now is what the policy says
  seen.reached = await page.evaluate(
    (other) => fetch(`${other}/page`, { mode: "no-cors" }).then(() => true, () => false),
    canary,
  );
  seen.worker = await page.evaluate(async (other) => {
    // A worker of this origin has the policy that the service worker sends: it is what the engine's worker has.
    const worker = new Worker("reach.mjs", { type: "module" });
    return new Promise((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = () => resolve("no such worker");
      worker.postMessage(other);
    });
  }, canary);
  console.log("waiting");
  for (let wait = 0; !existsSync(sign) && wait < 600; wait++) await new Promise((resolve) => setTimeout(resolve, 100));
  await page.reload({ timeout: 20_000 }).catch(() => {});
  seen.again = await page.waitForSelector("html[data-ready]", { timeout: 20_000 }).then(
    () => true,
    () => false,
  );
} finally {
  console.log(JSON.stringify(seen));
  await browser.close();
  process.exit();
}
