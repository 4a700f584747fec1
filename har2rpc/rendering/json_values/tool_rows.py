"""Inputs `fields` and `limit` for tools that read rows, because a model pays for each character of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from har2rpc.model import Action, Input, Value
from har2rpc.model.values import put
from har2rpc.rendering.json_values.schema import Schema, inputs_schema

_POSITIONS = {"read": 1, "web_read": 1, "search_read": 1}
"""Where `fields` stands among the arguments: `odoo/models.py`, read(fields) behind the ids, search_read(domain, fields)."""
_LIMITED = frozenset({"search_read", "search"})
_WHY = "rows"


def row_fields(action: Action) -> tuple[str, ...]:
    """The names of the fields that it reads of each record; none where it reads no records, or all of their fields."""
    _, names = _place_of_fields(action)
    return names


def with_row_inputs(action: Action) -> Action:
    """The same action with the inputs `fields` (of the recorded ones) and `limit`, where it reads rows without them."""
    taken = {param.name for param in action.inputs}
    sent: Value = {"args": action.args, "kwargs": action.kwargs}
    inputs = list(action.inputs)
    place, names = _place_of_fields(action)
    if names and "fields" not in taken:
        fields = Input(
            name="fields",
            label="Fields",
            required=False,
            default=list(names),
            multiple=True,
            help="Only these fields; all of them by default",
            why=_WHY,
        )
        inputs.append(fields)
        sent = put(sent, place, fields)
    if action.method in _LIMITED and "limit" not in taken and not sent["kwargs"].get("limit"):
        limit = Input(
            name="limit",
            label="Limit",
            type="integer",
            required=False,
            help="At most this many records",
            why="paging",
        )
        inputs.append(limit)
        sent = {**sent, "kwargs": {**sent["kwargs"], "limit": limit}}
    return replace(action, args=sent["args"], kwargs=sent["kwargs"], inputs=tuple(inputs))


def tool_schema(inputs: Sequence[Input]) -> Schema:
    """What a tool takes. The names that `fields` may hold stand in it once, and its default is what they are together."""
    schema = inputs_schema([param for param in inputs if param.why != _WHY])
    for param in inputs:
        if param.why == _WHY:
            schema["properties"][param.name] = {
                "title": param.label,
                "type": "array",
                "items": {"type": "string", "enum": param.default},
                "minItems": 1,
                "description": param.help,
            }
    return schema


def _place_of_fields(action: Action) -> tuple[tuple[str | int, ...], tuple[str, ...]]:
    """Where the names of the fields stand, and they; both empty where there are none."""
    position = _POSITIONS.get(action.method)
    if position is None or action.returns != "records":
        return (), ()
    place: tuple[str | int, ...] = ("kwargs", "fields")
    value: Value = action.kwargs.get("fields") if isinstance(action.kwargs, dict) else None
    if value is None and isinstance(action.args, list) and len(action.args) > position:
        place, value = ("args", position), action.args[position]
    if isinstance(value, Input) and value.why == _WHY:
        value = value.default
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        return (), ()
    return place, tuple(dict.fromkeys(value))
