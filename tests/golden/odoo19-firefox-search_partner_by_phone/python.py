"""List partners and search partners by phone, as Odoo 19's web client did it, through /jsonrpc.

Captured in odoo19-firefox-search_partner_by_phone.har, calls 3 and 5 (entries 17 and 42), as user 2 on http://127.0.0.1:18019.

    pip install requests
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python odoo_calls.py
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


# web_search_read -> search_read: the records are the same, but a many2one comes as [id,
# name], category_id as bare ids, and the total (`length`) is not counted.
# Left out: avatar_128 (an image or file; the client asked for the size only).
def list_partners(*, limit=80, offset=0):
    """All partners, page by page.

    limit   Limit: at most this many records
    offset  Offset: skip this many records first
    """
    return execute_kw(
        "res.partner",
        "search_read",
        [[]],
        {
            "fields": [
                "write_date",
                "complete_name",
                "vat",
                "invoice_sending_method",
                "invoice_edi_format",
                "email",
                "phone",
                "user_id",
                "activity_ids",
                "activity_exception_decoration",
                "activity_exception_icon",
                "activity_state",
                "activity_summary",
                "activity_type_icon",
                "activity_type_id",
                "street",
                "city",
                "state_id",
                "country_id",
                "application_statistics",
                "category_id",
                "company_id",
                "properties",
                "properties_base_definition_id",
            ],
            "limit": limit,
            "offset": offset,
            "context": CONTEXT,
        },
    )


# web_search_read -> search_read: the records are the same, but a many2one comes as [id,
# name], category_id as bare ids, and the total (`length`) is not counted.
# Left out: avatar_128 (an image or file; the client asked for the size only).
def search_partners_by_phone(phone, *, limit=80, offset=0):
    """Partners whose phone number contains `phone`.

    phone   Phone Number (required): part of the phone number
    limit   Limit: at most this many records
    offset  Offset: skip this many records first
    """
    return execute_kw(
        "res.partner",
        "search_read",
        [[["phone_mobile_search", "ilike", phone]]],
        {
            "fields": [
                "write_date",
                "complete_name",
                "vat",
                "invoice_sending_method",
                "invoice_edi_format",
                "email",
                "phone",
                "user_id",
                "activity_ids",
                "activity_exception_decoration",
                "activity_exception_icon",
                "activity_state",
                "activity_summary",
                "activity_type_icon",
                "activity_type_id",
                "street",
                "city",
                "state_id",
                "country_id",
                "application_statistics",
                "category_id",
                "company_id",
                "properties",
                "properties_base_definition_id",
            ],
            "limit": limit,
            "offset": offset,
            "context": CONTEXT,
        },
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    partners = list_partners()
    partners_2 = search_partners_by_phone("555")
    results = {"partners": partners, "partners_2": partners_2}
    print(json.dumps(results, indent=2, ensure_ascii=False))
