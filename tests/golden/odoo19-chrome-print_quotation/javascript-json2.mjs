// Read sale order, as Odoo 19's web client did it, through JSON-2.
//
// Captured in odoo19-chrome-print_quotation.har, calls 3 and 5 (entries 19 and 31), as user 2 on
// http://127.0.0.1:18019.
//
//     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
//     node read_sale_order.mjs

import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ODOO_URL = process.env.ODOO_URL || "http://127.0.0.1:18019";
const ODOO_DB = process.env.ODOO_DB || "odoo19";
const ODOO_API_KEY = process.env.ODOO_API_KEY || ""; // a key: JSON-2 does not accept passwords

// The parts of the web client's context that also matter outside it.
const CONTEXT = { lang: "en_US", tz: "Europe/Brussels", allowed_company_ids: [1] };

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
// duplicated_order_ids, order_line and tag_ids as bare ids, order_line in its model's own order,
// partner_id, team_id, project_id and opportunity_id named without the client's context.
// Left out: signature (an image or file; the client asked for the size only).
// Not in this code: /report/download (odoo19-chrome-print_quotation.har#29) downloaded a report:
// sale.report_saleorder of 23; it needs a session of the web client (convert -t python-web); no
// method of the external API returns a report's file (since Odoo 14).
/**
 * Read a sale order.
 *
 * @param {number} order_id - Sale Order (required): id of a sale.order (23 was S00023)
 * @returns {Promise<any>} what the method returns
 */
export async function readSaleOrder(order_id = missing("order_id")) {
  return call("sale.order", "read", {
    ids: [order_id],
    fields: [
      "state",
      "sale_warning_text",
      "partner_credit_warning",
      "duplicated_order_ids",
      "project_count",
      "tasks_count",
      "milestone_count",
      "invoice_count",
      "name",
      "partner_id",
      "sale_order_template_id",
      "validity_date",
      "date_order",
      "currency_id",
      "pricelist_id",
      "payment_term_id",
      "order_line",
      "note",
      "tax_totals",
      "quotation_document_ids",
      "customizable_pdf_form_fields",
      "user_id",
      "team_id",
      "company_id",
      "require_signature",
      "require_payment",
      "prepayment_percent",
      "reference",
      "client_order_ref",
      "tag_ids",
      "show_update_fpos",
      "fiscal_position_id",
      "preferred_payment_method_line_id",
      "partner_invoice_id",
      "project_id",
      "journal_id",
      "invoice_status",
      "commitment_date",
      "expected_date",
      "origin",
      "opportunity_id",
      "campaign_id",
      "medium_id",
      "source_id",
      "signed_by",
      "signed_on",
      "write_date",
      "has_authorized_transaction_ids",
      "locked",
      "has_archived_products",
      "show_project_button",
      "is_product_milestone",
      "project_ids",
      "company_price_include",
      "is_pdf_quote_builder_available",
      "display_name",
    ],
    context: CONTEXT,
  });
}

async function main() {
  if (!(ODOO_DB && ODOO_API_KEY)) throw new Error("set ODOO_DB and ODOO_API_KEY first");
  const sale_orders = await readSaleOrder(23);
  return sale_orders;
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
