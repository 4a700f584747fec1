"""Read sale order and print order, as Odoo 19's web client did it, through a session of the web client.

Captured in odoo19-chrome-print_quotation.har, calls 3 and 5 (entries 19, 29 and 31), as user 2 on http://127.0.0.1:18019.

    pip install requests
    export ODOO_DB=... ODOO_LOGIN=... ODOO_PASSWORD=...  # an API key cannot log in here
    # with two-factor login instead: ODOO_SESSION_ID=..., the browser's cookie session_id
    python odoo_calls.py
"""

import functools
import html
import json
import os
import re
import sys
from urllib.parse import quote

import requests

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18019")
DB = os.environ.get("ODOO_DB", "odoo19")
LOGIN = os.environ.get("ODOO_LOGIN", "admin")
PASSWORD = os.environ.get("ODOO_PASSWORD", "")
SESSION_ID = os.environ.get("ODOO_SESSION_ID", "")  # instead of login and password

# The parts of the web client's context that also matter outside it.
CONTEXT = {"lang": "en_US", "tz": "Europe/Brussels", "allowed_company_ids": [1]}


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


@functools.lru_cache(maxsize=None)
def csrf_token():
    """The token that each form of this session must hold; the client's page has it."""
    uid()
    found = re.search(r"csrf_token: [\"'](\w+)", send("GET", "/web").text)
    if not found:
        raise OdooError(f"{URL}/web has no CSRF token: is the user an internal one?")
    return found[1]


def post_form(path, fields, files=None):
    """Posts a form as a page does; returns the response unless the session ended."""
    sent = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in {**fields, "csrf_token": csrf_token()}.items()
    }
    response = send("POST", path, data=sent, files=files)
    if not response.ok and "CSRF" in response.text:
        raise OdooError(LOG_IN_AGAIN)
    return response


def file_in(response):
    """The requested file; raises OdooError if Odoo sent a page or a refusal instead."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    is_file = "Content-Disposition" in response.headers
    if response.ok and (is_file or not is_page):
        return response.content
    said = re.search(r"\{.*\}", html.unescape(response.text), re.DOTALL)
    try:
        error = json.loads(said[0])
    except (TypeError, ValueError):
        status = response.status_code
        raise OdooError(f"{response.url}: HTTP {status}, not a file") from None
    raise refusal(error)


def save(content, name):
    """Writes a file into this folder; returns its name."""
    with open(name, "wb") as file:
        file.write(content)
    return name


def report_file(name, ids, context, kind):
    """The file that Odoo prints of these records."""
    path = f"/report/{kind}/{name}" + (f"/{','.join(map(str, ids))}" if ids else "")
    data = [path, f"qweb-{kind}" if kind in ("pdf", "text") else kind]
    fields = {"data": data, "context": context, "token": "-"}
    content = file_in(post_form("/report/download", fields))
    if kind == "pdf" and not content.startswith(b"%PDF"):
        raise OdooError(f"{name}: what Odoo printed is not a PDF")
    return content


def read_sale_order(order_id):
    """Read a sale order.

    order_id  Sale Order (required): id of a sale.order (23 was S00023)
    """
    return call_kw(
        "sale.order",
        "web_read",
        [[order_id]],
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


# /report/download: a route of the web client that has no equivalent method.
def print_order(order_id):
    """Print an order (sale.report_saleorder); returns the file.

    order_id  Order (required): id of a sale.order
    """
    return report_file(
        "sale.report_saleorder",
        [order_id],
        {
            **CONTEXT,
            "active_id": 23,
            "active_ids": [23],
            "active_model": "sale.order",
            "active_domain": [["user_id", "=", 2]],
        },
        "pdf",
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (SESSION_ID or (DB and LOGIN and PASSWORD)):
        sys.exit("set ODOO_DB, ODOO_LOGIN and ODOO_PASSWORD first, or ODOO_SESSION_ID")
    sale_orders = read_sale_order(23)
    order = print_order(23)
    order = save(order, "order.pdf")
    results = {"sale_orders": sale_orders, "order": order}
    print(json.dumps(results, indent=2, ensure_ascii=False))
