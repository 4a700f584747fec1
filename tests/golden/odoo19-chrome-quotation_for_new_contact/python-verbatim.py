"""4 calls to Odoo, as Odoo 19's web client did it, through /jsonrpc.

Captured in odoo19-chrome-quotation_for_new_contact.har, calls 9, 11, 34 and 35 (entries 29, 34, 57 and 60), as user 2 on http://127.0.0.1:18019.

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


def web_save_partner():
    """res.partner.web_save, exactly as the web client called it."""
    return execute_kw(
        "res.partner",
        "web_save",
        [
            [],
            {
                "image_1920": False,
                "company_type": "company",
                "name": "Marta Nowak",
                "email": "marta.nowak@example.com",
                "phone": "+48 22 555 01 04",
                "parent_id": False,
                "company_name": False,
                "street": False,
                "street2": False,
                "city": False,
                "state_id": False,
                "zip": False,
                "country_id": False,
                "function": False,
                "vat": False,
                "website": False,
                "lang": "en_US",
                "category_id": [],
                "properties": [],
                "child_ids": [],
                "user_id": False,
                "property_payment_term_id": False,
                "property_inbound_payment_method_line_id": False,
                "property_supplier_payment_term_id": False,
                "property_outbound_payment_method_line_id": False,
                "property_account_position_id": False,
                "company_registry": False,
                "ref": False,
                "company_id": False,
                "industry_id": False,
                "global_location_number": False,
                "bank_ids": [],
                "ignore_abnormal_invoice_amount": False,
                "ignore_abnormal_invoice_date": False,
                "invoice_sending_method": False,
                "invoice_edi_format": False,
                "invoice_template_pdf_report_id": False,
                "peppol_eas": False,
                "peppol_endpoint": False,
                "use_partner_credit_limit": False,
                "credit_limit": 0,
                "comment": False,
            },
        ],
        {
            "specification": {
                "same_vat_partner_id": {
                    "fields": {"display_name": {}},
                    "context": {"show_address": False, "show_vat": False},
                },
                "vat_label": {},
                "same_company_registry_partner_id": {
                    "fields": {"display_name": {}},
                    "context": {"show_address": False, "show_vat": False},
                },
                "company_registry_label": {},
                "duplicate_bank_partner_ids": {"fields": {"display_name": {}}},
                "opportunity_count": {},
                "sale_order_count": {},
                "currency_id": {"fields": {}},
                "total_invoiced": {},
                "supplier_invoice_count": {},
                "meeting_count": {},
                "task_count": {},
                "payment_token_count": {},
                "image_1920": {},
                "write_date": {},
                "avatar_128": {},
                "company_type": {},
                "name": {},
                "is_blacklisted": {},
                "email": {},
                "phone_blacklisted": {},
                "phone": {},
                "phone_sanitized": {},
                "parent_id": {
                    "fields": {"display_name": {}},
                    "context": {"default_is_company": True, "show_address": False},
                },
                "company_name": {},
                "type_address_label": {},
                "street": {},
                "street2": {},
                "city": {},
                "state_id": {"fields": {"display_name": {}}},
                "zip": {},
                "country_id": {"fields": {"display_name": {}}},
                "function": {},
                "partner_vat_placeholder": {},
                "vat": {},
                "website": {},
                "lang": {},
                "category_id": {"fields": {"display_name": {}, "color": {}}},
                "properties": {},
                "child_ids": {
                    "fields": {
                        "color": {},
                        "type": {},
                        "is_company": {},
                        "avatar_128": {},
                        "write_date": {},
                        "name": {},
                        "email": {},
                        "phone": {},
                        "function": {},
                        "city": {},
                        "country_id": {"fields": {"display_name": {}}},
                        "image_1920": {},
                        "type_address_label": {},
                        "street": {},
                        "street2": {},
                        "state_id": {"fields": {}},
                        "zip": {},
                        "company_id": {"fields": {}},
                        "global_location_number": {},
                        "fiscal_country_codes": {},
                        "comment": {},
                        "lang": {},
                        "user_ids": {},
                    },
                    "limit": 40,
                },
                "user_id": {"fields": {"display_name": {}}},
                "property_payment_term_id": {"fields": {"display_name": {}}},
                "property_inbound_payment_method_line_id": {
                    "fields": {"display_name": {}},
                },
                "property_supplier_payment_term_id": {"fields": {"display_name": {}}},
                "property_outbound_payment_method_line_id": {
                    "fields": {"display_name": {}},
                },
                "property_account_position_id": {"fields": {"display_name": {}}},
                "company_registry_placeholder": {},
                "partner_company_registry_placeholder": {},
                "company_registry": {},
                "ref": {},
                "company_id": {"fields": {"display_name": {}}},
                "industry_id": {"fields": {"display_name": {}}},
                "global_location_number": {},
                "bank_ids": {
                    "fields": {
                        "display_name": {},
                        "color": {},
                        "allow_out_payment": {},
                    },
                },
                "ignore_abnormal_invoice_amount": {},
                "ignore_abnormal_invoice_date": {},
                "invoice_sending_method": {},
                "invoice_edi_format": {},
                "invoice_template_pdf_report_id": {"fields": {"display_name": {}}},
                "available_peppol_eas": {},
                "peppol_eas": {},
                "peppol_endpoint": {},
                "credit": {},
                "days_sales_outstanding": {},
                "use_partner_credit_limit": {},
                "credit_limit": {},
                "comment": {},
                "active": {},
                "is_company": {},
                "type": {},
                "user_ids": {},
                "active_lang_count": {},
                "properties_base_definition_id": {"fields": {"display_name": {}}},
                "display_invoice_edi_format": {},
                "available_invoice_template_pdf_report_ids": {},
                "display_invoice_template_pdf_report_id": {},
                "show_credit_limit": {},
                "display_name": {},
            },
            "context": {**CONTEXT, "default_is_company": True},
        },
    )


def web_search_read_sale_order():
    """sale.order.web_search_read, exactly as the web client called it."""
    return execute_kw(
        "sale.order",
        "web_search_read",
        [],
        {
            "specification": {
                "message_needaction": {},
                "currency_id": {"fields": {}},
                "name": {},
                "create_date": {},
                "commitment_date": {},
                "expected_date": {},
                "partner_id": {"fields": {"display_name": {}}},
                "user_id": {"fields": {"display_name": {}}},
                "activity_ids": {"fields": {}},
                "activity_exception_decoration": {},
                "activity_exception_icon": {},
                "activity_state": {},
                "activity_summary": {},
                "activity_type_icon": {},
                "activity_type_id": {"fields": {"display_name": {}}},
                "team_id": {"fields": {"display_name": {}}},
                "company_id": {"fields": {"display_name": {}}},
                "amount_untaxed": {},
                "amount_tax": {},
                "amount_total": {},
                "tag_ids": {"fields": {"display_name": {}, "color": {}}},
                "state": {},
                "invoice_status": {},
                "client_order_ref": {},
                "validity_date": {},
            },
            "offset": 0,
            "order": "",
            "limit": 80,
            "count_limit": 10001,
            "domain": [["user_id", "=", 2]],
            "context": {**CONTEXT, "bin_size": True},
        },
    )


def web_save_sale_order():
    """sale.order.web_save, exactly as the web client called it."""
    return execute_kw(
        "sale.order",
        "web_save",
        [
            [],
            {
                "partner_id": 144,
                "sale_order_template_id": False,
                "validity_date": "2026-12-25",
                "date_order": "2026-11-25 16:56:55",
                "pricelist_id": False,
                "payment_term_id": False,
                "order_line": [
                    [
                        0,
                        "virtual_65",
                        {
                            "display_type": False,
                            "product_custom_attribute_value_ids": [],
                            "product_no_variant_attribute_value_ids": [],
                            "technical_price_unit": 40,
                            "linked_line_id": False,
                            "combo_item_id": False,
                            "selected_combo_items": False,
                            "virtual_id": False,
                            "linked_virtual_id": False,
                            "is_optional": False,
                            "collapse_composition": False,
                            "collapse_prices": False,
                            "sequence": 10,
                            "product_id": 6,
                            "product_template_id": 6,
                            "name": "[FURN_8888] Office Lamp",
                            "product_uom_qty": 3,
                            "qty_delivered": 0,
                            "customer_lead": 0,
                            "price_unit": 40,
                            "tax_ids": [],
                            "product_document_ids": [],
                            "invoice_lines": [],
                        },
                    ],
                    [
                        0,
                        "virtual_74",
                        {
                            "display_type": False,
                            "product_custom_attribute_value_ids": [],
                            "product_no_variant_attribute_value_ids": [],
                            "technical_price_unit": 320,
                            "linked_line_id": False,
                            "combo_item_id": False,
                            "selected_combo_items": False,
                            "virtual_id": False,
                            "linked_virtual_id": False,
                            "is_optional": False,
                            "collapse_composition": False,
                            "collapse_prices": False,
                            "sequence": 11,
                            "product_id": 20,
                            "product_template_id": 11,
                            "name": "[E-COM07] Large Cabinet",
                            "product_uom_qty": 2,
                            "qty_delivered": 0,
                            "customer_lead": 0,
                            "price_unit": 320,
                            "tax_ids": [],
                            "product_document_ids": [],
                            "invoice_lines": [],
                        },
                    ],
                ],
                "note": False,
                "quotation_document_ids": [],
                "customizable_pdf_form_fields": False,
                "user_id": 2,
                "team_id": 1,
                "company_id": 1,
                "require_signature": True,
                "require_payment": True,
                "prepayment_percent": 1,
                "client_order_ref": False,
                "tag_ids": [],
                "show_update_fpos": False,
                "fiscal_position_id": False,
                "preferred_payment_method_line_id": False,
                "partner_invoice_id": 144,
                "project_id": False,
                "journal_id": False,
                "commitment_date": False,
                "origin": False,
                "opportunity_id": False,
                "campaign_id": False,
                "medium_id": False,
                "source_id": False,
                "signed_by": False,
                "signed_on": False,
                "signature": False,
            },
        ],
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
                        "state": {},
                        "sale_line_warn_msg": {},
                        "is_product_archived": {},
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
                "is_product_milestone": {},
                "project_ids": {},
                "company_price_include": {},
                "is_pdf_quote_builder_available": {},
                "display_name": {},
            },
            "context": CONTEXT,
        },
    )


# call_button -> the same method. The browser received False where no action was
# returned; the API returns the method's actual result.
def action_confirm_sale_order():
    """sale.order.action_confirm, exactly as the web client called it."""
    return execute_kw(
        "sale.order",
        "action_confirm",
        [[23]],
        {"context": {**CONTEXT, "validate_analytic": True}},
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit(
            "this would change Odoo (web save partner, and 2 more): run it with --write"
        )
    web_save_partner()
    result_2 = web_search_read_sale_order()
    web_save_sale_order()
    action_confirm_sale_order()
    print(json.dumps(result_2, indent=2, ensure_ascii=False))
