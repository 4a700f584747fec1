"""Writes values as Python source that black leaves unchanged (88 columns, its quotes, its trailing commas).

A container is on one line if it fits; otherwise it has one item per line and the trailing comma that black keeps.
"""

from __future__ import annotations

import keyword
import math
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from har2rpc.model import Har2rpcError, Input, Lines, Result
from har2rpc.rendering.formatting import (
    Changes,
    Code,
    FromEnvironment,
    FromFile,
    Given,
    GivenCommands,
    Keyword,
    OnlyFor,
    Spread,
    checked_name,
    is_optional,
    item_lines,
    line_arguments,
    line_comment,
    members_of,
    one_line,
    optional_inputs,
    quoted_text,
)
from har2rpc.rendering.python.deep_values import JsonText, shallow
from har2rpc.rendering.results import check_of, keys_of

WIDTH = 88
STEP = 4
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"


def literal(value: Any, indent: int = 0, used: int = 0, after: int = 0) -> Code:
    """A value as an expression.

    `indent` is the column its line begins at, `used` how many more columns stand before it on that line,
    `after` how many must follow it there.
    """
    return Code(laid_out(shallow(value), indent, used, after))


def identifier(value: Any) -> Code:
    """A name, if it is one. Raises Har2rpcError otherwise."""
    return Code(checked_name(str(value)))


def comment(value: Any, indent: int = 0) -> Code:
    """A comment of as many lines as it takes; what the capture says cannot leave it."""
    return line_comment(wrapped_lines(one_line(value), WIDTH - indent - 2), "#", indent)


def wrapped_lines(text: str, width: int) -> list[str]:
    """The text in lines. No word is broken: a break could stand between a backslash and what it escapes."""
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def text_literal(text: str) -> str:
    """A str literal with the quotes that black prefers."""
    return quoted_text(text, lambda char: repr(char)[1:-1])


def laid_out(value: Any, indent: int, used: int, after: int) -> str:
    """A value on one line if it fits, else an item a line; the value is `shallow`."""
    line = _line_within(value, WIDTH - indent - used - after)
    if line is not None:
        return line
    inner = indent + STEP
    if isinstance(value, JsonText):
        return f"json.loads(\n{' ' * inner}{text_literal(value.text)}\n{' ' * indent})"
    if isinstance(value, Keyword):
        name = identifier(value.name)
        return f"{name}={laid_out(value.value, indent, used + len(name) + 1, after)}"
    if (members := given_members(value)) is not None:
        return call_over_lines(given_head(value), members, indent)
    if isinstance(value, OnlyFor):
        return "**" + call_over_lines("only_for", _only_for_items(value), indent)
    if isinstance(value, dict) and value:
        members = [_member(key, item, inner) for key, item in members_of(value)]
        return item_lines(members, indent, STEP, "{}")
    if isinstance(value, _Unpacked):
        return f"**{laid_out(value.values, indent, used + 2, after)}"
    if isinstance(value, Spread) and value.extra:
        members = [_member(key, item, inner) for key, item in members_of(value.extra)]
        return item_lines([f"**{identifier(value.name)}", *members], indent, STEP, "{}")
    if isinstance(value, (list, tuple)) and value:
        items = [laid_out(item, inner, 0, 1) for item in value]
        return item_lines(items, indent, STEP, "[]")
    return flat(value)  # a long text stays on its line: black does not split it either


def call_over_lines(head: str, items: Sequence[Any], indent: int) -> str:
    """`head(arguments)` over several lines, as black lays it out: on one line of their own before each has a line."""
    inner = side_by_side((("", item) for item in items), len(items), WIDTH - indent - STEP)
    if inner is not None:
        return f"{head}(\n{' ' * (indent + STEP)}{inner}\n{' ' * indent})"
    written = [laid_out(item, indent + STEP, 0, 1) for item in items]
    return head + item_lines(written, indent, STEP, "()")


def given_members(value: Any) -> list[Any] | None:
    """The arguments of `given(…)` for what is sent only as far as it was given, of `new_lines(…)`; else None."""
    if type(value) is str or type(value) is int:  # nearly all that there is
        return None
    if isinstance(value, Lines):
        return line_arguments(value)
    if isinstance(value, GivenCommands) and optional_inputs(value):
        return list(value)
    spread = []
    if isinstance(value, Spread):
        spread, value = [Code(f"**{identifier(value.name)}")], value.extra
    if not isinstance(value, Given) or not any(map(is_optional, value.values())):
        return None
    # A key that cannot be written as a keyword stands in a dict of its own.
    members = members_of(value)
    named = [
        item if isinstance(item, OnlyFor) else Keyword(key, item)
        for key, item in members
        if _is_keyword(key) or isinstance(item, OnlyFor)
    ]
    others = {key: item for key, item in value.items() if not _is_keyword(key)}
    return [*spread, *named, *([_Unpacked(others)] if others else [])]


def given_head(value: Any) -> str:
    """The function that leaves out what is not given, or makes new lines."""
    if isinstance(value, GivenCommands):
        return "x2many"
    is_changes = isinstance(value, Changes)
    return "new_lines" if isinstance(value, Lines) else "at_least_one" if is_changes else "given"


def _only_for_items(value: OnlyFor) -> list[Any]:
    return [value.source, value.recorded, value.values]


def _is_keyword(key: str) -> bool:
    return key.isascii() and key.isidentifier() and not keyword.iskeyword(key)


def _member(key: Any, value: Any, indent: int) -> str:
    if isinstance(value, OnlyFor):
        return laid_out(value, indent, 0, 1)
    name = flat(str(key))
    return f"{name}: {laid_out(value, indent, _columns(name) + 2, 1)}"


def _line_within(value: Any, room: int) -> str | None:
    """The value on one line, if it has room there; what has not is not written to its end."""
    if type(value) is str and len(value) > room:
        return None
    if (members := given_members(value)) is not None:
        head = given_head(value)
        room -= len(head) + 2
        inner = side_by_side((("", member) for member in members), len(members), room)
        return None if inner is None else f"{head}({inner})"
    if isinstance(value, (list, tuple)):
        inner = side_by_side((("", item) for item in value), len(value), room - 2)
        return None if inner is None else f"[{inner}]"
    if isinstance(value, _Unpacked):
        inner = _line_within(value.values, room - 2)
        return None if inner is None else f"**{inner}"
    if isinstance(value, dict):
        pairs = (
            ("" if isinstance(item, OnlyFor) else f"{flat(str(key))}: ", item)
            for key, item in members_of(value)
        )
        inner = side_by_side(pairs, len(value), room - 2)
        return None if inner is None else f"{{{inner}}}"
    line = flat(value)
    return line if "\n" not in line and _columns(line) <= room else None


def side_by_side(items: Iterable[tuple[str, Any]], count: int, room: int) -> str | None:
    """So many items, each behind its key, with commas between them; None if they do not fit."""
    room -= 2 * (count - 1) if count else 0
    parts = []
    for key, item in items:
        room -= _columns(key)
        part = _line_within(item, room) if room > 0 else None
        if part is None:
            return None
        room -= _columns(part)
        parts.append(key + part)
    return ", ".join(parts) if room >= 0 else None


def flat(value: Any) -> str:
    """The value on one line."""
    if type(value) is str:  # these two first: they are nearly all that there is
        return text_literal(value)
    if type(value) is int:
        return str(value)
    if isinstance(value, JsonText):
        return f"json.loads({text_literal(value.text)})"
    if isinstance(value, Code):
        return str(value)
    if isinstance(value, Input):
        return identifier(value.name)
    if isinstance(value, Result):
        return _result_value(value)
    if isinstance(value, FromEnvironment):
        return f"os.environ[{text_literal(value.name)}]"
    if isinstance(value, FromFile):
        return f"from_file({text_literal(value.option)}{', is_text=True' if value.is_text else ''})"
    if isinstance(value, Keyword):
        return f"{identifier(value.name)}={flat(value.value)}"
    if isinstance(value, _Unpacked):
        return f"**{flat(value.values)}"
    if (members := given_members(value)) is not None:
        return f"{given_head(value)}({', '.join(map(flat, members))})"
    if isinstance(value, OnlyFor):
        return f"**only_for({', '.join(map(flat, _only_for_items(value)))})"
    if isinstance(value, Spread):
        inner = "".join(f", {_flat_member(*member)}" for member in members_of(value.extra))
        name = identifier(value.name)
        return f"{{**{name}{inner}}}" if inner else name
    if value is None or isinstance(value, bool):
        return repr(value)
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        return repr(value).replace("e+", "e") if math.isfinite(value) else f'float("{value}")'
    if isinstance(value, str):
        return text_literal(value)
    if isinstance(value, dict):
        return "{" + ", ".join(_flat_member(*member) for member in members_of(value)) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flat(item) for item in value) + "]"
    raise Har2rpcError(f"a {type(value).__name__} cannot be written as Python")


def _flat_member(key: str, value: Any) -> str:
    return flat(value) if isinstance(value, OnlyFor) else f"{flat(str(key))}: {flat(value)}"


def _result_value(result: Result) -> str:
    """What a Result takes from its variable: `order_id`, `order_ids[0]`, `only(partners)["id"]`, `opened(action)["res_id"]`."""
    name, check = identifier(result.name), check_of(result)
    keys = "".join(f"[{flat(key)}]" for key in keys_of(result))
    return f"{check}({name}){keys}" if check else f"{name}{keys}"


@dataclass(frozen=True, slots=True)
class _Unpacked:
    """A dict unpacked in a call: `**{"x-y": 1}`."""

    values: dict[str, Any]


def fits(line: str, indent: int) -> bool:
    """Whether black leaves it on one line."""
    return "\n" not in line and indent + _columns(line) <= WIDTH


def _columns(text: str) -> int:
    """Columns, as black 26 counts them: wide characters take two, combining ones and skin tones one."""
    if text.isascii():
        return len(text)
    wide = (c for c in text if c > "\x7f" and c not in _SKIN_TONES)
    return len(text) + sum(unicodedata.east_asian_width(c) in "WF" for c in wide)
