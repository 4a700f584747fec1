"""Read partner and write partner, as Odoo 14's web client did it, through /jsonrpc.

Captured in odoo14-chrome-edit_partner.har, calls 6 and 31 (entries 22 and 57), as user 2 on http://127.0.0.1:18014.

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


def read_partner():
    """res.partner.read, exactly as the web client called it."""
    return execute_kw(
        "res.partner",
        "read",
        [
            [14],
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


def write_partner():
    """res.partner.write, exactly as the web client called it."""
    return execute_kw(
        "res.partner",
        "write",
        [[14], {"phone": "+1 555 0199", "category_id": [[6, False, [5, 2]]]}],
        {
            "context": {
                **CONTEXT,
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


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit("this would change Odoo (write partner): run it with --write")
    partners = read_partner()
    write_partner()
    print(json.dumps(partners, indent=2, ensure_ascii=False))
