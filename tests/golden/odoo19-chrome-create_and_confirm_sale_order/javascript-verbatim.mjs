// Web search read sale order and web save sale order and action confirm sale order, as Odoo 19's
// web client did it, through /jsonrpc.
//
// Captured in odoo19-chrome-create_and_confirm_sale_order.har, calls 3, 20 and 21 (entries 19, 40
// and 43), as user 2 on http://127.0.0.1:18019.
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
 * sale.order.web_search_read, exactly as the web client called it.
 *
 * @returns {Promise<any>} what the method returns
 */
export async function webSearchReadSaleOrder() {
  return executeKw("sale.order", "web_search_read", [], {
    specification: {
      message_needaction: {},
      currency_id: { fields: {} },
      name: {},
      create_date: {},
      commitment_date: {},
      expected_date: {},
      partner_id: { fields: { display_name: {} } },
      user_id: { fields: { display_name: {} } },
      activity_ids: { fields: {} },
      activity_exception_decoration: {},
      activity_exception_icon: {},
      activity_state: {},
      activity_summary: {},
      activity_type_icon: {},
      activity_type_id: { fields: { display_name: {} } },
      team_id: { fields: { display_name: {} } },
      company_id: { fields: { display_name: {} } },
      amount_untaxed: {},
      amount_tax: {},
      amount_total: {},
      tag_ids: { fields: { display_name: {}, color: {} } },
      state: {},
      invoice_status: {},
      client_order_ref: {},
      validity_date: {},
    },
    offset: 0,
    order: "",
    limit: 80,
    count_limit: 10001,
    domain: [["user_id", "=", 2]],
    context: { ...CONTEXT, bin_size: true },
  });
}

/**
 * sale.order.web_save, exactly as the web client called it.
 *
 * @returns {Promise<any>} what the method returns
 */
export async function webSaveSaleOrder() {
  return executeKw(
    "sale.order",
    "web_save",
    [
      [],
      {
        partner_id: 15,
        sale_order_template_id: false,
        validity_date: "2026-12-23",
        date_order: "2026-11-23 22:23:37",
        pricelist_id: false,
        payment_term_id: 6,
        order_line: [
          [
            0,
            "virtual_49",
            {
              display_type: false,
              product_custom_attribute_value_ids: [],
              product_no_variant_attribute_value_ids: [],
              technical_price_unit: 40,
              linked_line_id: false,
              combo_item_id: false,
              selected_combo_items: false,
              virtual_id: false,
              linked_virtual_id: false,
              is_optional: false,
              collapse_composition: false,
              collapse_prices: false,
              sequence: 10,
              product_id: 6,
              product_template_id: 6,
              name: "[FURN_8888] Office Lamp",
              product_uom_qty: 3,
              qty_delivered: 0,
              customer_lead: 0,
              price_unit: 40,
              tax_ids: [],
              product_document_ids: [],
              invoice_lines: [],
            },
          ],
        ],
        note: false,
        quotation_document_ids: [],
        customizable_pdf_form_fields: false,
        user_id: 2,
        team_id: 1,
        company_id: 1,
        require_signature: true,
        require_payment: true,
        prepayment_percent: 1,
        client_order_ref: false,
        tag_ids: [],
        show_update_fpos: false,
        fiscal_position_id: 1,
        preferred_payment_method_line_id: false,
        partner_invoice_id: 15,
        project_id: false,
        journal_id: false,
        commitment_date: false,
        origin: false,
        opportunity_id: false,
        campaign_id: false,
        medium_id: false,
        source_id: false,
        signed_by: false,
        signed_on: false,
        signature: false,
      },
    ],
    {
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
            state: {},
            is_product_archived: {},
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
        project_ids: {},
        is_product_milestone: {},
        company_price_include: {},
        is_pdf_quote_builder_available: {},
        display_name: {},
      },
      context: CONTEXT,
    },
  );
}

// call_button -> the same method. The browser received False where no action was returned; the API
// returns the method's actual result.
/**
 * sale.order.action_confirm, exactly as the web client called it.
 *
 * @returns {Promise<any>} what the method returns
 */
export async function actionConfirmSaleOrder() {
  return executeKw("sale.order", "action_confirm", [[23]], {
    context: { ...CONTEXT, validate_analytic: true },
  });
}

async function main() {
  if (!(ODOO_DB && ODOO_API_KEY)) throw new Error("set ODOO_DB and ODOO_API_KEY first");
  if (!process.argv.includes("--write")) {
    throw new Error("this would change Odoo (web save sale order, and 1 more): run it with --write");
  }
  const result = await webSearchReadSaleOrder();
  await webSaveSaleOrder();
  await actionConfirmSaleOrder();
  return result;
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
