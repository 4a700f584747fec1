"""A live answer beside the recorded one, value by value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from har2rpc.model import Json
from har2rpc.proving.volatile import rule_for

NAME: Any = object()
"""Stands in the recorded answer for a name that was not recorded: any text is equal to it."""
NOTHING: Any = object()
"""Stands for a value that is not there."""


class Difference(NamedTuple):
    """One value that is not the recorded one."""

    path: str
    recorded: Json
    live: Json
    reason: str = ""
    """Why it changes by itself; empty for a real difference."""

    def __str__(self) -> str:
        return f"{self.path or 'the answer'}: {shown(self.live)}, recorded {shown(self.recorded)}"


def differences(model: str, recorded: Json, live: Json) -> Iterator[Difference]:
    """Every value that differs, in the order of the recording."""
    todo = [("", "", recorded, live)]
    while todo:  # no recursion: captures are hostile
        path, field, one, other = todo.pop()
        rule = rule_for(model, field)
        changes = rule is not None and other is not NOTHING and rule.form(other)
        if rule and changes and isinstance(other, list):
            if one != other:
                yield Difference(path, one, other, rule.reason)
        elif isinstance(one, dict) and isinstance(other, dict):
            keys = [*one, *(key for key in other if key not in one)]
            pairs = [
                (f"{path}.{key}".lstrip("."), key, one.get(key, NOTHING), other.get(key, NOTHING))
                for key in keys
            ]
            todo += reversed(pairs)
        elif isinstance(one, list) and isinstance(other, list):
            if len(one) != len(other):
                yield Difference(path, f"{len(one)} items", f"{len(other)} items")
            pairs = [(f"{path}[{n}]", field, *both) for n, both in enumerate(zip(one, other))]
            todo += reversed(pairs)
        elif not _equal(one, other):
            yield Difference(path, one, other, rule.reason if rule and changes else "")


def _equal(one: Json, other: Json) -> bool:
    if one is NAME:
        return isinstance(other, str) or other is False
    if one is NOTHING or other is NOTHING:
        return False
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, str) and isinstance(other, str) and one != other:
        return False
    return bool(one == other)


def shown(value: Json) -> str:
    """A value for people, cut where it is long."""
    if value is NOTHING:
        return "nothing"
    if value is NAME:
        return "some name"
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "…"
