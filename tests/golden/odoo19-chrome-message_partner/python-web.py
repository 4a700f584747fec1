"""Read partner and log note on partner, as Odoo 19's web client did it, through a session of the web client.

Captured in odoo19-chrome-message_partner.har, calls 3 and 5 (entries 19 and 27), as user 2 on http://127.0.0.1:18019.

    pip install requests
    export ODOO_DB=... ODOO_LOGIN=... ODOO_PASSWORD=...  # an API key cannot log in here
    # with two-factor login instead: ODOO_SESSION_ID=..., the browser's cookie session_id
    python odoo_calls.py --write
"""

import functools
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
CONTEXT = {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}


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


def read_partner(partner_id):
    """Read a partner.

    partner_id  Partner (required): id of a res.partner (15 was Azure Interior)
    """
    return call_kw(
        "res.partner",
        "web_read",
        [[partner_id]],
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


# /mail/message/post -> message_post: returns a list with the new message's id; `body`
# is HTML (body_is_html: Odoo 17 and later, internal users only).
def log_note_on_partner(partner_id, body):
    """Log an internal note on a partner.

    partner_id  Partner (required): id of a res.partner (15 was Azure Interior)
    body        Body (required, label guessed): hTML, in which &, < and > of a text are
                escapes (body_is_html says that it is)
    """
    return call_kw(
        "res.partner",
        "message_post",
        [[partner_id]],
        {
            "body": body,
            "message_type": "comment",
            "subtype_xmlid": "mail.mt_note",
            "body_is_html": True,
            "context": CONTEXT,
        },
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (SESSION_ID or (DB and LOGIN and PASSWORD)):
        sys.exit("set ODOO_DB, ODOO_LOGIN and ODOO_PASSWORD first, or ODOO_SESSION_ID")
    if "--write" not in sys.argv[1:]:
        sys.exit("this would change Odoo (log note on partner): run it with --write")
    partners = read_partner(15)
    log_note_on_partner(partner_id=15, body="Called back: wants two desks &amp; a lamp")
    print(json.dumps(partners, indent=2, ensure_ascii=False))
