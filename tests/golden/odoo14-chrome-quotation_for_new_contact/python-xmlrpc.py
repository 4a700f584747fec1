"""5 calls to Odoo, as Odoo 14's web client did it, through /xmlrpc/2.

Captured in odoo14-chrome-quotation_for_new_contact.har#19, odoo14-chrome-quotation_for_new_contact.har#36, odoo14-chrome-quotation_for_new_contact.har#58, odoo14-chrome-quotation_for_new_contact.har#82 and 1 more as user 2 on http://127.0.0.1:18014.

    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python odoo_calls.py --write
"""

import functools
import json
import os
import re
import sys
import xmlrpc.client

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
    """One XML-RPC request; the result, or None from a method that returns nothing."""
    proxy = xmlrpc.client.ServerProxy(
        f"{URL.rstrip('/')}/xmlrpc/2/{service}", allow_none=True
    )
    try:
        with proxy:
            return getattr(proxy, method)(*args)
    except xmlrpc.client.Fault as fault:
        told = fault.faultString.rpartition("Traceback (most recent call last):\n")[2]
        while told.startswith("  "):  # the traceback's own lines
            told = told.partition("\n")[2]
        if "cannot marshal None" in told:  # it has been done: only the answer is lost
            if not re.search(r"in dump_(array|struct)\b", fault.faultString):
                return None
            told = "done, but XML-RPC cannot carry the answer: there is a None in it"
        raise OdooError(told.strip()) from None


@functools.lru_cache(maxsize=None)
def user_id():
    """The id to call as: ODOO_UID, or that of ODOO_LOGIN, or the one in the capture."""
    if UID or not LOGIN:
        return int(UID or CAPTURED_UID)
    return call("common", "authenticate", DB, LOGIN, API_KEY, {}) or sys.exit(
        f"{URL}: {LOGIN} was refused; with two-factor login only an API key works"
    )


def execute_kw(model, method, args, kwargs):
    return call(
        "object", "execute_kw", DB, user_id(), API_KEY, model, method, args, kwargs
    )


def given(**values):
    """The values that were given: what is None is left to Odoo."""
    return {name: value for name, value in values.items() if value is not None}


# /web/dataset/search_read -> search_read: the records are the same, but the total
# (`length`) is not counted.
def list_partners(*, limit=80, offset=0):
    """All partners, page by page."""
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


# Of the form's 40 values the 3 that the user filled in are sent; the other 37 were
# empty or the form's defaults (is_company, active, company_type, type, lang,
# property_account_receivable_id and 3 more), which Odoo sets by itself.
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


# Of the form's 59 values the 6 that the user filled in are sent; the other 53 were
# empty or the form's defaults (date_order, sequence, user_id, team_id, company_id,
# require_signature and 1 more) or computed from the rest (partner_invoice_id,
# partner_shipping_id, pricelist_id, product_template_id, name, product_uom and 1 more),
# which Odoo sets by itself.
# Before Odoo 16 some of these are computed in the form alone: compare the record, or
# convert with --keep-all.
def create_sale_order(
    partner_id,
    product_id,
    product_id_2,
    *,
    quantity=1,
    quantity_2=1,
):
    """Create a sale order; returns its id.

    partner_id    Customer (required): id of a res.partner (142 was Marta Nowak)
    product_id    Product (required): id of a product.product (6 was [FURN_8888] Office
                  Lamp)
    quantity      Quantity
    product_id_2  Product (required): id of a product.product (17 was [E-COM07] Large
                  Cabinet)
    quantity_2    Quantity
    """
    return execute_kw(
        "sale.order",
        "create",
        [
            {
                "partner_id": partner_id,
                "order_line": [
                    [0, 0, given(product_id=product_id, product_uom_qty=quantity)],
                    [0, 0, given(product_id=product_id_2, product_uom_qty=quantity_2)],
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
            "this would change Odoo (create partner, and 2 more): run it with --write"
        )
    partners = list_partners()
    partner_id = create_partner(
        "Marta Nowak", phone="+48 22 555 01 04", email="marta.nowak@example.com"
    )
    sale_orders = search_sale_orders_by_user(2)
    order_id = create_sale_order(
        partner_id=partner_id, product_id=6, quantity=3, product_id_2=17, quantity_2=2
    )
    confirm_sale_order(order_id)
    results = {
        "partners": partners,
        "partner_id": partner_id,
        "sale_orders": sale_orders,
        "order_id": order_id,
    }
    print(json.dumps(results, indent=2, ensure_ascii=False))
