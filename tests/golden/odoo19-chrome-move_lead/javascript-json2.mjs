// Group opportunities by stage and update lead stage, as Odoo 19's web client did it, through
// JSON-2.
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
const ODOO_API_KEY = process.env.ODOO_API_KEY || ""; // a key: JSON-2 does not accept passwords

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
 * Sends one JSON-2 request (Odoo 19 and later); the key identifies the user.
 *
 * @param {string} model
 * @param {string} method
 * @param {Record<string, any>} given
 * @returns {Promise<any>}
 */
async function call(model, method, given) {
  const ids = [given.ids ?? []].flat();
  if ("ids" in given && !ids.some(Boolean)) {
    // Odoo would do nothing and return true.
    throw new OdooError(`${model}.${method}: no ids`);
  }
  const path = [model, method].map(encodeURIComponent).join("/");
  const response = await fetch(`${server()}/json/2/${path}`, {
    method: "POST",
    redirect: "error", // following it could send the key to another server
    headers: {
      "Content-Type": "application/json",
      "X-Odoo-Database": ODOO_DB,
      Authorization: `bearer ${ODOO_API_KEY}`,
    },
    body: JSON.stringify(given),
    signal: AbortSignal.timeout(60_000),
  }).catch((error) => {
    throw new Error(`${ODOO_URL}: ${error.cause?.message || error.message}`);
  });
  if (response.ok) return response.json();
  const error = await response.json().catch(() => null); // no such database, or no JSON-2: a page
  if (!error?.name) throw new Error(`${ODOO_URL}: HTTP ${response.status}`);
  throw new OdooError(`${error.name}: ${error.message}`);
}

/** @type {number | undefined} */
let knownUid;

/**
 * The id of the user who owns the key.
 *
 * @returns {Promise<number>}
 */
async function userId() {
  knownUid ??= (await call("res.users", "context_get", {})).uid;
  return Number(knownUid);
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
  return call("crm.lead", "formatted_read_group", {
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
  return call("crm.lead", "write", {
    ids: [lead_id],
    vals: { stage_id },
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
