// Group opportunities by stage and update lead stage, as Odoo 19's web client did it, through
// /jsonrpc.
//
// Captured in odoo19-chrome-move_lead.har, calls 5 and 7 (entries 23 and 25), as user 2 on
// http://127.0.0.1:18019.
//
//     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
//     node odoo_calls.mjs --write

import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ODOO_URL = process.env.ODOO_URL || "http://127.0.0.1:18019";
const ODOO_DB = process.env.ODOO_DB || "odoo19";
const ODOO_LOGIN = process.env.ODOO_LOGIN || ""; // used when ODOO_UID is not set
const ODOO_UID = process.env.ODOO_UID || "";
const CAPTURED_UID = 2;
const ODOO_API_KEY = process.env.ODOO_API_KEY || ""; // a password works, too

// The parts of the web client's context that also matter outside it.
const CONTEXT = { lang: "en_US", tz: "UTC", allowed_company_ids: [1] };

/** An error that Odoo returned; the message is Odoo's own. */
class OdooError extends Error {
  name = "OdooError";
}

/** The address. Only this machine may use http: others could read the key. */
function server() {
  const isPrivate = /^https:\/\/|^http:\/\/(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?(\/|$)/;
  if (!isPrivate.test(ODOO_URL) && process.env.ODOO_ALLOW_HTTP !== "1") {
    throw new Error(`ODOO_URL=${ODOO_URL}: not https; ODOO_ALLOW_HTTP=1 sends the key anyway`);
  }
  return ODOO_URL.replace(/\/+$/, "");
}

/**
 * Sends one JSON-RPC request; returns the result, or null if there is none.
 *
 * @param {string} service
 * @param {string} method
 * @param {...any} args
 * @returns {Promise<any>}
 */
async function call(service, method, ...args) {
  const request = { jsonrpc: "2.0", method: "call", id: 1, params: { service, method, args } };
  const response = await fetch(`${server()}/jsonrpc`, {
    method: "POST",
    redirect: "error", // following it could send the key to another server
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(request),
    signal: AbortSignal.timeout(60_000),
  }).catch((error) => {
    throw new Error(`${ODOO_URL}: ${error.cause?.message || error.message}`);
  });
  if (!response.ok) throw new Error(`${ODOO_URL}: HTTP ${response.status}`);
  const { error, result = null } = await response.json();
  if (error) {
    // Odoo reports errors with HTTP 200
    throw new OdooError(`${error.data?.name}: ${error.data?.message || error.message}`);
  }
  return result;
}

/** @type {number | undefined} */
let knownUid;

/**
 * The user id of the calls: ODOO_UID, that of ODOO_LOGIN, or the recorded one.
 *
 * @returns {Promise<number>}
 */
async function userId() {
  if (ODOO_UID || !ODOO_LOGIN) return Number(ODOO_UID || CAPTURED_UID);
  knownUid ??= await call("common", "login", ODOO_DB, ODOO_LOGIN, ODOO_API_KEY);
  if (knownUid) return knownUid;
  throw new Error(
    `${ODOO_URL}: ${ODOO_LOGIN} was refused; with two-factor login only an API key works`,
  );
}

/**
 * @param {string} model
 * @param {string} method
 * @param {any[]} args
 * @param {object} kwargs
 * @returns {Promise<any>}
 */
async function executeKw(model, method, args, kwargs) {
  const identity = [ODOO_DB, await userId(), ODOO_API_KEY];
  return call("object", "execute_kw", ...identity, model, method, args, kwargs);
}

/**
 * @param {string} name
 * @returns {never}
 */
function missing(name) {
  throw new TypeError(`${name} is missing`);
}

// web_read_group -> formatted_read_group (Odoo 19 and later): the groups are the same, without the
// total number of groups (`length`), and without the records of open groups (`__records`):
// search_read with a group's `__extra_domain`.
/**
 * Opportunities whose salesperson is `user_id`, grouped by stage.
 *
 * @param {object} [options]
 * @param {number} [options.user_id] - Salesperson: id of a user; defaults to the one who calls
 * @param {number} [options.offset] - Offset: skip this many records first
 * @returns {Promise<any>} what the method returns
 */
export async function groupOpportunitiesByStage({ user_id, offset = 0 } = {}) {
  user_id ??= await userId();
  return executeKw("crm.lead", "formatted_read_group", [], {
    domain: ["&", ["type", "=", "opportunity"], ["user_id", "=", user_id]],
    groupby: ["stage_id"],
    aggregates: [
      "expected_revenue:sum",
      "recurring_revenue_monthly:sum",
      "company_currency:array_agg_distinct",
      "expected_revenue:sum_currency",
      "recurring_revenue_monthly:sum_currency",
      "__count",
    ],
    offset,
    context: { ...CONTEXT, read_group_expand: true, show_user_team_stages: 1 },
  });
}

// web_save -> write: returns True and does not read the record back.
/**
 * Change the stage of a lead; returns True.
 *
 * @param {object} [options]
 * @param {number} [options.lead_id] - Lead (required): id of a crm.lead (13 was Quote for 12
 *   Tables)
 * @param {number} [options.stage_id] - Stage (required): id of a crm.stage (3 was Proposition)
 * @returns {Promise<any>} what the method returns
 */
export async function updateLeadStage({
  lead_id = missing("lead_id"),
  stage_id = missing("stage_id"),
} = {}) {
  return executeKw("crm.lead", "write", [[lead_id], { stage_id }], {
    context: { ...CONTEXT, show_user_team_stages: 1 },
  });
}

async function main() {
  if (!(ODOO_DB && ODOO_API_KEY)) throw new Error("set ODOO_DB and ODOO_API_KEY first");
  if (!process.argv.includes("--write")) {
    throw new Error("this would change Odoo (update lead stage): run it with --write");
  }
  const groups = await groupOpportunitiesByStage();
  await updateLeadStage({ lead_id: 13, stage_id: 3 });
  return groups;
}

// When imported, it only exports functions; when run, it repeats the recorded calls.
if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    console.log(JSON.stringify(await main(), null, 2));
  } catch (error) {
    console.error(error instanceof OdooError || !(error instanceof Error) ? `${error}` : error.message);
    process.exitCode = 1;
  }
}
