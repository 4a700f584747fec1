// List sale orders and create sale order and confirm sale order, as Odoo 14's web client did it,
// through JSON-2.
//
// Captured in odoo14-chrome-create_and_confirm_sale_order.har, calls 3, 20 and 38 (entries 19, 39
// and 63), as user 2 on http://127.0.0.1:18014.
//
// Captured from Odoo 14, which has no JSON-2; Odoo 19 introduced it.
//
//     export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
//     node odoo_calls.mjs --write

import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ODOO_URL = process.env.ODOO_URL || "http://127.0.0.1:18014";
const ODOO_DB = process.env.ODOO_DB || "odoo14";
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
    this.spec = Object.fromEntries(words(reads).map((name) => [name, "1"]));
    for (const [name, line] of Object.entries(lines)) {
      this.spec[name] = "1";
      for (const one of Object.keys(line.spec)) this.spec[`${name}.${one}`] = "1";
    }
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
    const inside = Object.keys(this.lines);
    if (id && inside.length) {
      // up to Odoo 16 the form knows only the lines sent
      const [row] = await call(this.model, "read", { ids, fields: inside });
      for (const name of inside) content[name] = row[name].map((/** @type {number} */ one) => [4, one]);
    }
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

// /web/dataset/search_read -> search_read: the records are the same, but the total (`length`) is
// not counted.
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

const SALE_ORDER_FORM = new Form("sale.order", {
  typed: "partner_id order_line",
  saves: `
    partner_id partner_invoice_id partner_shipping_id sale_order_template_id validity_date
    date_order show_update_pricelist pricelist_id payment_term_id order_line note user_id team_id
    company_id require_signature require_payment client_order_ref tag_ids fiscal_position_id
    analytic_account_id project_id commitment_date origin opportunity_id campaign_id medium_id
    source_id signed_by signed_on signature __last_update
  `,
  reads: `
    authorized_transaction_ids state tasks_count project_ids invoice_count name partner_id
    partner_invoice_id partner_shipping_id sale_order_template_id validity_date date_order
    show_update_pricelist pricelist_id currency_id payment_term_id note amount_untaxed amount_tax
    amount_total sale_order_option_ids sale_order_option_ids.product_id sale_order_option_ids.name
    sale_order_option_ids.quantity sale_order_option_ids.product_uom_category_id
    sale_order_option_ids.uom_id sale_order_option_ids.price_unit sale_order_option_ids.discount
    sale_order_option_ids.is_present sale_order_option_ids.sequence user_id team_id company_id
    require_signature require_payment reference client_order_ref tag_ids fiscal_position_id
    analytic_account_id visible_project project_id invoice_status commitment_date expected_date
    origin opportunity_id campaign_id medium_id source_id signed_by signed_on signature
    __last_update message_follower_ids message_follower_ids.res_model message_follower_ids.res_id
    message_follower_ids.partner_id message_follower_ids.channel_id activity_ids
    activity_ids.res_name activity_ids.activity_type_id activity_ids.summary
    activity_ids.date_deadline message_ids message_ids.date message_ids.subject
    message_ids.author_id message_ids.model message_ids.res_id
  `,
  lines: {
    order_line: new Form("sale.order.line", {
      parent: "order_id",
      typed: "product_id product_uom_qty",
      saves: `
        sequence display_type product_id product_template_id name analytic_tag_ids product_uom_qty
        qty_delivered qty_delivered_manual product_uom customer_lead price_unit tax_id discount
      `,
      reads: `
        sequence display_type product_uom_category_id product_updatable product_id
        product_template_id name analytic_tag_ids product_uom_qty qty_delivered qty_delivered_manual
        qty_delivered_method qty_invoiced qty_to_invoice product_uom_readonly product_uom
        customer_lead price_unit tax_id discount price_subtotal price_total state invoice_status
        currency_id price_tax company_id invoice_lines
      `,
    }),
  },
});

// Only the values the user entered are sent. The form's other 41 were empty, defaults (date_order,
// sequence, user_id, team_id, company_id, require_signature and 1 more) or set by an onchange
// (partner_invoice_id, partner_shipping_id, pricelist_id, payment_term_id, product_template_id,
// name, product_uom and price_unit); a plain create or write may leave them out.
/**
 * Create a sale order; returns its id.
 *
 * @param {object} [options]
 * @param {number} [options.partner_id] - Customer (required): id of a res.partner (14 was Azure
 *   Interior)
 * @param {any} [options.lines] - Order Lines (required): for each line product_id (Product,
 *   required: id of a product.product (6 was [FURN_8888] Office Lamp)), quantity (Quantity)
 * @returns {Promise<any>} what the method returns
 */
export async function createSaleOrder({
  partner_id = missing("partner_id"),
  lines = missing("lines"),
} = {}) {
  return SALE_ORDER_FORM.create(
    {
      partner_id,
      order_line: newLines(lines, { product_id: "product_id", quantity: "product_uom_qty" }),
    },
    CONTEXT,
  );
}

// call_button -> the same method. The browser received False where no action was returned; the API
// returns the method's actual result.
/**
 * Confirm a sale order (action_confirm).
 *
 * @param {number} order_id - Sale Order (required): id of a sale.order (21 was S00020)
 * @returns {Promise<any>} what the method returns
 */
export async function confirmSaleOrder(order_id = missing("order_id")) {
  return call("sale.order", "action_confirm", { ids: [order_id], context: CONTEXT });
}

async function main() {
  if (!(ODOO_DB && ODOO_API_KEY)) throw new Error("set ODOO_DB and ODOO_API_KEY first");
  if (!process.argv.includes("--write")) {
    throw new Error("this would change Odoo (create sale order, and 1 more): run it with --write");
  }
  const sale_orders = await listSaleOrders();
  const order_id = await createSaleOrder({
    partner_id: 14,
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
