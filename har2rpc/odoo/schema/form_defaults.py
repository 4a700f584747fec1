"""What the forms of official modules fill in by themselves, for captures that begin after a form was opened.

Source: the defaults and computed fields that real Odoo 14 and 19 servers answered to the first `onchange` of their
forms for partners, leads, orders, invoices, transfers, projects and tasks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from har2rpc.model import Json
from har2rpc.odoo import versions

_NEEDED = frozenset({"name", "login"})
_NEEDED_OF = {
    "mail.activity": frozenset({"res_id"})
}  # it belongs to one record: never to the recorded one by default

_FILLED_IN = frozenset("""
    active company_id currency_id user_id team_id pricelist_id fiscal_position_id payment_term_id
    invoice_payment_term_id partner_invoice_id partner_shipping_id warehouse_id journal_id picking_type_id
    location_id location_dest_id partner_bank_id company_currency_id resource_calendar_id date_order invoice_date_due
    date_planned require_signature require_payment prepayment_percent picking_policy move_type state priority
    tz notification_type sequence
    """.split())
_UNTOUCHED = {"priority": "0"}
"""Of fields that a form shows with one value, this one: any other was chosen."""
_FILLED_IN_FOR_A_PRODUCT = frozenset("""
    name price_unit technical_price_unit product_uom product_uom_id discount tax_id tax_ids taxes_id account_id
    customer_lead date_planned sequence display_type product_type product_template_id
    """.split())

# Whose value these take over, where such forms fill them in: of another customer or product there is another one.
_OF_A_PARTNER = frozenset("""
    partner_invoice_id partner_shipping_id payment_term_id invoice_payment_term_id fiscal_position_id
    pricelist_id currency_id partner_bank_id
    """.split())
_OF_A_PRODUCT = frozenset("""
    name price_unit technical_price_unit product_uom product_uom_id tax_id tax_ids taxes_id account_id customer_lead
    product_type product_template_id
    """.split())
_SWITCH = re.compile(
    r"(?:require|is|has|use|allow|can|show|enable)_\w+|\w+_(?:ok|enabled|published)|active"
)

# What `onchange_template_id` puts into the mail composer up to Odoo 15, where no method outside of the form does
# (`addons/mail/wizard/mail_compose_message.py`); its attachments are files made for the one record.
_FORM_ALONE = {"mail.compose.message": ("partner_ids", "subject", "body")}


def form_only_fields(model: str, major: int | None) -> tuple[str, ...]:
    """Fields that a form of this version fills in, and that a record made through the API is without."""
    return _FORM_ALONE.get(model, ()) if versions.form_fills_composer(major) else ()


def needed(model: str) -> frozenset[str]:
    """Fields that a new record cannot be without: some wherever a model has them, some of one model."""
    return _NEEDED | _NEEDED_OF.get(model, frozenset())


def is_switch_by_name(name: str) -> bool:
    """Whether a field is one to be switched on and off, judging by its name."""
    return bool(_SWITCH.fullmatch(name))


def followed_by(name: str, values: Mapping[str, Json]) -> str:
    """The field of the same record that a field's value belongs to; "" for one that stands for itself."""
    for source, followers in (("product_id", _OF_A_PRODUCT), ("partner_id", _OF_A_PARTNER)):
        if name in followers and values.get(source):
            return source
    return ""


def is_filled_in(name: str, values: Mapping[str, Json], *, is_line: bool = False) -> bool:
    """Whether a form that makes such a record fills in this field without anybody typing it.

    A line with a product takes its words, price and unit from the product; a record that is none has a name of its own.
    """
    if name in _FILLED_IN:
        return bool(values[name] == _UNTOUCHED.get(name, values[name]))
    if name in _NEEDED and not is_line:
        return False
    return name in _FILLED_IN_FOR_A_PRODUCT and bool(values.get("product_id"))
