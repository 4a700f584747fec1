"""Web read sale order, as Odoo 19's web client did it, through /jsonrpc.

Captured in odoo19-chrome-print_quotation.har, calls 3 and 5 (entries 19 and 31), as user 2 on http://127.0.0.1:18019.

    pip install requests
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python web_read_sale_order.py
"""

import functools
import json
import os
import re
import sys

import requests

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18019")
DB = os.environ.get("ODOO_DB", "odoo19")
LOGIN = os.environ.get("ODOO_LOGIN", "")  # used when ODOO_UID is not set
UID = os.environ.get("ODOO_UID", "")
CAPTURED_UID = 2
API_KEY = os.environ.get("ODOO_API_KEY", "")  # a password works, too

# The parts of the web client's context that also matter outside it.
CONTEXT = {"lang": "en_US", "tz": "Europe/Brussels", "allowed_company_ids": [1]}


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


# Not in this code: /report/download (odoo19-chrome-print_quotation.har#29) downloaded a
# report: sale.report_saleorder of 23; it needs a session of the web client (convert -t
# python-web); no method of the external API returns a report's file (since Odoo 14).
def web_read_sale_order():
    """sale.order.web_read, exactly as the web client called it."""
    return execute_kw(
        "sale.order",
        "web_read",
        [[23]],
        {
            "specification": {
                "state": {},
                "sale_warning_text": {},
                "partner_credit_warning": {},
                "duplicated_order_ids": {"fields": {"display_name": {}}},
                "project_count": {},
                "tasks_count": {},
                "milestone_count": {},
                "invoice_count": {},
                "name": {},
                "partner_id": {
                    "fields": {"display_name": {}},
                    "context": {
                        "res_partner_search_mode": "customer",
                        "show_address": 1,
                        "show_vat": True,
                    },
                },
                "sale_order_template_id": {"fields": {"display_name": {}}},
                "validity_date": {},
                "date_order": {},
                "currency_id": {"fields": {}},
                "pricelist_id": {"fields": {}},
                "payment_term_id": {"fields": {"display_name": {}}},
                "order_line": {
                    "fields": {
                        "display_type": {},
                        "product_custom_attribute_value_ids": {},
                        "product_no_variant_attribute_value_ids": {},
                        "technical_price_unit": {},
                        "linked_line_id": {"fields": {}},
                        "combo_item_id": {"fields": {}},
                        "selected_combo_items": {},
                        "virtual_id": {},
                        "linked_virtual_id": {},
                        "is_optional": {},
                        "collapse_composition": {},
                        "collapse_prices": {},
                        "currency_id": {"fields": {}},
                        "sequence": {},
                        "product_id": {"fields": {"display_name": {}}},
                        "is_configurable_product": {},
                        "product_type": {},
                        "service_tracking": {},
                        "product_template_attribute_value_ids": {"fields": {}},
                        "translated_product_name": {},
                        "product_template_id": {"fields": {"display_name": {}}},
                        "name": {},
                        "product_uom_qty": {},
                        "qty_delivered": {},
                        "qty_invoiced": {},
                        "customer_lead": {},
                        "price_unit": {},
                        "tax_ids": {
                            "fields": {"display_name": {}},
                            "context": {"active_test": True},
                        },
                        "price_subtotal": {},
                        "price_total": {},
                        "product_document_ids": {},
                        "sale_line_warn_msg": {},
                        "is_product_archived": {},
                        "state": {},
                        "order_id": {"fields": {}},
                        "company_id": {"fields": {}},
                        "product_uom_id": {"fields": {}},
                        "product_updatable": {},
                        "is_downpayment": {},
                        "invoice_status": {},
                        "qty_delivered_method": {},
                        "tax_country_id": {"fields": {}},
                        "available_product_document_ids": {},
                        "invoice_lines": {},
                    },
                    "limit": 200,
                    "order": "sequence ASC, id ASC",
                },
                "note": {},
                "tax_totals": {},
                "quotation_document_ids": {},
                "customizable_pdf_form_fields": {},
                "user_id": {"fields": {"display_name": {}}},
                "team_id": {
                    "fields": {"display_name": {}},
                    "context": {"kanban_view_ref": "sales_team.crm_team_view_kanban"},
                },
                "company_id": {"fields": {"display_name": {}}},
                "require_signature": {},
                "require_payment": {},
                "prepayment_percent": {},
                "reference": {},
                "client_order_ref": {},
                "tag_ids": {"fields": {"display_name": {}, "color": {}}},
                "show_update_fpos": {},
                "fiscal_position_id": {"fields": {"display_name": {}}},
                "preferred_payment_method_line_id": {"fields": {"display_name": {}}},
                "partner_invoice_id": {"fields": {}},
                "project_id": {
                    "fields": {"display_name": {}},
                    "context": {"default_allow_billable": True},
                },
                "journal_id": {"fields": {"display_name": {}}},
                "invoice_status": {},
                "commitment_date": {},
                "expected_date": {},
                "origin": {},
                "opportunity_id": {
                    "fields": {"display_name": {}},
                    "context": {"default_type": "opportunity"},
                },
                "campaign_id": {"fields": {"display_name": {}}},
                "medium_id": {"fields": {"display_name": {}}},
                "source_id": {"fields": {"display_name": {}}},
                "signed_by": {},
                "signed_on": {},
                "signature": {},
                "write_date": {},
                "has_authorized_transaction_ids": {},
                "locked": {},
                "has_archived_products": {},
                "show_project_button": {},
                "is_product_milestone": {},
                "project_ids": {},
                "company_price_include": {},
                "is_pdf_quote_builder_available": {},
                "display_name": {},
            },
            "context": {**CONTEXT, "bin_size": True},
        },
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    sale_orders = web_read_sale_order()
    print(json.dumps(sale_orders, indent=2, ensure_ascii=False))
