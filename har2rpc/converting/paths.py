"""The path of a value in a call: `vals.order_line[0].product_uom_qty`, `domain[0][2]`, `ids[0]`, `limit`.

A path is the same before and after translation, so that a person can name a value without knowing how the call is
translated. `vals` are the values of a create or write, `domain` is that of a search, `ids` are the records acted upon,
and `context` is the context. Other positional arguments are `args[1]`; named ones have their name (`kwargs["args"]` if
that collides with a positional one, as in `name_search("azu", args=[…])`). Inside, `.key` and `[0]` work as in JSON; a
line that is created or changed (`[0, 0, {…}]`) is one step, not two.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from har2rpc.converting.draft import Draft
from har2rpc.model import Input, Value
from har2rpc.model.values import Steps
from har2rpc.odoo import call_args, methods
from har2rpc.odoo.schema.commands import Create, Update, parse_command

_WORD = re.compile(r"[A-Za-z_][\w:-]*\Z", re.ASCII)


def walk_paths(draft: Draft) -> Iterator[tuple[str, Steps, Value]]:
    """Every value with its path and the steps to it: (`domain[0][2]`, `("args", 0, 0, 2)`, "555")."""
    words = {"context"}
    for position, value in enumerate(draft.args if isinstance(draft.args, list) else ()):
        root = _argument_path(draft, position)
        words.add(root.partition("[")[0])
        yield from _walk_inside(root, ("args", position), value)
    for key, value in draft.kwargs.items():
        root = key if _WORD.match(key) and key not in words else f"kwargs[{json.dumps(key)}]"
        yield from _walk_inside(root, ("kwargs", key), value)
    yield from _walk_inside("context", ("context",), draft.context)


def input_paths(draft: Draft) -> list[tuple[str, Input]]:
    """The paths of a draft's inputs, each input in the order of its first path."""
    return [(path, value) for path, _, value in walk_paths(draft) if isinstance(value, Input)]


def _argument_path(draft: Draft, position: int) -> str:
    method = draft.method
    names: tuple[str, ...] = ()
    if method == "create":
        names = ("vals",)
    elif method in methods.SEARCHES | methods.GROUPINGS:
        names = ("domain",)
    elif method in ("write", "web_save"):
        names = ("ids", "vals")
    elif call_args.record_ids(draft.public_call):
        names = ("ids",)
    return names[position] if position < len(names) else f"args[{position}]"


def _walk_inside(root: str, steps: Steps, value: Value) -> Iterator[tuple[str, Steps, Value]]:
    todo: list[tuple[str, Steps, Value]] = [(root, steps, value)]
    while todo:  # no recursion: captures are hostile
        path, steps, value = todo.pop()
        yield path, steps, value
        inner: list[tuple[str, Steps, Value]] = []
        if isinstance(value, dict):
            inner = [(path + step(key), (*steps, key), item) for key, item in value.items()]
        elif isinstance(line := parse_command(value), (Create, Update)):
            inner = [(f"{path}[1]", (*steps, 1), value[1])]
            inner += [
                (path + step(key), (*steps, 2, key), item) for key, item in line.values.items()
            ]
        elif isinstance(value, list):
            inner = [(f"{path}[{n}]", (*steps, n), item) for n, item in enumerate(value)]
        todo.extend(reversed(inner))


def step(key: str) -> str:
    """The step to a key: `.name`, or `["odd name"]`."""
    return f".{key}" if _WORD.match(key) else f"[{json.dumps(key)}]"
