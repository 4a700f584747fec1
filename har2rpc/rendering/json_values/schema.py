"""Inputs as JSON Schema (2020-12), for every target that describes what it takes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from har2rpc.model import Input, Json, Value
from har2rpc.rendering.template_context import IN_UTC

# Odoo's field types (odoo/fields.py) in the words of JSON Schema; what is not named is a text.
_TYPES: dict[str, dict[str, Json]] = {
    "html": {"type": "string", "contentMediaType": "text/html"},
    "binary": {"type": "string", "contentEncoding": "base64"},
    "date": {"type": "string", "format": "date"},
    "secret": {"type": "string", "format": "password", "writeOnly": True},
    "integer": {"type": "integer"},
    "many2one": {"type": "integer"},
    "many2one_reference": {"type": "integer"},
    "float": {"type": "number"},
    "monetary": {"type": "number"},
    "boolean": {"type": "boolean"},
    "many2many": {"type": "array", "items": {}},
    "one2many": {"type": "array", "items": {}},
    "domain": {"type": "array", "items": {"type": ["string", "array"]}},
    "json": {},
    "properties": {},
}
_OF_ONE = {"many2many": "integer", "one2many": "integer"}
_LEAST = {"limit": 1, "offset": 0}
_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")


def input_schema(made: Input) -> dict[str, Json]:
    """What an input takes. What was recorded is always taken, whatever the type says of it."""
    known = [value for value in (made.example, _default(made)) if value is not None]
    if made.multiple:
        items = [item for value in known if isinstance(value, list) for item in value]
        schema = {"type": "array", "items": _taking(_one(made), items)}
    else:
        schema = _one(made)
    schema = _taking(schema, known)
    told: dict[str, Json] = {"title": made.label or made.name, **schema}
    if said := _said(made):
        told["description"] = said
    if made.relation:
        told["x-odoo-relation"] = made.relation
    if made.why == "paging" and made.name in _LEAST:
        told["minimum"] = _LEAST[made.name]
    if (default := _default(made)) is not None:
        told["default"] = default
    if made.example is not None:
        told["examples"] = [made.example]
    return told


def inputs_schema(inputs: Sequence[Input]) -> dict[str, Json]:
    """An object with a property for each input, and no others."""
    return {
        "type": "object",
        "properties": {made.name: input_schema(made) for made in inputs},
        "required": [made.name for made in inputs if made.required],
        "additionalProperties": False,
    }


def value_schema(value: Value) -> dict[str, Json]:
    """What is sent, as a schema: constants as they are, and in them whatever the inputs take.

    `x-input` names the input: where two places have the same, they hold the same value. A key may be missing only if
    that means the same as its input's default.
    """
    if isinstance(value, Input):
        return {**input_schema(value), "x-input": value.name}
    if not _holds_inputs(value):
        return {"const": value}
    if isinstance(value, dict):
        return {
            "type": "object",
            "properties": {key: value_schema(item) for key, item in value.items()},
            "required": [key for key, item in value.items() if not _may_be_missing(item)],
            "additionalProperties": False,
        }
    length = {"minItems": len(value), "maxItems": len(value)}
    return {"type": "array", "prefixItems": [value_schema(item) for item in value], **length}


def as_recorded(value: Value) -> Json:
    """What is sent with the recorded values in it; of a secret nothing but its name."""
    if isinstance(value, Input):
        return f"<{value.label or value.name}>" if value.type == "secret" else value.example
    if isinstance(value, dict):
        return {key: as_recorded(item) for key, item in value.items()}
    return [as_recorded(item) for item in value] if isinstance(value, (list, tuple)) else value


def _holds_inputs(value: Value) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_inputs, value.values()))
    return isinstance(value, Input) or (
        isinstance(value, (list, tuple)) and any(map(_holds_inputs, value))
    )


def _may_be_missing(value: Value) -> bool:
    if not isinstance(value, Input) or value.required or value.type == "boolean":
        return False
    return not value.default


def _one(made: Input) -> dict[str, Json]:
    """The schema of one value of an input's type."""
    if made.options:
        return {"oneOf": [{"const": value, "title": label} for value, label in made.options]}
    if made.multiple and made.type in _OF_ONE:
        return {"type": _OF_ONE[made.type]}
    return dict(_TYPES.get(made.type, {"type": "string"}))


def _default(made: Input) -> Json:
    """What an optional input is when it is left out; None where that is nothing: Odoo's false is an empty field."""
    is_nothing = made.default is False and made.type != "boolean"
    return None if made.required or is_nothing else made.default


def _said(made: Input) -> str:
    """The help, and how Odoo writes a moment: it is not RFC 3339's."""
    form = IN_UTC if made.type == "datetime" else ""
    return ": ".join(part for part in (made.help, form) if part)


def _taking(schema: dict[str, Json], values: Sequence[Json]) -> dict[str, Json]:
    """The same schema, widened where it would refuse one of these values."""
    for value in values:
        if "oneOf" in schema:
            if not any(_same(value, option["const"]) for option in schema["oneOf"]):
                options = [*schema["oneOf"], {"const": value, "title": str(value)}]
                schema = {**schema, "oneOf": options}
        elif not _takes(schema, value):
            schema = {**schema, "type": [*_kinds(schema), _kind(value)]}
        if schema.get("format") == "date" and not _DATE.match(str(value)):
            schema = {key: item for key, item in schema.items() if key != "format"}
        items = schema.get("items", {}) if isinstance(value, list) else {}
        if "type" in items and not all(_takes(items, item) for item in value):
            schema = {**schema, "items": {}}
    return schema


def _takes(schema: dict[str, Json], value: Json) -> bool:
    kinds, kind = _kinds(schema), _kind(value)
    return not kinds or kind in kinds or (kind == "integer" and "number" in kinds)


def _kinds(schema: dict[str, Json]) -> list[str]:
    kinds = schema.get("type", [])
    return kinds if isinstance(kinds, list) else [kinds]


def _kind(value: Json) -> str:
    """JSON Schema's name for the type of a value."""
    if isinstance(value, bool):
        return "boolean"
    names = {int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return names.get(type(value), "null")


def _same(one: Json, other: Json) -> bool:
    return isinstance(one, bool) == isinstance(other, bool) and one == other
