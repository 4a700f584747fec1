"""5 calls to Odoo, as Odoo 14's web client did it, through /jsonrpc.

Captured in odoo14-chrome-quotation_for_new_contact.har, calls 3, 17, 32, 54 and 1 more (entries 19, 36, 58, 82 and 1 more), as user 2 on http://127.0.0.1:18014.

    pip install requests
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python odoo_calls.py --write
"""

import functools
import json
import os
import re
import sys

import requests

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


def call(service, method, *args):
    """Sends one JSON-RPC request; returns the result, or None if there is none."""
    payload = {"service": service, "method": method, "args": args}
    response = requests.post(
        f"{server()}/jsonrpc",
        json={"jsonrpc": "2.0", "method": "call", "id": 1, "params": payload},
        timeout=60,
        allow_redirects=False,
    )
    response.raise_for_status()
    if response.is_redirect:  # following it could send the key to another server
        raise OdooError(f"{URL} redirects to {response.headers['Location']!r}")
    answer = response.json()
    if "error" in answer:  # Odoo reports errors with HTTP 200
        error = answer["error"]
        data = error.get("data") or {}
        raise OdooError(
            f"{data.get('name')}: {data.get('message') or error['message']}"
        )
    return answer.get("result")


@functools.lru_cache(maxsize=None)
def uid():
    """The user id of the calls: ODOO_UID, that of ODOO_LOGIN, or the recorded one."""
    if UID or not LOGIN:
        return int(UID or CAPTURED_UID)
    return call("common", "login", DB, LOGIN, API_KEY) or sys.exit(
        f"{URL}: {LOGIN} was refused; with two-factor login only an API key works"
    )


def execute_kw(model, method, args, kwargs):
    return call("object", "execute_kw", DB, uid(), API_KEY, model, method, args, kwargs)


def search_read_partner():
    """res.partner.search_read, exactly as the web client called it."""
    return execute_kw(
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
            "limit": 80,
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


def create_partner():
    """res.partner.create, exactly as the web client called it."""
    return execute_kw(
        "res.partner",
        "create",
        [
            {
                "partner_gid": 0,
                "additional_info": False,
                "image_1920": False,
                "__last_update": False,
                "is_company": True,
                "active": True,
                "company_type": "company",
                "name": "Marta Nowak",
                "parent_id": False,
                "company_name": False,
                "type": "contact",
                "street": False,
                "street2": False,
                "city": False,
                "state_id": False,
                "zip": False,
                "country_id": False,
                "vat": False,
                "function": False,
                "phone": "+48 22 555 01 04",
                "mobile": False,
                "email": "marta.nowak@example.com",
                "website": False,
                "title": False,
                "lang": "en_US",
                "category_id": [[6, False, []]],
                "user_id": False,
                "team_id": False,
                "property_payment_term_id": False,
                "property_supplier_payment_term_id": False,
                "property_payment_method_id": False,
                "property_account_position_id": False,
                "ref": False,
                "company_id": False,
                "industry_id": False,
                "property_account_receivable_id": 6,
                "property_account_payable_id": 14,
                "comment": False,
                "sale_warn": "no-message",
                "invoice_warn": "no-message",
            },
        ],
        {
            "context": {
                **CONTEXT,
                "params": {
                    "action": "contacts.action_contacts",
                    "cids": 1,
                    "model": "res.partner",
                    "view_type": "list",
                },
                "default_is_company": True,
            },
        },
    )


def search_read_sale_order():
    """sale.order.search_read, exactly as the web client called it."""
    return execute_kw(
        "sale.order",
        "search_read",
        [],
        {
            "domain": [["user_id", "=", 2]],
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
            "limit": 80,
            "order": "",
            "context": {**CONTEXT, "search_default_my_quotation": 1, "bin_size": True},
        },
    )


def create_sale_order():
    """sale.order.create, exactly as the web client called it."""
    return execute_kw(
        "sale.order",
        "create",
        [
            {
                "partner_id": 142,
                "partner_invoice_id": 142,
                "partner_shipping_id": 142,
                "sale_order_template_id": False,
                "validity_date": False,
                "date_order": "2026-11-25 16:56:47",
                "show_update_pricelist": False,
                "pricelist_id": 1,
                "payment_term_id": False,
                "order_line": [
                    [
                        0,
                        "virtual_941",
                        {
                            "sequence": 10,
                            "display_type": False,
                            "product_id": 6,
                            "product_template_id": 6,
                            "name": "[FURN_8888] Office Lamp",
                            "analytic_tag_ids": [[6, False, []]],
                            "product_uom_qty": 3,
                            "qty_delivered": 0,
                            "qty_delivered_manual": 0,
                            "product_uom": 1,
                            "customer_lead": 0,
                            "price_unit": 40,
                            "tax_id": [[6, False, []]],
                            "discount": 0,
                        },
                    ],
                    [
                        0,
                        "virtual_945",
                        {
                            "sequence": 10,
                            "display_type": False,
                            "product_id": 17,
                            "product_template_id": 11,
                            "name": "[E-COM07] Large Cabinet",
                            "analytic_tag_ids": [[6, False, []]],
                            "product_uom_qty": 2,
                            "qty_delivered": 0,
                            "qty_delivered_manual": 0,
                            "product_uom": 1,
                            "customer_lead": 0,
                            "price_unit": 320,
                            "tax_id": [[6, False, []]],
                            "discount": 0,
                        },
                    ],
                ],
                "note": "",
                "user_id": 2,
                "team_id": 1,
                "company_id": 1,
                "require_signature": True,
                "require_payment": True,
                "client_order_ref": False,
                "tag_ids": [[6, False, []]],
                "fiscal_position_id": False,
                "analytic_account_id": False,
                "project_id": False,
                "commitment_date": False,
                "origin": False,
                "opportunity_id": False,
                "campaign_id": False,
                "medium_id": False,
                "source_id": False,
                "signed_by": False,
                "signed_on": False,
                "signature": False,
                "__last_update": False,
            },
        ],
        {"context": {**CONTEXT, "search_default_my_quotation": 1}},
    )


# call_button -> the same method. The browser received False where no action was
# returned; the API returns the method's actual result.
def action_confirm_sale_order():
    """sale.order.action_confirm, exactly as the web client called it."""
    return execute_kw(
        "sale.order",
        "action_confirm",
        [[21]],
        {"context": {**CONTEXT, "search_default_my_quotation": 1}},
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit(
            "this would change Odoo (create partner, and 2 more): run it with --write"
        )
    partners = search_read_partner()
    partner_id = create_partner()
    sale_orders = search_read_sale_order()
    order_id = create_sale_order()
    action_confirm_sale_order()
    results = {
        "partners": partners,
        "partner_id": partner_id,
        "sale_orders": sale_orders,
        "order_id": order_id,
    }
    print(json.dumps(results, indent=2, ensure_ascii=False))
