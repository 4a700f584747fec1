"""Writes values as JSON text: laid out for people, with marks for inputs, or with placeholders of another language."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from json.encoder import encode_basestring
from typing import Any

from har2rpc.model import Following, Har2rpcError, Input, Lines, Result
from har2rpc.model.values import WHOLE, inputs_in
from har2rpc.model.visible import visible_json
from har2rpc.rendering.formatting import Code, Given, GivenCommands, is_wider

WIDTH = 100


def literal(value: Any, indent: int = 0, step: int = 2) -> Code:
    """A value as JSON for people: on one line if it fits, else an item a line; `indent` is the column it begins at."""
    return Code(laid_out(value, indent, 0, step, json_text))


def laid_out(value: Any, indent: int, used: int, step: int, flat: Callable[[Any], str]) -> str:
    """A value as it is laid out for people; `flat` writes what stands on one line."""
    is_broken = isinstance(value, (dict, list, tuple)) and value
    if not is_broken or not is_wider(value, WIDTH - indent - used):
        line = flat(value)
        if indent + used + len(line) < WIDTH or not is_broken:
            return line
    inner, pad = indent + step, "\n" + " " * (indent + step)
    if isinstance(value, dict):
        keys = [f"{flat(str(key))}: " for key in value]
        items = zip(keys, value.values(), strict=True)
        lines = [key + laid_out(item, inner, len(key), step, flat) for key, item in items]
    else:
        lines = [laid_out(item, inner, 0, step, flat) for item in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return opening + pad + f",{pad}".join(lines) + "\n" + " " * indent + closing


def with_placeholders(
    value: Any,
    placeholder: Callable[[Input | Result | Following], str],
    escape: Callable[[str], str],
    join_given: Callable[[Sequence[tuple[Any, str]]], str] | None = None,
) -> str:
    """A value as one line of JSON inside another language.

    `placeholder` writes what is put in later; `escape` writes the JSON text of a constant so that the other language
    sees no placeholder in it; `join_given` joins the members (value, text) of an object, and the commands of a list
    (the record of each, text), of which only what was given is sent.
    """

    def write(value: Any) -> str:
        if type(value) in WHOLE:  # nearly all that there is
            return escape(json_text(value))
        if isinstance(value, Code):
            return str(value)
        if isinstance(value, (Input, Result, Following)):
            return placeholder(value)
        if isinstance(value, dict):
            members = [
                (item, f"{escape(json_text(str(key)))}: {write(item)}")
                for key, item in value.items()
            ]
            if isinstance(value, Given) and join_given:
                return "{" + join_given(members) + "}"
            return "{" + ", ".join(text for _, text in members) + "}"
        if isinstance(value, GivenCommands) and len(value) > 1 and join_given:
            commands = [(inputs_in(command)[0], write(command)) for command in value]
            return "[" + join_given(commands) + "]"
        if isinstance(value, (list, tuple)):
            return "[" + ", ".join(map(write, value)) + "]"
        return escape(json_text(value))

    return write(value)


def with_marks(value: Any) -> Any:
    """Plain JSON with `{"$input": name}`, `{"$result": name, "what": …}` and the like where something is put in later.

    A captured key that begins with `$` gets a second one: no captured value is taken for a mark.
    """
    if isinstance(value, Input):
        return {"$input": value.name}
    if isinstance(value, Result):
        place = {"record": value.record, "field": value.field, "item": value.item}
        return {"$result": value.name, "what": value.what, **place}
    if isinstance(value, Following):
        is_same = {"$while": value.source.name, "is": value.recorded}
        return {**is_same, "value": with_marks(value.value)}
    if isinstance(value, Lines):
        following = [
            {"key": key, "is": recorded, "values": with_marks(values)}
            for key, recorded, values in value.following
        ]
        always = {"always": with_marks(value.always), "following": following}
        return {"$lines": value.source.name, "fields": value.fields, **always}
    if isinstance(value, Mapping):
        return {
            f"${key}" if str(key).startswith("$") else key: with_marks(item)
            for key, item in value.items()
        }
    return [with_marks(item) for item in value] if isinstance(value, (list, tuple)) else value


def json_text(value: Any) -> str:
    """JSON as people read it, on one line; whatever is invisible, or obeyed by a terminal, is an escape."""
    kind = type(value)
    if kind is int:  # nearly everything that is not text
        return str(value)
    return visible_json(encode_basestring(value) if kind is str else _ENCODER.encode(value))


def refuse(value: Any) -> Any:
    """What JSON has no word for. Raises Har2rpcError, always."""
    if isinstance(value, (Input, Result)):
        raise Har2rpcError(f"{value.name} is an input, which JSON cannot express")
    raise Har2rpcError(f"a {type(value).__name__} cannot be written as JSON")


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=refuse)  # `json.dumps` makes one each time
