// Search sale orders by user and create sale order and confirm sale order, as Odoo 14's web client
// did it, through /jsonrpc.
//
// Captured in odoo14-chrome-create_and_confirm_sale_order.har#19,
// odoo14-chrome-create_and_confirm_sale_order.har#39 and
// odoo14-chrome-create_and_confirm_sale_order.har#63 as user 2 on http://127.0.0.1:18014.
//
//     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
//     node odoo_calls.mjs --write

import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ODOO_URL = process.env.ODOO_URL || "http://127.0.0.1:18014";
const ODOO_DB = process.env.ODOO_DB || "odoo14";
const ODOO_LOGIN = process.env.ODOO_LOGIN || ""; // used when ODOO_UID is not set
const ODOO_UID = process.env.ODOO_UID || "";
const CAPTURED_UID = 2;
const ODOO_API_KEY = process.env.ODOO_API_KEY || ""; // a password works, too

// What the client sent and means something outside it.
const CONTEXT = { lang: "en_US", tz: "UTC", allowed_company_ids: [1] };

/** What Odoo answered instead of a result; the text is Odoo's own. */
class OdooError extends Error {
  name = "OdooError";
}

/** One JSON-RPC request; the result, or null from a method that returns nothing. */
async function call(service, method, ...args) {
  const request = { jsonrpc: "2.0", method: "call", id: 1, params: { service, method, args } };
  const response = await fetch(`${ODOO_URL.replace(/\/+$/, "")}/jsonrpc`, {
    method: "POST",
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

let knownUid;

/** The id to call as: ODOO_UID, or that of ODOO_LOGIN, or the one in the capture. */
async function userId() {
  if (ODOO_UID || !ODOO_LOGIN) return Number(ODOO_UID || CAPTURED_UID);
  knownUid ??= await call("common", "login", ODOO_DB, ODOO_LOGIN, ODOO_API_KEY);
  if (knownUid) return knownUid;
  throw new Error(
    `${ODOO_URL}: ${ODOO_LOGIN} was refused; with two-factor login only an API key works`,
  );
}

async function executeKw(model, method, args, kwargs) {
  const identity = [ODOO_DB, await userId(), ODOO_API_KEY];
  return call("object", "execute_kw", ...identity, model, method, args, kwargs);
}

function missing(name) {
  throw new TypeError(`${name} is missing`);
}

/** The values that were given: what is undefined or null is left to Odoo. */
function given(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value != null));
}

// /web/dataset/search_read -> search_read: the records are the same, but the total (`length`) is
// not counted.
/**
 * Sale orders whose salesperson is `user_id`.
 *
 * user_id  Salesperson (required): id of a res.users
 * limit    Limit: at most this many records
 * offset   Offset: skip this many records first
 */
export async function searchSaleOrdersByUser(
  user_id = missing("user_id"),
  { limit = 80, offset = 0 } = {},
) {
  return executeKw("sale.order", "search_read", [[["user_id", "=", user_id]]], {
    fields: [
      "name",
      "create_date",
      "commitment_date",
      "expected_date",
      "partner_id",
      "user_id",
      "activity_ids",
      "activity_exception_decoration",
      "activity_exception_icon",
      "activity_state",
      "activity_summary",
      "activity_type_id",
      "activity_type_icon",
      "team_id",
      "tag_ids",
      "company_id",
      "amount_untaxed",
      "amount_tax",
      "amount_total",
      "state",
      "invoice_status",
      "message_needaction",
      "currency_id",
    ],
    limit,
    offset,
    context: CONTEXT,
  });
}

// Of the form's 45 values the 4 that the user filled in are sent; the other 41 were empty or the
// form's defaults (date_order, sequence, user_id, team_id, company_id, require_signature and 1
// more) or computed from the rest (partner_invoice_id, partner_shipping_id, pricelist_id,
// payment_term_id, product_template_id, name and 2 more), which Odoo sets by itself.
// Before Odoo 16 some of these are computed in the form alone: compare the record, or convert with
// --keep-all.
/**
 * Create a sale order; returns its id.
 *
 * partner_id  Customer (required): id of a res.partner (14 was Azure Interior)
 * product_id  Product (required): id of a product.product (6 was [FURN_8888] Office Lamp)
 * quantity    Quantity
 */
export async function createSaleOrder({
  partner_id = missing("partner_id"),
  product_id = missing("product_id"),
  quantity = 1,
} = {}) {
  return executeKw(
    "sale.order",
    "create",
    [{ partner_id, order_line: [[0, 0, given({ product_id, product_uom_qty: quantity })]] }],
    { context: CONTEXT },
  );
}

// call_button -> the same method: where it returns no action the browser got False, execute_kw
// gives the method's own answer.
/**
 * Confirm a sale order (action_confirm).
 *
 * order_id  Sale Order (required): id of a sale.order (21 was S00020)
 */
export async function confirmSaleOrder(order_id = missing("order_id")) {
  return executeKw("sale.order", "action_confirm", [[order_id]], { context: CONTEXT });
}

async function main() {
  if (!(ODOO_DB && ODOO_API_KEY)) throw new Error("set ODOO_DB and ODOO_API_KEY first");
  if (!process.argv.includes("--write")) {
    throw new Error("this would change Odoo (create sale order, and 1 more): run it with --write");
  }
  const sale_orders = await searchSaleOrdersByUser(2);
  const order_id = await createSaleOrder({ partner_id: 14, product_id: 6, quantity: 3 });
  await confirmSaleOrder(order_id);
  return { sale_orders, order_id };
}

// Imported, it gives its functions; run, it does what was captured.
if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    console.log(JSON.stringify(await main(), null, 2));
  } catch (error) {
    console.error(error instanceof OdooError ? `${error}` : error.message);
    process.exitCode = 1;
  }
}
