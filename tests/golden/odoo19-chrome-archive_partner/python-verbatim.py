"""Web read partner and action archive partner, as Odoo 19's web client did it, through /jsonrpc.

Captured in odoo19-chrome-archive_partner.har, calls 3 and 5 (entries 19 and 25), as user 2 on http://127.0.0.1:18019.

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


def web_read_partner():
    """res.partner.web_read, exactly as the web client called it."""
    return execute_kw(
        "res.partner",
        "web_read",
        [[36]],
        {
            "specification": {
                "same_vat_partner_id": {
                    "fields": {"display_name": {}},
                    "context": {"show_address": False, "show_vat": False},
                },
                "vat_label": {},
                "same_company_registry_partner_id": {
                    "fields": {"display_name": {}},
                    "context": {"show_address": False, "show_vat": False},
                },
                "company_registry_label": {},
                "duplicate_bank_partner_ids": {"fields": {"display_name": {}}},
                "opportunity_count": {},
                "sale_order_count": {},
                "currency_id": {"fields": {}},
                "total_invoiced": {},
                "supplier_invoice_count": {},
                "meeting_count": {},
                "task_count": {},
                "payment_token_count": {},
                "image_1920": {},
                "write_date": {},
                "avatar_128": {},
                "company_type": {},
                "name": {},
                "is_blacklisted": {},
                "email": {},
                "phone_blacklisted": {},
                "phone": {},
                "phone_sanitized": {},
                "parent_id": {
                    "fields": {"display_name": {}},
                    "context": {"default_is_company": True, "show_address": False},
                },
                "company_name": {},
                "type_address_label": {},
                "street": {},
                "street2": {},
                "city": {},
                "state_id": {"fields": {"display_name": {}}},
                "zip": {},
                "country_id": {"fields": {"display_name": {}}},
                "function": {},
                "partner_vat_placeholder": {},
                "vat": {},
                "website": {},
                "lang": {},
                "category_id": {"fields": {"display_name": {}, "color": {}}},
                "properties": {},
                "child_ids": {
                    "fields": {
                        "color": {},
                        "type": {},
                        "is_company": {},
                        "avatar_128": {},
                        "write_date": {},
                        "name": {},
                        "email": {},
                        "phone": {},
                        "function": {},
                        "city": {},
                        "country_id": {"fields": {"display_name": {}}},
                        "image_1920": {},
                        "type_address_label": {},
                        "street": {},
                        "street2": {},
                        "state_id": {"fields": {}},
                        "zip": {},
                        "company_id": {"fields": {}},
                        "global_location_number": {},
                        "fiscal_country_codes": {},
                        "comment": {},
                        "lang": {},
                        "user_ids": {},
                    },
                    "limit": 40,
                },
                "user_id": {"fields": {"display_name": {}}},
                "property_payment_term_id": {"fields": {"display_name": {}}},
                "property_inbound_payment_method_line_id": {
                    "fields": {"display_name": {}},
                },
                "property_supplier_payment_term_id": {"fields": {"display_name": {}}},
                "property_outbound_payment_method_line_id": {
                    "fields": {"display_name": {}},
                },
                "property_account_position_id": {"fields": {"display_name": {}}},
                "company_registry_placeholder": {},
                "partner_company_registry_placeholder": {},
                "company_registry": {},
                "ref": {},
                "company_id": {"fields": {"display_name": {}}},
                "industry_id": {"fields": {"display_name": {}}},
                "global_location_number": {},
                "bank_ids": {
                    "fields": {
                        "display_name": {},
                        "color": {},
                        "allow_out_payment": {},
                    },
                },
                "ignore_abnormal_invoice_amount": {},
                "ignore_abnormal_invoice_date": {},
                "invoice_sending_method": {},
                "invoice_edi_format": {},
                "invoice_template_pdf_report_id": {"fields": {"display_name": {}}},
                "available_peppol_eas": {},
                "peppol_eas": {},
                "peppol_endpoint": {},
                "credit": {},
                "days_sales_outstanding": {},
                "use_partner_credit_limit": {},
                "credit_limit": {},
                "comment": {},
                "active": {},
                "is_company": {},
                "type": {},
                "user_ids": {},
                "active_lang_count": {},
                "properties_base_definition_id": {"fields": {"display_name": {}}},
                "display_invoice_edi_format": {},
                "available_invoice_template_pdf_report_ids": {},
                "display_invoice_template_pdf_report_id": {},
                "show_credit_limit": {},
                "display_name": {},
            },
            "context": {**CONTEXT, "bin_size": True, "default_is_company": True},
        },
    )


def action_archive_partner():
    """res.partner.action_archive, exactly as the web client called it."""
    return execute_kw(
        "res.partner",
        "action_archive",
        [[36]],
        {"context": {**CONTEXT, "default_is_company": True}},
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit("this would change Odoo (action archive partner): run it with --write")
    partners = web_read_partner()
    action_archive_partner()
    print(json.dumps(partners, indent=2, ensure_ascii=False))
