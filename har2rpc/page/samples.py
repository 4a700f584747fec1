"""The samples that the page offers: our own recordings on a demo database."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent

SAMPLES: Mapping[str, str] = {
    "odoo19-chrome-search_partner_by_phone.har": "Search partners by phone",
    "odoo19-chrome-create_partner.har": "Create a partner",
    "odoo19-chrome-create_and_confirm_sale_order.har": "Create and confirm a sale order",
}
"""By file name: what was done in it."""


def samples_folder() -> Path | None:
    """Inside the package in a wheel, next to it in a checkout; None if neither has them."""
    folders = (_PACKAGE / "samples", _PACKAGE.parent / "samples")
    return next((folder for folder in folders if (folder / next(iter(SAMPLES))).is_file()), None)
