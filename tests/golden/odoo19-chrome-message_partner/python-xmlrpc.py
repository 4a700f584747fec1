"""Read partner and log note on partner, as Odoo 19's web client did it, through /xmlrpc/2.

Captured in odoo19-chrome-message_partner.har, calls 3 and 5 (entries 19 and 27), as user 2 on http://127.0.0.1:18019.

    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python odoo_calls.py --write
"""

import functools
import json
import os
import re
import sys
import xmlrpc.client

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
    """Sends one XML-RPC request; returns the result, or None if there is none."""
    proxy = xmlrpc.client.ServerProxy(f"{server()}/xmlrpc/2/{service}", allow_none=True)
    try:
        with proxy:
            return getattr(proxy, method)(*args)
    except xmlrpc.client.ProtocolError as error:  # redirects are not followed, either
        raise OdooError(f"{URL}: HTTP {error.errcode}: {error.errmsg}") from None
    except xmlrpc.client.Fault as fault:
        told = fault.faultString.rpartition("Traceback (most recent call last):\n")[2]
        while told.startswith("  "):  # the traceback's own lines
            told = told.partition("\n")[2]
        if "cannot marshal None" in told:  # the call is done; only its answer is lost
            if not re.search(r"in dump_(array|struct)\b", fault.faultString):
                return None
            told = "done, but XML-RPC cannot return the answer: it contains None"
        raise OdooError(told.strip()) from None


@functools.lru_cache(maxsize=None)
def uid():
    """The user id of the calls: ODOO_UID, that of ODOO_LOGIN, or the recorded one."""
    if UID or not LOGIN:
        return int(UID or CAPTURED_UID)
    return call("common", "authenticate", DB, LOGIN, API_KEY, {}) or sys.exit(
        f"{URL}: {LOGIN} was refused; with two-factor login only an API key works"
    )


def execute_kw(model, method, args, kwargs):
    return call("object", "execute_kw", DB, uid(), API_KEY, model, method, args, kwargs)


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
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit("this would change Odoo (log note on partner): run it with --write")
    partners = read_partner(15)
    log_note_on_partner(partner_id=15, body="Called back: wants two desks &amp; a lamp")
    print(json.dumps(partners, indent=2, ensure_ascii=False))
