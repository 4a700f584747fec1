"""Text that a language writer has made: the only thing a template may print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from har2rpc.model import Result


class Code(str):
    """Finished text of the target's language. Everything else that reaches a `{{ }}` is refused."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Keyword:
    """A named argument in a call: `limit=80`."""

    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class Spread:
    """A dict that begins with the content of another one: `{**CONTEXT, "default_type": "lead"}`."""

    name: str
    extra: dict[str, Any]


@dataclass(frozen=True, slots=True)
class FromEnvironment:
    """A credential: read from this environment variable when the code runs."""

    name: str


def keys_of(result: Result) -> tuple[str | int, ...]:
    """Where a Result stands in the JSON of the answer, for each language to spell.

    One that is the `only` record stands in the first; that there is no other is for the language to check, and that an
    action opens one record at all (see `opens_one`).
    """
    if result.what == "id":
        return ()
    if result.what == "action":
        if result.field == "domain":
            return ("domain", result.record, 2)
        return ("context", result.field) if result.field else ("res_id",)
    keys: list[str | int] = [result.record]
    keys += [result.field] if result.field else []
    keys += [result.item] if result.item is not None else []
    return tuple(keys)


def opens_one(result: Result) -> bool:
    """Whether it is the one record that an action opens: where the action lists several instead, there is none."""
    return result.what == "action" and not result.field


def one_line(value: Any) -> str:
    """Text without line breaks, control characters and invisible direction marks."""
    kept = (c if c.isprintable() else " " for c in str(value))
    return " ".join("".join(kept).split())


def depth(value: Any) -> int:
    """How deep containers are nested; counted without recursion, because captures are hostile."""
    deepest, todo = 0, [(value, 1)]
    while todo:
        item, level = todo.pop()
        if isinstance(item, (list, tuple, dict)):
            deepest = max(deepest, level)
            inner = item.values() if isinstance(item, dict) else item
            todo.extend((each, level + 1) for each in inner)
    return deepest
