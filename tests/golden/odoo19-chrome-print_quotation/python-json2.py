"""Read sale order, as Odoo 19's web client did it, through JSON-2.

Captured in odoo19-chrome-print_quotation.har, calls 3 and 5 (entries 19 and 31), as user 2 on http://127.0.0.1:18019.

    pip install requests
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python read_sale_order.py
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
    return call(
        "sale.order",
        "read",
        {
            "ids": [order_id],
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
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    sale_orders = read_sale_order(23)
    print(json.dumps(sale_orders, indent=2, ensure_ascii=False))
