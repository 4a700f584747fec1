"""Read sale order and create invoices for sale order and read invoice, as Odoo 19's web client did it, through /jsonrpc.

Captured in odoo19-chrome-invoice_sale_order.har, calls 3, 7, 8 and 10 (entries 19, 30, 31 and 33), as user 2 on http://127.0.0.1:18019.

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

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18019")
DB = os.environ.get("ODOO_DB", "odoo19")
LOGIN = os.environ.get("ODOO_LOGIN", "")  # used when ODOO_UID is not set
UID = os.environ.get("ODOO_UID", "")
CAPTURED_UID = 2
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


def opened(action):
    """Return the action if it opens a single record; raise an error otherwise."""
    if not (action and action.get("res_id")):
        raise OdooError(
            "the action does not open a single record; see in Odoo what it lists"
        )
    return action


# web_read -> read: the records are the same, but a many2one comes as [id, name],
# duplicated_order_ids, order_line and tag_ids as bare ids, order_line in its model's
# own order, partner_id, team_id, project_id and opportunity_id named without the
# client's context.
# Left out: signature (an image or file; the client asked for the size only).
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
                "project_ids",
                "is_product_milestone",
                "company_price_include",
                "is_pdf_quote_builder_available",
                "display_name",
            ],
            "context": CONTEXT,
        },
    )


# web_save without an id -> create: returns the new record's id and does not read the
# record back.
# The user entered nothing. The form's 5 values were empty or defaults (sale_order_ids,
# consolidated_billing and advance_payment_method).
# call_button -> the same method. The browser received False where no action was
# returned; the API returns the method's actual result.
def create_invoices_for_sale_order(order_id):
    """Create invoices for a sale order, through the wizard sale.advance.payment.inv;
    returns what its create_invoices returns.

    order_id  Sale Order (required): id of a sale.order (23 was S00023)
    """
    wizard_id = execute_kw(
        "sale.advance.payment.inv",
        "create",
        [{}],
        {
            "context": {
                **CONTEXT,
                "active_model": "sale.order",
                "active_id": order_id,
                "active_ids": [order_id],
            },
        },
    )
    return execute_kw(
        "sale.advance.payment.inv",
        "create_invoices",
        [[wizard_id]],
        {
            "context": {
                **CONTEXT,
                "active_model": "sale.order",
                "active_id": order_id,
                "active_ids": [order_id],
            },
        },
    )


# web_read -> read: the records are the same, but a many2one comes as [id, name],
# duplicated_ref_ids and invoice_line_ids as bare ids, invoice_line_ids in its model's
# own order, partner_id, invoice_vendor_bill_id, partner_bank_id and team_id named
# without the client's context.
# Left out: invoice_payments_widget (an image or file; the client asked for the size
# only).
def read_invoice(move_id):
    """Read an invoice.

    move_id  Account Move (required): id of an account.move (57 was Draft Invoice
             (S00023))
    """
    return execute_kw(
        "account.move",
        "read",
        [[move_id]],
        {
            "fields": [
                "authorized_transaction_ids",
                "state",
                "sale_warning_text",
                "alerts",
                "duplicated_ref_ids",
                "payment_count",
                "adjusting_entries_count",
                "adjusting_entry_origin_label",
                "adjusting_entry_origin_moves_count",
                "transaction_count",
                "sale_order_count",
                "id",
                "company_id",
                "journal_id",
                "show_name_warning",
                "posted_before",
                "move_type",
                "payment_state",
                "invoice_filter_type_domain",
                "suitable_journal_ids",
                "currency_id",
                "company_currency_id",
                "commercial_partner_id",
                "bank_partner_id",
                "display_qr_code",
                "show_reset_to_draft_button",
                "expected_currency_rate",
                "invoice_has_outstanding",
                "is_move_sent",
                "invoice_pdf_report_id",
                "need_cancel_request",
                "has_reconciled_entries",
                "restrict_mode_hash_table",
                "inalterable_hash",
                "country_code",
                "display_inactive_currency_warning",
                "statement_line_id",
                "statement_id",
                "origin_payment_id",
                "tax_country_id",
                "tax_calculation_rounding_method",
                "tax_cash_basis_created_move_ids",
                "quick_edit_mode",
                "hide_post_button",
                "quick_encoding_vals",
                "show_delivery_date",
                "is_being_sent",
                "show_update_fpos",
                "is_sale_installed",
                "highest_name",
                "name",
                "partner_id",
                "quick_edit_total_amount",
                "ref",
                "tax_cash_basis_origin_move_id",
                "invoice_vendor_bill_id",
                "invoice_date",
                "date",
                "payment_reference",
                "partner_bank_id",
                "invoice_date_due",
                "invoice_payment_term_id",
                "taxable_supply_date_placeholder",
                "taxable_supply_date",
                "delivery_date",
                "invoice_line_ids",
                "narration",
                "tax_totals",
                "amount_residual",
                "invoice_outstanding_credits_debits_widget",
                "user_id",
                "invoice_user_id",
                "team_id",
                "invoice_origin",
                "qr_code_method",
                "invoice_incoterm_placeholder",
                "invoice_incoterm_id",
                "incoterm_location",
                "fiscal_position_id",
                "preferred_payment_method_line_id",
                "invoice_source_email",
                "auto_post",
                "auto_post_until",
                "checked",
                "campaign_id",
                "medium_id",
                "source_id",
                "reversed_entry_id",
                "highlight_send_button",
                "display_send_button",
                "is_draft_duplicated_ref_ids",
                "adjusting_entries_move_ids",
                "adjusting_entry_origin_move_ids",
                "status_in_payment",
                "name_placeholder",
                "show_taxable_supply_date",
                "show_journal",
                "company_price_include",
                "display_name",
            ],
            "context": CONTEXT,
        },
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit(
            "this would change Odoo (create invoices for sale order): run it with --write",
        )
    sale_orders = read_sale_order(23)
    action = create_invoices_for_sale_order(23)
    account_moves = read_invoice(opened(action)["res_id"])
    results = {"sale_orders": sale_orders, "account_moves": account_moves}
    print(json.dumps(results, indent=2, ensure_ascii=False))
