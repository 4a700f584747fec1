// Reads {name: workflow} from standard input; prints what n8n's own validation says against each, warnings, too.
// The packages and n8n's definitions of its nodes are in the folder NODE_PACKAGES: see packages.txt.
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";

const require = createRequire(`${process.env.NODE_PACKAGES}/`);
const { setSchemaBaseDirs, validateWorkflow } = require("@n8n/workflow-sdk");
setSchemaBaseDirs([`${process.env.NODE_PACKAGES}/package/dist/node-definitions`]);

const objections = [];
for (const [name, workflow] of Object.entries(JSON.parse(await text(process.stdin)))) {
  const { errors, warnings } = validateWorkflow(workflow, { strict: true });
  objections.push(...[...errors, ...warnings].map(({ code, message }) => `${name}: ${code}: ${message}`));
}
console.log(JSON.stringify(objections));
