"""Create sale order and confirm sale order, as Odoo 14's web client did it, through /jsonrpc.

Captured in odoo14-chrome-create_and_confirm_sale_order.har#39 and odoo14-chrome-create_and_confirm_sale_order.har#63 as user 2 on http://127.0.0.1:18014.

    pip install requests
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python create_and_confirm_sale_order.py --write
"""

import functools
import json
import os
import sys

import requests

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


def call(service, method, *args):
    """One JSON-RPC request; the result, or None from a method that returns nothing."""
    payload = {"service": service, "method": method, "args": args}
    response = requests.post(
        f"{URL.rstrip('/')}/jsonrpc",
        json={"jsonrpc": "2.0", "method": "call", "id": 1, "params": payload},
        timeout=60,
    )
    response.raise_for_status()
    answer = response.json()
    if "error" in answer:  # Odoo reports errors with HTTP 200
        error = answer["error"]
        data = error.get("data") or {}
        raise OdooError(
            f"{data.get('name')}: {data.get('message') or error['message']}"
        )
    return answer.get("result")


@functools.lru_cache(maxsize=None)
def user_id():
    """The id to call as: ODOO_UID, or that of ODOO_LOGIN, or the one in the capture."""
    if UID or not LOGIN:
        return int(UID or CAPTURED_UID)
    return call("common", "login", DB, LOGIN, API_KEY) or sys.exit(
        f"{URL}: {LOGIN} was refused; with two-factor login only an API key works"
    )


def execute_kw(model, method, args, kwargs):
    return call(
        "object", "execute_kw", DB, user_id(), API_KEY, model, method, args, kwargs
    )


def given(**values):
    """The values that were given: what is None is left to Odoo."""
    return {name: value for name, value in values.items() if value is not None}


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


def create_and_confirm_sale_order(partner_id, product_id, *, quantity=1):
    """Create a sale order, then confirm a sale order (action_confirm).

    partner_id  Customer (required): id of a res.partner (14 was Azure Interior)
    product_id  Product (required): id of a product.product (6 was [FURN_8888] Office
                Lamp)
    quantity    Quantity
    """
    order_id = create_sale_order(
        partner_id=partner_id, product_id=product_id, quantity=quantity
    )
    confirm_sale_order(order_id)
    return order_id


if __name__ == "__main__":
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit(
            "this would change Odoo (create sale order, and 1 more): run it with --write",
        )
    results = create_and_confirm_sale_order(partner_id=14, product_id=6, quantity=3)
    print(json.dumps(results, indent=2, ensure_ascii=False))
