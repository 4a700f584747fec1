// Read partner and archive partner, as Odoo 19's web client did it, through JSON-2.
//
// Captured in odoo19-chrome-archive_partner.har, calls 3 and 5 (entries 19 and 25), as user 2 on
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

/**
 * @param {string} name
 * @returns {never}
 */
function missing(name) {
  throw new TypeError(`${name} is missing`);
}

// web_read -> read: the records are the same, but a many2one comes as [id, name],
// duplicate_bank_partner_ids, category_id, child_ids and bank_ids as bare ids, same_vat_partner_id,
// same_company_registry_partner_id and parent_id named without the client's context.
// Left out: image_1920 and avatar_128 (images or files; the client asked for the size only).
/**
 * Read a partner.
 *
 * @param {number} partner_id - Partner (required): id of a res.partner (36 was Acme Corporation,
 *   Addison Olson)
 * @returns {Promise<any>} what the method returns
 */
export async function readPartner(partner_id = missing("partner_id")) {
  return call("res.partner", "read", {
    ids: [partner_id],
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

/**
 * Archive a partner.
 *
 * @param {number} partner_id - Partner (required): id of a res.partner (36 was Acme Corporation,
 *   Addison Olson)
 * @returns {Promise<any>} what the method returns
 */
export async function archivePartner(partner_id = missing("partner_id")) {
  return call("res.partner", "action_archive", { ids: [partner_id], context: CONTEXT });
}

async function main() {
  if (!(ODOO_DB && ODOO_API_KEY)) throw new Error("set ODOO_DB and ODOO_API_KEY first");
  if (!process.argv.includes("--write")) {
    throw new Error("this would change Odoo (archive partner): run it with --write");
  }
  const partners = await readPartner(36);
  await archivePartner(36);
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
