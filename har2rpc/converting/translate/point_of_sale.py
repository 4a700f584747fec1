"""Orders of a point of sale: values that the client generates for each order are left out, or become inputs.

Source: 15-17 `addons/point_of_sale/models/pos_order.py` (`create_from_ui`, orders in `data`), 18 and 19 (`sync_from_ui`): an
order is known by its `uuid`, so that one sent twice is one. From 19 on Odoo makes what is left out; before it does not.
"""

from __future__ import annotations

from typing import Any

from har2rpc.converting.draft import Draft
from har2rpc.converting.translate.named_args import replaced
from har2rpc.model import Capture, Json
from har2rpc.odoo import versions
from har2rpc.odoo.english import listed
from har2rpc.odoo.schema.commands import parse_commands

_TOKENS = ("access_token", "ticket_code")
_UUID = "uuid"
_MADE_BY_ODOO_SINCE = 19


def sync_from_ui(draft: Draft, capture: Capture) -> Draft:
    """The orders without tokens; without a `uuid` as well, where Odoo makes it, and nothing refers to one."""
    orders = draft.args[0] if draft.args else draft.kwargs.get("orders")
    if not isinstance(orders, list) or not all(isinstance(order, dict) for order in orders):
        return draft
    oldest = versions.oldest_of(capture.session.version)
    is_made = oldest is not None and oldest >= _MADE_BY_ODOO_SINCE
    left: dict[str, None] = {}
    anew = [_order(order, left, is_made=is_made) for order in orders]
    notes = []
    if left:
        whose = "Odoo creates its own" if is_made else "the client creates them anew for each order"
        notes.append(f"{listed(list(left))}: left out; {whose}.")
    if any(_UUID in _values(order) for order in anew):
        notes.append(
            "uuid: pass a new one for each order (uuid4); Odoo takes one that it knows for the same order."
        )
    args = [anew, *draft.args[1:]] if draft.args else draft.args
    kwargs = draft.kwargs if draft.args else {**draft.kwargs, "orders": anew}
    return replaced(draft, args=args, kwargs=kwargs, notes=tuple(notes))


def _values(order: dict[str, Any]) -> dict[str, Any]:
    """What an order holds: up to 17 in its `data`."""
    data = order.get("data")
    return data if isinstance(data, dict) else order


def _order(order: dict[str, Any], left: dict[str, None], *, is_made: bool) -> dict[str, Any]:
    values = _values(order)
    names = (
        {*_TOKENS, _UUID} if is_made and not values.get("relations_uuid_mapping") else {*_TOKENS}
    )
    left |= dict.fromkeys(name for name in values if name in names)
    kept = {
        name: _lines(value, left) if _UUID in names else value
        for name, value in values.items()
        if name not in names
    }
    return kept if values is order else {**order, "data": kept}


def _lines(value: Json, left: dict[str, None]) -> Json:
    """The commands of lines or payments without their uuids."""
    if not parse_commands(value):
        return value
    return [
        (
            [*command[:2], {name: item for name, item in command[2].items() if name != _UUID}]
            if len(command) > 2 and isinstance(command[2], dict)
            else command
        )
        for command in value
    ]
