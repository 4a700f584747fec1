"""Which forms set more than `create` does: `create` runs defaults and computed fields, but only forms run `@api.onchange`.

A form that was recorded setting something is asked unless it has a row here. The rows were verified on live Odoo 14 and 19:
`create` alone and Odoo's own `Form` gave the same record, with values other than the recorded ones.
"""

from __future__ import annotations

from har2rpc.odoo import versions

# The form's model -> the first version from which `create` alone makes the same record.
_SAME_BY_CREATE = {
    "crm.lead": 16,
    "res.partner": versions.OLDEST,
    "sale.order": 16,
}


def is_same_by_create(model: str, major: int | None) -> bool:
    """Whether a form of this version is known to set nothing that `create` does not."""
    first = _SAME_BY_CREATE.get(model)
    return first is not None and versions.or_newest(major) >= first


def is_left_out(model: str, major: int | None) -> bool:
    """Whether a form cannot be asked through the API: invoices up to 15 hold their lines twice (`line_ids` as well).

    Their first onchange with a line answers that there is none; `create` itself makes their journal items.
    """
    return model == "account.move" and versions.form_computes_alone(major)
