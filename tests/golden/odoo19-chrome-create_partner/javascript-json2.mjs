// Create partner, as Odoo 19's web client did it, through JSON-2.
//
// Captured in odoo19-chrome-create_partner.har#32 as user 2 on http://127.0.0.1:18019.
//
//     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
//     node create_partner.mjs --write

import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ODOO_URL = process.env.ODOO_URL || "http://127.0.0.1:18019";
const ODOO_DB = process.env.ODOO_DB || "odoo19";
const ODOO_API_KEY = process.env.ODOO_API_KEY || ""; // a key: JSON-2 takes no password

// What the client sent and means something outside it.
const CONTEXT = { lang: "en_US", tz: "UTC", allowed_company_ids: [1] };

/** What Odoo answered instead of a result; the text is Odoo's own. */
class OdooError extends Error {
  name = "OdooError";
}

/** The address: https, or http on this machine: elsewhere others could read the key. */
function server() {
  const isPrivate = /^https:\/\/|^http:\/\/(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?(\/|$)/;
  if (!isPrivate.test(ODOO_URL) && process.env.ODOO_ALLOW_HTTP !== "1") {
    throw new Error(`ODOO_URL=${ODOO_URL}: not https; ODOO_ALLOW_HTTP=1 sends the key anyway`);
  }
  return ODOO_URL.replace(/\/+$/, "");
}

/**
 * One JSON-2 request (Odoo 19 and later): the user is the one whose key it is.
 *
 * @param {string} model
 * @param {string} method
 * @param {Record<string, any>} given
 * @returns {Promise<any>}
 */
async function call(model, method, given) {
  const ids = [given.ids ?? []].flat();
  if ("ids" in given && !ids.some(Boolean)) {
    // Odoo would do nothing and answer true.
    throw new OdooError(`${model}.${method}: no ids`);
  }
  const path = [model, method].map(encodeURIComponent).join("/");
  const response = await fetch(`${server()}/json/2/${path}`, {
    method: "POST",
    redirect: "error", // followed, it could take the key to another server
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
 * The values that were given: what is undefined or null is left to Odoo.
 *
 * @param {Record<string, any>} values
 */
function given(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value != null));
}

// web_save without an id -> create: the answer is the new record's id, the client's read-back is
// left out.
// Of the form's 42 values the 4 that the user filled in are sent; the other 38 were empty or the
// form's defaults (company_type and lang) or computed from the rest (peppol_eas), which Odoo sets
// by itself.
/**
 * Create a partner; returns its id.
 *
 * @param {string} name - Name (required)
 * @param {object} [options]
 * @param {string} [options.email] - Email
 * @param {string} [options.phone] - Phone
 * @param {number} [options.country_id] - Country: id of a res.country (20 was Belgium)
 * @returns {Promise<any>} what the method answers
 */
export async function createPartner(name = missing("name"), { email, phone, country_id } = {}) {
  const created = await call("res.partner", "create", {
    vals_list: [given({ name, email, phone, country_id })],
    context: { ...CONTEXT, default_is_company: true },
  });
  return created[0]; // JSON-2 answers a list even for one record
}

async function main() {
  if (!(ODOO_DB && ODOO_API_KEY)) throw new Error("set ODOO_DB and ODOO_API_KEY first");
  if (!process.argv.includes("--write")) {
    throw new Error("this would change Odoo (create partner): run it with --write");
  }
  const partner_id = await createPartner('Café "L\'Été" & Söhne', {
    email: "bonjour@cafe-ete.example",
    phone: "+32 2 555 01 02",
    country_id: 20,
  });
  return partner_id;
}

// Imported, it gives its functions; run, it does what was captured.
if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    console.log(JSON.stringify(await main(), null, 2));
  } catch (error) {
    console.error(error instanceof OdooError || !(error instanceof Error) ? `${error}` : error.message);
    process.exitCode = 1;
  }
}
