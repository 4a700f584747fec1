"""4 calls to Odoo, as Odoo 14's web client did it, through JSON-2.

Captured in odoo14-chrome-attach_file_to_partner.har.gz, calls 6, 7, 18 and 19 (entries 23, 24, 41 and 42), as user 2 on http://127.0.0.1:18014.

Captured from Odoo 14, which has no JSON-2; Odoo 19 introduced it.

    pip install requests
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python odoo_calls.py --write --file FILE
"""

import base64
import json
import os
import re
import sys
from urllib.parse import quote

import requests

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18014")
DB = os.environ.get("ODOO_DB", "odoo14")
API_KEY = os.environ.get("ODOO_API_KEY", "")  # a key: JSON-2 does not accept passwords


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


def call(model, method, arguments):
    """Sends one JSON-2 request (Odoo 19 and later); the key identifies the user."""
    if arguments.get("ids", True) in (None, False, [], [None], [False]):
        # Odoo would do nothing and return true.
        raise OdooError(f"{model}.{method}: no ids")
    response = requests.post(
        f"{server()}/json/2/{quote(model, safe='')}/{quote(method, safe='')}",
        json=arguments,
        headers={"Authorization": f"bearer {API_KEY}", "X-Odoo-Database": DB},
        timeout=60,
        allow_redirects=False,
    )
    if response.is_redirect:  # following it could send the key to another server
        raise OdooError(f"{URL} redirects to {response.headers['Location']!r}")
    if not response.ok:
        try:
            error = response.json()
        except ValueError:  # no such database, or an Odoo without JSON-2: a page
            response.raise_for_status()
        raise OdooError(f"{error.get('name')}: {error.get('message')}")
    return response.json()


def from_file(option, is_text=False):
    """The content of the file that this option names, as base64 or as text."""
    with open(sys.argv[sys.argv.index(option) + 1], "rb") as file:
        content = file.read()
    return content.decode() if is_text else base64.b64encode(content).decode()


# Left out: image_1920 (an image or file; the client asked for the size only).
def read_partner(partner_id):
    """Read a partner.

    partner_id  Partner (required): id of a res.partner (15 was Lumber Inc)
    """
    return call(
        "res.partner",
        "read",
        {
            "ids": [partner_id],
            "fields": [
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
            "context": {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]},
        },
    )


def read_partner_with_image_128(partner_id):
    """Read a partner.

    partner_id  Partner (required): id of a res.partner (34 was Lumber Inc, Lorraine
                Douglas)
    """
    return call(
        "res.partner",
        "read",
        {
            "ids": [partner_id],
            "fields": [
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
            "context": {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]},
        },
    )


# /web/binary/upload_attachment -> create of ir.attachment: pass the file; returns the
# attachment's id.
def attach_file_to_partner(name, file, partner_id):
    """Attach a file to a partner; returns the attachment's id.

    name        Name (required, label guessed)
    file        File (required, label guessed): a file as base64 text, not copied from
                the capture
    partner_id  Partner (required): id of a res.partner; without one only its creator
                can read the file
    """
    created = call(
        "ir.attachment",
        "create",
        {
            "vals_list": [
                {
                    "name": name,
                    "datas": file,
                    "res_model": "res.partner",
                    "res_id": partner_id,
                },
            ],
        },
    )
    return created[0]  # JSON-2 returns a list even for one record


def post_message_on_partners(partner_id, attachment_ids, body, partner_ids):
    """Post a message on these partners.

    partner_id      Partner (required): id of a res.partner (15 was Lumber Inc)
    attachment_ids  Attachment (required): ids of ir.attachment records
    body            Body (required, label guessed)
    partner_ids     Partner (required): ids of res.partner records
    """
    return call(
        "res.partner",
        "message_post",
        {
            "ids": [partner_id],
            "attachment_ids": attachment_ids,
            "body": body,
            "channel_ids": [],
            "message_type": "comment",
            "partner_ids": partner_ids,
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
            "this would change Odoo (attach file to partner, and 1 more): run it with --write",
        )
    if "--file" not in sys.argv[1:-1]:
        sys.exit("which file? --file FILE")
    partners = read_partner(15)
    partners_2 = read_partner_with_image_128(34)
    attachment_id = attach_file_to_partner(
        name="offer.txt", file=from_file("--file"), partner_id=15
    )
    post_message_on_partners(
        partner_id=15,
        attachment_ids=[attachment_id],
        body="The offer, as agreed",
        partner_ids=[15],
    )
    results = {
        "partners": partners,
        "partners_2": partners_2,
        "attachment_id": attachment_id,
    }
    print(json.dumps(results, indent=2, ensure_ascii=False))
