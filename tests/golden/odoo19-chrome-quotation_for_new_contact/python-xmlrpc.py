"""4 calls to Odoo, as Odoo 19's web client did it, through /xmlrpc/2.

Captured in odoo19-chrome-quotation_for_new_contact.har, calls 9, 11, 34 and 35 (entries 29, 34, 57 and 60), as user 2 on http://127.0.0.1:18019.

    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python odoo_calls.py --write
"""

import functools
import json
import os
import re
import sys
import xmlrpc.client

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18019")
DB = os.environ.get("ODOO_DB", "odoo19")
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


def call(service, method, *args):
    """Sends one XML-RPC request; returns the result, or None if there is none."""
    proxy = xmlrpc.client.ServerProxy(f"{server()}/xmlrpc/2/{service}", allow_none=True)
    try:
        with proxy:
            return getattr(proxy, method)(*args)
    except xmlrpc.client.ProtocolError as error:  # redirects are not followed, either
        raise OdooError(f"{URL}: HTTP {error.errcode}: {error.errmsg}") from None
    except xmlrpc.client.Fault as fault:
        told = fault.faultString.rpartition("Traceback (most recent call last):\n")[2]
        while told.startswith("  "):  # the traceback's own lines
            told = told.partition("\n")[2]
        if "cannot marshal None" in told:  # the call is done; only its answer is lost
            if not re.search(r"in dump_(array|struct)\b", fault.faultString):
                return None
            told = "done, but XML-RPC cannot return the answer: it contains None"
        raise OdooError(told.strip()) from None


@functools.lru_cache(maxsize=None)
def uid():
    """The user id of the calls: ODOO_UID, that of ODOO_LOGIN, or the recorded one."""
    if UID or not LOGIN:
        return int(UID or CAPTURED_UID)
    return call("common", "authenticate", DB, LOGIN, API_KEY, {}) or sys.exit(
        f"{URL}: {LOGIN} was refused; with two-factor login only an API key works"
    )


def execute_kw(model, method, args, kwargs):
    return call("object", "execute_kw", DB, uid(), API_KEY, model, method, args, kwargs)


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


# web_save without an id -> create: returns the new record's id and does not read the
# record back.
# Only the values the user entered are sent. The form's other 39 were empty or defaults
# (company_type and lang); Odoo sets them itself.
def create_partner(name, *, email=None, phone=None):
    """Create a partner; returns its id.

    name   Name (required)
    email  Email
    phone  Phone
    """
    return execute_kw(
        "res.partner",
        "create",
        [given(name=name, email=email, phone=phone)],
        {"context": {**CONTEXT, "default_is_company": True}},
    )


# web_search_read -> search_read: the records are the same, but a many2one comes as [id,
# name], tag_ids as bare ids, and the total (`length`) is not counted.
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
                "message_needaction",
                "currency_id",
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
                "activity_type_icon",
                "activity_type_id",
                "team_id",
                "company_id",
                "amount_untaxed",
                "amount_tax",
                "amount_total",
                "tag_ids",
                "state",
                "invoice_status",
                "client_order_ref",
                "validity_date",
            ],
            "limit": limit,
            "offset": offset,
            "context": CONTEXT,
        },
    )


# web_save without an id -> create: returns the new record's id and does not read the
# record back.
# Only the values the user entered are sent. The form's other 73 were empty, defaults
# (validity_date, date_order, sequence, product_template_id, team_id, company_id and 3
# more) or computed (technical_price_unit, name, price_unit, user_id and
# partner_invoice_id); Odoo sets them itself.
def create_sale_order(partner_id, lines):
    """Create a sale order; returns its id.

    partner_id  Customer (required): id of a res.partner (144 was Marta Nowak)
    lines       Order Lines (required): for each line product_id (Product, required: id
                of a product.product (6 was [FURN_8888] Office Lamp)), quantity
                (Quantity)
    """
    return execute_kw(
        "sale.order",
        "create",
        [
            {
                "partner_id": partner_id,
                "order_line": new_lines(
                    lines, {"product_id": "product_id", "quantity": "product_uom_qty"}
                ),
            },
        ],
        {"context": CONTEXT},
    )


# call_button -> the same method. The browser received False where no action was
# returned; the API returns the method's actual result.
def confirm_sale_order(order_id):
    """Confirm a sale order (action_confirm).

    order_id  Sale Order (required): id of a sale.order (23 was S00023)
    """
    return execute_kw(
        "sale.order",
        "action_confirm",
        [[order_id]],
        {"context": {**CONTEXT, "validate_analytic": True}},
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit(
            "this would change Odoo (create partner, and 2 more): run it with --write"
        )
    partner_id = create_partner(
        "Marta Nowak", email="marta.nowak@example.com", phone="+48 22 555 01 04"
    )
    sale_orders = list_sale_orders()
    order_id = create_sale_order(
        partner_id=partner_id,
        lines=[{"product_id": 6, "quantity": 3}, {"product_id": 20, "quantity": 2}],
    )
    confirm_sale_order(order_id)
    results = {
        "partner_id": partner_id,
        "sale_orders": sale_orders,
        "order_id": order_id,
    }
    print(json.dumps(results, indent=2, ensure_ascii=False))
