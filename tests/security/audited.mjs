// Runs generated JavaScript in one process, one module after the other: {"file", "variables"} on each line of standard
// input, {"said", "events"} for it on standard output. What a module leaves behind in the language is an event.

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const answer = process.stdout.write.bind(process.stdout);
const { exit } = process;
await fetch("data:,"); // what it needs is loaded when it is first used
const before = known();
let said = "";

class Exit extends Error {}

function known() {
  const names = (holder) => Reflect.ownKeys(holder).map(String);
  const holders = [Object.prototype, Array.prototype, String.prototype, Function.prototype, Promise.prototype, globalThis];
  return new Set(holders.flatMap((holder, n) => names(holder).map((name) => `${n} ${name}`)));
}

function hear(text) {
  said += text;
  return true;
}

process.stdout.write = () => true;
process.stderr.write = hear;
process.exit = (code) => {
  process.exitCode = code;
  throw new Exit(`exit ${code}`);
};
process.on("unhandledRejection", (error) => {
  process.exitCode = 1;
  hear(`${error}`);
});

for await (const line of createInterface({ input: process.stdin })) {
  const { file, variables } = JSON.parse(line);
  for (const name of Object.keys(process.env)) if (name.startsWith("ODOO_")) delete process.env[name];
  Object.assign(process.env, variables);
  process.argv = [process.argv[0], file, "--write"];
  process.exitCode = 0;
  said = "";
  try {
    await import(pathToFileURL(file).href);
  } catch (error) {
    process.exitCode ||= 1;
    hear(`${error}`);
  }
  const events = [...known()].filter((name) => !before.has(name)).map((name) => `${name} is new`);
  answer(`${JSON.stringify({ said: process.exitCode ? said || `exit ${process.exitCode}` : "", events })}\n`);
}
exit(0);
