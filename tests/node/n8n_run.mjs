// Reads [{workflow, variables, fields, expressions, items, switched, context}, …] from standard input; does what the nodes of each say,
// from the trigger on, with these values or expressions in the fields of that name (where there are items, the trigger gives those);
// prints what the last nodes give, or how they failed. All nodes are switched on, unless `switched` says that they are as they come.
// The variables are the credential; with `context` n8n's own node sends one, which the real one never does.
//
// Expressions are evaluated by n8n's own engine; the five kinds of nodes are few lines each, written for these tests
// after what n8n 2 does (packages/nodes-base/nodes/Set, HttpRequest/V3, Code, Odoo/v2). $env is not there: n8n 2 refuses it.
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";

const require = createRequire(`${process.env.NODE_PACKAGES}/`);
const { Tournament } = require("@n8n/tournament");
const engine = new Tournament((error) => {
  throw error;
});

const OPERATORS = { equal: "=", notEqual: "!=", greaterThen: ">", lesserThen: "<", greaterOrEqual: ">=" };
Object.assign(OPERATORS, { lesserOrEqual: "<=", like: "like", in: "in", childOf: "child_of" });

const done = async (job) => {
  const { workflow, variables, fields = {}, expressions = {}, items = [{}], switched = false, context } = job;
  const outputs = {};
  const origins = new WeakMap(); // the item that a record is the answer to
  const itemsOf = (name) => outputs[name].map((json) => ({ json, pairedItem: origins.get(json) }));
  const $ = (name, index = 0) => ({
    first: () => ({ json: outputs[name][0] }),
    all: () => itemsOf(name),
    item: { json: outputs[name][index] },
  });
  const evaluated = (value, $json, index = 0) =>
    typeof value === "string" && value.startsWith("=")
      ? engine.execute(value.slice(1), { $json, $: (name) => $(name, index) })
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
    const { neverError } = parameters.options.response.response;
    if (!response.ok && !neverError) throw new Error(`HTTP ${response.status}`);
    return { headers: {}, body, statusCode: response.status };
  };
  const post = async (path, body, headers = {}) => {
    const url = `${variables.ODOO_URL.replace(/\/$/, "")}${path}`;
    const sent = { "Content-Type": "application/json", ...headers };
    const response = await fetch(url, { method: "POST", headers: sent, body: JSON.stringify(body) });
    return { ok: response.ok, answer: await response.json() };
  };
  const rpc = async (service, method, args) => {
    const { answer } = await post("/jsonrpc", { jsonrpc: "2.0", params: { service, method, args } });
    if (answer.error) throw new Error(answer.error.data.message);
    return answer.result;
  };
  const callOdoo = async (authentication, model, method, body, args) => {
    const { ODOO_DB: db, ODOO_LOGIN: login, ODOO_API_KEY: key } = variables;
    if (authentication === "odooApi") {
      const uid = await rpc("common", "login", [db, login, key]);
      const [how, rest] = context ? ["execute_kw", [args, { context }]] : ["execute", args];
      return rpc("object", how, [db, uid, key, model, method, ...rest]);
    }
    const headers = { Authorization: `bearer ${key}`, "X-Odoo-Database": db };
    const { ok, answer } = await post(`/json/2/${model}/${method}`, { ...body, ...(context && { context }) }, headers);
    if (!ok) throw new Error(answer.message);
    return answer;
  };
  const odoo = async (parameters, $json, index) => {
    const { authentication, operation, customResource, recordId, fieldsToSend, filters, options } = parameters;
    const ask = (...rest) => callOdoo(authentication, customResource.value, ...rest);
    const id = recordId && Number(evaluated(recordId.value, $json, index));
    const named = options?.fieldsList?.split(",") ?? [];
    if (fieldsToSend && fieldsToSend.mappingMode !== "autoMapInputData") throw new Error("other values");
    if (operation === "create") {
      const made = await ask("create", { vals_list: [$json] }, [$json]);
      return [{ id: Array.isArray(made) ? made[0] : made }];
    }
    if (operation === "update") {
      await ask("write", { ids: [id], vals: $json }, [[id], $json]);
      return [{ id, updated: true }];
    }
    if (operation === "delete") {
      await ask("unlink", { ids: [id] }, [[id]]);
      return [{ id, deleted: true }];
    }
    if (operation === "get") return ask("read", { ids: [id], fields: named }, [[id], named]);
    const domain = (filters.filter ?? []).map(({ fieldName, operator: given, value: written }) => {
      const operator = evaluated(given, $json);
      const value = evaluated(written, $json);
      return [fieldName, OPERATORS[operator] ?? operator, operator === "in" ? value.split(",").map(Number) : value];
    });
    const limit = parameters.returnAll ? [] : [evaluated(parameters.limit, $json)];
    const body = { domain, fields: named, offset: 0, ...(limit.length && { limit: limit[0] }) };
    return ask("search_read", body, [domain, named, 0, ...limit]);
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
    odoo: async (parameters, list, { onError, alwaysOutputData }) => {
      const made = [];
      for (const [index, $json] of list.entries()) {
        try {
          made.push(...(await odoo(parameters, $json, index)));
        } catch (error) {
          if (onError !== "continueRegularOutput") throw error;
          made.push({ error: error.message });
        }
        for (const record of made) if (!origins.has(record)) origins.set(record, { item: index });
      }
      return made.length === 0 && alwaysOutputData ? [{}] : made;
    },
    code: ({ jsCode }, list) => {
      const $input = { all: () => list.map((json, item) => ({ json, pairedItem: { item } })) };
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
      outputs[name] = switched && node.disabled ? list : await kinds[kind](node.parameters, list, node);
    } catch (error) {
      results[name] = { error: error.message };
      return;
    }
    const next = workflow.connections[name]?.main[0] ?? [];
    if (next.length === 0 || outputs[name].length === 0) {
      results[name] = outputs[name]; // of no items nothing behind it is run
      return;
    }
    for (const { node: other } of next) await follow(other, outputs[name]);
  };
  await follow(workflow.nodes.find(({ type }) => type.endsWith("Trigger")).name, []);
  return results;
};

const all = [];
for (const each of JSON.parse(await text(process.stdin))) all.push(await done(each));
console.log(JSON.stringify(all));
