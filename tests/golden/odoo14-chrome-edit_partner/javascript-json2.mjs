// Read partner and update partner, as Odoo 14's web client did it, through JSON-2.
//
// Captured in odoo14-chrome-edit_partner.har, calls 6 and 31 (entries 22 and 57), as user 2 on
// http://127.0.0.1:18014.
//
// Captured from Odoo 14, which has no JSON-2; Odoo 19 introduced it.
//
//     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
//     node odoo_calls.mjs --write

import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ODOO_URL = process.env.ODOO_URL || "http://127.0.0.1:18014";
const ODOO_DB = process.env.ODOO_DB || "odoo14";
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

/**
 * The given values. Undefined and null are left out: Odoo's own default applies.
 *
 * @param {Record<string, any>} values
 */
function given(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value != null));
}

/**
 * The commands whose records were given; null (Odoo's own default) without any.
 *
 * @param {...any[]} commands
 */
function x2many(...commands) {
  const given = commands.filter((command) => command.every((part) => part != null));
  return given.length ? given : null;
}

/**
 * The given values of an update. Raises an error if there are none.
 *
 * @param {Record<string, any>} values
 */
function atLeastOne(values) {
  if (!anyGiven(...Object.values(values))) {
    throw new OdooError("nothing to change: give at least one value");
  }
  return given(values);
}

/**
 * Whether any value is given. A step without values is skipped.
 *
 * @param {...any} values
 */
function anyGiven(...values) {
  return values.some((value) => value != null);
}

// Left out: image_1920 (an image or file; the client asked for the size only).
/**
 * Read a partner.
 *
 * @param {number} partner_id - Partner (required): id of a res.partner (14 was Azure Interior)
 * @returns {Promise<any>} what the method returns
 */
export async function readPartner(partner_id = missing("partner_id")) {
  return call("res.partner", "read", {
    ids: [partner_id],
    fields: [
      "same_vat_partner_id",
      "partner_gid",
      "additional_info",
      "opportunity_count",
      "meeting_count",
      "sale_order_count",
      "task_count",
      "currency_id",
      "total_invoiced",
      "payment_token_count",
      "__last_update",
      "is_company",
      "commercial_partner_id",
      "active",
      "company_type",
      "name",
      "parent_id",
      "company_name",
      "type",
      "street",
      "street2",
      "city",
      "state_id",
      "zip",
      "country_id",
      "vat",
      "function",
      "phone_blacklisted",
      "mobile_blacklisted",
      "phone",
      "mobile",
      "phone_sanitized",
      "user_ids",
      "is_blacklisted",
      "email",
      "website",
      "title",
      "active_lang_count",
      "lang",
      "category_id",
      "child_ids",
      "user_id",
      "team_id",
      "property_payment_term_id",
      "property_supplier_payment_term_id",
      "property_payment_method_id",
      "property_account_position_id",
      "ref",
      "company_id",
      "industry_id",
      "bank_ids",
      "property_account_receivable_id",
      "property_account_payable_id",
      "comment",
      "sale_warn",
      "sale_warn_msg",
      "invoice_warn",
      "invoice_warn_msg",
      "message_follower_ids",
      "activity_ids",
      "message_ids",
      "display_name",
    ],
    context: CONTEXT,
  });
}

/**
 * Change a partner; returns True.
 *
 * @param {number} partner_id - Partner (required): id of a res.partner (14 was Azure Interior)
 * @param {object} [options]
 * @param {string} [options.phone] - Phone
 * @param {number[]} [options.category_ids] - Tags: ids of res.partner.category records, which
 *   replace the existing ones (5 was Services and 2 was Prospects)
 * @returns {Promise<any>} what the method returns
 */
export async function updatePartner(
  partner_id = missing("partner_id"),
  { phone, category_ids } = {},
) {
  return call("res.partner", "write", {
    ids: [partner_id],
    vals: atLeastOne({ phone, category_id: x2many([6, 0, category_ids]) }),
    context: CONTEXT,
  });
}

async function main() {
  if (!(ODOO_DB && ODOO_API_KEY)) throw new Error("set ODOO_DB and ODOO_API_KEY first");
  if (!process.argv.includes("--write")) {
    throw new Error("this would change Odoo (update partner): run it with --write");
  }
  const partners = await readPartner(14);
  await updatePartner(14, { phone: "+1 555 0199", category_ids: [5, 2] });
  return partners;
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
