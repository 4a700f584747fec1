// Reads [{workflow, variables, fields, expressions, items, switched}, …] from standard input; does what the nodes of each say, from the
// trigger on, with these values or expressions in the fields of that name (where there are items, the trigger gives those);
// prints what the last nodes give, or how they failed. All nodes are switched on, unless `switched` says that they are as they come.
//
// Expressions are evaluated by n8n's own engine; the four kinds of nodes are few lines each, written for these tests
// after what n8n 2 does (packages/nodes-base/nodes/Set, HttpRequest/V3, Code). $env is not there: n8n 2 refuses it.
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";

const require = createRequire(`${process.env.NODE_PACKAGES}/`);
const { Tournament } = require("@n8n/tournament");
const engine = new Tournament((error) => {
  throw error;
});

const done = async ({ workflow, variables, fields = {}, expressions = {}, items = [{}], switched = false }) => {
  const outputs = {};
  const $ = (name) => ({ first: () => ({ json: outputs[name][0] }) });
  const evaluated = (value, $json) =>
    typeof value === "string" && value.startsWith("=")
      ? engine.execute(value.slice(1), { $json, $ })
      : value;

  const set = ({ assignments, includeOtherFields }, $json) => {
    const given = assignments.assignments.map(({ name, value, type }) => {
      const found = name in fields ? fields[name] : evaluated(expressions[name] ?? value, $json);
      const is = Array.isArray(found) ? "array" : typeof found;
      if (!(name in fields) && is !== type) throw new Error(`${name} is ${is}, not ${type}`);
      return [name, found];
    });
    return { ...(includeOtherFields ? $json : {}), ...Object.fromEntries(given) };
  };
  const httpRequest = async (parameters, $json) => {
    const headers = (parameters.headerParameters?.parameters ?? []).map(({ name, value }) => [
      name,
      evaluated(value, $json),
    ]);
    if (parameters.nodeCredentialType === "odooApiKeyApi") {
      headers.push(["Authorization", `bearer ${variables.ODOO_API_KEY}`]); // the credential's part
    }
    const response = await fetch(evaluated(parameters.url, $json), {
      method: parameters.method,
      redirect: parameters.options.redirect.redirect.followRedirects ? "follow" : "error",
      headers: [["Content-Type", "application/json"], ...headers],
      body: JSON.stringify(evaluated(parameters.jsonBody, $json)),
    });
    const body = await response.json();
    if (!response.ok) throw new Error(`${body.name}: ${body.message}`);
    return { headers: {}, body, statusCode: response.status };
  };
  const each = (one) => async (parameters, list) => {
    const made = [];
    for (const $json of list) made.push(await one(parameters, $json));
    return made;
  };
  const kinds = {
    manualTrigger: () => items,
    set: each(set),
    httpRequest: each(httpRequest),
    code: ({ jsCode }, list) => {
      const $input = { all: () => list.map((json) => ({ json })) };
      const made = new Function("$input", "$", jsCode)($input, $);
      if (made.some(({ pairedItem }) => !(pairedItem?.item in list))) throw new Error("no pairedItem");
      return made.map(({ json }) => json);
    },
  };

  const results = {};
  const follow = async (name, list) => {
    const node = workflow.nodes.find((each) => each.name === name);
    const kind = node.type.replace("n8n-nodes-base.", "");
    try {
      outputs[name] = switched && node.disabled ? list : await kinds[kind](node.parameters, list);
    } catch (error) {
      results[name] = { error: error.message };
      return;
    }
    const next = workflow.connections[name]?.main[0] ?? [];
    if (next.length === 0) results[name] = outputs[name];
    for (const { node: other } of next) await follow(other, outputs[name]);
  };
  await follow(workflow.nodes.find(({ type }) => type.endsWith("Trigger")).name, []);
  return results;
};

const all = [];
for (const each of JSON.parse(await text(process.stdin))) all.push(await done(each));
console.log(JSON.stringify(all));
