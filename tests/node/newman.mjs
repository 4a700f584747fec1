// Reads [{collection, variables}, …] from standard input; runs each collection with these variables, as an environment,
// and prints what failed in each run. The packages are those of the folder NODE_PACKAGES: see packages.txt.
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";

const require = createRequire(`${process.env.NODE_PACKAGES}/`);
const newman = require("newman");

const run = ({ collection, variables }) =>
  new Promise((resolve, reject) => {
    const envVar = Object.entries(variables).map(([key, value]) => ({ key, value }));
    newman.run({ collection, envVar }, (error, summary) => {
      if (error) return reject(error);
      resolve(summary.run.failures.map(({ error: { test, message } }) => test ?? message));
    });
  });

const failures = [];
for (const each of JSON.parse(await text(process.stdin))) failures.push(await run(each));
console.log(JSON.stringify(failures));
