// Create partner and create sale order and confirm sale order, as Odoo 19's web client did it,
// through /jsonrpc.
//
// Captured in odoo19-chrome-quotation_for_new_contact.har, calls 9, 34 and 35 (entries 29, 57 and
// 60), as user 2 on http://127.0.0.1:18019.
//
//     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
//     node create_partner_then_create_and_confirm_sale_order.mjs --write

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

// web_save without an id -> create: returns the new record's id and does not read the record back.
// Only the values the user entered are sent. The form's other 39 were empty or defaults
// (company_type and lang); Odoo sets them itself.
/**
 * Create a partner; returns its id.
 *
 * @param {string} name - Name (required)
 * @param {object} [options]
 * @param {string} [options.email] - Email
 * @param {string} [options.phone] - Phone
 * @returns {Promise<any>} what the method returns
 */
export async function createPartner(name = missing("name"), { email, phone } = {}) {
  return executeKw("res.partner", "create", [given({ name, email, phone })], {
    context: { ...CONTEXT, default_is_company: true },
  });
}

// web_save without an id -> create: returns the new record's id and does not read the record back.
// Only the values the user entered are sent. The form's other 73 were empty, defaults
// (validity_date, date_order, sequence, product_template_id, team_id, company_id and 3 more) or
// computed (technical_price_unit, name, price_unit, user_id and partner_invoice_id); Odoo sets them
// itself.
/**
 * Create a sale order; returns its id.
 *
 * @param {object} [options]
 * @param {number} [options.partner_id] - Customer (required): id of a res.partner (144 was Marta
 *   Nowak)
 * @param {any} [options.lines] - Order Lines (required): for each line product_id (Product,
 *   required: id of a product.product (6 was [FURN_8888] Office Lamp)), quantity (Quantity)
 * @returns {Promise<any>} what the method returns
 */
export async function createSaleOrder({
  partner_id = missing("partner_id"),
  lines = missing("lines"),
} = {}) {
  return executeKw(
    "sale.order",
    "create",
    [
      {
        partner_id,
        order_line: newLines(lines, { product_id: "product_id", quantity: "product_uom_qty" }),
      },
    ],
    { context: CONTEXT },
  );
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
  return executeKw("sale.order", "action_confirm", [[order_id]], {
    context: { ...CONTEXT, validate_analytic: true },
  });
}

/**
 * Create a partner, create a sale order, then confirm a sale order (action_confirm).
 *
 * @param {object} [options]
 * @param {string} [options.name] - Name (required)
 * @param {string} [options.email] - Email
 * @param {string} [options.phone] - Phone
 * @param {any} [options.lines] - Order Lines (required): for each line product_id (Product,
 *   required: id of a product.product (6 was [FURN_8888] Office Lamp)), quantity (Quantity)
 * @returns {Promise<any>} what the method returns
 */
export async function createPartnerThenCreateAndConfirmSaleOrder({
  name = missing("name"),
  email,
  phone,
  lines = missing("lines"),
} = {}) {
  const partner_id = await createPartner(name, { email, phone });
  const order_id = await createSaleOrder({ partner_id, lines });
  await confirmSaleOrder(order_id);
  return { partner_id, order_id };
}

async function main() {
  if (!(ODOO_DB && ODOO_API_KEY)) throw new Error("set ODOO_DB and ODOO_API_KEY first");
  if (!process.argv.includes("--write")) {
    throw new Error("this would change Odoo (create partner, and 2 more): run it with --write");
  }
  return createPartnerThenCreateAndConfirmSaleOrder({
    name: "Marta Nowak",
    email: "marta.nowak@example.com",
    phone: "+48 22 555 01 04",
    lines: [{ product_id: 6, quantity: 3 }, { product_id: 20, quantity: 2 }],
  });
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
