"""Read partners and update partner phone, as Odoo's web client did it, through a session of the web client.

Captured in synthetic-dataset_call.har, calls 1 and 3 (entries 1 and 3), as user 2 on https://odoo.example.com.

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

URL = os.environ.get("ODOO_URL", "https://odoo.example.com")
DB = os.environ.get("ODOO_DB", "")  # not in the capture: Odoo shows it with ?debug=1
LOGIN = os.environ.get("ODOO_LOGIN", "")
PASSWORD = os.environ.get("ODOO_PASSWORD", "")
SESSION_ID = os.environ.get("ODOO_SESSION_ID", "")  # instead of login and password


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


# /web/dataset/call -> the same method with the same arguments.
def read_partners(partner_ids):
    """Read these partners.

    partner_ids  Partner IDs (required): ids of res.partner records
    """
    return call_kw("res.partner", "read", [partner_ids, ["name", "phone"]], {})


# /web/dataset/call -> the same method with the same arguments.
def update_partner_phone(partner_id, phone):
    """Change the phone of a partner; returns True.

    partner_id  Partner (required): id of a res.partner (14 was Azure Interior)
    phone       Phone (required, label guessed)
    """
    return call_kw("res.partner", "write", [[partner_id], {"phone": phone}], {})


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (SESSION_ID or (DB and LOGIN and PASSWORD)):
        sys.exit("set ODOO_DB, ODOO_LOGIN and ODOO_PASSWORD first, or ODOO_SESSION_ID")
    if "--write" not in sys.argv[1:]:
        sys.exit("this would change Odoo (update partner phone): run it with --write")
    partners = read_partners([14, 10])
    update_partner_phone(partner_id=14, phone="+1 555 0199")
    print(json.dumps(partners, indent=2, ensure_ascii=False))
