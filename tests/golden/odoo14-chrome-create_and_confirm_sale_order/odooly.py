"""Search sale orders by user and create sale order and confirm sale order, as Odoo 14's web client did it, through Odooly.

Captured in odoo14-chrome-create_and_confirm_sale_order.har#19, odoo14-chrome-create_and_confirm_sale_order.har#39 and odoo14-chrome-create_and_confirm_sale_order.har#63 as user 2 on http://127.0.0.1:18014.

    pip install "odooly>=2.6,<3"
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python odoo_calls.py --write
"""

import functools
import json
import os
import sys

import odooly

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18014")
DB = os.environ.get("ODOO_DB", "odoo14")
LOGIN = os.environ.get("ODOO_LOGIN", "")  # used when ODOO_UID is not set
UID = os.environ.get("ODOO_UID", "")
CAPTURED_UID = 2
API_KEY = os.environ.get("ODOO_API_KEY", "")  # a password works, too

# What the client sent and means something outside it.
CONTEXT = {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}


class OdooError(Exception):
    """What Odoo answered instead of a result; the text is Odoo's own."""


@functools.lru_cache(maxsize=None)
def connection():
    """The client; it asks the server for its version."""
    return asked(odooly.Client, f"{URL}/jsonrpc")


@functools.lru_cache(maxsize=None)
def user_id():
    """The id to call as: ODOO_UID, or that of ODOO_LOGIN, or the one in the capture."""
    if UID or not LOGIN:
        return int(UID or CAPTURED_UID)
    return asked(connection().common.login, DB, LOGIN, API_KEY) or sys.exit(
        f"{URL}: {LOGIN} was refused; with two-factor login only an API key works"
    )


def execute_kw(model, method, args, kwargs):
    """One call, as it is: `env.execute` would put its own context in the place of this
    one, sort the ids of a read, and take texts in a domain apart.
    """
    objects = odooly.Service(connection(), "object", ["execute_kw"])
    user = (DB, user_id(), API_KEY)
    return asked(objects.execute_kw, *user, model, method, args, kwargs)


def asked(function, *args):
    try:
        return function(*args)
    except odooly.ServerError as refusal:
        error = refusal.args[0]
        data = error.get("data") or {}
        said = data.get("message") or error.get("message") or data.get("arguments")
        raise OdooError(f"{data.get('name')}: {said}") from None


def given(**values):
    """The values that were given: what is None is left to Odoo."""
    return {name: value for name, value in values.items() if value is not None}


# /web/dataset/search_read -> search_read: the records are the same, but the total
# (`length`) is not counted.
def search_sale_orders_by_user(user_id, *, limit=80, offset=0):
    """Sale orders whose salesperson is `user_id`.

    user_id  Salesperson (required): id of a res.users
    limit    Limit: at most this many records
    offset   Offset: skip this many records first
    """
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


# Of the form's 45 values the 4 that the user filled in are sent; the other 41 were
# empty or the form's defaults (date_order, sequence, user_id, team_id, company_id,
# require_signature and 1 more) or computed from the rest (partner_invoice_id,
# partner_shipping_id, pricelist_id, payment_term_id, product_template_id, name and 2
# more), which Odoo sets by itself.
# Before Odoo 16 some of these are computed in the form alone: compare the record, or
# convert with --keep-all.
def create_sale_order(partner_id, product_id, *, quantity=1):
    """Create a sale order; returns its id.

    partner_id  Customer (required): id of a res.partner (14 was Azure Interior)
    product_id  Product (required): id of a product.product (6 was [FURN_8888] Office
                Lamp)
    quantity    Quantity
    """
    return execute_kw(
        "sale.order",
        "create",
        [
            {
                "partner_id": partner_id,
                "order_line": [
                    [0, 0, given(product_id=product_id, product_uom_qty=quantity)],
                ],
            },
        ],
        {"context": CONTEXT},
    )


# call_button -> the same method: where it returns no action the browser got False,
# execute_kw gives the method's own answer.
def confirm_sale_order(order_id):
    """Confirm a sale order (action_confirm).

    order_id  Sale Order (required): id of a sale.order (21 was S00020)
    """
    return execute_kw(
        "sale.order", "action_confirm", [[order_id]], {"context": CONTEXT}
    )


if __name__ == "__main__":
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit(
            "this would change Odoo (create sale order, and 1 more): run it with --write",
        )
    sale_orders = search_sale_orders_by_user(2)
    order_id = create_sale_order(partner_id=14, product_id=6, quantity=3)
    confirm_sale_order(order_id)
    results = {"sale_orders": sale_orders, "order_id": order_id}
    print(json.dumps(results, indent=2, ensure_ascii=False))
