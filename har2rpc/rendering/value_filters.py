"""Filters for all languages: they prepare values for the filters that write them, and print nothing themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import jinja2

from har2rpc.model import Action, Flow, Following, Input, Lines, Step
from har2rpc.model.values import WHOLE, map_value, walk
from har2rpc.rendering.formatting import (
    Changes,
    Code,
    Given,
    GivenCommands,
    Keyword,
    Spread,
    is_optional,
    one_line,
    optional_inputs,
)
from har2rpc.rendering.forms_asked import form_data
from har2rpc.rendering.json2_calls import path_part

_NOT_SENT = object()
_MAXINT = 2**31 - 1  # xmlrpc.client.MAXINT


def spaces(count: int) -> Code:
    """So many spaces: what a macro writes stands behind them."""
    return Code(" " * count)


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


def mark_given(arguments: Any, method: str = "") -> Any:
    """The arguments of a call; in their values an optional input that is not given takes its key with it.

    The arguments themselves stay: the key of a keyword argument is never left out. Of the values of a `write` one must
    be given, where all may be left out.
    """
    if isinstance(arguments, dict):
        return {
            name: _changes(_marked(value), method) if name != "context" else _marked(value)
            for name, value in arguments.items()
        }
    return [_changes(_marked(value), method) for value in arguments]


def _marked(value: Any) -> Any:
    """Most of what is sent has no place for an input: it is not copied."""
    for part in walk(value):
        if type(part) not in WHOLE and isinstance(part, (Input, Following, Spread)):
            return map_value(value, _mark)
    return value


def _changes(value: Any, method: str) -> Any:
    may_be_empty = (
        method == "write"
        and isinstance(value, Given)
        and all(map(optional_inputs, value.values()))
        and all(item.default is None for each in value.values() for item in optional_inputs(each))
    )
    return Changes(value) if may_be_empty else value


def changed_inputs(action: Action) -> list[Input]:
    """The inputs of an update of which one must be given; none where it always changes something."""
    if action.before:  # a wizard does something without any value
        return []
    sent = mark_given(action.args, action.method)
    changes = [item for value in sent if isinstance(value, Changes) for item in value.values()]
    return [param for item in changes for param in optional_inputs(item)]


def given_for(step: Step) -> list[Input]:
    """The inputs of a flow of which one must be given for a step to be done; none where it always is."""
    values = [step.values[param.name] for param in changed_inputs(step.action)]
    may_be_left_out = all(isinstance(value, Input) and not value.required for value in values)
    return values if may_be_left_out else []


def _mark(value: Any) -> Any:
    if type(value) is str or type(value) is int:  # nearly all that there is
        return value
    if isinstance(value, Spread):
        return Spread(value.name, _mark(value.extra))
    if isinstance(value, dict) and any(map(_may_be_missing, value.values())):
        return Given(value)
    if isinstance(value, list) and optional_inputs(value):
        return GivenCommands(value)
    return value


def left_out(action: Action | Flow) -> set[str]:
    """The names of the inputs whose key is left out where they are not given."""
    if isinstance(action, Flow):
        return {
            value.name
            for step in action.steps
            for name in left_out(step.action)
            if isinstance(value := step.values.get(name), Input)
        }
    if not any(map(is_optional, action.inputs)):
        return set()
    arguments = [
        part
        for sent in steps_within(action)
        for part in (sent.args, {**sent.kwargs, "context": sent.context})
    ]
    parts = [part for each in arguments for part in walk(mark_given(each))]
    members = [item for part in parts if isinstance(part, Given) for item in part.values()]
    return {param.name for item in members for param in optional_inputs(item)}


def steps_within(action: Action) -> list[Action]:
    """The calls of one function: of a wizard its creation and what is done in it, the button that ends it last."""
    return [*action.before, action]


def followers(value: Any) -> list[Following]:
    """The followers in a value."""
    return [part for part in walk(value) if isinstance(part, Following)]


def _may_be_missing(value: Any) -> bool:
    return isinstance(value, Following) or is_optional(value)


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
    """The same value with these instead of its inputs: what one step of a flow sends."""
    if isinstance(value, Input):
        return values.get(value.name, value)
    if isinstance(value, dict):
        sent = {key: with_values(item, values) for key, item in value.items()}
        return {key: item for key, item in sent.items() if item is not _NOT_SENT}
    if isinstance(value, Following):
        source = with_values(value.source, values)
        if isinstance(source, (Input, Code)):
            return replace(value, source=source)
        return value.value if source == value.recorded else _NOT_SENT
    if isinstance(value, Lines):
        return replace(value, source=with_values(value.source, values))
    if isinstance(value, list):
        return type(value)([with_values(item, values) for item in value])
    return value


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
    """These attributes of a noun, as a dict; of the keys of an input the same ones."""
    return {
        name: (
            [attributes(environment, key, *names) for key in value.keys]
            if name == "keys"
            else environment.getattr(value, name)
        )
        for name in names
    }


def as_json(value: Any) -> str:
    """A value's JSON text, to be written as a literal."""
    return json.dumps(value, ensure_ascii=False)


def plain_words(value: Any) -> str:
    """A description without the backticks of code, and without its full stop."""
    return re.sub(r"`(\w+?)_?`", r"the given \1", one_line(value)).rstrip(".")


def sample(param: Input) -> Any:
    """The recorded value of an input, to show what is sent; of a whole domain its JSON, which is typed as it is.

    A secret and a file have none: a word stands for them. So it does for what the capture does not tell.
    """
    if param.type == "secret":
        return "YOUR API KEY"
    value = param.default if param.example is None else param.example
    if param.type == "domain":
        return as_json(value)
    if value is None:
        return 1 if param.type in ("integer", "many2one") else f"the {param.label or param.name}"
    return value


VALUE_FILTERS: Mapping[str, Callable[..., Any]] = {
    "keyword": keyword,
    "spaces": spaces,
    "spread": spread,
    "with_context": with_context,
    "given": mark_given,
    "given_for": given_for,
    "changed_inputs": changed_inputs,
    "followers": followers,
    "steps_within": steps_within,
    "form_data": form_data,
    "left_out": left_out,
    "without_inputs": without_inputs,
    "one_line": one_line,
    "with_values": with_values,
    "for_xmlrpc": for_xmlrpc,
    "sample": sample,
    "present": without_empty,
    "merged": merge,
    "attributes": attributes,
    "as_json": as_json,
    "path_part": path_part,
    "plain_words": plain_words,
}
