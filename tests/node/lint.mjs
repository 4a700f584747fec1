// Reads {name: JavaScript} from standard input; prints what Node's parser and ESLint's recommended rules object to.
// The packages are those of the folder NODE_PACKAGES: see packages.txt.
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";

const require = createRequire(`${process.env.NODE_PACKAGES}/`);
const { ESLint } = require("eslint");
const rules = require("@eslint/js").configs.recommended;
const globals = require("globals").node;

const eslint = new ESLint({
  overrideConfigFile: true,
  overrideConfig: [
    rules,
    { languageOptions: { sourceType: "module", globals }, rules: { "no-shadow-restricted-names": 2 } },
  ],
});
const objections = [];
for (const [name, source] of Object.entries(JSON.parse(await text(process.stdin)))) {
  for (const { messages } of await eslint.lintText(source, { filePath: "there.mjs" })) {
    objections.push(...messages.map(({ line, message }) => `${name}:${line}: ${message}`));
  }
}
console.log(JSON.stringify(objections));
