// Search read partner and create partner, as Odoo 14's web client did it, through /jsonrpc.
//
// Captured in odoo14-chrome-create_partner.har, calls 3 and 20 (entries 19 and 39), as user 2 on
// http://127.0.0.1:18014.
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
 * res.partner.search_read, exactly as the web client called it.
 *
 * @returns {Promise<any>} what the method returns
 */
export async function searchReadPartner() {
  return executeKw("res.partner", "search_read", [], {
    domain: [],
    fields: [
      "display_name",
      "function",
      "phone",
      "email",
      "user_id",
      "activity_ids",
      "activity_exception_decoration",
      "activity_exception_icon",
      "activity_state",
      "activity_summary",
      "activity_type_id",
      "activity_type_icon",
      "city",
      "state_id",
      "country_id",
      "vat",
      "category_id",
      "company_id",
      "is_company",
      "parent_id",
      "active",
    ],
    limit: 80,
    order: "",
    context: {
      ...CONTEXT,
      params: {
        action: "contacts.action_contacts",
        cids: 1,
        model: "res.partner",
        view_type: "list",
      },
      default_is_company: true,
      bin_size: true,
    },
  });
}

/**
 * res.partner.create, exactly as the web client called it.
 *
 * @returns {Promise<any>} what the method returns
 */
export async function createPartner() {
  return executeKw(
    "res.partner",
    "create",
    [
      {
        partner_gid: 0,
        additional_info: false,
        image_1920: false,
        __last_update: false,
        is_company: true,
        active: true,
        company_type: "company",
        name: 'Café "L\'Été" & Söhne',
        parent_id: false,
        company_name: false,
        type: "contact",
        street: false,
        street2: false,
        city: false,
        state_id: false,
        zip: false,
        country_id: 20,
        vat: false,
        function: false,
        phone: "+32 2 555 01 02",
        mobile: false,
        email: "bonjour@cafe-ete.example",
        website: false,
        title: false,
        lang: "en_US",
        category_id: [[6, false, []]],
        user_id: false,
        team_id: false,
        property_payment_term_id: false,
        property_supplier_payment_term_id: false,
        property_payment_method_id: false,
        property_account_position_id: false,
        ref: false,
        company_id: false,
        industry_id: false,
        property_account_receivable_id: 6,
        property_account_payable_id: 14,
        comment: false,
        sale_warn: "no-message",
        invoice_warn: "no-message",
      },
    ],
    {
      context: {
        ...CONTEXT,
        params: {
          action: "contacts.action_contacts",
          cids: 1,
          model: "res.partner",
          view_type: "list",
        },
        default_is_company: true,
      },
    },
  );
}

async function main() {
  if (!(ODOO_DB && ODOO_API_KEY)) throw new Error("set ODOO_DB and ODOO_API_KEY first");
  if (!process.argv.includes("--write")) {
    throw new Error("this would change Odoo (create partner): run it with --write");
  }
  const partners = await searchReadPartner();
  const partner_id = await createPartner();
  return { partners, partner_id };
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
