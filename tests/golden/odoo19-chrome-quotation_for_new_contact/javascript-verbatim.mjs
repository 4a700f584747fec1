// 4 calls to Odoo, as Odoo 19's web client did it, through /jsonrpc.
//
// Captured in odoo19-chrome-quotation_for_new_contact.har, calls 9, 11, 34 and 35 (entries 29, 34,
// 57 and 60), as user 2 on http://127.0.0.1:18019.
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
 * res.partner.web_save, exactly as the web client called it.
 *
 * @returns {Promise<any>} what the method returns
 */
export async function webSavePartner() {
  return executeKw(
    "res.partner",
    "web_save",
    [
      [],
      {
        image_1920: false,
        company_type: "company",
        name: "Marta Nowak",
        email: "marta.nowak@example.com",
        phone: "+48 22 555 01 04",
        parent_id: false,
        company_name: false,
        street: false,
        street2: false,
        city: false,
        state_id: false,
        zip: false,
        country_id: false,
        function: false,
        vat: false,
        website: false,
        lang: "en_US",
        category_id: [],
        properties: [],
        child_ids: [],
        user_id: false,
        property_payment_term_id: false,
        property_inbound_payment_method_line_id: false,
        property_supplier_payment_term_id: false,
        property_outbound_payment_method_line_id: false,
        property_account_position_id: false,
        company_registry: false,
        ref: false,
        company_id: false,
        industry_id: false,
        global_location_number: false,
        bank_ids: [],
        ignore_abnormal_invoice_amount: false,
        ignore_abnormal_invoice_date: false,
        invoice_sending_method: false,
        invoice_edi_format: false,
        invoice_template_pdf_report_id: false,
        peppol_eas: false,
        peppol_endpoint: false,
        use_partner_credit_limit: false,
        credit_limit: 0,
        comment: false,
      },
    ],
    {
      specification: {
        same_vat_partner_id: {
          fields: { display_name: {} },
          context: { show_address: false, show_vat: false },
        },
        vat_label: {},
        same_company_registry_partner_id: {
          fields: { display_name: {} },
          context: { show_address: false, show_vat: false },
        },
        company_registry_label: {},
        duplicate_bank_partner_ids: { fields: { display_name: {} } },
        opportunity_count: {},
        sale_order_count: {},
        currency_id: { fields: {} },
        total_invoiced: {},
        supplier_invoice_count: {},
        meeting_count: {},
        task_count: {},
        payment_token_count: {},
        image_1920: {},
        write_date: {},
        avatar_128: {},
        company_type: {},
        name: {},
        is_blacklisted: {},
        email: {},
        phone_blacklisted: {},
        phone: {},
        phone_sanitized: {},
        parent_id: {
          fields: { display_name: {} },
          context: { default_is_company: true, show_address: false },
        },
        company_name: {},
        type_address_label: {},
        street: {},
        street2: {},
        city: {},
        state_id: { fields: { display_name: {} } },
        zip: {},
        country_id: { fields: { display_name: {} } },
        function: {},
        partner_vat_placeholder: {},
        vat: {},
        website: {},
        lang: {},
        category_id: { fields: { display_name: {}, color: {} } },
        properties: {},
        child_ids: {
          fields: {
            color: {},
            type: {},
            is_company: {},
            avatar_128: {},
            write_date: {},
            name: {},
            email: {},
            phone: {},
            function: {},
            city: {},
            country_id: { fields: { display_name: {} } },
            image_1920: {},
            type_address_label: {},
            street: {},
            street2: {},
            state_id: { fields: {} },
            zip: {},
            company_id: { fields: {} },
            global_location_number: {},
            fiscal_country_codes: {},
            comment: {},
            lang: {},
            user_ids: {},
          },
          limit: 40,
        },
        user_id: { fields: { display_name: {} } },
        property_payment_term_id: { fields: { display_name: {} } },
        property_inbound_payment_method_line_id: { fields: { display_name: {} } },
        property_supplier_payment_term_id: { fields: { display_name: {} } },
        property_outbound_payment_method_line_id: { fields: { display_name: {} } },
        property_account_position_id: { fields: { display_name: {} } },
        company_registry_placeholder: {},
        partner_company_registry_placeholder: {},
        company_registry: {},
        ref: {},
        company_id: { fields: { display_name: {} } },
        industry_id: { fields: { display_name: {} } },
        global_location_number: {},
        bank_ids: { fields: { display_name: {}, color: {}, allow_out_payment: {} } },
        ignore_abnormal_invoice_amount: {},
        ignore_abnormal_invoice_date: {},
        invoice_sending_method: {},
        invoice_edi_format: {},
        invoice_template_pdf_report_id: { fields: { display_name: {} } },
        available_peppol_eas: {},
        peppol_eas: {},
        peppol_endpoint: {},
        credit: {},
        days_sales_outstanding: {},
        use_partner_credit_limit: {},
        credit_limit: {},
        comment: {},
        active: {},
        is_company: {},
        type: {},
        user_ids: {},
        active_lang_count: {},
        properties_base_definition_id: { fields: { display_name: {} } },
        display_invoice_edi_format: {},
        available_invoice_template_pdf_report_ids: {},
        display_invoice_template_pdf_report_id: {},
        show_credit_limit: {},
        display_name: {},
      },
      context: { ...CONTEXT, default_is_company: true },
    },
  );
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
        partner_id: 144,
        sale_order_template_id: false,
        validity_date: "2026-12-25",
        date_order: "2026-11-25 16:56:55",
        pricelist_id: false,
        payment_term_id: false,
        order_line: [
          [
            0,
            "virtual_65",
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
          [
            0,
            "virtual_74",
            {
              display_type: false,
              product_custom_attribute_value_ids: [],
              product_no_variant_attribute_value_ids: [],
              technical_price_unit: 320,
              linked_line_id: false,
              combo_item_id: false,
              selected_combo_items: false,
              virtual_id: false,
              linked_virtual_id: false,
              is_optional: false,
              collapse_composition: false,
              collapse_prices: false,
              sequence: 11,
              product_id: 20,
              product_template_id: 11,
              name: "[E-COM07] Large Cabinet",
              product_uom_qty: 2,
              qty_delivered: 0,
              customer_lead: 0,
              price_unit: 320,
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
        fiscal_position_id: false,
        preferred_payment_method_line_id: false,
        partner_invoice_id: 144,
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
            state: {},
            sale_line_warn_msg: {},
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
        is_product_milestone: {},
        project_ids: {},
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
    throw new Error("this would change Odoo (web save partner, and 2 more): run it with --write");
  }
  await webSavePartner();
  const result_2 = await webSearchReadSaleOrder();
  await webSaveSaleOrder();
  await actionConfirmSaleOrder();
  return result_2;
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
