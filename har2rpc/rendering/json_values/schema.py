"""Inputs as JSON Schema (2020-12), for every target that describes what it takes.

In the forms that client generators and AI clients take, too: each array has `items`, no `type` is a list, and a constant
that is a list or an object is a default (openapi-python-client refuses the first two and takes only plain constants).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from har2rpc.model import Following, Input, Json, Lines, Value
from har2rpc.model.values import is_section, line_commands
from har2rpc.rendering.descriptions import IN_UTC
from har2rpc.rendering.formatting import Changes, GivenCommands

Schema: TypeAlias = dict[str, Json]
# Odoo's field types (odoo/fields.py) in the words of JSON Schema; any other is a text.
_TYPES: dict[str, Schema] = {
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
    "domain": {
        "type": "array",
        "items": {"anyOf": [{"type": "string"}, {"type": "array", "items": {}}]},
    },
    "json": {},
    "properties": {},
}
_ITEM_TYPES = {"many2many": "integer", "one2many": "integer"}
_MINIMUM = {"limit": 1, "offset": 0}
_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")


def input_schema(param: Input) -> Schema:
    """What an input takes. What was recorded is always taken, whatever the type says of it."""
    if param.keys:
        return _lines_schema(param, inputs_schema(param.keys))
    default = _default(param)
    known = [value for value in (param.example, default) if value is not None]
    if param.multiple:
        items = [item for value in known if isinstance(value, list) for item in value]
        types: Schema = {"type": "array", "items": _widen(_item_schema(param), items)}
    else:
        types = _item_schema(param)
    schema: Schema = {"title": param.label or param.name, **_widen(types, known)}
    if description := _description(param):
        schema["description"] = description
    if param.relation:
        schema["x-odoo-relation"] = param.relation
    if param.why == "paging" and param.name in _MINIMUM:
        schema["minimum"] = _MINIMUM[param.name]
    if default is not None:
        schema["default"] = default
    if param.example is not None:
        schema["examples"] = [param.example]
    return schema


def inputs_schema(inputs: Sequence[Input]) -> Schema:
    """An object with a property for each input, and no others."""
    return {
        "type": "object",
        "properties": {param.name: input_schema(param) for param in inputs},
        "required": [param.name for param in inputs if param.required],
        "additionalProperties": False,
    }


def value_schema(value: Value) -> Schema:
    """What is sent, as a schema: constants as they are, and in them whatever the inputs take.

    `x-input` names the input: where two places have the same, they hold the same value. A key may be missing only if
    that means the same as its input's default.
    """
    if isinstance(value, Input):
        return {**input_schema(value), "x-input": value.name}
    if isinstance(value, Following):
        owner = value.source.label or value.source.name
        only = f"Only if {owner} is {value.recorded}; otherwise Odoo sets the value"
        return {**_constant(value.value), "description": only, "x-follows": value.source.name}
    if isinstance(value, Lines):
        return _commands_schema(value)
    if not _has_inputs(value):
        return _constant(value)
    if isinstance(value, dict):
        schema: Schema = {
            "type": "object",
            "properties": {key: value_schema(item) for key, item in value.items()},
            "required": [key for key, item in value.items() if not _can_be_missing(item)],
            "additionalProperties": False,
        }
        return {**schema, "minProperties": 1} if isinstance(value, Changes) else schema
    return _tuple_schema([value_schema(item) for item in value])


def as_recorded(value: Value) -> Json:
    """What is sent with the recorded values in it; of a secret nothing but its name."""
    if isinstance(value, Input):
        is_kept = value.type == "secret" or bool(value.file)
        return f"<{value.label or value.name}>" if is_kept else value.example
    if isinstance(value, Following):
        return value.value
    if isinstance(value, Lines):
        return line_commands(value, value.source.example)
    if isinstance(value, dict):
        return {key: as_recorded(item) for key, item in value.items()}
    return [as_recorded(item) for item in value] if isinstance(value, (list, tuple)) else value


def _lines_schema(param: Input, line: Schema) -> Schema:
    """A list of lines; where sections or notes were recorded these, too, as they are."""
    sections = [row for row in param.example if is_section(row)]
    is_a_section = {"display_type": {"type": "string", "pattern": "^line_"}}
    other = {"type": "object", "properties": is_a_section, "required": ["display_type"]}
    items = {"anyOf": [line, other]} if sections else line
    schema = {"title": param.label or param.name, "type": "array", "items": items}
    return {**schema, "examples": [param.example]}


def _commands_schema(lines: Lines) -> Schema:
    """What Odoo takes for lines: a command for each, its values by field, those that follow a record optional."""
    source = lines.source
    keys = {lines.fields[key.name]: key for key in source.keys}
    fields = {
        **_followers_schema(lines),
        **{
            field: _constant(lines.always[field]) if field in lines.always else input_schema(key)
            for field, key in keys.items()
        },
    }
    required = [field for field, key in keys.items() if key.required or field in lines.always]
    values = {"type": "object", "properties": fields, "required": required}
    by_field = replace(source, example=[values for _, _, values in as_recorded(lines)])
    schema = _lines_schema(by_field, {**values, "additionalProperties": False})
    items = _tuple_schema([{"const": 0}, {"const": 0}, schema["items"]])
    return {**schema, "items": items, "examples": [as_recorded(lines)], "x-input": source.name}


def _followers_schema(lines: Lines) -> dict[str, Schema]:
    """What a line has too while it has the recorded product, by field."""
    labels = {key.name: key.label or key.name for key in lines.source.keys}
    allowed: dict[str, list[Json]] = {}
    owners: dict[str, dict[str, None]] = {}
    for key, recorded, values in lines.following:
        for field, value in values.items():
            allowed.setdefault(field, []).append(value)
            owners.setdefault(field, {})[f"{labels[key]} is {recorded}"] = None
    return {
        field: {
            **(_constant(values[0]) if len(values) == 1 else {"enum": values}),
            "description": f"Only if {' or '.join(owners[field])}; otherwise Odoo sets the value",
        }
        for field, values in allowed.items()
    }


def _constant(value: Json) -> Schema:
    """What is always sent. A list or an object is the default of its type, which spares a client from writing it out."""
    if isinstance(value, (list, tuple)):
        return {"type": "array", "items": _common_schema(value), "default": list(value)}
    if isinstance(value, dict):
        return {"type": "object", "default": value}
    return {"const": value}


def _common_schema(values: Sequence[Json]) -> Schema:
    """The schema of all these values; none where they differ in type, or are lists and objects."""
    names = {_type_name(value) for value in values}
    return {"type": names.pop()} if len(names) == 1 and not names & {"array", "object"} else {}


def _tuple_schema(items: Sequence[Schema]) -> Schema:
    """A list with these values, no more and no fewer."""
    length = {"minItems": len(items), "maxItems": len(items)}
    return {"type": "array", "prefixItems": list(items), "items": {}, **length}


def _has_inputs(value: Value) -> bool:
    if isinstance(value, dict):
        return any(map(_has_inputs, value.values()))
    return isinstance(value, (Input, Following, Lines)) or (
        isinstance(value, (list, tuple)) and any(map(_has_inputs, value))
    )


def _can_be_missing(value: Value) -> bool:
    if isinstance(value, (Following, GivenCommands)):
        return True
    if not isinstance(value, Input) or value.required:
        return False
    return value.default is None or (value.type != "boolean" and not value.default)


def _item_schema(param: Input) -> Schema:
    """The schema of one value of an input's type."""
    if param.options:
        return {"oneOf": [{"const": value, "title": label} for value, label in param.options]}
    if param.multiple and param.type in _ITEM_TYPES:
        return {"type": _ITEM_TYPES[param.type]}
    return dict(_TYPES.get(param.type, {"type": "string"}))


def _default(param: Input) -> Json:
    """What an optional input is when it is left out; None where that is nothing: Odoo's false is an empty field."""
    is_nothing = param.default is False and param.type != "boolean"
    return None if param.required or is_nothing else param.default


def _description(param: Input) -> str:
    """The help, and how Odoo writes a date and time: not as RFC 3339 does."""
    form = IN_UTC if param.type == "datetime" else ""
    return ": ".join(part for part in (param.help, form) if part)


def _widen(schema: Schema, values: Sequence[Json]) -> Schema:
    """The same schema, widened where it would refuse one of these values."""
    if "oneOf" in schema:
        options = list(schema["oneOf"])
        for value in values:
            if not any(_is_same_json(value, option["const"]) for option in options):
                options.append({"const": value, "title": str(value)})
        return {**schema, "oneOf": options}
    alternatives = [schema]
    for value in values:
        alternatives = [_loosen(each, value) for each in alternatives]
        if not any(_accepts(each, value) for each in alternatives):
            name = _type_name(value)
            alternatives.append({"type": name, **({"items": {}} if name == "array" else {})})
    return alternatives[0] if len(alternatives) == 1 else {"anyOf": alternatives}


def _loosen(schema: Schema, value: Json) -> Schema:
    """The schema without the format, or the type of its items, that a value of the same type does not have."""
    if schema.get("format") == "date" and isinstance(value, str) and not _DATE.match(value):
        return {key: item for key, item in schema.items() if key != "format"}
    if schema.get("type") == "array" and isinstance(value, list):
        items = schema["items"]
        if not all(_accepts(items, item) for item in value):
            return {**schema, "items": {}}
    return schema


def _accepts(schema: Schema, value: Json) -> bool:
    """Whether one of its types is that of the value; a schema of options, or without a type, is not asked."""
    types = [each.get("type") for each in schema.get("anyOf", [schema])]
    name = _type_name(value)
    return None in types or name in types or (name == "integer" and "number" in types)


def _type_name(value: Json) -> str:
    """JSON Schema's name for the type of a value."""
    if isinstance(value, bool):
        return "boolean"
    names = {int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return names.get(type(value), "null")


def _is_same_json(value: Json, other: Json) -> bool:
    """Whether JSON Schema takes them for equal: 1 is 1.0, false is not 0."""
    return isinstance(value, bool) == isinstance(other, bool) and value == other
