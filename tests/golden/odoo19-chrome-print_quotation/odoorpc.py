"""Read sale order, as Odoo 19's web client did it, through OdooRPC.

Captured in odoo19-chrome-print_quotation.har, calls 3 and 5 (entries 19 and 31), as user 2 on http://127.0.0.1:18019.

    pip install "odoorpc>=0.10,<0.11"
    export ODOO_DB=... ODOO_LOGIN=...
    export ODOO_API_KEY=...                 # key: Preferences > Security > New API Key
    python read_sale_order.py
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
CONTEXT = {"lang": "en_US", "tz": "Europe/Brussels", "allowed_company_ids": [1]}


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
# duplicated_order_ids, order_line and tag_ids as bare ids, order_line in its model's
# own order, partner_id, team_id, project_id and opportunity_id named without the
# client's context.
# Left out: signature (an image or file; the client asked for the size only).
# Not in this code: /report/download (odoo19-chrome-print_quotation.har#29) downloaded a
# report: sale.report_saleorder of 23; it needs a session of the web client (convert -t
# python-web); no method of the external API returns a report's file (since Odoo 14).
def read_sale_order(order_id):
    """Read a sale order.

    order_id  Sale Order (required): id of a sale.order (23 was S00023)
    """
    return execute_kw(
        "sale.order",
        "read",
        [[order_id]],
        {
            "fields": [
                "state",
                "sale_warning_text",
                "partner_credit_warning",
                "duplicated_order_ids",
                "project_count",
                "tasks_count",
                "milestone_count",
                "invoice_count",
                "name",
                "partner_id",
                "sale_order_template_id",
                "validity_date",
                "date_order",
                "currency_id",
                "pricelist_id",
                "payment_term_id",
                "order_line",
                "note",
                "tax_totals",
                "quotation_document_ids",
                "customizable_pdf_form_fields",
                "user_id",
                "team_id",
                "company_id",
                "require_signature",
                "require_payment",
                "prepayment_percent",
                "reference",
                "client_order_ref",
                "tag_ids",
                "show_update_fpos",
                "fiscal_position_id",
                "preferred_payment_method_line_id",
                "partner_invoice_id",
                "project_id",
                "journal_id",
                "invoice_status",
                "commitment_date",
                "expected_date",
                "origin",
                "opportunity_id",
                "campaign_id",
                "medium_id",
                "source_id",
                "signed_by",
                "signed_on",
                "write_date",
                "has_authorized_transaction_ids",
                "locked",
                "has_archived_products",
                "show_project_button",
                "is_product_milestone",
                "project_ids",
                "company_price_include",
                "is_pdf_quote_builder_available",
                "display_name",
            ],
            "context": CONTEXT,
        },
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and LOGIN and API_KEY):
        sys.exit("set ODOO_DB, ODOO_LOGIN and ODOO_API_KEY first")
    sale_orders = read_sale_order(23)
    print(json.dumps(sale_orders, indent=2, ensure_ascii=False))
