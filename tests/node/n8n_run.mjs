// Reads [{workflow, variables, fields}, …] from standard input; does what the nodes of each say, from the trigger on,
// all switched on, with these values in the fields of that name; prints what the last nodes give, or how they failed.
//
// Expressions are evaluated by n8n's own engine; the four kinds of nodes are few lines each, written for these tests
// after what n8n 2 does (packages/nodes-base/nodes/Set, HttpRequest/V3, Code).
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";

const require = createRequire(`${process.env.NODE_PACKAGES}/`);
const { Tournament } = require("@n8n/tournament");
const engine = new Tournament((error) => {
  throw error;
});

const done = async ({ workflow, variables, fields = {} }) => {
  const evaluated = (value, $json) =>
    typeof value === "string" && value.startsWith("=")
      ? engine.execute(value.slice(1), { $json, $env: variables })
      : value;

  const kinds = {
    manualTrigger: () => [{}],
    set: ({ assignments, includeOtherFields }, $json) => {
      const given = assignments.assignments.map(({ name, value, type }) => {
        const found = name in fields ? fields[name] : evaluated(value, $json);
        const is = Array.isArray(found) ? "array" : typeof found;
        if (!(name in fields) && is !== type) throw new Error(`${name} is ${is}, not ${type}`);
        return [name, found];
      });
      return [{ ...(includeOtherFields ? $json : {}), ...Object.fromEntries(given) }];
    },
    httpRequest: async (parameters, $json) => {
      const headers = (parameters.headerParameters?.parameters ?? []).map(({ name, value }) => [
        name,
        evaluated(value, $json),
      ]);
      if (parameters.nodeCredentialType === "odooApiKeyApi") {
        headers.push(["Authorization", `bearer ${variables.ODOO_API_KEY}`]); // the credential's part
      }
      const response = await fetch(evaluated(parameters.url, $json), {
        method: parameters.method,
        headers: [["Content-Type", "application/json"], ...headers],
        body: JSON.stringify(evaluated(parameters.jsonBody, $json)),
      });
      const body = await response.json();
      if (!response.ok) throw new Error(`${body.name}: ${body.message}`);
      return [{ body, statusCode: response.status }];
    },
    code: ({ jsCode }, $json) =>
      new Function("$input", jsCode)({ first: () => ({ json: $json }) }).map(({ json }) => json),
  };

  const results = {};
  const follow = async (name, $json) => {
    const node = workflow.nodes.find((each) => each.name === name);
    const kind = node.type.replace("n8n-nodes-base.", "");
    let items;
    try {
      items = await kinds[kind](node.parameters, $json);
    } catch (error) {
      results[name] = { error: error.message };
      return;
    }
    const next = workflow.connections[name]?.main[0] ?? [];
    if (next.length === 0) results[name] = items;
    for (const { node: other } of next) await follow(other, items[0]);
  };
  await follow(workflow.nodes.find(({ type }) => type.endsWith("Trigger")).name);
  return results;
};

const all = [];
for (const each of JSON.parse(await text(process.stdin))) all.push(await done(each));
console.log(JSON.stringify(all));
