// Search read sale order and create sale order and action confirm sale order, as Odoo 14's web
// client did it, through /jsonrpc.
//
// Captured in odoo14-chrome-create_and_confirm_sale_order.har, calls 3, 20 and 38 (entries 19, 39
// and 63), as user 2 on http://127.0.0.1:18014.
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
 * sale.order.search_read, exactly as the web client called it.
 *
 * @returns {Promise<any>} what the method returns
 */
export async function searchReadSaleOrder() {
  return executeKw("sale.order", "search_read", [], {
    domain: [["user_id", "=", 2]],
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
    limit: 80,
    order: "",
    context: {
      ...CONTEXT,
      params: {
        action: "sale.action_quotations_with_onboarding",
        cids: 1,
        model: "sale.order",
        view_type: "list",
      },
      search_default_my_quotation: 1,
      bin_size: true,
    },
  });
}

/**
 * sale.order.create, exactly as the web client called it.
 *
 * @returns {Promise<any>} what the method returns
 */
export async function createSaleOrder() {
  return executeKw(
    "sale.order",
    "create",
    [
      {
        partner_id: 14,
        partner_invoice_id: 14,
        partner_shipping_id: 14,
        sale_order_template_id: false,
        validity_date: false,
        date_order: "2026-11-23 22:23:56",
        show_update_pricelist: false,
        pricelist_id: 1,
        payment_term_id: 7,
        order_line: [
          [
            0,
            "virtual_778",
            {
              sequence: 10,
              display_type: false,
              product_id: 6,
              product_template_id: 6,
              name: "[FURN_8888] Office Lamp",
              analytic_tag_ids: [[6, false, []]],
              product_uom_qty: 3,
              qty_delivered: 0,
              qty_delivered_manual: 0,
              product_uom: 1,
              customer_lead: 0,
              price_unit: 40,
              tax_id: [[6, false, []]],
              discount: 0,
            },
          ],
        ],
        note: "",
        user_id: 2,
        team_id: 1,
        company_id: 1,
        require_signature: true,
        require_payment: true,
        client_order_ref: false,
        tag_ids: [[6, false, []]],
        fiscal_position_id: false,
        analytic_account_id: false,
        project_id: false,
        commitment_date: false,
        origin: false,
        opportunity_id: false,
        campaign_id: false,
        medium_id: false,
        source_id: false,
        signed_by: false,
        signed_on: false,
        signature: false,
        __last_update: false,
      },
    ],
    {
      context: {
        ...CONTEXT,
        params: {
          action: "sale.action_quotations_with_onboarding",
          cids: 1,
          model: "sale.order",
          view_type: "list",
        },
        search_default_my_quotation: 1,
      },
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
  return executeKw("sale.order", "action_confirm", [[21]], {
    context: {
      ...CONTEXT,
      params: {
        action: "sale.action_quotations_with_onboarding",
        cids: 1,
        model: "sale.order",
        view_type: "list",
      },
      search_default_my_quotation: 1,
    },
  });
}

async function main() {
  if (!(ODOO_DB && ODOO_API_KEY)) throw new Error("set ODOO_DB and ODOO_API_KEY first");
  if (!process.argv.includes("--write")) {
    throw new Error("this would change Odoo (create sale order, and 1 more): run it with --write");
  }
  const sale_orders = await searchReadSaleOrder();
  const order_id = await createSaleOrder();
  await actionConfirmSaleOrder();
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
