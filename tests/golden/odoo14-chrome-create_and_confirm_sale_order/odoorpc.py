"""Search sale orders by user and create sale order and confirm sale order, as Odoo 14's web client did it, through OdooRPC.

Captured in odoo14-chrome-create_and_confirm_sale_order.har#19, odoo14-chrome-create_and_confirm_sale_order.har#39 and odoo14-chrome-create_and_confirm_sale_order.har#63 as user 2 on http://127.0.0.1:18014.

    pip install "odoorpc>=0.10,<0.11"
    export ODOO_DB=... ODOO_LOGIN=...
    export ODOO_API_KEY=...                 # key: Preferences > Security > New API Key
    python odoo_calls.py --write
"""

import functools
import json
import os
import sys
import urllib.parse

import odoorpc

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18014")
DB = os.environ.get("ODOO_DB", "odoo14")
LOGIN = os.environ.get("ODOO_LOGIN", "admin")
API_KEY = os.environ.get("ODOO_API_KEY", "")  # a password works, too

# What the client sent and means something outside it.
CONTEXT = {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}


class OdooError(Exception):
    """What Odoo answered instead of a result; the text is Odoo's own."""


@functools.lru_cache(maxsize=None)
def connection():
    """Logged in as ODOO_LOGIN: OdooRPC asks Odoo for its version, the user's id and
    the user's context first (which `execute_kw` does not send).
    """
    place = urllib.parse.urlsplit(URL)
    if place.path.strip("/"):
        sys.exit(f"{URL}: OdooRPC connects to a host and a port, not to a path")
    is_secure = place.scheme == "https"
    made = odoorpc.ODOO(
        place.hostname,
        protocol="jsonrpc+ssl" if is_secure else "jsonrpc",
        port=place.port or (443 if is_secure else 80),
    )
    try:
        made.login(DB, LOGIN, API_KEY)
    except odoorpc.error.RPCError as refusal:
        if refusal.info:
            raise in_words(refusal) from None
        sys.exit(
            f"{URL}: {LOGIN} was refused; with two-factor login only an API key works"
        )
    return made


def execute_kw(model, method, args, kwargs):
    try:
        return connection().execute_kw(model, method, args, kwargs)
    except odoorpc.error.RPCError as refusal:
        raise in_words(refusal) from None


def in_words(refusal):
    return OdooError(f"{refusal.info['data']['name']}: {refusal}")


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
    if not (DB and LOGIN and API_KEY):
        sys.exit("set ODOO_DB, ODOO_LOGIN and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit(
            "this would change Odoo (create sale order, and 1 more): run it with --write",
        )
    sale_orders = search_sale_orders_by_user(2)
    order_id = create_sale_order(partner_id=14, product_id=6, quantity=3)
    confirm_sale_order(order_id)
    results = {"sale_orders": sale_orders, "order_id": order_id}
    print(json.dumps(results, indent=2, ensure_ascii=False))
