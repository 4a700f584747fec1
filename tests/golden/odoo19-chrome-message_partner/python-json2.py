"""Read partner and log note on partner, as Odoo 19's web client did it, through JSON-2.

Captured in odoo19-chrome-message_partner.har, calls 3 and 5 (entries 19 and 27), as user 2 on http://127.0.0.1:18019.

    pip install requests
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python odoo_calls.py --write
"""

import json
import os
import re
import sys
from urllib.parse import quote

import requests

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18019")
DB = os.environ.get("ODOO_DB", "odoo19")
API_KEY = os.environ.get("ODOO_API_KEY", "")  # a key: JSON-2 does not accept passwords

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


# web_read -> read: the records are the same, but a many2one comes as [id, name],
# duplicate_bank_partner_ids, category_id, child_ids and bank_ids as bare ids,
# same_vat_partner_id, same_company_registry_partner_id and parent_id named without the
# client's context.
# Left out: image_1920 and avatar_128 (images or files; the client asked for the size
# only).
def read_partner(partner_id):
    """Read a partner.

    partner_id  Partner (required): id of a res.partner (15 was Azure Interior)
    """
    return call(
        "res.partner",
        "read",
        {
            "ids": [partner_id],
            "fields": [
                "same_vat_partner_id",
                "vat_label",
                "same_company_registry_partner_id",
                "company_registry_label",
                "duplicate_bank_partner_ids",
                "opportunity_count",
                "sale_order_count",
                "currency_id",
                "total_invoiced",
                "supplier_invoice_count",
                "meeting_count",
                "task_count",
                "payment_token_count",
                "write_date",
                "company_type",
                "name",
                "is_blacklisted",
                "email",
                "phone_blacklisted",
                "phone",
                "phone_sanitized",
                "parent_id",
                "company_name",
                "type_address_label",
                "street",
                "street2",
                "city",
                "state_id",
                "zip",
                "country_id",
                "function",
                "partner_vat_placeholder",
                "vat",
                "website",
                "lang",
                "category_id",
                "properties",
                "child_ids",
                "user_id",
                "property_payment_term_id",
                "property_inbound_payment_method_line_id",
                "property_supplier_payment_term_id",
                "property_outbound_payment_method_line_id",
                "property_account_position_id",
                "company_registry_placeholder",
                "partner_company_registry_placeholder",
                "company_registry",
                "ref",
                "company_id",
                "industry_id",
                "global_location_number",
                "bank_ids",
                "ignore_abnormal_invoice_amount",
                "ignore_abnormal_invoice_date",
                "invoice_sending_method",
                "invoice_edi_format",
                "invoice_template_pdf_report_id",
                "available_peppol_eas",
                "peppol_eas",
                "peppol_endpoint",
                "credit",
                "days_sales_outstanding",
                "use_partner_credit_limit",
                "credit_limit",
                "comment",
                "active",
                "is_company",
                "type",
                "user_ids",
                "active_lang_count",
                "properties_base_definition_id",
                "display_invoice_edi_format",
                "available_invoice_template_pdf_report_ids",
                "display_invoice_template_pdf_report_id",
                "show_credit_limit",
                "display_name",
            ],
            "context": CONTEXT,
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
    return call(
        "res.partner",
        "message_post",
        {
            "ids": [partner_id],
            "body": body,
            "message_type": "comment",
            "subtype_xmlid": "mail.mt_note",
            "body_is_html": True,
            "context": CONTEXT,
        },
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit("this would change Odoo (log note on partner): run it with --write")
    partners = read_partner(15)
    log_note_on_partner(partner_id=15, body="Called back: wants two desks &amp; a lamp")
    print(json.dumps(partners, indent=2, ensure_ascii=False))
