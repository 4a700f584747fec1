// 4 calls to Odoo, as a program did it, through JSON-2.
//
// Captured in synthetic-jsonrpc.har, calls 1, 2, 3 and 4 (entries 3, 4, 5 and 6), as user 2 on
// https://odoo.example.com.
//
// Captured from Odoo 14, which has no JSON-2; Odoo 19 introduced it.
//
//     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
//     node odoo_calls.mjs --write

import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ODOO_URL = process.env.ODOO_URL || "https://odoo.example.com";
const ODOO_DB = process.env.ODOO_DB || "demo";
const ODOO_API_KEY = process.env.ODOO_API_KEY || ""; // a key: JSON-2 does not accept passwords

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

/**
 * The given values. Undefined and null are left out: Odoo's own default applies.
 *
 * @param {Record<string, any>} values
 */
function given(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value != null));
}

/**
 * Partners whose phone contains `phone`.
 *
 * @param {string} phone - Phone (required, label guessed): part of the phone
 * @param {object} [options]
 * @param {number} [options.limit] - Limit: at most this many records
 * @returns {Promise<any>} what the method returns
 */
export async function searchPartnersByPhone(phone = missing("phone"), { limit = 80 } = {}) {
  return call("res.partner", "search_read", {
    domain: [["phone", "ilike", phone]],
    fields: ["name", "phone"],
    limit,
  });
}

/**
 * Create a partner; returns its id.
 *
 * @param {string} name - Name (required, label guessed)
 * @param {object} [options]
 * @param {string} [options.phone] - Phone (label guessed)
 * @returns {Promise<any>} what the method returns
 */
export async function createPartner(name = missing("name"), { phone } = {}) {
  const created = await call("res.partner", "create", { vals_list: [given({ name, phone })] });
  return created[0]; // JSON-2 returns a list even for one record
}

/**
 * Change the city of a partner; returns True.
 *
 * @param {object} [options]
 * @param {number} [options.partner_id] - Partner (required): id of a res.partner (137 was Café
 *   "L'Été")
 * @param {string} [options.city] - City (required, label guessed)
 * @returns {Promise<any>} what the method returns
 */
export async function updatePartnerCity({
  partner_id = missing("partner_id"),
  city = missing("city"),
} = {}) {
  return call("res.partner", "write", { ids: [partner_id], vals: { city } });
}

/**
 * Read a partner.
 *
 * @param {number} partner_id - Partner (required): id of a res.partner (137 was Café "L'Été")
 * @returns {Promise<any>} what the method returns
 */
export async function readPartner(partner_id = missing("partner_id")) {
  return call("res.partner", "read", { ids: [partner_id], fields: ["name", "city"] });
}

async function main() {
  if (!(ODOO_DB && ODOO_API_KEY)) throw new Error("set ODOO_DB and ODOO_API_KEY first");
  if (!process.argv.includes("--write")) {
    throw new Error("this would change Odoo (create partner, and 1 more): run it with --write");
  }
  const partners = await searchPartnersByPhone("8");
  const partner_id = await createPartner('Café "L\'Été"', { phone: "+32 2 555 01 02" });
  await updatePartnerCity({ partner_id, city: "Ghent" });
  const partners_2 = await readPartner(partner_id);
  return { partners, partner_id, partners_2 };
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
