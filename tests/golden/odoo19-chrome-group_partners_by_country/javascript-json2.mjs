// List partners and group partners by country and search partners by country, as Odoo 19's web
// client did it, through JSON-2.
//
// Captured in odoo19-chrome-group_partners_by_country.har, calls 3, 5 and 8 (entries 19, 22 and
// 25), as user 2 on http://127.0.0.1:18019.
//
//     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
//     node odoo_calls.mjs

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

/**
 * @param {string} name
 * @returns {never}
 */
function missing(name) {
  throw new TypeError(`${name} is missing`);
}

// web_search_read -> search_read: the records are the same, but a many2one comes as [id, name],
// category_id as bare ids, and the total (`length`) is not counted.
// Left out: avatar_128 (an image or file; the client asked for the size only).
/**
 * All partners, page by page.
 *
 * @param {object} [options]
 * @param {number} [options.limit] - Limit: at most this many records
 * @param {number} [options.offset] - Offset: skip this many records first
 * @returns {Promise<any>} what the method returns
 */
export async function listPartners({ limit = 80, offset = 0 } = {}) {
  return call("res.partner", "search_read", {
    domain: [],
    fields: [
      "write_date",
      "complete_name",
      "vat",
      "invoice_sending_method",
      "invoice_edi_format",
      "email",
      "phone",
      "user_id",
      "activity_ids",
      "activity_exception_decoration",
      "activity_exception_icon",
      "activity_state",
      "activity_summary",
      "activity_type_icon",
      "activity_type_id",
      "street",
      "city",
      "state_id",
      "country_id",
      "application_statistics",
      "category_id",
      "company_id",
      "properties",
      "properties_base_definition_id",
    ],
    limit,
    offset,
    context: CONTEXT,
  });
}

// web_read_group -> formatted_read_group (Odoo 19 and later): the groups are the same, without the
// total number of groups (`length`).
/**
 * Partners, grouped by country.
 *
 * @param {object} [options]
 * @param {number} [options.limit] - Limit: at most this many records
 * @param {number} [options.offset] - Offset: skip this many records first
 * @returns {Promise<any>} what the method returns
 */
export async function groupPartnersByCountry({ limit = 80, offset = 0 } = {}) {
  return call("res.partner", "formatted_read_group", {
    domain: [],
    groupby: ["country_id"],
    aggregates: ["__count"],
    limit,
    offset,
    context: { ...CONTEXT, read_group_expand: true },
  });
}

// web_search_read -> search_read: the records are the same, but a many2one comes as [id, name],
// category_id as bare ids, and the total (`length`) is not counted.
// Left out: avatar_128 (an image or file; the client asked for the size only).
/**
 * Partners whose country is `country_id`.
 *
 * @param {number} country_id - Country (required): id of a res.country
 * @param {object} [options]
 * @param {number} [options.limit] - Limit: at most this many records
 * @param {number} [options.offset] - Offset: skip this many records first
 * @returns {Promise<any>} what the method returns
 */
export async function searchPartnersByCountry(
  country_id = missing("country_id"),
  { limit = 80, offset = 0 } = {},
) {
  return call("res.partner", "search_read", {
    domain: [["country_id", "=", country_id]],
    fields: [
      "write_date",
      "complete_name",
      "vat",
      "invoice_sending_method",
      "invoice_edi_format",
      "email",
      "phone",
      "user_id",
      "activity_ids",
      "activity_exception_decoration",
      "activity_exception_icon",
      "activity_state",
      "activity_summary",
      "activity_type_icon",
      "activity_type_id",
      "street",
      "city",
      "state_id",
      "country_id",
      "application_statistics",
      "category_id",
      "company_id",
      "properties",
      "properties_base_definition_id",
    ],
    limit,
    offset,
    context: CONTEXT,
  });
}

async function main() {
  if (!(ODOO_DB && ODOO_API_KEY)) throw new Error("set ODOO_DB and ODOO_API_KEY first");
  const partners = await listPartners();
  const groups = await groupPartnersByCountry();
  const partners_2 = await searchPartnersByCountry(203);
  return { partners, groups, partners_2 };
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
