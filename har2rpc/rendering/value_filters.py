"""Filters that every language has: they change values for the filters that write them, and print nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import jinja2

from har2rpc.model import Input
from har2rpc.rendering.formatting import Keyword, Spread, one_line

_MAXINT = 2**31 - 1  # xmlrpc.client.MAXINT


def keyword(value: Any, name: str) -> Keyword:
    """A named argument."""
    return Keyword(str(name), value)


def spread(extra: dict[str, Any], name: str) -> Spread:
    """A dict that begins with the content of the variable of this name."""
    return Spread(str(name), dict(extra))


def with_context(kwargs: dict[str, Any], context: Any) -> dict[str, Any]:
    """The kwargs with their context; an empty one is left out."""
    is_empty = not (context.name if isinstance(context, Spread) else context)
    return {**kwargs} if is_empty else {**kwargs, "context": context}


def without_inputs(value: Any, *names: str) -> Any:
    """The same value with these optional inputs put back to what they are when left out.

    A key whose input falls back to nothing at all (offset 0) is left out.
    """
    if isinstance(value, Input):
        return value.default if value.name in names else value
    if isinstance(value, dict):
        return {
            key: without_inputs(item, *names)
            for key, item in value.items()
            if not (isinstance(item, Input) and item.name in names and not item.default)
        }
    if isinstance(value, list):
        return [without_inputs(item, *names) for item in value]
    return value


def with_values(value: Any, values: Mapping[str, Any]) -> Any:
    """The same value with these in the place of its inputs: what one step of a flow sends."""
    if isinstance(value, Input):
        return values.get(value.name, value)
    if isinstance(value, dict):
        return {key: with_values(item, values) for key, item in value.items()}
    return [with_values(item, values) for item in value] if isinstance(value, list) else value


def for_xmlrpc(value: Any) -> Any:
    """The same without integers that XML-RPC cannot carry: a limit beyond it means none at all.

    Others become floats, as Odoo itself answers them (odoo/fields.py, Integer.convert_to_read).
    """
    if isinstance(value, dict):
        huge = [k for k, v in value.items() if k == "limit" and isinstance(v, int) and v > _MAXINT]
        return {key: for_xmlrpc(item) for key, item in value.items() if key not in huge}
    if isinstance(value, list):
        return [for_xmlrpc(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _MAXINT:
        return float(value)
    return value


def without_empty(value: dict[str, Any]) -> dict[str, Any]:
    """A dict without the keys that hold nothing (None or an empty text or list)."""
    return {key: item for key, item in value.items() if item is not None and item not in ("", [])}


def merge(value: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Both dicts as one; the second wins."""
    return {**value, **other}


@jinja2.pass_environment
def attributes(environment: jinja2.Environment, value: Any, *names: str) -> dict[str, Any]:
    """These attributes of a noun, as a dict."""
    return {name: environment.getattr(value, name) for name in names}


def as_json(value: Any) -> str:
    """A value's JSON text, to be written as a literal."""
    return json.dumps(value, ensure_ascii=False)


def plain_words(value: Any) -> str:
    """A description without the backticks of code, and without its full stop."""
    return re.sub(r"`(\w+?)_?`", r"the given \1", one_line(value)).rstrip(".")


VALUE_FILTERS: Mapping[str, Callable[..., Any]] = {
    "keyword": keyword,
    "spread": spread,
    "with_context": with_context,
    "without_inputs": without_inputs,
    "one_line": one_line,
    "with_values": with_values,
    "for_xmlrpc": for_xmlrpc,
    "present": without_empty,
    "merged": merge,
    "attributes": attributes,
    "as_json": as_json,
    "plain_words": plain_words,
}
