"""Compares a live answer with the recorded one, value by value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from har2rpc.model import Json
from har2rpc.proving.volatile import volatile_field

ANY_NAME: Any = object()
"""A placeholder in the recorded answer for a name that was not recorded. Every text equals it."""
NOTHING: Any = object()
"""A missing value."""


class Difference(NamedTuple):
    """One value that differs from the recorded one."""

    path: str
    recorded: Json
    live: Json
    reason: str = ""
    """Why it is volatile; empty for a real difference."""

    def __str__(self) -> str:
        live, recorded = value_text(self.live), value_text(self.recorded)
        return f"{self.path or 'the answer'}: {live}, recorded {recorded}"


def differences(model: str, recorded: Json, live: Json) -> Iterator[Difference]:
    """Every value that differs, in the order of the recording."""
    todo = [("", "", recorded, live)]
    while todo:  # no recursion: captures are hostile
        path, field, old, new = todo.pop()
        volatile = volatile_field(model, field)
        if volatile and (new is NOTHING or not volatile.is_valid(new)):
            volatile = None
        if volatile and isinstance(new, (list, dict)):
            if old != new:
                yield Difference(path, old, new, volatile.reason)
        elif isinstance(old, dict) and isinstance(new, dict):
            keys = [*old, *(key for key in new if key not in old)]
            members = [
                (f"{path}.{key}".lstrip("."), key, old.get(key, NOTHING), new.get(key, NOTHING))
                for key in keys
            ]
            todo += reversed(members)
        elif isinstance(old, list) and isinstance(new, list):
            if len(old) != len(new):
                yield Difference(path, f"{len(old)} items", f"{len(new)} items")
            items = [
                (f"{path}[{position}]", field, *pair)
                for position, pair in enumerate(zip(old, new, strict=False))
            ]
            todo += reversed(items)
        elif not _is_equal(old, new):
            yield Difference(path, old, new, volatile.reason if volatile else "")


def _is_equal(old: Json, new: Json) -> bool:
    if old is ANY_NAME:
        return isinstance(new, str) or new is False
    if old is NOTHING or new is NOTHING:
        return False
    if isinstance(old, bool) or isinstance(new, bool):
        return old is new
    if isinstance(old, str) and isinstance(new, str) and old != new:
        return False
    return bool(old == new)


def value_text(value: Json) -> str:
    """A value as text for people, cut if it is long."""
    if value is NOTHING:
        return "nothing"
    if value is ANY_NAME:
        return "some name"
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "…"
