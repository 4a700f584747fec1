// Update transfer lines and validate transfer and sync pos order, as Odoo 19's web client did it,
// through /jsonrpc.
//
// Captured in synthetic-other_routes.har.gz, calls 1, 2 and 3 (entries 3, 4 and 7), as user 2 on
// https://odoo.example.com.
//
//     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
//     node odoo_calls.mjs --write

import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ODOO_URL = process.env.ODOO_URL || "https://odoo.example.com";
const ODOO_DB = process.env.ODOO_DB || ""; // not in the capture: Odoo shows it with ?debug=1
const ODOO_LOGIN = process.env.ODOO_LOGIN || ""; // used when ODOO_UID is not set
const ODOO_UID = process.env.ODOO_UID || "";
const CAPTURED_UID = 2;
const ODOO_API_KEY = process.env.ODOO_API_KEY || ""; // a password works, too

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
 * Change the move line of a transfer; returns True.
 *
 * @param {object} [options]
 * @param {number} [options.picking_id] - Transfer (required): id of a stock.picking
 * @param {number} [options.move_line_id] - Move Line (required)
 * @param {number} [options.quantity] - Quantity (required, label guessed)
 * @param {boolean} [options.picked] - Picked (required, label guessed)
 * @returns {Promise<any>} what the method returns
 */
export async function updateTransferLines({
  picking_id = missing("picking_id"),
  move_line_id = missing("move_line_id"),
  quantity = missing("quantity"),
  picked = missing("picked"),
} = {}) {
  return executeKw(
    "stock.picking",
    "write",
    [[picking_id], { move_line_ids: [[1, move_line_id, { quantity, picked }]] }],
    {},
  );
}

// Not in this code: /hr_attendance/systray_check_in_out (synthetic-other_routes.har.gz#5) checked
// somebody in or out; it needs a session of the web client (convert -t python-web); through the
// API, create an hr.attendance with employee_id to check in, and write its check_out to check out.
// Not in this code: /shop/cart/add (synthetic-other_routes.har.gz#6) changed the cart of a visitor;
// it needs a session of the web client (convert -t python-web); through the API, create or write
// sale.order.line.
/**
 * Validate a transfer (button_validate).
 *
 * @param {number} picking_id - Transfer (required): id of a stock.picking
 * @returns {Promise<any>} what the method returns
 */
export async function validateTransfer(picking_id = missing("picking_id")) {
  return executeKw("stock.picking", "button_validate", [[picking_id]], {
    context: { lang: "en_US", tz: "Europe/Brussels" },
  });
}

// uuid and access_token: left out; Odoo creates its own.
/**
 * Sync a pos order (pos.order.sync_from_ui).
 *
 * @param {object} [options]
 * @param {number} [options.session_id] - Session (required): id of a pos.session
 * @param {number} [options.partner_id] - Partner (required): id of a res.partner
 * @param {number} [options.amount_total] - Amount Total (required)
 * @param {number} [options.amount_tax] - Amount Tax (required)
 * @param {number} [options.amount_paid] - Amount Paid (required)
 * @param {number} [options.amount_return] - Amount Return (required)
 * @param {any} [options.lines] - Lines (required): a list of Odoo's commands, [0, 0, {"field":
 *   value}] for each
 * @param {any} [options.payments] - Payments (required): a list of Odoo's commands, [0, 0,
 *   {"field": value}] for each
 * @returns {Promise<any>} what the method returns
 */
export async function syncPosOrder({
  session_id = missing("session_id"),
  partner_id = missing("partner_id"),
  amount_total = missing("amount_total"),
  amount_tax = missing("amount_tax"),
  amount_paid = missing("amount_paid"),
  amount_return = missing("amount_return"),
  lines = missing("lines"),
  payments = missing("payments"),
} = {}) {
  return executeKw(
    "pos.order",
    "sync_from_ui",
    [
      [
        {
          name: "Order 00001-001-0001",
          session_id,
          partner_id,
          amount_total,
          amount_tax,
          amount_paid,
          amount_return,
          lines,
          payment_ids: payments,
          state: "paid",
        },
      ],
    ],
    { context: { lang: "en_US", tz: "Europe/Brussels" } },
  );
}

async function main() {
  if (!(ODOO_DB && ODOO_API_KEY)) throw new Error("set ODOO_DB and ODOO_API_KEY first");
  if (!process.argv.includes("--write")) {
    throw new Error("this would change Odoo (update transfer lines, and 2 more): run it with --write");
  }
  const result = await updateTransferLines({
    picking_id: 88,
    move_line_id: 301,
    quantity: 3,
    picked: true,
  });
  const result_2 = await validateTransfer(88);
  const result_3 = await syncPosOrder({
    session_id: 3,
    partner_id: 14,
    amount_total: 9.0,
    amount_tax: 0.0,
    amount_paid: 9.0,
    amount_return: 0.0,
    lines: [[0, 0, { product_id: 21, qty: 2, price_unit: 4.5 }]],
    payments: [[0, 0, { payment_method_id: 1, amount: 9.0 }]],
  });
  return { result, result_2, result_3 };
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
