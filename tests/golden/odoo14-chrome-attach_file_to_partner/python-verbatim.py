"""4 calls to Odoo, as Odoo 14's web client did it, through /jsonrpc.

Captured in odoo14-chrome-attach_file_to_partner.har.gz, calls 6, 7, 18 and 19 (entries 23, 24, 41 and 42), as user 2 on http://127.0.0.1:18014.

    pip install requests
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python odoo_calls.py --write --file FILE
"""

import base64
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


def from_file(option, is_text=False):
    """The content of the file that this option names, as base64 or as text."""
    with open(sys.argv[sys.argv.index(option) + 1], "rb") as file:
        content = file.read()
    return content.decode() if is_text else base64.b64encode(content).decode()


def read_partner():
    """res.partner.read, exactly as the web client called it."""
    return execute_kw(
        "res.partner",
        "read",
        [
            [15],
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
                "bin_size": True,
                "lang": "en_US",
                "tz": "UTC",
                "allowed_company_ids": [1],
                "params": {
                    "action": "contacts.action_contacts",
                    "cids": 1,
                    "id": 15,
                    "model": "res.partner",
                    "view_type": "form",
                },
                "default_is_company": True,
            },
        },
    )


def read_partner_2():
    """res.partner.read, exactly as the web client called it."""
    return execute_kw(
        "res.partner",
        "read",
        [
            [34],
            [
                "id",
                "color",
                "name",
                "title",
                "type",
                "email",
                "parent_id",
                "is_company",
                "function",
                "phone",
                "street",
                "street2",
                "zip",
                "city",
                "country_id",
                "mobile",
                "state_id",
                "image_128",
                "lang",
                "comment",
                "display_name",
            ],
        ],
        {
            "context": {
                "lang": "en_US",
                "tz": "UTC",
                "allowed_company_ids": [1],
                "params": {
                    "action": "contacts.action_contacts",
                    "cids": 1,
                    "id": 15,
                    "model": "res.partner",
                    "view_type": "form",
                },
                "default_is_company": True,
                "default_parent_id": 15,
                "default_street": "1337 N San Joaquin St",
                "default_street2": False,
                "default_city": "Stockton",
                "default_state_id": 13,
                "default_zip": "95202",
                "default_country_id": 233,
                "default_lang": None,
                "default_user_id": False,
                "default_type": "other",
            },
        },
    )


def create_attachment(file):
    """ir.attachment.create, exactly as the web client called it.

    file  File (required, label guessed): a file as base64 text, not copied from the
          capture
    """
    return execute_kw(
        "ir.attachment", "create", [{"name": "offer.txt", "datas": file}], {}
    )


def message_post_partner():
    """res.partner.message_post, exactly as the web client called it."""
    return execute_kw(
        "res.partner",
        "message_post",
        [15],
        {
            "attachment_ids": [422],
            "body": "The offer, as agreed",
            "channel_ids": [],
            "message_type": "comment",
            "partner_ids": [15],
            "subtype_xmlid": "mail.mt_comment",
            "context": {
                "mail_post_autofollow": True,
                "lang": "en_US",
                "tz": "UTC",
                "allowed_company_ids": [1],
            },
        },
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit(
            "this would change Odoo (create attachment, and 1 more): run it with --write",
        )
    if "--file" not in sys.argv[1:-1]:
        sys.exit("which file? --file FILE")
    partners = read_partner()
    partners_2 = read_partner_2()
    attachment_id = create_attachment(from_file("--file"))
    message_post_partner()
    results = {
        "partners": partners,
        "partners_2": partners_2,
        "attachment_id": attachment_id,
    }
    print(json.dumps(results, indent=2, ensure_ascii=False))
