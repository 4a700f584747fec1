"""Read partner and update partner, as Odoo 14's web client did it, through a session of the web client.

Captured in odoo14-chrome-edit_partner.har, calls 6 and 31 (entries 22 and 57), as user 2 on http://127.0.0.1:18014.

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

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18014")
DB = os.environ.get("ODOO_DB", "odoo14")
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


def given(**values):
    """The given values. None is left out: Odoo's own default applies."""
    return {name: value for name, value in values.items() if value is not None}


def x2many(*commands):
    """The commands whose records were given; None (Odoo's own default) without any."""
    return [command for command in commands if None not in command] or None


def at_least_one(**values):
    """The given values of an update. Raises an error if there are none."""
    if not given(**values):
        raise OdooError("nothing to change: give at least one value")
    return given(**values)


def read_partner(partner_id):
    """Read a partner.

    partner_id  Partner (required): id of a res.partner (14 was Azure Interior)
    """
    return call_kw(
        "res.partner",
        "read",
        [
            [partner_id],
            [
                "same_vat_partner_id",
                "partner_gid",
                "additional_info",
                "opportunity_count",
                "meeting_count",
                "sale_order_count",
                "task_count",
                "currency_id",
                "total_invoiced",
                "payment_token_count",
                "image_1920",
                "__last_update",
                "is_company",
                "commercial_partner_id",
                "active",
                "company_type",
                "name",
                "parent_id",
                "company_name",
                "type",
                "street",
                "street2",
                "city",
                "state_id",
                "zip",
                "country_id",
                "vat",
                "function",
                "phone_blacklisted",
                "mobile_blacklisted",
                "phone",
                "mobile",
                "phone_sanitized",
                "user_ids",
                "is_blacklisted",
                "email",
                "website",
                "title",
                "active_lang_count",
                "lang",
                "category_id",
                "child_ids",
                "user_id",
                "team_id",
                "property_payment_term_id",
                "property_supplier_payment_term_id",
                "property_payment_method_id",
                "property_account_position_id",
                "ref",
                "company_id",
                "industry_id",
                "bank_ids",
                "property_account_receivable_id",
                "property_account_payable_id",
                "comment",
                "sale_warn",
                "sale_warn_msg",
                "invoice_warn",
                "invoice_warn_msg",
                "message_follower_ids",
                "activity_ids",
                "message_ids",
                "display_name",
            ],
        ],
        {
            "context": {
                **CONTEXT,
                "bin_size": True,
                "params": {
                    "action": "contacts.action_contacts",
                    "cids": 1,
                    "id": 14,
                    "model": "res.partner",
                    "view_type": "form",
                },
                "default_is_company": True,
            },
        },
    )


def update_partner(partner_id, *, phone=None, category_ids=None):
    """Change a partner; returns True.

    partner_id    Partner (required): id of a res.partner (14 was Azure Interior)
    phone         Phone
    category_ids  Tags: ids of res.partner.category records, which replace the existing
                  ones (5 was Services and 2 was Prospects)
    """
    return call_kw(
        "res.partner",
        "write",
        [
            [partner_id],
            at_least_one(phone=phone, category_id=x2many([6, 0, category_ids])),
        ],
        {"context": CONTEXT},
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (SESSION_ID or (DB and LOGIN and PASSWORD)):
        sys.exit("set ODOO_DB, ODOO_LOGIN and ODOO_PASSWORD first, or ODOO_SESSION_ID")
    if "--write" not in sys.argv[1:]:
        sys.exit("this would change Odoo (update partner): run it with --write")
    partners = read_partner(14)
    update_partner(14, phone="+1 555 0199", category_ids=[5, 2])
    print(json.dumps(partners, indent=2, ensure_ascii=False))
