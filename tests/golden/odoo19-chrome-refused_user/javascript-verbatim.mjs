// Web save user, as Odoo 19's web client did it, through /jsonrpc.
//
// Captured in odoo19-chrome-refused_user.har, call 7 (entry 24), as user 2 on
// http://127.0.0.1:18019.
//
//     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
//     node web_save_user.mjs --write

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

// Odoo refused this call when it was recorded (odoo.exceptions.ValidationError).
/**
 * res.users.web_save, exactly as the web client called it.
 *
 * @returns {Promise<any>} what the method returns
 */
export async function webSaveUser() {
  return executeKw(
    "res.users",
    "web_save",
    [
      [],
      {
        image_1920: false,
        name: "Second Demo",
        login: "demo",
        email: false,
        phone: false,
        role: "group_user",
        company_ids: [[4, 1]],
        company_id: 1,
        group_ids: [[4, 1], [4, 24], [4, 38], [4, 30], [4, 21]],
        lang: "en_US",
        signature: "<div>Second Demo\x3c/div>",
        notification_type: "email",
        odoobot_state: false,
        tz: "UTC",
        calendar_default_privacy: "public",
        out_of_office_from: false,
        out_of_office_to: false,
        out_of_office_message: false,
        api_key_ids: [],
        auth_passkey_key_ids: [],
        device_ids: [],
      },
    ],
    {
      specification: {
        state: {},
        groups_count: {},
        accesses_count: {},
        rules_count: {},
        partner_id: { fields: { display_name: {} } },
        image_1920: {},
        write_date: {},
        avatar_128: {},
        name: {},
        login: {},
        email: {},
        phone: {},
        role: {},
        company_ids: { fields: { display_name: {}, color: {} } },
        company_id: { fields: { display_name: {} }, context: { user_preference: 0 } },
        group_ids: { fields: {} },
        view_group_hierarchy: {},
        lang: {},
        signature: {},
        notification_type: {},
        odoobot_state: {},
        outgoing_mail_server_id: { fields: {} },
        outgoing_mail_server_type: {},
        tz: {},
        calendar_default_privacy: {},
        tz_offset: {},
        out_of_office_from: {},
        out_of_office_to: {},
        out_of_office_message: {},
        totp_enabled: {},
        api_key_ids: {
          fields: { name: {}, create_date: {}, scope: {}, expiration_date: {} },
          limit: 40,
        },
        auth_passkey_key_ids: { fields: { name: {}, create_date: {}, write_date: {} }, limit: 40 },
        device_ids: {
          fields: {
            id: {},
            device_type: {},
            last_activity: {},
            is_current: {},
            display_name: {},
            ip_address: {},
            country: {},
            city: {},
          },
          limit: 40,
          order: "is_current DESC, last_activity DESC",
        },
        share: {},
        active: {},
        active_partner: {},
        companies_count: {},
        has_external_mail_server: {},
        display_name: {},
      },
      context: { ...CONTEXT, is_action_res_users: true },
    },
  );
}

async function main() {
  if (!(ODOO_DB && ODOO_API_KEY)) throw new Error("set ODOO_DB and ODOO_API_KEY first");
  if (!process.argv.includes("--write")) {
    throw new Error("this would change Odoo (web save user): run it with --write");
  }
  const result = await webSaveUser();
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
