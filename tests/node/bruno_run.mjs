// Reads [{collection, variables}, …] from standard input: OpenCollection documents, each with values for its environment.
// Runs their requests in order, as Bruno does it, and prints what failed in each run.
import { text } from "node:stream/consumers";

const AsyncFunction = (async () => {}).constructor;
const expect = (value) => ({
  to: {
    equal(wanted) {
      if (value !== wanted) throw new Error(`${value} is not ${wanted}`);
    },
  },
});
const byName = (variables) => Object.fromEntries(variables.map(({ name, value = "" }) => [name, value]));

async function run({ collection, variables }) {
  const { config, request, items } = collection;
  const ofCollection = byName(request.variables ?? []);
  const ofServer = { ...byName(config.environments[0].variables), ...variables };
  const runtime = {};
  const filled = (written) => {
    const known = { ...ofCollection, ...ofServer, ...runtime };
    return written.replace(/\{\{([\w.-]+)\}\}/g, (place, name) => known[name] ?? place);
  };
  const failed = [];
  let isStopped = false;
  for (const { http, runtime: own = {}, settings } of items) {
    if (isStopped) break;
    let data = http.body.data;
    let isSkipped = false;
    let res;
    const bru = {
      getAllVars: () => ({ ...runtime }),
      getAllEnvVars: () => ({ ...ofServer }),
      getAllCollectionVars: () => ({ ...ofCollection }),
      setVar: (name, value) => void (runtime[name] = value),
      runner: { skipRequest: () => void (isSkipped = true), stopExecution: () => void (isStopped = true) },
    };
    const req = { getBody: ({ raw }) => (raw ? data : JSON.parse(data)), setBody: (raw) => void (data = raw) };
    const test = (name, check) => {
      try {
        check();
      } catch {
        failed.push(name);
      }
    };
    const done = async (type) => {
      for (const script of [...request.scripts, ...(own.scripts ?? [])].filter((one) => one.type === type)) {
        try {
          await new AsyncFunction("bru", "req", "res", "test", "expect", script.code)(bru, req, res, test, expect);
        } catch (error) {
          failed.push(error.message);
          return false;
        }
      }
      return true;
    };
    if (!(await done("before-request")) || isSkipped) continue;
    const headers = Object.fromEntries(http.headers.map(({ name, value }) => [name, filled(value)]));
    if (request.auth) headers.Authorization = `Bearer ${filled(request.auth.token)}`;
    const response = await fetch(filled(http.url), {
      method: http.method,
      headers,
      body: filled(data),
      redirect: settings.followRedirects ? "follow" : "manual",
    });
    let body = await response.text();
    try {
      body = JSON.parse(body);
    } catch {}
    res = { getStatus: () => response.status, getBody: () => body };
    await done("after-response");
    await done("tests");
  }
  return failed;
}

const failures = [];
for (const each of JSON.parse(await text(process.stdin))) failures.push(await run(each));
console.log(JSON.stringify(failures));
