"""4 calls to Odoo, as Odoo 19's web client did it, through /jsonrpc.

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


def web_read_sale_order():
    """sale.order.web_read, exactly as the web client called it."""
    return execute_kw(
        "sale.order",
        "web_read",
        [[23]],
        {
            "specification": {
                "state": {},
                "sale_warning_text": {},
                "partner_credit_warning": {},
                "duplicated_order_ids": {"fields": {"display_name": {}}},
                "project_count": {},
                "tasks_count": {},
                "milestone_count": {},
                "invoice_count": {},
                "name": {},
                "partner_id": {
                    "fields": {"display_name": {}},
                    "context": {
                        "res_partner_search_mode": "customer",
                        "show_address": 1,
                        "show_vat": True,
                    },
                },
                "sale_order_template_id": {"fields": {"display_name": {}}},
                "validity_date": {},
                "date_order": {},
                "currency_id": {"fields": {}},
                "pricelist_id": {"fields": {}},
                "payment_term_id": {"fields": {"display_name": {}}},
                "order_line": {
                    "fields": {
                        "display_type": {},
                        "product_custom_attribute_value_ids": {},
                        "product_no_variant_attribute_value_ids": {},
                        "technical_price_unit": {},
                        "linked_line_id": {"fields": {}},
                        "combo_item_id": {"fields": {}},
                        "selected_combo_items": {},
                        "virtual_id": {},
                        "linked_virtual_id": {},
                        "is_optional": {},
                        "collapse_composition": {},
                        "collapse_prices": {},
                        "currency_id": {"fields": {}},
                        "sequence": {},
                        "product_id": {"fields": {"display_name": {}}},
                        "is_configurable_product": {},
                        "product_type": {},
                        "service_tracking": {},
                        "product_template_attribute_value_ids": {"fields": {}},
                        "translated_product_name": {},
                        "product_template_id": {"fields": {"display_name": {}}},
                        "name": {},
                        "product_uom_qty": {},
                        "qty_delivered": {},
                        "qty_invoiced": {},
                        "customer_lead": {},
                        "price_unit": {},
                        "tax_ids": {
                            "fields": {"display_name": {}},
                            "context": {"active_test": True},
                        },
                        "price_subtotal": {},
                        "price_total": {},
                        "product_document_ids": {},
                        "sale_line_warn_msg": {},
                        "is_product_archived": {},
                        "state": {},
                        "order_id": {"fields": {}},
                        "company_id": {"fields": {}},
                        "product_uom_id": {"fields": {}},
                        "product_updatable": {},
                        "is_downpayment": {},
                        "invoice_status": {},
                        "qty_delivered_method": {},
                        "tax_country_id": {"fields": {}},
                        "available_product_document_ids": {},
                        "invoice_lines": {},
                    },
                    "limit": 200,
                    "order": "sequence ASC, id ASC",
                },
                "note": {},
                "tax_totals": {},
                "quotation_document_ids": {},
                "customizable_pdf_form_fields": {},
                "user_id": {"fields": {"display_name": {}}},
                "team_id": {
                    "fields": {"display_name": {}},
                    "context": {"kanban_view_ref": "sales_team.crm_team_view_kanban"},
                },
                "company_id": {"fields": {"display_name": {}}},
                "require_signature": {},
                "require_payment": {},
                "prepayment_percent": {},
                "reference": {},
                "client_order_ref": {},
                "tag_ids": {"fields": {"display_name": {}, "color": {}}},
                "show_update_fpos": {},
                "fiscal_position_id": {"fields": {"display_name": {}}},
                "preferred_payment_method_line_id": {"fields": {"display_name": {}}},
                "partner_invoice_id": {"fields": {}},
                "project_id": {
                    "fields": {"display_name": {}},
                    "context": {"default_allow_billable": True},
                },
                "journal_id": {"fields": {"display_name": {}}},
                "invoice_status": {},
                "commitment_date": {},
                "expected_date": {},
                "origin": {},
                "opportunity_id": {
                    "fields": {"display_name": {}},
                    "context": {"default_type": "opportunity"},
                },
                "campaign_id": {"fields": {"display_name": {}}},
                "medium_id": {"fields": {"display_name": {}}},
                "source_id": {"fields": {"display_name": {}}},
                "signed_by": {},
                "signed_on": {},
                "signature": {},
                "write_date": {},
                "has_authorized_transaction_ids": {},
                "locked": {},
                "has_archived_products": {},
                "show_project_button": {},
                "project_ids": {},
                "is_product_milestone": {},
                "company_price_include": {},
                "is_pdf_quote_builder_available": {},
                "display_name": {},
            },
            "context": {**CONTEXT, "bin_size": True},
        },
    )


def web_save_invoicing_wizard():
    """sale.advance.payment.inv.web_save, exactly as the web client called it."""
    return execute_kw(
        "sale.advance.payment.inv",
        "web_save",
        [
            [],
            {
                "sale_order_ids": [[4, 23]],
                "consolidated_billing": True,
                "advance_payment_method": "delivered",
                "fixed_amount": 0,
                "amount": 0,
            },
        ],
        {
            "specification": {
                "display_draft_invoice_warning": {},
                "has_down_payments": {},
                "sale_order_ids": {},
                "count": {},
                "consolidated_billing": {},
                "advance_payment_method": {},
                "company_id": {"fields": {}},
                "currency_id": {"fields": {}},
                "fixed_amount": {},
                "amount": {},
                "amount_invoiced": {},
            },
            "context": {
                **CONTEXT,
                "active_model": "sale.order",
                "active_id": 23,
                "active_ids": [23],
            },
        },
    )


# call_button -> the same method. The browser received False where no action was
# returned; the API returns the method's actual result.
def create_invoices_invoicing_wizard():
    """sale.advance.payment.inv.create_invoices, exactly as the web client called it."""
    return execute_kw(
        "sale.advance.payment.inv",
        "create_invoices",
        [[1]],
        {
            "context": {
                **CONTEXT,
                "active_model": "sale.order",
                "active_id": 23,
                "active_ids": [23],
            },
        },
    )


def web_read_account_move():
    """account.move.web_read, exactly as the web client called it."""
    return execute_kw(
        "account.move",
        "web_read",
        [[57]],
        {
            "specification": {
                "authorized_transaction_ids": {},
                "state": {},
                "sale_warning_text": {},
                "alerts": {},
                "duplicated_ref_ids": {
                    "fields": {"display_name": {}},
                    "context": {"name_as_amount_total": True},
                },
                "payment_count": {},
                "adjusting_entries_count": {},
                "adjusting_entry_origin_label": {},
                "adjusting_entry_origin_moves_count": {},
                "transaction_count": {},
                "sale_order_count": {},
                "id": {},
                "company_id": {"fields": {"display_name": {}}},
                "journal_id": {"fields": {"display_name": {}}},
                "show_name_warning": {},
                "posted_before": {},
                "move_type": {},
                "payment_state": {},
                "invoice_filter_type_domain": {},
                "suitable_journal_ids": {},
                "currency_id": {"fields": {}},
                "company_currency_id": {"fields": {}},
                "commercial_partner_id": {"fields": {}},
                "bank_partner_id": {"fields": {}},
                "display_qr_code": {},
                "show_reset_to_draft_button": {},
                "expected_currency_rate": {},
                "invoice_has_outstanding": {},
                "is_move_sent": {},
                "invoice_pdf_report_id": {"fields": {}},
                "need_cancel_request": {},
                "has_reconciled_entries": {},
                "restrict_mode_hash_table": {},
                "inalterable_hash": {},
                "country_code": {},
                "display_inactive_currency_warning": {},
                "statement_line_id": {"fields": {}},
                "statement_id": {"fields": {}},
                "origin_payment_id": {"fields": {}},
                "tax_country_id": {"fields": {}},
                "tax_calculation_rounding_method": {},
                "tax_cash_basis_created_move_ids": {},
                "quick_edit_mode": {},
                "hide_post_button": {},
                "quick_encoding_vals": {},
                "show_delivery_date": {},
                "is_being_sent": {},
                "show_update_fpos": {},
                "is_sale_installed": {},
                "highest_name": {},
                "name": {},
                "partner_id": {
                    "fields": {"display_name": {}},
                    "context": {
                        "res_partner_search_mode": "customer",
                        "show_address": 1,
                        "default_is_company": True,
                        "show_vat": True,
                    },
                },
                "quick_edit_total_amount": {},
                "ref": {},
                "tax_cash_basis_origin_move_id": {"fields": {"display_name": {}}},
                "invoice_vendor_bill_id": {
                    "fields": {"display_name": {}},
                    "context": {"show_total_amount": True},
                },
                "invoice_date": {},
                "date": {},
                "payment_reference": {},
                "partner_bank_id": {
                    "fields": {"display_name": {}},
                    "context": {"display_account_trust": True},
                },
                "invoice_date_due": {},
                "invoice_payment_term_id": {"fields": {"display_name": {}}},
                "taxable_supply_date_placeholder": {},
                "taxable_supply_date": {},
                "delivery_date": {},
                "invoice_line_ids": {
                    "fields": {
                        "sequence": {},
                        "product_id": {"fields": {"display_name": {}}},
                        "name": {},
                        "quantity": {},
                        "product_uom_id": {"fields": {}},
                        "price_unit": {},
                        "discount": {},
                        "tax_ids": {
                            "fields": {"display_name": {}},
                            "context": {"active_test": True},
                        },
                        "deductible_amount": {},
                        "price_subtotal": {},
                        "price_total": {},
                        "partner_id": {"fields": {}},
                        "currency_id": {"fields": {}},
                        "company_id": {"fields": {}},
                        "company_currency_id": {"fields": {}},
                        "display_type": {},
                        "collapse_prices": {},
                        "collapse_composition": {},
                        "is_downpayment": {},
                        "sale_line_warn_msg": {},
                        "move_type": {},
                        "allowed_uom_ids": {},
                        "tax_calculation_rounding_method": {},
                        "account_id": {"fields": {}},
                    },
                    "context": {
                        "default_move_type": "out_invoice",
                        "default_display_type": "product",
                    },
                    "limit": 40,
                    "order": "sequence ASC, id ASC",
                },
                "narration": {},
                "tax_totals": {},
                "invoice_payments_widget": {},
                "amount_residual": {},
                "invoice_outstanding_credits_debits_widget": {},
                "user_id": {"fields": {}},
                "invoice_user_id": {"fields": {"display_name": {}}},
                "team_id": {
                    "fields": {"display_name": {}},
                    "context": {"kanban_view_ref": "sales_team.crm_team_view_kanban"},
                },
                "invoice_origin": {},
                "qr_code_method": {},
                "invoice_incoterm_placeholder": {},
                "invoice_incoterm_id": {"fields": {"display_name": {}}},
                "incoterm_location": {},
                "fiscal_position_id": {"fields": {"display_name": {}}},
                "preferred_payment_method_line_id": {"fields": {"display_name": {}}},
                "invoice_source_email": {},
                "auto_post": {},
                "auto_post_until": {},
                "checked": {},
                "campaign_id": {"fields": {"display_name": {}}},
                "medium_id": {"fields": {"display_name": {}}},
                "source_id": {"fields": {"display_name": {}}},
                "reversed_entry_id": {"fields": {"display_name": {}}},
                "highlight_send_button": {},
                "display_send_button": {},
                "is_draft_duplicated_ref_ids": {},
                "adjusting_entries_move_ids": {},
                "adjusting_entry_origin_move_ids": {},
                "status_in_payment": {},
                "name_placeholder": {},
                "show_taxable_supply_date": {},
                "show_journal": {},
                "company_price_include": {},
                "display_name": {},
            },
            "context": {
                **CONTEXT,
                "bin_size": True,
                "active_model": "sale.advance.payment.inv",
                "active_id": 1,
                "active_ids": [1],
                "default_move_type": "out_invoice",
                "default_partner_id": 15,
                "default_partner_shipping_id": 15,
                "default_invoice_payment_term_id": 6,
            },
        },
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit(
            "this would change Odoo (web save invoicing wizard, and 1 more): run it with --write",
        )
    sale_orders = web_read_sale_order()
    web_save_invoicing_wizard()
    create_invoices_invoicing_wizard()
    account_moves = web_read_account_move()
    results = {"sale_orders": sale_orders, "account_moves": account_moves}
    print(json.dumps(results, indent=2, ensure_ascii=False))
