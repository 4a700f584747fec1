"""Walking the values in args, kwargs and context. Without recursion, because a hostile capture may be deeply nested."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias, TypeGuard

from har2rpc.model.actions import Following, Input, Lines, Value
from har2rpc.model.exchanges import Json

Steps: TypeAlias = tuple[str | int, ...]
"""The keys and positions that lead to a part of a value."""
WHOLE = frozenset({str, int, bool, float, type(None)})
"""The types that have no parts of their own, which nearly all values have."""


def is_id(value: Value) -> TypeGuard[int]:
    """Whether it has the type of a record's id: an int, but not a bool, which is an int in Python."""
    return isinstance(value, int) and not isinstance(value, bool)


def are_ids(value: Value) -> TypeGuard[list[int]]:
    """Whether it is a list of nothing but ids; an empty list is one."""
    return isinstance(value, list) and all(map(is_id, value))


def walk(value: Value) -> Iterator[Value]:
    """The value, then every part of it, in the order in which they are written."""
    todo = [value]
    while todo:
        part = todo.pop()
        yield part
        if type(part) in WHOLE:
            continue
        if isinstance(part, dict):
            todo.extend(reversed(part.values()))
        elif isinstance(part, (list, tuple)):
            todo.extend(reversed(part))
        elif isinstance(part, (Following, Lines)):
            todo.append(part.source)


def map_value(value: Value, change: Callable[[Value], Value]) -> Value:
    """A copy of the value with `change` applied to each part, from the outside in and in the order of writing.

    Of what `change` returns, the members of a dict or list are changed in turn.
    """
    root: list[Value] = [value]
    todo: list[tuple[Any, str | int]] = [(root, 0)]  # a list or dict, and one of its keys
    while todo:
        container, key = todo.pop()
        part = change(container[key])
        if type(part) in WHOLE:
            container[key] = part
            continue
        if isinstance(part, dict):
            part = type(part)(part)
            todo.extend((part, inner) for inner in reversed(part))
        elif isinstance(part, list):
            part = type(part)(part)
            todo.extend((part, inner) for inner in reversed(range(len(part))))
        elif isinstance(part, (Following, Lines)):
            part = replace(part, source=change(part.source))
        container[key] = part
    return root[0]


def put(value: Value, steps: Steps, new: Value) -> Value:
    """The value with a new part at these steps. Containers on the way are copied; everything else is shared."""
    if not steps:
        return new
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    copy[steps[0]] = put(value[steps[0]], steps[1:], new)
    return copy


def inputs_in(value: Value) -> list[Input]:
    """The inputs that a value is, or holds."""
    return [part for part in walk(value) if isinstance(part, Input)]


def is_section(line: Json) -> bool:
    """Whether a line is a section or a note: `line_section`, `line_subsection`, `line_note` (Odoo 12 to 19)."""
    return isinstance(line, dict) and str(line.get("display_type") or "").startswith("line_")


def line_commands(lines: Lines, rows: Json) -> list[Json]:
    """The commands `[0, 0, values]` for these lines."""
    commands: list[Json] = []
    for row in rows:
        values: dict[str, Json] = {}
        if not is_section(row):
            values |= lines.always
            for key, recorded, followers in lines.following:
                values |= followers if row.get(key) == recorded else {}
        fields = {} if is_section(row) else lines.fields
        own = {fields.get(key, key): value for key, value in row.items() if value is not None}
        commands.append([0, 0, {**values, **own}])
    return commands


def is_nested_deeper(value: Json, levels: int, text: str) -> bool:
    """Whether containers are nested deeper than that; without recursion, because captures are hostile.

    `text` is the JSON that the value was read from: if it has few brackets, nothing is walked.
    """
    if text.count("[") + text.count("{") <= levels:
        return False
    level: list[Json] = [value]
    for _ in range(levels):
        level = [
            inner
            for item in level
            for inner in (item.values() if isinstance(item, dict) else item)
            if isinstance(inner, (dict, list))
        ]
        if not level:
            return False
    return True
