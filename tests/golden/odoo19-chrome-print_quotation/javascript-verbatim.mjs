// Web read sale order, as Odoo 19's web client did it, through /jsonrpc.
//
// Captured in odoo19-chrome-print_quotation.har, calls 3 and 5 (entries 19 and 31), as user 2 on
// http://127.0.0.1:18019.
//
//     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
//     node web_read_sale_order.mjs

import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ODOO_URL = process.env.ODOO_URL || "http://127.0.0.1:18019";
const ODOO_DB = process.env.ODOO_DB || "odoo19";
const ODOO_LOGIN = process.env.ODOO_LOGIN || ""; // used when ODOO_UID is not set
const ODOO_UID = process.env.ODOO_UID || "";
const CAPTURED_UID = 2;
const ODOO_API_KEY = process.env.ODOO_API_KEY || ""; // a password works, too

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

// Not in this code: /report/download (odoo19-chrome-print_quotation.har#29) downloaded a report:
// sale.report_saleorder of 23; it needs a session of the web client (convert -t python-web); no
// method of the external API returns a report's file (since Odoo 14).
/**
 * sale.order.web_read, exactly as the web client called it.
 *
 * @returns {Promise<any>} what the method returns
 */
export async function webReadSaleOrder() {
  return executeKw("sale.order", "web_read", [[23]], {
    specification: {
      state: {},
      sale_warning_text: {},
      partner_credit_warning: {},
      duplicated_order_ids: { fields: { display_name: {} } },
      project_count: {},
      tasks_count: {},
      milestone_count: {},
      invoice_count: {},
      name: {},
      partner_id: {
        fields: { display_name: {} },
        context: { res_partner_search_mode: "customer", show_address: 1, show_vat: true },
      },
      sale_order_template_id: { fields: { display_name: {} } },
      validity_date: {},
      date_order: {},
      currency_id: { fields: {} },
      pricelist_id: { fields: {} },
      payment_term_id: { fields: { display_name: {} } },
      order_line: {
        fields: {
          display_type: {},
          product_custom_attribute_value_ids: {},
          product_no_variant_attribute_value_ids: {},
          technical_price_unit: {},
          linked_line_id: { fields: {} },
          combo_item_id: { fields: {} },
          selected_combo_items: {},
          virtual_id: {},
          linked_virtual_id: {},
          is_optional: {},
          collapse_composition: {},
          collapse_prices: {},
          currency_id: { fields: {} },
          sequence: {},
          product_id: { fields: { display_name: {} } },
          is_configurable_product: {},
          product_type: {},
          service_tracking: {},
          product_template_attribute_value_ids: { fields: {} },
          translated_product_name: {},
          product_template_id: { fields: { display_name: {} } },
          name: {},
          product_uom_qty: {},
          qty_delivered: {},
          qty_invoiced: {},
          customer_lead: {},
          price_unit: {},
          tax_ids: { fields: { display_name: {} }, context: { active_test: true } },
          price_subtotal: {},
          price_total: {},
          product_document_ids: {},
          sale_line_warn_msg: {},
          is_product_archived: {},
          state: {},
          order_id: { fields: {} },
          company_id: { fields: {} },
          product_uom_id: { fields: {} },
          product_updatable: {},
          is_downpayment: {},
          invoice_status: {},
          qty_delivered_method: {},
          tax_country_id: { fields: {} },
          available_product_document_ids: {},
          invoice_lines: {},
        },
        limit: 200,
        order: "sequence ASC, id ASC",
      },
      note: {},
      tax_totals: {},
      quotation_document_ids: {},
      customizable_pdf_form_fields: {},
      user_id: { fields: { display_name: {} } },
      team_id: {
        fields: { display_name: {} },
        context: { kanban_view_ref: "sales_team.crm_team_view_kanban" },
      },
      company_id: { fields: { display_name: {} } },
      require_signature: {},
      require_payment: {},
      prepayment_percent: {},
      reference: {},
      client_order_ref: {},
      tag_ids: { fields: { display_name: {}, color: {} } },
      show_update_fpos: {},
      fiscal_position_id: { fields: { display_name: {} } },
      preferred_payment_method_line_id: { fields: { display_name: {} } },
      partner_invoice_id: { fields: {} },
      project_id: { fields: { display_name: {} }, context: { default_allow_billable: true } },
      journal_id: { fields: { display_name: {} } },
      invoice_status: {},
      commitment_date: {},
      expected_date: {},
      origin: {},
      opportunity_id: { fields: { display_name: {} }, context: { default_type: "opportunity" } },
      campaign_id: { fields: { display_name: {} } },
      medium_id: { fields: { display_name: {} } },
      source_id: { fields: { display_name: {} } },
      signed_by: {},
      signed_on: {},
      signature: {},
      write_date: {},
      has_authorized_transaction_ids: {},
      locked: {},
      has_archived_products: {},
      show_project_button: {},
      is_product_milestone: {},
      project_ids: {},
      company_price_include: {},
      is_pdf_quote_builder_available: {},
      display_name: {},
    },
    context: { ...CONTEXT, bin_size: true },
  });
}

async function main() {
  if (!(ODOO_DB && ODOO_API_KEY)) throw new Error("set ODOO_DB and ODOO_API_KEY first");
  const sale_orders = await webReadSaleOrder();
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
