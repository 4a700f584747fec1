"""Fills in a connector action as the connector would: plain Jinja, `jsonify`, nothing of har2rpc."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import jinja2

ENVIRONMENT = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
ENVIRONMENT.filters["jsonify"] = json.dumps
ACTION_KEYS = {
    "action_name",
    "label",
    "method",
    "endpoint",
    "header_template",
    "request_body_template",
    "ui_form_schema",
    "short_description",
    "response_path",
    "notes",
}
_PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")
_NAME = re.compile(r"^\(?\s*([A-Za-z_]\w*)")


def filled(action: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The body of an action with these values, parsed."""
    return json.loads(ENVIRONMENT.from_string(action["request_body_template"]).render(values))


def placeholders(action: Mapping[str, Any]) -> dict[str, str]:
    """Every placeholder of an action's body: the input's name, and the expression it stands in."""
    found = _PLACEHOLDER.findall(action["request_body_template"])
    return {_NAME.match(one.strip())[1]: one.strip() for one in found}


def positions(action: Mapping[str, Any]) -> dict[str, list[tuple[Any, ...]]]:
    """Where in the parsed body the inputs stand: paths by name, found with a marker in each."""
    names = list(placeholders(action))
    marks = {name: 7_000_001 + number for number, name in enumerate(names)}
    lists = {name for name, text in placeholders(action).items() if "map('int')" in text}
    body = filled(action, {name: [mark] if name in lists else mark for name, mark in marks.items()})
    places: dict[str, list[tuple[Any, ...]]] = {name: [] for name in names}
    for path, leaf in leaves(body):
        for name, mark in marks.items():
            if leaf == mark:
                places[name].append(path[:-1] if name in lists else path)
    return places


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], Any]]:
    """Every scalar of a JSON value with its path."""
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in leaves(item, (*path, key))]
    if isinstance(value, list):
        return [leaf for n, item in enumerate(value) for leaf in leaves(item, (*path, n))]
    return [(path, value)]


def at(value: Any, path: tuple[Any, ...]) -> Any:
    """What stands at a path."""
    for key in path:
        value = value[key]
    return value


def put(value: Any, path: tuple[Any, ...], new: Any) -> None:
    """Replaces what stands at a path."""
    at(value, path[:-1])[path[-1]] = new
