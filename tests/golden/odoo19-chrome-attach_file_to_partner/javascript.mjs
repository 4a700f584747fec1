// Read partner and attach file to partner and post message on partner, as Odoo 19's web client did
// it, through /jsonrpc.
//
// Captured in odoo19-chrome-attach_file_to_partner.har.gz, calls 3, 5 and 6 (entries 20, 27 and
// 28), as user 2 on http://127.0.0.1:18019.
//
//     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
//     node odoo_calls.mjs --write
// --file FILE: its content is not copied from the capture

import { readFileSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ODOO_URL = process.env.ODOO_URL || "http://127.0.0.1:18019";
const ODOO_DB = process.env.ODOO_DB || "odoo19";
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
 * The content of the file that this option names, as base64 or as text.
 *
 * @param {string} option
 * @param {BufferEncoding} encoding
 */
function fromFile(option, encoding) {
  return readFileSync(process.argv[process.argv.indexOf(option) + 1], encoding);
}

// web_read -> read: the records are the same, but a many2one comes as [id, name],
// duplicate_bank_partner_ids, category_id, child_ids and bank_ids as bare ids, same_vat_partner_id,
// same_company_registry_partner_id and parent_id named without the client's context.
// Left out: image_1920 and avatar_128 (images or files; the client asked for the size only).
/**
 * Read a partner.
 *
 * @param {number} partner_id - Partner (required): id of a res.partner (15 was Azure Interior)
 * @returns {Promise<any>} what the method returns
 */
export async function readPartner(partner_id = missing("partner_id")) {
  return executeKw("res.partner", "read", [[partner_id]], {
    fields: [
      "same_vat_partner_id",
      "vat_label",
      "same_company_registry_partner_id",
      "company_registry_label",
      "duplicate_bank_partner_ids",
      "opportunity_count",
      "sale_order_count",
      "currency_id",
      "total_invoiced",
      "supplier_invoice_count",
      "meeting_count",
      "task_count",
      "payment_token_count",
      "write_date",
      "company_type",
      "name",
      "is_blacklisted",
      "email",
      "phone_blacklisted",
      "phone",
      "phone_sanitized",
      "parent_id",
      "company_name",
      "type_address_label",
      "street",
      "street2",
      "city",
      "state_id",
      "zip",
      "country_id",
      "function",
      "partner_vat_placeholder",
      "vat",
      "website",
      "lang",
      "category_id",
      "properties",
      "child_ids",
      "user_id",
      "property_payment_term_id",
      "property_inbound_payment_method_line_id",
      "property_supplier_payment_term_id",
      "property_outbound_payment_method_line_id",
      "property_account_position_id",
      "company_registry_placeholder",
      "partner_company_registry_placeholder",
      "company_registry",
      "ref",
      "company_id",
      "industry_id",
      "global_location_number",
      "bank_ids",
      "ignore_abnormal_invoice_amount",
      "ignore_abnormal_invoice_date",
      "invoice_sending_method",
      "invoice_edi_format",
      "invoice_template_pdf_report_id",
      "available_peppol_eas",
      "peppol_eas",
      "peppol_endpoint",
      "credit",
      "days_sales_outstanding",
      "use_partner_credit_limit",
      "credit_limit",
      "comment",
      "active",
      "is_company",
      "type",
      "user_ids",
      "active_lang_count",
      "properties_base_definition_id",
      "display_invoice_edi_format",
      "available_invoice_template_pdf_report_ids",
      "display_invoice_template_pdf_report_id",
      "show_credit_limit",
      "display_name",
    ],
    context: { lang: "en_US", tz: "UTC", allowed_company_ids: [1] },
  });
}

// /mail/attachment/upload -> create of ir.attachment: pass the file; returns the attachment's id.
/**
 * Attach a file to a partner; returns the attachment's id.
 *
 * @param {object} [options]
 * @param {string} [options.name] - Name (required, label guessed)
 * @param {string} [options.file] - File (required, label guessed): a file as base64 text, not
 *   copied from the capture
 * @param {number} [options.partner_id] - Partner (required): id of a res.partner; without one
 *   only its creator can read the file
 * @returns {Promise<any>} what the method returns
 */
export async function attachFileToPartner({
  name = missing("name"),
  file = missing("file"),
  partner_id = missing("partner_id"),
} = {}) {
  return executeKw(
    "ir.attachment",
    "create",
    [{ name, datas: file, res_model: "res.partner", res_id: partner_id }],
    {},
  );
}

// /mail/message/post -> message_post: returns a list with the new message's id; `body` is HTML
// (body_is_html: Odoo 17 and later, internal users only).
// partner_emails: the route finds or creates contacts with these addresses; pass their ids as
// partner_ids.
/**
 * Post a message on a partner.
 *
 * @param {object} [options]
 * @param {number} [options.partner_id] - Partner (required): id of a res.partner (15 was Azure
 *   Interior)
 * @param {string} [options.body] - Body (required, label guessed): hTML, in which &, < and > of a
 *   text are escapes (body_is_html says that it is)
 * @param {number[]} [options.attachment_ids] - Attachment (required): ids of ir.attachment
 *   records
 * @returns {Promise<any>} what the method returns
 */
export async function postMessageOnPartner({
  partner_id = missing("partner_id"),
  body = missing("body"),
  attachment_ids = missing("attachment_ids"),
} = {}) {
  return executeKw("res.partner", "message_post", [[partner_id]], {
    body,
    message_type: "comment",
    subtype_xmlid: "mail.mt_comment",
    attachment_ids,
    body_is_html: true,
    context: { lang: "en_US", tz: "UTC", allowed_company_ids: [1] },
  });
}

async function main() {
  if (!(ODOO_DB && ODOO_API_KEY)) throw new Error("set ODOO_DB and ODOO_API_KEY first");
  if (!process.argv.includes("--write")) {
    throw new Error("this would change Odoo (attach file to partner, and 1 more): run it with --write");
  }
  if (!process.argv.slice(2, -1).includes("--file")) {
    throw new Error("which file? --file FILE");
  }
  const partners = await readPartner(15);
  const attachment_id = await attachFileToPartner({
    name: "offer.txt",
    file: fromFile("--file", "base64"),
    partner_id: 15,
  });
  await postMessageOnPartner({
    partner_id: 15,
    body: "The offer, as agreed",
    attachment_ids: [attachment_id],
  });
  return { partners, attachment_id };
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
