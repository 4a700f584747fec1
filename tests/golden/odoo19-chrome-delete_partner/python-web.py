"""Create partner and delete partner and list partners, as Odoo 19's web client did it, through a session of the web client.

Captured in odoo19-chrome-delete_partner.har, calls 8, 9 and 10 (entries 28, 31 and 32), as user 2 on http://127.0.0.1:18019.

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


def given(**values):
    """The given values. None is left out: Odoo's own default applies."""
    return {name: value for name, value in values.items() if value is not None}


# web_save: the call does not read the record back.
# Only the values the user entered are sent. The form's other 40 were empty or defaults
# (company_type and lang); Odoo sets them itself.
def create_partner(name, *, phone=None):
    """Create a partner; returns its id.

    name   Name (required)
    phone  Phone
    """
    created = call_kw(
        "res.partner",
        "web_save",
        [[], given(name=name, phone=phone)],
        {"specification": {}, "context": {**CONTEXT, "default_is_company": True}},
    )
    return created[0]["id"]


def delete_partner(partner_id):
    """Delete a partner; returns True.

    partner_id  Partner (required): id of a res.partner (144 was Here Today)
    """
    return call_kw("res.partner", "unlink", [[partner_id]], {"context": CONTEXT})


# web_search_read: the records are returned; their number (`length`) is left out.
def list_partners(*, limit=80, offset=0):
    """All partners, page by page.

    limit   Limit: at most this many records
    offset  Offset: skip this many records first
    """
    found = call_kw(
        "res.partner",
        "web_search_read",
        [],
        {
            "specification": {
                "avatar_128": {},
                "write_date": {},
                "complete_name": {},
                "vat": {},
                "invoice_sending_method": {},
                "invoice_edi_format": {},
                "email": {},
                "phone": {},
                "user_id": {"fields": {"display_name": {}}},
                "activity_ids": {"fields": {}},
                "activity_exception_decoration": {},
                "activity_exception_icon": {},
                "activity_state": {},
                "activity_summary": {},
                "activity_type_icon": {},
                "activity_type_id": {"fields": {"display_name": {}}},
                "street": {},
                "city": {},
                "state_id": {"fields": {"display_name": {}}},
                "country_id": {"fields": {"display_name": {}}},
                "application_statistics": {},
                "category_id": {"fields": {"display_name": {}, "color": {}}},
                "company_id": {"fields": {"display_name": {}}},
                "properties": {},
                "properties_base_definition_id": {"fields": {"display_name": {}}},
            },
            "offset": offset,
            "order": "",
            "limit": limit,
            "count_limit": 10001,
            "domain": [],
            "context": {**CONTEXT, "bin_size": True, "default_is_company": True},
        },
    )
    return found["records"]


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (SESSION_ID or (DB and LOGIN and PASSWORD)):
        sys.exit("set ODOO_DB, ODOO_LOGIN and ODOO_PASSWORD first, or ODOO_SESSION_ID")
    if "--write" not in sys.argv[1:]:
        sys.exit(
            "this would change Odoo (create partner, and 1 more): run it with --write"
        )
    partner_id = create_partner("Here Today", phone="+32 2 555 01 99")
    delete_partner(partner_id)
    partners = list_partners()
    results = {"partner_id": partner_id, "partners": partners}
    print(json.dumps(results, indent=2, ensure_ascii=False))
