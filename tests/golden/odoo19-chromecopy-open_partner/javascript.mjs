// List partners and read partner, as the web client of Odoo 17 or later did it, through /jsonrpc.
//
// Captured in odoo19-chromecopy-open_partner.har, calls 3 and 5 (entries 20 and 22), as user 2 on
// http://127.0.0.1:18019.
//
//     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
//     node odoo_calls.mjs

import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ODOO_URL = process.env.ODOO_URL || "http://127.0.0.1:18019";
const ODOO_DB = process.env.ODOO_DB || ""; // not in the capture: Odoo shows it with ?debug=1
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

// web_search_read -> search_read: the records are the same, but a many2one comes as [id, name], and
// the total (`length`) is not counted.
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
  return executeKw("res.partner", "search_read", [[]], {
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

// web_read -> read: the records are the same, but a many2one comes as [id, name].
// Left out: image_1920 and avatar_128 (images or files; the client asked for the size only).
/**
 * Read a partner.
 *
 * @param {number} partner_id - Partner (required): id of a res.partner
 * @returns {Promise<any>} what the method returns
 */
export async function readPartner(partner_id = missing("partner_id")) {
  return executeKw("res.partner", "read", [[partner_id]], {
    fields: [
      "same_vat_partner_id",
      "vat_label",
      "same_company_registry_partner_id",
      "company_registry_label",
      "duplicate_bank_partner_ids",
      "opportunity_count",
      "sale_order_count",
      "currency_id",
      "total_invoiced",
      "supplier_invoice_count",
      "meeting_count",
      "task_count",
      "payment_token_count",
      "write_date",
      "company_type",
      "name",
      "is_blacklisted",
      "email",
      "phone_blacklisted",
      "phone",
      "phone_sanitized",
      "parent_id",
      "company_name",
      "type_address_label",
      "street",
      "street2",
      "city",
      "state_id",
      "zip",
      "country_id",
      "function",
      "partner_vat_placeholder",
      "vat",
      "website",
      "lang",
      "category_id",
      "properties",
      "child_ids",
      "user_id",
      "property_payment_term_id",
      "property_inbound_payment_method_line_id",
      "property_supplier_payment_term_id",
      "property_outbound_payment_method_line_id",
      "property_account_position_id",
      "company_registry_placeholder",
      "partner_company_registry_placeholder",
      "company_registry",
      "ref",
      "company_id",
      "industry_id",
      "global_location_number",
      "bank_ids",
      "ignore_abnormal_invoice_amount",
      "ignore_abnormal_invoice_date",
      "invoice_sending_method",
      "invoice_edi_format",
      "invoice_template_pdf_report_id",
      "available_peppol_eas",
      "peppol_eas",
      "peppol_endpoint",
      "credit",
      "days_sales_outstanding",
      "use_partner_credit_limit",
      "credit_limit",
      "comment",
      "active",
      "is_company",
      "type",
      "user_ids",
      "active_lang_count",
      "properties_base_definition_id",
      "display_invoice_edi_format",
      "available_invoice_template_pdf_report_ids",
      "display_invoice_template_pdf_report_id",
      "show_credit_limit",
      "display_name",
    ],
    context: CONTEXT,
  });
}

async function main() {
  if (!(ODOO_DB && ODOO_API_KEY)) throw new Error("set ODOO_DB and ODOO_API_KEY first");
  const partners = await listPartners();
  const partners_2 = await readPartner(15);
  return { partners, partners_2 };
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
