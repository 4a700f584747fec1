// Read sale order and create invoices for sale order and read invoice, as Odoo 19's web client did
// it, through /jsonrpc.
//
// Captured in odoo19-chrome-invoice_sale_order.har, calls 3, 7, 8 and 10 (entries 19, 30, 31 and
// 33), as user 2 on http://127.0.0.1:18019.
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

/**
 * @param {string} name
 * @returns {never}
 */
function missing(name) {
  throw new TypeError(`${name} is missing`);
}

/**
 * The value at these keys of an answer; in a list a key is an index, from 0.
 *
 * @param {any} answer
 * @param {...(string | number)} keys
 * @returns {any}
 */
function at(answer, ...keys) {
  const inside = (/** @type {any} */ value, /** @type {any} */ key) =>
    (Object.hasOwn(Object(value), key) ? value[key] : missing(key));
  return keys.reduce(inside, answer);
}

/**
 * Return the action if it opens a single record; raise an error otherwise.
 *
 * @param {any} action
 */
function opened(action) {
  if (action?.res_id) return action;
  throw new OdooError("the action does not open a single record; see in Odoo what it lists");
}

// web_read -> read: the records are the same, but a many2one comes as [id, name],
// duplicated_order_ids, order_line and tag_ids as bare ids, order_line in its model's own order,
// partner_id, team_id, project_id and opportunity_id named without the client's context.
// Left out: signature (an image or file; the client asked for the size only).
/**
 * Read a sale order.
 *
 * @param {number} order_id - Sale Order (required): id of a sale.order (23 was S00023)
 * @returns {Promise<any>} what the method returns
 */
export async function readSaleOrder(order_id = missing("order_id")) {
  return executeKw("sale.order", "read", [[order_id]], {
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
      "project_ids",
      "is_product_milestone",
      "company_price_include",
      "is_pdf_quote_builder_available",
      "display_name",
    ],
    context: CONTEXT,
  });
}

// web_save without an id -> create: returns the new record's id and does not read the record back.
// The user entered nothing. The form's 5 values were empty or defaults (sale_order_ids,
// consolidated_billing and advance_payment_method).
// call_button -> the same method. The browser received False where no action was returned; the API
// returns the method's actual result.
/**
 * Create invoices for a sale order, through the wizard sale.advance.payment.inv; returns what
 * its create_invoices returns.
 *
 * @param {number} order_id - Sale Order (required): id of a sale.order (23 was S00023)
 * @returns {Promise<any>} what the method returns
 */
export async function createInvoicesForSaleOrder(order_id = missing("order_id")) {
  const wizard_id = await executeKw("sale.advance.payment.inv", "create", [{}], {
    context: {
      ...CONTEXT,
      active_model: "sale.order",
      active_id: order_id,
      active_ids: [order_id],
    },
  });
  return executeKw("sale.advance.payment.inv", "create_invoices", [[wizard_id]], {
    context: {
      ...CONTEXT,
      active_model: "sale.order",
      active_id: order_id,
      active_ids: [order_id],
    },
  });
}

// web_read -> read: the records are the same, but a many2one comes as [id, name],
// duplicated_ref_ids and invoice_line_ids as bare ids, invoice_line_ids in its model's own order,
// partner_id, invoice_vendor_bill_id, partner_bank_id and team_id named without the client's
// context.
// Left out: invoice_payments_widget (an image or file; the client asked for the size only).
/**
 * Read an invoice.
 *
 * @param {number} move_id - Account Move (required): id of an account.move (57 was Draft Invoice
 *   (S00023))
 * @returns {Promise<any>} what the method returns
 */
export async function readInvoice(move_id = missing("move_id")) {
  return executeKw("account.move", "read", [[move_id]], {
    fields: [
      "authorized_transaction_ids",
      "state",
      "sale_warning_text",
      "alerts",
      "duplicated_ref_ids",
      "payment_count",
      "adjusting_entries_count",
      "adjusting_entry_origin_label",
      "adjusting_entry_origin_moves_count",
      "transaction_count",
      "sale_order_count",
      "id",
      "company_id",
      "journal_id",
      "show_name_warning",
      "posted_before",
      "move_type",
      "payment_state",
      "invoice_filter_type_domain",
      "suitable_journal_ids",
      "currency_id",
      "company_currency_id",
      "commercial_partner_id",
      "bank_partner_id",
      "display_qr_code",
      "show_reset_to_draft_button",
      "expected_currency_rate",
      "invoice_has_outstanding",
      "is_move_sent",
      "invoice_pdf_report_id",
      "need_cancel_request",
      "has_reconciled_entries",
      "restrict_mode_hash_table",
      "inalterable_hash",
      "country_code",
      "display_inactive_currency_warning",
      "statement_line_id",
      "statement_id",
      "origin_payment_id",
      "tax_country_id",
      "tax_calculation_rounding_method",
      "tax_cash_basis_created_move_ids",
      "quick_edit_mode",
      "hide_post_button",
      "quick_encoding_vals",
      "show_delivery_date",
      "is_being_sent",
      "show_update_fpos",
      "is_sale_installed",
      "highest_name",
      "name",
      "partner_id",
      "quick_edit_total_amount",
      "ref",
      "tax_cash_basis_origin_move_id",
      "invoice_vendor_bill_id",
      "invoice_date",
      "date",
      "payment_reference",
      "partner_bank_id",
      "invoice_date_due",
      "invoice_payment_term_id",
      "taxable_supply_date_placeholder",
      "taxable_supply_date",
      "delivery_date",
      "invoice_line_ids",
      "narration",
      "tax_totals",
      "amount_residual",
      "invoice_outstanding_credits_debits_widget",
      "user_id",
      "invoice_user_id",
      "team_id",
      "invoice_origin",
      "qr_code_method",
      "invoice_incoterm_placeholder",
      "invoice_incoterm_id",
      "incoterm_location",
      "fiscal_position_id",
      "preferred_payment_method_line_id",
      "invoice_source_email",
      "auto_post",
      "auto_post_until",
      "checked",
      "campaign_id",
      "medium_id",
      "source_id",
      "reversed_entry_id",
      "highlight_send_button",
      "display_send_button",
      "is_draft_duplicated_ref_ids",
      "adjusting_entries_move_ids",
      "adjusting_entry_origin_move_ids",
      "status_in_payment",
      "name_placeholder",
      "show_taxable_supply_date",
      "show_journal",
      "company_price_include",
      "display_name",
    ],
    context: CONTEXT,
  });
}

async function main() {
  if (!(ODOO_DB && ODOO_API_KEY)) throw new Error("set ODOO_DB and ODOO_API_KEY first");
  if (!process.argv.includes("--write")) {
    throw new Error("this would change Odoo (create invoices for sale order): run it with --write");
  }
  const sale_orders = await readSaleOrder(23);
  const action = await createInvoicesForSaleOrder(23);
  const account_moves = await readInvoice(at(opened(action), "res_id"));
  return { sale_orders, account_moves };
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
