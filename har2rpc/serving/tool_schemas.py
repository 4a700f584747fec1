"""Schemas of tools: checks them, because anybody may have written the document, and prepares them for a client.

Only the keywords that `convert -t mcp` writes are allowed: none of them refers to another document, and none has a pattern
that could take forever.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from har2rpc.model import Har2rpcError, Json
from har2rpc.serving.tool_texts import one_line

Schema: TypeAlias = Mapping[str, Any]
_KEYWORDS = frozenset("""
    type properties required additionalProperties items anyOf oneOf const enum title description format
    minimum minItems default examples pattern contentMediaType contentEncoding writeOnly
    """.split())
_PATTERNS = ("^line_",)  # of a section among new lines
_NAME = re.compile(r"[A-Za-z_]\w{0,199}", re.ASCII)
_LONGEST_TITLE = 100
_LONGEST_DESCRIPTION = 500
_LONGEST_VALUE = 300  # characters of an example or a default that is shown


def check_schema(schema: Json) -> None:
    """Raises Har2rpcError with the reason if a schema is not one that har2rpc writes."""
    if not isinstance(schema, dict) or schema.get("type") != "object":
        raise Har2rpcError("its inputSchema is not an object's")
    for each in _schemas_in(schema):
        wrong = [key for key in each if key not in _KEYWORDS and not str(key).startswith("x-")]
        if wrong:
            raise Har2rpcError(f"its inputSchema has {wrong[0]!r}, which har2rpc does not write")
        if each.get("pattern", _PATTERNS[0]) not in _PATTERNS:
            raise Har2rpcError("its inputSchema has a pattern, which har2rpc does not write")
        if each.get("additionalProperties") not in (None, True, False):
            raise Har2rpcError("its additionalProperties are a schema")
        for name in each.get("properties", ()):
            if not _NAME.fullmatch(name):
                raise Har2rpcError(f"{name!r} is not a valid input name")
    from jsonschema import Draft202012Validator, SchemaError  # an extra: imported when needed

    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise Har2rpcError(f"its inputSchema is not valid: {error.message}") from None


def check_arguments(arguments: Mapping[str, Json], schema: Schema) -> None:
    """Raises Har2rpcError, with the path and the reason, if a tool does not accept the arguments."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    error = best_match(Draft202012Validator(schema).iter_errors(arguments))
    if error is not None:
        path = "".join(f"[{part!r}]" for part in error.absolute_path)
        raise Har2rpcError(f"arguments{path}: {one_line(error.message, _LONGEST_DESCRIPTION)}")


def without_nulls(arguments: Mapping[str, Json], schema: Schema) -> dict[str, Json]:
    """The arguments without what is null and may be left out, in new lines as well: many models send all they know."""
    properties = schema.get("properties", {})
    required = schema.get("required", ())
    kept = {}
    for name, value in arguments.items():
        if value is None and name in properties and name not in required:
            continue
        line = properties.get(name, {}).get("items", {})
        if isinstance(value, list) and "properties" in line:
            value = [without_nulls(one, line) if isinstance(one, dict) else one for one in value]
        kept[name] = value
    return kept


def without_properties(schema: Schema, names: frozenset[str]) -> dict[str, Any]:
    """The schema of an object without these of its properties."""
    kept = {name: each for name, each in schema["properties"].items() if name not in names}
    required = [name for name in schema.get("required", ()) if name not in names]
    return {**schema, "properties": kept, "required": required}


def client_schema(schema: Schema) -> dict[str, Any]:
    """The schema to show to a client: words cleaned and limited, without long values and keywords of our own."""
    result: dict[str, Any] = {}
    for key, value in schema.items():
        if key in ("title", "description"):
            most = _LONGEST_TITLE if key == "title" else _LONGEST_DESCRIPTION
            result[key] = one_line(value, most)
        elif key == "properties":
            result[key] = {name: client_schema(each) for name, each in value.items()}
        elif key == "items":
            result[key] = client_schema(value)
        elif key in ("anyOf", "oneOf"):
            result[key] = [client_schema(each) for each in value if _is_short(each.get("const"))]
        elif key == "examples":
            if examples := [one for one in value if _is_short(one)]:
                result[key] = examples
        elif (key != "default" or _is_short(value)) and not key.startswith("x-"):
            result[key] = value
    return result


def _is_short(value: Json) -> bool:
    """Whether a value can be shown: not too long, and without invisible characters."""
    text = json.dumps(value, ensure_ascii=False)
    return len(text) <= _LONGEST_VALUE and one_line(text, len(text)) == " ".join(text.split())


def _schemas_in(schema: Json) -> Iterator[Schema]:
    """The schema, and every one inside of it."""
    if not isinstance(schema, dict):
        raise Har2rpcError("a part of its inputSchema is not a schema")
    yield schema
    properties = schema.get("properties", {})
    inner = list(properties.values()) if isinstance(properties, dict) else [None]
    inner += [schema["items"]] if "items" in schema else []
    for key in ("anyOf", "oneOf"):
        several = schema.get(key, [])
        inner += several if isinstance(several, list) else [None]
    for each in inner:
        yield from _schemas_in(each)
