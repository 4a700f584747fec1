"""Orders of a point of sale: customer, lines, payments and amounts are inputs.

What the client numbers itself (the order's name, its position in the session) stays as recorded.
"""

from __future__ import annotations

from har2rpc.converting.draft import Inputs
from har2rpc.model import Input, Json, Value
from har2rpc.model.values import is_id
from har2rpc.odoo import english
from har2rpc.odoo.display_names import DisplayNames

TILL_METHODS = frozenset({"sync_from_ui", "create_from_ui"})
_COMMANDS = {"lines": "lines", "payment_ids": "payments", "statement_ids": "payments"}
_RECORDS = {
    "partner_id": "res.partner",
    "session_id": "pos.session",
    "pos_session_id": "pos.session",
    "table_id": "restaurant.table",
}
_NEW_UUID = "A new uuid4 for each order; Odoo takes one that it knows for the same order"


def till_orders(value: Value, inputs: Inputs, names: DisplayNames) -> Value:
    """The argument of such a method: each of its orders with inputs; any other value as it is."""
    if not isinstance(value, list):
        return value
    return [_order(order, inputs, names) if isinstance(order, dict) else order for order in value]


def _order(order: dict[str, Json], inputs: Inputs, names: DisplayNames) -> dict[str, Value]:
    data = order.get("data")
    if isinstance(data, dict):  # up to Odoo 17
        return {**order, "data": _order(data, inputs, names)}
    return {key: _value(key, value, inputs, names) for key, value in order.items()}


def _value(key: str, value: Json, inputs: Inputs, names: DisplayNames) -> Value:
    if key in _COMMANDS and isinstance(value, list) and value:
        return _commands(key, value, inputs)
    if key in _RECORDS and (is_id(value) or key == "partner_id"):
        return _record(key, value, inputs, names)
    label = english.label_of(key)
    is_amount = key.startswith("amount_") and type(value) in (int, float)
    if is_amount:
        return inputs.add(key, label=label, type="float", example=value, why="counted by the till")
    if key in ("uuid", "uid") and isinstance(value, str) and value:
        return inputs.add(
            key if key == "uuid" else "uuid",
            label=label,
            example=value,
            help=_NEW_UUID,
            why="the client makes one for each order",
        )
    if key in ("date_order", "creation_date") and isinstance(value, str) and value:
        return inputs.add(
            key, label=label, type="datetime", example=value, why="when it was ordered"
        )
    return value


def _commands(key: str, value: list[Json], inputs: Inputs) -> Input:
    return inputs.add(
        _COMMANDS[key],
        label=english.label_of(_COMMANDS[key]),
        type="json",
        example=value,
        help='A list of Odoo\'s commands, [0, 0, {"field": value}] for each',
        why="on the screen of the till",
    )


def _record(key: str, value: Json, inputs: Inputs, names: DisplayNames) -> Input:
    is_there = is_id(value)
    return inputs.add(
        key,
        label=english.label_of(key),
        type="many2one",
        example=value,
        required=is_there,
        default=None if is_there else False,
        relation=_RECORDS[key],
        help=names.id_help(_RECORDS[key], "id", value) if is_there else "",
        why="on the screen of the till",
    )
