"""Read partner and log note on partner, as Odoo 19's web client did it, through OdooRPC.

Captured in odoo19-chrome-message_partner.har, calls 3 and 5 (entries 19 and 27), as user 2 on http://127.0.0.1:18019.

    pip install "odoorpc>=0.10,<0.11"
    export ODOO_DB=... ODOO_LOGIN=...
    export ODOO_API_KEY=...                 # key: Preferences > Security > New API Key
    python odoo_calls.py --write
"""

import functools
import json
import os
import re
import sys
import urllib.parse
import urllib.request

import odoorpc

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18019")
DB = os.environ.get("ODOO_DB", "odoo19")
LOGIN = os.environ.get("ODOO_LOGIN", "admin")
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


class OneServer(urllib.request.HTTPRedirectHandler):
    """Follows no redirects: they could send the key to another server."""

    def redirect_request(self, *request):
        raise OdooError(f"{URL} redirects to {request[-1]!r}")


@functools.lru_cache(maxsize=None)
def connection():
    """Logged in as ODOO_LOGIN: OdooRPC asks Odoo for its version, the user's id and
    the user's context first (which `execute_kw` does not send).
    """
    place = urllib.parse.urlsplit(server())
    if place.path.strip("/"):
        sys.exit(f"{URL}: OdooRPC connects to a host and a port, not to a path")
    is_secure = place.scheme == "https"
    made = odoorpc.ODOO(
        place.hostname,
        protocol="jsonrpc+ssl" if is_secure else "jsonrpc",
        port=place.port or (443 if is_secure else 80),
        opener=urllib.request.build_opener(
            OneServer, urllib.request.HTTPCookieProcessor
        ),
    )
    try:
        made.login(DB, LOGIN, API_KEY)
    except odoorpc.error.RPCError as refusal:
        if refusal.info:
            raise in_words(refusal) from None
        sys.exit(
            f"{URL}: {LOGIN} was refused; with two-factor login only an API key works"
        )
    return made


def execute_kw(model, method, args, kwargs):
    try:
        return connection().execute_kw(model, method, args, kwargs)
    except odoorpc.error.RPCError as refusal:
        raise in_words(refusal) from None


def in_words(refusal):
    return OdooError(f"{refusal.info['data']['name']}: {refusal}")


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
    return execute_kw(
        "res.partner",
        "read",
        [[partner_id]],
        {
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
    return execute_kw(
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
    if not (DB and LOGIN and API_KEY):
        sys.exit("set ODOO_DB, ODOO_LOGIN and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit("this would change Odoo (log note on partner): run it with --write")
    partners = read_partner(15)
    log_note_on_partner(partner_id=15, body="Called back: wants two desks &amp; a lamp")
    print(json.dumps(partners, indent=2, ensure_ascii=False))
