"""Where a value stands in a call: `vals.order_line[0].product_uom_qty`, `domain[0][2]`, `ids[0]`, `limit`.

The same words before and after translation, so that a place can be named without knowing what becomes of the call:
`vals` are the values of a create or write, `domain` what is searched, `ids` the records acted upon; other positional
arguments are `args[1]`, those by name stand under their name, the context under `context`. Inside, `.key` and `[0]` as
in JSON; a line that is created or changed (`[0, 0, {…}]`) is one step, not two.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from har2rpc.converting.draft import Draft
from har2rpc.model import Input, Value
from har2rpc.odoo import call_args, methods

Steps = tuple[Any, ...]
_WORD = re.compile(r"[A-Za-z_][\w:-]*\Z", re.ASCII)


def places(draft: Draft) -> Iterator[tuple[str, Steps, Value]]:
    """Every value with its place and the steps to it: (`domain[0][2]`, `("args", 0, 0, 2)`, "555")."""
    for position, value in enumerate(draft.args if isinstance(draft.args, list) else ()):
        root = _positional(draft, position)
        yield from _inside(root, ("args", position), value)
    for key, value in draft.kwargs.items():
        root = key if _WORD.match(key) else f"kwargs[{json.dumps(key)}]"
        yield from _inside(root, ("kwargs", key), value)
    yield from _inside("context", ("context",), draft.context)


def asked_for(draft: Draft) -> list[tuple[str, Input]]:
    """The places of a draft's inputs, each input in the order of its first place."""
    return [(place, value) for place, _, value in places(draft) if isinstance(value, Input)]


def put(value: Value, steps: Steps, new: Value) -> Value:
    """The value with something new at these steps; what is on the way is copied, the rest is shared."""
    if not steps:
        return new
    copied = dict(value) if isinstance(value, dict) else list(value)
    copied[steps[0]] = put(value[steps[0]], steps[1:], new)
    return copied


def _positional(draft: Draft, position: int) -> str:
    method = draft.method
    is_values = method == "create", method in ("write", "web_save")
    if is_values[0]:
        return "vals" if position == 0 else f"args[{position}]"
    if method in methods.SEARCHES | methods.GROUPINGS:
        return "domain" if position == 0 else f"args[{position}]"
    if position == 0 and (is_values[1] or call_args.record_ids(draft.call)):
        return "ids"
    return "vals" if position == 1 and is_values[1] else f"args[{position}]"


def _inside(root: str, steps: Steps, value: Value) -> Iterator[tuple[str, Steps, Value]]:
    todo: list[tuple[str, Steps, Value]] = [(root, steps, value)]
    while todo:  # no recursion: captures are hostile
        place, steps, value = todo.pop()
        yield place, steps, value
        inner: list[tuple[str, Steps, Value]] = []
        if isinstance(value, dict):
            inner = [(place + step(key), (*steps, key), item) for key, item in value.items()]
        elif is_line(value):
            inner = [(f"{place}[1]", (*steps, 1), value[1])]
            inner += [(place + step(key), (*steps, 2, key), item) for key, item in value[2].items()]
        elif isinstance(value, list):
            inner = [(f"{place}[{n}]", (*steps, n), item) for n, item in enumerate(value)]
        todo.extend(reversed(inner))


def step(key: str) -> str:
    """The step to a key: `.name`, or `["odd name"]`."""
    return f".{key}" if _WORD.match(key) else f"[{json.dumps(key)}]"


def is_line(value: Value) -> bool:
    """Whether it is the command that creates or changes a line: `[0, 0, {…}]`, `[1, 7, {…}]`."""
    return (
        isinstance(value, list)
        and len(value) == 3
        and not isinstance(value[0], bool)
        and value[0] in (0, 1)
        and isinstance(value[2], dict)
    )


def inputs_in(value: Value) -> list[Input]:
    """The inputs that a value is, or holds."""
    if isinstance(value, Input):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [made for item in inner for made in inputs_in(item)]
