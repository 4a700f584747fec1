// Create user, as Odoo 19's web client did it, through JSON-2.
//
// Captured in odoo19-chrome-refused_user.har, call 7 (entry 24), as user 2 on
// http://127.0.0.1:18019.
//
//     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
//     node create_user.mjs --write

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

/**
 * @param {string} name
 * @returns {never}
 */
function missing(name) {
  throw new TypeError(`${name} is missing`);
}

/**
 * A form, filled in as in the web client: what its onchange sets is saved, too.
 *
 * `saves` and `reads` are the fields that the client sent and asked for, `typed` those with an
 * onchange of their own, in the order of typing. A line's form has the values of its record
 * under `parent`.
 */
class Form {
  /**
   * @param {string} model
   * @param { { saves: string, reads?: string, typed?: string, parent?: string, lines?: Record<string, Form> } } parts
   */
  constructor(model, { saves, reads = "", typed = "", parent = "", lines = {} }) {
    const words = (/** @type {string} */ text) => text.split(/\s+/).filter(Boolean);
    this.model = model;
    this.parent = parent;
    this.lines = lines;
    this.saves = words(saves);
    this.typed = words(typed);
    /** @type {Record<string, any>} */
    this.spec = {};
    for (const name of words(reads)) {
      // "order_line.name": a field of its lines
      const outer = name.split(".");
      const last = outer.pop();
      let fields = this.spec;
      for (const one of outer) {
        fields[one] ??= {};
        fields = fields[one].fields ??= {};
      }
      if (last) fields[last] = {};
    }
    for (const [name, line] of Object.entries(lines)) this.spec[name] ??= { fields: line.spec };
  }

  /**
   * Fills in the form of a new record and saves it; returns its id.
   *
   * @param {Record<string, any>} values
   * @param {object} context
   * @returns {Promise<any>}
   */
  async create(values, context) {
    const filled = this.toSave(await this.fillIn(values, context), values);
    const created = await call(this.model, "create", { vals_list: [filled], context });
    return created[0];
  }

  /**
   * Fills in the forms of records that exist and saves them.
   *
   * @param {number[]} ids
   * @param {Record<string, any>} values
   * @param {object} context
   */
  async write(ids, values, context) {
    for (const id of ids) {
      const filled = this.toSave(await this.fillIn(values, context, id), values);
      await call(this.model, "write", { ids: [id], vals: filled, context });
    }
    return true;
  }

  /**
   * The form's content after these values are typed in, one by one.
   *
   * @param {Record<string, any>} values
   * @param {object} context
   * @param {any} id
   * @param {Record<string, any>} parent
   */
  async fillIn(values, context, id = null, parent = {}) {
    const content = { ...parent };
    /** @type {number[]} */
    const ids = id ? [id] : [];
    if (!id) await this.ask(content, [], ids, context);
    const order = [
      ...Object.keys(values).filter((name) => !this.typed.includes(name)),
      ...this.typed.filter((name) => name in values),
    ];
    for (const name of order) await this.typeIn(content, name, values[name], ids, context);
    for (const name of order) {
      // again if a later answer changed it
      if (Array.isArray(values[name]) || content[name] === values[name]) continue;
      await this.typeIn(content, name, values[name], ids, context);
    }
    return content;
  }

  /**
   * Types a value into the form (lines one by one) and runs its onchange.
   *
   * @param {Record<string, any>} content
   * @param {string} name
   * @param {any} value
   * @param {number[]} ids
   * @param {object} context
   */
  async typeIn(content, name, value, ids, context) {
    if (this.lines[name]?.parent) {
      for (const command of value) await this.addLine(content, name, command, ids, context);
    } else {
      content[name] = value;
    }
    if (!this.typed.includes(name)) return;
    const warning = await this.ask(content, [name], ids, context);
    const isText = typeof value === "string" && value && content[name]; // Odoo may tidy it up
    if (!Array.isArray(value) && content[name] !== value && !isText) {
      throw new OdooError(`${this.model}: ${name} ${JSON.stringify(value)} is refused. ${warning}`);
    }
    if (warning) console.error(`${this.model}: ${warning}`);
  }

  /**
   * Adds a line: filled in like a form of its own, if it is new or changed.
   *
   * @param {Record<string, any>} content
   * @param {string} name
   * @param {any[]} command
   * @param {number[]} ids
   * @param {object} context
   */
  async addLine(content, name, command, ids, context) {
    let [code, key, values] = command;
    const isLine = (/** @type {any[]} */ [first, , all]) => first !== 6 || all.length;
    const before = (content[name] || []).filter(isLine);
    if (code < 2) {
      const line = this.lines[name];
      const record = ids.length ? { ...content, id: ids[0] } : { ...content };
      const parent = { [line.parent]: record };
      const filled = { ...(await line.fillIn(values, context, key, parent)) };
      delete filled[line.parent];
      command = [code, key || `virtual_${before.length + 1}`, filled];
    }
    content[name] = [...before, command];
  }

  /**
   * One onchange: its answer goes into the content; returns Odoo's warning.
   *
   * @param {Record<string, any>} content
   * @param {string[]} names
   * @param {number[]} ids
   * @param {object} context
   */
  async ask(content, names, ids, context) {
    const sent = { values: content, field_names: names, fields_spec: this.spec, context };
    const answer = await call(this.model, "onchange", ids.length ? { ids, ...sent } : sent);
    for (const [name, value] of Object.entries(answer.value || {})) {
      content[name] = answered(content[name], value);
    }
    const { title, message } = answer.warning || {};
    return [title, message].filter(Boolean).join(": ");
  }

  /**
   * The values to save: the fields that the client sent, and those typed in.
   *
   * @param {Record<string, any>} content
   * @param {Record<string, any>} typed
   * @returns {Record<string, any>}
   */
  toSave(content, typed) {
    const names = new Set([...this.saves, ...Object.keys(typed)]);
    const sent = Object.fromEntries(Object.entries(content).filter(([name]) => names.has(name)));
    for (const [name, line] of Object.entries(this.lines)) {
      if (!(name in sent)) continue;
      const lines = (typed[name] || []).filter((/** @type {any[]} */ [code]) => code < 2);
      const given = Object.assign({}, ...lines.map((/** @type {any[]} */ [, , values]) => values));
      sent[name] = sent[name].map((/** @type {any[]} */ [code, key, ...rest]) =>
        code < 2 ? [code, code && key, line.toSave(rest[0], given)] : [code, key, ...rest],
      );
    }
    return sent;
  }
}

/**
 * A value that an onchange returned: a record as its id, lines with those sent.
 *
 * @param {any} before
 * @param {any} value
 * @returns {any}
 */
function answered(before, value) {
  if (!Array.isArray(value)) return value?.id ?? value;
  if (value.length && !Array.isArray(value[0])) return value[0]; // [id, name]
  let lines = new Map();
  let isWhole = false;
  for (let [code, key = 0, rest] of [...(before || []), ...value]) {
    if (code === 5 || code === 6) {
      isWhole = true;
      lines = new Map((rest || []).map((/** @type {number} */ id) => [id, [4, id]]));
    } else if (code === 4) lines.has(key) || lines.set(key, [4, key]);
    else if (code > 1) lines.delete(key) || lines.set(key, [code, key]);
    else {
      key ||= `new_${lines.size}`;
      const [old = code, , values = {}] = lines.get(key) || [];
      const line = { ...values };
      for (const [name, one] of Object.entries(rest)) line[name] = answered(line[name], one);
      lines.set(key, [old && 1, key, line]);
    }
  }
  const commands = [...lines.values()];
  const isLinks = commands.every(([code]) => code === 4);
  return isWhole && isLinks ? [[6, 0, [...lines.keys()]]] : commands;
}

const RES_USERS_FORM = new Form("res.users", {
  typed: "name login",
  saves: `
    image_1920 name login email phone role company_ids company_id group_ids lang signature
    notification_type odoobot_state tz calendar_default_privacy out_of_office_from out_of_office_to
    out_of_office_message api_key_ids auth_passkey_key_ids device_ids
  `,
  reads: `
    state groups_count accesses_count rules_count partner_id image_1920 write_date avatar_128 name
    login email phone role company_ids.display_name company_ids.color company_id group_ids.
    view_group_hierarchy lang signature notification_type odoobot_state outgoing_mail_server_id
    outgoing_mail_server_type tz calendar_default_privacy tz_offset out_of_office_from
    out_of_office_to out_of_office_message totp_enabled api_key_ids.name api_key_ids.create_date
    api_key_ids.scope api_key_ids.expiration_date auth_passkey_key_ids.name
    auth_passkey_key_ids.create_date auth_passkey_key_ids.write_date device_ids.device_type
    device_ids.last_activity device_ids.is_current device_ids.display_name device_ids.ip_address
    device_ids.country device_ids.city share active active_partner companies_count
    has_external_mail_server display_name
  `,
});

// Odoo refused this call when it was recorded (odoo.exceptions.ValidationError).
// web_save without an id -> create: returns the new record's id and does not read the record back.
// Only the values the user entered are sent. The form's other 19 were empty, defaults (role,
// company_ids, company_id, group_ids, lang, notification_type and 2 more) or set by an onchange
// (signature); a plain create or write may leave them out.
/**
 * Create a user; returns its id.
 *
 * @param {object} [options]
 * @param {string} [options.name] - Name (required)
 * @param {string} [options.login] - Login (required)
 * @returns {Promise<any>} what the method returns
 */
export async function createUser({ name = missing("name"), login = missing("login") } = {}) {
  return RES_USERS_FORM.create({ name, login }, CONTEXT);
}

async function main() {
  if (!(ODOO_DB && ODOO_API_KEY)) throw new Error("set ODOO_DB and ODOO_API_KEY first");
  if (!process.argv.includes("--write")) {
    throw new Error("this would change Odoo (create user): run it with --write");
  }
  const user_id = await createUser({ name: "Second Demo", login: "demo" });
  return user_id;
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
