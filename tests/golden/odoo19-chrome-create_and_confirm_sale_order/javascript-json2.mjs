// List sale orders and create sale order and confirm sale order, as Odoo 19's web client did it,
// through JSON-2.
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

/** @type {number | undefined} */
let knownUid;

/**
 * The id of the user who owns the key.
 *
 * @returns {Promise<number>}
 */
async function userId() {
  knownUid ??= (await call("res.users", "context_get", {})).uid;
  return Number(knownUid);
}

/**
 * @param {string} name
 * @returns {never}
 */
function missing(name) {
  throw new TypeError(`${name} is missing`);
}

/**
 * Commands that create the lines, from objects with these keys or field names.
 * Undefined and null are left to Odoo. Sections and notes (a display_type of line_…) pass through.
 *
 * @param {Record<string, any>[]} lines
 * @param {Record<string, string>} fields
 * @param {Record<string, any>} always
 * @param {any[][]} following
 */
function newLines(lines, fields, always = {}, following = []) {
  /** @type {[string, string][]} */
  const themselves = Object.values(fields).map((field) => [field, field]);
  const keys = new Map([...themselves, ...Object.entries(fields)]);
  return lines.map((line) => {
    /** @type {[any, any][]} */
    let members = Object.entries(line);
    let values = {};
    if (!String(line.display_type).startsWith("line_")) {
      const wrong = members.find(([key]) => !keys.has(key));
      if (wrong) throw new OdooError(`a line takes ${Object.keys(fields)}, not ${wrong[0]}`);
      const known = following.filter(([key, recorded]) => line[key] === recorded);
      values = Object.assign({}, always, ...known.map(([, , more]) => more));
      members = members.map(([key, value]) => [keys.get(key), value]);
    }
    const given = members.filter(([, value]) => value != null);
    return [0, 0, { ...values, ...Object.fromEntries(given) }];
  });
}

// web_search_read -> search_read: the records are the same, but a many2one comes as [id, name],
// tag_ids as bare ids, and the total (`length`) is not counted.
/**
 * Sale orders whose salesperson is `user_id`.
 *
 * @param {object} [options]
 * @param {number} [options.user_id] - Salesperson: id of a user; defaults to the one who calls
 * @param {number} [options.limit] - Limit: at most this many records
 * @param {number} [options.offset] - Offset: skip this many records first
 * @returns {Promise<any>} what the method returns
 */
export async function listSaleOrders({ user_id, limit = 80, offset = 0 } = {}) {
  user_id ??= await userId();
  return call("sale.order", "search_read", {
    domain: [["user_id", "=", user_id]],
    fields: [
      "message_needaction",
      "currency_id",
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
      "activity_type_icon",
      "activity_type_id",
      "team_id",
      "company_id",
      "amount_untaxed",
      "amount_tax",
      "amount_total",
      "tag_ids",
      "state",
      "invoice_status",
      "client_order_ref",
      "validity_date",
    ],
    limit,
    offset,
    context: CONTEXT,
  });
}

// web_save without an id -> create: returns the new record's id and does not read the record back.
// Only the values the user entered are sent. The form's other 52 were empty, defaults
// (validity_date, date_order, sequence, product_template_id, team_id, company_id and 3 more) or
// computed (payment_term_id, technical_price_unit, name, price_unit, user_id, fiscal_position_id
// and 1 more); Odoo sets them itself.
/**
 * Create a sale order; returns its id.
 *
 * @param {object} [options]
 * @param {number} [options.partner_id] - Customer (required): id of a res.partner (15 was Azure
 *   Interior)
 * @param {any} [options.lines] - Order Lines (required): for each line product_id (Product,
 *   required: id of a product.product (6 was [FURN_8888] Office Lamp)), quantity (Quantity)
 * @returns {Promise<any>} what the method returns
 */
export async function createSaleOrder({
  partner_id = missing("partner_id"),
  lines = missing("lines"),
} = {}) {
  const created = await call("sale.order", "create", {
    vals_list: [
      {
        partner_id,
        order_line: newLines(lines, { product_id: "product_id", quantity: "product_uom_qty" }),
      },
    ],
    context: CONTEXT,
  });
  return created[0]; // JSON-2 returns a list even for one record
}

// call_button -> the same method. The browser received False where no action was returned; the API
// returns the method's actual result.
/**
 * Confirm a sale order (action_confirm).
 *
 * @param {number} order_id - Sale Order (required): id of a sale.order (23 was S00023)
 * @returns {Promise<any>} what the method returns
 */
export async function confirmSaleOrder(order_id = missing("order_id")) {
  return call("sale.order", "action_confirm", {
    ids: [order_id],
    context: { ...CONTEXT, validate_analytic: true },
  });
}

async function main() {
  if (!(ODOO_DB && ODOO_API_KEY)) throw new Error("set ODOO_DB and ODOO_API_KEY first");
  if (!process.argv.includes("--write")) {
    throw new Error("this would change Odoo (create sale order, and 1 more): run it with --write");
  }
  const sale_orders = await listSaleOrders();
  const order_id = await createSaleOrder({
    partner_id: 15,
    lines: [{ product_id: 6, quantity: 3 }],
  });
  await confirmSaleOrder(order_id);
  return { sale_orders, order_id };
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
