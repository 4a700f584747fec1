"""The result of a call as JSON Schema: records with the requested fields, in the form that `read` returns.

Source: `convert_to_read` of the fields in odoo/fields.py (14 to 18) and odoo/orm/fields_*.py (19).
"""

from __future__ import annotations

from har2rpc.model import Action
from har2rpc.rendering.json_values.schema import Schema
from har2rpc.rendering.results import is_import

_FALSE: Schema = {"type": "boolean", "const": False, "description": "Empty"}
_TEXT: Schema = {"anyOf": [{"type": "string"}, _FALSE]}
_IDS: Schema = {"type": "array", "items": {"type": "integer"}}
_NUMBER: Schema = {"type": "number"}
_PAIR: Schema = {
    "type": "array",
    "prefixItems": [{"type": "integer"}, {"type": "string"}],
    "items": {},
    "minItems": 2,
    "maxItems": 2,
    "description": "Id and name",
}
# By Odoo's type of a field. Of any other nothing is said: a binary field may hold an object (`tax_totals` of an invoice).
_FIELDS: dict[str, Schema] = {
    **dict.fromkeys(("char", "text", "html", "date", "datetime", "reference"), _TEXT),
    "selection": {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "boolean"}]},
    "integer": {"type": "integer"},
    "many2one_reference": {"anyOf": [{"type": "integer"}, _FALSE]},
    "float": _NUMBER,
    "monetary": _NUMBER,
    "boolean": {"type": "boolean"},
    "many2one": {"anyOf": [_PAIR, _FALSE]},
    "many2many": _IDS,
    "one2many": _IDS,
}
_IMPORTED: Schema = {
    "type": "object",
    "properties": {
        "ids": {
            "anyOf": [_IDS, _FALSE],
            "description": "Ids of the imported rows; false if Odoo refuses one",
        },
        "messages": {
            "type": "array",
            "items": {"type": "object"},
            "description": "The reason for each refused row; rows are counted from 0",
        },
    },
}


def answer_schema(action: Action) -> Schema:
    """What JSON-2 answers to the call: a schema without a word of it where that is not known."""
    if is_import(action):
        return _IMPORTED
    if action.returns == "records":
        return {"type": "array", "items": _record_schema(action)}
    if action.returns == "ids" or action.method in ("create", "copy"):
        return _IDS  # JSON-2 returns a list even for one record
    return {"type": "boolean"} if action.method in ("write", "unlink") else {}


def _record_schema(action: Action) -> Schema:
    if not action.field_types:
        return {"type": "object", "additionalProperties": True}
    types = {"id": "integer", **action.field_types}
    return {
        "type": "object",
        "properties": {name: _FIELDS.get(type_, {}) for name, type_ in types.items()},
        "required": list(types),
    }
