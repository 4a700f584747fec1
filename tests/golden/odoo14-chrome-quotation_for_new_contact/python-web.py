"""5 calls to Odoo, as Odoo 14's web client did it, through a session of the web client.

Captured in odoo14-chrome-quotation_for_new_contact.har, calls 3, 17, 32, 54 and 1 more (entries 19, 36, 58, 82 and 1 more), as user 2 on http://127.0.0.1:18014.

    pip install requests
    export ODOO_DB=... ODOO_LOGIN=... ODOO_PASSWORD=...  # an API key cannot log in here
    # with two-factor login instead: ODOO_SESSION_ID=..., the browser's cookie session_id
    python odoo_calls.py --write
"""

import functools
import json
import os
import re
import sys
from urllib.parse import quote

import requests

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18014")
DB = os.environ.get("ODOO_DB", "odoo14")
LOGIN = os.environ.get("ODOO_LOGIN", "admin")
PASSWORD = os.environ.get("ODOO_PASSWORD", "")
SESSION_ID = os.environ.get("ODOO_SESSION_ID", "")  # instead of login and password

# The parts of the web client's context that also matter outside it.
CONTEXT = {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}


def server():
    """The address. Only this machine may use http: others could read the password."""
    is_private = re.match(
        r"https://|http://(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?(/|$)", URL
    )
    if not is_private and os.environ.get("ODOO_ALLOW_HTTP") != "1":
        sys.exit(
            f"ODOO_URL={URL}: not https; ODOO_ALLOW_HTTP=1 sends the password anyway"
        )
    return URL.rstrip("/")


class OdooError(Exception):
    """An error that Odoo returned; the message is Odoo's own."""


SESSION = requests.Session()  # it keeps the cookie
LOG_IN_AGAIN = "the session has expired: log in again"
if SESSION_ID:
    LOG_IN_AGAIN += " in the browser, and set ODOO_SESSION_ID to its cookie session_id"


def send(method, path, **content):
    """Sends one request in the session; returns the response, of this server only."""
    try:
        response = SESSION.request(
            method, server() + path, timeout=120, allow_redirects=False, **content
        )
    except requests.exceptions.SSLError as error:
        raise OdooError(f"{URL}: https failed: {error}") from None
    except requests.ConnectionError:
        raise OdooError(f"{URL} does not respond: is the address right?") from None
    if response.is_redirect:  # following it could send the session to another server
        place = response.headers["Location"]
        if "/web/login" in place:
            raise OdooError(LOG_IN_AGAIN)
        raise OdooError(f"{URL} redirects to {place!r}")
    return response


def post_json(path, params):
    """Sends one JSON-RPC request; returns the result, or None if there is none."""
    message = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
    response = send("POST", path, json=message)
    try:
        answer = response.json()
        error = answer.get("error")
    except (ValueError, AttributeError):  # of another program, or of a proxy
        status = response.status_code
        raise OdooError(f"{URL}{path}: HTTP {status}, not an Odoo response") from None
    if error:  # with HTTP 200
        raise refusal(error)
    return answer.get("result")


def refusal(error):
    """The error of a refusal, in Odoo's own words."""
    data = error.get("data") or {}
    if data.get("name") == "odoo.http.SessionExpiredException":
        return OdooError(LOG_IN_AGAIN)
    return OdooError(f"{data.get('name')}: {data.get('message') or error['message']}")


@functools.lru_cache(maxsize=None)
def uid():
    """Logs in once, or uses the browser's session; returns the user's id."""
    if SESSION_ID:
        SESSION.cookies.set("session_id", SESSION_ID)
        return post_json("/web/session/get_session_info", {})["uid"]
    who = {"db": DB, "login": LOGIN, "password": PASSWORD}
    try:
        session = post_json("/web/session/authenticate", who)
    except OdooError as error:
        if "AccessDenied" not in str(error):
            raise
        sys.exit(
            f"{URL}: {LOGIN} was refused: wrong login or password (an API key is neither)"
        )
    return session["uid"] or sys.exit(
        f"{URL}: {LOGIN} logs in with two factors: log in with the browser, and set "
        "ODOO_SESSION_ID to its cookie session_id"
    )


def call_kw(model, method, args, kwargs):
    """A call as the web client sends it."""
    uid()
    path = f"/web/dataset/call_kw/{quote(model, safe='')}/{quote(method, safe='')}"
    params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
    return post_json(path, params)


def given(**values):
    """The given values. None is left out: Odoo's own default applies."""
    return {name: value for name, value in values.items() if value is not None}


def new_lines(lines, fields, always=(), following=()):
    """Commands that create the lines, from dicts with these keys or field names.

    None is left to Odoo. Sections and notes (a display_type of line_…) pass through.
    """
    keys = {**{field: field for field in fields.values()}, **fields}
    commands = []
    for line in lines:
        values = {}
        if not str(line.get("display_type")).startswith("line_"):
            wrong = [key for key in line if key not in keys]
            if wrong:
                raise OdooError(f"a line takes {', '.join(fields)}, not {wrong[0]}")
            values = dict(always)
            for key, recorded, more in following:
                if line.get(key) == recorded:
                    values.update(more)
            line = {keys[key]: value for key, value in line.items()}
        values.update((key, value) for key, value in line.items() if value is not None)
        commands.append([0, 0, values])
    return commands


class Form:
    """A form, filled in as in the web client: what its onchange sets is saved, too.

    `saves` and `reads` are the fields that the client sent and asked for, `typed` those
    with an onchange of their own, in the order of typing. A line's form has the values
    of its record under `parent`.
    """

    def __init__(self, model, *, saves, reads="", typed="", parent="", lines=None):
        self.model, self.parent, self.lines = model, parent, lines or {}
        self.saves, self.typed = saves.split(), typed.split()
        self.spec = dict.fromkeys(reads.split(), "1")
        for name, line in self.lines.items():
            self.spec.update({name: "1", **{f"{name}.{one}": "1" for one in line.spec}})

    def create(self, values, context):
        """Fills in the form of a new record and saves it; returns its id."""
        filled = self.to_save(self.fill_in(values, context), values)
        return call_kw(self.model, "create", [filled], {"context": context})

    def write(self, ids, values, context):
        """Fills in the forms of records that exist and saves them."""
        for record_id in ids:
            filled = self.to_save(self.fill_in(values, context, record_id), values)
            call_kw(self.model, "write", [[record_id], filled], {"context": context})
        return True

    def fill_in(self, values, context, record_id=None, parent=None):
        """The form's content after these values are typed in, one by one."""
        content, ids = dict(parent or {}), [record_id] if record_id else []
        if ids and self.lines:  # up to Odoo 16 the form knows only the lines sent
            [row] = call_kw(self.model, "read", [ids, [*self.lines]], {})
            for name in self.lines:
                content[name] = [[4, one] for one in row[name]]
        if not ids:
            self.ask(content, [], ids, context)
        order = [name for name in values if name not in self.typed]
        order += [name for name in self.typed if name in values]
        for name in order:
            self.type_in(content, name, values[name], ids, context)
        for name in order:  # again if a later answer changed it
            if not isinstance(values[name], list) and content[name] != values[name]:
                self.type_in(content, name, values[name], ids, context)
        return content

    def type_in(self, content, name, value, ids, context):
        """Types a value into the form (lines one by one) and runs its onchange."""
        if name in self.lines and self.lines[name].parent:
            for command in value:
                self.add_line(content, name, command, ids, context)
        else:
            content[name] = value
        if name not in self.typed:
            return
        warning = self.ask(content, [name], ids, context)
        now = content.get(name)
        if not isinstance(value, list):
            is_text = isinstance(value, str) and value and now  # Odoo may tidy it up
            if now != value and not is_text:
                raise OdooError(f"{self.model}: {name} {value!r} is refused. {warning}")
        if warning:
            print(f"{self.model}: {warning}", file=sys.stderr)

    def add_line(self, content, name, command, ids, context):
        """Adds a line: filled in like a form of its own, if it is new or changed."""
        lines = [one for one in content.get(name) or [] if one != [6, 0, []]]
        if command[0] in (0, 1):
            code, key, values = command
            line = self.lines[name]
            record = {**content, "id": ids[0]} if ids else dict(content)
            filled = line.fill_in(values, context, key, {line.parent: record})
            del filled[line.parent]
            command = [code, key or f"virtual_{len(lines) + 1}", filled]
        content[name] = [*lines, command]

    def ask(self, content, names, ids, context):
        """One onchange: its answer goes into the content; returns Odoo's warning."""
        answer = call_kw(
            self.model,
            "onchange",
            [ids, content, names, self.spec],
            {"context": context},
        )
        for name, value in (answer.get("value") or {}).items():
            content[name] = answered(content.get(name), value)
        warning = answer.get("warning") or {}
        return ": ".join(filter(None, map(warning.get, ("title", "message"))))

    def to_save(self, content, typed):
        """The values to save: the fields that the client sent, and those typed in."""
        names = {*self.saves, *typed}
        sent = {name: value for name, value in content.items() if name in names}
        for name in self.lines.keys() & sent.keys():
            commands = [line for line in typed.get(name) or [] if line[0] in (0, 1)]
            keys = {key for command in commands for key in command[2]}
            line = self.lines[name]
            sent[name] = [line.command_to_save(one, keys) for one in sent[name]]
        return sent

    def command_to_save(self, command, typed):
        """The same for a line; one that is only linked or removed stays as it is."""
        code, *rest = command
        if code not in (0, 1):
            return command
        return [code, rest[0] if code else 0, self.to_save(rest[1], typed)]


def answered(before, value):
    """A value that an onchange returned: a record as its id, lines with those sent."""
    if isinstance(value, dict) and "id" in value:
        return value["id"]
    if not isinstance(value, list):
        return value
    if value and not isinstance(value[0], list):
        return value[0]  # [id, name]
    lines, is_whole = {}, False
    for code, *rest in [*(before or []), *value]:
        key = rest[0] if rest else 0
        if code in (5, 6):
            is_whole = True
            lines = {one: [4, one] for one in (rest[1] if code == 6 else ())}
        elif code in (0, 1):
            key = key or f"new_{len(lines)}"
            old = lines.get(key, [code])
            line = dict(old[2]) if len(old) > 2 else {}
            for name, one in rest[1].items():
                line[name] = answered(line.get(name), one)
            lines[key] = [old[0] and 1, key, line]
        elif code == 4:
            lines.setdefault(key, [4, key])
        elif lines.pop(key, None) is None:
            lines[key] = [code, key]  # an existing record: removed
    if is_whole and all(code == 4 for code, *_ in lines.values()):
        return [[6, 0, list(lines)]]
    return list(lines.values())


def list_partners(*, limit=80):
    """All partners, page by page.

    limit  Limit: at most this many records
    """
    return call_kw(
        "res.partner",
        "search_read",
        [],
        {
            "domain": [],
            "fields": [
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
            "limit": limit,
            "order": "",
            "context": {
                **CONTEXT,
                "params": {
                    "action": "contacts.action_contacts",
                    "cids": 1,
                    "model": "res.partner",
                    "view_type": "list",
                },
                "default_is_company": True,
                "bin_size": True,
            },
        },
    )


# Only the values the user entered are sent. The form's other 37 were empty or defaults
# (is_company, active, company_type, type, lang, property_account_receivable_id and 3
# more); Odoo sets them itself.
def create_partner(name, *, phone=None, email=None):
    """Create a partner; returns its id.

    name   Name (required)
    phone  Phone
    email  Email
    """
    return call_kw(
        "res.partner",
        "create",
        [given(name=name, phone=phone, email=email)],
        {"context": {**CONTEXT, "default_is_company": True}},
    )


def list_sale_orders(*, user_id=None, limit=80):
    """Sale orders whose salesperson is `user_id`.

    user_id  Salesperson: id of a user; defaults to the one who calls
    limit    Limit: at most this many records
    """
    user_id = user_id or uid()
    return call_kw(
        "sale.order",
        "search_read",
        [],
        {
            "domain": [["user_id", "=", user_id]],
            "fields": [
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
            "limit": limit,
            "order": "",
            "context": {**CONTEXT, "search_default_my_quotation": 1, "bin_size": True},
        },
    )


SALE_ORDER_FORM = Form(
    "sale.order",
    typed="partner_id order_line",
    saves="""
        partner_id partner_invoice_id partner_shipping_id sale_order_template_id
        validity_date date_order show_update_pricelist pricelist_id payment_term_id
        order_line note user_id team_id company_id require_signature require_payment
        client_order_ref tag_ids fiscal_position_id analytic_account_id project_id
        commitment_date origin opportunity_id campaign_id medium_id source_id signed_by
        signed_on signature __last_update
    """,
    reads="""
        authorized_transaction_ids state tasks_count project_ids invoice_count name
        partner_id partner_invoice_id partner_shipping_id sale_order_template_id
        validity_date date_order show_update_pricelist pricelist_id currency_id
        payment_term_id note amount_untaxed amount_tax amount_total
        sale_order_option_ids sale_order_option_ids.product_id
        sale_order_option_ids.name sale_order_option_ids.quantity
        sale_order_option_ids.product_uom_category_id sale_order_option_ids.uom_id
        sale_order_option_ids.price_unit sale_order_option_ids.discount
        sale_order_option_ids.is_present sale_order_option_ids.sequence user_id team_id
        company_id require_signature require_payment reference client_order_ref tag_ids
        fiscal_position_id analytic_account_id visible_project project_id invoice_status
        commitment_date expected_date origin opportunity_id campaign_id medium_id
        source_id signed_by signed_on signature __last_update message_follower_ids
        message_follower_ids.res_model message_follower_ids.res_id
        message_follower_ids.partner_id message_follower_ids.channel_id activity_ids
        activity_ids.res_name activity_ids.activity_type_id activity_ids.summary
        activity_ids.date_deadline message_ids message_ids.date message_ids.subject
        message_ids.author_id message_ids.model message_ids.res_id
    """,
    lines={
        "order_line": Form(
            "sale.order.line",
            parent="order_id",
            typed="product_id product_uom_qty",
            saves="""
                sequence display_type product_id product_template_id name
                analytic_tag_ids product_uom_qty qty_delivered qty_delivered_manual
                product_uom customer_lead price_unit tax_id discount
            """,
            reads="""
                sequence display_type product_uom_category_id product_updatable
                product_id product_template_id name analytic_tag_ids product_uom_qty
                qty_delivered qty_delivered_manual qty_delivered_method qty_invoiced
                qty_to_invoice product_uom_readonly product_uom customer_lead price_unit
                tax_id discount price_subtotal price_total state invoice_status
                currency_id price_tax company_id invoice_lines
            """,
        ),
    },
)


# Only the values the user entered are sent. The form's other 53 were empty, defaults
# (date_order, sequence, user_id, team_id, company_id, require_signature and 1 more) or
# set by an onchange (partner_invoice_id, partner_shipping_id, pricelist_id,
# product_template_id, name, product_uom and price_unit); a plain create or write may
# leave them out.
def create_sale_order(partner_id, lines):
    """Create a sale order; returns its id.

    partner_id  Customer (required): id of a res.partner (142 was Marta Nowak)
    lines       Order Lines (required): for each line product_id (Product, required: id
                of a product.product (6 was [FURN_8888] Office Lamp)), quantity
                (Quantity)
    """
    return SALE_ORDER_FORM.create(
        {
            "partner_id": partner_id,
            "order_line": new_lines(
                lines, {"product_id": "product_id", "quantity": "product_uom_qty"}
            ),
        },
        CONTEXT,
    )


# call_button -> the same method. The browser received False where no action was
# returned; call_kw returns the method's actual result.
def confirm_sale_order(order_id):
    """Confirm a sale order (action_confirm).

    order_id  Sale Order (required): id of a sale.order (21 was S00020)
    """
    return call_kw("sale.order", "action_confirm", [[order_id]], {"context": CONTEXT})


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (SESSION_ID or (DB and LOGIN and PASSWORD)):
        sys.exit("set ODOO_DB, ODOO_LOGIN and ODOO_PASSWORD first, or ODOO_SESSION_ID")
    if "--write" not in sys.argv[1:]:
        sys.exit(
            "this would change Odoo (create partner, and 2 more): run it with --write"
        )
    partners = list_partners()
    partner_id = create_partner(
        "Marta Nowak", phone="+48 22 555 01 04", email="marta.nowak@example.com"
    )
    sale_orders = list_sale_orders()
    order_id = create_sale_order(
        partner_id=partner_id,
        lines=[{"product_id": 6, "quantity": 3}, {"product_id": 17, "quantity": 2}],
    )
    confirm_sale_order(order_id)
    results = {
        "partners": partners,
        "partner_id": partner_id,
        "sale_orders": sale_orders,
        "order_id": order_id,
    }
    print(json.dumps(results, indent=2, ensure_ascii=False))
