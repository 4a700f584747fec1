"""5 calls to Odoo, as Odoo 14's web client did it, through odoo-client-lib.

Captured in odoo14-chrome-quotation_for_new_contact.har, calls 3, 17, 32, 54 and 1 more (entries 19, 36, 58, 82 and 1 more), as user 2 on http://127.0.0.1:18014.

    pip install "odoo-client-lib>=2,<3"
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python odoo_calls.py --write
"""

import functools
import json
import os
import re
import sys
import urllib.parse

import httpx
import odoolib
from odoolib.tools import AuthenticationError, JsonRPCException

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18014")
DB = os.environ.get("ODOO_DB", "odoo14")
LOGIN = os.environ.get("ODOO_LOGIN", "")  # used when ODOO_UID is not set
UID = os.environ.get("ODOO_UID", "")
CAPTURED_UID = 2
API_KEY = os.environ.get("ODOO_API_KEY", "")  # a password works, too

# The parts of the web client's context that also matter outside it.
CONTEXT = {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}


def server():
    """The address. Only this machine may use http: others could read the key."""
    is_private = re.match(
        r"https://|http://(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?(/|$)", URL
    )
    if not is_private and os.environ.get("ODOO_ALLOW_HTTP") != "1":
        sys.exit(f"ODOO_URL={URL}: not https; ODOO_ALLOW_HTTP=1 sends the key anyway")
    return URL.rstrip("/")


class OdooError(Exception):
    """An error that Odoo returned; the message is Odoo's own."""


@functools.lru_cache(maxsize=None)
def connection():
    """The connection, as ODOO_UID, as ODOO_LOGIN, or as the recorded user."""
    place = urllib.parse.urlsplit(server())
    if place.path.strip("/"):
        sys.exit(f"{URL}: odoo-client-lib connects to a host and a port, not to a path")
    is_secure = place.scheme == "https"
    made = odoolib.get_connection(
        hostname=place.hostname,
        protocol="jsonrpcs" if is_secure else "jsonrpc",
        port=place.port or (443 if is_secure else 80),
        database=DB,
        login=LOGIN,
        password=API_KEY,
        user_id=int(UID or CAPTURED_UID) if UID or not LOGIN else None,
    )
    try:
        made.check_login(force=False)  # no request if the id is known
    except json.JSONDecodeError:  # a redirect, which the library does not follow
        raise OdooError(f"{URL}: not JSON: is the address right?") from None
    except AuthenticationError:
        sys.exit(
            f"{URL}: {LOGIN} was refused; with two-factor login only an API key works"
        )
    return made


def uid():
    return connection().user_id


def execute_kw(model, method, args, kwargs):
    """One call, unchanged: the library's own models split search_read and reorder
    what read answers. Its answer to a method that returns nothing is False, not None.
    """
    odoo = connection()
    user = (odoo.database, odoo.user_id, odoo.password)
    try:
        return odoo.get_service("object").execute_kw(*user, model, method, args, kwargs)
    except JsonRPCException as refusal:
        data = refusal.error.get("data") or {}
        message = data.get("message") or refusal.error["message"]
        raise OdooError(f"{data.get('name')}: {message}") from None
    except json.JSONDecodeError:  # a redirect, which the library does not follow
        raise OdooError(f"{URL}: not JSON: is the address right?") from None
    except httpx.ReadTimeout:
        raise OdooError(
            "no answer in 5 seconds (the library waits no longer): it may be done yet"
        ) from None


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
        return execute_kw(self.model, "create", [filled], {"context": context})

    def write(self, ids, values, context):
        """Fills in the forms of records that exist and saves them."""
        for record_id in ids:
            filled = self.to_save(self.fill_in(values, context, record_id), values)
            execute_kw(self.model, "write", [[record_id], filled], {"context": context})
        return True

    def fill_in(self, values, context, record_id=None, parent=None):
        """The form's content after these values are typed in, one by one."""
        content, ids = dict(parent or {}), [record_id] if record_id else []
        if ids and self.lines:  # up to Odoo 16 the form knows only the lines sent
            [row] = execute_kw(self.model, "read", [ids, [*self.lines]], {})
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
        answer = execute_kw(
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


# /web/dataset/search_read -> search_read: the records are the same, but the total
# (`length`) is not counted.
def list_partners(*, limit=80, offset=0):
    """All partners, page by page.

    limit   Limit: at most this many records
    offset  Offset: skip this many records first
    """
    return execute_kw(
        "res.partner",
        "search_read",
        [[]],
        {
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
            "offset": offset,
            "context": CONTEXT,
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
    return execute_kw(
        "res.partner",
        "create",
        [given(name=name, phone=phone, email=email)],
        {"context": {**CONTEXT, "default_is_company": True}},
    )


# /web/dataset/search_read -> search_read: the records are the same, but the total
# (`length`) is not counted.
def list_sale_orders(*, user_id=None, limit=80, offset=0):
    """Sale orders whose salesperson is `user_id`.

    user_id  Salesperson: id of a user; defaults to the one who calls
    limit    Limit: at most this many records
    offset   Offset: skip this many records first
    """
    user_id = user_id or uid()
    return execute_kw(
        "sale.order",
        "search_read",
        [[["user_id", "=", user_id]]],
        {
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
            "offset": offset,
            "context": CONTEXT,
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
# returned; the API returns the method's actual result.
def confirm_sale_order(order_id):
    """Confirm a sale order (action_confirm).

    order_id  Sale Order (required): id of a sale.order (21 was S00020)
    """
    return execute_kw(
        "sale.order", "action_confirm", [[order_id]], {"context": CONTEXT}
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
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
