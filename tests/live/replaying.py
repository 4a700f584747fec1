"""What of a recording is a read, what changes something, and what had been done before it began: told by hand."""

from __future__ import annotations

import re
from pathlib import Path

from generated.recorded import CAPTURES, Recorded, files_in, recorded, samples

from live.server import Server

_READS = re.compile(
    r"^(web_)?(search|read|name_search|name_get|get_|has_|fields_get|onchange|default_get)"
    r"|^(formatted_read_group|action_get|autocomplete|autocomplete_by_name|message_fetch|load_views"
    r"|activity_format|systray_get_activities)"
)
# The client did these by itself; nothing in the recordings depends on them.
LEFT_ALONE = {
    "iap_enrich_auto": "iap_enrich_auto asks a service outside",
    "channel_fetched": "channel_fetched notes that a chat was shown",
    "lazy_session_info": "lazy_session_info is for a browser's session",
}


def made_a_flower_shop(server: Server) -> None:
    """The one record with an emoji: the demo data has none."""
    values = {"name": "Flower shop 🌷 Tulipe", "phone": "+31 20 555 01 03"}
    server.ask("res.partner", "create", values)


def sold_a_service(server: Server) -> None:
    """An order that can be invoiced at once."""
    [product] = server.ask("product.product", "search", [["type", "=", "service"]], limit=1)
    line = {"product_id": product, "product_uom_qty": 2, "price_unit": 75, "qty_delivered": 2}
    values = {"partner_id": 15, "order_line": [[0, 0, line]]}
    server.ask("sale.order", "action_confirm", [server.ask("sale.order", "create", values)])


def made_a_quotation(server: Server) -> None:
    """The one that is printed."""
    codes = ("FURN_8888", "E-COM07")
    products = [server.ask("product.product", "search", [["default_code", "=", x]]) for x in codes]
    lines = [[0, 0, {"product_id": ids[0], "product_uom_qty": 1}] for ids in products]
    [partner] = server.ask("res.partner", "search", [["name", "=", "Azure Interior"]])
    server.ask("sale.order", "create", {"partner_id": partner, "order_line": lines})


# What had been done before the recording began.
BEFORE = {
    "odoo19-chrome-invoice_sale_order": sold_a_service,
    "odoo19-chrome-search_emoji": made_a_flower_shop,
    "odoo19-chrome-preferences": Server.log_in,
    "odoo19-chrome-print_quotation": made_a_quotation,
}


def is_change(call: Recorded) -> bool:
    """Whether running it changes what later calls find."""
    return not _READS.match(call.method) and call.method not in LEFT_ALONE


def changes_something(path: Path) -> bool:
    """Whether a recording's replay leaves the database another than before."""
    return path.stem in BEFORE or any(map(is_change, recorded(path)))


def recordings(major: int) -> list[Path]:
    """All captures and samples of a version; those that change something come last, for each needs a reset behind it."""
    own = [path for path in samples() if path.name.startswith(f"odoo{major}")]
    return sorted([*files_in(CAPTURES / f"odoo{major}"), *own], key=changes_something)
